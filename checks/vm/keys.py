"""What of a virtual machine is sealed with a key, which its key protector holds."""

from __future__ import annotations

from scanner.api import MissingEvidence, View, tell
from scanner.facts.vm import VmSecurity

HOLDS = (
    ("shielded", tell("is shielded")),
    ("tpm", tell("has a virtual TPM")),
    ("key_storage", tell("has a key storage drive")),
    ("encrypts_migration", tell("encrypts its state")),
)
"""Fields of ``VmSecurity``, with what they say."""


def sealed(view: View, host: str, vm_id: str) -> list[str] | None:
    """What of it is sealed; nothing where the host has no row of the machine.

    Raises:
        MissingEvidence: the rows could not be read, or none says yes and one does not say.
    """
    rows = view.derived(VmSecurity, host, _by_machine).get(vm_id, [])
    told = {field: [getattr(row, field) for row in rows] for field, _ in HOLDS}
    found = [words for field, words in HOLDS if True in told[field]]
    if not found and any(None in values for values in told.values()):
        raise MissingEvidence(tell("VmSecurity of {host}: it does not tell all of {vm_id}", host=host, vm_id=vm_id))
    return found if rows else None


def _by_machine(rows: tuple[VmSecurity, ...]) -> dict[str, list[VmSecurity]]:
    found: dict[str, list[VmSecurity]] = {}
    for row in rows:
        found.setdefault(row.owner, []).append(row)
    return found
