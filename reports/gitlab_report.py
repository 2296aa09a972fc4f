"""The report as GitLab's Code Quality: an entry for all that counts against the gate, and for nothing else.

A merge request shows the entries that the branch adds and takes away, told apart by their fingerprints alone; equal
ones overwrite each other, and what stands behind a wrong one is not read. GitLab knows no status: what is there is bad.
So what could not be judged is an entry as well as what failed, and a run that lacks a verdict has one more, the worst.
What must be known beside the verdict (waivers, a baseline, what was left out, certificates that nobody verified) is one
entry of the least severity, where there is any; a run that is ready, without such, is an empty list.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.programs import (
    COUNTING,
    ELSEWHERE,
    RUN,
    RUN_TITLE,
    TOOL,
    Object,
    fingerprint,
    identity,
    listed,
    missing,
    place,
    reach,
    standing,
    told,
    told_of,
)  # fmt: skip
from reports.text import LONG, one_line
from scanner.api import Report, Severity, counted

SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.HIGH: "major",
    Severity.MEDIUM: "minor",
    Severity.LOW: "minor",
    Severity.INFO: "minor",
}
"""``info`` is no severity of what counts: it is what must be known beside it."""
MADE_OF = dict.fromkeys(COUNTING, "an entry of its severity")
"""What is not here is no entry."""
RUN_SEVERITY = "critical"
ENTRIES = 10_000
"""A merge request shows far fewer."""


def render(report: Report) -> str:
    """The report as a list of degradations."""
    return listed(_entries(report))


def _entries(report: Report) -> Iterator[Object]:
    file, checks = place(report), {check.id: check for check in report.checks}
    found = [finding for finding in report.findings if standing(finding, report) in MADE_OF]
    more = len(found) - ENTRIES
    cut = f"{counted(more, 'more finding')} that {'counts' if more == 1 else 'count'}: {ELSEWHERE}" if more > 0 else ""
    if why := "; ".join(filter(None, (missing(report), cut))):
        yield _entry(file, RUN, f"{RUN} {RUN_TITLE}: it was not: {why}", RUN_SEVERITY, (RUN, file))
    for finding in found[:ENTRIES]:
        said = told_of(finding, report, checks.get(finding.check)).message
        text = one_line(f"{finding.check} {finding.title}: {finding.subject.title}: {said}", LONG)
        yield _entry(file, finding.check, text, SEVERITIES[finding.severity], identity(finding))
    if lines := told(report):
        text = one_line("; ".join((f"{TOOL}: {report.ending}", *lines, *reach(report))), LONG)
        yield _entry(file, RUN, text, "info", (RUN, file, "told"))


def _entry(file: str, check: str, text: str, severity: str, known_by: tuple[str, ...]) -> Object:
    return {
        "type": "issue",
        "check_name": one_line(check),
        "description": text,
        "categories": ["Compatibility"],
        "severity": severity,
        "fingerprint": fingerprint(*known_by),
        "location": {"path": file, "lines": {"begin": 1}},
    }
