"""Nothing moves without Hyper-V: its Virtual Machine Management service (vmms) must run on the host.

Passes when the service vmms is running and the Hyper-V management namespace answers, or refuses for reasons of its own
(rights, time). A service that is absent (the role is not installed) or not running fails. A running service whose
namespace is missing is unknown: then the two contradict each other.
"""

from __future__ import annotations

from scanner.api import (
    Gap,
    GapReason,
    Profile,
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
)
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationSettings

ELSEWHERE = (GapReason.ACCESS_DENIED, GapReason.TIMEOUT, GapReason.UNREACHABLE)
"""Why the namespace may not answer although it is there."""


@check(
    id="HOST-01",
    title="Hyper-V is installed and its management service runs",
    severity=Severity.CRITICAL,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2",
    needs=(Service, MigrationSettings),
    remedy="Install the Hyper-V role, or start the Virtual Machine Management service.",
)
def hyper_v_running(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    services = view.rows(Service, host.host)
    vmms = next((service for service in services if service.name.lower() == "vmms"), None)
    if vmms is None:
        install = (
            "Install-WindowsFeature -ComputerName <host> -Name Hyper-V -IncludeManagementTools -Restart  # restarts"
        )
        return failed("no service vmms", "the Hyper-V role", powershell(install, host=host.host))
    if vmms.state.lower() != "running":
        start = "Set-Service -Name vmms -StartupType Automatic; Start-Service -Name vmms"
        remedy = powershell(f"Invoke-Command -ComputerName <host> -ScriptBlock {{ {start} }}", host=host.host)
        return failed(f"service vmms is {vmms.state} ({vmms.start_mode})", "Running", remedy)
    settings = view.ask(MigrationSettings, host.host)
    if isinstance(settings, Gap) and settings.reason not in ELSEWHERE:
        return unknown(f"service vmms is Running, yet its namespace does not answer; {settings}")
    note = "" if vmms.start_mode.lower() == "auto" else "it will not start with the machine"
    return passed(f"service vmms is Running ({vmms.start_mode})", note=note)
