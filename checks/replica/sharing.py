"""What the accounts lack that keep replicas on a share: rights on it, in its folder, and in what is made there."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.member import is_member
from checks.common.parts import clip
from checks.common.sddl import CHANGE, FULL, entries, granted
from checks.operator.account import Operator
from checks.replica.sharers import sharers
from checks.share.accounts import belongs, standing_on
from checks.share.places import Place
from scanner.api import MissingEvidence, Verdict, View, failed, joined, quote, tell, unknown
from scanner.facts.host import ComputerSystem
from scanner.facts.share import FolderAccess


def lacking(view: View, host: str, found: Place) -> Iterator[Verdict]:
    """What the accounts lack that use the share; nothing if each has all rights."""
    try:
        for who in sharers(view, host):
            with_doubt = _rights_or_unknown(view, who, found)
            if with_doubt is not None:
                yield with_doubt
    except MissingEvidence as missing:
        why = tell("every node and the broker need all rights there") if is_member(view, host) else ""
        yield unknown(joined("; ", filter(None, (str(missing), why))))


def _rights_or_unknown(view: View, who: Operator, found: Place) -> Verdict | None:
    try:
        return _rights(view, who, found)
    except MissingEvidence as missing:
        return unknown(str(missing))


def _rights(view: View, who: Operator, found: Place) -> Verdict | None:
    """What the host's account lacks on the share or behind it; nothing if it has all rights."""
    rows = view.rows(FolderAccess, found.machine)
    row = next((row for row in rows if row.folder.casefold() == found.folder.casefold()), None)
    if row is None:
        return failed(
            tell("there is no folder {folder} on {machine}", folder=clip(found.folder), machine=found.machine),
            tell("the folder"),
        )
    standing = standing_on(view, found.machine, who)
    domain = who.row.domain_sid if view.one(ComputerSystem, found.machine).dns_domain == who.domain else ""
    is_he, wanted = belongs(standing, itself=False), tell("all rights for {account}", account=who.row.account)
    share = found.share
    lists = ((share.access, tell("on the share {share}", share=clip(share.name)), False),) if share else ()
    for access, what, handed_down in (*lists, (row.access, tell("in {folder}", folder=clip(found.folder)), True)):
        list_ = entries(access or "", domain)
        if list_ is None:
            raise MissingEvidence(
                tell("who has rights {what} of {machine} cannot be read", what=what, machine=found.machine)
            )
        if granted(list_, CHANGE, is_he) is False:
            seen = tell(
                "{account} may not write {what} of {machine}", account=who.row.account, what=what, machine=found.machine
            )
            return failed(
                seen,
                wanted,
                tell("Give {who} all rights on the share and the folder behind it.", who=quote(who.row.account)),
            )
        if not granted(list_, FULL, is_he):
            seen = tell(
                "{account} may lack rights {what} of {machine}",
                account=who.row.account,
                what=what,
                machine=found.machine,
            )
            return unknown(joined("; ", dict.fromkeys((seen, *standing.doubts))), wanted=wanted)
        if handed_down and granted(list_, FULL, is_he, below=True) is not True:
            seen = tell(
                "{account} has all rights {what}, and what is made below does not inherit them",
                account=who.row.account,
                what=what,
            )
            return unknown(seen, wanted=tell("an entry that files and folders inherit"))
    return None
