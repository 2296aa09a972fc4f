"""The machine that holds the share lets VMM do what only its own operators may.

The page asks for membership of Administrators, Power Users, Print Operators and Server Operators, and no account is in
all four: it is read as one of them. Passes for one that is, itself or by a group; the SIDs decide (S-1-5-32-544, -547,
-550, -549), and the last two only domain controllers have. Fails where the lists are whole and it is in none. Unknown
where a list may be short of it. Does not apply to a path that is no share.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import combine
from checks.operator.joining import join
from checks.operator.membership import Standing
from checks.share.accounts import VMM, asks_who, service_accounts, standing_on
from checks.share.places import PLACES, Place, declared, place
from checks.share.shr_02_share import NO_SHARE
from scanner.api import (
    Ask,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    joined,
    not_applicable,
    passed,
    scopes,
    tell,
    unknown,
)
from scanner.facts.local_group import ADMINISTRATORS


def _asks(subject: Subject, view: View) -> Iterator[Ask]:
    found = place(view, declared(view, subject))
    if isinstance(found, Place) and found.share:
        yield from asks_who(view, found.machine, service_accounts(view, found.machine))


@check(
    id="SHR-03",
    title="VMM service account is in a privileged group on the share's computer",
    fails="VMM service account is in no privileged group, or the share is not online",
    severity=Severity.HIGH,
    who=Who.STORAGE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.SHARE,
    seed="S4 #prepare-for-offline-initial-replication bullet 2",
    needs=(*PLACES, *VMM),
    asks=_asks,
    remedy="Add the service account to Administrators (S-1-5-32-544) of the machine that holds the share.",
)
def privileged(subject: Subject, view: View) -> Verdict:
    """Judge one path."""
    path = declared(view, subject)
    if path.machine:
        return not_applicable(NO_SHARE)
    found = place(view, path)
    if not isinstance(found, Place):
        return found
    machine, people = found.machine, service_accounts(view, found.machine)
    return combine(_one(view, machine, standing_on(view, machine, who)) for who in people)


def _one(view: View, machine: str, found: Standing) -> Verdict:
    name = found.operator.row.account
    if found.groups:
        return passed(
            tell("{name} is {told} of {machine}", name=name, told=found.told, machine=machine),
            note=tell("the page's list is read as one of its groups"),
        )
    if found.doubts:
        return unknown(joined("; ", dict.fromkeys(found.doubts)))
    wanted = tell("a member of Administrators, Power Users, Server Operators or Print Operators")
    return failed(
        tell("{name} is in no privileged group of {machine}", name=name, machine=machine),
        wanted,
        join(view, machine, found, ADMINISTRATORS),
    )
