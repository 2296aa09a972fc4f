"""A host signs in with the tickets it has: what was allowed since then may count only for a new one.

Judged by when the directory last wrote the source's list of services or its control bits, or the list on the
destination's account, wherever it was written. Passes when that is longer ago than a ticket lives (``ticket_hours`` of
the thresholds), or when the source started, not in days to come, a quarter of an hour or more after it. A change in the
last quarter of an hour is unknown: it may not have reached the host. One in between is a warning; whether somebody
purged the tickets is not to be seen. Unknown, too, where a change lies in the future, or its time was not read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from checks.delegation.changed import last_change
from checks.delegation.verdicts import ACCOUNTS, excused
from scanner.api import Severity, Subject, Verdict, View, Who, check, passed, scopes, tell, unknown, warned
from scanner.facts.delegation import DelegationChange
from scanner.facts.host import OperatingSystem

ARRIVES = timedelta(minutes=15)  # within this time hosts use a change (Microsoft: Troubleshoot live migration issues)


@check(
    id="DEL-11",
    title="Source has new tickets since delegation changed",
    warns="Delegation changed lately, and the source may hold older tickets",
    severity=Severity.LOW,
    who=Who.HOST,
    scope=scopes.ROUTE,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… last list",
    needs=(*ACCOUNTS, DelegationChange, OperatingSystem),
    remedy="Purge the tickets of the host's own account (klist purge -li 0x3e7, elevated, on the host), or restart it.",
    begins="the change to delegation has had its time",
)
def new_tickets(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    host = route.source
    reason = excused(view, host, route.destination)
    if reason:
        return reason
    changed, what = last_change(view, host, route.destination)
    lives, system = timedelta(hours=view.estate.thresholds.ticket_hours), view.one(OperatingSystem, host)
    seen = tell("{what} was last written at {changed:%Y-%m-%d %H:%M} UTC", what=what, changed=changed)
    wanted = tell(
        "a start of {host} since then, or {ticket_hours} hours",
        host=host,
        ticket_hours=view.estate.thresholds.ticket_hours,
    )
    latest = view.recorded + timedelta(seconds=view.estate.thresholds.clock_fail_seconds)
    if changed > latest:
        still = tell("{seen}, which is still to come: the clock of a controller, or this one, is wrong", seen=seen)
        return unknown(still, wanted=wanted)
    if view.now - changed >= lives:
        return passed(seen)
    if system.last_boot is not None and changed + ARRIVES <= system.last_boot <= latest:
        return passed(
            tell(
                "{seen}, and {host} started at {last_boot:%Y-%m-%d %H:%M} UTC",
                seen=seen,
                host=host,
                last_boot=system.last_boot,
            )
        )
    purge = tell(
        "Purge the tickets of {host} itself there (klist purge -li 0x3e7, elevated), or restart it.", host=host
    )
    if view.now - changed < ARRIVES:
        note = tell("{seen}; a change needs up to a quarter of an hour until hosts use it: scan again then", seen=seen)
        return replace(unknown(note, wanted=wanted), remedy=purge)
    works = tell("hosts use a change within a quarter of an hour, by Microsoft's guide to these failures")
    note = tell(
        "where one fails all the same: the older guide wants a new ticket, which comes by {changed:%H:%M} UTC",
        changed=changed + lives,
    )
    return warned(seen, wanted, purge, works=works, note=note)
