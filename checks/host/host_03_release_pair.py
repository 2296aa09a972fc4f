"""Moves go from an older release of Windows Server to a newer one; the way back depends on each virtual machine.

Passes for equal releases, from older to newer, and between 2012 R2 and 2016 in either direction (VM-01 and VM-02 then
judge each machine). From newer to older it passes only while the destination supports the configuration version of
every machine on the source, else it is a warning. 2012 together with 2016 or later is a warning; before 2012 fails.
"""

from __future__ import annotations

from checks.common.supported import supported
from checks.common.versions import parse
from scanner.api import Severity, Subject, Verdict, View, check, counted, failed, passed, scopes, unknown, warned
from scanner.facts.base import RELEASES
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost
from scanner.facts.vm import VirtualMachineSettings

NEXT = {"2012R2", "2016"}
"""The one pair of releases that the documentation names in both directions."""
BY_MACHINE = "VM-01 and VM-02 judge each virtual machine"


@check(
    id="HOST-03",
    title="Combination of source and destination releases is supported",
    severity=Severity.HIGH,
    scope=scopes.ROUTE,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2, second sentence",
    needs=(OperatingSystem, VirtualMachineSettings, VMHost),
    remedy="Upgrade the older host, or keep virtual machines at a version that both hosts support.",
)
def release_pair(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    systems = [view.one(OperatingSystem, host) for host in (route.source, route.destination)]
    here, there = (system.release for system in systems)
    seen = " → ".join(f"{s.release or 'before 2012'} (build {s.build})" for s in systems)
    if not here or not there:
        return failed(seen, "Windows Server 2012 R2 or later on both hosts")
    if here == there:
        return passed(seen)
    if {here, there} == NEXT:
        return passed(seen, note=BY_MACHINE)
    oldest, newest = sorted(RELEASES.index(release) for release in (here, there))
    if RELEASES[oldest] == "2012" and newest >= RELEASES.index("2016"):
        return warned(seen, "releases that follow each other", note="not documented for 2012")
    if RELEASES.index(here) == oldest:
        return passed(seen, note=f"to a newer release; {BY_MACHINE}")
    known = supported(view, route.destination)
    machines = [row for row in view.rows(VirtualMachineSettings, route.source) if row.is_machine]
    versions = [parse(row.version) for row in machines]
    stuck = sum(version is not None and version not in known.versions for version in versions)
    if stuck:
        many = f"{seen}; {stuck} of {counted(len(machines), 'virtual machine')} not supported there"
        return warned(many, known.text, note=f"{BY_MACHINE} by name")
    if None in versions:
        return unknown(f"VirtualMachineSettings of {route.source}: a configuration version is not known")
    return passed(f"{seen}; {counted(len(machines), 'virtual machine')} supported there", note=known.note)
