"""fix: the commands of one role, from a record, as one script for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from scanner.commands import ahead, options
from scanner.commands.console import UsageError, hand_over, tell
from scanner.commands.fixing import commands_of, script
from scanner.commands.loading import load
from scanner.judge import judging
from scanner.judge.hide import hidden
from scanner.words.check import Who
from scanner.words.exits import READY
from scanner.words.model import Status
from scanner.words.report import Finding
from scanner.words.telling import by_text, joined, plural
from scanner.words.telling import tell as phrase
from scanner.words.wording import counted, show

MENDED = (Status.FAIL, Status.WARN)

MARK = "\ufeff"
"""Without it Windows PowerShell takes a script, and what a program prints, for text in a code page of its own."""


def fix(
    file: options.RecordFile,
    *,
    who: Annotated[
        str,
        typer.Option("--for", metavar="ROLE", help="Whose commands: directory, host, network, storage, ..."),
    ],
    at: ahead.At = None,
    plugins: options.Plugins,
) -> int:
    """Print the commands of one role as a PowerShell script, to be read by a person; nothing is ever run."""
    offer = plugins.load()
    evidence = load(file, offer)
    time = ahead.instant(at, evidence)
    judged = hidden(judging.judge(offer.checks, evidence, time))
    found = [finding for finding in judged if finding.status in MENDED and commands_of(finding.remedy)]
    role = _role(who, found)
    text = script(role, (f for f in found if f.who == role), evidence.finished, time or evidence.finished)
    hand_over(text if text.isascii() else MARK + text)
    by_hand = sum(f.who == role and f.status in MENDED and not commands_of(f.remedy) for f in judged)
    if by_hand:
        tell(
            plural(
                by_hand,
                "{number:,} finding of {role} has no command: see the report",
                "{number:,} findings of {role} have no command: see the report",
                role=by_text(role.value, "who"),
            )
        )
    return READY


def _role(word: str, found: Sequence[Finding]) -> Who:
    """The role that a person named.

    Raises:
        UsageError: there is none of that name, or nothing in the record is its work.
    """
    named = next((one for one in Who if one == word.strip().lower().replace("-", " ")), None)
    commands = {one: len({c for f in found if f.who == one for c in commands_of(f.remedy)}) for one in Who}
    if named is not None and commands[named]:
        return named
    told = joined(", ", (f'''"{one}" ({counted(number, "command")})''' for one, number in commands.items() if number))
    why = phrase("no command of this record is for {named}", named=named) if named else f"--for {show(word)} is no role"
    raise UsageError(
        phrase("{why}; a script is for one role: {told}", why=why, told=told)
        if told
        else phrase("{why}, nor for any other role", why=why)
    )
