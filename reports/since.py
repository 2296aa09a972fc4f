"""How a run differs from its baseline: what is new, mended, still there, and no longer judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from reports.kinds_of_word import numbered
from reports.names import Names
from reports.text import one_line
from scanner.api import Change, Difference, Finding, Report, WaiverState, counted, joined, tell

NAMED = 5
"""So many changes of one kind are named."""


def told(report: Report, names: Names) -> Iterator[str]:
    """What became of the findings since, each a line without its full stop."""
    since = report.baseline
    if since is None:
        return
    if since.history:
        yield _since_the_last(report, since, names)
    else:
        yield from _since_a_file(since, names)
    passes = sum(finding.passes and (report.blocks(finding) or report.lacks(finding)) for finding in report.findings)
    if passes:
        findings = counted(passes, "finding")
        yield (
            tell("the gate passes over {findings} that the history knows; the verdict does not", findings=findings)
            if since.history
            else tell(
                "the gate passes over {findings} that the baseline knows; the verdict does not", findings=findings
            )
        )


def _since_a_file(since: Difference, names: Names) -> Iterator[str]:
    numbers = tell(
        "{count:,} new, {count2:,} mended, {count3:,} still",
        count=len(since.new),
        count2=len(since.mended),
        count3=len(since.still),
    )
    yield tell(
        "since {moment} ({file}): {numbers}, {count:,} no longer judged",
        moment=moment(since.taken),
        file=one_line(since.file),
        numbers=numbers,
        count=len(since.unjudged),
    )
    for word, changes in (
        (tell("new"), since.new),
        (tell("mended"), since.mended),
        (tell("no longer judged"), since.unjudged),
    ):
        if changes:
            yield tell("{word}: {some}", word=word, some=_some(changes, names))


def _since_the_last(report: Report, since: Difference, names: Names) -> str:
    """``since yesterday: 1 new (DEL-10 hv07), 2 mended (LM-01 hv02, KEY-03), 5 still, 2 waived (1 ends in 9 days)``."""
    waived = {(finding.check, finding.subject.id, finding.profile) for finding in report.findings if finding.waiver}
    parts = [
        _counted([change for change in changes if _key(change) not in waived], word, names)
        for word, changes in ((tell("new"), since.new), (tell("mended"), since.mended))
    ]
    parts.append(tell("{sum:,} still", sum=sum(_key(change) not in waived for change in since.still)))
    if since.unjudged:
        parts.append(_counted(since.unjudged, tell("no longer judged"), names))
    if waived:
        many, ending = tell("{count:,} waived", count=len(waived)), _ending(report)
        parts.append(tell("{waived} ({ending})", waived=many, ending=ending) if ending else many)
    return tell("since {day}: {parts}", day=_day(since.taken, report.finished), parts=joined(", ", parts))


def _counted(changes: Sequence[Change], word: str, names: Names) -> str:
    number = numbered(len(changes), word)
    return tell("{number} ({some})", number=number, some=_some(changes, names)) if changes else number


def _ending(report: Report) -> str:
    """Of the waivers, how many end soon: ``1 ends in 9 days``; empty if none does."""
    days = [use.days for use in report.waivers if use.state is WaiverState.ENDS_SOON]
    if not days:
        return ""
    first = counted(min(days), "day")
    return (
        tell("1 ends in {first}", first=first)
        if len(days) == 1
        else tell("{count:,} end, the first in {first}", count=len(days), first=first)
    )


def _day(then: datetime, now: datetime) -> str:
    """``yesterday``, ``06:00 UTC`` of the same day, else the date."""
    days = (now.astimezone(UTC).date() - then.astimezone(UTC).date()).days
    if days == 1:
        return tell("yesterday")
    return moment(then)[11:] if days == 0 else f"{then.astimezone(UTC):%Y-%m-%d}"


def _key(change: Change) -> tuple[str, str, str]:
    return change.check, change.subject.id, change.profile


def _some(changes: Sequence[Change], names: Names) -> str:
    named = joined(
        ", ",
        (
            one_line(tell("{check} {names}", check=change.check, names=names.title(change.subject)), 120)
            for change in changes[:NAMED]
        ),
    )
    return tell("{named} and {rest:,} more", named=named, rest=len(changes) - NAMED) if changes[NAMED:] else named


def moment(when: datetime) -> str:
    """``2026-11-29 18:00 UTC``."""
    return tell("{when:%Y-%m-%d %H:%M} UTC", when=when.astimezone(UTC))


def known(finding: Finding) -> str:
    """Since when a baseline knows the finding; empty if none does."""
    return moment(finding.known_since) if finding.known_since else ""
