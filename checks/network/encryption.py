"""What proves that the memory of virtual machines is encrypted on its way. Compression is no encryption.

Two things prove it: the flag of every virtual machine on the source that encrypts its state and migration traffic, or
migrations by SMB on both hosts together with SMB encryption that one of them enforces. IPsec rules are only a hint:
whether a rule covers the traffic and encrypts it stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scanner.api import Gap, Status, Verdict, View, counted, passed, unknown
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.network import ConnectionSecurityRule, SmbClientConfiguration, SmbServerConfiguration
from scanner.facts.vm import VirtualMachineSettings, VmSecurity


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether something is proven, and in which words. ``None``: the evidence to decide is missing."""

    holds: bool | None
    text: str


def protection(view: View, source: str, destination: str) -> Proof:
    """Whether migrations from source to destination are encrypted; the check must declare every fact read here."""
    proofs = (by_machine(view, source), by_smb(view, source, destination))
    best = next((proof for holds in (True, None) for proof in proofs if proof.holds is holds), None)
    return best or Proof(False, "; ".join(proof.text for proof in proofs))


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
    settings = [view.ask(MigrationSettings, host) for host in (source, destination)]
    option = [None if isinstance(rows, Gap) or len(rows) != 1 else _uses_smb(rows[0]) for rows in settings]
    if False in option:
        return Proof(False, "migrations do not use SMB on both hosts")
    encrypted = _smb_encrypted(view, source, destination)
    if encrypted.holds is False or None not in option:
        return encrypted
    gap = next((str(rows) for rows in settings if isinstance(rows, Gap)), f"MigrationSettings of {source}: not one row")
    return Proof(None, gap)


def _uses_smb(settings: MigrationSettings) -> bool:
    """SMB alone: with compression switched on as well, which of the two wins is told in two ways."""
    return settings.smb_transport is True and settings.compression is not True


def _smb_encrypted(view: View, source: str, destination: str) -> Proof:
    server, client = view.ask(SmbServerConfiguration, destination), view.ask(SmbClientConfiguration, source)
    if not isinstance(server, Gap) and any(row.encrypts and row.rejects_unencrypted for row in server):
        return Proof(True, f"migrations use SMB, and {destination} encrypts every share")
    if not isinstance(client, Gap) and any(row.requires_encryption for row in client):
        return Proof(True, f"migrations use SMB, and {source} requires encryption")
    for answer in (server, client):
        if isinstance(answer, Gap) or not answer:
            return Proof(None, str(answer or f"the SMB configuration of {source} or {destination} has no row"))
    return Proof(False, f"migrations use SMB, but neither {source} nor {destination} enforces its encryption")


def ipsec_hint(view: View, host: str) -> Proof:
    """Whether an active connection security rule of the host requires protected traffic for anything at all."""
    rules = view.ask(ConnectionSecurityRule, host)
    if isinstance(rules, Gap):
        return Proof(None, str(rules))
    found = [r for r in rules if r.says("Active", "TRUE") and r.says("Action", "Secure", "SecureServer")]
    many = counted(len(found), "active connection security rule")
    return Proof(bool(found), f"protected traffic is required by {many}")


def encrypted_or_not(view: View, host: str, parts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts on a destination's networks, as encryption of the traffic that arrives there changes them.

    Proven on every route it clears all of them; a hint of IPsec turns FAIL into WARN; missing evidence into UNKNOWN.
    """
    sources = [route.source for route in view.estate.routes if route.destination == host]
    proofs = [protection(view, source, host) for source in sources]
    texts = "; ".join(proof.text for proof in proofs[:3] if proof.holds is not True)
    if all(proof.holds for proof in proofs):
        note = "encrypted: " + "; ".join(proof.text for proof in proofs[:3])
        return [part if part.status is Status.PASS else passed(part.seen or part.note, note=note) for part in parts]
    certain = any(proof.holds is False for proof in proofs)
    return [_clear(view, host, part, certain, texts) if part.status is Status.FAIL else part for part in parts]


def _clear(view: View, host: str, part: Verdict, certain: bool, texts: str) -> Verdict:
    hint = ipsec_hint(view, host)
    if not certain or hint.holds is None:
        reason = texts if not certain else hint.text
        return unknown(f"{part.seen}; whether the traffic is encrypted is not known: {reason}", wanted=part.wanted)
    if hint.holds:
        note = f"{hint.text}; whether they cover migrations and encrypt them is not examined"
        return replace(part, status=Status.WARN, note=note)
    return replace(part, note=f"not encrypted: {texts}")
