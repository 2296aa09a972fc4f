"""How our texts say things: counts, values, near misses, and why the system or a library could not do something.

People read them who know Windows, and neither this program nor the language it is written in.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def counted(number: int, noun: str, many: str = "") -> str:
    """``1 host``, ``1,200 hosts``; ``many`` is the plural where an "s" does not make it: ``2 queries``."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def show(value: object) -> str:
    """A value as the file would hold it, short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 64:
        value = hex(value)  # decimal digits have a limit
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= 60 else text[:57] + "..."


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean "..."?`` for the nearest known word, or nothing."""
    found = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f'; did you mean "{found[0]}"?' if found else ""
