"""Commands of the module VirtualMachineManager that list what a VMM server knows.

Access and the service are looked at first, and fail with an error record that a number of VMM identifies, of the kind
that public logs show: 640,Microsoft.SystemCenter.VirtualMachineManager.Cmdlets..., ReadError, CarmineException.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Machine, Row, vmm

CMDLETS = vmm.TYPES + "Cmdlets."
CARMINE = "Microsoft.VirtualManager.Utils.CarmineException"
READ_ERROR = 22
SILENT, NO_ROLE = "1602", "1604"
MESSAGES = {
    SILENT: "The Virtual Machine Manager service on that server did not respond. (Error ID: 1602)",
    NO_ROLE: "The account has no role in Virtual Machine Manager. (Error ID: 1604)",
}


def _listed(call: Call, to: str, rows: Callable[[Machine], Iterator[Row]]) -> Iterator[Any]:
    """Rows of a command; `to` is the parameter that says which server is asked."""
    call.session.wait_if_hanging(call.name)
    call.refuse(*(set(call.given) - {to, "TCPPort", "All"}))
    machine = call.machine
    role = vmm.known(machine).role
    known = {"localhost", ".", machine.name, machine.fqdn, role.name if role else machine.name}
    if call.text(to, "localhost").casefold() not in {name.casefold() for name in known}:
        raise errors.lab_limit(f"{call.name} of another machine than the VMM server itself")
    if refused := _refused(call):
        message = MESSAGES.get(refused, f"VMM refuses. (Error ID: {refused})")
        common: dict[str, Any] = {"activity": call.name, "exception": CARMINE, "message": message}
        yield errors.record(f"{refused},{call.owner}", READ_ERROR, **common)
        return
    yield from rows(machine)


def _refused(call: Call) -> str:
    """The number of the error that comes instead of rows."""
    machine = call.machine
    if not machine.running("SCVMMService"):
        return SILENT
    role, users = call.session.role, vmm.known(machine).users
    account = role.runs_as if role else call.session.user
    unknown = bool(users) and account.casefold() not in {user.casefold() for user in users}
    if unknown or (role and not account) or machine.denied(call.name):
        return NO_ROLE
    return machine.state.faults.failing.get(call.name, "")


LISTS: dict[str, tuple[str, Callable[[Machine], Iterator[Row]]]] = {
    "Get-SCVMMServer": ("ConnectServerCmdlet", vmm.server),
    "Get-SCCloud": ("GetSCCloudCmdlet", vmm.clouds),
    "Get-SCVMHostGroup": ("GetHostGroupCmdlet", vmm.host_groups),
    "Get-SCVMHost": ("GetHostCmdlet", vmm.hosts),
    "Get-SCVirtualMachine": ("GetVMCmdlet", vmm.machines),
    "Get-SCVirtualNetworkAdapter": ("GetNICCmdlet", vmm.adapters),
    "Get-SCVMNetwork": ("GetSCVMNetworkCmdlet", vmm.networks),
    "Get-SCLogicalNetwork": ("GetSCLogicalNetworkCmdlet", vmm.logical_networks),
    "Get-SCStorageClassification": ("GetSCStorageClassificationCmdlet", vmm.classifications),
    "Get-SCRunAsAccount": ("GetSCRunAsAccountCmdlet", vmm.run_as_accounts),
}
"""Each with its class, of which only the pattern was seen, and what it lists."""


def _register(name: str, owner: str, rows: Callable[[Machine], Iterator[Row]]) -> None:
    to = "ComputerName" if name == "Get-SCVMMServer" else "VMMServer"

    @command(name, CMDLETS + owner)
    def run(call: Call) -> Iterator[Any]:
        return _listed(call, to, rows)


for _name, (_owner, _rows) in LISTS.items():
    _register(_name, _owner, _rows)
