"""Of the machine: how it was asked, its names and services, Hyper-V on it."""

from __future__ import annotations

from dataclasses import replace

from scanner.facts.host import ComputerSystem, DeviceGuard, DomainControllerHint, OperatingSystem, Service
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.vm import MOST_MACHINES, VirtualMachineSettings, VirtualMachineState, VmStorage
from scanner.judge.points.seen import hosts, hyper_v
from scanner.words.recording import Recording
from tests.points.case import FAILS, HOLDS, OPEN, Case, host, text_host, with_lines
from tests.points.recordings import answered, changed, failure, recorded, rows_of, without

LONG = {"DNSHostName": "hyperv-host-berlin-01", "Name": "HYPERV-HOST-BER"}
GUID = "AAAAAAAA-0000-4000-8000-{:012d}"


def large(seconds: float = 0.01, machines: int = 200) -> Recording:
    """A host with many machines, each query of which took as long."""
    own, *_ = rows_of(host(), VirtualMachineState)
    rows = [own, *(own | {"Name": GUID.format(number)} for number in range(machines))]
    made = answered(host(), VirtualMachineState, *rows)
    return replace(made, asked=tuple(replace(one, seconds=seconds) for one in made.asked))


def timed(one: float | None, others: float) -> Recording:
    """A large host, one query of which took another time than the others."""
    first, *rest = large(others).asked
    return replace(large(), asked=(replace(first, seconds=one), *rest))


def renamed(**values: str) -> Recording:
    from scanner.facts.upkeep import StoredName

    return changed(changed(host(), ComputerSystem, **values), StoredName, ComputerName=values["Name"])


def silent(recording: Recording) -> Recording:
    first, *others = recording.asked
    return replace(recording, asked=(replace(first, rows=(), unanswered="timeout"), *others))


def machine(number: int, **values: object) -> dict[str, object]:
    identifier = GUID.format(number)
    return {"InstanceID": f"Microsoft:{identifier}", "VirtualSystemIdentifier": identifier, "ElementName": "m"} | values


def old(release: str, version: str) -> Recording:
    return text_host(f'name = "h"\nrelease = "{release}"\n[[vm]]\nname = "m"\nversion = "{version}"\n')


STOPPED = '[services]\nvmms = "stopped"\n'

CASES = [
    Case(hosts.script_runs, HOLDS, "by Windows PowerShell 5", host),
    Case(hosts.script_runs, HOLDS, "by Windows PowerShell 3", lambda: recorded('name = "h"\nrelease = "2012"\n')),
    Case(hosts.script_runs, OPEN, "PowerShell 3.0 to 5.1 would",
         lambda: replace(host(), computer={"powershell": "7.4"})),
    Case(hosts.script_runs, OPEN, "PowerShell 3.0 to 5.1 would", lambda: replace(host(), computer={})),
    Case(hosts.script_runs, OPEN, "1 of", lambda: silent(host())),
    Case(hosts.script_runs, OPEN, "0 of 0", lambda: replace(host(), asked=())),
    Case(hosts.script_runs, OPEN, "command by command",
         lambda: replace(host(), transport="kerberos over https, a named session configuration")),
    Case(hosts.large_host, HOLDS, "in all", large),
    Case(hosts.large_host, FAILS, "a query took 61 s", lambda: large(61.0)),
    Case(hosts.large_host, HOLDS, "in all", lambda: timed(60.0, 0.0)),
    Case(hosts.large_host, FAILS, "a query took 61 s", lambda: timed(61.0, 0.0)),
    Case(hosts.large_host, OPEN, "a scan may ask fewer", lambda: timed(60.0, 0.1)),
    Case(hosts.large_host, OPEN, "and timed", lambda: timed(None, 0.0)),
    Case(hosts.large_host, OPEN, "a scan may ask fewer", lambda: large(30.0)),
    Case(hosts.large_host, OPEN, "200 virtual machines or more", lambda: large(machines=199)),
    Case(hosts.large_host, OPEN, "not every query", lambda: silent(large())),
    Case(hosts.names_agree, HOLDS, "21 characters", lambda: renamed(**LONG)),
    Case(hosts.names_agree, FAILS, "not how DNSHostName begins", lambda: renamed(**LONG | {"Name": "HYPERV-HOST-B"})),
    Case(hosts.names_agree, FAILS, "not how DNSHostName begins", lambda: renamed(DNSHostName="hv01", Name="HV02")),
    Case(hosts.names_agree, FAILS, "holds a dot", lambda: renamed(DNSHostName="hv01.corp.example", Name="HV01")),
    Case(hosts.names_agree, FAILS, "no text", lambda: changed(host(), ComputerSystem, DNSHostName=None)),
    Case(hosts.names_agree, OPEN, "longer than 15", host),
    Case(hosts.names_agree, OPEN, "longer than 15",
         lambda: renamed(DNSHostName="Hyperv-host-ber", Name="HYPERV-HOST-BER")),
    Case(hosts.names_agree, HOLDS, "16 characters",
         lambda: renamed(DNSHostName="HyperV-Host-Berl", Name="HYPERV-HOST-BER")),
    Case(hosts.names_agree, OPEN, "renamed", lambda: changed(host(), ComputerSystem, Name="OLDNAME")),
    Case(hosts.services_there, FAILS, "no service netlogon",
         lambda: answered(host(), Service, *(r for r in rows_of(host(), Service) if r["Name"] != "Netlogon"))),
    Case(hosts.services_there, FAILS, "lanmanserver and no netlogon", lambda: answered(
        host(), Service, rows_of(host(), Service)[0])),
    Case(hosts.services_there, OPEN, "took one of them away", host),
    Case(hosts.services_there, OPEN, "a Windows Server would", lambda: changed(host(), OperatingSystem, ProductType=1)),
    Case(hosts.controller_recorded, HOLDS, "names one", host),
    Case(hosts.controller_recorded, FAILS, "names none", lambda: answered(host(), DomainControllerHint)),
    Case(hosts.controller_recorded, FAILS, "names none", lambda: answered(
        host(), DomainControllerHint, failures=(failure("PathNotFound,x"),))),
    Case(hosts.controller_recorded, OPEN, "member of a domain",
         lambda: changed(host(), ComputerSystem, PartOfDomain=False)),
    Case(hosts.controller_recorded, OPEN, "with an error", lambda: answered(
        host(), DomainControllerHint, failures=(failure("System.Security.SecurityException,x"),))),
    Case(hosts.hypervisor_told, FAILS, "not true", lambda: changed(host(), ComputerSystem, HypervisorPresent=False)),
    Case(hosts.hypervisor_told, FAILS, "not true", lambda: changed(host(), ComputerSystem, HypervisorPresent="True")),
    Case(hosts.hypervisor_told, OPEN, "nested one", host),
    Case(hosts.hypervisor_told, OPEN, "nested one", lambda: changed(answered(
        host(), VirtualMachineState), ComputerSystem, HypervisorPresent=False)),
    Case(hosts.guard_there, FAILS, "should have Win32_DeviceGuard", lambda: replace(host(), schemas=tuple(
        replace(one, missing="HRESULT 0x80041010,x") if one.name == "Win32_DeviceGuard" else one
        for one in host().schemas))),
    Case(hosts.guard_there, OPEN, "msinfo32", host),
    Case(hosts.guard_there, OPEN, "2016 or later", lambda: recorded('name = "h"\nrelease = "2012R2"\n')),
    Case(hosts.guard_there, OPEN, "has no row", lambda: answered(host(), DeviceGuard)),
    Case(hyper_v.own_row, HOLDS, "own name", host),
    Case(hyper_v.own_row, HOLDS, "migration settings have one", lambda: answered(host(), VirtualMachineState, *(
        row for row in rows_of(host(), VirtualMachineState) if "-" in str(row["Name"])))),
    Case(hyper_v.own_row, FAILS, "no row of the host", lambda: answered(answered(
        host(), VirtualMachineState, {"Name": GUID.format(1)}), MigrationSettings)),
    Case(hyper_v.own_row, FAILS, "no row of the host", lambda: answered(answered(
        host(), VirtualMachineState, {"Name": None}), MigrationSettings)),
    Case(hyper_v.own_row, OPEN, "may look", lambda: answered(answered(host(), VirtualMachineState), MigrationSettings)),
    Case(hyper_v.own_row, OPEN, "vmms runs", lambda: with_lines(STOPPED)),
    Case(hyper_v.running_have_disks, HOLDS, "2 running virtual machines has a file", host),
    Case(hyper_v.running_have_disks, FAILS, "1 of 2", lambda: answered(
        host(), VmStorage, *(row for row in rows_of(host(), VmStorage) if "web-01" not in str(row["HostResource"])))),
    Case(hyper_v.running_have_disks, FAILS, "2 of 2", lambda: answered(
        host(), VmStorage, *(row | {"HostResource": [""]} for row in rows_of(host(), VmStorage)))),
    Case(hyper_v.running_have_disks, HOLDS, "has a file", lambda: answered(
        host(), VmStorage, *(row | {"HostResource": ["", "D:\\x.vhdx"]} for row in rows_of(host(), VmStorage)))),
    Case(hyper_v.running_have_disks, FAILS, "2 of 2", lambda: answered(host(), VmStorage)),
    Case(hyper_v.running_have_disks, OPEN, "that run would tell",
         lambda: recorded('name = "h"\nrelease = "2019"\n[[vm]]\nname = "m"\nstate = "off"\n')),
    Case(hyper_v.machine_count, FAILS, "4,097", lambda: answered(
        host(), VirtualMachineSettings, *(machine(n) for n in range(MOST_MACHINES + 1)))),
    Case(hyper_v.machine_count, OPEN, "2 virtual machines here", host),
    Case(hyper_v.machine_count, OPEN, "4,096 would tell", lambda: answered(
        host(), VirtualMachineSettings, *(machine(n) for n in range(MOST_MACHINES)))),
    Case(hyper_v.machine_count, OPEN, "0 virtual machines here", lambda: answered(host(), VirtualMachineSettings, *(
        machine(n, VirtualSystemType="Microsoft:Hyper-V:Snapshot:Realized") for n in range(MOST_MACHINES + 1)))),
    Case(hyper_v.version_count, HOLDS, "newer than 2025", lambda: changed(
        changed(host(), OperatingSystem, BuildNumber="30000"), VMHost, SupportedVmVersions=["9.0"] * 32)),
    Case(hyper_v.version_count, FAILS, "33", lambda: changed(host(), VMHost, SupportedVmVersions=["9.0"] * 33)),
    Case(hyper_v.version_count, OPEN, "newer than 2025 would tell", host),
    Case(hyper_v.version_count, OPEN, "newer than 2025 would tell", lambda: changed(
        host(), OperatingSystem, BuildNumber="26100")),
    Case(hyper_v.version_count, OPEN, "0 configuration versions", lambda: changed(
        changed(host(), OperatingSystem, BuildNumber="30000"), VMHost, SupportedVmVersions=None)),
    Case(hyper_v.version_count, OPEN, "has no row", lambda: answered(
        host(), VMHost, failures=(failure("CommandNotFoundException"),))),
    Case(hyper_v.versions_of_2012, FAILS, "1 virtual machine of another", lambda: old("2012", "5.0")),
    Case(hyper_v.versions_of_2012, OPEN, "of 4.0 alone", lambda: old("2012", "4.0")),
    Case(hyper_v.versions_of_2012, OPEN, "Windows Server 2012, and a move", lambda: old("2012R2", "5.0")),
    Case(hyper_v.versions_of_old, FAILS, "1 virtual machine of another", lambda: old("2012R2", "8.0")),
    Case(hyper_v.versions_of_old, FAILS, "1 virtual machine of another", lambda: old("2012", "5.0")),
    Case(hyper_v.versions_of_old, OPEN, "4.0 and 5.0 alone", lambda: old("2012R2", "4.0")),
    Case(hyper_v.versions_of_old, OPEN, "2012 or 2012 R2 would tell", host),
    Case(hyper_v.codes_of_stopped, HOLDS, "known code", lambda: with_lines(STOPPED)),
    Case(hyper_v.codes_of_stopped, FAILS, "without a known code: 1 of", lambda: answered(
        with_lines(STOPPED), MigrationSettings, failures=(failure("HRESULT 0x80049999,x"),))),
    *(Case(hyper_v.codes_of_stopped, HOLDS, "each with a known code", lambda told=told: answered(
        with_lines(STOPPED), MigrationSettings, failures=(failure(told),)))
      for told in ("MiClientApiError_Failed,x", "HRESULT 0x8004100e,x", "HRESULT 0x80041014,x",
                   "Unspecified,Microsoft.HyperV.PowerShell.Commands.GetVMHost")),
    Case(hyper_v.codes_of_stopped, HOLDS, "each with a known code", lambda: answered(
        with_lines(STOPPED), MigrationSettings, unanswered="timeout")),
    Case(hyper_v.codes_of_stopped, FAILS, "without an error", lambda: answered(with_lines(STOPPED), MigrationSettings)),
    Case(hyper_v.codes_of_stopped, OPEN, "stopped would tell", host),
    Case(hyper_v.codes_of_stopped, OPEN, "Service was not asked", lambda: without(host(), Service)),
    Case(hyper_v.codes_of_stopped, OPEN, "no query", lambda: replace(with_lines(STOPPED), asked=tuple(
        one for one in with_lines(STOPPED).asked if one.fact == "Service"))),
]  # fmt: skip
