"""What each finding is on a CI dashboard: a passed, failed, broken or skipped case, with text that stands alone.

Dashboards know no warning, and read either the message or the body: both say everything. A case is red if and only if
it counts against the run; so a warning, or a failure below the threshold, is a skipped case that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from reports.since import known, moment
from reports.summary import OPEN, unready, why
from reports.text import clean, command, one_line
from reports.waived import accepted, expired
from scanner.api import Change, Check, Finding, Report, Status

INCOMPLETE = 3
"""exit code of a run that lacks a verdict"""
MESSAGE_OCTETS, BODY_OCTETS = 1_000, 60_000
SOURCES_SHOWN = 20

WHOLE = "SCAN-000 Run was not ended early and something was judged"


class Length(IntEnum):
    """What goes first where a file would be too large: never a case, never a message."""

    WHOLE = 0
    NO_ASIDES = 1
    """cases that are neither red nor green say their message alone"""
    NO_UNKNOWNS = 2
    """open verdicts say their message, and where to look"""
    NO_REASONS = 3
    """failures say what they are about, what was seen and wanted, and what to do"""


@dataclass(frozen=True, slots=True)
class Case:
    """One test case. ``outcome`` is the name of its element; empty for a passed one."""

    name: str
    outcome: Literal["", "failure", "error", "skipped"] = ""
    type: str = ""
    message: str = ""
    body: str = ""
    seconds: float = 0.0


def case_of(
    name: str,
    finding: Finding,
    report: Report,
    check: Check | None,
    told: Sequence[str] = (),
    length: Length = Length.WHOLE,
) -> Case:
    """The case of one finding; ``told`` are targets whose own cases tell all that an open verdict lacks."""
    body = _reference(finding, told, length) if told else _body(finding, check, length)
    note, seen = one_line(finding.note), _difference(finding)
    if finding.waiver:
        what = f"could not be judged: {note}" if finding.status in OPEN else seen
        said = f"{accepted(finding).upper()} {one_line(str(finding.waiver))}; {finding.status}: {what}"
        return skipped(name, said, body)
    if finding.passes and (report.blocks(finding) or report.lacks(finding)):
        what = f"could not be judged: {note}" if finding.status in OPEN else seen
        return skipped(name, f"KNOWN since {known(finding)}: {finding.status}: {what}", body)
    if ended := expired(report, finding):
        body = f"Waiver: {ended}\n{body}"
    match finding.status:
        case Status.PASS:
            return Case(name)
        case Status.FAIL if report.blocks(finding):
            return _red(name, "failure", finding.severity.word, seen, body)
        case Status.FAIL:
            return skipped(name, f"WARN: fails below the threshold ({report.threshold.word}): {seen}", body)
        case Status.WARN:
            return skipped(name, f"WARN: {seen}", body)
        case Status.NOT_APPLICABLE:
            return skipped(name, f"NOT APPLICABLE: {note}", "")
        case Status.UNKNOWN | Status.ERROR:
            return error(name, finding.status.value, f"could not be judged: {note}", body)


def gone_case(name: str, change: Change, taken: str) -> Case:
    """The case of a finding that the baseline has and this run has not: it stays listed."""
    last = f"; judged last on {moment(change.last)}" if change.last else ""
    said = f"NOT JUDGED: the baseline of {taken} has it ({change.before}), and this run no such subject{last}"
    return skipped(name, said, "")


def run_case(report: Report) -> Case:
    """Whether the run as a whole can be relied on; so that no report is empty, and nothing judged is never green."""
    if report.verdict == "interrupted":
        return error(WHOLE, "UNKNOWN", "the run was ended early", "What had been read by then was judged.")
    if report.exit_code == INCOMPLETE and not any(map(report.stops, report.findings)):
        return error(WHOLE, "UNKNOWN", unready(report), "No verdict is missing, and yet nothing is ready.")
    return Case(WHOLE, seconds=max(0.0, (report.finished - report.started).total_seconds()))


def error(name: str, kind: str, message: str, body: str, seconds: float = 0.0) -> Case:
    """The case of what could not be judged."""
    return _red(name, "error", kind, message, body, seconds)


def _red(
    name: str, outcome: Literal["failure", "error"], kind: str, message: str, body: str, seconds: float = 0.0
) -> Case:
    return Case(name, outcome, kind, cut(message, MESSAGE_OCTETS), cut(body, BODY_OCTETS), seconds)


def skipped(name: str, message: str, body: str, seconds: float = 0.0) -> Case:
    """The case of what is neither red nor green; some readers show its message, others its text: both begin alike."""
    whole = f"{message}\n{body}" if body else message
    return Case(name, "skipped", "", cut(message, MESSAGE_OCTETS), cut(whole, BODY_OCTETS), seconds)


def _difference(finding: Finding) -> str:
    parts = [("seen", finding.seen), ("wanted", finding.wanted)]
    said = "; ".join(f"{word} {one_line(text)}" for word, text in parts if text)
    return said or one_line(finding.note) or one_line(finding.title)


def _reference(finding: Finding, told: Sequence[str], length: Length) -> str:
    """What an open verdict says of its own where other cases tell what it lacks."""
    whom = [*map(one_line, told[:SOURCES_SHOWN]), *(["others"] if told[SOURCES_SHOWN:] else [])]
    see = f"See: SCAN-000 of {', '.join(whom)}"
    do = f"\nDo: {command(finding.remedy)}" if finding.remedy else ""
    if length >= Length.NO_UNKNOWNS:
        return f"{see}{do}"
    return f"Subject: {clean(finding.subject.title)}\nNote: {clean(finding.note)}\n{see}{do}"


def _body(finding: Finding, check: Check | None, length: Length) -> str:
    short = length >= Length.NO_REASONS
    check = None if short else check
    lines = [
        ("Check", finding.check),
        ("Title", finding.title),
        ("Subject", finding.subject.title),
        ("Identity", f"{finding.subject.kind} {finding.subject.id}"),
        ("Profile", ", ".join(sorted(finding.profiles))),
        ("Status", finding.status.value),
        ("Severity", finding.severity.word),
        ("Seen", finding.seen),
        ("Wanted", finding.wanted),
        ("Note", finding.note),
        ("The move works because", finding.works),
        ("Who mends it", finding.who),
        ("Follows from", ", ".join(f"{check} of {subject}" for check, subject in finding.follows_from)),
        ("Why", why(check)),
        ("In general", check.remedy if check else ""),
        ("Passage", check.seed if check else ""),
    ]
    do = [f"Do: {command(finding.remedy)}"] if finding.remedy else []
    return "\n".join(
        [*(f"{key}: {clean(text)}" for key, text in lines if text), *do, *(() if short else _evidence(finding))]
    )


def _evidence(finding: Finding) -> Iterator[str]:
    for source in finding.evidence[:SOURCES_SHOWN]:
        when = one_line(source.at) or "not answered"
        yield f"Evidence: {one_line(source.fact)} of {one_line(source.target)}, {when}: {one_line(source.query)}"
    if len(finding.evidence) > SOURCES_SHOWN:
        yield f"Evidence: {len(finding.evidence) - SOURCES_SHOWN} more in the JSON report"


def cut(text: str, octets: int) -> str:
    """No more octets than that."""
    raw = text.encode()
    return text if len(raw) <= octets else raw[: octets - 3].decode("utf-8", "ignore") + "…"
