"""The words of the scanner: status, severity, profile, fact, gap.

All of it is frozen: data flows one way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import ClassVar

from scanner.words.telling import by_text, tell
from scanner.words.trouble import NO_ADVICE, Advice


class Status(StrEnum):
    """How a check ended on one subject. Only PASS and NOT_APPLICABLE are green."""

    PASS = "PASS"
    FAIL = "FAIL"
    WARN = "WARN"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    UNKNOWN = "UNKNOWN"
    """Evidence is missing: nobody may say pass or fail."""
    ERROR = "ERROR"
    """The check itself failed: a defect of the check, not of the estate."""


WORST_FIRST = (Status.FAIL, Status.ERROR, Status.UNKNOWN, Status.WARN, Status.PASS, Status.NOT_APPLICABLE)
"""which of several wins, and is told first: a failure stands whatever is unknown, and unknown is never green"""


class Severity(IntEnum):
    """How much a failure matters; ordered, so that a gate says ``>=``."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        """The name as reports print it."""
        return self.name.lower()


class Profile(StrEnum):
    """The kind of move an estate is judged for."""

    LIVE_MIGRATION = "live-migration"
    REPLICA = "replica"
    ASR_VMM = "asr-vmm"


class TargetKind(StrEnum):
    """What is read: whom a fact can be asked of."""

    HOST = "host"
    """a Hyper-V host"""
    VMM_SERVER = "vmm-server"
    FILE_SERVER = "file-server"
    """a Windows machine whose shares a plan names"""
    MANAGEMENT = "management-machine"
    """a Windows machine, none of the hosts, from which moves are started"""
    DOMAIN = "domain"
    """a domain, through its controllers"""
    CONTROLLER = "controller"
    """one domain controller, asked beside the others of its domain"""
    KEY_FILE = "key-file"


SERVERS = frozenset({TargetKind.HOST, TargetKind.VMM_SERVER, TargetKind.FILE_SERVER})
"""the kinds of machine that a fact of Windows is asked of, unless it says otherwise"""
MACHINES = frozenset({*SERVERS, TargetKind.MANAGEMENT})
"""the kinds that are Windows machines of the estate"""


class GapReason(StrEnum):
    """Why a fact is not there."""

    UNREACHABLE = "unreachable"
    ACCESS_DENIED = "access denied"
    TIMEOUT = "timeout"
    NOT_INSTALLED = "not installed"
    UNPARSABLE = "unparsable"
    NOT_COLLECTED = "not collected"
    ANOTHER_MACHINE = "another machine answered"
    UNPROVEN = "it is not known which machine answered"
    HIDDEN = "access denied or provider broken"
    """nothing was refused, but a row that always exists was not given"""
    TOO_OLD = "answered too long ago"
    DEFECT = "the collector failed"
    """nothing of the estate: verdicts that miss it are ERROR, not UNKNOWN"""


TELLING = (
    GapReason.ANOTHER_MACHINE, GapReason.UNPROVEN, GapReason.HIDDEN, GapReason.TOO_OLD, GapReason.DEFECT,
)  # fmt: skip
"""reasons of which the detail is the half, not an aside"""

ALL_VMS = "*"
"""Stands in a subject for every virtual machine of a host whose machines could not be listed, or that has none."""


class Fact:
    """A frozen, typed row about one target. Subclasses are dataclasses; see ``scanner.facts``."""

    __slots__ = ()
    kinds: ClassVar[frozenset[TargetKind]] = frozenset()
    """the kinds of target that are asked for it; none: it is made of other facts"""
    least: ClassVar[int] = 0
    """rows that every target has; an answer with fewer is a gap"""
    key: ClassVar[tuple[str, ...] | None] = None
    """fields that tell its rows apart, none where a target has one row: rows that are alike in them and not the same
    contradict each other, and such an answer is a gap; None: nothing is known to tell them apart"""
    no_row: ClassVar[str] = ""
    """what it says that there is none, where ``least`` is 0: it is an answer, and this is why"""
    of_every_host: ClassVar[bool] = False
    """whether every host is asked, be it at neither end of a move: what it says is held against what others say"""
    second_round: ClassVar[bool] = False
    """whether it is asked when the first round is over, since another target's answer says what to ask"""

    @classmethod
    def lacks(cls, rows: Iterable[Fact]) -> str:
        """What of an answer every target has and this one does not, beside ``least`` rows; empty if it is whole."""
        del rows
        return ""

    @classmethod
    def question(cls) -> str:
        """What is asked for it, as text; empty where nobody is asked in words."""
        return ""

    @classmethod
    def about(cls) -> tuple[str, ...]:
        """What else is to say of how it is read, in sentences."""
        return ()


OURS = "scanner.facts."
"""Below it stand the facts that come with the scanner."""
PLUGIN_FILE = "hv_preflight_plugin_"
"""Begins the module's name of a plugin that is a single file."""


def key_of(fact: type[Fact]) -> str:
    """The name of a fact in evidence, records and reports.

    One of ours has its class's; a plugin's has its plugin's before it (of a package: its module's), so that no plugin
    is given rows of ours, or of another plugin, for its own.
    """
    if fact.__module__.startswith(OURS):
        return fact.__name__
    return f"{fact.__module__.removeprefix(PLUGIN_FILE)}.{fact.__name__}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact asked for and not had."""

    fact: str
    target: str
    reason: GapReason
    detail: str = ""
    advice: Advice = NO_ADVICE

    @property
    def because(self) -> str:
        """Reason and detail, as every report says them."""
        reason = by_text(self.reason.value, "why a fact is not there")
        if not self.detail:
            return reason
        if self.reason in TELLING:
            return tell("{reason}: {detail}", reason=reason, detail=self.detail)
        return tell("{reason} ({detail})", reason=reason, detail=self.detail)

    @property
    def status(self) -> Status:
        """What is said of a subject that cannot be judged without it."""
        return Status.ERROR if self.reason is GapReason.DEFECT else Status.UNKNOWN

    def __str__(self) -> str:
        """The gap as one sentence."""
        return tell("{fact} of {target}: {because}", fact=self.fact, target=self.target, because=self.because)


def not_asked(fact: str, target: str, *, interrupted: bool) -> Gap:
    """That nobody came to ask it."""
    why = tell("interrupted") if interrupted else tell("it was not asked for")
    return Gap(fact, target, GapReason.NOT_COLLECTED, why)
