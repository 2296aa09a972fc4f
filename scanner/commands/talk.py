"""How much a run says beside its reports, and where that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import logs
from scanner.commands.console import UsageError
from scanner.words.telling import tell
from scanner.words.wording import reason


@dataclass(frozen=True)
class Talk:
    """How much a run says beside its reports."""

    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say no more than what went wrong, and the last line.")
    ] = False
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            help="Tell of every machine when it was read, what is missing, and every move of a group.",
        ),
    ] = False
    summary: Annotated[
        bool, typer.Option("--summary", help="Print no more than the last lines: the verdicts and what to do first.")
    ] = False
    log_file: Annotated[
        Path | None, typer.Option("--log-file", metavar="FILE", help="Keep that, with times, in this file.")
    ] = None

    def begin(self) -> None:
        """Let it be so from here on.

        Raises:
            UsageError: the file cannot be written.
        """
        said = [f"--{name}" for name in ("quiet", "verbose", "summary") if getattr(self, name)]
        if said[1:]:
            raise UsageError(f"{' and '.join(said)} are both given; choose one")
        try:
            logs.speak(self.log_file, verbose=self.verbose)
        except OSError as error:
            raise UsageError(
                tell("{log_file} cannot be written: {reason}", log_file=self.log_file, reason=reason(error))
            ) from None


AS_EVER = Talk()
