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
from reports.text import brief, one_line
from scanner.api import Annotation, Finding, Level, Report, Status, counted, is_sentence

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
        Annotation(Level.ERROR, f"{whom(lost, names)}: {costs(lost)}", one_line(f"{lost.cause}. {lost.advice}", TEXT))
        for lost in report.lost[:CAUSES]
    ]
    causes = causes if report.exit_code else []
    yield from _checks(Level.ERROR, stops, names, MOST - 1 - len(causes))
    yield from causes
    warned = [finding for finding in report.findings if finding.status is Status.WARN and not finding.waiver]
    yield from _checks(Level.WARNING, warned, names, MOST)


def _verdict(report: Report, names: Names) -> Annotation:
    level = Level.ERROR if report.exit_code else Level.NOTICE
    until = "; ".join(holds(report, names, aloud=False))
    told = f"{sentence(report)} {until[:1].upper()}{until[1:]}{'.' if until else ''}"
    return Annotation(level, one_line(f"hv-preflight: {report.ending}", TITLE), one_line(told, TEXT))


def _checks(level: Level, findings: Sequence[Finding], names: Names, most: int) -> Iterator[Annotation]:
    groups = by_check(sorted(findings, key=lambda finding: (-finding.severity, finding.check)))
    room = most if len(groups) <= most else most - 1
    for check, group in groups[:room]:
        yield _check(level, check, group, names)
    if left := groups[room:]:
        more = sum(len(group) for _, group in left)
        yield Annotation(
            level, f"{counted(len(left), 'more check')}", f"{counted(more, 'finding')}: the report has them."
        )


def _check(level: Level, check: str, group: Sequence[Finding], names: Names) -> Annotation:
    one = group[0]
    about = ", ".join(names.called(finding) for finding in group[:NAMED])
    more = f" and {len(group) - NAMED:,} more" if len(group) > NAMED else ""
    do = f" Do: {one.remedy}" if one.remedy and is_sentence(one.remedy) else ""
    text = f"{about}{more}: {brief(one.seen or one.note)}{do}"
    return Annotation(level, one_line(f"{check} {one.headline}", TITLE), one_line(text, TEXT))
