"""How many wrong passwords are looked at: from one address for one account, from one address, and for one account."""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

# One account from one address: somebody guesses. AXES_FAILURE_LIMIT and AXES_COOLOFF_TIME say how often, how long.
# One address over all accounts: somebody tries one password on many. An office of honest people is behind one address.
MOST_FAILURES_OF_ADDRESS = 30
# One account over all addresses: somebody guesses from many. Slow, and not for those who have been there before: a
# stranger must not lock the owner out.
MOST_FAILURES_OF_ACCOUNT = 50
ACCOUNT_WINDOW = timedelta(hours=1)
KNOWN_FOR = timedelta(days=90)


class SignInGuard(AxesDatabaseHandler):
    """Counts failed attempts three ways; what is refused by one of them is not counted, so that every lock ends."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """How many failures the account has from this address; the limit itself once any of the three is reached."""
        failures: int = super().get_failures(request, credentials)
        limit = settings.AXES_FAILURE_LIMIT
        if failures >= limit or not self._is_beyond_all(request, credentials):
            return failures
        return int(limit)

    def get_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[Any]:
        since = timezone.now() - settings.AXES_COOLOFF_TIME
        found: list[Any] = self.filter_user_attempts(request, credentials)
        return [attempts.filter(attempt_time__gte=since) for attempts in found]

    def clean_expired_user_attempts(
        self, request: HttpRequest | None = None, credentials: dict[str, Any] | None = None
    ) -> int:
        """Forget what no limit asks for any more."""
        oldest = timezone.now() - max(ACCOUNT_WINDOW, settings.AXES_COOLOFF_TIME)
        forgotten: int = AccessAttempt.objects.filter(attempt_time__lt=oldest).delete()[0]
        return forgotten

    def _is_beyond_all(self, request: Any, credentials: dict[str, Any] | None) -> bool:
        username, address = get_client_username(request, credentials), request.axes_ip_address
        now = timezone.now()
        of_address = AccessAttempt.objects.filter(
            ip_address=address, attempt_time__gte=now - settings.AXES_COOLOFF_TIME
        )
        if address is not None and _counted(of_address) >= MOST_FAILURES_OF_ADDRESS:
            return True
        of_account = AccessAttempt.objects.filter(username=username, attempt_time__gte=now - ACCOUNT_WINDOW)
        if _counted(of_account) < MOST_FAILURES_OF_ACCOUNT:
            return False
        known = AccessLog.objects.filter(username=username, ip_address=address, attempt_time__gte=now - KNOWN_FOR)
        return address is None or not known.exists()


def _counted(attempts: Any) -> int:
    return attempts.aggregate(counted=Sum("failures_since_start"))["counted"] or 0
