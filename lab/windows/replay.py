"""A machine that answers as one did of which a recording was kept: the same rows, the same errors, query by query.

The endpoint sees no machine: what it is asked is found by its text in the recording, in both ways of asking. A query
that the recording does not hold gets the error id ``LabLimit``, which is no answer of Windows.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from lab.windows import errors
from lab.windows.cmdlets.text import json_text
from lab.windows.errors import Terminating
from lab.windows.plan import planned
from lab.windows.runner import SCRIPTS, digest
from lab.windows.wsman.pipeline import ErrorRecord, Event, Failed, Output, PipelineRequest, Step
from scanner.collect.errors_told import CATEGORIES
from scanner.collect.schemas import CLASS, LANGUAGE, SHELL, TYPES, class_query
from scanner.words.query import QUALIFIED_SELECT, TO_JSON
from scanner.words.quoting import literal
from scanner.words.readonly import SELECT
from scanner.words.recording import PLAIN, Asked, Failure, Recording, Schema

DEEP = 100
"""of JSON: rows are written as they were heard"""


class ReplayRunner:
    """The Runner of the endpoint, for one machine."""

    def __init__(self, recording: Recording, configurations: Mapping[str, list[str] | None] | None = None) -> None:
        self.recording = recording
        self.named = dict(configurations or {})
        self.by_text = {_key(asked.query): asked for asked in recording.asked}
        self.query_script = digest((SCRIPTS / "Invoke-Query.ps1").read_text(encoding="utf-8"))
        self.endpoint_script = digest((SCRIPTS / "Test-Endpoint.ps1").read_text(encoding="utf-8"))
        self.stopped = threading.Event()

    @property
    def host(self) -> str:
        """The name it was asked under, as far as the recording tells it: its host name and its DNS suffix."""
        rows = {asked.fact: asked.rows[0] for asked in self.recording.asked if asked.rows}
        own, suffix = rows["ComputerSystem"], rows.get("DnsSuffix", {})
        return f"{own['DNSHostName']}.{suffix.get('Domain') or own['Domain']}".lower()

    def stop(self) -> None:
        """Nothing of it hangs."""
        self.stopped.set()

    def powershell_version(self, host: str) -> str:
        """PSVersion of its sessions."""
        del host
        return str(self.recording.computer.get("powershell", "5.1"))

    def configurations(self, host: str) -> dict[str, list[str] | None]:
        """Session configuration -> its users (None: everyone)."""
        del host
        return {"Microsoft.PowerShell": None, **self.named}

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        """Runs one pipeline; see lab.windows.wsman.pipeline."""
        commands: list[Step] = []
        for step in request.steps:
            if not step.is_script:
                commands.append(step)
            elif digest(step.name) == self.query_script:
                yield from self._by_script(str(step.parameters.get("Plan", "")))
            elif digest(step.name) != self.endpoint_script:
                yield Failed(_limit("this script text is neither Invoke-Query.ps1 nor Test-Endpoint.ps1"))
        if commands:
            yield from self._by_commands(commands)

    def _by_script(self, plan: str) -> Iterator[Event]:
        for query in planned(plan):
            steps = [(str(one["command"]), one.get("parameters") or {}) for one in query.get("commands", [])]
            rows, failures, seconds = self._answer(steps)
            folded: list[Any] = [json_text(rows, DEEP, "5.1")] if rows and steps[-1][0] == TO_JSON else rows
            reply = {
                "query": query.get("name"),
                "rows": folded,
                "errors": [_told(one) for one in failures],
                "milliseconds": round(seconds * 1000),
            }
            yield Output(json.dumps(reply))

    def _by_commands(self, steps: list[Step]) -> Iterator[Event]:
        rows, failures, _ = self._answer([(step.name, step.parameters) for step in steps])
        yield from failures
        if rows:
            yield Output(json.dumps(rows[0] if len(rows) == 1 else rows))

    def _answer(self, steps: list[tuple[str, Any]]) -> tuple[list[Any], list[ErrorRecord], float]:
        """Rows, errors and seconds of a pipeline."""
        text = _text(steps)
        asked = self.by_text.get(_key(text)) or self._more(text)
        if asked is None or asked.unanswered:
            return [], [_limit(f"the recording has no answer to: {text}")], 0.0
        rows = [next(iter(row.values())) if asked.plain or set(row) == {PLAIN} else row for row in asked.rows]
        return rows, [_record(one) for one in asked.failures], asked.seconds or 0.0

    def _more(self, text: str) -> Asked | None:
        """What a recording keeps otherwise than as rows: classes, the language, PowerShell."""
        for schema in self.recording.schemas:
            if text.startswith(class_query(schema.namespace, schema.name).text):
                return _of_class(schema)
        for name, key, column in ((LANGUAGE, "language", "OSLanguage"), (SHELL, "powershell", "PowerShellVersion")):
            if text.endswith(f" -Property {column}"):
                value = self.recording.computer.get(key)
                return Asked(fact=name, query=text, rows=({column: value},) if value is not None else ())
        return None


def _of_class(schema: Schema) -> Asked:
    rows = tuple({"Name": name, "CimType": _number(kind)} for name, kind in schema.properties.items())
    missing = Failure(error_id=schema.missing, category="MetadataError", type="CimException", text="")
    return Asked(fact=CLASS, query="", rows=rows, failures=(missing,) if schema.missing else ())


def _number(kind: str) -> int:
    array = kind.endswith("[]")
    return TYPES.index(kind.removesuffix("[]")) + array * (len(TYPES) - 1)


def _text(steps: list[tuple[str, Any]]) -> str:
    """The pipeline as a recording tells it: without what only makes JSON of it."""
    words: list[str] = []
    for name, parameters in steps:
        if name == TO_JSON:
            continue
        given = [
            f"-{key}" if value is True else f"-{key} {literal(_value(value))}" for key, value in parameters.items()
        ]
        words.append(" ".join((SELECT if name == QUALIFIED_SELECT else name, *given)))
    return " | ".join(words)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _key(text: str) -> tuple[str, ...]:
    """What makes two texts the same query: their words, in whatever order values are listed."""
    return tuple(sorted(text.replace(",", " ").split()))


def _record(failure: Failure) -> ErrorRecord:
    category = CATEGORIES.index(failure.category) if failure.category in CATEGORIES else 0
    return ErrorRecord(
        failure.error_id,
        category,
        failure.activity,
        failure.target,
        failure.type,
        failure.code or 0,
        failure.text,
        failure.type,
    )


def _told(error: ErrorRecord) -> dict[str, object]:
    return {
        "id": error.id, "category": error.category, "activity": error.activity, "target": error.target,
        "reason": error.reason, "hresult": error.hresult, "message": error.message,
    }  # fmt: skip


def _limit(what: str) -> ErrorRecord:
    try:
        raise errors.lab_limit(what)
    except Terminating as end:
        return end.error
