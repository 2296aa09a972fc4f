"""The Hyper-V hosts, not the VMM server alone, must reach the endpoints of Site Recovery over the internet.

As RCH-07, tried from every host of a planned route. Where the estate declares that hosts need no internet, a failure is
a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.reach.internet import FACTS, internet_asks, reaches_service
from scanner.api import Ask, Profile, Severity, Status, Subject, Verdict, View, check, not_applicable, scopes


def _takes_part(host: Subject, view: View) -> bool:
    return any(host.host in (route.source, route.destination) for route in view.estate.routes)


def _asks(host: Subject, view: View) -> Iterator[Ask]:
    if _takes_part(host, view):
        yield from internet_asks(view, host.host)


@check(
    id="RCH-08",
    title="Site Recovery endpoints are reachable from the Hyper-V hosts",
    severity=Severity.HIGH,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.HOST,
    seed="S4 #step-3-install-the-azure-site-recovery-provider (VMM server and Hyper-V hosts)",
    needs=FACTS,
    asks=_asks,
    remedy="Allow the endpoints of Site Recovery on TCP 443 in the firewall and the proxy.",
)
def endpoints_from_host(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if not _takes_part(host, view):
        return not_applicable("no planned route starts or ends here")
    verdict = reaches_service(view, host.host)
    if verdict.status is Status.FAIL and not view.estate.site_recovery.hosts_need_internet:
        return replace(verdict, status=Status.WARN, note="the estate declares that hosts need no internet")
    return verdict
