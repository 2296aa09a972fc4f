"""The rights of an account in a folder or on a share, as verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from checks.common.parts import clip
from checks.common.sddl import CHANGE, FULL, Entry, entries, granted
from checks.operator.account import Operator
from checks.operator.membership import EVERYBODY, Standing
from checks.share.accounts import belongs, standing_on
from checks.share.places import Place, folder_of
from scanner.api import (
    MissingEvidence,
    Status,
    Verdict,
    View,
    failed,
    joined,
    passed,
    powershell,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import ComputerSystem

READ_AND_WRITE = 0x12019F
NAMES = {FULL: tell("Full Control"), CHANGE: tell("Modify")}
ON_SHARE = {FULL: "Full", CHANGE: "Change"}
LETTERS = {FULL: "F", CHANGE: "M"}
GRANT = "Invoke-Command -ComputerName <machine> -ScriptBlock { icacls <folder> /grant <who> }"
SHARE = "Grant-SmbShareAccess -CimSession <machine> -Name <share> -AccountName <who> -AccessRight %s -Force"
DENIED = tell("Take the entry away that refuses it, if nobody needs that: what grants the right is there already.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose right is looked at, and where."""

    place: Place
    who: Operator
    standing: Standing
    itself: bool
    """the machine's own account, on that machine"""


def asked(view: View, found: Place, who: Operator) -> Asked:
    """What is known of an account where the path lies. The check must declare ``WHO``."""
    itself = found.share is None and who.row.operator == found.machine
    return Asked(found, who, standing_on(view, found.machine, who), itself)


def in_folder(view: View, case: Asked, wanted: int) -> Verdict:
    """The verdict on the folder. The check must declare ``WHO`` and ``PLACES``.

    Raises:
        MissingEvidence: who may use it could not be read.
    """
    row, machine, folder = folder_of(view, case.place), case.place.machine, clip(case.place.folder)
    if row is None:
        return failed(
            tell("there is no folder {folder} on {machine}", folder=folder, machine=machine), tell("the folder")
        )
    grant = f"*{case.who.row.sid}:(OI)(CI){LETTERS[wanted]}"
    remedy = powershell(GRANT, machine=machine, folder=case.place.folder, who=grant)
    verdict = _judged(
        view,
        case,
        row.access,
        wanted,
        tell("{names} of {folder} on {machine}", names=NAMES[wanted], folder=folder, machine=machine),
        remedy,
    )
    is_he, list_ = _belongs(case), _entries(view, machine, case, row.access)
    if verdict.status is Status.PASS and list_ and granted(list_, wanted, is_he, below=True) is not True:
        said = tell(
            "{account} has {names} of {folder}, and what is made below does not inherit it",
            account=case.who.row.account,
            names=NAMES[wanted],
            folder=folder,
        )
        return replace(unknown(said, wanted=tell("an entry that files and folders inherit")), remedy=remedy)
    return verdict


def on_share(view: View, case: Asked, wanted: int) -> Verdict:
    """The verdict on the share itself, where the path is one. The check must declare ``WHO``."""
    share = case.place.share
    if share is None:
        raise ValueError("the path is no share")
    name = clip(share.name)
    words = {"machine": case.place.machine, "share": share.name, "who": case.who.row.account}
    remedy = powershell(SHARE % ON_SHARE[wanted], **words)
    what = tell(
        "{on_share} on the share {name} of {machine}", on_share=ON_SHARE[wanted], name=name, machine=case.place.machine
    )
    verdict = _judged(view, case, share.access, wanted, what, remedy)
    list_ = _entries(view, case.place.machine, case, share.access)
    if verdict.status is Status.PASS and list_ and not granted(list_, wanted, _unless(case, EVERYBODY)):
        works = tell("the right that everybody has is the account's, too")
        return warned(tell("{what} by what everybody has", what=what), tell("a right of its own"), remedy, works=works)
    return verdict


def _judged(view: View, case: Asked, access: str | None, wanted: int, what: str, remedy: str) -> Verdict:
    """PASS where it is granted, FAIL where it cannot be, whoever the account turns out to be."""
    account, list_ = case.who.row.account, _entries(view, case.place.machine, case, access)
    if list_ is None:
        raise MissingEvidence(
            tell("who has {what} cannot be read: no access list, or one of an unknown form", what=what)
        )
    is_he = _belongs(case)
    found = granted(list_, wanted, is_he)
    if found:
        return passed(tell("{account} has {what}", account=account, what=what))
    if found is None or (wanted == CHANGE and granted(list_, READ_AND_WRITE, is_he)):
        why = joined("; ", dict.fromkeys(case.standing.doubts)) or tell(
            "it depends on a group or a condition that was not read"
        )
        why = why if found is None else tell("it may read and write, and not delete: nobody tried whether that does")
        return replace(
            unknown(tell("{account} may lack {what}: {why}", account=account, what=what, why=why), wanted=what),
            remedy="",
        )
    refused = granted([entry for entry in list_ if entry.allows], wanted, is_he)
    return failed(tell("{account} has not {what}", account=account, what=what), what, DENIED if refused else remedy)


def _entries(view: View, machine: str, case: Asked, access: str | None) -> tuple[Entry, ...] | None:
    domain = case.who.row.domain_sid if view.one(ComputerSystem, machine).dns_domain == case.who.domain else ""
    return entries(access or "", domain)


def _belongs(case: Asked) -> Callable[[str], bool | None]:
    return belongs(case.standing, itself=case.itself)


def _unless(case: Asked, sids: frozenset[str]) -> Callable[[str], bool | None]:
    """The same, without what everybody is."""
    is_he = _belongs(case)
    return lambda sid: False if sid in sids else is_he(sid)
