"""A least-privilege endpoint (JEA) that shows exactly the commands, parameters and values the queries need.

A restricted entry becomes a proxy under its short name; only Select-Object must be shown and called by its qualified
name; an entry without parameters would allow all of them; functions of a module loaded by the
endpoint run in full language inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scanner.collect import datafile
from scanner.collect.datafile import Data
from scanner.words.patterns import DISK, KEY_COPY, QUERY
from scanner.words.query import QUALIFIED_SELECT, TO_JSON, Query, fixed, sendable
from scanner.words.readonly import OWN, SELECT, Value

FUNCTIONS = frozenset({"Get-SmbServerConfiguration", "Get-SmbClientConfiguration", "Get-SmbClientNetworkInterface"})
"""CDXML commands are functions, not cmdlets."""
NAME = "HvPreflight"
FILES = f"{NAME}Files"
"""The role capability that lists files; it shows the whole file system's provider, so it is for the user to add."""
PATTERNS = {"Get-Acl": ("LiteralPath", KEY_COPY), "Get-Item": ("LiteralPath", DISK)}
"""Commands of that role: their values are a machine's own, so a pattern stands for them."""
ADD = f"Optional: name '{FILES}' beside '{NAME}' in RoleCapabilities of {NAME}.pssc, and disks and keys are looked at."


def endpoint(queries: Iterable[Query], group: str) -> dict[str, str]:
    """The endpoint's files by relative path.

    Args:
        queries: what shall be allowed.
        group: who may sign in; printable, since a data file holds no expressions.

    Raises:
        DataFileError: a text cannot stand in a data file.
        NotReadOnlyError: a query is not on the read-only list.
    """
    queries = tuple(queries)
    asked = {name for query in queries for name, _ in sendable(query).steps}
    more = {f"{NAME}/RoleCapabilities/{FILES}.psrc": _files()} if asked & PATTERNS.keys() else {}
    return {
        f"{NAME}.pssc": _configuration(group),
        f"{NAME}/{NAME}.psd1": _manifest(),
        f"{NAME}/{NAME}.psm1": "\n".join(map(fixed, OWN)),
        f"{NAME}/RoleCapabilities/{NAME}.psrc": _role(queries),
        **more,
    }


def _role(queries: tuple[Query, ...]) -> str:
    entries = _entries(queries)
    depths = sorted({str(query.depth) for query in queries})
    cmdlets: list[Data] = [
        _entry(name, values) for name, values in entries.items() if name not in FUNCTIONS | {*OWN, SELECT, *PATTERNS}
    ]
    cmdlets.append(QUALIFIED_SELECT)
    cmdlets.append(_entry(TO_JSON, {"Compress": None, "Depth": depths, "InputObject": None}))
    functions: list[Data] = [_entry(name, values) for name, values in entries.items() if name in FUNCTIONS]
    functions += [name for name in OWN if name in entries]
    return datafile.write(
        "The commands, parameters and values that hv-preflight's queries need, and nothing else.",
        {
            "GUID": "6b1e3e3c-52a2-4f0b-9d2f-0e7a3a6f8c11",
            "VisibleCmdlets": cmdlets,
            "VisibleFunctions": functions,
            "VisibleProviders": "Registry",
        },
    )


def _files() -> str:
    cmdlets: list[Data] = [
        {"Name": name, "Parameters": [{"Name": parameter, "ValidatePattern": f"^{pattern}$"}]}
        for name, (parameter, pattern) in PATTERNS.items()
    ]
    return datafile.write(
        ADD,
        {
            "GUID": "c1a4d1a8-3e0f-4d0a-8a5f-7e2d7b0f6c35",
            "VisibleCmdlets": cmdlets,
            "VisibleProviders": "FileSystem",
        },
    )


def _configuration(group: str) -> str:
    return datafile.write(
        "Register on the machine: Register-PSSessionConfiguration -Name HvPreflight -Path .\\HvPreflight.pssc",
        {
            "SchemaVersion": "2.0.0.0",
            "GUID": "0f4b7f4e-9a51-4b9e-8f39-0d6ac8a8a009",
            "SessionType": "RestrictedRemoteServer",
            "LanguageMode": "NoLanguage",
            "RunAsVirtualAccount": True,
            "ModulesToImport": NAME,
            "RoleDefinitions": {group: {"RoleCapabilities": NAME}},
        },
    )


def _manifest() -> str:
    return datafile.write(
        "The module that holds our functions and the role.",
        {
            "RootModule": f"{NAME}.psm1",
            "ModuleVersion": "1.0.0",
            "GUID": "f0f6b8f2-6e0b-4e64-8f0b-6c1f0a9d5a77",
            "FunctionsToExport": list[Data](OWN),
        },
    )


def _entries(queries: Iterable[Query]) -> dict[str, dict[str, list[str] | None]]:
    """Values by parameter and command; ``None``: any value (a switch, or what comes through the pipeline)."""
    found: dict[str, dict[str, list[str] | None]] = {}
    for query in queries:
        for place, (command, given) in enumerate(sendable(query).steps):
            parameters = found.setdefault(command, {})
            for name, value in given.items():
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


def _entry(name: str, parameters: Mapping[str, list[str] | None]) -> dict[str, Data]:
    shown: list[Data] = []
    for parameter, values in parameters.items():
        one: dict[str, Data] = {"Name": parameter}
        if (name, parameter) == ("Get-CimInstance", "Query"):  # who is in a group is asked by the machine's own names
            one["ValidatePattern"] = f"^({QUERY})$"
        elif values is not None:
            one["ValidateSet"] = list[Data](values)
        shown.append(one)
    return {"Name": name, "Parameters": shown}
