"""Commands as data: what is asked of a Windows machine, in the two forms in which it is sent.

A query names cmdlets with plain parameters; no PowerShell text is ever built from data to be run. A command that is
not on the read-only list (``scanner.words.readonly``) cannot be constructed, and what was changed afterwards is not
sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, NamedTuple

from scanner.words.quoting import literal
from scanner.words.readonly import OWN, SELECT, SHAPES, NotReadOnlyError, Value, checked

QUALIFIED_SELECT = f"Microsoft.PowerShell.Utility\\{SELECT}"
"""In a least-privilege session the short name is PowerShell's own, which takes no property of ours."""
TO_JSON = "ConvertTo-Json"
"""Ends every pipeline of the command way, so that its answer is one text; nobody else may name it."""


@dataclass(frozen=True, slots=True)
class Command:
    """One cmdlet with plain parameters, which are copied.

    Raises:
        NotReadOnlyError: the cmdlet, one of its parameters or a value is not on the read-only list.
    """

    name: str
    parameters: Mapping[str, Value] = field(default_factory=dict[str, Value])

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", MappingProxyType(checked(self.name, self.parameters)[1]))

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
    """A name and a pipeline: the first command reads, the rest shape.

    Raises:
        NotReadOnlyError: it is another pipeline.
    """

    name: str
    commands: tuple[Command, ...]
    depth: int = 2
    """How deep ConvertTo-Json goes in the command way."""
    shallow: bool = False
    """Its rows refer to objects that lead to all others: the script way, which goes deeper, writes text first."""

    def __post_init__(self) -> None:
        sendable(self)

    @property
    def own(self) -> tuple[Literal["Test-Endpoint"], ...]:
        """The functions of ours among its commands."""
        return tuple(name for name in OWN if any(command.name == name for command in self.commands))

    @property
    def text(self) -> str:
        """The pipeline as a person would type it."""
        return " | ".join(command.text for command in self.commands)

    def plan(self) -> dict[str, object]:
        """The query as Invoke-Query.ps1 takes it."""
        return sendable(self).plan()


Step = tuple[str, dict[str, Value]]
"""A command and its parameters, of no class but Python's own."""


class Sendable(NamedTuple):
    """A copy of a query that was compared with the read-only list; only such are sent, shown or written."""

    name: str
    steps: tuple[Step, ...]
    depth: int
    shallow: bool = False

    def plan(self) -> dict[str, object]:
        """As Invoke-Query.ps1 takes it, for the script way."""
        steps = [{"command": name, "parameters": _listed(given)} for name, given in self.steps]
        if self.shallow:
            steps.append({"command": TO_JSON, "parameters": self._to_json()})
        return {"name": self.name, "commands": steps}

    def pipeline(self) -> tuple[tuple[str, dict[str, object]], ...]:
        """As commands, for the command way; its answer is one text."""
        steps = [(QUALIFIED_SELECT if name == SELECT else name, _listed(given)) for name, given in self.steps]
        return (*steps, (TO_JSON, self._to_json()))

    def _to_json(self) -> dict[str, object]:
        return {"Compress": True, "Depth": self.depth}


def sendable(query: Query) -> Sendable:
    """The query, copied and compared with the read-only list at this moment.

    A plugin runs in this process and can change what it made, or derive a class that answers one thing to a check and
    another to the wire. So nothing of the object is believed: it is copied, the copy is checked, the copy is used.

    Raises:
        NotReadOnlyError: it is no query, or holds what is not on the list.
    """
    if type(query) is not Query:
        raise NotReadOnlyError(f"a {type(query).__name__} is no query")
    name, commands, depth, shallow = query.name, query.commands, query.depth, query.shallow
    if type(name) is not str or not name.isprintable():
        raise NotReadOnlyError("the name of a query is printable text")
    if type(commands) is not tuple or not commands or any(type(command) is not Command for command in commands):
        raise NotReadOnlyError(f"{name}: a query is a tuple of commands")
    if type(depth) is not int or not 1 <= depth <= 100:
        raise NotReadOnlyError(f"{name}: the depth of a query is 1 to 100")
    if type(shallow) is not bool:
        raise NotReadOnlyError(f"{name}: a query is shallow or not")
    steps = tuple(checked(command.name, command.parameters) for command in commands)
    for place, (step, _) in enumerate(steps):
        if (step in SHAPES) is (place == 0):
            raise NotReadOnlyError(f"{name}: {step} cannot be command {place + 1}: the first reads, the others shape")
    return Sendable(name, steps, depth, shallow)


def plan_of(queries: Iterable[Query]) -> str:
    """The queries as the one parameter of Invoke-Query.ps1: JSON in ASCII.

    Raises:
        NotReadOnlyError: one is not on the read-only list.
    """
    return json.dumps([sendable(query).plan() for query in queries], separators=(",", ":"))


def fixed(name: Literal["Invoke-Query", "Test-Endpoint"]) -> str:
    """One of the two texts that ever reach a machine; they come from this package and from nowhere else."""
    return files("scanner.collect.remote").joinpath(f"{name}.ps1").read_text(encoding="utf-8")


def _listed(parameters: Mapping[str, Value]) -> dict[str, object]:
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


def below(*keys: str, each: str = "") -> Command:
    """Read the values of all keys right below these, or of the key called ``each`` in all of them.

    Where there is none, and where a key is missing, that is no row and no error.
    """
    end = f"\\*\\{each}" if each else "\\*"
    return Command("Get-ItemProperty", {"Path": tuple(f"Registry::HKEY_LOCAL_MACHINE\\{key}{end}" for key in keys)})


HYPER_V = r"root\virtualization\v2"
NETWORK = r"root\StandardCimv2"
CLUSTER = r"root\MSCluster"
