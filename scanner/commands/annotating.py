"""What a run shows on the page of its job, in the words that GitHub Actions and Azure Pipelines take for that.

These are commands to the runner, the only ones that are printed: what they hold is inert before it is put into one, and
escaped as its reader undoes it, so that no text of a target makes another.

Source: actions/toolkit, packages/core/src/command.ts; Azure Pipelines, logging commands, task.logissue.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from scanner.commands.console import clean, command
from scanner.commands.speech import aloud
from scanner.guard import made
from scanner.plugins import Offer
from scanner.words.annotation import Annotation, Level
from scanner.words.inert import inert
from scanner.words.report import Report
from scanner.words.telling import tell
from scanner.words.told import spoken

GITHUB_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
GITHUB_PROPERTY = {**GITHUB_TEXT, ":": "%3A", ",": "%2C"}
AZURE_TEXT = {"%": "%AZP25", "\r": "%0D", "\n": "%0A"}


def annotate(report: Report, offer: Offer, *, aside: bool) -> None:
    """Show it, where a runner says that it takes such lines."""
    say = taken(os.environ)
    makers = [reporter.annotate for reporter in offer.reporters if reporter.annotate] if say else []
    for maker in makers:  # a plug-in's, too: one that fails costs its own lines
        with aloud():
            lines = made(
                tell("what the page of the job shows"), lambda maker=maker: _lines(say or github, maker(report))
            )
        if isinstance(lines, str) and lines:
            command(lines, aside=aside)


def taken(environment: Mapping[str, str]) -> Callable[[Annotation], str] | None:
    """How to say a line to the runner that this runs under."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return github
    if environment.get("TF_BUILD", "").lower() == "true":
        return azure
    return None


def github(line: Annotation) -> str:
    """``::error title=...::...``."""
    return f"::{line.level} title={_escaped(line.title, GITHUB_PROPERTY)}::{_escaped(line.text, GITHUB_TEXT)}"


def azure(line: Annotation) -> str:
    """``##vso[task.logissue type=error]...``; of a notice nothing, for there is no such type."""
    if line.level is Level.NOTICE:
        return ""
    return f"##vso[task.logissue type={line.level}]{_escaped(f'{spoken(line.title)}: {spoken(line.text)}', AZURE_TEXT)}"


def _lines(say: Callable[[Annotation], str], lines: Iterable[Annotation]) -> str:
    return "\n".join(filter(None, map(say, lines)))


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    quiet = inert(clean(spoken(text)).replace("\n", " "))
    return "".join(escapes.get(char, char) for char in quiet)
