"""Whether a machine can tell that a certificate of its partner was not revoked, or does not look (KB 2767928)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.common.parts import clip, listing
from checks.common.probing import attempts, endpoint, reached
from scanner.api import Ask, Gap, Status, Verdict, View, failed, passed, tell, unknown
from scanner.facts.certificates import OwnCertificate, RevocationCheck
from scanner.facts.directory import DomainInfo
from scanner.facts.host import ComputerSystem
from scanner.facts.x509 import Said

HTTP = re.compile(r"http://([A-Za-z0-9.-]{1,253})(:80)?(/.*)?", re.ASCII | re.DOTALL)
"""No other port is tried: the text is a certificate's, and must lead nobody to what serves something else."""
MOST, LONGEST = 4, 2_000
"""places of one certificate that are tried, and signs of one that are looked at"""
KEY = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Virtualization\Replication"


def places(told: Said) -> tuple[str, ...]:
    """The targets at which revocation is told over HTTP."""
    found = (HTTP.fullmatch(text) for text in told.lists)
    return tuple(dict.fromkeys(endpoint(match[1].lower(), 80) for match in found if match))[:MOST]


def asked(looks: str, stored: OwnCertificate) -> Iterator[Ask]:
    """Attempts at the places that a certificate names, from the machine that will look."""
    for place in places(stored.certificate):
        yield from attempts(looks, place)


def _place_of(text: str) -> str:
    """The domain in whose part of a directory a place is, for one that any controller is asked for; else empty.

    Authorities of Active Directory write it below CN=Configuration of their forest, which bears its root's name.
    """
    path = text[:LONGEST].partition("?")[0].lower()
    return ".".join(re.findall(r",dc=([^,]+)", path)) if path.startswith("ldap:///") else ""


def _forest(view: View, domain: str) -> frozenset[str]:
    """What a machine of this domain finds: its own domain, and its forest's root; of another forest nothing."""
    rows = view.ask(DomainInfo, domain)
    return frozenset((domain.lower(), *(() if isinstance(rows, Gap) else (row.forest_root.lower() for row in rows))))


def revocation_part(view: View, looks: str, owner: str, stored: OwnCertificate, seen: str) -> Verdict:
    """Judge whether a machine gets past the question if its partner's certificate was revoked.

    The check must declare ``RevocationCheck``, ``ComputerSystem``, ``DomainInfo`` and ``EndpointProbe``.

    Raises:
        MissingEvidence: what decides was not read.
    """
    rows, told = view.rows(RevocationCheck, looks), stored.certificate
    if any(row.counts and row.disabled == 1 for row in rows):
        return passed(
            tell("{looks} does not look", looks=looks),
            note=tell("{looks} does not look whether {seen} was revoked", looks=looks, seen=seen),
        )
    wanted = tell("{looks} can look whether it was revoked, or does not look", looks=looks)
    if not told.lists:
        beta = any(row.disabled == 1 for row in rows)
        more = tell("; DisableCertRevocationCheck under FailoverReplication counts for nothing") if beta else ""
        remedy = tell(
            "Have {owner}'s certificate issued by an authority that publishes what it revokes; or, where that is no "
            "risk to you, set DisableCertRevocationCheck = 1 (REG_DWORD) under {key} on {looks}, on a cluster on each "
            "of its nodes.",
            owner=owner,
            looks=looks,
            key=KEY,
        )
        where = tell(
            "{seen} names no list of what was revoked, and {looks} looks for one{more}",
            seen=seen,
            looks=looks,
            more=more,
        )
        return failed(where, wanted, remedy)
    tried = [reached(view, looks, place) for place in places(told)]
    if any(part.status is Status.PASS for part in tried):
        met = next(part.seen for part in tried if part.status is Status.PASS)
        return passed(
            met,
            note=tell(
                "{met}, where {seen} says that revocation is told; the list itself was not fetched", met=met, seen=seen
            ),
        )
    if tried:
        why = listing(dict.fromkeys(part.seen or part.note for part in tried))
        return unknown(
            tell(
                "whether {looks} gets the list of what was revoked, for {seen}: {why}", looks=looks, seen=seen, why=why
            ),
            wanted=wanted,
        )
    system = view.one(ComputerSystem, looks)
    if system.part_of_domain and any(_place_of(text) in _forest(view, system.dns_domain) for text in told.lists):
        note = tell("the directory holds the list of what was revoked, as {seen} says; it was not fetched", seen=seen)
        return passed(tell("{looks} asks the directory", looks=looks), note=note)
    where = listing(clip(text) for text in told.lists)
    return unknown(
        tell(
            "whether {looks} gets the list of what was revoked, for {seen}, at {where}",
            looks=looks,
            seen=seen,
            where=where,
        ),
        wanted=wanted,
    )
