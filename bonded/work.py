"""In which states the warehouse's documents wait for whoever posts."""

from django.utils.translation import gettext_lazy as _

from bonded.models import Admission, AdmissionState, Withdrawal, WithdrawalState
from documents.work import WorkStep, register_work

ADMISSIONS, WITHDRAWALS = "bonded:admission_list", "bonded:withdrawal_list"
STEPS = (
    WorkStep(Admission, AdmissionState.RETURNED, _("Admissions to correct"), "arrow-back-up", ADMISSIONS),
    WorkStep(Admission, AdmissionState.DRAFT, _("Admissions to finish and submit"), "pencil", ADMISSIONS),
    WorkStep(Admission, AdmissionState.ACCEPTED, _("Admissions on their way here"), "truck-delivery", ADMISSIONS),
    WorkStep(Admission, AdmissionState.ARRIVED, _("Admissions to count"), "package-import", ADMISSIONS),
    WorkStep(Withdrawal, WithdrawalState.RETURNED, _("Withdrawals to correct"), "arrow-back-up", WITHDRAWALS),
    WorkStep(Withdrawal, WithdrawalState.DRAFT, _("Withdrawals to finish and submit"), "pencil", WITHDRAWALS),
    WorkStep(Withdrawal, WithdrawalState.ACCEPTED, _("Withdrawals to pick"), "checks", WITHDRAWALS),
    WorkStep(
        Withdrawal, WithdrawalState.PICKED, _("Withdrawals to let through the gate"), "package-export", WITHDRAWALS
    ),
)


def register_steps() -> None:
    register_work(*STEPS)
