"""Options that several commands take, each said once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands.console import UsageError
from scanner.words.model import Severity

EstateFile = Annotated[Path, typer.Argument(help="The estate file.", metavar="ESTATE")]
Plugins = Annotated[list[Path] | None, typer.Option("--plugin", help="A Python file with checks, facts or formats.")]
NoPlugins = Annotated[bool, typer.Option("--no-plugins", help="Leave out plugins that are not built in.")]
Answers = Annotated[
    Path | None,
    typer.Option(
        "--answers", help="Folder of <host>.jsonl, taken in place of a sign-in.", exists=True, file_okay=False
    ),
]
Save = Annotated[Path | None, typer.Option("--save", help="Keep the evidence in this file, for judge.")]
Mode = Annotated[
    str | None,
    typer.Option("--mode", metavar="OCTAL", help="Mode of every file of this run, as 0644; else its owner's alone."),
]
Html = Annotated[Path | None, typer.Option("--html", help="Write the HTML report here.")]
Junit = Annotated[Path | None, typer.Option("--junit", help="Write the JUnit report here.")]
Json = Annotated[Path | None, typer.Option("--json", help="Write the JSON report here.")]
Formats = Annotated[
    list[str] | None, typer.Option("--report", metavar="FORMAT=FILE", help="Write a report in a format of a plugin.")
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="SEVERITY",
        help="What stops the gate: info, low, medium, high or critical.",
    ),
]
SEVERITIES = {severity.word: severity for severity in Severity}
RecordFile = Annotated[Path, typer.Argument(help="A record: the file that --save wrote.", metavar="RECORD")]


def severity(word: str) -> Severity:
    """The severity a person named.

    Raises:
        UsageError: there is no such severity.
    """
    if word.lower() not in SEVERITIES:
        raise UsageError(f'--fail-on "{word}": it is one of {", ".join(SEVERITIES)}')
    return SEVERITIES[word.lower()]


def permissions(word: str | None) -> int | None:
    """The mode a person named.

    Raises:
        UsageError: it is no mode of a file, or one that its owner cannot read.
    """
    if word is None:
        return None
    if not re.fullmatch(r"0?[4-7][0-7]{2}", word, re.ASCII):
        raise UsageError(f'--mode "{word}": write three octal digits of which the owner\'s lets it read, as in 0644')
    return int(word, 8)
