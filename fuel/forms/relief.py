from fuel.models import ReliefRule
from registry.forms import RegisterForm


class ReliefRuleForm(RegisterForm):
    class Meta:
        model = ReliefRule
        fields = (
            "valid_from_date",
            "nationality",
            "flight_type",
            "airport",
            "relieves_duty",
            "relieves_consumption_tax",
            "relieves_vat",
            "legal_basis",
        )
