"""What Invoke-Query.ps1 does, in Python: runs the queries of its plan and gives one line of JSON for each."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets import Call, Command, Session, prepare
from lab.windows.cmdlets.text import json_text
from lab.windows.errors import Terminating
from lab.windows.wsman.pipeline import (
    ErrorRecord,
    Event,
    Output,
    Warning,  # noqa: A004
)


def answers(session: Session, parameters: Mapping[str, object], more: Mapping[str, Command]) -> Iterator[Event]:
    """Run the plan in the script's parameters; `more` are commands besides those of the lab."""
    given = {name.casefold(): value for name, value in parameters.items() if name}
    placed = parameters.get("", [])
    values = [*placed] if isinstance(placed, list | tuple) else [placed]
    plan = given.get("plan", values[0] if values else None)
    if plan is None:
        raise errors.binding("MissingMandatoryParameter", "", "", "missing mandatory parameters: Plan.")
    depth = int(str(given.get("depth", values[1] if len(values) > 1 else 6)))
    for query in planned(str(plan)):
        yield from _answer(session, query, depth, more)


def _answer(session: Session, query: dict[str, Any], depth: int, more: Mapping[str, Command]) -> Iterator[Event]:
    """One query of the script way: its errors stand in the answer, a terminating one takes its rows."""
    started = time.monotonic()
    session.wait_if_hanging(str(query.get("name")))
    rows: list[Any] = []
    failures: list[ErrorRecord] = []
    try:
        first = True
        for one in query.get("commands", []):
            given = one.get("parameters") or {}
            command, call = prepare(session, str(one["command"]), given, piped=not first, more=more)
            gathered: list[ErrorRecord] = []
            rows, warnings = _gather(command, call, None if first else rows, gathered)
            yield from warnings
            failures += gathered
            first = False
    except Terminating as end:
        rows = []
        failures.append(end.error)
    yield Output(_reply(session, str(query.get("name")), rows, failures, depth, started))


def _gather(
    command: Command, call: Call, rows: list[Any] | None, failures: list[ErrorRecord]
) -> tuple[list[Any], list[Warning]]:
    output: list[Any] = []
    warnings: list[Warning] = []
    call.rows = rows
    for value in command.output(call):
        if isinstance(value, ErrorRecord):
            failures.append(value)
        elif isinstance(value, Warning):
            warnings.append(value)
        else:
            output.append(value)
    return output, warnings


def planned(plan: str) -> list[dict[str, Any]]:
    """The queries of a plan."""
    try:
        read = json.loads(plan)
    except ValueError as mistake:
        owner = "Microsoft.PowerShell.Commands.ConvertFromJsonCommand"
        exception = "System.ArgumentException"
        failure = errors.record(f"System.ArgumentException,{owner}", 0, exception=exception, message=str(mistake))
        raise Terminating(failure) from mistake
    return read if isinstance(read, list) else [read]


def _reply(
    session: Session, name: str, rows: list[Any], failures: list[ErrorRecord], depth: int, started: float
) -> str:
    shown = [
        {
            "hresult": e.hresult,
            "category": e.category,
            "target": e.target,
            "reason": e.reason,
            "activity": e.activity,
            "id": e.id,
            "message": errors.said_in(session.machine.language, e).message,
        }
        for e in failures
    ]
    milliseconds = int((time.monotonic() - started) * 1000)
    reply = {"query": name, "errors": shown, "rows": rows, "milliseconds": milliseconds}
    return json_text(reply, depth, session.powershell)
