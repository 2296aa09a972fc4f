"""Hosts of a cloud that VMM can work with, and what is said where there are too few of them."""

from __future__ import annotations

from collections.abc import Sequence

from checks.common.parts import clip, combine
from checks.vmm.clouds import PART_ALONE, Side, host_names, hosts_of, sees_all
from checks.vmm.hosts import state_of
from scanner.api import Status, Verdict, View, failed, tell, unknown
from scanner.facts.vmm import VmmHost


def working(view: View, side: Side) -> list[VmmHost]:
    """The hosts of a cloud that VMM says are OK."""
    return [row for row in hosts_of(view, side) if state_of(row).status is Status.PASS]


def too_few(view: View, sides: Sequence[Side], hosts: Sequence[list[VmmHost]]) -> Verdict | None:
    """The verdict where a side has no host that works, or both have the same one alone; else nothing."""
    lacking = [_lacking(view, side, _none(view, side)) for side, rows in zip(sides, hosts, strict=True) if not rows]
    if lacking:
        return combine(lacking)
    names = {_name(row) for rows in hosts for row in rows}
    if len(names) > 1:
        return None
    seen = tell("{names} is the only host of both", names=clip(names.pop()))
    parts = [_lacking(view, side, seen) for side in sides]
    return next((part for part in parts if part.status is Status.UNKNOWN), parts[0])


def _none(view: View, side: Side) -> str:
    rows = hosts_of(view, side)
    what = tell("host that counts ({seen})", seen=combine(map(state_of, rows)).seen) if rows else tell("Hyper-V host")
    return tell("{side} has no {what}", side=side.name, what=what)


def _lacking(view: View, side: Side, seen: str) -> Verdict:
    """A FAIL, unless a host of a state that is not known, or one that was not shown, may be what is lacking."""
    wanted = tell("a host on either side that VMM says is OK, and is not the same")
    doubts = [verdict for verdict in map(state_of, hosts_of(view, side)) if verdict.status is Status.UNKNOWN]
    if doubts:
        return unknown(tell("{side}: {note}", side=side.name, note=combine(doubts).note), wanted=wanted)
    return (
        failed(seen, wanted)
        if sees_all(view, side.server)
        else unknown(tell("{seen}; {part_alone}", seen=seen, part_alone=PART_ALONE), wanted=wanted)
    )


def _name(row: VmmHost) -> str:
    return (host_names(row) or (row.id,))[0]
