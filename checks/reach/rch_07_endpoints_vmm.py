"""The provider on a VMM server talks to Site Recovery over the internet; without that nothing registers or replicates.

The endpoints that the registration key and the estate name are tried from the VMM server on TCP 443, through the proxy
that the estate declares, or that is set for the provider. Passes when all of them are reached and shake hands by TLS
1.2, and fails when one is not. Where WinHTTP alone names a proxy, the provider may use it or not: UNKNOWN until the
estate says so; and so where the provider is set to another proxy than the estate declares. A proxy that wants a
sign-in, which no attempt bears, leaves it UNKNOWN; it passes with a note where the estate says who saw the provider
sign in, and when. UNKNOWN, too, while no endpoint is known by name: the wildcards to allow are told then. An issuer
that is no authority of the service is told; whether the machine trusts the certificate is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.reach.internet import FACTS, internet_asks, reaches_service
from scanner.api import Ask, Profile, Severity, Subject, Verdict, View, Who, check, scopes


def _asks(server: Subject, view: View) -> Iterator[Ask]:
    yield from internet_asks(view, server.host)


@check(
    id="RCH-07",
    title="Site Recovery endpoints are reachable from the VMM server",
    fails="VMM server cannot reach an endpoint of Site Recovery by TLS 1.2",
    severity=Severity.CRITICAL,
    who=Who.NETWORK,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="S4 #step-3-install-the-azure-site-recovery-provider (URL list)",
    needs=FACTS,
    asks=_asks,
    remedy="Allow the endpoints of Site Recovery on TCP 443 in the firewall and the proxy.",
)
def endpoints_from_vmm(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    return reaches_service(view, server.host)
