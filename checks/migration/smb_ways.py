"""What SMB has to send memory by from one host to another: adapters of both in one network, RDMA, how fast they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from checks.migration.networks import local_addresses, neighbours, not_of, usable
from scanner.api import Verdict, View, passed, tell, warned
from scanner.facts.smb import SmbAdapter

FAST = 10_000_000_000
"""bit/s from which SMB without RDMA is no slower than compression"""
WANTED = tell("RDMA on both hosts, or a link of at least 10 Gbit/s, and SMB Multichannel on")


@dataclass(frozen=True, slots=True)
class Ways:
    """What there is between a source and a destination."""

    direct: bool
    """both have RDMA on adapters that are in one network"""
    rdma: tuple[str, ...]
    """the hosts that have it on an adapter that migrations may use"""
    speed: int
    """of the fastest way, as fast as the slower of its two adapters, bit/s; 0 where SMB lists none of them"""


def ways(view: View, source: str, destination: str) -> Ways | None:
    """What memory may go by; nothing where the destination has no migration address.

    Where the two share no network, any adapter of the source may be the one; RDMA counts for nothing there, since
    whether it crosses the router nobody knows. The check must declare ``SmbAdapter`` and the facts of ``usable``.

    Raises:
        MissingEvidence: the addresses or the adapters could not be read.
    """
    theirs = not_of(view, source, usable(view, destination))
    ours = [local for local in local_addresses(view, source) if local.up is not False]
    near = list(neighbours(ours, theirs))
    ends = {(one.interface, other.interface) for one, other in near or product(ours, theirs)}
    here, there = (view.derived(SmbAdapter, host, _adapters) for host in (source, destination))
    if not theirs:
        return None
    none = (False, 0)
    found = [(here.get(one, none), there.get(other, none)) for one, other in ends]
    direct = bool(near) and any(one[0] and other[0] for one, other in found)
    sides = {source: any(one[0] for one, _ in found), destination: any(other[0] for _, other in found)}
    return Ways(
        direct,
        tuple(host for host, has in sides.items() if has),
        max((min(one[1], other[1]) for one, other in found), default=0),
    )


def by_ways(found: Ways, way: str) -> Verdict:
    """The verdict on them, where SMB Multichannel is on."""
    if found.direct:
        return passed(tell("{way}: RDMA on both hosts", way=way))
    speed = (
        tell("{speed:g} Gbit/s", speed=found.speed / 1000000000)
        if found.speed
        else tell("a speed that SMB does not tell")
    )
    works = tell("SMB sends memory over TCP as well; compression may be faster")
    if found.rdma:
        where = (
            tell("on {rdma} alone", rdma=found.rdma[0])
            if len(found.rdma) == 1
            else tell("on both hosts, on no adapters in one network")
        )
        return warned(tell("{way}: RDMA {where}; {speed}", way=way, where=where, speed=speed), WANTED, works=works)
    if found.speed >= FAST:
        return passed(
            tell("{way}: {speed}", way=way, speed=speed), note=tell("no RDMA, so that SMB Direct is not used")
        )
    return warned(tell("{way}: no RDMA, and {speed}", way=way, speed=speed), WANTED, works=works)


def _adapters(rows: tuple[SmbAdapter, ...]) -> dict[int, tuple[bool, int]]:
    """RDMA and speed by interface; of several rows of one the best."""
    found: dict[int, tuple[bool, int]] = {}
    for row in rows:
        rdma, speed = found.get(row.interface, (False, 0))
        found[row.interface] = (rdma or row.rdma is True, max(speed, row.speed or 0))
    return found
