"""What a command is, and the table of those there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lab import contract
from lab.windows.cmdlets.call import Call
from lab.windows.errors import Terminating
from lab.windows.role import Kind
from lab.windows.wsman.pipeline import ErrorRecord

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
    def kind(self) -> Kind:
        """Functions are named by themselves in error ids, cmdlets by their type."""
        return "cmdlets" if self.owner else "functions"

    def output(self, call: Call) -> Iterator[Any]:
        """What it writes, error records among it as -ErrorAction says. Raises Terminating for one under Stop."""
        action = call.text("ErrorAction").casefold()
        for value in self.run(call):
            if isinstance(value, ErrorRecord) and action in ("stop", "ignore", "silentlycontinue"):
                if action == "stop":
                    raise Terminating(value)
                continue
            yield value


COMMANDS: dict[str, Command] = {}


def command(name: str, owner: str = "", parameters: tuple[str, ...] | None = None) -> Callable[[Run], Run]:
    """Registers the Python function that is a command."""

    def register(run: Run) -> Run:
        module = contract.load("cmdlets").get(name, {}).get("module", "")
        COMMANDS[name.casefold()] = Command(name, run, owner, module, parameters)
        return run

    return register
