"""Runs the pipelines of practice machines: the two ways of asking, over the commands in `cmdlets`.

Script way: the text of Invoke-Query.ps1, known by its SHA-256, runs the plan in its parameter and gives one line of
JSON a query. Command way: a pipeline of plain commands runs directly. The text of Test-Endpoint.ps1 defines that
function for the shell. Any other script text is refused: the lab has no PowerShell.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lab.windows.cmdlets import COMMANDS, Call, Command, Session, Terminating, errors, prepare
from lab.windows.cmdlets.text import json_text
from lab.windows.machine import Machine, Row
from lab.windows.role import Role
from lab.windows.wsman import runner as wire
from lab.windows.wsman.runner import ErrorRecord, Event, Failed, Output, PipelineRequest, Step

SCRIPTS = Path(__file__).parents[2] / "scanner" / "collect" / "remote"
SHELLS_KEPT = 4096
Rows = list[Any]


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
        """Runs one pipeline; see lab.windows.wsman.runner."""
        try:
            yield from self._run(self._session(request), request.steps)
        except Terminating as end:
            yield Failed(end.error)

    def _session(self, request: PipelineRequest) -> Session:
        machine = self.machine(request.host)
        role = self._role(machine, request)
        with self.lock:
            functions = self.functions.setdefault(request.shell, set())
            self.functions.move_to_end(request.shell)
            while len(self.functions) > SHELLS_KEPT:
                self.functions.popitem(last=False)
        if role is not None and role.find("Test-Endpoint", COMMANDS["test-endpoint"]):
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
                raise _scripts_not_allowed(step.name)
            script = digest(step.name)
            if script == self.endpoint_script:
                session.functions.add("Test-Endpoint")
            elif script == self.query_script:
                yield from self._plan(session, step.parameters)
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
        rows: Rows | None = None
        for command, call in ready:
            rows = yield from _step(command, call, rows)
        for value in rows or []:
            yield Output(_sendable(value))

    def _plan(self, session: Session, parameters: Mapping[str, object]) -> Iterator[Event]:
        given = {name.casefold(): value for name, value in parameters.items() if name}
        placed = parameters.get("", [])
        values = [*placed] if isinstance(placed, list | tuple) else [placed]
        plan = given.get("plan", values[0] if values else None)
        if plan is None:
            raise errors.binding("MissingMandatoryParameter", "", "", "missing mandatory parameters: Plan.")
        depth = int(str(given.get("depth", values[1] if len(values) > 1 else 6)))
        for query in _queries(str(plan)):
            yield from self._query(session, query, depth)

    def _query(self, session: Session, query: dict[str, Any], depth: int) -> Iterator[Event]:
        """One query of the script way: its errors stand in the answer, a terminating one takes its rows."""
        started = time.monotonic()
        session.wait_if_hanging(str(query.get("name")))
        rows: Rows = []
        failures: list[ErrorRecord] = []
        try:
            first = True
            for one in query.get("commands", []):
                given = one.get("parameters") or {}
                command, call = prepare(session, str(one["command"]), given, piped=not first, more=self.more)
                gathered: list[ErrorRecord] = []
                rows, warnings = _gather(command, call, None if first else rows, gathered)
                yield from warnings
                failures += gathered
                first = False
        except Terminating as end:
            rows = []
            failures.append(end.error)
        yield Output(_reply(session, str(query.get("name")), rows, failures, depth, started))


def _values(command: Command, call: Call) -> Iterator[Any]:
    """What a command writes, its error records treated as -ErrorAction says."""
    action = call.text("ErrorAction").casefold()
    for value in command.run(call):
        if isinstance(value, ErrorRecord) and action in ("stop", "ignore", "silentlycontinue"):
            if action == "stop":
                raise Terminating(value)
            continue
        yield value


def _step(command: Command, call: Call, rows: Rows | None) -> Iterator[Any]:
    """Runs one command: errors and warnings go out as they come, its output is returned."""
    call.rows = rows
    output: Rows = []
    for value in _values(command, call):
        if isinstance(value, ErrorRecord | wire.Warning):
            yield value
        else:
            output.append(value)
    return output


def _gather(
    command: Command, call: Call, rows: Rows | None, failures: list[ErrorRecord]
) -> tuple[Rows, list[wire.Warning]]:
    output: Rows = []
    warnings: list[wire.Warning] = []
    call.rows = rows
    for value in _values(command, call):
        if isinstance(value, ErrorRecord):
            failures.append(value)
        elif isinstance(value, wire.Warning):
            warnings.append(value)
        else:
            output.append(value)
    return output, warnings


def _queries(plan: str) -> list[dict[str, Any]]:
    try:
        read = json.loads(plan)
    except ValueError as mistake:
        owner = "Microsoft.PowerShell.Commands.ConvertFromJsonCommand"
        exception = "System.ArgumentException"
        failure = errors.record(f"System.ArgumentException,{owner}", 0, exception=exception, message=str(mistake))
        raise Terminating(failure) from mistake
    return read if isinstance(read, list) else [read]


def _reply(session: Session, name: str, rows: Rows, failures: list[ErrorRecord], depth: int, started: float) -> str:
    shown = [
        {
            "hresult": e.hresult,
            "category": e.category,
            "target": e.target,
            "reason": e.reason,
            "activity": e.activity,
            "id": e.id,
            "message": e.message,
        }
        for e in failures
    ]
    milliseconds = int((time.monotonic() - started) * 1000)
    reply = {"query": name, "errors": shown, "rows": rows, "milliseconds": milliseconds}
    return json_text(reply, depth, session.powershell)


def _sendable(value: Any) -> Any:
    if isinstance(value, Row | dict | list):
        raise errors.lab_limit("objects leave the lab as JSON only: end the pipeline with ConvertTo-Json")
    return value if isinstance(value, str | bool | int | float | None) else str(value)


def _scripts_not_allowed(text: str) -> Terminating:
    exception = "System.Management.Automation.ParseException"
    message = "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode."
    record = errors.record("ScriptsNotAllowed", errors.PARSER, target=text[:40], exception=exception, message=message)
    return Terminating(record)
