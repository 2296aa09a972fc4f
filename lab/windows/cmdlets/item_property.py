"""Get-ItemProperty on registry keys: -LiteralPath (a list of keys) and -Path (with * between backslashes)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets.call import Call
from lab.windows.cmdlets.command import command
from lab.windows.machine import Row
from lab.windows.machine.registry import full, keys

PROVIDER = "Microsoft.PowerShell.Core\\Registry"
SCOPE = re.compile(r"^(?:(?:Microsoft\.PowerShell\.Core\\)?Registry::)?(?P<path>HK.*)$", re.IGNORECASE | re.DOTALL)


@command("Get-ItemProperty", "Microsoft.PowerShell.Commands.GetItemPropertyCommand")
def get_item_property(call: Call) -> Iterator[Any]:
    """A row of values for each key; a key without values gives no row and no error, as the registry provider does."""
    if call.session.role and not call.session.role.shows_provider("Registry"):
        text = "Cannot find a provider with the name 'Registry'."
        exception = "System.Management.Automation.ProviderNotFoundException"
        raise errors.Terminating(_record(call, "ProviderNotFound", "Registry", exception, text))
    found = {path.casefold(): (path, values) for path, values in keys(call.machine).items()}
    for asked in call.texts("LiteralPath"):
        path = _registry_path(asked)
        call.session.wait_if_hanging(path)
        yield from _read(call, found, path)
    for asked in call.texts("Path"):
        pattern = re.compile(re.escape(_registry_path(asked)).replace(r"\*", r"[^\\]*"), re.IGNORECASE)
        matching = sorted(path for path, _ in found.values() if pattern.fullmatch(path))
        if not matching and "*" not in asked:
            matching = [_registry_path(asked)]
        for path in matching:
            yield from _read(call, found, path)


def _registry_path(asked: str) -> str:
    scoped = SCOPE.match(asked)
    if not scoped:
        raise errors.lab_limit(f"Get-ItemProperty reads the registry only, not {asked}")
    return full(scoped["path"])


def _read(call: Call, found: dict[str, tuple[str, dict[str, Any]]], path: str) -> Iterator[Any]:
    if call.machine.denied(path, call.session.account):
        text = "Requested registry access is not allowed."
        yield _record(call, "System.Security.SecurityException", path, "System.Security.SecurityException", text)
        return
    if path.casefold() not in found:
        text = f"Cannot find path '{path}' because it does not exist."
        yield _record(call, "PathNotFound", path, "System.Management.Automation.ItemNotFoundException", text)
        return
    _, values = found[path.casefold()]
    wanted = {n.casefold() for n in call.texts("Name")}
    shown = {n: v for n, v in values.items() if not wanted or n.casefold() in wanted}
    if not shown:
        return
    parent, _, child = path.rpartition("\\")
    place = {"PSPath": f"{PROVIDER}::{path}", "PSParentPath": f"{PROVIDER}::{parent}", "PSChildName": child}
    yield Row({**shown, **place, "PSProvider": Row({"Name": "Registry"}, text=PROVIDER)})


def _record(call: Call, error_id: str, target: str, exception: str, message: str) -> errors.ErrorRecord:
    category = errors.DENIED if exception.endswith("SecurityException") else errors.NOT_FOUND
    return errors.record(
        f"{error_id},{call.owner}", category, activity=call.name, target=target, exception=exception, message=message
    )
