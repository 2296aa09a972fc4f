"""Which declared machine a person means: by its whole name, or by as much of it as is one machine's alone."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.commands.console import UsageError
from scanner.words.names import meant, nearest_host

LISTED = 5
"""so many names are told where none comes near"""


def one_of(text: str, machines: Iterable[str], where: str, role: str = "machine") -> str:
    """The machine that a text names, in its one spelling.

    Args:
        text: as a person wrote it.
        machines: those there are.
        where: who declares them: the estate file, the record.
        role: what it is there, for the text.

    Raises:
        UsageError: it may be several, or none is like it; the text says which there are.
    """
    names = tuple(dict.fromkeys(machines))
    found = meant(text, names)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f'"{text}" may be {" or ".join(found)}; write the one that is meant')
    raise UsageError(f'"{text}" is no {role} of {where}{nearest_host(text, names) or _those(names)}')


def _those(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return f"; there are {', '.join(names[:LISTED])}{more}" if names else "; there is none"
