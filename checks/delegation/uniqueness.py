"""Whether a host's service names are held by its own account alone, in the whole forest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from checks.common.parts import listing
from checks.delegation.account import Member, dns_domain
from checks.delegation.other_holders import holders
from scanner.api import Everything, Gap, MissingEvidence, Verdict, View, failed, tell, unknown
from scanner.facts.delegation import CLASSES, ServiceName
from scanner.facts.directory import ComputerAccount, DomainInfo

Held = dict[str, dict[str, str]]
"""Who holds a name, by the name in lower case: SIDs by distinguished name."""
FIND_OUT = tell(
    "Find out which of these accounts is the machine's own (setspn -X -F lists every "
    "such name of the forest). Take the name from the others, or delete those that no "
    "machine uses any more."
)


def judged(view: View, host: Member) -> Iterator[Verdict]:
    """What is wrong with the names of one host; nothing where it alone holds them.

    Raises:
        MissingEvidence: no global catalogue of its forest told who holds them.
    """
    forest = _forest(view, host.domain)
    held = _held(view, forest, host.domain)
    names = [name for service in CLASSES for name in host.spns(service)]
    if missing := [name for name in names if name.lower() not in held]:
        yield unknown(tell("no global catalogue was asked who holds {missing}", missing=listing(missing)))
    alone = tell("these names on {dn} alone", dn=host.account.dn)
    for name in names:
        found = held.get(name.lower(), {})
        others = {dn: sid for dn, sid in found.items() if not _is_own(host, dn, sid)}
        own = len(others) < len(found)
        if others:
            seen = tell("{others} holds {name}", others=listing(sorted(others)), name=name)
            if own:
                seen = tell("{others} holds {name}, too", others=listing(sorted(others)), name=name)
            yield failed(seen, alone, FIND_OUT)
        if name.lower() in held and not own and _holds(host, name):
            yield unknown(
                tell("{dn} holds {name}, and the global catalogue does not know it yet", dn=host.account.dn, name=name),
                wanted=alone,
            )
    yield from _told_elsewhere(view, host, names, held, forest)


def _told_elsewhere(view: View, host: Member, names: list[str], held: Held, forest: set[str]) -> Iterator[Verdict]:
    """Another account that its own domain tells, and the catalogue does not: it lags behind."""
    index = view.across((ComputerAccount,), holders)
    for name in names:
        for holder in index.get(name.lower(), ()):
            new = holder.account.dn.lower() not in map(str.lower, held.get(name.lower(), {}))
            if new and dns_domain(holder.account.dn) in forest and holder.differs(host):
                view.ask(ComputerAccount, holder.target)  # so that the report names where it was read
                why = tell(
                    "{dn} holds {spn} by its own domain, and by the global catalogue it does not",
                    dn=holder.account.dn,
                    spn=holder.spn,
                )
                yield unknown(why)


def _is_own(host: Member, dn: str, sid: str) -> bool:
    return sid == host.account.sid if sid and host.account.sid else dn.lower() == host.account.dn.lower()


def _holds(host: Member, name: str) -> bool:
    return name.lower() in {spn.strip().lower() for spn in host.account.spns}


def _forest(view: View, domain: str) -> set[str]:
    """The domains of this one's forest that were read, itself among them."""
    root = view.one(DomainInfo, domain).forest_root.lower()
    return {domain} | view.across((DomainInfo,), _forests).get(root, set())


def _forests(everything: Everything) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for domain, row in everything.rows(DomainInfo):
        found.setdefault(row.forest_root.lower(), set()).add(domain)
    return found


def _held(view: View, forest: set[str], domain: str) -> Held:
    """What the catalogues tell together. One that answers knows the whole forest; any may lag, so each is heard."""
    found: Held = {}
    answered = False
    for one in sorted(forest):
        rows = view.ask(ServiceName, one)
        if not isinstance(rows, Gap):
            answered = True
            for row in rows:
                found.setdefault(row.spn.lower(), {}).update(
                    zip_longest(row.holders, row.sids[: len(row.holders)], fillvalue="")
                )
    if not answered:
        raise MissingEvidence(str(view.ask(ServiceName, domain)))
    return found
