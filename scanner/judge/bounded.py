"""Keeps what a finding says to a length that a person reads, whatever length a target gives to its names.

Checks cut what they quote, each for itself; this holds for all that they say, and for a check that forgets it.
"""

from __future__ import annotations

from dataclasses import replace

from scanner.words.check import Verdict
from scanner.words.quoting import PIECE
from scanner.words.telling import counted, tell
from scanner.words.told import plain
from scanner.words.wording import is_sentence

MOST = 4000
"""characters of one text: what a report shows of it"""
NAME = 1000
"""characters of one constant of a command; a name of Windows, or a path that a person gave, is shorter"""
NO_COMMAND = tell("What a command would have to name is longer than any name of Windows is: look at it first.")


def bounded(verdict: Verdict) -> Verdict:
    """The verdict with every text of it cut; a command that would name what no thing is called is none.

    A command is never cut, and one that names many things may be as long as it must.
    """
    if all(len(text) <= MOST for text in verdict.texts):
        return verdict
    words = {name: _cut(getattr(verdict, name)) for name in ("seen", "wanted", "note", "works")}
    return replace(verdict, remedy=_remedy(verdict.remedy), **words)


def _cut(text: str) -> str:
    if len(text) <= MOST:
        return text
    return tell("{text}… ({length})", text=plain(text)[:MOST], length=counted(len(text), "character"))


def _remedy(text: str) -> str:
    if len(text) <= MOST:
        return text
    if all(map(is_sentence, text.splitlines())):
        return _cut(text)
    return NO_COMMAND if any(len(found[0]) > NAME for found in PIECE.finditer(text)) else text
