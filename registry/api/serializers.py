"""The register as JSON. Quantities, masses, factors and rates are strings of decimal digits."""

from typing import Any

from rest_framework import serializers

from registry.api.strict import RefusesUnknownFields
from registry.models import (
    Aircraft,
    Airline,
    Airport,
    CountryGroup,
    CountryGroupMember,
    ExchangeRate,
    HsCode,
    Item,
    Membership,
    Organisation,
    Place,
    PlaceKind,
    Role,
    Site,
    TariffRate,
    Unit,
    User,
    Zone,
)
from registry.models.sites import PHYSICAL_KINDS


class ChangeSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    old = serializers.CharField(allow_blank=True)
    new = serializers.CharField(allow_blank=True)


class HistoryEntrySerializer(serializers.Serializer[Any]):
    history_id = serializers.IntegerField(
        allow_null=True,
        help_text="What a change of the row names as `seen_history_id`; null beside the row.",
    )
    what = serializers.CharField()
    who = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField(allow_blank=True)
    changes = ChangeSerializer(many=True)


class RegisterSerializer(RefusesUnknownFields, serializers.ModelSerializer[Any]):
    """A row of the register; a change may say why, and which state of the row it was made on."""

    reason = serializers.CharField(write_only=True, required=False, allow_blank=True, max_length=200)
    seen_history_id = serializers.IntegerField(
        write_only=True,
        required=False,
        help_text="The latest history entry that the change was made on; a later one refuses the change.",
    )


class UnitSerializer(serializers.ModelSerializer[Unit]):
    class Meta:
        model = Unit
        fields = ("code", "name", "symbol", "decimals")


class HsCodeSerializer(serializers.ModelSerializer[HsCode]):
    class Meta:
        model = HsCode
        fields = ("code", "description", "section")


class ZoneSerializer(serializers.ModelSerializer[Zone]):
    class Meta:
        model = Zone
        fields = ("id", "code", "name", "time_zone")


class ItemSerializer(RegisterSerializer):
    class Meta:
        model = Item
        fields = (
            "id",
            "zone",
            "code",
            "name",
            "name_zh",
            "hs_code",
            "national_code",
            "unit",
            "net_mass_kg_per_unit",
            "statutory_unit_1",
            "statutory_factor_1",
            "statutory_unit_2",
            "statutory_factor_2",
            "origin",
            "shelf_life_days",
            "needs_licence",
            "needs_preference_proof",
            "is_hazardous",
            "is_perishable",
            "reason",
            "seen_history_id",
        )


class OrganisationSerializer(RegisterSerializer):
    class Meta:
        model = Organisation
        fields = ("id", "code", "name", "name_zh", "kind", "country", "reason", "seen_history_id")


class AirportSerializer(RegisterSerializer):
    class Meta:
        model = Airport
        fields = (
            "id",
            "iata_code",
            "icao_code",
            "name",
            "name_zh",
            "country",
            "time_zone",
            "reason",
            "seen_history_id",
        )


class AirlineSerializer(RegisterSerializer):
    class Meta:
        model = Airline
        fields = ("id", "organisation", "iata_code", "icao_code", "reason", "seen_history_id")


class AircraftSerializer(RegisterSerializer):
    class Meta:
        model = Aircraft
        fields = (
            "id",
            "registration",
            "type_designator",
            "airline",
            "tank_capacity_litres",
            "reason",
            "seen_history_id",
        )


class SiteSerializer(RegisterSerializer):
    class Meta:
        model = Site
        fields = (
            "id",
            "zone",
            "code",
            "name",
            "name_zh",
            "organisation",
            "customs_office",
            "kind",
            "regime",
            "un_locode",
            "time_zone",
            "takes_older_exchange_rates",
            "reason",
            "seen_history_id",
        )


class PlaceSerializer(RegisterSerializer):
    """A place; only bins, tanks and stores are added and changed, and none becomes another kind or moves."""

    kind = serializers.ChoiceField(choices=PlaceKind.choices)
    barcode = serializers.CharField(required=False, max_length=60, help_text="Made of site and code when left out.")

    class Meta:
        model = Place
        fields = (
            "id",
            "site",
            "code",
            "name",
            "kind",
            "is_internal",
            "barcode",
            "capacity_kg",
            "is_open",
            "reason",
            "seen_history_id",
        )
        read_only_fields = ("is_internal",)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is None and attrs["kind"] not in PHYSICAL_KINDS:
            raise serializers.ValidationError({"kind": "This kind of place comes with the site."})
        return attrs


class ExchangeRateSerializer(RegisterSerializer):
    is_confirmed = serializers.BooleanField(
        write_only=True,
        default=False,
        help_text="Whether a rate that differs by more than 20 % from the one before it is meant.",
    )

    class Meta:
        model = ExchangeRate
        fields = (
            *("id", "currency", "valid_from_date", "cny_per_unit", "source"),
            *("reason", "seen_history_id", "is_confirmed"),
        )


class CountryGroupMemberSerializer(serializers.ModelSerializer[CountryGroupMember]):
    class Meta:
        model = CountryGroupMember
        fields = ("country", "valid_from_date", "valid_to_date")


class CountryGroupSerializer(serializers.ModelSerializer[CountryGroup]):
    members = CountryGroupMemberSerializer(many=True, read_only=True)

    class Meta:
        model = CountryGroup
        fields = ("id", "code", "name", "members")


class TariffRateSerializer(RegisterSerializer):
    class Meta:
        model = TariffRate
        fields = (
            "id",
            "hs_prefix",
            "origin_group",
            "valid_from_date",
            "duty_rate",
            "vat_rate",
            "consumption_tax_rate",
            "consumption_tax_cny_per_unit",
            "source",
            "reason",
            "seen_history_id",
        )


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    class Meta:
        model = Membership
        fields = ("id", "user", "organisation", "role", "site")
        # What one user may hold is a rule of the operation, which also says it better.
        validators: list[Any] = []


class UserSerializer(RegisterSerializer):
    memberships = MembershipSerializer(many=True, read_only=True)

    class Meta:
        model = User
        fields = (
            "id",
            "email",
            "name",
            "language",
            "time_zone",
            "is_active",
            "last_login",
            "memberships",
            "reason",
            "seen_history_id",
        )
        read_only_fields = ("last_login",)


class TokenOfUserSerializer(serializers.Serializer[Any]):
    """A token without its secret, which only whoever created it has."""

    token_key = serializers.CharField(help_text="How the token begins, which names it.")
    created = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(source="expiry")


class NewUserSerializer(RefusesUnknownFields, serializers.ModelSerializer[User]):
    """A person with first password and first role."""

    password = serializers.CharField(write_only=True, trim_whitespace=False, style={"input_type": "password"})
    organisation = serializers.PrimaryKeyRelatedField(queryset=Organisation.objects.all(), write_only=True)
    role = serializers.ChoiceField(choices=Role.choices, write_only=True)
    site = serializers.PrimaryKeyRelatedField(
        queryset=Site.objects.all(), write_only=True, required=False, allow_null=True
    )

    class Meta:
        model = User
        fields = ("email", "name", "language", "time_zone", "password", "organisation", "role", "site")
