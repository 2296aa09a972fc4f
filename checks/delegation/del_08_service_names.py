"""Kerberos finds the destination's migration service by names that the service registers on the computer account.

Passes when the destination's account holds "Microsoft Virtual System Migration Service" with its short and its full
name, and the same two names for HOST (which stands for cifs) or for cifs itself. One name of the migration service, or
a missing name for cifs, is a warning; neither name of the migration service fails: the service never registered.
"""

from __future__ import annotations

from checks.delegation.account import member
from checks.delegation.coverage import CIFS, MIGRATION
from checks.delegation.verdicts import ACCOUNTS, excused_with
from scanner.api import Severity, Subject, Verdict, View, check, failed, passed, powershell, scopes, warned, worst

RESTART = "Invoke-Command -ComputerName <host> -ScriptBlock { Restart-Service -Name vmms }  # then: setspn -L <name>"


@check(
    id="DEL-08",
    title="Destination has registered its migration service",
    severity=Severity.CRITICAL,
    scope=scopes.DESTINATION,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 9",
    needs=ACCOUNTS,
    remedy="Restart the Virtual Machine Management service on the destination; it registers its names when it starts.",
)
def service_names(host: Subject, view: View) -> Verdict:
    """Judge one destination."""
    sources = [route.source for route in view.estate.routes if route.destination == host.host]
    reason = excused_with(view, host.host, sources)
    if reason:
        return reason
    target = member(view, host.host)
    held = {name.strip().lower() for name in target.account.spns}
    list_of = f"servicePrincipalName of {target.short}"
    names = target.spns(MIGRATION)
    lost = [name for name in names if name.lower() not in held]
    unnamed = [
        name
        for name, cifs in zip(target.spns("HOST"), target.spns(CIFS), strict=True)
        if held.isdisjoint((name.lower(), cifs.lower()))
    ]
    parts: list[Verdict] = []
    if lost:
        judge = failed if len(lost) == len(names) else warned
        remedy = powershell(RESTART, host=target.fqdn, name=target.account.sam_name)
        parts.append(judge(f"{list_of} lacks {', '.join(lost)}", " and ".join(names), remedy))
    if unnamed:
        remedy = powershell("setspn -S <name> <account>", name=unnamed[0], account=target.account.sam_name)
        seen = f"{list_of} lacks {', '.join(unnamed)}"
        parts.append(warned(seen, "both names of HOST", remedy, note="HOST stands for cifs"))
    return worst(parts) if parts else passed(f"{list_of}: {', '.join(names)}")
