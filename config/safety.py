"""What Bondbook insists on before it serves anyone outside a demonstration."""

from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "demo", "test")
SECRET_KEY_FOR_TRYING_OUT = "insecure-key-for-demonstrations-and-tests-only"  # noqa: S105
SHORTEST_SECRET_KEY = 40


def refuse_unsafe_start(
    *, mode: str, debug: bool, secret_key: str, allowed_hosts: Sequence[str], database_url: str
) -> None:
    """Stop with every reason at once, so that nobody has to start five times to learn five.

    Raises:
        ImproperlyConfigured: the mode is unknown, or the settings are unfit for production.
    """
    if mode not in MODES:
        raise ImproperlyConfigured(f"BONDBOOK_MODE is {mode!r}; it must be one of {', '.join(MODES)}.")
    if mode != "production":
        return
    reasons = []
    if debug:
        reasons.append("DEBUG is on: error pages would show settings and data. Unset DEBUG.")
    if not secret_key or secret_key == SECRET_KEY_FOR_TRYING_OUT or len(secret_key) < SHORTEST_SECRET_KEY:
        reasons.append(
            f"SECRET_KEY is unset, the default one, or shorter than {SHORTEST_SECRET_KEY} characters: "
            "sessions could be forged. Set a long random one."
        )
    if not allowed_hosts:
        reasons.append("ALLOWED_HOSTS is empty. Name the hosts that Bondbook is reached by.")
    elif "*" in allowed_hosts:
        reasons.append("ALLOWED_HOSTS allows every host. Name the hosts that Bondbook is reached by.")
    if not database_url:
        reasons.append("DATABASE_URL is unset. Name the PostgreSQL server, 15 or later.")
    if reasons:
        raise ImproperlyConfigured(
            "Bondbook does not start in production like this:\n- "
            + "\n- ".join(reasons)
            + "\nTo try it out on this machine, run `make demo`."
        )
