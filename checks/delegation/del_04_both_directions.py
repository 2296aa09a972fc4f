"""A machine that moved will be wanted back: delegation is set on both accounts, each naming the other host.

Passes when DEL-01, DEL-02 and DEL-03 find nothing missing in either direction. When only one direction is complete it
is a failure where moves are planned both ways, and a warning where that one alone is planned. When none that is planned
is complete, the checks named say so already and this one does not apply.
"""

from __future__ import annotations

from checks.delegation.verdicts import ALL_PARTS, excused, parts
from scanner.api import (
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
    warned,
    worst,
)


@check(
    id="DEL-04",
    title="Delegation is configured in both directions",
    fails="Delegation is complete in one of the two planned directions only",
    warns="Delegation is incomplete for the way back, which is not planned",
    severity=Severity.HIGH,
    who=Who.DIRECTORY,
    follows=("DEL-01", "DEL-02", "DEL-03"),
    scope=scopes.PAIR,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 11",
    needs=ALL_PARTS,
    remedy="Repeat the commands of DEL-01, DEL-02 and DEL-03 with the roles of the hosts swapped.",
)
def both_directions(pair: Subject, view: View) -> Verdict:
    """Judge two hosts once."""
    one, other = pair.names
    reason = excused(view, one, other) or excused(view, other, one)
    if reason:
        return reason
    ways = {way: worst(parts(view, *way).values()) for way in ((one, other), (other, one))}
    lacking = [way for way, verdict in ways.items() if verdict.status is Status.FAIL]
    unclear = [
        tell("{way}: {note}", way=joined(" → ", way), note=v.note)
        for way, v in ways.items()
        if v.status is Status.UNKNOWN
    ]
    planned = [way for way in ways if view.route(*way)]
    if all(way in lacking for way in planned):
        return not_applicable(
            tell("delegation is incomplete where moves are planned; DEL-01 to DEL-03 say what is missing")
        )
    if unclear:
        return unknown(joined("; ", unclear))
    if not lacking:
        return passed(tell("complete in both directions"))
    way, remedy, wanted = lacking[0], ways[lacking[0]].remedy, tell("delegation in both directions")
    seen, note = tell("incomplete: {way}", way=joined(" → ", way)), tell("a move back will fail")
    if way in planned:
        return failed(seen, wanted, remedy, note=note)
    works = tell("only the other direction is planned, and that one is complete")
    return warned(seen, wanted, remedy, works=works, note=note)
