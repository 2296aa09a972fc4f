"""How a run differs from its baseline: what is new, mended, still there, and no longer judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from reports.names import Names
from reports.text import one_line
from scanner.api import Change, Finding, Report, counted

NAMED = 5
"""So many changes of one kind are named."""


def told(report: Report, names: Names) -> Iterator[str]:
    """What became of the findings since, each a line without its full stop."""
    since = report.baseline
    if since is None:
        return
    numbers = f"{len(since.new):,} new, {len(since.mended):,} mended, {len(since.still):,} still"
    yield f"since {moment(since.taken)} ({one_line(since.file)}): {numbers}, {len(since.unjudged):,} no longer judged"
    for word, changes in (("new", since.new), ("mended", since.mended), ("no longer judged", since.unjudged)):
        if changes:
            yield f"{word}: {_some(changes, names)}"
    passes = sum(finding.passes and (report.blocks(finding) or report.lacks(finding)) for finding in report.findings)
    if passes:
        yield f"the gate passes over {counted(passes, 'finding')} that the baseline knows; the verdict does not"


def _some(changes: Sequence[Change], names: Names) -> str:
    named = ", ".join(one_line(f"{change.check} {names.title(change.subject)}", 120) for change in changes[:NAMED])
    return f"{named} and {len(changes) - NAMED:,} more" if changes[NAMED:] else named


def moment(when: datetime) -> str:
    """``2026-11-29 18:00 UTC``."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def known(finding: Finding) -> str:
    """Since when a baseline knows the finding; empty if none does."""
    return moment(finding.known_since) if finding.known_since else ""
