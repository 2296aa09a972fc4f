"""Whether both hosts say the same of the network in which their addresses are: prefix length and VLAN."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.common.probing import MIGRATION, connects, endpoint
from checks.migration.networks import Local
from checks.network.adapters import vlan_of
from scanner.api import Subject, Verdict, View, failed, joined, passed, tell, unknown, warned

WANTED = tell("one prefix length and one VLAN at both ends")


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
    found = (
        [tell("prefix length /{lengths} and /{lengths2}", lengths=lengths[0], lengths2=lengths[1])]
        if lengths[0] != lengths[1]
        else []
    )
    found += [tell("VLAN {here} and {there}", here=here, there=there)] if here and there and here != there else []
    ends = tell("{address} and {address2}", address=one.address, address2=other.address)
    if not found:
        untold = tell(
            "{ends}: VLAN {here} at one end alone; the physical switch may give it to the other",
            ends=ends,
            here=here or there,
        )
        return passed(
            tell("{ends}: /{lengths}", ends=ends, lengths=lengths[0]),
            note=untold if bool(here) is not bool(there) else "",
        )
    seen = tell("{ends}: {found}", ends=ends, found=joined(" and ", found))
    answer = connects(view, source, endpoint(str(other.address), MIGRATION), destination=host)
    if answer is None:
        return unknown(
            tell(
                "{seen}; whether {source} reaches {host} all the same is not known (see RCH-01)",
                seen=seen,
                source=source,
                host=host,
            ),
            wanted=WANTED,
        )
    if answer:
        return warned(
            seen,
            WANTED,
            works=tell("{source} connects to {address} all the same", source=source, address=other.address),
        )
    return failed(tell("{seen}, and {source} does not connect", seen=seen, source=source), WANTED)
