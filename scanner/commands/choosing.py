"""The options that choose: which checks, which routes, which machines a run is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from scanner.commands.console import UsageError
from scanner.commands.options import SEVERITIES
from scanner.words.check import Check
from scanner.words.chosen import fits
from scanner.words.estate import Estate, Route
from scanner.words.names import meant, nearest_host
from scanner.words.selection import Selection, matches
from scanner.words.telling import joined, tell
from scanner.words.wording import near, show

Ids = Annotated[
    list[str] | None,
    typer.Option("--check", metavar="ID,AREA-*", help="Judge these checks alone, by id or pattern; may be repeated."),
]
Skipped = Annotated[
    list[str] | None, typer.Option("--skip", metavar="ID,AREA-*", help="Leave these checks out; may be repeated.")
]
Severity = Annotated[
    str | None, typer.Option("--severity", metavar="SEVERITY", help="Judge checks of this severity or worse alone.")
]


@dataclass(frozen=True)
class Checks:
    """Which checks a run is about."""

    check: Ids = None
    skip: Skipped = None
    severity: Severity = None

    def of(self, checks: Sequence[Check], wrong: list[str]) -> Selection:
        """What is meant, of these checks; what is not there is added to what is wrong."""
        before = len(wrong)
        chosen = Selection(
            checks=tuple(_ids("--check", self.check, checks, wrong)),
            skip=tuple(_ids("--skip", self.skip, checks, wrong)),
            severity=SEVERITIES.get((self.severity or "").lower()),
        )
        if self.severity is not None and chosen.severity is None:
            wrong.append(f"--severity {show(self.severity)}: it is one of {', '.join(SEVERITIES)}")
        if len(wrong) == before and not any(map(chosen.takes, checks)):
            wrong.append("--check, --skip and --severity together leave no check to judge")
        return chosen


@dataclass(frozen=True)
class Moves:
    """Which moves a run is about."""

    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="HOST", help="Judge this host and its moves alone; may be repeated."),
    ] = None
    route: Annotated[
        list[str] | None,
        typer.Option("--route", metavar="FROM:TO", help="Judge this move alone, as in hv01:hv11; may be repeated."),
    ] = None

    def of(self, chosen: Selection, estate: Estate, where: str, wrong: list[str]) -> Selection:
        """What is meant of this estate, beside what was chosen; what is not there is added to what is wrong."""
        targets = [name for text in _split(self.target) for name in _host(text, estate, where, wrong)]
        routes = [end for text in _split(self.route) for end in _routes(text, estate.routes, where, wrong)]
        return replace(chosen, targets=tuple(dict.fromkeys(targets)), routes=tuple(dict.fromkeys(routes)))


NO_MOVES = Moves()


def choose(checks: Checks, known: Sequence[Check], estate: Estate, where: str, moves: Moves = NO_MOVES) -> Selection:
    """What a person chose.

    Args:
        checks: as they were named.
        known: the checks there are.
        estate: whose machines and routes may be named.
        where: what declares them, for the text.
        moves: as they were named.

    Raises:
        UsageError: something is not there; the text names all of that.
    """
    wrong: list[str] = []
    chosen = moves.of(checks.of(known, wrong), estate, where, wrong)
    if wrong:
        raise UsageError(joined("\n", wrong))
    return chosen


def _split(texts: Iterable[str] | None) -> Iterator[str]:
    """What stands between commas, of all; nothing is no choice."""
    for text in texts or ():
        yield from (part.strip() for part in text.split(",") if part.strip())


def _ids(option: str, texts: Iterable[str] | None, checks: Sequence[Check], wrong: list[str]) -> Iterator[str]:
    known = [check.id for check in checks]
    for text in texts or ():
        if not text.strip(" ,"):
            wrong.append(
                tell("{option} {text}: write ids or patterns, as in DEL-01,LM-*", option=option, text=show(text))
            )
    for text in _split(texts):
        word = text.upper()
        if any(matches(name, (word,)) for name in known):
            yield word
            continue
        guess = near(word.lower(), [name.lower() for name in known]).upper()
        wrong.append(
            tell("{option} {text}: there is no such check", option=option, text=show(text))
            + (tell('; did you mean "{guess}"?', guess=guess) if guess else "")
        )


def _host(text: str, estate: Estate, where: str, wrong: list[str]) -> tuple[str, ...]:
    found = named(text, estate.hosts)
    if not found:
        wrong.append(f"--target {show(text)} is no host of {where}{nearest_host(text, estate.hosts)}")
    return found


def _routes(text: str, routes: Sequence[Route], where: str, wrong: list[str]) -> Iterator[tuple[str, str]]:
    source, colon, destination = text.partition(":")
    if not (source.strip() and colon and destination.strip()):
        wrong.append(f"--route {show(text)}: write FROM:TO, as in hv01:hv11")
        return
    starts = named(source, [route.source for route in routes])
    ends = named(destination, [route.destination for route in routes])
    found = [(one.source, one.destination) for one in routes if one.source in starts and one.destination in ends]
    if not found:
        wrong.append(f"--route {show(text)} is no planned route of {where}{_instead(source, routes)}")
    yield from found


def _instead(source: str, routes: Sequence[Route]) -> str:
    """Where moves from there lead, if it is known; else which name comes near."""
    starts = named(source, [route.source for route in routes])
    ends = sorted({route.destination for route in routes if route.source in starts})
    if ends:
        return tell("; from {starts} moves lead to {ends}", starts=starts[0], ends=joined(", ", ends[:5]))
    return nearest_host(source, [route.source for route in routes])


def named(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The machines that a name, the beginning of one, or a pattern with ``*`` means."""
    known = tuple(dict.fromkeys(names))
    if "*" in text or "?" in text:
        return tuple(name for name in known if fits(text.strip(), name))
    found = meant(text, known)
    return found if len(found) == 1 else ()
