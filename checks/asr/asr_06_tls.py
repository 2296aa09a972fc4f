"""Site Recovery takes TLS 1.2 alone; a machine that does not offer it is cut off at once (error 10054).

Passes when SCHANNEL offers TLS 1.2 where the machine connects, and .NET chooses it for programs of 64 and 32 bits:
because one of its two values is on, or by the release's own default, from Windows Server 2016 on. Fails when SCHANNEL's
values switch it off, when they do not switch it on on Windows Server 2012, and when a value of .NET is 0 and none is on
(Azure documentation: transport-layer-security; KB 3140245). UNKNOWN when .NET of an older release is not told. Of VMM
servers and hosts, since seed S4 wants both to reach the service.
"""

from __future__ import annotations

from checks.asr.tls import net, schannel
from checks.common.parts import combine
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.host import OperatingSystem
from scanner.facts.tls import NetFramework, Tls12Client


@check(
    id="ASR-06",
    title="TLS 1.2 is used for outbound connections",
    fails="TLS 1.2 is not switched on for outbound connections",
    severity=Severity.HIGH,
    who=Who.HOST,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.MACHINE,
    seed="beyond seeds",
    needs=(OperatingSystem, Tls12Client, NetFramework),
    remedy=(
        "Set the values of SCHANNEL and .NET that the page of Azure on Transport Layer Security in Site Recovery lists,"
        " on Windows Server 2012 after KB 3140245, and start the machine again."
    ),
)
def tls_12(machine: Subject, view: View) -> Verdict:
    """Judge one machine."""
    build = view.one(OperatingSystem, machine.host).build
    client, frameworks = view.maybe(Tls12Client, machine.host), view.rows(NetFramework, machine.host)
    return combine([schannel(client, build), *net(frameworks, build)])
