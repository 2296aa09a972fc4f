"""The domain a machine is in, by its DNS name."""

from __future__ import annotations

from typing import TypeVar

from checks.common.parts import clip
from scanner.api import Fact, Gap, MissingEvidence, View, tell
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo
from scanner.facts.host import ComputerSystem

F = TypeVar("F", bound=Fact)


def domain_of(view: View, system: ComputerSystem, partner: ComputerSystem) -> str:
    """The DNS name of a machine's domain, lower case, as its directory writes it.

    A short name may be the NetBIOS name of a domain, or all the DNS name that one has. It is a domain's NetBIOS name
    only if a forest of the two machines says so and that domain has an account for the machine.

    Raises:
        MissingEvidence: a short name that no directory tells.
    """
    name = system.dns_domain
    if "." in name or rows_of(view.ask(DomainInfo, name)):
        return name
    asked = dict.fromkeys((name, partner.dns_domain))
    refs = [row for one in asked for row in rows_of(view.ask(CrossRef, one)) if not row.unread]
    roots = {row.dns_root.lower().rstrip("."): row.netbios_name.lower() for row in refs}
    found = [root for root, netbios in roots.items() if netbios == name and _knows(view, root, system)]
    if name in roots:
        return name
    if len(found) != 1:
        where = tell("{system} is in {name}", system=clip(system.name), name=clip(name))
        raise MissingEvidence(tell("{where}, a short name, and no directory tells whose it is", where=where))
    return found[0]


def _knows(view: View, domain: str, system: ComputerSystem) -> bool:
    own = f"{system.name}$".lower()
    return any(row.sam_name.lower() == own for row in rows_of(view.ask(ComputerAccount, domain)))


def rows_of(answer: tuple[F, ...] | Gap) -> tuple[F, ...]:
    """The rows of an answer; none where it could not be had."""
    return () if isinstance(answer, Gap) else answer
