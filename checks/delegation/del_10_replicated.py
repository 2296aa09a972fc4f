"""Delegation works only where it has arrived: on the controller that the host asks for its tickets.

Every controller of the host's domain is asked for the host's account. Passes when all say the same about delegation
(listed services, protocol, resource-based entries). It fails when the controller that the host uses lacks something
another one grants, and warns about any other difference. A controller that does not answer leaves it unknown.
"""

from __future__ import annotations

from checks.delegation.controllers import ask_all, lacking, lacks_grant, own_controller
from checks.delegation.verdicts import ACCOUNTS, excused_with
from scanner.api import (
    Gap,
    Severity,
    Subject,
    Verdict,
    View,
    check,
    failed,
    passed,
    powershell,
    scopes,
    unknown,
    warned,
    worst,
)
from scanner.facts.directory import DomainController
from scanner.facts.host import ComputerSystem, DomainControllerHint


@check(
    id="DEL-10",
    title="Delegation is the same on all domain controllers",
    severity=Severity.HIGH,
    scope=scopes.HOST,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… last list",
    needs=(*ACCOUNTS, DomainController, DomainControllerHint),
    remedy="Wait for replication or start it, then scan again.",
)
def replicated(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    sources = {route.source for route in view.estate.routes if host.host in (route.source, route.destination)}
    reason = excused_with(view, host.host, sorted(sources))
    if reason:
        return reason
    said, silent = ask_all(view, view.one(ComputerSystem, host.host))
    if not silent and not any(answer.grants for answer in said.values()):
        return unknown(f"no controller told an account for {host.host}")
    own = own_controller(view, host.host, said)
    parts = [unknown(gap) for gap in silent]
    missing = "; ".join(f"{name} lacks {what}" for name, what in lacking(said).items())
    if not missing:
        return worst((passed("the same on " + ", ".join(said)), *parts))
    seen, wanted = f"{missing}; the host uses {own or 'an unknown one'}", "the same on every controller"
    remedy = powershell("repadmin /syncall <controller> /Ade", controller=min(lacking(said)))
    if isinstance(own, Gap):
        return worst((unknown(f"{missing}; which one the host uses is not known: {own}"), *parts))
    judge = failed if own and lacks_grant(said, own) else warned
    return worst((judge(seen, wanted, remedy, note="replication pending"), *parts))
