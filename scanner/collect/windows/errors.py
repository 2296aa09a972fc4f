"""What an error record of Windows means for the fact that was asked: there is none, or why it could not be had.

An error is told by its id, category and HRESULT, never by its text, which is localised. Some errors can only be read
with the release and the services of the machine at hand, so they are judged when these answers are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scanner.facts.base import RELEASES, WindowsFact
from scanner.facts.host import release_of
from scanner.facts.vmm import MODULE
from scanner.words.channel import ErrorLine
from scanner.words.failing import CLIENT, HYPER_V, KINDS_BY_CODE, KINDS_BY_ID, PROVIDER, RELEASE_KINDS
from scanner.words.model import GapReason

DENIED, TIMED_OUT = 18, 15
"""ErrorCategory PermissionDenied and OperationTimeout."""
TAKES = "; it takes "
"""Stands before the right that is missing."""
DENIED_IDS = (
    "System.Security.SecurityException",
    "System.UnauthorizedAccess",
    "UnauthorizedAccess",
    "AccessDenied",
    "Windows System Error 5",
)
DENIED_CODES = ("80041003", "80070005")
INVALID_QUERY = ("80041017", "8004106c")
LATE = ("80041069", "80041088")
REFUSED = ("ParameterArgumentValidationError", "NamedParameterNotFound", "ProviderNotFound", "DriveNotFound")
VMM = "Microsoft.SystemCenter.VirtualMachineManager."
VMM_DENIED, VMM_SILENT = ("1604", "1605"), ("1602", "1612")
"""Numbers of VMM: the account has no role there; nobody answers, as on a passive node of a highly available server."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What is known of the machine an error came from."""

    build: int = 0
    """0: not known"""
    services: Mapping[str, str] | None = None
    """state by name; nothing: not known"""
    configuration: str = ""
    """the session configuration asked, in the command way"""

    def older_than(self, release: str) -> bool:
        """Whether the machine is known to run an older release."""
        mine = release_of(self.build)
        return bool(mine) and RELEASES.index(mine) < RELEASES.index(release)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an error means: ``reason`` is nothing when there is none of what was asked, and that is an answer."""

    reason: GapReason | None = None
    detail: str = field(default="")


ABSENT = Ruling()


def kind_of(error: ErrorLine) -> str:
    """What is not there: namespace, class, key or module; empty for other errors."""
    return KINDS_BY_CODE.get(error.code) or KINDS_BY_ID.get(error.head, "")


def rule(errors: Iterable[ErrorLine], fact: type[WindowsFact], machine: Machine) -> Ruling:
    """What the errors of one answer mean together: absence only when every one of them says so."""
    rulings = (rule_one(error, fact, machine) for error in errors)
    return next((ruling for ruling in rulings if ruling.reason is not None), ABSENT)


def rule_one(error: ErrorLine, fact: type[WindowsFact], machine: Machine) -> Ruling:
    """What one error means for a fact."""
    what, kind = ascii(error.activity[:60])[1:-1] or fact.query.commands[0].name, kind_of(error)
    if error.category == DENIED or error.code in DENIED_CODES or error.head.startswith(DENIED_IDS):
        return Ruling(GapReason.ACCESS_DENIED, f"{what}: access denied{TAKES}{_right(fact)}")
    if kind and not (kind == "module" and machine.configuration):
        return _missing(error, kind, fact, machine)
    if fact.module == MODULE and (error.head.isdecimal() or VMM in error.id) and error.head not in REFUSED:
        return _vmm(error, what, fact, machine)
    if error.head in REFUSED or kind == "module":
        return _refused(error, error.target if kind == "module" else what, fact, machine)
    if error.code in INVALID_QUERY:
        return Ruling(GapReason.NOT_COLLECTED, f"the machine calls the query invalid ({_id(error)})")
    if error.code in LATE or error.category == TIMED_OUT:
        return Ruling(GapReason.TIMEOUT, f"{what} ran into a time limit on the machine ({_id(error)})")
    if error.code in PROVIDER or error.head.startswith(CLIENT) or HYPER_V in error.id:
        return _stopped(fact, machine) or Ruling(
            GapReason.NOT_COLLECTED, f"{what} failed on the machine ({_id(error)})"
        )
    return Ruling(GapReason.NOT_COLLECTED, f"{what}: {_id(error)}")


def _right(fact: type[WindowsFact]) -> str:
    """What an account needs to be answered (docs/least-privilege.md)."""
    if fact.query.commands[0].name == "Get-Acl":
        return "the right to read the permissions there"
    return "a role in VMM" if fact.module == MODULE else "an administrator of the machine"


def _vmm(error: ErrorLine, what: str, fact: type[WindowsFact], machine: Machine) -> Ruling:
    """A refusal of VMM is told by its number; where its service does not run, that says more."""
    if error.head in VMM_DENIED:
        return Ruling(GapReason.ACCESS_DENIED, f"{what}: the account has no role in VMM (error {error.head})")
    silent = f"{what}: VMM does not answer (error {_id(error)})" if error.head in VMM_SILENT else ""
    return _stopped(fact, machine) or Ruling(GapReason.NOT_COLLECTED, silent or f"{what}: error {_id(error)} of VMM")


def _missing(error: ErrorLine, kind: str, fact: type[WindowsFact], machine: Machine) -> Ruling:
    if kind in fact.absent or (kind in RELEASE_KINDS and machine.older_than(fact.since)):
        return ABSENT
    if kind == "module" and fact.module:
        return Ruling(GapReason.NOT_INSTALLED, f"the PowerShell module {fact.module} is not there ({_id(error)})")
    missing = Ruling(GapReason.NOT_INSTALLED, f"there is no such {kind} on the machine ({_id(error)})")
    return _stopped(fact, machine) or missing


def _stopped(fact: type[WindowsFact], machine: Machine) -> Ruling | None:
    """The service behind the query is not there or does not run: none, where the fact says so, or a gap."""
    if not fact.service or machine.services is None:
        return None
    state = machine.services.get(fact.service)
    if state == "Running":
        return None
    if "service" in fact.absent:
        return ABSENT
    if state is None:
        return Ruling(GapReason.NOT_INSTALLED, f"there is no service {fact.service}")
    return Ruling(GapReason.NOT_COLLECTED, f"service {fact.service} is {ascii(state[:20])[1:-1]}")


def _refused(error: ErrorLine, what: str, fact: type[WindowsFact], machine: Machine) -> Ruling:
    if not machine.configuration:
        return Ruling(GapReason.NOT_COLLECTED, f"the endpoint refuses {what} ({_id(error)})")
    module = f"the module {fact.module}" if fact.module else "a module"
    text = f"configuration {machine.configuration} does not let {ascii(what[:60])[1:-1]} through ({_id(error)}): "
    if fact.capability:
        return Ruling(GapReason.NOT_COLLECTED, f"{text}its account needs the role capability {fact.capability}, too")
    return Ruling(GapReason.NOT_COLLECTED, f"{text}is its role older than the scanner, or {module} missing?")


def _id(error: ErrorLine) -> str:
    return ascii(error.head[:80])[1:-1] or "an error without an id"
