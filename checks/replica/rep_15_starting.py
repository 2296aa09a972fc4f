"""Between domains, or without one, Hyper-V Manager cannot set replication up though the hosts can replicate.

It reaches the other host by WinRM, with the rights of who sits before it, which are missing there (events 32000 and
29210, 0x80090303); a planned failover does the same when it turns replication round. Passes when both hosts are in one
domain. Else it is a warning: Enable-VMReplication on the primary does without WinRM (Microsoft's support team for
Windows, Japan, 2025-11-04). Whether somebody has those rights cannot be read, so TrustedHosts alone changes nothing.
"""

from __future__ import annotations

from checks.identity.domains import domain_of
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, joined, passed, scopes, tell, warned
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo
from scanner.facts.host import ComputerSystem

HOW = tell(
    "Enable replication in PowerShell on the primary host. For Hyper-V Manager and "
    "planned failover give who starts them rights on the other host by WinRM; without "
    "Kerberos between them that is TrustedHosts on both."
)


@check(
    id="REP-15",
    title="Replication between domains or work groups can be started and failed over",
    warns="Hosts are not of one domain, and Hyper-V Manager may fail to set replication up",
    severity=Severity.LOW,
    who=Who.OPERATOR,
    profiles=(Profile.REPLICA,),
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(ComputerSystem, ComputerAccount, CrossRef, DomainInfo),
    remedy=HOW,
)
def starting(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    here, there = view.one(ComputerSystem, route.source), view.one(ComputerSystem, route.destination)
    wanted, works = tell("both in one domain"), tell("PowerShell on the primary host enables it without WinRM")
    ends = ((route.source, here), (route.destination, there))
    if alone := [host for host, system in ends if not system.part_of_domain]:
        return warned(tell("{alone} in no domain", alone=joined(" and ", alone)), wanted, HOW, works=works)
    one, other = domain_of(view, here, there), domain_of(view, there, here)
    if one == other:
        return passed(tell("both in {one}", one=one))
    return warned(tell("in {one} and {other}", one=one, other=other), wanted, HOW, works=works)
