"""The management service lists machines also while the hypervisor does not run; then none of them starts or arrives.

Passes when Windows says that a hypervisor is present on a machine of its own. Fails when none is. Does not apply where
Hyper-V is not installed (HOST-01 says so), nor to a nested host, which is a virtual machine itself: the hypervisor that
Windows tells of may be the one beneath it. Unknown where the machine does not say, or not what machine it is.
"""

from __future__ import annotations

from checks.common.parts import clip
from checks.host.product import VIRTUAL
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
    joined,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
)
from scanner.facts.host import ComputerSystem, Service


@check(
    id="HOST-13",
    title="The hypervisor is running",
    fails="No hypervisor is running",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.HOST,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2",
    needs=(ComputerSystem, Service),
    remedy="Turn virtualization and data execution prevention on in the firmware, let the hypervisor launch, restart.",
)
def hypervisor(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    system, services = view.one(ComputerSystem, host.host), view.ask(Service, host.host)
    if not isinstance(services, Gap) and all(service.name.lower() != "vmms" for service in services):
        return not_applicable(tell("Hyper-V is not installed, as HOST-01 says"))
    if system.hypervisor is False:
        note = tell(
            "look at virtualization in the firmware, and at hypervisorlaunchtype in `bcdedit /enum`; then restart"
        )
        return failed(tell("no hypervisor is running"), "HypervisorPresent = True", note=note)
    machine = joined(" ", filter(None, (system.manufacturer, system.model)))
    if system.hypervisor is None or not machine:
        return unknown(
            tell("ComputerSystem of {host}: it does not say whether one runs, or what machine it is", host=host.host)
        )
    if VIRTUAL.search(machine):
        return not_applicable(tell("nested: the host is itself a virtual machine ({machine})", machine=clip(machine)))
    return passed(tell("a hypervisor is running"))
