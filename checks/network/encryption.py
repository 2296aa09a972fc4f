"""What proves that what a move sends is encrypted on its way. Compression is no encryption.

Of memory two things prove it: the flag of every virtual machine on the source that encrypts its state and migration
traffic, or migrations by SMB on both hosts together with SMB encryption that one of them enforces. The flag covers no
disks, which always move by SMB, whatever the performance option is: of them only SMB encryption that is enforced. Disks
that move with their machines may take the migration networks besides their own way (SMB Multichannel), so they count
there, too. IPsec rules prove nothing: whether one that may cover the traffic encrypts it stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checks.common.chosen import chosen
from checks.common.disks import DISKS, disks_move
from checks.common.holders import HOLDERS
from checks.common.migrating import TWO_WAYS, uses_smb
from checks.network.ipsec import may_cover
from scanner.api import (
    Fact,
    Gap,
    MissingEvidence,
    Status,
    Verdict,
    View,
    counted,
    failed,
    joined,
    passed,
    tell,
    unknown,
)
from scanner.facts.network import ConnectionSecurityRule
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration
from scanner.facts.vm import VirtualMachineSettings, VmSecurity

PROVING: tuple[type[Fact], ...] = (
    *(*DISKS, *TWO_WAYS, *HOLDERS, VmSecurity),
    *(SmbServerConfiguration, SmbClientConfiguration, ConnectionSecurityRule),
)
"""What a check declares that asks for a proof."""
OF_SOURCE: tuple[type[Fact], ...] = (VmSecurity, SmbClientConfiguration)
"""Of these what is asked of the source alone."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether something is proven, and in which words. ``None``: the evidence to decide is missing."""

    holds: bool | None
    text: str


def protection(view: View, source: str, destination: str) -> Proof:
    """Whether a planned move of machines is encrypted, disks included; the check must declare every fact read here."""
    proofs = (_with_disks(view, source, destination), by_smb(view, source, destination))
    best = next((proof for holds in (True, None) for proof in proofs if proof.holds is holds), None)
    return best or Proof(False, joined("; ", (proof.text for proof in proofs)))


def _with_disks(view: View, source: str, destination: str) -> Proof:
    """By the machines' own encryption, and that of the disks where they move, too."""
    proof = by_machine(view, source)
    if not proof.holds:
        return proof
    try:
        if not disks_move(view, source, destination):
            return proof
    except MissingEvidence as missing:
        return Proof(
            None, tell("{proof}; whether disks move is not known: {missing}", proof=proof.text, missing=missing)
        )
    disks = smb_encrypted(view, source, destination)
    return Proof(disks.holds, tell("{proof}, and disks move: {disks}", proof=proof.text, disks=disks.text))


def by_machine(view: View, source: str) -> Proof:
    """Whether every virtual machine of the source encrypts its own migration."""
    listed, security = view.ask(VirtualMachineSettings, source), view.ask(VmSecurity, source)
    if isinstance(listed, Gap):
        return Proof(None, str(listed))
    if isinstance(security, Gap):
        return Proof(None, str(security))
    encrypting = {row.owner for row in security if row.encrypts_migration is True}
    ids = {row.vm_id for row in chosen(view, source)}
    if ids and ids <= encrypting:
        return Proof(True, tell("every virtual machine of {source} encrypts its migration", source=source))
    many = tell(
        "{count} of {machines} of {source}",
        count=len(ids - encrypting),
        machines=counted(len(ids), "virtual machine"),
        source=source,
    )
    return Proof(False, tell("{many} without encryption of its own", many=many))


def by_smb(view: View, source: str, destination: str) -> Proof:
    """Whether both hosts migrate by SMB and encrypt it."""
    doubts: list[str] = []
    for host in (source, destination):
        try:
            if not uses_smb(view, host):
                return Proof(False, tell("migrations do not use SMB on both hosts"))
        except MissingEvidence as missing:
            doubts.append(str(missing))
    encrypted = smb_encrypted(view, source, destination)
    return Proof(None, doubts[0]) if doubts and encrypted.holds is not False else encrypted


def smb_encrypted(view: View, source: str, destination: str) -> Proof:
    """Whether what the source sends the destination by SMB is encrypted, for one of the two enforces it."""
    server, client = view.ask(SmbServerConfiguration, destination), view.ask(SmbClientConfiguration, source)
    if not isinstance(server, Gap) and any(row.encrypts and row.rejects_unencrypted for row in server):
        return Proof(True, tell("{destination} encrypts every SMB share", destination=destination))
    if not isinstance(client, Gap) and any(row.requires_encryption for row in client):
        return Proof(True, tell("{source} requires encryption of SMB", source=source))
    for answer in (server, client):
        if isinstance(answer, Gap) or not answer:
            return Proof(
                None,
                str(
                    answer
                    or tell(
                        "the SMB configuration of {source} or {destination} has no row",
                        source=source,
                        destination=destination,
                    )
                ),
            )
    return Proof(
        False,
        tell("neither {source} nor {destination} enforces encryption of SMB", source=source, destination=destination),
    )


def ipsec_hint(view: View, source: str, host: str) -> Proof:
    """Whether an active rule of the destination that requires protected traffic may cover a move from this source."""
    rules = view.ask(ConnectionSecurityRule, host)
    if isinstance(rules, Gap):
        return Proof(None, str(rules))
    found = [rule for rule in rules if may_cover(view, source, host, rule)]
    many = counted(len(found), "active connection security rule")
    return Proof(bool(found), tell("protected traffic is required by {many}", many=many))


def encrypted_or_not(
    view: View, source: str, host: str, parts: Sequence[Verdict], prove: Callable[[View, str, str], Proof]
) -> list[Verdict]:
    """The verdicts on the networks of a route, as encryption of what crosses them changes them.

    Proven it clears all of them. Missing evidence turns FAIL into UNKNOWN, as does an IPsec rule that may cover the
    traffic: it may ask for integrity alone, and READY would promise more than anybody saw.
    """
    if all(part.status is Status.PASS for part in parts):
        return [*parts]
    proof = prove(view, source, host)
    if proof.holds:
        note = tell("encrypted: {proof}", proof=proof.text)
        return [part if part.status is Status.PASS else passed(part.seen or part.note, note=note) for part in parts]
    return [_clear(view, source, host, part, proof) if part.status is Status.FAIL else part for part in parts]


def _clear(view: View, source: str, host: str, part: Verdict, proof: Proof) -> Verdict:
    hint = ipsec_hint(view, source, host)
    reason = ""
    if proof.holds is None or hint.holds is None:
        reason = proof.text if proof.holds is None else hint.text
    elif hint.holds:
        reason = tell("{hint}; whether it covers the move and encrypts is not examined", hint=hint.text)
    if reason:
        return unknown(
            tell("{seen}; whether the traffic is encrypted is not known: {reason}", seen=part.seen, reason=reason),
            wanted=part.wanted,
        )
    return failed(part.seen, part.wanted, note=tell("not encrypted: {proof}", proof=proof.text))
