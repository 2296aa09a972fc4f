"""How a command is found by its name, and its parameters bound as the contract says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lab import contract
from lab.windows import errors
from lab.windows.cmdlets.call import Call, Session
from lab.windows.cmdlets.command import COMMANDS, Command

MODULES_TO_INSTALL = ("Hyper-V", "FailoverClusters", "VirtualMachineManager")


def prepare(
    session: Session, asked: str, given: dict[str, Any], *, piped: bool, more: Mapping[str, Command] | None = None
) -> tuple[Command, Call]:
    """Finds a command and binds its parameters. Raises Terminating with the error PowerShell gives."""
    if session.role:
        own = COMMANDS.get(asked.rpartition("\\")[2].casefold())
        session.role.check(asked, given, own and own.kind, session.powershell)
    found = _find(session, asked, {**COMMANDS, **(more or {})})
    owner = asked if session.role and session.role.is_proxy(asked, found.kind) else found.owner or found.name
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
