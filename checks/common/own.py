"""Which addresses are a machine's own, and whether an attempt of it met nobody but itself."""

from __future__ import annotations

import ipaddress

from scanner.api import Gap, View
from scanner.facts.neighbour import Address, address_of
from scanner.facts.network import DUPLICATE, EndpointProbe, IPAddress


def is_own(view: View, machine: str, address: Address) -> bool | None:
    """Whether the machine holds the address itself; nothing if its addresses were not read.

    The check must declare ``IPAddress``.
    """
    if isinstance(view.ask(IPAddress, machine), Gap):
        return None
    return address in view.derived(IPAddress, machine, held_by)


def held_by(rows: tuple[IPAddress, ...]) -> frozenset[Address | None]:
    """The addresses at which a machine answers."""
    return frozenset(row.address for row in rows if row.held)


def lists(view: View, machine: str, address: Address) -> bool:
    """Whether the machine lists the address at all: link-local, not yet or no longer in use; a duplicate is another's.

    Raises:
        MissingEvidence: its addresses were not read.
    """
    return address in view.derived(IPAddress, machine, _listed)


def _listed(rows: tuple[IPAddress, ...]) -> frozenset[Address | None]:
    return frozenset(row.address for row in rows if row.state != DUPLICATE)


def plain(text: str | None) -> Address | None:
    """The address that a text writes; one of IPv4 in the clothes of IPv6 as that of IPv4."""
    found = address_of(text or "")
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def met_itself(view: View, machine: str, answer: EndpointProbe) -> bool:
    """Whether the target leads back to the machine that tried: it connected to itself, or knows no other address of it.

    The check must declare ``IPAddress``.
    """
    remote = plain(answer.remote)
    if remote is not None:
        return is_itself(answer) or _itself(view, machine, remote)
    named = [address for address in map(plain, answer.addresses) if address is not None]
    return bool(named) and all(_itself(view, machine, address) for address in named)


def is_itself(answer: EndpointProbe) -> bool:
    """Whether both ends of a connection are one address."""
    remote = plain(answer.remote)
    return remote is not None and remote == plain(answer.local)


def _itself(view: View, machine: str, address: Address) -> bool:
    return address.is_loopback or is_own(view, machine, address) is True
