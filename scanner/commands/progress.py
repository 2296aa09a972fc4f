"""Live progress of a collection: a bar on a terminal, one line a round elsewhere, nothing on standard output."""

from __future__ import annotations

import sys
import threading
from typing import IO, cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from scanner.collect import jobs
from scanner.commands.console import Steady, clean, tell
from scanner.commands.losing import Told
from scanner.commands.speech import in_words
from scanner.words.inert import inert
from scanner.words.telling import by_text
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted

SHOWN = 3
"""Names of targets still waited for, beside the bar."""


class Live:
    """Shows how far each round is and whom it still waits for."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._console = Console(file=cast("IO[str]", Steady(sys.stderr)), markup=False, highlight=False)
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._waiting: list[str] = []
        self._lock = threading.Lock()
        self._told = Told(self._print)
        self.progress = jobs.QUIET if quiet else jobs.Progress(self._begin, self._done, self._told.lost)

    def __enter__(self) -> Live:
        """Begin to show."""
        if self._console.is_terminal and not self._quiet:
            self._bar = Progress(
                TextColumn("{task.description:<10}", markup=False),
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[waiting]}", markup=False),
                console=self._console,
                transient=True,
            )
            try:
                self._bar.start()
            except RuntimeError:  # no thread to draw it
                self._bar.stop()
                self._bar = None
        return self

    def __exit__(self, *error: object) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()
            self._bar = None
        self._told.end()

    def _begin(self, name: str, targets: tuple[str, ...]) -> None:
        if not targets:
            return
        with self._lock:
            self._waiting = list(targets)
            if self._bar is None:
                tell(phrase("{name}: {targets}", name=by_text(name), targets=counted(len(targets), "target")))
                return
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(in_words(by_text(name)), total=len(targets), waiting=self._words())

    def _done(self, target: str) -> None:
        with self._lock:
            if target in self._waiting:
                self._waiting.remove(target)
            if self._bar is not None and self._task is not None:
                self._bar.update(self._task, advance=1, waiting=self._words())

    def _print(self, text: str) -> None:
        if self._bar is None:
            tell(text)
        else:
            self._console.print(inert(clean(in_words(text))), soft_wrap=True)

    def _words(self) -> str:
        named = ", ".join(self._waiting[:SHOWN])
        if len(self._waiting) > SHOWN:
            named = phrase("{named} and {rest} more", named=named, rest=len(self._waiting) - SHOWN)
        return inert(clean(in_words(named)))
