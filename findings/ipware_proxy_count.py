"""django-ipware counts proxies by what stands in the header beside the client, not by how many there are.

Behind ONE proxy X-Forwarded-For holds one address, the client's. With proxy_count=1 ipware then finds none at all, so
django-axes counts everybody's failed sign-ins under the same empty address; with proxy_count=0 it believes a header of
one address although no proxy is said to be there, so whoever sends the header chooses their address.
Seen with django-ipware 8.0.0 and python-ipware 4.1.1. Run it by itself; it fails when this has changed.
"""

import django
from django.conf import settings

settings.configure()
django.setup()

from django.test import RequestFactory  # noqa: E402
from ipware import get_client_ip  # noqa: E402


def found(forwarded: str, proxy_count: int) -> str | None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=forwarded)
    address: str | None = get_client_ip(request, proxy_count=proxy_count, proxy_order="left-most")[0]
    return address


if __name__ == "__main__":
    behind_one_proxy = found("203.0.113.9", 1)
    without_a_proxy = found("203.0.113.9", 0)
    print(f"one proxy, proxy_count=1: {behind_one_proxy}")
    print(f"no proxy, a header that the client wrote, proxy_count=0: {without_a_proxy}")
    if (behind_one_proxy, without_a_proxy) != (None, "203.0.113.9"):
        raise SystemExit("ipware counts otherwise now: config/clients.py may be simpler.")
