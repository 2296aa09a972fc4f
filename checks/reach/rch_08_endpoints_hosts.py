"""The Hyper-V hosts, not the VMM server alone, must reach the endpoints of Site Recovery over the internet.

As RCH-07, tried from every host, with routes or without. Where the estate declares that hosts need no internet, a
failure is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.reach.internet import FACTS, internet_asks, reaches_service
from scanner.api import Ask, Profile, Severity, Status, Subject, Verdict, View, Who, check, scopes, tell


def _asks(host: Subject, view: View) -> Iterator[Ask]:
    yield from internet_asks(view, host.host)


@check(
    id="RCH-08",
    title="Site Recovery endpoints are reachable from the Hyper-V hosts",
    fails="Hyper-V host cannot reach an endpoint of Site Recovery by TLS 1.2",
    warns="An endpoint of Site Recovery is out of reach of a host that needs no internet",
    severity=Severity.HIGH,
    who=Who.NETWORK,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.HOST,
    seed="S4 #step-3-install-the-azure-site-recovery-provider (VMM server and Hyper-V hosts)",
    needs=FACTS,
    asks=_asks,
    remedy="Allow the endpoints of Site Recovery on TCP 443 in the firewall and the proxy.",
)
def endpoints_from_host(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    verdict = reaches_service(view, host.host)
    if verdict.status is Status.FAIL and not view.estate.site_recovery.hosts_need_internet:
        works = tell("the estate declares that hosts need no internet, and replication goes from host to host")
        return replace(verdict, status=Status.WARN, works=works)
    return verdict
