"""What a machine answered to every query that there is for its kind: raw, and redacted.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scanner.words.model import TargetKind

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
"""As JSON has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error record of the machine."""

    error_id: str
    """FullyQualifiedErrorId"""
    category: str
    type: str
    """of the exception"""
    text: str
    """its message, in the machine's language, redacted"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One query, and what came back."""

    fact: str
    """the class of the fact that asks it"""
    query: str
    """as ``hv-preflight queries`` prints it"""
    rows: tuple[dict[str, Value], ...] = ()
    """as they came, before any decoding"""
    failures: tuple[Failure, ...] = ()
    seconds: float | None = None
    """how long the machine took with it"""
    unanswered: str = ""
    """why nothing came back at all; empty: something did"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A CIM class, as the machine itself describes it (``Get-CimClass``)."""

    namespace: str
    name: str
    properties: dict[str, str]
    """name to CIM type; an array's ends with ``[]``"""
    missing: str = ""
    """the error id with which it said that it has no such class"""


class Held(StrEnum):
    """What a recording says of an assumption."""

    HOLDS = "holds"
    FAILS = "does not hold"
    OPEN = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One point of ``docs/unproven.md``, held against a recording."""

    point: str
    """its id"""
    held: Held
    why: str
    """what in the recording says so, or what a recording would have to hold"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """All that one machine answered."""

    version: str
    """of hv-preflight"""
    kind: TargetKind
    at: datetime
    transport: str
    """how it was signed in to: https, kerberos ...; no name, no account"""
    computer: dict[str, Value] = field(default_factory=dict[str, Value])
    """build, release, product type, PowerShell's version, language: what kind of machine it is, and not which"""
    asked: tuple[Asked, ...] = ()
    schemas: tuple[Schema, ...] = ()
    hidden: int = 0
    """how many values were replaced"""
    settled: tuple[Settled, ...] = ()
