"""Commands as data: what is asked of a Windows machine, and the list of what may be asked at all.

A query names cmdlets with plain parameters; no PowerShell text is ever built from data to be run. A command that is
not on the read-only list cannot be constructed: a verb is no proof (``Get-Certificate`` enrols, ``Test-Cluster``
disturbs), so every command is listed with the parameters it may take.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = str | int | bool | tuple[str, ...]
"""What a parameter may hold; a tuple reaches the cmdlet as an array, ``True`` as a switch."""

SELECT = "Select-Object"
PLAIN = re.compile(r"[A-Za-z_\\][\w\\.-]*")
"""Text that PowerShell takes as it stands."""

READ_ONLY: Mapping[str, frozenset[str]] = {
    "Get-CimInstance": frozenset({"ClassName", "Namespace", "Filter", "Property"}),
    "Get-ItemProperty": frozenset({"LiteralPath", "Path"}),
    "Get-Module": frozenset({"ListAvailable", "Name"}),
    "Get-SmbClientConfiguration": frozenset(),
    "Get-SmbServerConfiguration": frozenset(),
    "Get-VMHost": frozenset(),
    "Get-VMReplicationServer": frozenset(),
    "Test-Endpoint": frozenset({"Target", "Proxy", "TimeoutMilliseconds", "TotalMilliseconds"}),
    SELECT: frozenset({"Property", "ExcludeProperty", "ExpandProperty"}),
    "Where-Object": frozenset({"Property", "EQ", "Value"}),
}
"""Cmdlets that read, each with the parameters that keep it so. Test-Endpoint is the project's own function."""


class NotReadOnlyError(ValueError):
    """A command that is not known to only read."""


def quote(text: str) -> str:
    """A PowerShell string literal that no content can leave.

    Single quotes are doubled, the typographic ones too, since PowerShell takes them for quotes. Characters that a
    console or an editor would act on (line ends, escapes, marks of direction) become ``[char]`` expressions.
    """
    parts: list[str] = []
    plain = ""
    for char in text:
        if char.isprintable():
            plain += char * 2 if char in "'\u2018\u2019\u201a\u201b" else char
            continue
        if plain:
            parts.append(f"'{plain}'")
            plain = ""
        code = ord(char)
        parts.append(f"[char]{code}" if code < 0x10000 else f"[char]::ConvertFromUtf32({code})")
    if plain or not parts:
        parts.append(f"'{plain}'")
    if len(parts) == 1 and parts[0].startswith("'"):
        return parts[0]
    first = parts[0] if parts[0].startswith("'") else "'' + " + parts[0]
    return "(" + " + ".join([first, *parts[1:]]) + ")"


def literal(value: Value) -> str:
    """A parameter value as PowerShell text."""
    if isinstance(value, bool):
        return "$true" if value else "$false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) else quote(value)
    return ", ".join(literal(item) for item in value)


@dataclass(frozen=True, slots=True)
class Command:
    """One cmdlet with plain parameters.

    Raises:
        NotReadOnlyError: the cmdlet, or one of its parameters, is not on the read-only list.
    """

    name: str
    parameters: Mapping[str, Value] = field(default_factory=dict[str, Value])

    def __post_init__(self) -> None:
        allowed = READ_ONLY.get(self.name)
        if allowed is None:
            raise NotReadOnlyError(f"{self.name} is not on the list of commands that only read")
        for parameter in self.parameters:
            if parameter not in allowed:
                raise NotReadOnlyError(f"{self.name} -{parameter} is not on the list of parameters that only read")

    @property
    def text(self) -> str:
        """The command as a person would type it."""
        words = [self.name]
        for name, value in self.parameters.items():
            if value is True:
                words.append(f"-{name}")
            else:
                words.append(f"-{name} {literal(value)}")
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Query:
    """A name and a pipeline: the first command reads, the rest shape."""

    name: str
    commands: tuple[Command, ...]
    depth: int = 2
    """How deep ConvertTo-Json goes in the command way."""

    @property
    def text(self) -> str:
        """The pipeline as a person would type it."""
        return " | ".join(command.text for command in self.commands)

    def plan(self) -> dict[str, object]:
        """The query as Invoke-Query.ps1 takes it."""
        return {
            "name": self.name,
            "commands": [{"command": c.name, "parameters": _plain(c.parameters)} for c in self.commands],
        }


def _plain(parameters: Mapping[str, Value]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in parameters.items()}


def cim(class_name: str, *, namespace: str = "", where: str = "", only: tuple[str, ...] = ()) -> Command:
    """Enumerate a CIM class; ``where`` is WQL, ``only`` the properties the provider shall compute."""
    parameters: dict[str, Value] = {}
    if namespace:
        parameters["Namespace"] = namespace
    parameters["ClassName"] = class_name
    if where:
        parameters["Filter"] = where
    if only:
        parameters["Property"] = only
    return Command("Get-CimInstance", parameters)


def registry(*keys: str) -> Command:
    """Read the values of registry keys below HKEY_LOCAL_MACHINE; a missing key is one error record."""
    paths = tuple(f"Registry::HKEY_LOCAL_MACHINE\\{key}" for key in keys)
    return Command("Get-ItemProperty", {"LiteralPath": paths})


HYPER_V = r"root\virtualization\v2"
NETWORK = r"root\StandardCimv2"
CLUSTER = r"root\MSCluster"
