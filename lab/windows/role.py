"""What a session configuration shows: the visible commands of its .pssc and .psrc files, enforced as JEA does.

A restricted command is a proxy function under exactly the name it is listed by; a command listed without parameters is
visible by its short and its qualified name. RestrictedRemoteServer always shows eight commands of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from lab import contract
from lab.windows import errors
from scanner.collect import datafile

Kind = Literal["cmdlets", "functions"]
KINDS: tuple[Kind, ...] = ("cmdlets", "functions")
BUILT_IN = {
    "get-command", "get-help", "exit-pssession", "clear-host", "out-default", "measure-object", "get-formatdata",
    "select-object",
}  # fmt: skip
# the built-in Select-Object is a proxy for what Get-Command's caller needs
OWN_SELECT = {
    "modulename", "namespace", "outputtype", "count", "helpuri", "name", "commandtype", "resolvedcommandname",
    "defaultparameterset", "cmdletbinding", "parameters",
}  # fmt: skip


@dataclass
class Parameter:
    """Limits of a parameter; a pattern overrides a set."""

    values: set[str] = field(default_factory=set)
    pattern: str = ""

    def allows(self, value: object) -> bool:
        items = value if isinstance(value, list | tuple) else [value]
        if self.pattern:
            anchored = re.compile(f"^(?:{self.pattern})$", re.IGNORECASE)
            return all(anchored.match(str(item)) for item in items)
        return not self.values or all(str(item).casefold() in self.values for item in items)


@dataclass
class Entry:
    """A visible command; parameters None = all."""

    name: str
    kind: Kind
    parameters: dict[str, Parameter] | None


@dataclass
class Role:
    """The visible commands of a configuration; `stand_ins`: functions stand behind all names (to try a role)."""

    language: str = "NoLanguage"
    entries: dict[tuple[Kind, str], Entry] = field(default_factory=dict)
    providers: set[str] = field(default_factory=set)
    stand_ins: bool = False
    runs_as: str = ""
    """the group managed service account of its sessions; empty: a virtual account"""

    @classmethod
    def load(cls, paths: list[Path], *, stand_ins: bool = False) -> Role:
        """The role of some files; a .pssc brings the role capabilities it names (beside it or in RoleCapabilities)."""
        role = cls(stand_ins=stand_ins)
        for path in paths:
            role.add(datafile.parse(path.read_text(encoding="utf-8-sig")), path.parent)
        return role

    def add(self, table: dict[str, Any], folder: Path = Path()) -> None:
        """Takes in one file."""
        said = {key.casefold(): value for key, value in table.items()}
        self.language = str(said.get("languagemode", self.language))
        self.runs_as = str(said.get("groupmanagedserviceaccount", self.runs_as))
        self.providers |= {str(p).casefold() for p in _list(said.get("visibleproviders"))}
        for kind in KINDS:
            for item in _list(said.get(f"visible{kind}")):
                self._show(item, kind)
        for definition in said.get("roledefinitions", {}).values():
            for name in _list({k.casefold(): v for k, v in definition.items()}.get("rolecapabilities")):
                places = [*folder.glob(f"{name}.psrc"), *folder.glob(f"**/RoleCapabilities/{name}.psrc")]
                if not places:
                    raise FileNotFoundError(f"{name}.psrc under {folder}")
                self.add(datafile.parse(places[0].read_text(encoding="utf-8-sig")), places[0].parent)

    def _show(self, item: Any, kind: Kind) -> None:
        entry = Entry(item, kind, None) if isinstance(item, str) else _entry(item, kind)
        if "*" in entry.name:
            raise errors.lab_limit(f"a role with wildcards: {entry.name}")
        names = [entry.name]
        if entry.parameters is None and "\\" in entry.name:
            names.append(entry.name.rpartition("\\")[2])
        for name in names:
            known = self.entries.get((kind, name.casefold()))
            if known is not None and known.parameters is not None and entry.parameters is not None:
                _merge(known.parameters, entry.parameters)
            else:
                self.entries[kind, name.casefold()] = entry

    def shows_provider(self, name: str) -> bool:
        """Whether a provider (Registry ...) may be used."""
        return self.stand_ins or name.casefold() in self.providers

    def find(self, asked: str, kind: Kind | None) -> Entry | None:
        """What shows a command: a function listed among the cmdlets is not there, and the other way round.

        `kind` is what stands behind the name, None where nothing does.
        """
        kinds = KINDS if kind is None or self.stand_ins else (kind,)
        found = (self.entries.get((each, asked.casefold())) for each in kinds)
        return next((entry for entry in found if entry is not None), None)

    def is_proxy(self, asked: str, kind: Kind) -> bool:
        """Whether the command is a proxy function here, so that errors carry its name and not the cmdlet's type."""
        entry = self.find(asked, kind)
        return asked.casefold() == "select-object" or (entry is not None and entry.parameters is not None)

    def check(self, asked: str, given: Mapping[str, Any], kind: Kind | None, powershell: str) -> None:
        """Raises Terminating when the command, a parameter or a value is not shown."""
        if asked.casefold() in BUILT_IN:
            _check_built_in(asked, given)
            return
        entry = self.find(asked, kind)
        if entry is None:
            raise errors.command_not_found(asked, powershell)
        if entry.parameters is None:
            return
        common = {c.casefold() for c in contract.common_parameters(powershell)}
        for parameter, value in given.items():
            limits = entry.parameters.get(parameter.casefold())
            if limits is None and parameter.casefold() not in common:
                raise errors.unknown_parameter(asked, asked, parameter)
            if limits is not None and not limits.allows(value):
                raise errors.refused_value(asked, asked, parameter, value)


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _entry(item: dict[str, Any], kind: Kind) -> Entry:
    said = {key.casefold(): value for key, value in item.items()}
    if "parameters" not in said:
        return Entry(said["name"], kind, None)
    parameters: dict[str, Parameter] = {}
    for one in _list(said["parameters"]):
        limits = {key.casefold(): value for key, value in one.items()}
        values = {str(v).casefold() for v in _list(limits.get("validateset"))}
        parameters[limits["name"].casefold()] = Parameter(values, limits.get("validatepattern", ""))
    return Entry(said["name"], kind, parameters)


def _merge(known: dict[str, Parameter], more: dict[str, Parameter]) -> None:
    """Two roles for one command: both sets of values, and a parameter without limits stays without."""
    for name, limits in more.items():
        here = known.get(name)
        if here is None:
            known[name] = limits
        elif here.values and limits.values:
            here.values |= limits.values
        else:
            known[name] = limits if not limits.values else here


def _check_built_in(asked: str, given: Mapping[str, Any]) -> None:
    if asked.casefold() != "select-object":
        return
    for parameter, value in given.items():
        if parameter.casefold() not in ("property", "inputobject"):
            raise errors.unknown_parameter(asked, asked, parameter)
        if parameter.casefold() == "property":
            items = value if isinstance(value, list | tuple) else [value]
            refused = [item for item in items if str(item).casefold() not in OWN_SELECT]
            if refused:
                raise errors.refused_value(asked, asked, parameter, refused[0])
