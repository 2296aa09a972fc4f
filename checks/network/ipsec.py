"""Whether a connection security (IPsec) rule may cover what a move sends, by the filters in its own text.

A rule that may is no proof: it may ask for integrity alone, which is no encryption, and what was negotiated nobody saw.
One that cannot is not even a hint. Left out is only what certainly does not cover the traffic; a filter whose meaning
is not plain excludes nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress

from checks.common.probing import MIGRATION, SMB
from checks.migration.networks import local_addresses
from scanner.api import MissingEvidence, View
from scanner.facts.neighbour import Address
from scanner.facts.network import ConnectionSecurityRule

PORTS = (MIGRATION, SMB)
TCP = 6
REQUIRES = ("Secure", "SecureServer")
"""actions by which the traffic must be protected to come in; with another one it flows in clear where that fails"""
MAPPED = ((1, 2), (2, 1))
"""the endpoint that is the destination, and the one that is the source: a rule holds in both directions"""


def may_cover(
    view: View, source: str, host: str, rule: ConnectionSecurityRule, to: tuple[Address, int] | None = None
) -> bool:
    """Whether a rule of either end may require protection of what a move from this source sends to the destination.

    With an address and a port: of what it sends there, from whatever port of its own.
    """
    if not (rule.says("Active", "TRUE") and rule.says("Action", *REQUIRES)):
        return False
    if not any(_may_be(text, _is_tcp) for text in _values(rule, "Protocol") or [""]):
        return False
    here = _addresses(view, source)
    there, ports = ((to[0],), (to[1],)) if to else (_addresses(view, host), PORTS)
    return any(
        _covers(rule, theirs, there)
        and _covers(rule, ours, here)
        and _opens(rule, theirs, ports)
        and not (to and _ports(rule, ours))
        for theirs, ours in MAPPED
    )


def _values(rule: ConnectionSecurityRule, *keys: str) -> list[str]:
    fields = (part.partition("=") for part in rule.rule.split("|"))
    wanted = {key.lower() for key in keys}
    return [value.strip() for key, _, value in fields if key.strip().lower() in wanted]


def _may_be(text: str, test: Callable[[str], bool]) -> bool:
    """What a filter says of the traffic; yes where its text is not plain."""
    try:
        return test(text)
    except ValueError:
        return True


def _is_tcp(text: str) -> bool:
    return int(text) in (TCP, 256)  # 256: any


def _addresses(view: View, host: str) -> Collection[Address]:
    """What the host holds; nothing where that could not be read."""
    with suppress(MissingEvidence):
        return [local.address for local in local_addresses(view, host, held=True)]
    return ()


def _covers(rule: ConnectionSecurityRule, endpoint: int, addresses: Collection[Address]) -> bool:
    texts = _values(rule, f"EP{endpoint}_4", f"EP{endpoint}_6")
    return not (texts and addresses) or any(_may_be(text, lambda one: _holds(one, addresses)) for text in texts)


def _holds(text: str, addresses: Collection[Address]) -> bool:
    """Whether ``a``, ``a-b``, ``a/length`` or ``a/mask`` holds one of the addresses."""
    first, dash, last = text.partition("-")
    if not dash:
        network = ipaddress.ip_network(text, strict=False)
        return any(address in network for address in addresses)
    low, high = ipaddress.ip_address(first.strip()), ipaddress.ip_address(last.strip())
    return any(address.version == low.version and int(low) <= int(address) <= int(high) for address in addresses)


def _opens(rule: ConnectionSecurityRule, endpoint: int, ports: Collection[int]) -> bool:
    texts = _ports(rule, endpoint)
    return not texts or any(_may_be(text, lambda one: _has_port(one, ports)) for text in texts)


def _ports(rule: ConnectionSecurityRule, endpoint: int) -> list[str]:
    return _values(rule, f"EP{endpoint}Port", f"EP{endpoint}Port2_10")


def _has_port(text: str, ports: Collection[int]) -> bool:
    return any(low <= port <= high for low, high in _ranges(text) for port in ports)


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for part in text.split(","):
        first, dash, last = part.partition("-")
        yield int(first), int(last if dash else first)
