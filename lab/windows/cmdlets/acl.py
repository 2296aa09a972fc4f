"""Get-Acl on the files that a machine's file names (``files``), with the access list that stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row

PROVIDER = "Microsoft.PowerShell.Core\\FileSystem"


@command("Get-Acl", "Microsoft.PowerShell.Commands.GetAclCommand")
def get_acl(call: Call) -> Iterator[Any]:
    """-LiteralPath alone: a row for each file, an error record for each that is not there."""
    if call.given.keys() - {"LiteralPath", "ErrorAction"}:
        raise errors.lab_limit("Get-Acl only with -LiteralPath")
    if call.session.role and not call.session.role.shows_provider("FileSystem"):
        text = "Cannot find a provider with the name 'FileSystem'."
        exception = "System.Management.Automation.ProviderNotFoundException"
        raise errors.Terminating(_record(call, "ProviderNotFound", "FileSystem", exception, text))
    found = {path.casefold(): (path, sddl) for path, sddl in call.machine.state.files.items()}
    for asked in call.texts("LiteralPath"):
        call.session.wait_if_hanging(asked)
        if call.machine.denied(asked, call.session.account):
            text = "Attempted to perform an unauthorized operation."
            name = "System.UnauthorizedAccessException"
            yield _record(call, name, asked, name, text)
        elif asked.casefold() not in found:
            text = f"Cannot find path '{asked}' because it does not exist."
            exception = "System.Management.Automation.ItemNotFoundException"
            yield _record(call, "GetAcl_PathNotFound", asked, exception, text)
        else:
            path, sddl = found[asked.casefold()]
            values = {"Path": f"{PROVIDER}::{path}", "Sddl": sddl, "Owner": None, "AccessToString": None}
            yield Row(values, type_name="System.Security.AccessControl.FileSecurity", text=path)


def _record(call: Call, error_id: str, target: str, exception: str, message: str) -> errors.ErrorRecord:
    category = errors.DENIED if exception.endswith("UnauthorizedAccessException") else errors.NOT_FOUND
    return errors.record(
        f"{error_id},{call.owner}", category, activity=call.name, target=target, exception=exception, message=message
    )
