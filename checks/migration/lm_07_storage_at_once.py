"""Disks that must move with their machines, or alone, stay where they are on a host that moves none at a time.

Passes when the host allows at least one move of disks at a time. Fails when it allows none and disks move from it or to
it: because the plan says so, or because they lie on the source itself. Does not apply where none moves.
"""

from __future__ import annotations

from checks.common.disks import DISKS, disks_move
from checks.migration.limits import DEFAULT, LIMITS, allow, at_once
from scanner.api import (
    MissingEvidence,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
)

WANTED = tell("at least one at a time")


@check(
    id="LM-07",
    title="Simultaneous storage migrations limit is sensible",
    fails="Host allows no storage migration at a time",
    severity=Severity.LOW,
    who=Who.HOST,
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(*LIMITS, *DISKS),
    remedy="Choose the number of simultaneous storage migrations in the Hyper-V settings of the host.",
)
def storage_at_once(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    moving, doubt = False, ""
    for route in view.estate.routes:
        if host.host in (route.source, route.destination):
            try:
                moving = moving or disks_move(view, route.source, route.destination)
            except MissingEvidence as missing:
                doubt = doubt or str(missing)
    if not moving and not doubt:
        return not_applicable(tell("no disk moves from this host or to it"))
    number = at_once(view, host.host, disks=True)
    if number:
        return passed(tell("{number} at a time", number=number))
    if not moving:
        return unknown(
            tell("no move of disks at a time, and whether one moves is not known: {doubt}", doubt=doubt), wanted=WANTED
        )
    return failed(tell("no move of disks at a time"), WANTED, allow(view, host.host, DEFAULT, disks=True))
