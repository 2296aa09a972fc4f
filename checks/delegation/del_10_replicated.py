"""Delegation works only where it has arrived: on the controller that the host asks for its tickets.

Every controller of the host's domain that DNS or the directory lists, read-only ones included, is asked for the host's
account. Passes when all say the same about delegation (listed services, protocol, resource-based entries). It fails
when the controller that the host last used lacks something another one grants, and warns when only others lack it. What
decides for a source, service names and who may delegate to the host, is judged by the controller of that source.
Unknown when a controller does not answer, when the one that the host last used was not asked, when they differ and it
is not known which one is used, when the domain, asked as a whole, told what none of them does or not what all of them
forbid, or when two accounts are told, of one name and two SIDs.
"""

from __future__ import annotations

from collections.abc import Mapping

from checks.delegation.controllers import Said, ask_all, asked, compared, offers, statements, unlike
from checks.delegation.verdicts import ACCOUNTS, attempt, excused_with, unused
from scanner.api import (
    Route,
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    passed,
    scopes,
    tell,
    unknown,
    worst,
)
from scanner.facts.directory import DirectoryServer, DomainController
from scanner.facts.host import DomainControllerHint


@check(
    id="DEL-10",
    title="Delegation is the same on all domain controllers",
    fails="The domain controller in use lacks what another one grants for delegation",
    warns="Domain controllers differ about delegation; the one in use has all that is granted",
    severity=Severity.HIGH,
    who=Who.DIRECTORY,
    scope=scopes.HOST,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… last list",
    needs=(*ACCOUNTS, DomainController, DirectoryServer, DomainControllerHint),
    remedy="Wait for replication or start it, then scan again.",
)
def replicated(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    sources = {route.source for route in view.estate.routes if host.host in (route.source, route.destination)}
    reason = excused_with(view, host.host, sorted(sources))
    if reason:
        return reason
    accounts, silent = ask_all(view, host.host)
    said, offered = ({name: of(row) for name, row in accounts.items()} for of in (statements, offers))
    if not silent and not any(answer.grants for answer in said.values()):
        return unknown(tell("no controller told an account for {host}", host=host.host))
    parts = [attempt(lambda: compared(view, host.host, said)), *map(unknown, silent)]
    ways = [route for route in view.estate.routes if route.destination == host.host]
    kinds = () if silent else (statements, offers) if ways else (statements,)
    parts += unlike(view, host.host, accounts, kinds)
    for route in ways:
        parts += _for_source(view, route, offered)
    return worst(parts)


def _for_source(view: View, route: Route, offered: Mapping[str, Said]) -> list[Verdict]:
    """What is wrong with the host as a source of moves finds it."""
    source, there = route.source, route.destination
    part = attempt(lambda: unused(view, source) or asked(view, there, source, offered) or passed(""))
    return [part] if part.status not in (Status.PASS, Status.NOT_APPLICABLE) else []
