"""The registration key where it lies on a VMM server: whether it is there, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from scanner.facts.base import AskedFact, prop, windows_fact
from scanner.facts.clear import SDDL
from scanner.facts.vmm_setup import VMM
from scanner.words.model import TargetKind, key_of
from scanner.words.patterns import KEY_COPY
from scanner.words.query import Command, Query
from scanner.words.readonly import KEY_HOLE

IS_KEY = re.compile(KEY_COPY, re.IGNORECASE | re.ASCII)


def askable(path: str) -> bool:
    """Whether a machine may be asked for this file: one on a drive of its own."""
    return path.isprintable() and IS_KEY.fullmatch(path) is not None


@windows_fact(
    Command("Get-Acl", {"LiteralPath": (KEY_HOLE,)}),
    yields="System.Security.AccessControl.FileSecurity",
    absent=("key",),
    capability="HvPreflightFiles",
    no_row="the file is not there",
)
class KeyFileAccess(AskedFact):
    """Who may read a registration key on a VMM server; the key itself is not read."""

    kinds: ClassVar[frozenset[TargetKind]] = VMM
    path: str = prop("Path", "with the provider's name before it")
    sddl: str = prop("Sddl", "owner and access list", clear=SDDL)

    @classmethod
    def about(cls) -> tuple[str, ...]:
        """What else is to be known."""
        return (
            "A file that is not there is no row.",
            "Second round: the path is the one that the estate names.",
            f"In a JEA endpoint it needs the role capability `{cls.capability}`, which is for you to add.",
        )

    @classmethod
    def queries(cls, arguments: Sequence[str]) -> tuple[Query, ...]:
        """One query a path."""
        read = [Command("Get-Acl", {"LiteralPath": (path,)}) for path in dict.fromkeys(arguments) if askable(path)]
        return tuple(Query(key_of(cls), (command, *cls.query.commands[1:])) for command in read)
