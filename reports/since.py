"""How a run differs from its baseline: what is new, mended, still there, and no longer judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from reports.names import Names
from reports.text import one_line
from scanner.api import Change, Difference, Finding, Report, WaiverState, counted

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
        what = "history" if since.history else "baseline"
        yield f"the gate passes over {counted(passes, 'finding')} that the {what} knows; the verdict does not"


def _since_a_file(since: Difference, names: Names) -> Iterator[str]:
    numbers = f"{len(since.new):,} new, {len(since.mended):,} mended, {len(since.still):,} still"
    yield f"since {moment(since.taken)} ({one_line(since.file)}): {numbers}, {len(since.unjudged):,} no longer judged"
    for word, changes in (("new", since.new), ("mended", since.mended), ("no longer judged", since.unjudged)):
        if changes:
            yield f"{word}: {_some(changes, names)}"


def _since_the_last(report: Report, since: Difference, names: Names) -> str:
    """``since yesterday: 1 new (DEL-10 hv07), 2 mended (LM-01 hv02, KEY-03), 5 still, 2 waived (1 ends in 9 days)``."""
    waived = {(finding.check, finding.subject.id, finding.profile) for finding in report.findings if finding.waiver}
    parts = [
        _counted([change for change in changes if _key(change) not in waived], word, names)
        for word, changes in (("new", since.new), ("mended", since.mended))
    ]
    parts.append(f"{sum(_key(change) not in waived for change in since.still):,} still")
    if since.unjudged:
        parts.append(_counted(since.unjudged, "no longer judged", names))
    if waived:
        parts.append(f"{len(waived):,} waived{_ending(report)}")
    return f"since {_day(since.taken, report.finished)}: {', '.join(parts)}"


def _counted(changes: Sequence[Change], word: str, names: Names) -> str:
    return f"{len(changes):,} {word}" + (f" ({_some(changes, names)})" if changes else "")


def _ending(report: Report) -> str:
    """Of the waivers, how many end soon: `` (1 ends in 9 days)``; empty if none does."""
    days = [use.days for use in report.waivers if use.state is WaiverState.ENDS_SOON]
    if not days:
        return ""
    first = counted(min(days), "day")
    return f" (1 ends in {first})" if len(days) == 1 else f" ({len(days):,} end, the first in {first})"


def _day(then: datetime, now: datetime) -> str:
    """``yesterday``, ``06:00 UTC`` of the same day, else the date."""
    days = (now.astimezone(UTC).date() - then.astimezone(UTC).date()).days
    if days == 1:
        return "yesterday"
    return moment(then)[11:] if days == 0 else f"{then.astimezone(UTC):%Y-%m-%d}"


def _key(change: Change) -> tuple[str, str, str]:
    return change.check, change.subject.id, change.profile


def _some(changes: Sequence[Change], names: Names) -> str:
    named = ", ".join(one_line(f"{change.check} {names.title(change.subject)}", 120) for change in changes[:NAMED])
    return f"{named} and {len(changes) - NAMED:,} more" if changes[NAMED:] else named


def moment(when: datetime) -> str:
    """``2026-11-29 18:00 UTC``."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def known(finding: Finding) -> str:
    """Since when a baseline knows the finding; empty if none does."""
    return moment(finding.known_since) if finding.known_since else ""
