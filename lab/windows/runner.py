"""Runs the pipelines of practice machines: the two ways of asking, over the commands in `cmdlets`.

Script way: the text of Invoke-Query.ps1, known by its SHA-256, runs the plan in its parameter (`plan`). Command way: a
pipeline of plain commands runs directly. The text of Test-Endpoint.ps1 defines that function for the shell. Any other
script text is refused: the lab has no PowerShell.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lab.windows import errors, plan
from lab.windows.cmdlets import COMMANDS, Call, Command, Session, prepare
from lab.windows.errors import Terminating
from lab.windows.machine import Machine, Row
from lab.windows.role import Role
from lab.windows.wsman import pipeline
from lab.windows.wsman.pipeline import ErrorRecord, Event, Failed, Output, PipelineRequest, Step

SCRIPTS = Path(__file__).parents[2] / "scanner" / "collect" / "remote"
SHELLS_KEPT = 4096


def digest(text: str) -> str:
    """What a script is known by."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


class MachineRunner:
    """The Runner of the endpoint, for any number of machines; `more` adds commands (for trials)."""

    def __init__(self, machines: Mapping[str, Machine], more: Iterable[Command] = ()) -> None:
        self.machines = {name.casefold(): machine for name, machine in machines.items()}
        self.more = {extra.name.casefold(): extra for extra in more}
        self.query_script = digest((SCRIPTS / "Invoke-Query.ps1").read_text(encoding="utf-8"))
        self.endpoint_script = digest((SCRIPTS / "Test-Endpoint.ps1").read_text(encoding="utf-8"))
        self.stopped = threading.Event()
        self.functions: OrderedDict[str, set[str]] = OrderedDict()
        self.lock = threading.Lock()
        self.roles: dict[tuple[str, str], Role | None] = {}

    def stop(self) -> None:
        """Releases queries that hang."""
        self.stopped.set()

    def powershell_version(self, host: str) -> str:
        """PSVersion of a machine's sessions."""
        return self.machine(host).ps_version

    def machine(self, host: str) -> Machine:
        """The machine of a name; a runner with one machine answers to any."""
        if len(self.machines) == 1:
            return next(iter(self.machines.values()))
        return self.machines[host.casefold()]

    def replace(self, host: str, machine: Machine) -> None:
        """Another state of a machine, from the next pipeline on."""
        with self.lock:
            self.machines[host.casefold()] = machine
            self.roles.clear()

    def configurations(self, host: str) -> dict[str, list[str] | None]:
        """Session configuration -> its users (None: everyone)."""
        named = {c.name: c.users or None for c in self.machine(host).state.configuration}
        return {"Microsoft.PowerShell": None, **named}

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        """Runs one pipeline; see lab.windows.wsman.pipeline."""
        language = self.machine(request.host).language
        try:
            for event in self._run(self._session(request), request.steps):
                yield errors.said_in(language, event) if isinstance(event, ErrorRecord) else event
        except Terminating as end:
            yield Failed(errors.said_in(language, end.error))

    def _session(self, request: PipelineRequest) -> Session:
        machine = self.machine(request.host)
        role = self._role(machine, request)
        with self.lock:
            functions = self.functions.setdefault(request.shell, set())
            self.functions.move_to_end(request.shell)
            while len(self.functions) > SHELLS_KEPT:
                self.functions.popitem(last=False)
        if role is not None and role.find("Test-Endpoint", COMMANDS["test-endpoint"].kind):
            functions.add("Test-Endpoint")
        return Session(machine, request.user, role, functions, self.stopped)

    def _role(self, machine: Machine, request: PipelineRequest) -> Role | None:
        wanted = request.configuration.casefold()
        key = (machine.name, wanted)
        if key not in self.roles:
            found = [c for c in machine.state.configuration if c.name.casefold() == wanted]
            files = [machine.folder / file for file in found[0].files] if found else []
            self.roles[key] = Role.load(files) if files else None
        return self.roles[key]

    # ---- pipelines

    def _run(self, session: Session, steps: tuple[Step, ...]) -> Iterator[Event]:
        commands: list[Step] = []
        for step in steps:
            if not step.is_script:
                commands.append(step)
                continue
            if session.role is not None and session.role.language != "FullLanguage":
                raise errors.scripts_not_allowed(step.name)
            script = digest(step.name)
            if script == self.endpoint_script:
                session.functions.add("Test-Endpoint")
            elif script == self.query_script:
                yield from plan.answers(session, step.parameters, self.more)
            else:
                raise errors.lab_limit("this script text is neither Invoke-Query.ps1 nor Test-Endpoint.ps1")
        if commands:
            yield from self._commands(session, commands)

    def _commands(self, session: Session, steps: list[Step]) -> Iterator[Event]:
        """The command way: every command is found and bound before the first one runs."""
        ready = [
            prepare(session, step.name, step.parameters, piped=place > 0, more=self.more)
            for place, step in enumerate(steps)
        ]
        rows: list[Any] | None = None
        for command, call in ready:
            rows = yield from _step(command, call, rows)
        for value in rows or []:
            yield Output(_sendable(value))


def _step(command: Command, call: Call, rows: list[Any] | None) -> Iterator[Any]:
    """Runs one command: errors and warnings go out as they come, its output is returned."""
    call.rows = rows
    output: list[Any] = []
    for value in command.output(call):
        if isinstance(value, ErrorRecord | pipeline.Warning):
            yield value
        else:
            output.append(value)
    return output


def _sendable(value: Any) -> Any:
    if isinstance(value, Row | dict | list):
        raise errors.lab_limit("objects leave the lab as JSON only: end the pipeline with ConvertTo-Json")
    return value if isinstance(value, str | bool | int | float | None) else str(value)
