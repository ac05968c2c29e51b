"""The ledger as JSON, to be read. Quantities in the lot's unit, masses in kg, amounts in CNY."""

from enum import IntEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ledger.models import MEASURES, CustomsStatus, Entry, Hold, Journal, Lot, MovementKind, Transaction
from ledger.queries import Grouping
from registry.api.fields import Day, Moment, coded
from registry.models import PlaceKind


class Word(serializers.ChoiceField):
    """A number of the ledger as the word that programs read."""

    def __init__(self, words: type[IntEnum], **kwargs: Any) -> None:
        self.words = words
        super().__init__(choices=[(word.name.lower(), word.label) for word in words], **kwargs)  # type: ignore[attr-defined]

    def to_internal_value(self, data: Any) -> Any:
        return self.words[super().to_internal_value(data).upper()]

    def to_representation(self, value: Any) -> str:
        return self.words(value).name.lower()


class LotSerializer(serializers.ModelSerializer[Lot]):
    """A lot as it was admitted, and what of it is on the floor and in the account books now."""

    site = coded()
    item = coded()
    owner = coded()
    parent = coded("number", allow_null=True)  # type: ignore[assignment]
    stock_quantity = serializers.DecimalField(max_digits=18, decimal_places=5, read_only=True)
    book_quantity = serializers.DecimalField(max_digits=18, decimal_places=5, read_only=True)

    class Meta:
        model = Lot
        fields = (
            "id",
            "number",
            "site",
            "item",
            "unit",
            "owner",
            "customs_status",
            "origin",
            "admitted_date",
            "expiry_date",
            "parent",
            "document_kind",
            "document_id",
            "document_number",
            *MEASURES,
            "duty_rate",
            "vat_rate",
            "consumption_tax_rate",
            "consumption_tax_cny_per_unit",
            "created_at",
            "stock_quantity",
            "book_quantity",
        )


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """One side of a movement: minus where goods left, plus where they came to."""

    transaction = serializers.IntegerField(source="transaction_id", read_only=True)
    kind = serializers.ChoiceField(choices=MovementKind.choices, source="transaction.kind", read_only=True)
    document_kind = serializers.CharField(source="transaction.document_kind", read_only=True)
    document_id = serializers.IntegerField(source="transaction.document_id", read_only=True)
    document_number = serializers.CharField(source="transaction.document_number", read_only=True)
    actor = serializers.EmailField(source="transaction.actor.email", read_only=True, allow_null=True)
    site = serializers.CharField(source="place.site.code", read_only=True)
    place = coded()
    place_kind = serializers.ChoiceField(choices=PlaceKind.choices, source="place.kind", read_only=True)
    lot = coded("number")
    item = serializers.CharField(source="lot.item.code", read_only=True)
    journal = Word(Journal, read_only=True)
    hold = Word(Hold, read_only=True)

    class Meta:
        model = Entry
        fields: tuple[str, ...] = (
            "transaction",
            "line",
            "kind",
            "document_kind",
            "document_id",
            "document_number",
            "actor",
            "occurred_at",
            "recorded_at",
            "site",
            "place",
            "place_kind",
            "lot",
            "item",
            "journal",
            "hold",
            *MEASURES,
        )


class StatementEntrySerializer(EntrySerializer):
    """An entry of a lot's life, and what there was after it."""

    account_quantity = serializers.DecimalField(
        max_digits=18,
        decimal_places=5,
        read_only=True,
        allow_null=True,
        help_text=_("What the entry's own account then held; null at a boundary."),
    )
    lot_quantity = serializers.DecimalField(
        max_digits=18,
        decimal_places=5,
        read_only=True,
        allow_null=True,
        help_text=_("What there was of the lot inside the zone, in the entry's journal, after the transaction."),
    )

    class Meta(EntrySerializer.Meta):
        fields = (*EntrySerializer.Meta.fields, "account_quantity", "lot_quantity")


class TransactionRowSerializer(serializers.ModelSerializer[Transaction]):
    """What a document did to the ledger, at once and for good."""

    site = coded()
    actor = coded("email", allow_null=True)

    class Meta:
        model = Transaction
        fields: tuple[str, ...] = (
            "id",
            "site",
            "kind",
            "document_kind",
            "document_id",
            "document_number",
            "occurred_at",
            "recorded_at",
            "customs_date",
            "actor",
            "reason",
            "reversal_of",
        )


class TransactionSerializer(TransactionRowSerializer):
    entries = EntrySerializer(many=True, read_only=True)

    class Meta(TransactionRowSerializer.Meta):
        fields = (*TransactionRowSerializer.Meta.fields, "entries")


def _measured(name: str) -> serializers.DecimalField:
    digits = 5 if name in {"quantity", "net_mass_kg"} else 2
    return serializers.DecimalField(max_digits=None, decimal_places=digits, read_only=True)


class BalanceSerializer(serializers.Serializer[Any]):
    """What one account held: a lot at a place, under a hold, in a journal."""

    lot = serializers.CharField(source="lot.number", read_only=True)
    item = serializers.CharField(source="lot.item.code", read_only=True)
    unit = serializers.CharField(source="lot.unit_id", read_only=True)
    owner = serializers.CharField(source="lot.owner.code", read_only=True)
    customs_status = serializers.ChoiceField(choices=CustomsStatus.choices, source="lot.customs_status", read_only=True)
    site = serializers.CharField(source="place.site.code", read_only=True)
    place = serializers.CharField(source="place.code", read_only=True)
    place_kind = serializers.ChoiceField(choices=PlaceKind.choices, source="place.kind", read_only=True)
    journal = Word(Journal, read_only=True)
    hold = Word(Hold, read_only=True)
    quantity = _measured("quantity")
    net_mass_kg = _measured("net_mass_kg")
    customs_value_cny = _measured("customs_value_cny")
    duty_cny = _measured("duty_cny")
    consumption_tax_cny = _measured("consumption_tax_cny")
    vat_cny = _measured("vat_cny")


def _in_common(**more: Any) -> serializers.CharField:
    return serializers.CharField(read_only=True, allow_null=True, **more)


def _held() -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=None, decimal_places=5, read_only=True, allow_null=True, help_text=_("Null over several units.")
    )


class StockTotalsSerializer(serializers.Serializer[Any]):
    """What all rows come to. `free` may be promised, `reserved` is; `apart` is neither."""

    rows = serializers.IntegerField(read_only=True)
    unit = _in_common()
    quantity = _held()
    free = _held()
    reserved = _held()
    apart = _held()
    net_mass_kg = _measured("net_mass_kg")
    customs_value_cny = _measured("customs_value_cny")
    tax_cny = _measured("tax_cny")


class StockRowSerializer(serializers.Serializer[Any]):
    """One row of stock; of place, item, owner and status it tells what all of the row have in common."""

    code = serializers.CharField(read_only=True, help_text=_("Of what the row stands for."))
    name = serializers.CharField(read_only=True)
    name_zh = serializers.CharField(read_only=True)
    site = _in_common(source="site_code")
    place = _in_common(source="place_code")
    place_kind = _in_common()
    item = _in_common(source="item_code")
    owner_name = _in_common()
    customs_status = _in_common()
    origin = _in_common()
    admitted_date = serializers.DateField(read_only=True, allow_null=True)
    expiry_date = serializers.DateField(read_only=True, allow_null=True)
    items = serializers.IntegerField(read_only=True)
    lots = serializers.IntegerField(read_only=True)
    places = serializers.IntegerField(read_only=True)
    unit = _in_common()
    quantity = _held()
    free = _held()
    reserved = _held()
    apart = _held()
    net_mass_kg = _measured("net_mass_kg")
    customs_value_cny = _measured("customs_value_cny")
    tax_cny = _measured("tax_cny")


class BalanceQuestionSerializer(serializers.Serializer[Any]):
    """What is asked of the balances; what is left out asks for everything that the caller may see."""

    site = serializers.CharField(required=False, help_text=_("Code of the site."))
    place = serializers.CharField(required=False, help_text=_("Code of the place."))
    lot = serializers.CharField(required=False, help_text=_("Number of the lot."))
    item = serializers.CharField(required=False, help_text=_("Item number."))
    owner = serializers.CharField(required=False, help_text=_("Code of the goods owner."))
    customs_status = serializers.ChoiceField(choices=CustomsStatus.choices, required=False)
    journal = Word(Journal, required=False)
    hold = Word(Hold, required=False)
    through_date = Day(required=False, help_text=_("At the end of this customs day; not with until."))
    until = Moment(required=False, help_text=_("Just before this moment; left out, it is now."))
    known_at = Moment(
        required=False, help_text=_("Leave out what was recorded after this moment; without it, all that is known.")
    )


class StockQuestionSerializer(BalanceQuestionSerializer):
    """What is asked of the stock, and by what it is summed."""

    by = serializers.ChoiceField(choices=[one.value for one in Grouping], default=Grouping.ITEM.value)
    q = serializers.CharField(required=False, help_text=_("Words in item, lot or HS code."))
    place_kind = serializers.ChoiceField(choices=PlaceKind.choices, required=False)
    book = serializers.CharField(required=False, help_text=_("Number of an account book that the lots stand in."))
    ordering = serializers.CharField(required=False, help_text=_("Fields of a row, by commas; - for descending."))
