"""The destination's account may itself name those who delegate to it: one entry covers every service, in any domain.

Passes when its access list (msDS-AllowedToActOnBehalfOfOtherIdentity) allows the source or a group the source is in,
and fails when it denies it: a deny entry wins over every allow entry. Where the list is not set, is empty or names
only others it does not apply; the source's own list then decides (DEL-01, DEL-02). Unknown when it names what may be
a group of the source that was not looked into.
"""

from __future__ import annotations

from checks.delegation.coverage import MIGRATION, coverage
from checks.delegation.remedies import grant_resource
from checks.delegation.verdicts import ACCOUNTS, NOT_PROVEN, excused
from scanner.api import (
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


@check(
    id="DEL-05",
    title="Destination allows the source by resource-based delegation",
    fails="Destination denies the source resource-based delegation",
    severity=Severity.INFO,
    who=Who.DIRECTORY,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=ACCOUNTS,
    remedy="Take the deny entry for the source away from the destination's computer account.",
)
def resource_based(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    reason = excused(view, route.source, route.destination)
    if reason:
        return reason
    found = coverage(view, route.source, route.destination, MIGRATION)
    theirs = tell("msDS-AllowedToActOnBehalfOfOtherIdentity of {short}", short=found.destination.short)
    if found.denied:
        wanted = tell("no deny entry for {short} or a group it is in", short=found.source.short)
        return failed(
            tell("{theirs} denies {short}", theirs=theirs, short=found.source.short),
            wanted,
            grant_resource(view, found),
        )
    if found.unsettled:
        return unknown(
            tell(
                "{theirs} names what may be a group of {short}; its members were not read",
                theirs=theirs,
                short=found.source.short,
            )
        )
    if found.allowed:
        return passed(tell("{theirs} names {short}", theirs=theirs, short=found.source.short), note=NOT_PROVEN)
    named = (
        tell("does not name the source") if found.destination.account.has_resource_delegation else tell("is not set")
    )
    return not_applicable(tell("{theirs} {named}; the source's own list decides", theirs=theirs, named=named))
