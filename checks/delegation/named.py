"""The accounts behind names that answers tell: of file servers in paths, of whom a list of delegation names.

The directory is asked for them in the second round; a name leads to no connection. A short name is one of the host's
own domain; a full one is looked for there and in the domain that it ends with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checks.common.parts import clip
from checks.common.probing import NAME
from checks.delegation.account import Member, dns_domain
from scanner.api import Ask, Everything, Gap, MissingEvidence, View, joined, tell
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import NETBIOS, ComputerSystem

CALLED = ("host/", "cifs/")
"""classes of service names by which SMB finds a machine"""


@dataclass(frozen=True, slots=True)
class Called:
    """Accounts by their names, each with the domain that told it; by SID and name, an account once."""

    by_name: Mapping[str, Mapping[str, tuple[str, ComputerAccount]]]


def accounts_called(view: View, giver: Member, server: str) -> tuple[Member, ...]:
    """The accounts that a host may mean by a server's name; the check must declare ``NamedAccount``.

    Raises:
        MissingEvidence: none is known, and the directory could not be asked for it.
    """
    full = server.lower().rstrip(".")
    known = view.across((ComputerAccount, NamedAccount), _called).by_name
    own = {giver.domain, dns_domain(giver.account.dn)}
    short, _, suffix = full.partition(".")
    found = dict(known.get(full, {}))
    if not suffix:
        found = {dn: one for dn, one in found.items() if dns_domain(dn) in own}
    if suffix in ("", *own):
        of_name = known.get(f"{short[:NETBIOS]}$", {})
        found |= {dn: one for dn, one in of_name.items() if dns_domain(dn) in own}
    if not found:
        for domain in domains_of(view, giver.domain, full):
            view.rows(NamedAccount, domain)
    rows = sorted(found.values(), key=lambda one: one[1].dn)
    for domain, row in rows:  # so that the report names where it was read
        view.ask(type(row), domain)
    return tuple(Member(server, row.sam_name.rstrip("$"), full, domain, row) for domain, row in rows)


def domains_of(view: View, own: str, name: str) -> tuple[str, ...]:
    """The domains to look for a name in: the host's own, and the one it ends with if its directory was read."""
    suffix = name.lower().rstrip(".").partition(".")[2]
    told = suffix and not isinstance(view.ask(ComputerAccount, suffix), Gap)
    return tuple(dict.fromkeys((own, suffix) if told else (own,)))


def asks_for(view: View, host: str, names: Iterable[str]) -> Iterator[Ask]:
    """The questions for the accounts of these names; the check must declare ``NamedAccount``.

    Raises:
        MissingEvidence: which domain the host is in could not be read.
    """
    system = view.one(ComputerSystem, host)
    for name in names if system.part_of_domain else ():
        if NAME.fullmatch(name):
            yield from (Ask(NamedAccount, domain, name) for domain in domains_of(view, system.dns_domain, name))


def by_sam(view: View, domain: str, short: str) -> tuple[ComputerAccount, ...]:
    """The accounts of a domain that a machine of this NetBIOS name signs in by; the check must declare both facts.

    What single controllers tell is not among it.
    """
    return view.across((ComputerAccount, NamedAccount), _by_sam).get((domain, f"{short}$".lower()), ())


def _by_sam(everything: Everything) -> dict[tuple[str, str], tuple[ComputerAccount, ...]]:
    found: dict[tuple[str, str], dict[ComputerAccount, None]] = {}
    for fact in (ComputerAccount, NamedAccount):
        for target, row in everything.rows(fact):
            if target == dns_domain(row.dn):
                found.setdefault((target, row.sam_name.lower()), {})[row] = None
    return {key: tuple(rows) for key, rows in found.items()}


def is_domain(view: View, giver: Member, server: str) -> bool:
    """Whether a server in a path is the name of a domain; its name within Windows is taken for its first label."""
    name = server.lower().rstrip(".")
    domains = {giver.domain, *view.estate.declared_domains}
    return name in domains or name == giver.domain.partition(".")[0]


def unfound(view: View, giver: Member, server: str) -> str:
    """That no account was found, with where it was looked for."""
    where = joined(" and ", domains_of(view, giver.domain, server))
    for domain in domains_of(view, giver.domain, server):
        if isinstance(gap := view.ask(NamedAccount, domain), Gap):
            raise MissingEvidence(str(gap))
    return tell(
        "no account of {where} is called {server}: an alias without a service name, or of another domain",
        where=where,
        server=clip(server),
    )


def _called(everything: Everything) -> Called:
    """What domains tell; what single controllers tell is not among them. Whoever was read first stands."""
    found: dict[str, dict[str, tuple[str, ComputerAccount]]] = {}
    for fact in (ComputerAccount, NamedAccount):
        for target, row in everything.rows(fact):
            if target in (dns_domain(row.dn), dns_domain(row.dn).partition(".")[0]):
                for name in names_of(row):
                    found.setdefault(name, {}).setdefault(row.dn.lower(), (target, row))
    return Called(found)


def names_of(row: ComputerAccount) -> set[str]:
    """Every name by which an account may be called in a path, lower case; its own with ``$``."""
    spns = (spn.strip().lower() for spn in row.spns)
    held = {spn.partition("/")[2] for spn in spns if spn.startswith(CALLED)}
    return {row.dns_name.lower().rstrip("."), row.sam_name.lower(), *held} - {""}
