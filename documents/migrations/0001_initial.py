import django.core.serializers.json
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinesAsOf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("history_id", models.BigIntegerField(verbose_name="entry of the document's history")),
                (
                    "lines",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="lines"),
                ),
            ],
            options={
                "verbose_name": "lines as they stood",
                "verbose_name_plural": "lines as they stood",
                "db_table_comment": "What the lines of a document said after one entry of its history.",
                "ordering": ("document_kind", "document_id", "history_id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document_kind", "document_id", "history_id"), name="lines_as_of_once_an_entry"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("last_sequence", models.PositiveIntegerField(default=0, verbose_name="last number")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "number series",
                "verbose_name_plural": "number series",
                "db_table_comment": "The last number given to a kind of document of a site in a year.",
                "ordering": ("site", "kind", "year"),
                "constraints": [models.UniqueConstraint(fields=("site", "kind", "year"), name="number_series_once")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalReversal",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("document_number", models.CharField(max_length=40, verbose_name="document number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("requested_at", models.DateTimeField(verbose_name="requested")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=400, verbose_name="reason for the decision"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical reversal",
                "verbose_name_plural": "historical reversals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Reversal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("document_number", models.CharField(max_length=40, verbose_name="document number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        editable=False,
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(max_length=400, verbose_name="reason")),
                ("requested_at", models.DateTimeField(verbose_name="requested")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=400, verbose_name="reason for the decision"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="registry.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "reversal",
                "verbose_name_plural": "reversals",
                "db_table_comment": "The request to reverse a posted document, and the decision of a second person.",
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["requested", "approved"])),
                        fields=("document_kind", "document_id"),
                        name="reversal_once_per_document",
                        violation_error_message="The reversal of this document was already asked for.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reversal_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reversal_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_kind", models.CharField(max_length=30, verbose_name="document kind")),
                ("document_id", models.BigIntegerField(verbose_name="document id")),
                ("document_number", models.CharField(max_length=40, verbose_name="document number")),
                ("acted_on", models.CharField(max_length=30, verbose_name="acted on")),
                ("act", models.CharField(max_length=30, verbose_name="act")),
                ("state", models.CharField(blank=True, max_length=50, verbose_name="state that it came to")),
                ("at", models.DateTimeField(verbose_name="decided")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("made_on", models.BigIntegerField(verbose_name="version that it was decided on")),
                ("version", models.BigIntegerField(verbose_name="version that the decision made")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read")),
                ("is_to_be_mailed", models.BooleanField(default=False, verbose_name="to be e-mailed")),
                ("mailed_at", models.DateTimeField(null=True, verbose_name="e-mailed")),
                (
                    "mail_refused",
                    models.CharField(blank=True, max_length=400, verbose_name="why the e-mail was refused"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="addressee",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "db_table_comment": "What one person is told of a decision on what they submitted or asked for.",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["to", "-id"], name="notice_of_a_person"),
                    models.Index(condition=models.Q(("read_at", None)), fields=["to"], name="notice_unread"),
                    models.Index(
                        condition=models.Q(("is_to_be_mailed", True), ("mail_refused", ""), ("mailed_at", None)),
                        fields=["id"],
                        name="notice_to_mail",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("to", "acted_on", "version"), name="notice_once_a_decision"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gt", models.F("made_on"))), name="notice_after_what_was_seen"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_to_be_mailed", True), ("mailed_at", None), _connector="OR"),
                        name="notice_mailed_only_by_choice",
                    ),
                ],
            },
        ),
    ]
