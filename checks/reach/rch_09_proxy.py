"""Where provider, Windows and plan name different ways to the internet, what one of them reaches proves nothing.

Of VMM servers and hosts. Fails when the estate says another way than the provider is set to, and when the proxy that is
gone through does not answer. Warns when WinHTTP names another proxy than the one gone through. UNKNOWN while the way is
not known (RCH-07), settings are not understood, or a registered server was told of no proxy though the estate names
one. Passes otherwise. WinHTTP's settings are those of services and of SYSTEM; whether a custom proxy was set up before
the provider, as S4 wants, nothing tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.common.parts import combine
from checks.reach.internet import FACTS
from checks.reach.proxies import MEND, proxies, proxy_asks
from scanner.api import Ask, Profile, Severity, Status, Subject, Verdict, View, Who, check, scopes, tell


def _asks(machine: Subject, view: View) -> Iterator[Ask]:
    yield from proxy_asks(view, machine.host)


@check(
    id="RCH-09",
    title="Proxy settings are consistent",
    fails="Proxy settings contradict each other, or the proxy does not answer",
    warns="Proxy settings differ, or a proxy that the host does not need fails",
    severity=Severity.LOW,
    who=Who.NETWORK,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.MACHINE,
    seed="S4 #step-3-install-the-azure-site-recovery-provider (proxy bullets)",
    needs=FACTS,
    asks=_asks,
    remedy=MEND,
)
def proxy(machine: Subject, view: View) -> Verdict:
    """Judge one machine."""
    server = machine.kind is scopes.VMM_SERVER
    verdict = combine(proxies(view, machine.host, provider=server))
    if verdict.status is Status.FAIL and not server and not view.estate.site_recovery.hosts_need_internet:
        works = tell("the estate declares that hosts need no internet, and replication goes from host to host")
        return replace(verdict, status=Status.WARN, works=works)
    return verdict
