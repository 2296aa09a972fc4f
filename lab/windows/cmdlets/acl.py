"""Get-Acl on files and folders: those that the state tells of, and the folders behind shares and of replicas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row
from lab.windows.machine.machine import Machine
from lab.windows.machine.parts import Folder

PROVIDER = "Microsoft.PowerShell.Core\\FileSystem"
FOLDER, FILE = (f"System.Security.AccessControl.{kind}Security" for kind in ("Directory", "File"))


def folders(machine: Machine) -> dict[str, Folder]:
    """Every folder that is known to be there, by its path in lower case."""
    state = machine.state
    usual = (state.replica.folder, state.defaults.disks, *(entry.folder for entry in state.replica.allow))
    paths = (*usual, *(share.path for share in state.smb.share), *(volume.name for volume in state.volume))
    found = {path.casefold(): Folder(path) for path in paths if not path.startswith("\\\\")}
    found |= {folder.path.casefold(): folder for folder in state.folder}
    return {path: folder for path, folder in found.items() if not folder.missing}


@command("Get-Acl", "Microsoft.PowerShell.Commands.GetAclCommand")
def get_acl(call: Call) -> Iterator[Any]:
    """-LiteralPath alone: a row for each file or folder, an error record for each that is not there."""
    if call.given.keys() - {"LiteralPath", "ErrorAction"}:
        raise errors.lab_limit("Get-Acl only with -LiteralPath")
    if call.session.role and not call.session.role.shows_provider("FileSystem"):
        text = "Cannot find a provider with the name 'FileSystem'."
        exception = "System.Management.Automation.ProviderNotFoundException"
        raise errors.Terminating(_record(call, "ProviderNotFound", "FileSystem", exception, text))
    found = {path: (folder.access, FOLDER) for path, folder in folders(call.machine).items()}
    found |= {path.casefold(): (access, FILE) for path, access in call.machine.state.files.items()}
    for asked in call.texts("LiteralPath"):
        call.session.wait_if_hanging(asked)
        if call.machine.denied(asked, call.session.account):
            exception = "System.UnauthorizedAccessException"
            yield _record(call, exception, asked, exception, "Attempted to perform an unauthorized operation.")
        elif asked.casefold() not in found:
            text = f"Cannot find path '{asked}' because it does not exist."
            exception = "System.Management.Automation.ItemNotFoundException"
            yield _record(call, "GetAcl_PathNotFound", asked, exception, text)
        else:
            access, kind = found[asked.casefold()]
            yield Row({"Path": f"{PROVIDER}::{asked}", "Sddl": access}, type_name=kind, text=kind)


def _record(call: Call, error_id: str, target: str, exception: str, message: str) -> errors.ErrorRecord:
    category = errors.DENIED if exception.endswith("UnauthorizedAccessException") else errors.NOT_FOUND
    return errors.record(
        f"{error_id},{call.owner}", category, activity=call.name, target=target, exception=exception, message=message
    )
