"""What proves that virtual machines are encrypted on their way. Compression is no encryption.

Two things prove it: the flag of every virtual machine on the source that encrypts its state and migration traffic, or
migrations by SMB on both hosts together with SMB encryption that one of them enforces. The flag covers memory and
state, but not disks, which always move by SMB: where storage moves, SMB encryption must be enforced besides. IPsec
rules are only a hint: whether a rule covers the traffic and encrypts it stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checks.common.disks import DISKS, disks_move
from checks.network.trust import WORKS
from scanner.api import Fact, Gap, MissingEvidence, Status, Verdict, View, counted, passed, unknown
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.network import ConnectionSecurityRule, SmbClientConfiguration, SmbServerConfiguration
from scanner.facts.vm import VirtualMachineSettings, VmSecurity

PROVING: tuple[type[Fact], ...] = (
    *(*DISKS, MigrationSettings, VirtualMachineSettings, VmSecurity),
    *(SmbServerConfiguration, SmbClientConfiguration, ConnectionSecurityRule),
)
"""What a check declares that asks for a proof."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether something is proven, and in which words. ``None``: the evidence to decide is missing."""

    holds: bool | None
    text: str


def protection(view: View, source: str, destination: str) -> Proof:
    """Whether a planned move is encrypted, disks included; the check must declare every fact read here."""
    route = view.route(source, destination)
    if route is not None and not route.machines:
        return _smb_encrypted(view, source, destination)
    proofs = (_with_disks(view, source, destination), by_smb(view, source, destination))
    best = next((proof for holds in (True, None) for proof in proofs if proof.holds is holds), None)
    return best or Proof(False, "; ".join(proof.text for proof in proofs))


def _with_disks(view: View, source: str, destination: str) -> Proof:
    """By the machines' own encryption, and that of the disks where they move, too."""
    proof = by_machine(view, source)
    if not proof.holds:
        return proof
    try:
        if not disks_move(view, source, destination):
            return proof
    except MissingEvidence as missing:
        return Proof(None, f"{proof.text}; whether disks move is not known: {missing}")
    disks = _smb_encrypted(view, source, destination)
    return Proof(disks.holds, f"{proof.text}, and disks move: {disks.text}")


def by_machine(view: View, source: str) -> Proof:
    """Whether every virtual machine of the source encrypts its own migration."""
    machines, security = view.ask(VirtualMachineSettings, source), view.ask(VmSecurity, source)
    if isinstance(machines, Gap):
        return Proof(None, str(machines))
    if isinstance(security, Gap):
        return Proof(None, str(security))
    encrypting = {row.owner for row in security if row.encrypts_migration is True}
    ids = {row.vm_id for row in machines if row.is_machine}
    if ids and ids <= encrypting:
        return Proof(True, f"every virtual machine of {source} encrypts its migration")
    many = f"{len(ids - encrypting)} of {counted(len(ids), 'virtual machine')} of {source}"
    return Proof(False, f"{many} without encryption of its own")


def by_smb(view: View, source: str, destination: str) -> Proof:
    """Whether both hosts migrate by SMB and encrypt it."""
    hosts = (source, destination)
    settings = [view.ask(MigrationSettings, host) for host in hosts]
    option = [None if isinstance(rows, Gap) or len(rows) != 1 else _uses_smb(rows[0]) for rows in settings]
    if False in option:
        return Proof(False, "migrations do not use SMB on both hosts")
    encrypted = _smb_encrypted(view, source, destination)
    if encrypted.holds is False or None not in option:
        return encrypted
    host, rows = next(
        each for each, uses in zip(zip(hosts, settings, strict=True), option, strict=True) if uses is None
    )
    return Proof(None, str(rows) if isinstance(rows, Gap) else f"MigrationSettings of {host}: not one row")


def _uses_smb(settings: MigrationSettings) -> bool:
    """SMB alone: with compression switched on as well, which of the two wins is told in two ways."""
    return settings.smb_transport is True and settings.compression is not True


def _smb_encrypted(view: View, source: str, destination: str) -> Proof:
    server, client = view.ask(SmbServerConfiguration, destination), view.ask(SmbClientConfiguration, source)
    if not isinstance(server, Gap) and any(row.encrypts and row.rejects_unencrypted for row in server):
        return Proof(True, f"{destination} encrypts every SMB share")
    if not isinstance(client, Gap) and any(row.requires_encryption for row in client):
        return Proof(True, f"{source} requires encryption of SMB")
    for answer in (server, client):
        if isinstance(answer, Gap) or not answer:
            return Proof(None, str(answer or f"the SMB configuration of {source} or {destination} has no row"))
    return Proof(False, f"neither {source} nor {destination} enforces encryption of SMB")


def ipsec_hint(view: View, host: str) -> Proof:
    """Whether an active connection security rule of the host requires protected traffic for anything at all."""
    rules = view.ask(ConnectionSecurityRule, host)
    if isinstance(rules, Gap):
        return Proof(None, str(rules))
    found = [r for r in rules if r.says("Active", "TRUE") and r.says("Action", "Secure", "SecureServer")]
    many = counted(len(found), "active connection security rule")
    return Proof(bool(found), f"protected traffic is required by {many}")


def encrypted_or_not(view: View, source: str, host: str, parts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts on the networks of a route, as encryption of what crosses them changes them.

    Proven it clears all of them; a hint of IPsec turns FAIL into WARN; missing evidence into UNKNOWN.
    """
    proof = protection(view, source, host)
    if proof.holds:
        note = f"encrypted: {proof.text}"
        return [part if part.status is Status.PASS else passed(part.seen or part.note, note=note) for part in parts]
    return [_clear(view, host, part, proof) if part.status is Status.FAIL else part for part in parts]


def _clear(view: View, host: str, part: Verdict, proof: Proof) -> Verdict:
    hint = ipsec_hint(view, host)
    if proof.holds is None or hint.holds is None:
        reason = proof.text if proof.holds is None else hint.text
        return unknown(f"{part.seen}; whether the traffic is encrypted is not known: {reason}", wanted=part.wanted)
    if hint.holds:
        note = f"{hint.text}; whether they cover migrations and encrypt them is not examined"
        return replace(part, status=Status.WARN, works=WORKS, note=note)
    return replace(part, note=f"not encrypted: {proof.text}")
