"""Delegation works only where it has arrived: on the controller that the host asks for its tickets.

Every controller of the host's domain that DNS or the directory lists, read-only ones included, is asked for the host's
account. Passes when all say the same about delegation (listed services, protocol, resource-based entries). It fails
when the controller that the host last used lacks something another one grants, and warns when only others lack it.
Unknown when a controller does not answer, when the one that the host last used was not asked, or when they differ and
it is not known which one the host uses.
"""

from __future__ import annotations

from checks.delegation.controllers import ask_all, compared
from checks.delegation.verdicts import ACCOUNTS, attempt, excused_with
from scanner.api import Severity, Subject, Verdict, View, check, scopes, unknown, worst
from scanner.facts.directory import DirectoryServer, DomainController
from scanner.facts.host import DomainControllerHint


@check(
    id="DEL-10",
    title="Delegation is the same on all domain controllers",
    severity=Severity.HIGH,
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
    said, silent = ask_all(view, host.host)
    if not silent and not any(answer.grants for answer in said.values()):
        return unknown(f"no controller told an account for {host.host}")
    return worst((attempt(lambda: compared(view, host.host, said)), *map(unknown, silent)))
