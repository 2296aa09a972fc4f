"""Hosts that VMM added with a Run As account are managed as that account, which reads and writes the copies, too.

Judged for each path and each account of run_as in [offline]. Passes with Modify of the folder, handed down to what is
made below, and Change on the share. Fails where it may not read and write. Unknown where it may that and not delete
(nobody tried whether that does), where VMM tells another account of a host of the estate, which the directory was not
asked about, and as for SHR-01. Does not apply where neither estate nor VMM names such an account.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import combine
from checks.common.sddl import CHANGE
from checks.share.accounts import WHO, asks_who
from checks.share.places import PLACES, Place, asks_place, declared, place
from checks.share.rights import asked, in_folder, on_share
from checks.share.run_as import RUN_AS, is_told, others, planned
from scanner.api import Ask, Profile, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell


def _asks(subject: Subject, view: View) -> Iterator[Ask]:
    found = place(view, declared(view, subject))
    names = view.estate.offline.run_as
    if isinstance(found, Place) and names:
        yield from asks_place(subject, view)
        yield from asks_who(view, found.machine, planned(view, found.machine))


@check(
    id="SHR-04",
    title="VMM Run As accounts can read and write the paths",
    fails="A VMM Run As account cannot read and write the path, or it is not there",
    warns="A VMM Run As account may use the share by everybody's right alone",
    severity=Severity.HIGH,
    who=Who.STORAGE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.SHARE,
    seed="S4 #prepare-for-offline-initial-replication bullet 3",
    needs=tuple(dict.fromkeys((*PLACES, *WHO, *RUN_AS))),
    asks=_asks,
    remedy="Give the Run As accounts Modify of the folder and Change on the share.",
)
def run_as(subject: Subject, view: View) -> Verdict:
    """Judge one path."""
    if not is_told(view):
        return not_applicable(tell("neither the estate nor VMM names an account with which VMM added hosts"))
    found = place(view, declared(view, subject))
    return combine(_each(view, found)) if isinstance(found, Place) else found


def _each(view: View, found: Place) -> Iterator[Verdict]:
    known = planned(view, found.machine)
    yield from others(view, known)
    for who in known:
        case = asked(view, found, who)
        yield in_folder(view, case, CHANGE)
        if found.share:
            yield on_share(view, case, CHANGE)
