"""A machine that moved will be wanted back: delegation is set on both accounts, each naming the other host.

Passes when DEL-01, DEL-02 and DEL-03 find nothing missing in either direction. When only one direction is complete it
is a warning, and a failure where moves are planned both ways. When neither is, the checks named say so already and
this one does not apply.
"""

from __future__ import annotations

from checks.delegation.verdicts import ALL_PARTS, excused, parts
from scanner.api import (
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    check,
    failed,
    not_applicable,
    passed,
    scopes,
    unknown,
    warned,
    worst,
)


@check(
    id="DEL-04",
    title="Delegation is configured in both directions",
    severity=Severity.HIGH,
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
    there, back = view.route(one, other), view.route(other, one)
    ways = {f"{s} → {d}": worst(parts(view, s, d).values()) for s, d in ((one, other), (other, one))}
    lacking = [way for way, verdict in ways.items() if verdict.status is Status.FAIL]
    unclear = [f"{way}: {verdict.note}" for way, verdict in ways.items() if verdict.status is Status.UNKNOWN]
    if len(lacking) == 2:
        return not_applicable("delegation is incomplete in both directions; DEL-01 to DEL-03 say what is missing")
    if unclear:
        return unknown("; ".join(unclear))
    if not lacking:
        return passed("complete in both directions")
    remedy = ways[lacking[0]].remedy
    judge = failed if there and back else warned
    return judge(f"incomplete: {lacking[0]}", "delegation in both directions", remedy, note="a move back will fail")
