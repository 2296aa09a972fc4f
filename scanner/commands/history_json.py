"""The history for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from scanner.commands.history_lines import Row, Told
from scanner.judge.past import MENDED, NEW
from scanner.words.inert import inert_json

SCHEMA = 1
"""Version of the form. It rises when something a reader relies on goes or changes its meaning."""


def of_runs(estate: str, rows: Iterable[Row]) -> str:
    """The runs of an estate, the newest first."""
    return _written({"schema": SCHEMA, "estate": estate, "runs": [_run(row) for row in rows]})


def of_lives(estate: str, told: Iterable[Told]) -> str:
    """What became of findings or routes."""
    return _written({"schema": SCHEMA, "estate": estate, "lives": [_life(one) for one in told]})


def of_estates(names: Iterable[str]) -> str:
    """The estates of a history."""
    return _written({"schema": SCHEMA, "estates": list(names)})


def _run(row: Row) -> dict[str, Any]:
    step, run = row.step, row.run
    times = {"started": _instant(run.started), "finished": _instant(run.finished)}
    words = ("number", "verdict", "exit_code", "counts", "digest", "version", "runner", "chosen", "interrupted")
    return (
        {name: getattr(run, name) for name in words}
        | times
        | {
            "until": _instant(run.until) if run.until else None,
            "has_record": run.has_record,
            "before": step.before.number if step and step.before else None,
            "new": step.number(NEW) if step and step.before else None,
            "mended": step.number(MENDED) if step and step.before else None,
        }
    )


def _life(one: Told) -> dict[str, Any]:
    life, now = one.life, one.now
    told: dict[str, Any] = {
        "what": life.what,
        "first_seen": _instant(life.first_seen),
        "last_seen": _instant(life.last_seen),
        "turned": life.turned,
        "spells": [
            asdict(spell) | {"first": _instant(spell.first), "last": _instant(spell.last)} for spell in life.spells
        ],
    }
    if one.route:
        told |= asdict(one.route)
    if now:
        told |= asdict(now) | {"status": now.status.value, "severity": now.severity.word}
        told["waivers"] = [{"waived": words, "since": _instant(since)} for words, since in one.waived]
    return told


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _written(document: dict[str, Any]) -> str:
    return inert_json(json.dumps(document, ensure_ascii=True, indent=1)) + "\n"
