"""What the page of a pipeline's job shows of a report: the verdict, what stops the gate, what nobody knows, warnings.

GitHub shows ten lines of a kind for a step, and drops the others without a word: so there are no more, and one
says how many are left.

Source: docs.github.com, usage limits of annotations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.ahead import holds
from reports.lost import costs, whom
from reports.names import Names
from reports.summary import by_check, causes_first, sentence
from reports.text import brief, closed, one_line, upper_first
from scanner.api import Annotation, Finding, Level, Report, Status, counted, is_sentence, joined, spoken, tell

MOST = 10
"""lines of a level"""
CAUSES = 3
"""of them causes of missing verdicts"""
NAMED = 3
"""subjects of a check that are named"""
TITLE, TEXT = 120, 400


def of(report: Report) -> Iterator[Annotation]:
    """The lines, at most ten of a level."""
    names = Names(report)
    yield _verdict(report, names)
    stops, _ = causes_first(
        [finding for finding in report.findings if report.stops(finding) and report.blocks(finding)]
    )
    causes = [
        Annotation(
            Level.ERROR,
            one_line(tell("{whom}: {costs}", whom=whom(lost, names), costs=costs(lost)), TITLE),
            one_line(tell("{cause}. {advice}", cause=lost.cause, advice=lost.advice), TEXT),
        )
        for lost in report.lost[:CAUSES]
    ]
    causes = causes if report.exit_code else []
    yield from _checks(Level.ERROR, stops, names, MOST - 1 - len(causes))
    yield from causes
    warned = [finding for finding in report.findings if finding.status is Status.WARN and not finding.waiver]
    yield from _checks(Level.WARNING, warned, names, MOST)


def _verdict(report: Report, names: Names) -> Annotation:
    level = Level.ERROR if report.exit_code else Level.NOTICE
    until = joined("; ", holds(report, names, aloud=False))
    told = [sentence(report), *([closed(upper_first(until))] if until else [])]
    title = tell("hv-preflight: {ending}", ending=report.ending)
    return Annotation(level, one_line(title, TITLE), one_line(joined(" ", told), TEXT))


def _checks(level: Level, findings: Sequence[Finding], names: Names, most: int) -> Iterator[Annotation]:
    groups = by_check(sorted(findings, key=lambda finding: (-finding.severity, finding.check)))
    room = most if len(groups) <= most else most - 1
    for check, group in groups[:room]:
        yield _check(level, check, group, names)
    if left := groups[room:]:
        more = tell(
            "{findings}: the report has them.", findings=counted(sum(len(group) for _, group in left), "finding")
        )
        yield Annotation(level, one_line(counted(len(left), "more check")), one_line(more))


def _check(level: Level, check: str, group: Sequence[Finding], names: Names) -> Annotation:
    one = group[0]
    about = joined(", ", (names.called(finding) for finding in group[:NAMED]))
    if len(group) > NAMED:
        about = tell("{about} and {rest:,} more", about=about, rest=len(group) - NAMED)
    text = tell("{about}: {seen}", about=about, seen=brief(one.seen or one.note))
    if one.remedy and is_sentence(one.remedy):
        text = tell("{text} Do: {remedy}", text=text, remedy=one.remedy)
    return Annotation(level, one_line(f"{check} {spoken(one.headline)}", TITLE), one_line(text, TEXT))
