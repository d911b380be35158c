"""Where a request comes from, and whether by HTTPS: by the one who spoke to us, or by the word of a proxy of ours."""

from collections.abc import Sequence
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import Request

from motcua.web.site import site_of

_MAPPED = 96
"""Bits before the IPv4 address in an IPv6 address that stands for one. Source: RFC 4291, 2.5.5.2."""


def address_of(request: Request) -> str:
    """Return where a request comes from; a header that anybody may write is believed from our own proxies only."""
    if request.client is None:
        return "-"
    said = request.headers.getlist("x-forwarded-for")
    return origin(request.client.host, said, site_of(request).settings.trusted_proxies)


def keeps_sessions(request: Request) -> bool:
    """Tell whether a browser keeps our cookies at this address: they are for HTTPS, and for this very machine.

    A proxy of ours is believed that it ends HTTPS; so is whoever started us for visitors who come by HTTPS.
    """
    site = site_of(request)
    if request.url.scheme == "https" or site.secure or _is_loopback(request.url.hostname or ""):
        return True
    peer = "" if request.client is None else request.client.host
    said = request.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
    return said == "https" and _is_ours(peer, site.settings.trusted_proxies)


def _is_loopback(host: str) -> bool:
    known = _read(host.strip("[]"))
    if known is not None:
        return known.is_loopback
    return host.lower().rstrip(".").rpartition(".")[2] == "localhost"


def origin(peer: str, said: Sequence[str], trusted: tuple[str, ...]) -> str:
    """Return the first address, seen from us, that is not one of our proxies.

    Args:
        peer: Who spoke to us.
        said: Lines of `X-Forwarded-For`; each proxy adds at the right whom it heard.
        trusted: Addresses and networks of our proxies.
    """
    hops = [hop.strip() for line in said for hop in line.split(",")]
    found = peer
    while hops and _is_ours(found, trusted):
        hop = _read(hops.pop())
        if hop is None:
            break
        found = str(hop)
    return found


def _is_ours(address: str, trusted: tuple[str, ...]) -> bool:
    known = _read(address)
    return known is not None and any(_wide(known) in network for network in _networks(trusted))


@cache
def _networks(trusted: tuple[str, ...]) -> tuple[IPv6Network, ...]:
    """Return networks in IPv6, so that one that is written in IPv4 holds for both ways of writing an address."""
    read = [ip_network(each, strict=False) for each in trusted]
    return tuple(
        IPv6Network((int(_wide(one.network_address)), one.prefixlen + (_MAPPED if one.version == 4 else 0)))
        for one in read
    )


def _wide(address: IPv4Address | IPv6Address) -> IPv6Address:
    return address if isinstance(address, IPv6Address) else IPv6Address(f"::ffff:{address}")


def _read(said: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(said)
    except ValueError:
        return None
