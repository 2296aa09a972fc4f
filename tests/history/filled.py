"""Histories that audits could have left: runs stored as they store them, from a table of what each found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scanner.history.place import Place
from scanner.history.spans import RUNS, Span
from scanner.history.store import keep
from scanner.judge import scopes
from scanner.record.record import dump
from scanner.words.model import Status
from scanner.words.report import Finding
from scanner.words.scope import Subject
from scanner.words.waivers import Waiver
from tests.conftest import NOW, ended, estate, evidence
from tests.history.pasts import FIRST
from tests.reports.conftest import build, finding

FAIL, PASS, UNKNOWN = Status.FAIL, Status.PASS, Status.UNKNOWN
HV01, HV02, HV07 = "hv01.corp.example", "hv02.corp.example", "hv07.corp.example"


def of_host(check: str, host: str, status: Status, seen: str = "192.168.10.5/24 in clear text") -> Finding:
    return finding(check, Subject(scopes.HOST, (host,)), status, seen)


def fill(
    where: Path | Place,
    nights: Sequence[Iterable[Finding]],
    *,
    name: str = "corp/estate",
    routes: Sequence[tuple[Any, ...]] = ((HV01, HV02),),
    record: bytes | None = None,
    runs: Span = RUNS,
    **words: Any,
) -> list[int]:
    """A run for each night; the record of each is that of an estate of which nothing was read."""
    place, numbers = where if isinstance(where, Place) else Place(file=where), []
    record = record or dump(ended(evidence({}, estate(), now=NOW)))
    for night, findings in enumerate(nights):
        finished = FIRST + timedelta(days=night)
        report = replace(
            build(findings, routes=routes), started=finished - timedelta(seconds=9), finished=finished, **words
        )
        numbers.append(keep(place, name, report, record, runs=runs, records=RUNS))
    return numbers


WAIVER = Waiver("NET-01", HV02, "cable is ordered", "network team", date(2026, 12, 20))
WAIVED = replace(of_host("NET-01", HV02, FAIL), waiver=WAIVER)
NIGHTS = (
    [of_host("NET-01", HV01, FAIL), of_host("NET-01", HV02, FAIL), of_host("ID-01", HV07, PASS)],
    [of_host("NET-01", HV01, PASS), of_host("NET-01", HV02, FAIL), of_host("ID-01", HV07, UNKNOWN)],
    [of_host("NET-01", HV01, PASS), WAIVED, of_host("ID-01", HV07, PASS)],
    [of_host("NET-01", HV01, FAIL), WAIVED],
)
