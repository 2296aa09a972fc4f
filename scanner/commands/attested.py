"""What an attestation says of its run, for people: a bare "ready" would be read as more than was judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from scanner.attest.statement import Resource, Run
from scanner.record.digest import digest_of_file
from scanner.words.model import Severity
from scanner.words.wording import counted, foreign

NAME = 200
"""characters of a name"""
NAMED = 20
"""files that are named one by one"""


def told_of(run: Run) -> Iterator[str]:
    """What must be known beside its verdict, a line each."""
    kinds = (f"{foreign(one.profile, NAME)} {foreign(one.verdict, NAME)}" for one in run.kinds)
    yield f"  kinds of move: {', '.join(kinds) or 'none'}"
    if run.chosen:
        yield f"  as far as chosen, and not the whole estate: {'; '.join(foreign(one, NAME) for one in run.chosen)}"
    if run.verdict != run.gate:
        yield f"  the verdict is {run.verdict}; it is {run.gate} but for failures that its baseline knows"
    if run.waived:
        yield f"  waived: {counted(run.waived, 'finding')}"
    if run.unverified:
        yield f"  certificates were NOT verified: {counted(run.unverified, 'target')}"
    if run.fail_on != Severity.LOW.word:
        yield f"  failures count from {foreign(run.fail_on, NAME)} on, and those below do not"
    if run.judged_as_of > run.finished:
        yield f"  it is a look ahead, to {day(run.judged_as_of)}"
    if run.plugins:
        yield f"  plug-ins took part: {', '.join(foreign(f'{one.name} {one.version}', NAME) for one in run.plugins)}"


def changed(files: Iterable[Resource], folder: Path) -> Iterator[str]:
    """What is not as it was, a line each; nobody follows a name to what is no plain file."""
    for one in files:
        if Path(one.name).is_absolute():
            yield f"{foreign(one.name, NAME)} is no name as seen from the attestation, and was not looked at"
            continue
        found = digest_of_file(folder / one.name)
        if found is None:
            yield f"{foreign(one.name, NAME)} is not there, or cannot be read"
        elif found != one.digest.sha256:
            yield f"{foreign(one.name, NAME)} is another one: its SHA-256 is {found}, and was {one.digest.sha256}"


def told_by(files: Iterable[Resource], estate: Path | None) -> Iterator[str]:
    """Whether the run was told what to judge by another file than this."""
    if estate is None:
        return
    digest = digest_of_file(estate)
    if digest is None:
        yield f"{estate} is not there, or cannot be read"
    elif digest not in {one.digest.sha256 for one in files}:
        yield f"it was not told by {estate}, as that is now; it was told by {named(files) or 'no file'}"


def named(files: Iterable[Resource]) -> str:
    """Which files they are: whatever else lies beside them, nobody signed."""
    names = [foreign(one.name, NAME) for one in files]
    return ", ".join([*names[:NAMED], *([f"{len(names) - NAMED:,} more"] if names[NAMED:] else [])])


def day(when: datetime) -> str:
    """An instant, to the minute."""
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
