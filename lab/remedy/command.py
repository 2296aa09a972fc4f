"""What a command is, and the table of those the lab can carry out.

A new command is one function:

    @command("Set-VMHost", parameters="ComputerName UseAnyNetworkForMigration", on="Hyper-V")
    def set_host(call: Call) -> None: ...

Where the names of cmdlets and parameters, and since when there are any, come from: the modules' published reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lab import contract
from lab.remedy.world import Host, Refused, World

Run = Callable[["Call"], Any]
COMMON = ("Confirm", "WhatIf", "Verbose", "ErrorAction", "PassThru")


@dataclass(frozen=True)
class Known:
    """A command: `since` is the first release that has it, `young` the parameters that came later."""

    name: str
    run: Run
    parameters: tuple[str, ...]
    places: tuple[str, ...]
    on: str
    """the module or role the machine needs; empty: none"""
    since: str
    young: dict[str, str]
    required: tuple[str, ...]


COMMANDS: dict[str, Known] = {}


def command(
    name: str, parameters: str, *, on: str = "", since: str = "2012", places: str = "", required: str = "", **young: str
) -> Callable[[Run], Run]:
    """Register a function as a command; names stand in one text, places are the parameters known by their place."""

    def register(run: Run) -> Run:
        known = Known(
            name, run, tuple(parameters.split()), tuple(places.split()), on, since, young, tuple(required.split())
        )
        COMMANDS[name.casefold()] = known
        return run

    return register


@dataclass
class Call:
    """One command at work."""

    world: World
    known: Known
    given: dict[str, Any]
    here: Host | None = None
    """the machine it was sent to by Invoke-Command; nothing: where the operator sits"""
    rows: tuple[Any, ...] | None = None
    """what came down the pipeline; nothing for the first command"""
    comment: str = ""
    """what the remedy says to people, behind the command or beside it"""
    block: Callable[[Host], Any] = field(default=lambda _host: None)
    """runs the script block on a machine"""

    def text(self, name: str, default: str = "") -> str:
        """A value as text; of several, refused."""
        value = self.given.get(name, default)
        if isinstance(value, tuple):
            raise Refused(f"{self.known.name} -{name} takes one value, and there are {len(value)}")
        return str(value)

    def flag(self, name: str) -> bool | None:
        """$true or $false, or a switch; nothing when it is not given."""
        value = self.given.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise Refused(f"{self.known.name} -{name}: {value!r} is neither $true nor $false")

    def told(self, word: str) -> bool:
        """Whether people are told to do something besides, by a word."""
        return word in re.findall(r"[a-z]+", self.comment.casefold())

    def choice(self, name: str, *words: str) -> str:
        """One of the words, as the command spells it; empty when it is not given."""
        value = self.text(name)
        found = next((word for word in words if word.casefold() == value.casefold()), "")
        if value and not found:
            raise Refused(f"{self.known.name} -{name}: {value} is none of {', '.join(words)}")
        return found

    def host(self) -> Host:
        """The machine it works on, which has what the command needs, in its release."""
        name = self.text("ComputerName") or self.text("CimSession")
        if name and self.here:
            raise Refused(
                f"{self.known.name} on {self.here.name} would sign in to {name}, with nothing to sign in with"
            )
        host = self.world.host(name) if name else self.here
        if host is None:
            raise Refused(f"{self.known.name}: on which machine? The operator's own is none of the estate's")
        self.fits(host)
        return host

    def fits(self, host: Host) -> None:
        """Whether the machine's release and roles know the command as it is given. Raises Refused."""
        order = contract.releases()
        since = {self.known.name: self.known.since} | {
            f"{self.known.name} -{name}": self.known.young[name] for name in self.given if name in self.known.young
        }
        for what, first in since.items():
            if order.index(host.machine.release) < order.index(first):
                raise Refused(f"{what} came with {first}, and {host.name} is {host.machine.release}")
        if self.known.on == "Hyper-V" and "vmms" not in host.machine.services():
            raise Refused(f"{self.known.name}: {host.name} has no Hyper-V")
        if self.known.on == "Hyper-V" and not host.machine.running("vmms"):
            raise Refused(f"{self.known.name}: the service vmms of {host.name} does not run")


def bind(name: str, arguments: list[tuple[str, Any]]) -> tuple[Known, dict[str, Any]]:
    """The command of a name with its values by parameter. Raises Refused: there is no such command or parameter."""
    known = COMMANDS.get(name.casefold())
    if known is None:
        raise Refused(f"there is no command {name}")
    spelling = {p.casefold(): p for p in (*known.parameters, *COMMON)}
    given: dict[str, Any] = {}
    places = iter(known.places)
    for parameter, value in arguments:
        own = spelling.get(parameter.casefold()) if parameter else next(places, None)
        if own is None:
            raise Refused(f"{known.name} takes no {'-' + parameter if parameter else repr(value)}")
        if own in given:
            raise Refused(f"{known.name} -{own} stands there twice")
        given[own] = value
    if missing := [name for name in known.required if name not in given]:
        raise Refused(f"{known.name} needs -{missing[0]}, and would ask for it")
    return known, given
