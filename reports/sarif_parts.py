"""What stands in SARIF beside the results: the rules, which are the checks, and how the run went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reports.json_findings import instant
from reports.markdown_text import prose
from reports.programs import ELSEWHERE, RUN, RUN_TITLE, Object, general, missing, reach, told
from reports.summary import why
from reports.text import one_line
from scanner.api import Check, Finding, Report, Status, counted

SHORT = 1_000
"""Characters of a description; GitHub takes 1,024."""
TAGS = 10
"""of a rule that GitHub shows"""
NOTIFICATIONS = 1_000
WHOLE = "What could not be judged counts against the run: nobody may say that a move can start. Read the estate again."


def rules(report: Report) -> list[Object]:
    """Every check that took part, and the run itself; of a check of which nothing is known but a finding, its name."""
    ids = {one_line(check.id): _rule(check) for check in sorted(report.checks, key=lambda check: check.id)}
    found = {one_line(finding.check): finding for finding in report.findings}
    ids |= {name: _bare(name, found[name]) for name in sorted(found) if name not in ids}
    run = _described(RUN, RUN_TITLE, WHOLE, WHOLE, prose(WHOLE))
    return [run, *(rule for name, rule in ids.items() if name != RUN)]


def _rule(check: Check) -> Object:
    """A check as a rule."""
    paragraphs = "\n\n".join(prose(part, SHORT) for part in f"{check.doc}\n\n{check.remedy}".split("\n\n"))
    rule = _described(check.id, check.title, why(check) or check.title, general(check), paragraphs)
    tags = [*sorted(check.profiles), f"who:{check.who.value}"][:TAGS]
    return rule | {"properties": {"severity": check.severity.word, "tags": tags, "demandedBy": one_line(check.seed)}}


def _bare(name: str, finding: Finding) -> Object:
    return _described(name, finding.title, finding.title, finding.title, prose(finding.title))


def _described(name: str, title: str, whole: str, text: str, markdown: str) -> Object:
    return {
        "id": one_line(name),
        "shortDescription": {"text": one_line(title, SHORT) or name},
        "fullDescription": {"text": one_line(whole, SHORT) or name},
        "help": {"text": text or name, "markdown": markdown or text or name},
        "defaultConfiguration": {"level": "error"},
    }


def invocation(report: Report, cut: str, places: Mapping[str, int]) -> Object:
    """How the run went: successful is one that gave every verdict, whatever these are."""
    lines = list(_notifications(report, cut, places))
    if len(lines) > NOTIFICATIONS:
        rest = f"{counted(len(lines) - NOTIFICATIONS, 'more notification')}; {ELSEWHERE}"
        lines = [*lines[:NOTIFICATIONS], _notification("warning", rest)]
    return {
        "executionSuccessful": not missing(report),
        "exitCode": report.exit_code,
        "exitCodeDescription": one_line(report.ending),
        "startTimeUtc": instant(report.started),
        "endTimeUtc": instant(report.finished),
        "machine": one_line(report.runner),
        "toolExecutionNotifications": lines,
    }


def _notifications(report: Report, cut: str, places: Mapping[str, int]) -> Iterator[Object]:
    """What to know of the run, then each thing that was not read, then each verdict that was not given for a defect."""
    for line in filter(None, (cut, *told(report))):
        yield _notification("warning", line)
    for line in reach(report):
        yield _notification("note", line)
    for gap in sorted(report.gaps, key=lambda gap: (gap.target, gap.fact)):
        yield _notification("error", str(gap))
    for finding in report.findings:
        if finding.status is Status.ERROR:
            check = one_line(finding.check)
            text = f"{finding.check} on {finding.subject.title}: {finding.note}"
            yield _notification("error", text) | {"associatedRule": {"id": check, "index": places[check]}}


def _notification(level: str, text: str) -> Object:
    return {"level": level, "message": {"text": plain(one_line(text))}}


def plain(text: str) -> str:
    """A message, in which no link is made of what a machine says: ``[words](where)`` would be one."""
    return text.replace("](", "] (")
