"""A least-privilege endpoint (JEA) that shows exactly the commands, parameters and values the queries need.

A restricted entry becomes a proxy under its short name; only Select-Object must be shown and called by its qualified
name; an entry without parameters would allow all of them; functions of a module loaded by the
endpoint run in full language inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files

from scanner.query import SELECT, Query, Value, quote

QUALIFIED_SELECT = f"Microsoft.PowerShell.Utility\\{SELECT}"
FUNCTIONS = frozenset({"Get-SmbServerConfiguration", "Get-SmbClientConfiguration"})
"""CDXML commands are functions, not cmdlets."""
PROBE = "Test-Endpoint"
NAME = "HvPreflight"


def endpoint(queries: Iterable[Query], group: str) -> dict[str, str]:
    """The endpoint's files by relative path.

    Args:
        queries: what shall be allowed.
        group: who may sign in; printable, since a data file holds no expressions.
    """
    queries = tuple(queries)
    probe = files("scanner.remote").joinpath("Test-Endpoint.ps1").read_text(encoding="utf-8")
    return {
        f"{NAME}.pssc": _configuration(group),
        f"{NAME}/{NAME}.psd1": _manifest(),
        f"{NAME}/{NAME}.psm1": probe,
        f"{NAME}/RoleCapabilities/{NAME}.psrc": _role(queries),
    }


def _role(queries: tuple[Query, ...]) -> str:
    entries = _entries(queries)
    depths = sorted({str(query.depth) for query in queries})
    cmdlets = [_entry(name, values) for name, values in entries.items() if name not in FUNCTIONS | {PROBE, SELECT}]
    cmdlets.append(quote(QUALIFIED_SELECT))
    cmdlets.append(_entry("ConvertTo-Json", {"Compress": None, "Depth": depths, "InputObject": None}))
    functions = [_entry(name, values) for name, values in entries.items() if name in FUNCTIONS]
    functions += [quote(PROBE)] if PROBE in entries else []
    return _data(
        "The commands, parameters and values that hv-preflight's queries need, and nothing else.",
        {
            "GUID": quote("6b1e3e3c-52a2-4f0b-9d2f-0e7a3a6f8c11"),
            "VisibleCmdlets": _list(cmdlets),
            "VisibleFunctions": _list(functions),
            "VisibleProviders": quote("Registry"),
        },
    )


def _configuration(group: str) -> str:
    return _data(
        "Register on the machine: Register-PSSessionConfiguration -Name HvPreflight -Path .\\HvPreflight.pssc",
        {
            "SchemaVersion": quote("2.0.0.0"),
            "GUID": quote("0f4b7f4e-9a51-4b9e-8f39-0d6ac8a8a009"),
            "SessionType": quote("RestrictedRemoteServer"),
            "LanguageMode": quote("NoLanguage"),
            "RunAsVirtualAccount": "$true",
            "ModulesToImport": quote(NAME),
            "RoleDefinitions": f"@{{ {quote(group)} = @{{ RoleCapabilities = {quote(NAME)} }} }}",
        },
    )


def _manifest() -> str:
    return _data(
        "The module that holds the one function and the role.",
        {
            "RootModule": quote(f"{NAME}.psm1"),
            "ModuleVersion": quote("1.0.0"),
            "GUID": quote("f0f6b8f2-6e0b-4e64-8f0b-6c1f0a9d5a77"),
            "FunctionsToExport": quote(PROBE),
        },
    )


def _entries(queries: Iterable[Query]) -> dict[str, dict[str, list[str] | None]]:
    """Values by parameter and command; ``None``: any value (a switch, or what comes through the pipeline)."""
    found: dict[str, dict[str, list[str] | None]] = {}
    for query in queries:
        for place, command in enumerate(query.commands):
            parameters = found.setdefault(command.name, {})
            for name, value in command.parameters.items():
                _add(parameters, name, value)
            if place:
                parameters["InputObject"] = None
    return {name: found[name] for name in sorted(found)}


def _add(parameters: dict[str, list[str] | None], name: str, value: Value) -> None:
    if isinstance(value, bool):
        parameters.setdefault(name, None)
        return
    known = parameters.setdefault(name, [])
    if known is not None:
        texts = value if isinstance(value, tuple) else (str(value),)
        known.extend(text for text in texts if text not in known)


def _entry(name: str, parameters: Mapping[str, list[str] | None]) -> str:
    if not parameters:
        return f"@{{ Name = {quote(name)}; Parameters = @() }}"
    shown = [
        f"@{{ Name = {quote(parameter)} }}" if values is None
        else f"@{{ Name = {quote(parameter)}; ValidateSet = {', '.join(map(quote, values))} }}"
        for parameter, values in parameters.items()
    ]  # fmt: skip
    return f"@{{ Name = {quote(name)}; Parameters = {', '.join(shown)} }}"


def _list(entries: Iterable[str]) -> str:
    joined = ",\n    ".join(entries)
    return f"@(\n    {joined}\n)" if joined else "@()"


def _data(comment: str, values: Mapping[str, str]) -> str:
    lines = [f"# {comment}", "@{", *(f"{name} = {value}" for name, value in values.items()), "}"]
    return re.sub(r"[ \t]+\n", "\n", "\n".join(lines)) + "\n"
