"""What an attestation says of its run, for people: a bare "ready" would be read as more than was judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from scanner.attest.statement import Resource, Run
from scanner.record.digest import digest_of_file
from scanner.words.exits import WORDS
from scanner.words.model import Severity
from scanner.words.telling import by_text, joined, tell
from scanner.words.wording import counted, foreign

NAME = 200
"""characters of a name"""
NAMED = 20
"""files that are named one by one"""


def told_of(run: Run) -> Iterator[str]:
    """What must be known beside its verdict, a line each."""
    kinds = (tell("{name} {word}", name=foreign(one.profile, NAME), word=verdict(one.verdict)) for one in run.kinds)
    yield tell("  kinds of move: {kinds}", kinds=joined(", ", kinds) or tell("none"))
    if run.chosen:
        yield tell(
            "  as far as chosen, and not the whole estate: {name}",
            name=joined("; ", (foreign(one, NAME) for one in run.chosen)),
        )
    if run.verdict != run.gate:
        yield tell(
            "  the verdict is {verdict}; it is {gate} but for failures that its baseline knows",
            verdict=verdict(run.verdict),
            gate=verdict(run.gate),
        )
    if run.waived:
        yield tell("  waived: {findings}", findings=counted(run.waived, "finding"))
    if run.unverified:
        yield tell("  certificates were NOT verified: {targets}", targets=counted(run.unverified, "target"))
    if run.fail_on != Severity.LOW.word:
        yield tell("  failures count from {name} on, and those below do not", name=_severity(run.fail_on))
    if run.judged_as_of > run.finished:
        yield tell("  it is a look ahead, to {day}", day=day(run.judged_as_of))
    if run.plugins:
        yield tell(
            "  plug-ins took part: {name}",
            name=joined(", ", (foreign(f"{one.name} {one.version}", NAME) for one in run.plugins)),
        )


def verdict(word: str) -> str:
    """A verdict in words; one that this version does not know, as it is."""
    return by_text(word, "verdict") if word in WORDS.values() else foreign(word, NAME)


def _severity(word: str) -> str:
    known = word in {degree.word for degree in Severity}
    return by_text(word, "severity") if known else foreign(word, NAME)


def changed(files: Iterable[Resource], folder: Path) -> Iterator[str]:
    """What is not as it was, a line each; nobody follows a name to what is no plain file."""
    for one in files:
        if Path(one.name).is_absolute():
            yield tell(
                "{name} is no name as seen from the attestation, and was not looked at", name=foreign(one.name, NAME)
            )
            continue
        found = digest_of_file(folder / one.name)
        if found is None:
            yield tell("{name} is not there, or cannot be read", name=foreign(one.name, NAME))
        elif found != one.digest.sha256:
            yield tell(
                "{name} is another one: its SHA-256 is {found}, and was {sha256}",
                name=foreign(one.name, NAME),
                found=found,
                sha256=one.digest.sha256,
            )


def told_by(files: Iterable[Resource], estate: Path | None) -> Iterator[str]:
    """Whether the run was told what to judge by another file than this."""
    if estate is None:
        return
    digest = digest_of_file(estate)
    if digest is None:
        yield tell("{estate} is not there, or cannot be read", estate=estate)
    elif digest not in {one.digest.sha256 for one in files}:
        yield tell(
            "it was not told by {estate}, as that is now; it was told by {named}",
            estate=estate,
            named=named(files) or tell("no file"),
        )


def named(files: Iterable[Resource]) -> str:
    """Which files they are: whatever else lies beside them, nobody signed."""
    names = [foreign(one.name, NAME) for one in files]
    return joined(", ", [*names[:NAMED], *([tell("{rest:,} more", rest=len(names) - NAMED)] if names[NAMED:] else [])])


def day(when: datetime) -> str:
    """An instant, to the minute."""
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
