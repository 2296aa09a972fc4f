"""Classes of root\\cimv2, DeviceGuard and RSoP: the operating system, hardware, services, local groups, policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from lab.directory.declarations import DOMAIN_SIDS
from lab.windows.machine.machine import Machine
from lab.windows.machine.parts import Member
from lab.windows.machine.tables import CIMV2, Rows, table

RSOP = "root\\rsop\\computer"
GIB = 1 << 30
SECURITY_EXTENSION = "{827D319E-6EAC-11D2-A4EA-00C04F79F83A}"
GROUPS = {  # SID -> (name, field of Members); a group that comes with a role or release is left out below
    "S-1-5-32-544": ("Administrators", "administrators"),
    "S-1-5-32-547": ("Power Users", "power_users"),
    "S-1-5-32-549": ("Server Operators", "server_operators"),
    "S-1-5-32-550": ("Print Operators", "print_operators"),
    "S-1-5-32-578": ("Hyper-V Administrators", "hyper_v_administrators"),
    "S-1-5-32-580": ("Remote Management Users", "remote_management_users"),
}
SKUS = {"Client": 4, "Server": 8, "Server Core": 8, "Azure Local": 406}
"""Win32_OperatingSystem.OperatingSystemSKU"""
AGO = re.compile(r"(\d+) days ago")
SID_TYPES = {"user": 1, "group": 2, "alias": 4, "well-known": 5}


@table(CIMV2, "Win32_OperatingSystem")
def operating_system(machine: Machine) -> Rows:
    version = "6.2" if machine.build < 9600 else "6.3" if machine.build < 10000 else "10.0"
    state = machine.state
    hardware, client = state.hardware, state.edition == "Client"
    yield {
        "LocalDateTime": machine.now(),
        "LastBootUpTime": machine.booted(),
        "BuildNumber": str(machine.build),
        "Version": f"{version}.{machine.build}",
        "CSName": machine.name,
        "ProductType": 1 if client else 2 if state.domain_controller else 3,
        "OperatingSystemSKU": state.sku or SKUS.get(state.edition, 8),
        "OSLanguage": machine.language.number,
        "FreePhysicalMemory": int(hardware.free_memory * GIB / 1024),
        "TotalVisibleMemorySize": int(hardware.memory * GIB / 1024),
    }


@table(CIMV2, "Win32_ComputerSystem")
def computer_system(machine: Machine) -> Rows:
    state = machine.state
    client = state.edition == "Client"
    yield {
        "Name": machine.name,
        "DNSHostName": state.name,
        "Domain": state.domain or "WORKGROUP",
        "PartOfDomain": bool(state.domain),
        "DomainRole": 4 if state.domain_controller else (0 if client else 2) + bool(state.domain),
        "Manufacturer": state.hardware.manufacturer,
        "Model": state.hardware.model,
        "TotalPhysicalMemory": int(state.hardware.memory * GIB),
        "HypervisorPresent": "vmms" in machine.services() and state.hardware.hypervisor,
    }


@table(CIMV2, "Win32_ComputerSystemProduct")
def computer_system_product(machine: Machine) -> Rows:
    hardware = machine.state.hardware
    yield {"UUID": machine.guid("product"), "Vendor": hardware.manufacturer, "Name": hardware.model}


@table(CIMV2, "Win32_Service")
def services(machine: Machine) -> Rows:
    for name, (state, start_mode) in machine.services().items():
        yield {
            "Name": name,
            "DisplayName": machine.language.thing(name),
            "State": state,
            "StartMode": start_mode,
            "ProcessId": machine.process_id(name),
            "StartName": machine.state.service_accounts.get(name, "LocalSystem"),
        }


@table(CIMV2, "Win32_Process")
def processes(machine: Machine) -> Rows:
    for name in machine.services():
        if process := machine.process_id(name):
            program = "vmmservice" if name == "SCVMMService" else name
            yield {"ProcessId": process, "Name": f"{program}.exe", "CreationDate": machine.booted()}


@table(CIMV2, "Win32_Processor")
def processors(machine: Machine) -> Rows:
    hardware = machine.state.hardware
    for socket in range(hardware.sockets):
        yield {
            "DeviceID": f"CPU{socket}",
            "Manufacturer": hardware.vendor,
            "Name": hardware.processor,
            "Family": 179,
            "Level": 6,
            "Revision": 21767,
            "ProcessorId": hardware.processor_id,
            "NumberOfCores": hardware.cores,
            "NumberOfLogicalProcessors": hardware.cores * 2,
        }


@table(CIMV2, "Win32_QuickFixEngineering")
def updates(machine: Machine) -> Rows:
    for update, installed in machine.state.updates.items():
        ago = AGO.fullmatch(installed)
        day = machine.now() - timedelta(days=int(ago[1])) if ago else None
        yield {"HotFixID": update, "InstalledOn": f"{day.month}/{day.day}/{day.year}" if day else installed or None}


@table(CIMV2, "Win32_Volume")
def volumes(machine: Machine) -> Rows:
    for volume in machine.state.volume:
        letter = volume.name[:2] if len(volume.name) == 3 else None
        yield {
            "Name": volume.name,
            "DriveLetter": letter,
            "DeviceID": f"\\\\?\\Volume{{{machine.guid('volume', volume.name).lower()}}}\\",
            "DriveType": 3,
            "FileSystem": volume.file_system,
            "Capacity": int(volume.capacity * GIB),
            "FreeSpace": int(volume.free * GIB),
        }
    yield {"Name": "E:\\", "DriveLetter": "E:", "DeviceID": "\\\\?\\Volume{cd}\\", "DriveType": 5}


@table(CIMV2, "CIM_DataFile")
def data_files(machine: Machine) -> Rows:
    if machine.state.asr and machine.state.asr.provider_version and machine.state.vmm:
        version = machine.state.asr.provider_version
        yield {
            "Name": f"{machine.state.vmm.folder}\\bin\\DRConfigurator.exe".lower(),
            "Version": version,
            "FileSize": 1_204_000,
        }


def members(machine: Machine, sid: str) -> list[Member]:
    """Members of a local group, by the group's SID."""
    _, field = GROUPS[sid]
    said: list[Member] | None = getattr(machine.state.members, field)
    return list(usual_administrators(machine)) if said is None else said


def usual_administrators(machine: Machine) -> Iterator[Member]:
    """Who is in Administrators where nobody changed it: the machine's own, and Domain Admins of its domain."""
    own = machine.guid("sid").replace("-", "")
    parts = "-".join(str(int(own[at : at + 8], 16)) for at in (0, 8, 16))
    yield Member(f"{machine.name}\\{machine.language.group('Administrator')}", f"S-1-5-21-{parts}-500", "user")
    if sid := DOMAIN_SIDS.get(machine.state.domain):
        yield Member(f"{machine.state.domain.partition('.')[0].upper()}\\Domain Admins", f"{sid}-512")


@table(CIMV2, "Win32_Group", like="Win32_Account")
def groups(machine: Machine) -> Rows:
    absent = {"S-1-5-32-549", "S-1-5-32-550"} - {s for s, (_, f) in GROUPS.items() if getattr(machine.state.members, f)}
    if "vmms" not in machine.services():
        absent.add("S-1-5-32-578")
    if not machine.at_least("2012R2"):
        absent.add("S-1-5-32-580")
    for sid, (name, _) in GROUPS.items():
        if sid not in absent:
            yield account(machine.language.group(name), sid, machine.name, 4, local=True)


def account(name: str, sid: str, domain: str, kind: int, *, local: bool) -> dict[str, Any]:
    """A row of Win32_Account and its children."""
    return {
        "Name": name,
        "SID": sid,
        "Domain": domain,
        "SIDType": kind,
        "LocalAccount": local,
        "Caption": f"{domain}\\{name}",
        "Status": "OK",
    }


def member_rows(machine: Machine, sid: str) -> Iterator[dict[str, Any]]:
    """What the association Win32_GroupUser leads to from a local group."""
    for member in members(machine, sid):
        domain, _, name = member.name.rpartition("\\")
        local = not domain or domain.casefold() == machine.name.casefold()
        yield account(name, member.sid, domain or machine.name, SID_TYPES[member.kind], local=local)


@table("root\\Microsoft\\Windows\\DeviceGuard", "Win32_DeviceGuard")
def device_guard(machine: Machine) -> Rows:
    guard = machine.state.device_guard
    services = [number for number, on in ((1, guard.credential_guard), (2, guard.code_integrity)) if on]
    yield {
        "VirtualizationBasedSecurityStatus": ("off", "configured", "running").index(guard.status),
        "SecurityServicesConfigured": services or [0],
        "SecurityServicesRunning": services if guard.status == "running" and services else [0],
    }


@table(RSOP, "RSOP_UserPrivilegeRight")
def user_rights(machine: Machine) -> Rows:
    for right, accounts in machine.state.policy.rights.items():
        yield {"UserRight": right, "AccountList": accounts, "precedence": 1}


@table(RSOP, "RSOP_ExtensionStatus")
def policy_processing(machine: Machine) -> Rows:
    if machine.state.domain and machine.state.policy.processed:
        stamp = machine.now().strftime("%Y%m%d%H%M%S.000000+000")
        status = {"loggingStatus": 1, "error": machine.state.policy.error, "endTime": stamp}
        yield {"extensionGuid": SECURITY_EXTENSION, **status}
        yield {"extensionGuid": "{35378EAC-683F-11D2-A89A-00C04FBBCFA2}", **status, "error": 0}
