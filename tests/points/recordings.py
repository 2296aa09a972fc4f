"""Recordings of practice machines: every query that such a machine is asked, and classes as the contract has them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lab import contract
from lab.windows.trial import Trial
from scanner.collect.windows.decoder import as_list
from scanner.facts.base import WindowsFact
from scanner.facts.local_group import Administrator
from scanner.judge.points.reading import facts
from scanner.plugins import load
from scanner.words.model import TargetKind
from scanner.words.query import Query
from scanner.words.recording import Asked, Failure, Recording, Schema, Value

EXAMPLE = (Path(__file__).parents[2] / "lab" / "windows" / "machine" / "examples" / "hv01-2019.toml").read_text("utf-8")
ESTATES = Path(__file__).parents[2] / "lab" / "estates"
OFFERED = tuple(fact for fact in load(third_party=False).facts if issubclass(fact, WindowsFact))
"""Those that a check needs, and so those that a machine is asked for."""
GERMAN, ENGLISH = 1031, 1033


def recorded(text: str = EXAMPLE, kind: TargetKind = TargetKind.HOST, user: str = "CORP\\svc") -> Recording:
    """A recording of the machine in a TOML text."""
    trial = Trial.of(text, user=user)
    asked = [_asked(trial, fact, fact.query) for fact in OFFERED if kind in fact.kinds and not fact.second_round]
    groups = next(one.rows for one in asked if one.fact == "LocalGroup")
    for group in (f"{row['Domain']}\\{row['Name']}" for row in groups if str(row["SID"]).endswith("-544")):
        asked += [_asked(trial, Administrator, query) for query in Administrator.queries([group])]
    return Recording(
        version="0", kind=kind, at=datetime(2026, 11, 30, tzinfo=UTC), transport="kerberos over https",
        computer={"build": trial.machine.build, "powershell": trial.machine.ps_version, "language": ENGLISH},
        asked=tuple(asked), schemas=schemas(trial.machine.release, kind),
    )  # fmt: skip


def estate_machine(estate: str, name: str) -> str:
    """The TOML text of a machine of the lab."""
    return (ESTATES / estate / "machines" / f"{name}.toml").read_text("utf-8")


def _asked(trial: Trial, fact: type[WindowsFact], query: Query) -> Asked:
    answer = trial.plan(query.plan())[query.name]
    rows: list[Any] = answer["rows"]
    if query.shallow:  # they come as one text
        rows = [row for text in rows for row in as_list(json.loads(text))]
    return Asked(
        fact=fact.__name__, query=query.text, rows=tuple(rows), seconds=0.01,
        failures=tuple(failure(str(error["id"])) for error in answer["errors"]),
    )  # fmt: skip


def failure(error_id: str) -> Failure:
    return Failure(error_id=error_id, category="", type="", text="")


def schemas(release: str, kind: TargetKind) -> tuple[Schema, ...]:
    """The classes that such a machine is asked for, as its release has them by the contract."""
    names = {fact.yields for fact in facts() if kind in fact.kinds and fact.yields.startswith("CIM:")}
    made: list[Schema] = []
    for name in sorted(names):
        namespace, _, of = name.removeprefix("CIM:").partition(":")
        kinds = {prop: _cim(told) for prop, told in contract.properties(name, release).items()}
        gone = "" if kinds else "HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimClassCommand"
        made.append(Schema(namespace=namespace, name=of, properties=kinds, missing=gone))
    return tuple(made)


def _cim(told: str) -> str:
    many = "[]" if told.endswith("[]") else ""
    plain = re.sub(r"^enum:.*", "UInt32", told.removesuffix("[]"))
    return {"Byte": "UInt8", "Int16": "SInt16", "Int32": "SInt32", "Int64": "SInt64"}.get(plain, plain) + many


def rows_of(recording: Recording, fact: type[WindowsFact]) -> list[dict[str, Value]]:
    """Copies of the rows of a fact."""
    return [dict(row) for one in recording.asked if one.fact == fact.__name__ for row in one.rows]


def answered(recording: Recording, fact: type[WindowsFact], *rows: dict[str, Any], **more: Any) -> Recording:
    """The same recording, in which a fact was answered by these rows."""
    others = tuple(one for one in recording.asked if one.fact != fact.__name__)
    return replace(recording, asked=(*others, Asked(fact=fact.__name__, query="", rows=rows, **more)))


def changed(recording: Recording, fact: type[WindowsFact], at: int = 0, **values: Any) -> Recording:
    """The same recording with other values in one row of a fact."""
    rows = rows_of(recording, fact)
    rows[at] |= values
    return answered(recording, fact, *rows)


def without(recording: Recording, *unasked: type[WindowsFact]) -> Recording:
    """The same recording, in which these were not asked."""
    names = {fact.__name__ for fact in unasked}
    return replace(recording, asked=tuple(one for one in recording.asked if one.fact not in names))


def only(recording: Recording, names: Iterable[str]) -> Recording:
    """The same recording with these facts alone."""
    kept = set(names)
    return replace(recording, asked=tuple(one for one in recording.asked if one.fact in kept))
