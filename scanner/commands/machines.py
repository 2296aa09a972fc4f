"""Which declared machine a person means: by its whole name, or by as much of it as is one machine's alone."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.commands.console import UsageError
from scanner.words.names import meant, nearest_host
from scanner.words.telling import joined, tell

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
        raise UsageError(
            tell('"{text}" may be {found}; write the one that is meant', text=text, found=" or ".join(found))
        )
    raise UsageError(
        tell(
            '"{text}" is no {role} of {where}{nearest_host}',
            text=text,
            role=role,
            where=where,
            nearest_host=nearest_host(text, names) or _those(names),
        )
    )


def _those(names: tuple[str, ...]) -> str:
    more = tell(" and {rest:,} more", rest=len(names) - LISTED) if len(names) > LISTED else ""
    return (
        tell("; there are {names}{more}", names=joined(", ", names[:LISTED]), more=more)
        if names
        else tell("; there is none")
    )
