"""The report as CTRF: a test for each finding, failed if and only if it counts against the gate.

CTRF has ``other`` for what is neither passed, failed nor skipped: warnings, what a baseline knows and what is waived.
What could not be judged counts, and so it is failed; ``rawStatus`` has our word for all of them. The run has a test of
its own, which fails where a verdict is missing and is ``other`` where the verdict is one as far as chosen or on a day
to come, or rests on answers of machines whose certificates nobody verified.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator

from reports.json_findings import instant
from reports.programs import (
    RUN,
    RUN_TITLE,
    TOOL,
    Object,
    Standing,
    called,
    fingerprint,
    identity,
    milliseconds,
    missing,
    place,
    reach,
    standing,
    told,
    told_of,
    told_of_gone,
    version,
    written,
)  # fmt: skip
from reports.text import one_line, subject_slug
from scanner.api import Finding, Report

SPEC = "0.0.0"
STATUSES = ("passed", "failed", "skipped", "pending", "other")
MADE_OF = {
    Standing.STOPS: "failed",
    Standing.UNKNOWN: "failed",
    Standing.ERROR: "failed",
    Standing.KNOWN: "other",
    Standing.LESSER: "other",
    Standing.WARNS: "other",
    Standing.WAIVED: "other",
    Standing.ACCEPTED: "other",
    Standing.PASSES: "passed",
    Standing.SILENT: "skipped",
}
"""The status of a test; none is pending: that would still run."""


def render(report: Report) -> str:
    """The report as CTRF."""
    tests = list(_tests(report))
    counts = Counter(test["status"] for test in tests)
    start, stop = (milliseconds(when.timestamp()) for when in (report.started, report.finished))
    summary = {
        "tests": len(tests), **{status: counts[status] for status in STATUSES},
        "suites": len({tuple(test["suite"]) for test in tests}), "start": start, "stop": stop, "duration": stop - start,
    }  # fmt: skip
    more = {
        "verdict": report.verdict, "gate": report.gate, "exit_code": report.exit_code, "counts": dict(report.counts),
        "told": list(told(report)), "reach": list(map(one_line, reach(report))),
    }  # fmt: skip
    return written(
        {
            "reportFormat": "CTRF",
            "specVersion": SPEC,
            "reportId": _uuid(RUN, place(report), report.runner, report.started.isoformat()),
            "timestamp": instant(report.finished),
            "generatedBy": f"{TOOL} {version(report)}",
            "results": {
                "tool": {"name": TOOL, "version": version(report)},
                "summary": summary,
                "tests": tests,
                "environment": {"reportName": one_line(f"{TOOL}: {report.ending}"), "extra": more},
            },
        }
    )


def _tests(report: Report) -> Iterator[Object]:
    checks = {check.id: check for check in report.checks}
    yield _of_run(report)
    for finding in report.findings:
        how, case = standing(finding, report), told_of(finding, report, checks.get(finding.check))
        test = _test(finding, MADE_OF[how], report)
        if case.message:
            test |= {"message": case.message, "trace": case.body}
        yield test | {"rawStatus": finding.status.value, "tags": [finding.severity.word, *sorted(finding.profiles)]}
    for change in report.baseline.gone if report.baseline else ():
        case = told_of_gone(change, report.baseline.taken if report.baseline else report.finished)
        known_by = change.check, change.subject.kind.name, change.subject.id, change.profile
        yield {
            "id": _uuid(*known_by), "name": called(change.check, change.title, change.profile), "status": "skipped",
            "duration": 0,
            "suite": _suite(report, subject_slug(change.subject)), "message": case.message, "rawStatus": "NOT JUDGED",
        }  # fmt: skip


def _of_run(report: Report) -> Object:
    why = missing(report)
    status = "failed" if why else "other" if report.unverified or report.chosen or report.at else "passed"
    lines = tuple(filter(None, (report.ending, why, *told(report))))
    return {
        "id": _uuid(RUN, place(report)), "name": f"{RUN} {RUN_TITLE}", "status": status,
        "duration": max(0, milliseconds((report.finished - report.started).total_seconds())),
        "suite": _suite(report, "run"), "filePath": place(report), "rawStatus": report.verdict,
        "message": one_line("; ".join(lines), 4_000), "stdout": [one_line(line) for line in (*lines, *reach(report))],
    }  # fmt: skip


def _test(finding: Finding, status: str, report: Report) -> Object:
    return {
        "id": _uuid(*identity(finding)), "name": called(finding.check, finding.title, finding.profile),
        "status": status, "duration": 0,
        "suite": _suite(report, subject_slug(finding.subject)), "filePath": place(report),
        "extra": {"subject": one_line(finding.subject.title), "who": one_line(finding.who)},
    }  # fmt: skip


def _suite(report: Report, slug: str) -> list[str]:
    return ["+".join(map(str, report.profiles)) or TOOL, slug]


def _uuid(*known_by: str) -> str:
    """The same for the same in every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, fingerprint(*known_by)))
