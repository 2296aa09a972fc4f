"""What commands take that read or write the history: where it lies, and whose runs are meant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands.console import UsageError
from scanner.history.naming import LIMIT, is_name, name_of
from scanner.history.place import Place, PlaceError, place_of
from scanner.history.spans import RUNS, Span, span_of
from scanner.words.telling import tell
from scanner.words.wording import show

GATES = {"all": False, "new": True}
"""What stops the gate, and whether it passes over what the history knows."""


@dataclass(frozen=True)
class Past:
    """Where the history lies, and under which name the estate is kept there."""

    history: Annotated[
        str | None,
        typer.Option(
            "--history", metavar="FILE", help="The history, else this account's: a file, or postgresql+psycopg://..."
        ),
    ] = None
    estate_name: Annotated[
        str | None,
        typer.Option("--estate-name", metavar="NAME", help="Keep the estate under this name, wherever its file lies."),
    ] = None

    def place(self) -> Place:
        """Where it lies.

        Raises:
            UsageError: it cannot lie there.
        """
        try:
            return place_of(self.history)
        except PlaceError as error:
            raise UsageError(str(error)) from None

    def name(self, estate: Path, place: Place) -> str:
        """The name of the estate.

        Raises:
            UsageError: it is none.
        """
        if self.estate_name is None:
            return name_of(estate, place)
        if not is_name(self.estate_name):
            raise UsageError(f"--estate-name {show(self.estate_name)}: write a name of at most {LIMIT} characters")
        return self.estate_name


@dataclass(frozen=True)
class Kept:
    """How long what is kept, and what an audit's gate stops at."""

    keep: Annotated[
        str, typer.Option("--keep", metavar="SPAN", help="How long runs are kept: days, or a number of runs, as 500.")
    ] = str(RUNS)
    keep_record: Annotated[
        str | None,
        typer.Option("--keep-record", metavar="SPAN", help="Keep the evidence of runs, too, for so long, as in 30d."),
    ] = None
    gate: Annotated[
        str,
        typer.Option(
            "--gate",
            metavar="KIND",
            help="What stops the gate: all, or only what is new since the last run.",
            autocompletion=lambda: list(GATES),
        ),
    ] = "all"

    def runs(self) -> Span:
        """How long runs are kept.

        Raises:
            UsageError: it is no span.
        """
        return _span("--keep", self.keep)

    def records(self) -> Span | None:
        """How long their evidence is; None: it is not.

        Raises:
            UsageError: it is no span.
        """
        return None if self.keep_record is None else _span("--keep-record", self.keep_record)

    def only_new(self) -> bool:
        """Whether the gate passes over what the history knows.

        Raises:
            UsageError: there is no such gate.
        """
        if self.gate not in GATES:
            raise UsageError(f"--gate {show(self.gate)}: it is one of {', '.join(GATES)}")
        return GATES[self.gate]


def _span(option: str, text: str) -> Span:
    found = span_of(text)
    if found is None:
        raise UsageError(
            tell(
                "{option} {text}: write days, as in 400d, or a number of runs, as in 500",
                option=option,
                text=show(text),
            )
        )
    return found
