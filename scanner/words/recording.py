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
PLAIN = ""
"""The key of a row that came as a plain value where an object is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error record of the machine."""

    error_id: str
    """FullyQualifiedErrorId"""
    category: str
    type: str
    """of the exception"""
    text: str
    """its message, in the machine's language, redacted: none is kept so far"""
    code: int | None = None
    """HRESULT of the innermost exception, where the way of asking tells it"""
    activity: str = ""
    """the command it came from"""
    target: str = ""
    """what it was about, redacted"""


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
    plain: bool = False
    """its rows came as plain values, of a command that answers such; each stands under the fact's only property"""
    left_out: int = 0
    """rows beyond those that a recording keeps of one query"""


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
