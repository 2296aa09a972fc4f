"""How a command is found, its parameters bound by the contract, and what it is given to work with."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lab import contract
from lab.windows.cmdlets import errors
from lab.windows.machine import Machine, Row

if TYPE_CHECKING:
    from lab.windows.role import Role

MODULES_TO_INSTALL = ("Hyper-V", "FailoverClusters", "VirtualMachineManager")


@dataclass
class Session:
    """Where commands run: a machine, as a user, in a session configuration; `functions` were defined in this shell."""

    machine: Machine
    user: str = ""
    role: Role | None = None
    functions: set[str] = field(default_factory=set)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def powershell(self) -> str:
        """Generation of PowerShell: 3.0, 4.0, 5.1 or 7."""
        return self.machine.powershell

    @property
    def account(self) -> str:
        """Whose rights count: nobody's limits under a role, whose virtual account is an administrator."""
        return "" if self.role else self.user

    def wait_if_hanging(self, *names: str) -> None:
        """Blocks for ever (until the machine is stopped) when the machine's faults name one of these."""
        hanging = {h.casefold() for h in self.machine.state.faults.hang}
        if hanging & {n.casefold() for n in names}:
            self.stopped.wait()


@dataclass
class Call:
    """One command at work: `given` in the contract's spelling, `rows` the pipeline input (None = it is the first)."""

    session: Session
    name: str
    owner: str
    given: dict[str, Any]
    rows: list[Any] | None = None

    @property
    def machine(self) -> Machine:
        """The machine it runs on."""
        return self.session.machine

    def text(self, name: str, default: str = "") -> str:
        """A string parameter."""
        value = self.given.get(name, default)
        return default if value is None else str(value)

    def texts(self, name: str) -> list[str]:
        """A string[] parameter; one string is a list of one."""
        value = self.given.get(name)
        if value is None:
            return []
        return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]

    def flag(self, name: str) -> bool:
        """A switch."""
        return bool(self.given.get(name, False))


Run = Callable[[Call], Iterator[Any]]


@dataclass(frozen=True)
class Command:
    """A command: `owner` is its .NET type, empty for a function; `parameters` only for those outside the contract."""

    name: str
    run: Run
    owner: str = ""
    module: str = ""
    parameters: tuple[str, ...] | None = None

    @property
    def is_function(self) -> bool:
        """Functions are named by themselves in error ids, cmdlets by their type."""
        return not self.owner


COMMANDS: dict[str, Command] = {}


def command(name: str, owner: str = "", parameters: tuple[str, ...] | None = None) -> Callable[[Run], Run]:
    """Registers the Python function that is a command."""

    def register(run: Run) -> Run:
        module = contract.load("cmdlets").get(name, {}).get("module", "")
        COMMANDS[name.casefold()] = Command(name, run, owner, module, parameters)
        return run

    return register


def prepare(
    session: Session, asked: str, given: dict[str, Any], *, piped: bool, more: Mapping[str, Command] | None = None
) -> tuple[Command, Call]:
    """Finds a command and binds its parameters. Raises Terminating with the error PowerShell gives."""
    if session.role:
        session.role.check(asked, given, COMMANDS, session.powershell)
    found = _find(session, asked, {**COMMANDS, **(more or {})})
    owner = asked if session.role and session.role.is_proxy(asked, found) else found.owner or found.name
    if found.module == "Hyper-V" and not session.machine.at_least("2016"):
        owner = re.sub(r"(\w+)$", r"\1Command", owner)
    call = Call(session, found.name, owner, {})
    call.given = _bind(session, found, call, given, piped=piped)
    return found, call


def _find(session: Session, asked: str, commands: Mapping[str, Command]) -> Command:
    module, _, short = asked.rpartition("\\")
    found = commands.get(short.casefold())
    machine, shell = session.machine, session.powershell
    missing = errors.command_not_found(asked, shell)
    if found is None:
        if contract.exists(short, machine.release, shell) and _module_there(session, short):
            raise errors.lab_limit(f"{short} exists on Windows {machine.release}, but the lab has no such command yet")
        raise missing
    if module and module.casefold() != found.module.casefold():
        raise missing
    if found.parameters is None and not contract.exists(found.name, machine.release, shell):
        raise missing
    if found.name == "Test-Endpoint" and "Test-Endpoint" not in session.functions:
        raise missing
    if found.parameters is None and not _module_there(session, found.name):
        raise missing
    return found


def _module_there(session: Session, name: str) -> bool:
    module = contract.load("cmdlets")[name]["module"] if name in contract.load("cmdlets") else ""
    return module not in MODULES_TO_INSTALL or module in {m for m, _ in session.machine.modules()}


def _bind(session: Session, found: Command, call: Call, given: dict[str, Any], *, piped: bool) -> dict[str, Any]:
    release, shell = session.machine.release, session.powershell
    if found.parameters is None:
        known = contract.parameters(found.name, release, shell)
    else:
        known = set(found.parameters) | contract.common_parameters(shell)
    spelling = {p.casefold(): p for p in known}
    bound: dict[str, Any] = {}
    for name, value in given.items():
        if name == "":
            continue
        if name.casefold() not in spelling:
            raise errors.unknown_parameter(found.name, call.owner, name)
        bound[spelling[name.casefold()]] = value
    for name, value in zip(_positions(found), _positional(given), strict=False):
        bound.setdefault(name, value)
    if found.parameters is None and contract.complaints(found.name, set(bound), release, piped=piped, powershell=shell):
        text = "Parameter set cannot be resolved using the specified named parameters."
        raise errors.binding("AmbiguousParameterSet", found.name, call.owner, text)
    return bound


def _positional(given: dict[str, Any]) -> list[Any]:
    value = given.get("", [])
    return list(value) if isinstance(value, list | tuple) else [value]


def _positions(found: Command) -> list[str]:
    if found.parameters is not None:
        return list(found.parameters)
    listed = contract.load("cmdlets")[found.name]["parameters"]
    placed = [(f["position"], p) for p, f in listed.items() if isinstance(f.get("position"), int)]
    usual = {"Get-CimInstance": "ClassName", "Get-ItemProperty": "Path"}  # two sets share position 0
    return [usual.get(found.name, p) if place == 0 else p for place, p in sorted(placed)]


def as_row(value: Any) -> Row:
    """A pipeline object's properties; text and numbers have none that matter here."""
    if isinstance(value, Row):
        return value
    if isinstance(value, dict):
        return Row(value)
    return Row({"Length": len(value)}) if isinstance(value, str) else Row()
