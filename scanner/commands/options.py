"""What several commands take, each said once: single options, and the objects of those that go together.

``lazy`` gives typer the fields of an object one by one, and the command the object.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scanner import plugins
from scanner.commands import junit_choice
from scanner.commands.console import UsageError
from scanner.commands.given import SEVERITIES, permissions, severity
from scanner.commands.inputs import ESTATE, EstateOrHosts, EstatePath, RecordFile, source
from scanner.words.junit_choice import STRICT, WITHOUT_PROFILES
from scanner.words.system import WINDOWS

__all__ = [
    "ESTATE", "EstateOrHosts", "EstatePath", "FailOn", "Gate", "Html", "Json", "Mode", "Plugins", "Reading",
    "RecordFile", "Reports", "Since", "permissions", "severity", "source",
]  # fmt: skip
SLASHES = ("/", "\\") if WINDOWS else ("/",)
"""Ends the name of a folder."""
Mode = Annotated[
    str | None,
    typer.Option("--mode", metavar="OCTAL", help="Mode of every file of this run, as 0644; else its owner's alone."),
]
Html = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write the HTML report here; - is standard output.")
]
Json = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Write the JSON report here; - is standard output.")
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="SEVERITY",
        help="What stops the gate: info, low, medium, high or critical.",
        autocompletion=lambda: list(SEVERITIES),
    ),
]


KnownSince = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="A record or JSON report of before: tells since when it fails."),
]


@dataclass(frozen=True)
class Reports:
    """The reports that a judging run writes, and what stops its gate."""

    html: Annotated[
        str | None,
        typer.Option(
            "--html", metavar="FILE", help="Write the HTML report here: a file, a folder (DIR/), - for standard output."
        ),
    ] = None
    junit: junit_choice.Junit = None
    junit_limit: junit_choice.Limit = junit_choice.LIMIT
    junit_names: junit_choice.Names = WITHOUT_PROFILES
    junit_profile: junit_choice.Profile = STRICT
    json: Json = None
    markdown: Annotated[
        Path | None,
        typer.Option("--markdown", metavar="FILE", help="Write a summary for the page of a job; - is standard output."),
    ] = None
    formats: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="FORMAT=FILE", help="Write a report in another format."),
    ] = None
    mode: Mode = None
    fail_on: FailOn = "low"

    def named(self) -> list[tuple[str, Path]]:
        """The files, each by its format.

        Raises:
            UsageError: a wrong form of ``--report``.
        """
        ours = (("html", self.html), ("junit", self.junit), ("json", self.json), ("markdown", self.markdown))
        found = [(name, Path(path)) for name, path in ours if path]
        for text in self.formats or ():
            name, equals, path = text.partition("=")
            if not (name and equals and path):
                raise UsageError(f'--report "{text}": write --report FORMAT=FILE')
            found.append((name, Path(path)))
        return found

    def folders(self) -> set[Path]:
        """Those of the files that are folders: there already, or named as one."""
        texts = [self.html or "", *(text.partition("=")[2] for text in self.formats or ())]
        named = {Path(text) for text in texts if text.endswith(SLASHES)}
        return named | {path for _, path in self.named() if os.path.isdir(path)}  # a name that is too long is none


@dataclass(frozen=True)
class Gate:
    """What the gate lets pass though it counts."""

    waivers: Annotated[
        Path | None, typer.Option("--waivers", metavar="FILE", help="Findings that are known and accepted for a while.")
    ] = None

    @property
    def files(self) -> tuple[Path, ...]:
        """What is read for it."""
        return (self.waivers,) if self.waivers else ()


@dataclass(frozen=True)
class Since:
    """The earlier run that a run is held against."""

    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline", metavar="FILE", help="A record or JSON report of before: the gate stops only at what is new."
        ),
    ] = None

    @property
    def files(self) -> tuple[Path, ...]:
        """What is read for it."""
        return (self.baseline,) if self.baseline else ()


@dataclass(frozen=True)
class Reading:
    """How a run comes to its evidence, and where it keeps that."""

    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Keep the evidence in this file, for judge.")
    ] = None
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers",
            metavar="DIR",
            help="Folder of HOST.jsonl, taken in place of a sign-in.",
            exists=True,
            file_okay=False,
        ),
    ] = None


@dataclass(frozen=True)
class Plugins:
    """The plugins of a run."""

    plugin: Annotated[
        list[Path] | None, typer.Option("--plugin", metavar="FILE", help="A Python file with checks, facts or formats.")
    ] = None
    no_plugins: Annotated[bool, typer.Option("--no-plugins", help="Leave out plugins that are not built in.")] = False

    @property
    def files(self) -> tuple[Path, ...]:
        """Those that are files of their own."""
        return tuple(self.plugin or ())

    @property
    def words(self) -> tuple[str, ...]:
        """The same as words of a command line, for one that we print."""
        named = tuple(word for path in self.files for word in ("--plugin", str(path)))
        return (*named, "--no-plugins") if self.no_plugins else named

    def load(self) -> plugins.Offer:
        """What they and what is built in offer.

        Raises:
            PluginError: one cannot be used.
        """
        return plugins.load(self.files, third_party=not self.no_plugins)
