"""The addresses of withdrawals in the API beside those of every document."""

from bonded.acceptance import preview_withdrawal
from bonded.api.serializers.acceptance import WithdrawalPreviewSerializer
from bonded.api.views.acceptance import acceptance_of
from bonded.api.views.payments import PayableResource


class WithdrawalResource(PayableResource):
    acceptance = acceptance_of(preview_withdrawal, WithdrawalPreviewSerializer)
