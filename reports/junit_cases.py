"""What each finding is on a CI dashboard: a passed, failed, broken or skipped case, with text that stands alone.

Dashboards know no warning, and read either the message or the body: both say everything. A case is red if and only if
it counts against the run; so a warning, or a failure below the threshold, is a skipped case that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reports.beside import missing_for
from reports.since import known, moment
from reports.summary import GIVEN, OPEN, unready, why
from reports.text import clean, command, one_line
from reports.waived import accepted, expired
from scanner.api import Change, Check, Finding, Report, Status, counted

NAME_LENGTH = 240
INCOMPLETE = 3
"""exit code of a run that lacks a verdict"""
MESSAGE_OCTETS, BODY_OCTETS = 1_000, 60_000
SOURCES_SHOWN = 20

REACHED = "SCAN-000 Target was reached and every question was answered"
WHOLE = "SCAN-000 Run was not ended early and something was judged"


@dataclass(frozen=True, slots=True)
class Case:
    """One test case. ``outcome`` is the name of its element; empty for a passed one."""

    name: str
    outcome: Literal["", "failure", "error", "skipped"] = ""
    type: str = ""
    message: str = ""
    body: str = ""
    seconds: float = 0.0


def case_of(finding: Finding, report: Report, check: Check | None) -> Case:
    """The case of one finding."""
    kind = f" ({finding.profile})" if finding.profile else ""
    name = one_line(f"{finding.check} {finding.title}{kind}", NAME_LENGTH)
    body = _body(finding, check)
    note, seen = one_line(finding.note), _difference(finding)
    if finding.waiver:
        what = f"could not be judged: {note}" if finding.status in OPEN else seen
        said = f"{accepted(finding).upper()} {one_line(str(finding.waiver))}; {finding.status}: {what}"
        return _skipped(name, said, body)
    if finding.passes and (report.blocks(finding) or report.lacks(finding)):
        what = f"could not be judged: {note}" if finding.status in OPEN else seen
        return _skipped(name, f"KNOWN since {known(finding)}: {finding.status}: {what}", body)
    if ended := expired(report, finding):
        body = f"Waiver: {ended}\n{body}"
    match finding.status:
        case Status.PASS:
            return Case(name)
        case Status.FAIL if report.blocks(finding):
            return _case(name, "failure", finding.severity.word, seen, body)
        case Status.FAIL:
            return _skipped(name, f"WARN: fails below the threshold ({report.threshold.word}): {seen}", body)
        case Status.WARN:
            return _skipped(name, f"WARN: {seen}", body)
        case Status.NOT_APPLICABLE:
            return _skipped(name, f"NOT APPLICABLE: {note}", "")
        case Status.UNKNOWN | Status.ERROR:
            return _case(name, "error", finding.status.value, f"could not be judged: {note}", body)


def gone_case(change: Change, taken: str) -> Case:
    """The case of a finding that the baseline has and this run has not: it stays listed."""
    kind = f" ({change.profile})" if change.profile else ""
    last = f"; judged last on {moment(change.last)}" if change.last else ""
    said = f"NOT JUDGED: the baseline of {taken} has it ({change.before}), and this run no such subject{last}"
    return _skipped(one_line(f"{change.check} {change.title}{kind}", NAME_LENGTH), said, "")


def judged(report: Report) -> frozenset[str]:
    """The targets that some verdict is about, or rests on."""
    found: set[str] = set()
    for finding in report.findings:
        if finding.status in GIVEN:
            found.update(finding.subject.names, (source.target for source in finding.evidence))
    return frozenset(found)


def target_case(name: str, seconds: float, report: Report, *, judged: bool) -> Case:
    """Whether one target was read; red only if a verdict is missing for want of it, green only if one was given."""
    gaps = [gap for gap in report.gaps if gap.target == name]
    if not gaps and not judged:
        return _skipped(REACHED, "NOT APPLICABLE: no verdict is about it or rests on it", "", seconds)
    if not gaps:
        return Case(REACHED, seconds=seconds)
    what = f"{counted(len(gaps), 'fact')} could not be read: {one_line(str(gaps[0]))}"
    body = "\n".join(one_line(str(gap)) for gap in gaps)
    opened = [finding for finding in report.findings if report.lacks(finding) and report.stops(finding)]
    if missing_for(report, name, opened) or any(name in finding.subject.names for finding in opened):
        return _case(REACHED, "error", "UNKNOWN", what, body, seconds)
    needed = "no verdict is missing for this alone" if opened else "no verdict needed it"
    return _skipped(REACHED, f"WARN: {what}; {needed}", body, seconds)


def run_case(report: Report) -> Case:
    """Whether the run as a whole can be relied on; so that no report is empty, and nothing judged is never green."""
    if report.verdict == "interrupted":
        return _case(WHOLE, "error", "UNKNOWN", "the run was ended early", "What had been read by then was judged.")
    if report.exit_code == INCOMPLETE and not any(map(report.stops, report.findings)):
        return _case(WHOLE, "error", "UNKNOWN", unready(report), "No verdict is missing, and yet nothing is ready.")
    return Case(WHOLE, seconds=max(0.0, (report.finished - report.started).total_seconds()))


def _case(
    name: str, outcome: Literal["failure", "error"], kind: str, message: str, body: str, seconds: float = 0.0
) -> Case:
    return Case(name, outcome, kind, _cut(message, MESSAGE_OCTETS), _cut(body, BODY_OCTETS), seconds)


def _skipped(name: str, message: str, body: str, seconds: float = 0.0) -> Case:
    # some readers show the message of a skipped case, others its text: both begin alike
    whole = f"{message}\n{body}" if body else message
    return Case(name, "skipped", "", _cut(message, MESSAGE_OCTETS), _cut(whole, BODY_OCTETS), seconds)


def _difference(finding: Finding) -> str:
    parts = [("seen", finding.seen), ("wanted", finding.wanted)]
    said = "; ".join(f"{word} {one_line(text)}" for word, text in parts if text)
    return said or one_line(finding.note) or one_line(finding.title)


def _body(finding: Finding, check: Check | None) -> str:
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
    return "\n".join([*(f"{key}: {clean(text)}" for key, text in lines if text), *do, *_evidence(finding)])


def _evidence(finding: Finding) -> Iterator[str]:
    for source in finding.evidence[:SOURCES_SHOWN]:
        when = one_line(source.at) or "not answered"
        yield f"Evidence: {one_line(source.fact)} of {one_line(source.target)}, {when}: {one_line(source.query)}"
    if len(finding.evidence) > SOURCES_SHOWN:
        yield f"Evidence: {len(finding.evidence) - SOURCES_SHOWN} more in the JSON report"


def _cut(text: str, octets: int) -> str:
    raw = text.encode()
    return text if len(raw) <= octets else raw[: octets - 3].decode("utf-8", "ignore") + "…"
