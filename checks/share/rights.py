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
from scanner.api import MissingEvidence, Status, Verdict, View, failed, passed, powershell, unknown, warned
from scanner.facts.host import ComputerSystem

READ_AND_WRITE = 0x12019F
NAMES = {FULL: "Full Control", CHANGE: "Modify"}
ON_SHARE = {FULL: "Full", CHANGE: "Change"}
LETTERS = {FULL: "F", CHANGE: "M"}
GRANT = "Invoke-Command -ComputerName <machine> -ScriptBlock { icacls <folder> /grant <who> }"
SHARE = "Grant-SmbShareAccess -CimSession <machine> -Name <share> -AccountName <who> -AccessRight %s -Force"
DENIED = "Take the entry away that refuses it, if nobody needs that: what grants the right is there already."


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
        return failed(f"there is no folder {folder} on {machine}", "the folder")
    grant = f"*{case.who.row.sid}:(OI)(CI){LETTERS[wanted]}"
    remedy = powershell(GRANT, machine=machine, folder=case.place.folder, who=grant)
    verdict = _judged(view, case, row.access, wanted, f"{NAMES[wanted]} of {folder} on {machine}", remedy)
    is_he, list_ = _belongs(case), _entries(view, machine, case, row.access)
    if verdict.status is Status.PASS and list_ and granted(list_, wanted, is_he, below=True) is not True:
        said = f"{case.who.row.account} has {NAMES[wanted]} of {folder}, and what is made below does not inherit it"
        return replace(unknown(said, wanted="an entry that files and folders inherit"), remedy=remedy)
    return verdict


def on_share(view: View, case: Asked, wanted: int) -> Verdict:
    """The verdict on the share itself, where the path is one. The check must declare ``WHO``."""
    share = case.place.share
    if share is None:
        raise ValueError("the path is no share")
    name = clip(share.name)
    words = {"machine": case.place.machine, "share": share.name, "who": case.who.row.account}
    remedy = powershell(SHARE % ON_SHARE[wanted], **words)
    what = f"{ON_SHARE[wanted]} on the share {name} of {case.place.machine}"
    verdict = _judged(view, case, share.access, wanted, what, remedy)
    list_ = _entries(view, case.place.machine, case, share.access)
    if verdict.status is Status.PASS and list_ and not granted(list_, wanted, _unless(case, EVERYBODY)):
        works = "the right that everybody has is the account's, too"
        return warned(f"{what} by what everybody has", "a right of its own", remedy, works=works)
    return verdict


def _judged(view: View, case: Asked, access: str | None, wanted: int, what: str, remedy: str) -> Verdict:
    """PASS where it is granted, FAIL where it cannot be, whoever the account turns out to be."""
    account, list_ = case.who.row.account, _entries(view, case.place.machine, case, access)
    if list_ is None:
        raise MissingEvidence(f"who has {what} cannot be read: no access list, or one of an unknown form")
    is_he = _belongs(case)
    found = granted(list_, wanted, is_he)
    if found:
        return passed(f"{account} has {what}")
    if found is None or (wanted == CHANGE and granted(list_, READ_AND_WRITE, is_he)):
        why = "; ".join(dict.fromkeys(case.standing.doubts)) or "it depends on a group or a condition that was not read"
        why = why if found is None else "it may read and write, and not delete: nobody tried whether that does"
        return replace(unknown(f"{account} may lack {what}: {why}", wanted=what), remedy="")
    refused = granted([entry for entry in list_ if entry.allows], wanted, is_he)
    return failed(f"{account} has not {what}", what, DENIED if refused else remedy)


def _entries(view: View, machine: str, case: Asked, access: str | None) -> tuple[Entry, ...] | None:
    domain = case.who.row.domain_sid if view.one(ComputerSystem, machine).dns_domain == case.who.domain else ""
    return entries(access or "", domain)


def _belongs(case: Asked) -> Callable[[str], bool | None]:
    return belongs(case.standing, itself=case.itself)


def _unless(case: Asked, sids: frozenset[str]) -> Callable[[str], bool | None]:
    """The same, without what everybody is."""
    is_he = _belongs(case)
    return lambda sid: False if sid in sids else is_he(sid)
