"""Get-Item on files: those of virtual disks, which are all that a practice machine has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row
from lab.windows.machine.vms import disk_files


@command("Get-Item", "Microsoft.PowerShell.Commands.GetItemCommand")
def get_item(call: Call) -> Iterator[Any]:
    """-LiteralPath alone: a row for each file, an error record for each that is not there."""
    if call.given.keys() - {"LiteralPath", "ErrorAction"}:
        raise errors.lab_limit("Get-Item only with -LiteralPath")
    if call.session.role and not call.session.role.shows_provider("FileSystem"):
        text = "Cannot find a provider with the name 'FileSystem'."
        exception = "System.Management.Automation.ProviderNotFoundException"
        raise errors.Terminating(_record(call, "ProviderNotFound", "FileSystem", exception, text))
    found = {path.casefold(): (path, size) for path, size in disk_files(call.machine).items()}
    for asked in call.texts("LiteralPath"):
        call.session.wait_if_hanging(asked)
        if call.machine.denied(asked, call.session.account):
            text = f"Access to the path '{asked}' is denied."
            yield _record(call, "ItemExistsUnauthorizedAccessError", asked, "System.UnauthorizedAccessException", text)
        elif asked.casefold() not in found:
            text = f"Cannot find path '{asked}' because it does not exist."
            yield _record(call, "PathNotFound", asked, "System.Management.Automation.ItemNotFoundException", text)
        else:
            path, size = found[asked.casefold()]
            yield Row(
                {"FullName": path, "Length": size, "PSIsContainer": False}, type_name="System.IO.FileInfo", text=path
            )


def _record(call: Call, error_id: str, target: str, exception: str, message: str) -> errors.ErrorRecord:
    category = errors.DENIED if exception.endswith("UnauthorizedAccessException") else errors.NOT_FOUND
    return errors.record(
        f"{error_id},{call.owner}", category, activity=call.name, target=target, exception=exception, message=message
    )
