"""The words of the scanner: status, severity, subject, fact, gap.

Standard library only, so that everything else may import it. All of it is frozen: data flows one way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


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


class Scope(StrEnum):
    """What one verdict of a check is about."""

    HOST = "host"
    SOURCE = "source"
    """A host, judged only where it is the source of a route."""
    DESTINATION = "destination"
    """A host, judged only where it is the destination of a route."""
    ROUTE = "route"
    """An ordered pair of hosts."""
    PAIR = "pair"
    """An unordered pair of hosts between which a route is planned."""
    VM = "vm"
    VM_ROUTE = "vm-route"
    DOMAIN = "domain"
    CLUSTER = "cluster"
    VMM_SERVER = "vmm-server"
    CLOUD = "cloud"
    KEY_FILE = "key-file"
    SHARE = "share"
    OPERATOR = "operator"
    RUN = "run"


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


ALL_VMS = "*"
"""Stands in a subject for every virtual machine of a host whose machines could not be listed, or that has none."""


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a finding is about. ``names`` identify it and hold no measured value; ``label`` is for people."""

    kind: Scope
    names: tuple[str, ...]
    label: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """Stable identity within its kind."""
        return "/".join(self.names)

    @property
    def title(self) -> str:
        """What people read."""
        if self.label:
            return self.label
        return {Scope.ROUTE: " → ", Scope.PAIR: " ↔ "}.get(self.kind, " ").join(self.names)

    @property
    def host(self) -> str:
        """The host it is about; of a route or a virtual machine, the source."""
        return self.names[0]

    @property
    def source(self) -> str:
        """The host a move starts from."""
        return self.names[0]

    @property
    def destination(self) -> str:
        """The host a move ends on."""
        return self.names[-1]

    @property
    def vm_id(self) -> str:
        """The virtual machine's GUID (lower case, no braces), or ``ALL_VMS``."""
        return self.names[1]


class Fact:
    """A frozen, typed row about one target. Subclasses are dataclasses; see ``scanner.facts``."""

    __slots__ = ()

    @classmethod
    def question(cls) -> str:
        """What is asked for it, as text; empty where nobody is asked in words."""
        return ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact asked for and not had."""

    fact: str
    target: str
    reason: GapReason
    detail: str = ""

    @property
    def because(self) -> str:
        """Reason and detail, as every report says them."""
        form = ": {}" if self.reason in (GapReason.ANOTHER_MACHINE, GapReason.UNPROVEN) else " ({})"
        return self.reason + (form.format(self.detail) if self.detail else "")

    def __str__(self) -> str:
        """The gap as one sentence."""
        return f"{self.fact} of {self.target}: {self.because}"
