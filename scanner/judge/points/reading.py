"""Reads a recording for the points: whole answers or a reason, values of the kind that is meant or nothing.

Whatever a machine answered, nothing here raises anything but ``Untold``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache, wraps
from importlib import import_module
from typing import Any, cast, get_type_hints

import scanner.facts
from scanner.facts.base import RELEASES, WindowsFact
from scanner.facts.host import OperatingSystem, Service, release_of
from scanner.judge.points.values import Row, number, text
from scanner.words.channel import ErrorLine
from scanner.words.failing import KINDS_BY_CODE, KINDS_BY_ID, RELEASE_KINDS
from scanner.words.point import Settle, Told
from scanner.words.recording import Asked, Failure, Held, Recording
from scanner.words.wording import counted

SHOWN = 8
"""how many names a sentence lists"""


class Untold(Exception):  # noqa: N818 - an answer, not a fault
    """The recording cannot tell; says what kind of machine, or what answer, would."""


def settling(settle: Settle) -> Settle:
    """A function that may say in its midst that nothing can be told."""

    @wraps(settle)
    def settled(recording: Recording) -> Told:
        try:
            return settle(recording)
        except Untold as reason:
            return Held.OPEN, str(reason)

    return settled


def answers(recording: Recording, fact: type[WindowsFact]) -> tuple[Asked, ...]:
    """What was asked for a fact, whatever came of it."""
    return tuple(one for one in recording.asked if one.fact == fact.__name__)


def whole(recording: Recording, fact: type[WindowsFact]) -> tuple[Row, ...]:
    """The rows of a fact that the fact means, as they came.

    Raises:
        Untold: it was not asked, or not answered to the end.
    """
    asked = answers(recording, fact)
    if not asked:
        raise Untold(f"{fact.__name__} was not asked")
    if any(one.unanswered for one in asked):
        raise Untold(f"{fact.__name__} was not answered")
    if not all(_absent(failure, fact, recording) for one in asked for failure in one.failures):
        raise Untold(f"{fact.__name__} was answered with an error")
    if any(one.left_out for one in asked):
        raise Untold(f"not every row of {fact.__name__} was kept")
    rows = [row for one in asked for row in one.rows]
    if not all(isinstance(row, dict) for row in rows):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise Untold(f"{fact.__name__}: a row is no object")
    meant = [row for row in rows if fact.accept(row)]
    return tuple(cast("Row", part) for row in meant for part in fact.expand(row))


def missing(failure: Failure) -> str:
    """What an error says is not there: namespace, class, key or module; empty for other errors."""
    error = ErrorLine(failure.error_id)
    return KINDS_BY_CODE.get(error.code) or KINDS_BY_ID.get(error.head, "")


def _absent(failure: Failure, fact: type[WindowsFact], recording: Recording) -> bool:
    """Whether an error is an answer: there is none."""
    kind = missing(failure)
    young = fact.since != RELEASES[0] and kind in RELEASE_KINDS and older(recording, fact.since)
    return bool(kind) and (kind in fact.absent or young)


def some(recording: Recording, fact: type[WindowsFact], of: str) -> tuple[Row, ...]:
    """Its rows, of which there is one at least; ``of``: the kind of machine that has one.

    Raises:
        Untold: it has none, or was not answered.
    """
    rows = whole(recording, fact)
    if not rows:
        raise Untold(f"{fact.__name__} has no row: {of} would tell")
    return rows


def build_of(recording: Recording) -> int:
    """The build of the machine's Windows.

    Raises:
        Untold: it is not told.
    """
    for row in whole(recording, OperatingSystem):
        build = number(row, "BuildNumber")
        if build is not None:
            return build
    raise Untold("OperatingSystem tells no build")


def older(recording: Recording, release: str) -> bool:
    """Whether the machine's release is before this one; of an unknown old one that is so, too."""
    mine = release_of(build_of(recording))
    return not mine or RELEASES.index(mine) < RELEASES.index(release)


def state_of(recording: Recording, service: str) -> str:
    """The state of a service, in lower case; empty where there is none of that name."""
    for row in whole(recording, Service):
        if (text(row, "Name") or "").lower() == service.lower():
            return (text(row, "State") or "unknown").lower()
    return ""


def needs_octets(recording: Recording) -> None:
    """Go on where nothing was replaced: a stand-in keeps the form of a name, not the layout of bytes.

    Raises:
        Untold: values were replaced.
    """
    if recording.hidden:
        raise Untold("values of this recording were replaced: the machine itself would tell")


def needs_running(recording: Recording, service: str) -> None:
    """Go on where a service runs alone.

    Raises:
        Untold: it does not.
    """
    if state_of(recording, service) != "running":
        raise Untold(f"a machine whose service {service} runs would tell")


@cache
def facts() -> tuple[type[WindowsFact], ...]:
    """Every fact of ours that a Windows machine is asked for."""
    found: dict[str, type[WindowsFact]] = {}
    for module in pkgutil.iter_modules(scanner.facts.__path__):
        for made in vars(import_module(f"scanner.facts.{module.name}")).values():
            if isinstance(made, type) and issubclass(made, WindowsFact) and hasattr(made, "query"):
                found[made.__name__] = made
    return tuple(found[name] for name in sorted(found))


@cache
def hints(fact: type[WindowsFact]) -> Mapping[str, Any]:
    """Kind of each property that a fact is read from."""
    kinds = get_type_hints(fact)
    described = fields(cast("Any", fact))
    return {f.metadata["property"]: kinds[f.name] for f in described if "property" in f.metadata}


def listed(names: Iterable[str], what: str) -> str:
    """Names of ours, some of them where there are many."""
    every = sorted(set(names))
    more = f" and {counted(len(every) - SHOWN, f'more {what}')}" if len(every) > SHOWN else ""
    return ", ".join(every[:SHOWN]) + more
