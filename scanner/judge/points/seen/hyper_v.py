"""Hyper-V: the host's own row, how many machines and versions there are, disks of what runs."""

from __future__ import annotations

from scanner.facts.base import RELEASES, guid_in
from scanner.facts.host import BUILDS, ComputerSystem
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.vm import MOST_MACHINES, REALIZED, RUNNING, VirtualMachineSettings, VirtualMachineState, VmStorage
from scanner.judge.points.reading import (
    Untold,
    answers,
    build_of,
    facts,
    missing,
    needs_running,
    older,
    settling,
    some,
    state_of,
    whole,
)
from scanner.judge.points.values import Row, number, text, texts
from scanner.words.channel import ErrorLine
from scanner.words.failing import CLIENT, HYPER_V, PROVIDER
from scanner.words.point import Told
from scanner.words.recording import Failure, Held, Recording
from scanner.words.wording import counted

MOST_VERSIONS = 32
OF_OLD = {"2012": ("4.0",), "2012R2": ("4.0", "5.0")}
"""Configuration versions that the releases which list none run, by Microsoft's table"""


@settling
def own_row(recording: Recording) -> Told:
    """A host that runs Hyper-V shows its own row, or that of its migration settings."""
    needs_running(recording, "vmms")
    rows = whole(recording, VirtualMachineState)
    names = {(text(row, "Name") or "").casefold() for row in some(recording, ComputerSystem, "a Windows machine")}
    if any((text(row, "Name") or "").casefold() in names - {""} for row in rows):
        return Held.HOLDS, "Msvm_ComputerSystem has a row that bears the host's own name"
    settings = whole(recording, MigrationSettings)
    if settings:
        return Held.HOLDS, "Msvm_ComputerSystem has no row of the host; its migration settings have one"
    if not rows:
        raise Untold("Hyper-V shows nothing at all: an account that may look would tell")
    return Held.FAILS, f"{counted(len(rows), 'virtual machine')}, and no row of the host"


def machines(recording: Recording) -> dict[str, Row]:
    """Settings of the virtual machines themselves, by GUID."""
    rows = whole(recording, VirtualMachineSettings)
    own = [row for row in rows if (text(row, "VirtualSystemType") or REALIZED).lower() == REALIZED.lower()]
    return {guid_in(text(row, "InstanceID") or ""): row for row in own}


def running(recording: Recording) -> set[str]:
    """GUIDs of the virtual machines that run."""
    rows = [row for row in whole(recording, VirtualMachineState) if number(row, "EnabledState") == RUNNING]
    return {guid for guid in (guid_in(text(row, "Name") or "") for row in rows) if guid}


@settling
def running_have_disks(recording: Recording) -> Told:
    """Each virtual machine that runs has a disk or an image in a file."""
    on = running(recording)
    if not on:
        raise Untold("a host with virtual machines that run would tell")
    rows = [row for row in whole(recording, VmStorage) if any(texts(row, "HostResource"))]
    without = len(on - {guid_in(text(row, "InstanceID") or "") for row in rows})
    if without:
        return Held.FAILS, f"no file is of {without} of {counted(len(on), 'running virtual machine')}"
    return Held.HOLDS, f"each of {counted(len(on), 'running virtual machine')} has a file"


@settling
def machine_count(recording: Recording) -> Told:
    """A host has no more virtual machines than any has."""
    many = len(machines(recording))
    if many > MOST_MACHINES:
        return Held.FAILS, f"{counted(many, 'virtual machine')}, more than {MOST_MACHINES:,}"
    raise Untold(f"{counted(many, 'virtual machine')} here; a host that has more than {MOST_MACHINES:,} would tell")


@settling
def version_count(recording: Recording) -> Told:
    """A release that is newer than those we know tells no more versions than are taken."""
    rows = some(recording, VMHost, "a host with the Hyper-V module")
    many = max(len(texts(row, "SupportedVmVersions")) for row in rows)
    if many > MOST_VERSIONS:
        return Held.FAILS, f"{counted(many, 'configuration version')}, more than {MOST_VERSIONS}"
    if not many or build_of(recording) <= max(BUILDS):
        raise Untold(f"{counted(many, 'configuration version')} here; a release newer than {RELEASES[-1]} would tell")
    return Held.HOLDS, f"{counted(many, 'configuration version')} on a release newer than {RELEASES[-1]}"


@settling
def versions_of_2012(recording: Recording) -> Told:
    """On 2012 every virtual machine has version 4.0."""
    if older(recording, "2012") or not older(recording, "2012R2"):
        raise Untold("a host with Windows Server 2012, and a move from it to 2012 R2, would tell")
    return _only(recording, OF_OLD["2012"], "a move from here to 2012 R2 would tell the rest")


@settling
def versions_of_old(recording: Recording) -> Told:
    """On a release that lists no versions, machines have those of the table."""
    if older(recording, "2012") or not older(recording, "2016"):
        raise Untold("a host with Windows Server 2012 or 2012 R2 would tell")
    release = "2012R2" if not older(recording, "2012R2") else "2012"
    return _only(recording, OF_OLD[release], "one machine moved to such a host would tell the rest")


def _only(recording: Recording, known: tuple[str, ...], rest: str) -> Told:
    versions = [text(row, "Version") for row in machines(recording).values()]
    others = sum(version not in known for version in versions)
    if others:
        return Held.FAILS, f"{counted(others, 'virtual machine')} of another version than {' and '.join(known)}"
    raise Untold(f"{counted(len(versions), 'virtual machine')} here, of {' and '.join(known)} alone; {rest}")


@settling
def codes_of_stopped(recording: Recording) -> Told:
    """Each query to Hyper-V fails with one of the known codes while the service is stopped."""
    if state_of(recording, "vmms") in ("", "running"):
        raise Untold("a host with `vmms` stopped would tell")
    asked = [one for fact in facts() if fact.service == "vmms" for one in answers(recording, fact)]
    heard = [one for one in asked if not one.unanswered]
    if any(not one.failures for one in heard):
        return Held.FAILS, "a query to Hyper-V is answered without an error"
    errors = [failure for one in heard for failure in one.failures]
    if not errors:
        raise Untold("no query to Hyper-V was answered at all: another host with `vmms` stopped would tell")
    unknown = sum(not _known(failure) for failure in errors)
    if unknown:
        return Held.FAILS, f"without a known code: {unknown} of {counted(len(errors), 'error')}"
    return Held.HOLDS, f"{counted(len(errors), 'error')}, each with a known code"


def _known(failure: Failure) -> bool:
    error = ErrorLine(failure.error_id)
    return bool(missing(failure)) or error.code in PROVIDER or error.head.startswith(CLIENT) or HYPER_V in error.id
