r"""VMM's service account writes the first copies to the export path and reads them from the import path.

Judged for each path of [offline] and each account that VMM runs as: what its service tells, which an estate that says
otherwise fails; VMM's own word where that was not read, and UNKNOWN where both tell different ones. LocalSystem is the
VMM server's own account. Passes where the folder's access list gives it Full
Control, by itself or by a group it is in (its domain's, nested, and the machine's Administrators, Power Users, Server
and Print Operators), and hands that down to what is made below. Fails where it has less, where an entry before refuses
it, and where share or folder is missing. Unknown where a group decides whose members were not read, and where the
machine is none of the estate. Does not apply on a Hyper-V host (SHR-05), and where no such copies are planned.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import combine
from checks.common.sddl import FULL
from checks.share.accounts import VMM, Otherwise, asks_who, service_accounts
from checks.share.places import PLACES, Place, asks_place, declared, place
from checks.share.rights import asked, in_folder
from scanner.api import Ask, Profile, Severity, Subject, Verdict, View, Who, check, failed, scopes, tell


def _asks(subject: Subject, view: View) -> Iterator[Ask]:
    found = place(view, declared(view, subject))
    if isinstance(found, Place):
        yield from asks_place(subject, view)
        yield from asks_who(view, found.machine, service_accounts(view, found.machine))


@check(
    id="SHR-01",
    title="VMM service account has Full Control (NTFS) on export and import path",
    fails="VMM service account lacks Full Control (NTFS), or path or account is not as told",
    severity=Severity.CRITICAL,
    who=Who.STORAGE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.SHARE,
    seed="S4 #prepare-for-offline-initial-replication bullet 1",
    needs=(*PLACES, *VMM),
    asks=_asks,
    remedy="Give the service account Full Control of the folder, for files and folders below it, too.",
)
def folder(subject: Subject, view: View) -> Verdict:
    """Judge one path."""
    found = place(view, declared(view, subject))
    if not isinstance(found, Place):
        return found
    try:
        people = service_accounts(view, found.machine)
    except Otherwise as otherwise:
        return failed(
            str(otherwise), tell("one account, here and there"), tell("Mend service_account in [offline], or VMM.")
        )
    return combine(in_folder(view, asked(view, found, who), FULL) for who in people)
