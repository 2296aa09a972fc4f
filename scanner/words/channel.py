"""A channel to one Windows machine: what every transport gives to those who ask the machine, whatever it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from scanner.words.model import GapReason
from scanner.words.query import Query

HRESULT = re.compile(r"HRESULT 0x([0-9a-f]{8})", re.IGNORECASE)


class ChannelFailure(Exception):  # noqa: N818 - an answer, not a fault
    """A channel failed: why, and in words, which the report prints: short, on one line, without secrets."""

    def __init__(self, reason: GapReason, detail: str, kind: str = "") -> None:
        """``kind``: of ``trouble.Kind``, where one says what to do about it."""
        super().__init__(detail)
        self.reason, self.detail, self.kind = reason, detail, kind


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """An error record, as every way of asking gives it."""

    id: str
    """FullyQualifiedErrorId"""
    category: int = 0
    activity: str = ""
    target: str = ""

    @property
    def head(self) -> str:
        """The id up to the comma; behind it stands who raised it."""
        return self.id.partition(",")[0]

    @property
    def code(self) -> str:
        """The HRESULT in the id, eight hexadecimal digits; empty if it names none."""
        found = HRESULT.search(self.id)
        return found[1].lower() if found else ""


@dataclass(frozen=True, slots=True)
class Output:
    """What one query's own pipeline gave."""

    query: str
    """its name"""
    texts: tuple[str, ...]
    """of JSON, as ConvertTo-Json gave them, to be read as one; none: no rows"""
    errors: tuple[ErrorLine, ...] = ()


class Channel(Protocol):
    """One sign-in on one machine, within one deadline. Nothing happens before ``open``; one thread uses it."""

    @property
    def who(self) -> str:
        """As whom the machine is read, for the report; known before it is open."""
        ...

    @property
    def how(self) -> str:
        """By which way and where, for the report; the address only once there is a connection."""
        ...

    @property
    def proof(self) -> str:
        """What proved that the target itself answers: kerberos, certificate ...; empty: nothing did."""
        ...

    def open(self) -> None:
        """Connect and sign in.

        Raises:
            ChannelFailure: one of these failed, or the deadline was over.
        """
        ...

    def run(self, queries: Iterable[Query]) -> Iterator[str | Output]:
        """Send queries, and nothing else, and hand on each answer as soon as it is there.

        An answer is a line of JSON as the fixed script prints it, or what a pipeline of its own gave.

        Raises:
            NotReadOnlyError: one is not on the read-only list; then none is sent.
            ChannelFailure: the machine ran none of them, the channel broke, or its deadline is over.
        """
        ...

    def close(self) -> None:
        """Give it back, in little time, whatever state it is in; raises nothing."""
        ...
