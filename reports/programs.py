"""What the formats that other programs read have in common: how a finding stands with the gate, who it is, where it
lies, and what is to be known of the run itself.

Such a program knows fewer words than we do, and many of them show what they do not know as nothing at all. So each
format says in one table what it makes of each standing, and a run that lacks a verdict has an entry of its own, which
fails: whoever reads no more than that sees that it is not green.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from reports.ahead import holds, looks_ahead
from reports.beside import beside
from reports.junit_cases import Case, case_of, gone_case
from reports.lost import whom
from reports.names import Names
from reports.reach import limits
from reports.since import moment
from reports.summary import OPEN, unready
from reports.text import clean, one_line
from scanner.api import NOBODY, Change, Check, Finding, Report, Status, counted, inert_json

TOOL = "hv-preflight"
RUN, RUN_TITLE = "SCAN-000", "The run was whole and every verdict could be given"
FILE = "estate.toml"
"""Where findings lie if nobody told: what init writes."""
NAME = 240
"""Characters of what a finding is called."""
CAUSES = 3
ELSEWHERE = "the JSON report has them"
Object = dict[str, Any]


class Standing(StrEnum):
    """What a finding is to the gate."""

    STOPS = "`FAIL` that counts"
    UNKNOWN = "`UNKNOWN`"
    ERROR = "`ERROR`"
    KNOWN = "`FAIL` that the baseline knows"
    LESSER = "`FAIL` below the threshold"
    WARNS = "`WARN`"
    WAIVED = "waived"
    ACCEPTED = "waived though `UNKNOWN` or `ERROR`"
    PASSES = "`PASS`"
    SILENT = "`NOT_APPLICABLE`"


COUNTING = frozenset({Standing.STOPS, Standing.UNKNOWN, Standing.ERROR})
"""Those that the exit code is made of."""
_PLAIN = {
    Status.PASS: Standing.PASSES,
    Status.WARN: Standing.WARNS,
    Status.NOT_APPLICABLE: Standing.SILENT,
    Status.UNKNOWN: Standing.UNKNOWN,
    Status.ERROR: Standing.ERROR,
}


def standing(finding: Finding, report: Report) -> Standing:
    """What it is to the gate, as the report decides it."""
    if finding.waiver:
        return Standing.ACCEPTED if finding.status in OPEN else Standing.WAIVED
    if finding.status is not Status.FAIL:
        return _PLAIN[finding.status]
    if not report.blocks(finding):
        return Standing.LESSER
    return Standing.STOPS if report.stops(finding) else Standing.KNOWN


def called(check: str, title: str, profile: str = "") -> str:
    """What a finding is called, whatever came of it."""
    return one_line(f"{check} {title}" + (f" ({profile})" if profile else ""), NAME)


def told_of(finding: Finding, report: Report, check: Check | None) -> Case:
    """What JUnit says of a finding: its message and its body each stand alone."""
    return case_of(f"{finding.check} {finding.title}", finding, report, check)


def told_of_gone(change: Change, taken: datetime) -> Case:
    """The same of one that only the baseline has."""
    return gone_case(f"{change.check} {change.title}", change, moment(taken))


def fingerprint(*identity: str) -> str:
    """What stands for an identity: the same in every run, whatever was seen, and of no two identities alike."""
    return hashlib.sha256("\0".join(identity).encode("utf-8", "surrogatepass")).hexdigest()


def identity(finding: Finding) -> tuple[str, ...]:
    """By what a finding is known from run to run; no value is in it."""
    return finding.check, finding.subject.kind.name, finding.subject.id, finding.profile


def place(report: Report) -> str:
    """The file that findings lie in, from where its repository begins: one that such a program can link to."""
    path = PurePosixPath(report.estate_file)
    strange = path.is_absolute() or ".." in path.parts or ":" in report.estate_file or "\\" in report.estate_file
    return FILE if strange or not path.name or not report.estate_file.isprintable() else str(path)


def missing(report: Report) -> str:
    """Why not every verdict could be given, in a line; empty where all were."""
    lacking = sum(report.lacks(finding) and report.stops(finding) for finding in report.findings)
    said = [
        "the run was ended early" if report.verdict == "interrupted" else "",
        NOBODY if report.nobody_read else "",
        f"{counted(lacking, 'verdict')} could not be given" if lacking else "",
    ]
    if not any(said) and report.exit_code == INCOMPLETE:
        said = [unready(report).rstrip(".")]
    names = Names(report) if any(said) and report.lost else None
    causes = [f"{whom(lost, names)}: {one_line(lost.cause)}" for lost in report.lost[:CAUSES]] if names else []
    return one_line("; ".join(filter(None, (*said, *causes))), 1_000)


INCOMPLETE = 3
"""exit code of a run that lacks a verdict"""


def told(report: Report) -> tuple[str, ...]:
    """What must be known beside the verdict, lest it be read as more than it is: each a line without its full stop."""
    return tuple(filter(None, (looks_ahead(report), *beside(report, Names(report)))))


def reach(report: Report) -> tuple[str, ...]:
    """Until when the verdict holds, and how far it reaches: each a line without its full stop."""
    return (*holds(report, Names(report), aloud=False), *limits(report))


def general(check: Check) -> str:
    """Why a check matters, what passes, and what to do in general."""
    return clean(f"{check.doc}\n\n{check.remedy}".strip()) or one_line(check.title)


def version(report: Report) -> str:
    """Which of ours wrote it."""
    return one_line(report.version) or "unknown"


def milliseconds(seconds: float) -> int:
    """Of an instant or a span, in whole ones."""
    return round(seconds * 1_000)


def written(document: object) -> str:
    """A document as JSON in which no runner of a job finds a command."""
    return inert_json(json.dumps(document, ensure_ascii=True, allow_nan=False, indent=1)) + "\n"


def listed(entries: Iterable[Object]) -> str:
    """A list as JSON, an entry a line."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=True, allow_nan=False) for entry in entries)
    return f"[\n{inert_json(lines)}\n]\n" if lines else "[]\n"
