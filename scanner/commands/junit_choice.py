"""``--junit-names``, ``--junit-profile``, ``--junit-limit``: how dashboards shall have the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands.console import UsageError
from scanner.commands.in_files import limit
from scanner.files.encodings import in_utf_8
from scanner.words.estate import Estate
from scanner.words.junit_choice import EXTENDED, STRICT, WITH_PROFILES, WITHOUT_PROFILES, JunitChoice

LIMIT = 60
"""megabytes"""
PROFILES = (STRICT, EXTENDED)
QUOTED = re.compile(r"""["']([^"']+)["']""")
NAMES = (WITH_PROFILES, WITHOUT_PROFILES)


Junit = Annotated[
    Path | None, typer.Option("--junit", metavar="FILE", help="Write the JUnit report here; - is standard output.")
]
Names = Annotated[
    int, typer.Option("--junit-names", metavar="FORM", help="How JUnit cases are named: 2, or 1, as they were before.")
]
Profile = Annotated[
    str, typer.Option("--junit-profile", metavar="PROFILE", help="strict, valid by all schemas of JUnit, or extended.")
]
Limit = Annotated[
    int, typer.Option("--junit-limit", metavar="MB", help="A JUnit file that would be larger goes on in others.")
]


def choice(names: int, profile: str, megabytes: int) -> JunitChoice:
    """What a person chose.

    Raises:
        UsageError: there is no such form, no such profile, or no such limit.
    """
    if names not in NAMES:
        raise UsageError(f'--junit-names "{names}": it is 2, or 1 for names as they were before')
    if profile not in PROFILES:
        raise UsageError(f'--junit-profile "{profile}": it is one of {", ".join(PROFILES)}')
    return JunitChoice(names, profile, limit(megabytes))


def placed(chosen: JunitChoice, file: Path | None, estate: Estate) -> JunitChoice:
    """The same with where the estate file stands and which line names whom, where something is said of it."""
    if not (chosen.extended and file and file.is_file()):
        return chosen
    with suppress(OSError, ValueError):  # elsewhere than below the working directory, or gone: then it is not named
        path = file.resolve().relative_to(Path.cwd().resolve()).as_posix()
        return replace(chosen, file=path, lines=dict(_lines(in_utf_8(file.read_bytes()).decode(), estate)))
    return chosen


def _lines(text: str, estate: Estate) -> Iterator[tuple[str, int]]:
    """The first line in which a target stands in quotes."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for word in QUOTED.findall(line):
            found.setdefault(word.casefold(), number)
    for target in {name: None for names in estate.targets.values() for name in names}:
        if target.casefold() in found:
            yield target, found[target.casefold()]
