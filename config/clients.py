"""Where a request comes from: the one notion of it that locks, throttles and logs share."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

# Whoever is given an IPv6 address is given at least this much of it, and could come from each in turn.
IPV6_NETWORK_BITS = 64


def client_address(request: HttpRequest) -> str:
    """The address of the client; empty where it cannot be told, as behind a socket without a proxy.

    Each proxy of ours appends whom it was asked by to X-Forwarded-For, so with PROXY_COUNT of them the client is that
    many from the right; what stands further left, a client may have written itself. Without proxies nothing of the
    header is believed, nor where it has fewer addresses than there are proxies: the request came around them.
    """
    peer = _readable(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXY_COUNT:
        return peer
    told = [part for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if len(told) < settings.PROXY_COUNT:
        return peer
    return _readable(told[-settings.PROXY_COUNT]) or peer


def counted_address(request: HttpRequest) -> str | None:
    """The address under which attempts are counted: of IPv6 the network; None where the client cannot be told."""
    address = client_address(request)
    if not address:
        return None
    known = ip_address(address)
    if not isinstance(known, IPv6Address):
        return address
    left_out = 128 - IPV6_NETWORK_BITS
    return str(IPv6Address(int(known) >> left_out << left_out))


def _readable(text: str) -> str:
    """An address alone: some proxies add the port, and an IPv4 client may be told in the form of IPv6."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        known = ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return str(mapped or known)
