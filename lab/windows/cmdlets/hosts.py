"""Commands about the host that are no CIM query: Hyper-V module, SMB functions, Get-Module, secure channel."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

from lab import contract
from lab.windows import errors
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row, tables
from lab.windows.machine.hyperv import host_values, management_adapters
from lab.windows.machine.replica import broker_values
from lab.windows.machine.tables import SMB, V2, Rows
from lab.windows.machine.vms import runtime_values

HYPER_V = "Microsoft.HyperV.PowerShell."


def _hyper_v(call: Call, type_name: str, rows: Rows) -> Iterator[Any]:
    """Rows of a Hyper-V cmdlet: access and the service are looked at first, and fail with an error record."""
    call.session.wait_if_hanging(call.name, type_name.rpartition(".")[2])
    machine = call.machine
    exception = "Microsoft.HyperV.PowerShell.VirtualizationException"
    common: dict[str, Any] = {"activity": call.name, "exception": exception, "hresult": errors.CIM}
    if machine.denied(call.name) or machine.denied(V2, call.session.account):
        text = f"You do not have the required permission to complete this task on '{machine.name}'."
        yield errors.record(f"AccessDenied,{call.owner}", errors.DENIED, message=text, **common)
        return
    if not machine.running("vmms"):
        text = f"Hyper-V encountered an error trying to access an object on computer '{machine.name}'."
        yield errors.record(f"ObjectNotFound,{call.owner}", errors.NOT_FOUND, message=text, **common)
        return
    there = contract.properties(type_name, machine.release)
    for values in rows:
        yield Row({p: values.get(p) for p in there}, type_name=type_name, text=type_name)


@command("Get-VMHost", HYPER_V + "Commands.GetVMHost")
def get_vm_host(call: Call) -> Iterator[Any]:
    call.refuse("ComputerName", "CimSession", "Credential")
    yield from _hyper_v(call, HYPER_V + "VMHost", [host_values(call.machine)])


@command("Get-VM", HYPER_V + "Commands.GetVM")
def get_vm(call: Call) -> Iterator[Any]:
    call.refuse("ComputerName", "CimSession", "Credential", "Id", "ClusterObject")
    wanted = call.texts("Name") or ["*"]
    for row in _hyper_v(call, HYPER_V + "VirtualMachine", runtime_values(call.machine)):
        if not isinstance(row, Row) or any(fnmatch(str(row["Name"]).casefold(), w.casefold()) for w in wanted):
            yield row


@command("Get-VMReplicationServer", HYPER_V + "Commands.GetVMReplicationServer")
def get_vm_replication_server(call: Call) -> Iterator[Any]:
    call.refuse("ComputerName", "CimSession", "Credential")
    yield from _hyper_v(call, HYPER_V + "VMReplicationServer", [broker_values(call.machine)])


@command("Get-VMNetworkAdapter", HYPER_V + "Commands.GetVMNetworkAdapter")
def get_vm_network_adapter(call: Call) -> Iterator[Any]:
    if not call.flag("ManagementOS"):
        raise errors.lab_limit("Get-VMNetworkAdapter only with -ManagementOS")
    call.refuse("ComputerName", "CimSession", "Credential", "SwitchName", "Name")
    yield from _hyper_v(call, HYPER_V + "VMInternalNetworkAdapter", management_adapters(call.machine))


def _smb(call: Call, class_name: str) -> Iterator[Any]:
    """The SMB functions wrap CIM classes; a refused call is WMI's access denied."""
    call.refuse("CimSession", "AsJob")
    call.session.wait_if_hanging(call.name, class_name)
    if call.machine.denied(SMB, call.session.account) or call.machine.denied(call.name):
        yield errors.record(
            f"Windows System Error 5,{call.owner}",
            errors.DENIED,
            activity=call.name,
            target=class_name,
            exception=errors.CIM_EXCEPTION,
            hresult=errors.CIM,
            message="Access is denied. ",
        )
        return
    found = tables.find(call.machine, SMB, class_name)
    if found is not None:
        yield from found.instances(call.machine)


@command("Get-SmbServerConfiguration")
def get_smb_server_configuration(call: Call) -> Iterator[Any]:
    yield from _smb(call, "MSFT_SmbServerConfiguration")


@command("Get-SmbClientConfiguration")
def get_smb_client_configuration(call: Call) -> Iterator[Any]:
    yield from _smb(call, "MSFT_SmbClientConfiguration")


@command("Get-SmbClientNetworkInterface")
def get_smb_client_network_interface(call: Call) -> Iterator[Any]:
    yield from _smb(call, "MSFT_SmbClientNetworkInterface")


@command("Get-Module", "Microsoft.PowerShell.Commands.GetModuleCommand")
def get_module(call: Call) -> Iterator[Any]:
    """-ListAvailable [-Name]: the modules that only some machines have (the lab lists no others)."""
    if not call.flag("ListAvailable"):
        raise errors.lab_limit("Get-Module only with -ListAvailable")
    call.session.wait_if_hanging(call.name)
    wanted = [name.casefold() for name in call.texts("Name")] or ["*"]
    for name, version in call.machine.modules():
        if any(fnmatch(name.casefold(), w) for w in wanted):
            base = f"C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\Modules\\{name}\\{version}"
            yield Row({"Name": name, "Version": version, "ModuleBase": base, "ModuleType": 1}, text=name)


@command("Test-ComputerSecureChannel", "Microsoft.PowerShell.Commands.TestComputerSecureChannelCommand")
def test_computer_secure_channel(call: Call) -> Iterator[Any]:
    """True on a member, an error elsewhere; False when the faults list the command under `failing`."""
    call.refuse("Repair", "Server", "Credential")
    call.session.wait_if_hanging(call.name)
    if call.machine.denied(call.name) or call.machine.denied(call.name, call.session.account):
        yield errors.record(f"AccessDenied,{call.owner}", errors.DENIED, activity=call.name)
        return
    if not call.machine.state.domain or call.machine.state.domain_controller:
        exception = "System.InvalidOperationException"
        yield errors.record(
            f"ComputerNotInDomain,{call.owner}", 7, activity=call.name, target=call.machine.name, exception=exception
        )
        return
    yield "Test-ComputerSecureChannel" not in call.machine.state.faults.failing
