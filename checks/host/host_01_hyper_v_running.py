"""Nothing moves without Hyper-V: its Virtual Machine Management service (vmms) must run on the host.

Passes when the service vmms is running and the Hyper-V management namespace answers with a row that every such host
has. A service that is absent (the role is not installed) or not running fails. A running service whose namespace does
not answer, refuses, or shows nothing at all is unknown: the account may not look, or the provider is broken.
"""

from __future__ import annotations

from checks.common.client import is_client
from scanner.api import (
    Gap,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    passed,
    powershell,
    scopes,
    tell,
    unknown,
)
from scanner.facts.host import OperatingSystem, Service
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VirtualMachineState


@check(
    id="HOST-01",
    title="Hyper-V is installed and its management service runs",
    fails="Hyper-V's management service is missing or does not run",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2",
    needs=(Service, VirtualMachineState, MigrationSettings, OperatingSystem),
    remedy="Install the Hyper-V role, or start the Virtual Machine Management service.",
)
def hyper_v_running(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    vmms = next((service for service in view.rows(Service, host.host) if service.name.lower() == "vmms"), None)
    if vmms is None:
        install = "Install-WindowsFeature -ComputerName <host> -Name Hyper-V -IncludeManagementTools"
        remedy = "" if is_client(view, host.host) else powershell(install, host=host.host)
        return failed(
            tell("no service vmms"),
            tell("the Hyper-V role"),
            remedy,
            note=tell("it is there after a restart of the host"),
        )
    if vmms.state.lower() != "running":
        start = "Set-Service -Name vmms -StartupType Automatic; Start-Service -Name vmms"
        remedy = powershell(f"Invoke-Command -ComputerName <host> -ScriptBlock {{ {start} }}", host=host.host)
        return failed(
            tell("service vmms is {state} ({start_mode})", state=vmms.state, start_mode=vmms.start_mode),
            "Running",
            remedy,
        )
    systems, settings = view.ask(VirtualMachineState, host.host), view.ask(MigrationSettings, host.host)
    own = False if isinstance(systems, Gap) else any(row.is_host for row in systems)
    if own or (settings and not isinstance(settings, Gap)):
        return passed(tell("service vmms is Running ({start_mode})", start_mode=vmms.start_mode), note=_at_start(vmms))
    gap = next((answer for answer in (systems, settings) if isinstance(answer, Gap)), tell("no row of the host in it"))
    return unknown(tell("service vmms is Running, yet its namespace does not show the host; {gap}", gap=gap))


def _at_start(vmms: Service) -> str:
    return "" if vmms.start_mode.lower() == "auto" else tell("it will not start with the machine")
