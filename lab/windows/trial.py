"""Asks a practice machine without a wire: the two ways of asking as function calls, to try a state."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from lab.windows.cmdlets import Command
from lab.windows.machine import Machine, parse
from lab.windows.runner import SCRIPTS, MachineRunner
from lab.windows.wsman.pipeline import Event, PipelineRequest, Step


class Trial:
    """A machine and a shell on it, as `user` in a session configuration."""

    def __init__(
        self,
        machine: Machine,
        user: str = "CORP\\svc",
        configuration: str = "Microsoft.PowerShell",
        more: Iterable[Command] = (),
    ) -> None:
        self.runner = MachineRunner({machine.name: machine}, more)
        self.machine, self.user, self.configuration = machine, user, configuration

    @classmethod
    def of(cls, text: str, **given: Any) -> Trial:
        """A trial of the machine in a TOML text."""
        return cls(Machine(parse(text)), **given)

    def pipeline(self, *steps: Step) -> list[Event]:
        """All events of one pipeline."""
        request = PipelineRequest(self.machine.name, self.user, self.configuration, "shell-1", steps)
        return list(self.runner.run(request))

    def define_test_endpoint(self) -> None:
        """Sends Test-Endpoint.ps1, which defines the function."""
        self.pipeline(script("Test-Endpoint.ps1"))

    def plan(self, *queries: dict[str, Any]) -> dict[str, Any]:
        """The script way: query name -> its decoded answer (rows, errors)."""
        text = json.dumps(list(queries))
        lines = self.pipeline(script("Invoke-Query.ps1", Plan=text))
        answers = [json.loads(str(getattr(line, "value", "null"))) for line in lines]
        return {answer["query"]: answer for answer in answers if answer}

    def ask(self, *commands: tuple[str, dict[str, Any]]) -> dict[str, Any]:
        """One query of the script way, from (command, parameters): its answer."""
        steps = [{"command": name, "parameters": given} for name, given in commands]
        return self.plan({"name": "it", "commands": steps})["it"]

    def command(self, *commands: tuple[str, dict[str, Any]]) -> list[Event]:
        """The command way: the commands, then ConvertTo-Json."""
        last = ("ConvertTo-Json", {"Compress": True, "Depth": 3})
        return self.pipeline(*(Step(name, False, dict(given)) for name, given in (*commands, last)))


def script(file: str, **parameters: object) -> Step:
    """The step that one of the two shipped scripts is."""
    return Step((SCRIPTS / file).read_text(encoding="utf-8"), True, dict(parameters))
