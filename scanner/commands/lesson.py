"""What doctor takes: an estate, or with --learn one machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options
from scanner.commands.console import UsageError
from scanner.words.telling import tell

FORM = tell("write hv-preflight doctor HOST --learn FILE, and --estate FILE where the machine stands in one")
EstateOrHost = Annotated[
    Path | None,
    typer.Argument(
        help=f"The estate file, {options.ESTATE} if none is named; with --learn one HOST.", metavar="ESTATE"
    ),
]


@dataclass(frozen=True)
class Lesson:
    """What is to be learnt of one machine, and where that goes."""

    learn: Annotated[
        Path | None,
        typer.Option(
            "--learn", metavar="FILE", help="Ask a HOST everything; keep here what it answers, without names."
        ),
    ] = None
    estate: Annotated[
        Path | None,
        typer.Option("--estate", metavar="FILE", help="With --learn: the estate in which that HOST stands."),
    ] = None

    def file(self, named: Path | None) -> Path | None:
        """The estate file that is read; of a lesson none where neither one is named nor the usual one is there.

        Raises:
            UsageError: a lesson names no machine, or what is none has an option of one.
        """
        if self.learn is None:
            if self.estate:
                raise UsageError("--estate goes with --learn; without it write hv-preflight doctor ESTATE")
            return named
        if named is None or named.is_file():
            raise UsageError(f"--learn asks one machine; {FORM}")
        return self.estate or (options.ESTATE if options.ESTATE.is_file() else None)
