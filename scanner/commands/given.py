"""What words of the command line mean: a severity, the mode of a file."""

from __future__ import annotations

import re

from scanner.commands.console import UsageError
from scanner.words.model import Severity
from scanner.words.system import WINDOWS
from scanner.words.telling import tell

SEVERITIES = {severity.word: severity for severity in Severity}
NO_MODES = tell(
    "Windows knows no modes; a new file there has the access list that its folder hands down (icacls FOLDER shows it)"
)


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
    if WINDOWS:
        raise UsageError(f"--mode {word}: {NO_MODES}")
    return int(word, 8)
