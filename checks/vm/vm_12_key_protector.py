"""A machine with a virtual TPM starts only where its key protector is opened: elsewhere the move ends with error 10698.

Does not apply to a machine that is neither shielded, nor has a virtual TPM, a key storage drive or an encrypted state.
One that is or has is UNKNOWN: the destination must hold the certificates of the guardian that protects its key, private
keys among them, or be attested by the same Host Guardian Service, and no query tells either. Windows Server 2016
brought all of these; a machine on an older host has none. Unknown, too, where the machine's own row lacks.
"""

from __future__ import annotations

from checks.common.parts import listing
from checks.vm.keys import sealed
from scanner.api import (
    MissingEvidence,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    scopes,
    tell,
    unknown,
)
from scanner.facts.base import RELEASES
from scanner.facts.host import OperatingSystem
from scanner.facts.vm import VmSecurity

NEEDED = tell("certificates of `Shielded VM Local Certificates` with private keys, or the same Host Guardian Service")


@check(
    id="VM-12",
    title="Shielded/vTPM VM can start on the destination",
    severity=Severity.HIGH,
    who=Who.HOST,
    profiles=(Profile.LIVE_MIGRATION, Profile.REPLICA),
    of_machines=True,
    scope=scopes.VM_ROUTE,
    seed="beyond seeds",
    needs=(VmSecurity, OperatingSystem),
    of_source=(VmSecurity,),
    remedy="Export the guardian's two certificates on the source with their private keys, and import them on the "
    "destination; or attest both hosts by one Host Guardian Service.",
)
def key_protector(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    found = sealed(view, move.source, move.vm_id)
    if found:
        words = tell(
            "it {found}; whether {destination} opens its key is told by no query",
            found=listing(found),
            destination=move.destination,
        )
        return unknown(words, wanted=NEEDED)
    if found is not None:
        return not_applicable(tell("no key that another host must open"))
    if view.one(OperatingSystem, move.source).release in RELEASES[:2]:
        return not_applicable(tell("on a host older than Windows Server 2016, which brought virtual TPMs"))
    raise MissingEvidence(
        tell("VmSecurity of {source}: it does not tell of {vm_id}", source=move.source, vm_id=move.vm_id)
    )
