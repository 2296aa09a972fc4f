"""An image in a drive, or a drive of the host, is not where the machine arrives, and stops it on its way.

Passes when every CD, DVD and floppy drive of the machine is empty. Fails for an image on a volume of the source
(0xC03A0014), for a drive of the host, and for an image on a share that the destination does not reach on TCP 445, or to
which the source may not delegate cifs, or that Virtual Machine Manager shall move (KB 2792049). On a share that is
reached and delegated it is a warning. Unknown where that could not be read, for a share of one of the two hosts, for a
floppy image of the source, for migrations that sign in by CredSSP, and for a drive of a kind that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.disks import DISKS
from checks.common.migrating import TWO_WAYS
from checks.common.parts import combine
from checks.common.probing import attempts
from checks.common.servers import smb_of
from checks.delegation.named import asks_for
from checks.delegation.verdicts import FORMS
from checks.vm.media import images, media
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, passed, scopes, tell
from scanner.facts.delegation import NamedAccount
from scanner.facts.devices import VmPhysicalDrive


def _asks(move: Subject, view: View) -> Iterator[Ask]:
    for row in images(view, move.source, move.vm_id):
        if row.file_server:
            yield from attempts(move.destination, smb_of(row.file_server))
            yield from asks_for(view, move.source, (row.file_server,))


@check(
    id="VM-06",
    title="No image or drive of the host is attached",
    fails="An attached image or drive cannot come along",
    warns="An image on a share is attached, which the destination reaches",
    severity=Severity.MEDIUM,
    who=Who.VIRTUAL_MACHINE,
    of_machines=True,
    scope=scopes.VM_ROUTE,
    seed="beyond seeds",
    needs=(*FORMS, *DISKS, *TWO_WAYS, NamedAccount, VmPhysicalDrive),
    asks=_asks,
    of_source=(VmPhysicalDrive,),
    remedy="Take images and drives of the host out of the machine's drives before it moves.",
)
def no_media(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    parts = list(media(view, move))
    return combine(parts) if parts else passed(tell("every drive is empty"))
