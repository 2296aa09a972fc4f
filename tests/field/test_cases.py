"""Cases from the field: a situation, the edits to the good record that tell it, and what must be said.

A case is a file below ``cases`` with SITUATION (what is so, and what a person would see), SOURCE (where it is from),
``make() -> Record`` and what is wanted: EXPECT, a list of (check, part of the subject's id, statuses), where statuses
is "PASS", "FAIL|UNKNOWN" or "not PASS"; VERDICT, the run's; SAYS, patterns that a gap or a finding must hold; ROUTES,
where each has a verdict of its own, that of each by its ends.
"""

from __future__ import annotations

import re
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from scanner.api import Finding

CASES = sorted((Path(__file__).parent / "cases").glob("*.py"))


def holds(finding: Finding, wanted: str) -> bool:
    status = finding.status.value
    return status not in wanted[4:].split("|") if wanted.startswith("not ") else status in wanted.split("|")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path):
    case: dict[str, Any] = run_path(str(path))
    report = case["make"]().judged()
    for check, subject, wanted in case["EXPECT"]:
        found = [f for f in report.findings if f.check == check and subject in f.subject.id]
        assert found, f"{check} {subject}: no finding"
        assert [f for f in found if not holds(f, wanted)] == [], case["SITUATION"]
    assert report.verdict in case["VERDICT"].split("|"), [f for f in report.findings if f.status in ("FAIL", "UNKNOWN")]
    if routes := case.get("ROUTES"):
        assert {(route.source, route.destination): route.verdict for route in report.routes} == routes
    said = "\n".join([*map(str, report.gaps), *(f"{f.seen} {f.note} {f.remedy}" for f in report.findings)])
    for pattern in case.get("SAYS", ()):
        assert re.search(pattern, said), pattern


def test_there_are_cases():
    assert len(CASES) >= 10
    assert all(word in path.read_text() for path in CASES for word in ("SITUATION = ", "SOURCE = ", "VERDICT = "))
