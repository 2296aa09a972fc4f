"""What a share does not allow, no folder behind it allows: both lists are asked.

Judged like SHR-01, by the share's own access list. Passes with Full; a warning where it is the right of everybody
(Everyone, Authenticated Users) and no other; fails with less, or where an entry before refuses it. Unknown where a
group decides whose members were not read, or VMM runs as another account than the estate says, which SHR-01 fails. Does
not apply to a path that is a folder of a machine, and no share.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import combine
from checks.common.sddl import FULL
from checks.share.accounts import VMM, asks_who, service_accounts
from checks.share.places import PLACES, Place, declared, place
from checks.share.rights import asked, on_share
from scanner.api import Ask, Profile, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell

NO_SHARE = tell("the path is a folder of a machine, and no share")


def _asks(subject: Subject, view: View) -> Iterator[Ask]:
    found = place(view, declared(view, subject))
    if isinstance(found, Place) and found.share:
        yield from asks_who(view, found.machine, service_accounts(view, found.machine))


@check(
    id="SHR-02",
    title="VMM service account has Full access on the share of export and import path",
    fails="VMM service account lacks Full access on the share, or the share is not online",
    warns="VMM service account has Full access on the share by everybody's right alone",
    severity=Severity.CRITICAL,
    who=Who.STORAGE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.SHARE,
    seed="S4 #prepare-for-offline-initial-replication bullet 1",
    needs=(*PLACES, *VMM),
    asks=_asks,
    remedy="Give the service account Full access on the share.",
)
def share(subject: Subject, view: View) -> Verdict:
    """Judge one path."""
    path = declared(view, subject)
    if path.machine:
        return not_applicable(NO_SHARE)
    found = place(view, path)
    if not isinstance(found, Place):
        return found
    people = service_accounts(view, found.machine)
    return combine(on_share(view, asked(view, found, who), FULL) for who in people)
