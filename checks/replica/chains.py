"""Whether a machine trusts a certificate that another one presents: by the roots that it holds itself.

What decides is the store of the machine that looks, not that of the owner. Between leaf and root stand authorities that
the machine knows, or that the owner holds and sends along. Signatures are verified; a name alone proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from checks.common.parts import clip
from scanner.api import Fact, Gap, Verdict, View, failed, passed, tell, unknown
from scanner.facts.certificates import PROGRAM, Authority, OwnCertificate, UntrustedCertificate
from scanner.facts.stored import Stored
from scanner.facts.x509 import Said, issued

AUTHORITIES: tuple[type[Fact], ...] = (Authority, UntrustedCertificate)
"""What is read of either side."""
LONGEST, WIDEST, MOST = 6, 16, 500
"""certificates from leaf to root, authorities of one name that are tried, and signatures that are looked at in all:
whoever sends authorities may send so many of one name that the ways through them are without end"""


class Way(IntEnum):
    """How a way from leaf to root ends, the best first."""

    TRUSTED = 0
    UNTOLD = 1
    BROKEN = 2
    NOWHERE = 3


@dataclass(frozen=True, slots=True)
class Stores:
    """The authorities that count, by their subjects."""

    roots: Mapping[str, tuple[Authority, ...]]
    between: Mapping[str, tuple[Authority, ...]]
    untrusted: frozenset[str]
    """thumbprints"""
    now: datetime
    ways: dict[tuple[str, int], tuple[Way, str]] = field(default_factory=dict[tuple[str, int], tuple[Way, str]])
    """how it ends from a certificate on, with so many left: each is looked at once"""
    looked: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """which signatures were looked at"""

    def signed(self, one: Stored, by: Stored) -> bool | None:
        """Whether one certificate was signed with the key of another; nothing if not told, or after too many."""
        pair = one.thumbprint, by.thumbprint
        if pair not in self.looked and len(self.looked) >= MOST:
            return None
        self.looked.add(pair)
        return issued(one.der, by.der)


def trust_part(view: View, looks: str, owner: str, stored: OwnCertificate, seen: str) -> Verdict:
    """Judge whether the machine that looks trusts a certificate of the owner. The check must declare ``AUTHORITIES``.

    Raises:
        MissingEvidence: the stores of the machine that looks were not read.
    """
    known, refused = view.rows(Authority, looks), view.rows(UntrustedCertificate, looks)
    sent = view.ask(Authority, owner)
    theirs = () if isinstance(sent, Gap) else sent
    untrusted = frozenset(row.thumbprint for row in refused)
    between = [row for row in (*known, *theirs) if not row.root] + [row for row in known if is_stray(row)]
    roots = _by_subject(row for row in known if row.root and not is_stray(row))
    stores = Stores(roots, _by_subject(between), untrusted, view.now)
    wanted, told = tell("one whose root {looks} holds among its trusted roots", looks=looks), stored.certificate
    if stored.thumbprint in untrusted:
        return failed(
            tell("{looks} holds {seen} for untrusted", looks=looks, seen=seen),
            wanted,
            tell("Choose another certificate on {owner}.", owner=owner),
        )
    way, why = _way(stored, told, stores, LONGEST)
    if way is Way.TRUSTED:
        return passed(tell("{looks} trusts {seen}", looks=looks, seen=seen))
    if way is Way.UNTOLD:
        return unknown(tell("whether {looks} trusts {seen}: {why}", looks=looks, seen=seen, why=why), wanted=wanted)
    remedy = tell(
        "Have {issuer}, or the root above it, put into the Trusted Root Certification Authorities of the computer "
        "{host}.",
        issuer=clip(told.issuer),
        host=looks,
    )
    if way is Way.BROKEN:
        return failed(tell("{looks} does not trust {seen}: {why}", looks=looks, seen=seen, why=why), wanted, remedy)
    doubt = _doubt(stored, known, theirs, sent, stores)
    if doubt:
        return unknown(
            tell("whether {looks} trusts {seen}: {doubt}", looks=looks, seen=seen, doubt=doubt), wanted=wanted
        )
    return failed(tell("{looks} does not trust {seen}: {why}", looks=looks, seen=seen, why=why), wanted, remedy)


def is_stray(row: Authority) -> bool:
    """Whether it lies among the roots and has another issuer: of roots Windows takes those that signed themselves."""
    return row.root and not row.certificate.problem and not row.certificate.self_issued


def _by_subject(rows: Iterable[Authority]) -> dict[str, tuple[Authority, ...]]:
    found: dict[str, list[Authority]] = {}
    for row in rows:
        if not row.certificate.problem:
            found.setdefault(row.certificate.subject, []).append(row)
    return {subject: tuple(group[:WIDEST]) for subject, group in found.items()}


def _way(one: Stored, told: Said, stores: Stores, left: int) -> tuple[Way, str]:
    """How the best way from here ends, and why it is no better."""
    key = one.thumbprint, left
    if key not in stores.ways:
        stores.ways[key] = _best(one, told, stores, left)
    return stores.ways[key]


def _best(one: Stored, told: Said, stores: Stores, left: int) -> tuple[Way, str]:
    ends = [_root(one, told, row, stores) for row in stores.roots.get(told.issuer, ())]
    if left > 1 and not told.self_issued:
        ends += [_through(one, row, stores, left) for row in stores.between.get(told.issuer, ())]
    nowhere = (Way.NOWHERE, tell("its issuer {issuer} is among no roots there", issuer=clip(told.issuer)))
    return min(ends, default=nowhere)


def _root(one: Stored, told: Said, row: Authority, stores: Stores) -> tuple[Way, str]:
    """How it ends with a root of this name."""
    if told.self_issued and one.der == row.der:
        return _sound(row, stores)
    if told.self_issued and stores.signed(one, one):  # no other of its name and key stands for it
        return Way.NOWHERE, tell("it signed itself, and is not among the roots there")
    made = stores.signed(one, row)
    if made is None:
        return Way.UNTOLD, tell("whether {name} signed it could not be verified", name=clip(row.certificate.subject))
    if not made:
        return Way.NOWHERE, tell("a root there is called {issuer} and did not sign it", issuer=clip(told.issuer))
    return _sound(row, stores)


def _through(one: Stored, row: Authority, stores: Stores, left: int) -> tuple[Way, str]:
    made = stores.signed(one, row)
    if made is None:
        return Way.UNTOLD, tell("whether {name} signed it could not be verified", name=clip(row.certificate.subject))
    if not made:
        return Way.NOWHERE, tell("an authority called {name} did not sign it", name=clip(row.certificate.subject))
    here = _sound(row, stores)
    if here[0] is not Way.TRUSTED:
        return here
    way, why = _way(row, row.certificate, stores, left - 1)
    if way is Way.NOWHERE and is_stray(row):
        return Way.UNTOLD, tell(
            "{name} lies among the roots there, and another signed it: {why}",
            name=clip(row.certificate.subject),
            why=why,
        )
    return way, why


def _sound(row: Authority, stores: Stores) -> tuple[Way, str]:
    """Whether an authority may vouch for a certificate of Replica."""
    told = row.certificate
    name = clip(told.subject)
    if row.thumbprint in stores.untrusted:
        return Way.BROKEN, tell("{name} is held for untrusted there", name=name)
    if not told.not_before <= stores.now <= told.not_after:
        return Way.BROKEN, tell(
            "{name} is valid from {not_before:%Y-%m-%d} to {not_after:%Y-%m-%d}",
            name=name,
            not_before=told.not_before,
            not_after=told.not_after,
        )
    if told.authority is False and not (row.root and told.self_issued):
        return Way.BROKEN, tell("{name} is no authority", name=name)
    if told.authority is None and not (row.root and told.self_issued):
        return Way.UNTOLD, tell("{name} does not say that it is an authority", name=name)
    if row.limited:
        return Way.UNTOLD, tell("its store keeps {name} from servers or clients", name=name)
    return Way.TRUSTED, ""


def _doubt(
    stored: OwnCertificate,
    known: Iterable[Authority],
    theirs: Iterable[Authority],
    sent: tuple[Authority, ...] | Gap,
    stores: Stores,
) -> str:
    """Why it may be trusted although no way was found; empty if nothing speaks for it."""
    if isinstance(sent, Gap):
        return tell("what stands between it and a root was not read ({sent})", sent=sent)
    if any(row.certificate.problem for row in known):
        return tell("an authority there could not be read")
    program = _by_subject(row for row in theirs if row.store == PROGRAM)
    elsewhere = Stores(program, stores.between, stores.untrusted, stores.now)
    if _way(stored, stored.certificate, elsewhere, LONGEST)[0] is Way.TRUSTED:
        return tell("its root is of Microsoft's program, whose roots Windows fetches when it needs them")
    return ""
