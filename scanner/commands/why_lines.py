"""One finding of a move, for ``why``: what was seen and wanted, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.commands.columns import cells, hung, padded, steps, widest
from scanner.words.model import Profile, Status
from scanner.words.moves import MOVES
from scanner.words.report import Finding
from scanner.words.telling import by_text, tell

FIELDS = (
    tell("seen", within="field"),
    tell("wanted", within="field"),
    tell("why", within="field"),
    tell("works", within="field"),
    tell("waived", within="field"),
    tell("known", within="field"),
)
DO = tell("do", within="field")
STATUSES = tuple(by_text(status.value, "status") for status in Status)


def lines_of(finding: Finding, width: int) -> Iterator[str]:
    """What is to say of it."""
    what = tell("{subject}: {headline}", subject=finding.subject.title, headline=finding.headline)
    if finding.profile:
        what = tell("{what} ({move})", what=what, move=MOVES[Profile(finding.profile)])
    status = padded(by_text(finding.status.value, "status"), max(15, widest(STATUSES) + 1))
    yield hung(f"  {status}{finding.check:<8}", what, width)
    if finding.status in (Status.PASS, Status.NOT_APPLICABLE):
        return
    since = finding.known_since
    told = (
        finding.seen,
        finding.wanted,
        finding.note,
        finding.works,
        str(finding.waiver or ""),
        tell("since {since:%Y-%m-%d %H:%M} UTC", since=since) if since else "",
    )
    side, column = " " * (2 + cells(status)), max(8, widest((*FIELDS, DO)) + 1)
    for word, text in zip(FIELDS, told, strict=True):
        if text:
            yield hung(side + padded(word, column), text, width)
    yield from steps(side + padded(DO, column), finding.remedy, width)
