"""What a command is given to work with: the session it runs in, its parameters, the rows of the pipeline."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from lab.windows import errors
from lab.windows.machine import Machine
from lab.windows.role import Role


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

    def refuse(self, *names: str) -> None:
        """Parameters that the lab does not build: raises its limit when one is given."""
        if unbuilt := self.given.keys() & set(names):
            raise errors.lab_limit(f"{self.name} -{min(unbuilt)}")
