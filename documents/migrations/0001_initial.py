import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
