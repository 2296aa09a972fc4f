"""Without the Site Recovery provider on a VMM server nothing of its clouds can be registered or replicated.

Passes when the provider's program is in VMM's folder, or where it is put without VMM. It runs within VMM's own service:
no other service is asked for, nor any agent on hosts. Fails when it is not there and the server is registered: the
estate says so, or the machine holds a registration. Before that it is still to be installed: passes with a note, and
warns where Windows Update is disabled, for users report that set-up fails then (MicrosoftLearning/AZ-801, issues 36 and
37).
"""

from __future__ import annotations

from checks.asr.provider import NEWEST, PROVIDER, asked, program, registered
from scanner.api import (  # fmt: skip
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    passed,
    powershell,
    scopes,
    tell,
    warned,
)
from scanner.facts.provider import AsrRegistration, WindowsUpdateService

WANTED = tell("the Site Recovery provider")


@check(
    id="ASR-02",
    title="Provider is installed on the VMM server",
    fails="A registered VMM server has no provider",
    warns="The provider is not installed yet, and Windows Update is disabled",
    severity=Severity.CRITICAL,
    who=Who.AZURE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="S4 #step-3-install-the-azure-site-recovery-provider items 2-5",
    needs=(*PROVIDER, AsrRegistration, WindowsUpdateService),
    asks=asked,
    remedy=NEWEST,
)
def installed(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    found = program(view, server.host)
    if found is not None:
        return passed(
            tell("provider {map}", map=joined(".", map(str, found.numbers)) or tell("of a version that is not told"))
        )
    if registered(view, server.host):
        return failed(tell("registered, and the provider is not there"), WANTED, NEWEST)
    if view.one(WindowsUpdateService, server.host).start_mode.lower() == "disabled":
        command = "Set-Service -ComputerName <server> -Name wuauserv -StartupType Manual"
        works = tell("set-up runs once the service may be started, at any time before the server is registered")
        seen = tell("not installed yet, and the service Windows Update is disabled")
        return warned(seen, tell("Windows Update that may start"), powershell(command, server=server.host), works=works)
    return passed(
        tell("not installed yet, nor registered"), note=tell("it is installed before the server is registered")
    )
