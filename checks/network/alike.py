"""Whether both hosts say the same of the network in which their addresses are: prefix length and VLAN."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.common.probing import MIGRATION, connects, endpoint
from checks.migration.networks import Local
from checks.network.adapters import vlan_of
from scanner.api import Subject, Verdict, View, failed, passed, unknown, warned

WANTED = "one prefix length and one VLAN at both ends"


def shared(ours: Sequence[Local], theirs: Sequence[Local]) -> Iterator[tuple[Local, Local]]:
    """Pairs of addresses of which one host at least holds the other's for near, by its narrowest network there."""
    for other in theirs:
        near = [one for one in ours if other.address in one.network] or [o for o in ours if o.address in other.network]
        narrowest = max((one.network.prefixlen for one in near), default=0)
        yield from ((one, other) for one in near if one.network.prefixlen == narrowest)


def judged(view: View, route: Subject, one: Local, other: Local) -> Verdict:
    """The verdict on two addresses. The check must declare ``HOLDERS``, ``ADAPTERS`` and ``EndpointProbe``.

    Raises:
        MissingEvidence: a VLAN could not be read.
    """
    source, host = route.source, route.destination
    lengths = one.network.prefixlen, other.network.prefixlen
    here, there = vlan_of(view, source, one.interface), vlan_of(view, host, other.interface)
    found = [f"prefix length /{lengths[0]} and /{lengths[1]}"] if lengths[0] != lengths[1] else []
    found += [f"VLAN {here} and {there}"] if here and there and here != there else []
    ends = f"{one.address} and {other.address}"
    if not found:
        untold = f"{ends}: VLAN {here or there} at one end alone; the physical switch may give it to the other"
        return passed(f"{ends}: /{lengths[0]}", note=untold if bool(here) is not bool(there) else "")
    seen = f"{ends}: {' and '.join(found)}"
    answer = connects(view, source, endpoint(str(other.address), MIGRATION), destination=host)
    if answer is None:
        return unknown(f"{seen}; whether {source} reaches {host} all the same is not known (see RCH-01)", wanted=WANTED)
    if answer:
        return warned(seen, WANTED, works=f"{source} connects to {other.address} all the same")
    return failed(f"{seen}, and {source} does not connect", WANTED)
