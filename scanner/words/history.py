"""What is kept of runs: each run, and of each finding and route its life.

Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scanner.words.baseline import Key
from scanner.words.model import Severity, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRoute:
    """The readiness of one planned route in one run."""

    source: str
    destination: str
    storage: bool
    machines: bool
    profile: str
    """the kind of move"""
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastFinding:
    """A finding as one run had it."""

    check: str
    subject: str
    """the id of its subject"""
    name: str
    """the subject's title: what a person calls it"""
    profile: str
    """the one kind of move it judges; empty where it judges none alone"""
    status: Status
    severity: Severity
    title: str
    seen: str
    """at most 2,000 characters"""
    waived: str = ""
    """owner and last day of the waiver that covers it; empty: none does"""
    headline: str = ""
    """what is in place of what is demanded, as the check says it today; empty: not told"""

    @property
    def key(self) -> Key:
        """Its identity."""
        return self.check, self.subject, self.profile


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """One run, as the history has it."""

    number: int
    """within its history; no two are the same, and runs are in this order"""
    estate: str
    """the name under which its estate is kept"""
    started: datetime
    finished: datetime
    """of the evidence"""
    verdict: str
    exit_code: int
    counts: dict[str, int]
    """findings by status"""
    digest: str
    """SHA-256 of the record, in hex"""
    version: str
    runner: str
    chosen: bool
    """it judged less than there is: it is nobody's predecessor"""
    interrupted: bool
    until: datetime | None
    """the first instant at which its verdict turns by itself"""
    has_record: bool
    """the record itself is kept"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A stretch of a life, over whole runs of one estate in a row, in which one thing stayed the same."""

    state: str
    """a status or a verdict; "not judged" where a run that came later has it no more"""
    first: datetime
    last: datetime
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What became of one finding or route over the runs that are kept."""

    what: str
    """check and subject, or a route and its kind of move, as a person calls it"""
    first_seen: datetime
    last_seen: datetime
    turned: int
    """how many times its state became another one"""
    spells: tuple[Spell, ...]
    """the oldest first"""
