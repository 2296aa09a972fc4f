"""Moves go from an older release of Windows Server to a newer one; the way back depends on each virtual machine.

Passes for equal builds, from older to newer, and between 2012 R2 and 2016 in either direction (VM-02 then judges each
machine). From newer to older, and from 2012 to 2016 or later, it passes only while the destination supports the
configuration version of every machine on the source: some that it does not are a warning, all of them a failure.
Releases before 2012 fail. For replication the same holds: the copy must run where it arrives.
"""

from __future__ import annotations

from checks.host.by_machine import BY_MACHINE, judged
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, failed, joined, passed, scopes, tell
from scanner.facts.base import RELEASES
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import VMHost
from scanner.facts.vm import VirtualMachineSettings

NEXT = {"2012R2", "2016"}
"""The one pair of releases that the documentation names in both directions."""


@check(
    id="HOST-03",
    title="Combination of source and destination releases is supported",
    fails="No virtual machine can go from the source's release to the destination's",
    warns="Some virtual machines have a version that the destination's release does not support",
    severity=Severity.HIGH,
    who=Who.HOST,
    follows=("VM-02",),
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM),
    of_machines=True,
    scope=scopes.ROUTE,
    seed="S0-S3 #requirements-for-setting-up-live-migration bullet 2, second sentence",
    needs=(OperatingSystem, VirtualMachineSettings, VMHost),
    remedy="Upgrade the older host, or keep virtual machines at a version that both hosts support.",
)
def release_pair(route: Subject, view: View) -> Verdict:
    """Judge one direction."""
    here, there = (view.one(OperatingSystem, host) for host in (route.source, route.destination))
    seen = joined(
        " → ",
        (
            tell("{release} (build {build})", release=s.release or tell("before 2012"), build=s.build)
            for s in (here, there)
        ),
    )
    if not here.release or not there.release:
        return failed(seen, tell("Windows Server 2012 R2 or later on both hosts"))
    if here.build == there.build:
        return passed(seen)
    if {here.release, there.release} == NEXT:
        return passed(seen, note=BY_MACHINE)
    if here.build > there.build:
        return judged(route, view, seen)
    if here.release == RELEASES[0] and there.release not in RELEASES[:2]:
        return judged(
            route,
            view,
            seen,
            tell("from {releases} only the way to the next release is documented", releases=RELEASES[0]),
        )
    return passed(seen, note=tell("to a newer release; {by_machine}", by_machine=BY_MACHINE))
