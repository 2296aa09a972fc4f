"""The machine itself: how it was asked, its names, its services, what Windows says of its platform."""

from __future__ import annotations

from scanner.estate.access import Limits
from scanner.facts.base import guid_in
from scanner.facts.host import (
    NETBIOS,
    ComputerSystem,
    DeviceGuard,
    DomainControllerHint,
    OperatingSystem,
    ProductType,
    Service,
)
from scanner.facts.upkeep import StoredName
from scanner.facts.vm import RUNNING, VirtualMachineState
from scanner.judge.points.reading import Untold, older, settling, some, whole
from scanner.judge.points.values import Row, flag, number, text
from scanner.words.point import Told
from scanner.words.recording import Held, Recording
from scanner.words.wording import counted, lasting

POWERSHELL = "powershell"
"""Key of a recording's ``computer``: the version that answered, as in 5.1"""
CONFIGURATION = "configuration"
"""stands in a recording's ``transport`` where the command way was taken"""
LARGE = 200
"""virtual machines of a host that counts as a large one"""
OLD_SHELLS = ("3.", "4.", "5.")


@settling
def script_runs(recording: Recording) -> Told:
    """A Windows PowerShell answered every query."""
    version = recording.computer.get(POWERSHELL)
    if not isinstance(version, str) or not version.startswith(OLD_SHELLS):
        raise Untold("a machine that answers in Windows PowerShell 3.0 to 5.1 would tell")
    if CONFIGURATION in recording.transport:
        raise Untold("it was asked command by command: a machine that is asked without a configuration would tell")
    silent = sum(bool(one.unanswered) for one in recording.asked)
    if silent or not any(one.rows for one in recording.asked):
        raise Untold(f"{silent} of {counted(len(recording.asked), 'query', 'queries')} had no answer at all")
    asked = counted(len(recording.asked), "query was", "queries were")
    return Held.HOLDS, f"{asked} answered by Windows PowerShell {version[0]}"


@settling
def large_host(recording: Recording) -> Told:
    """All queries together take no longer than a host may take by default."""
    machines = len(_guests(recording))
    times = [one.seconds for one in recording.asked if one.seconds is not None]
    deadline = Limits().host_deadline
    if any(time > deadline for time in times):
        return Held.FAILS, f"a query took {lasting(max(times))}, and a host has {lasting(deadline)} by default"
    if machines < LARGE:
        raise Untold(f"a host with {LARGE} virtual machines or more would tell")
    if len(times) < len(recording.asked) or any(one.unanswered for one in recording.asked):
        raise Untold("not every query was answered, and timed")
    if sum(times) > deadline:
        raise Untold(f"all queries took {lasting(sum(times))}, longer than {lasting(deadline)}; a scan may ask fewer")
    return Held.HOLDS, f"{counted(len(times), 'query', 'queries')} took {lasting(sum(times))} in all"


def _system(recording: Recording) -> Row:
    (row, *others) = some(recording, ComputerSystem, "a Windows machine")
    if others:
        raise Untold("ComputerSystem has more rows than one")
    return row


@settling
def names_agree(recording: Recording) -> Told:
    """The NetBIOS name is how the DNS name begins."""
    row = _system(recording)
    host, name = text(row, "DNSHostName"), text(row, "Name")
    if not host or not name:
        return Held.FAILS, "DNSHostName or Name is told as no text"
    if "." in host:
        return Held.FAILS, "DNSHostName holds a dot: it is no host name alone"
    if host[:NETBIOS].casefold() != name.casefold():
        stored = [text(other, "ComputerName") for other in whole(recording, StoredName)]
        if [(other or "").casefold() for other in stored] != [name.casefold()]:
            raise Untold("it was renamed and has not started again: another machine would tell")
        return Held.FAILS, f"Name is not how DNSHostName begins, of {len(name)} and {counted(len(host), 'character')}"
    if len(host) <= NETBIOS:
        raise Untold(f"both names are one: a machine whose name is longer than {NETBIOS} characters would tell")
    return Held.HOLDS, f"of DNSHostName, which has {counted(len(host), 'character')}, Name is the first {NETBIOS}"


@settling
def services_there(recording: Recording) -> Told:
    """The services that every server has are there, whatever it is."""
    (kind, *_) = (number(row, "ProductType") for row in some(recording, OperatingSystem, "a Windows Server"))
    if kind not in (ProductType.SERVER, ProductType.DOMAIN_CONTROLLER):
        raise Untold("a Windows Server would tell")
    there = {(text(row, "Name") or "").lower() for row in whole(recording, Service)}
    missing = sorted({"netlogon", "lanmanserver"} - there)
    if missing:
        return Held.FAILS, f"a server has no service {' and no '.join(missing)}"
    raise Untold("both are here, as usual: a server on which somebody took one of them away would tell")


@settling
def controller_recorded(recording: Recording) -> Told:
    """A member of a domain has recorded a controller."""
    if flag(_system(recording), "PartOfDomain") is not True:
        raise Untold("a member of a domain would tell")
    if any((text(row, "DCName") or "").strip("\\") for row in whole(recording, DomainControllerHint)):
        return Held.HOLDS, "a member of a domain names one in DCName"
    return Held.FAILS, "a member of a domain names none in DCName"


@settling
def hypervisor_told(recording: Recording) -> Told:
    """Where virtual machines run, a hypervisor is told."""
    running = any(number(row, "EnabledState") == RUNNING for row in _guests(recording))
    told = flag(_system(recording), "HypervisorPresent")
    if running and told is not True:
        return Held.FAILS, "virtual machines run, and HypervisorPresent is not true"
    raise Untold("a host whose hypervisor did not launch, and a nested one of each platform, would tell")


def _guests(recording: Recording) -> list[Row]:
    rows = whole(recording, VirtualMachineState)
    return [row for row in rows if guid_in(text(row, "Name") or "")]


@settling
def guard_there(recording: Recording) -> Told:
    """From 2016 on there is a row of Device Guard."""
    if older(recording, DeviceGuard.since):
        raise Untold("a Windows Server 2016 or later would tell")
    missing = [s for s in recording.schemas if s.name.lower() == "win32_deviceguard" and s.missing]
    if missing:
        return Held.FAILS, "this release is one that should have Win32_DeviceGuard, and has not"
    some(recording, DeviceGuard, "another machine of this release")
    raise Untold("it is there; a machine on which msinfo32 says that Credential Guard runs would tell the rest")
