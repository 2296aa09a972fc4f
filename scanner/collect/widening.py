"""Domains that the estate does not name: which of them are asked all the same, and why the others are not.

A name that a target tells is evidence, never an address. A domain that only a host's answer names is not even looked
up. One that the controllers of a declared domain name (a partner of a trust, a domain of the same forest) is asked
where Kerberos signs in, for there the servers of Kerberos prove it once more. No domain found so proves another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from scanner.collect.plan import Want, needs_of, reading
from scanner.facts.directory import CrossRef, DomainInfo, Trust
from scanner.facts.host import ComputerSystem
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, TargetKind
from scanner.words.names import LONGEST, host_name, is_host_name

F = TypeVar("F", bound=Fact)
ACTIVE_DIRECTORY = 2
"""trustType: uplevel"""
Told = Mapping[str, tuple[str, ...]]
"""Who tells of a domain, by its name as it was told, in lower case."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """What becomes of the domains that only answers name."""

    facts: tuple[type[Fact], ...]
    """what checks need of a domain"""
    wants: tuple[Want, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict[str, str])
    """why a domain is not asked, and the cure, by its name"""


def beyond(checks: Iterable[Check], evidence: Evidence, *, follows_trusts: bool) -> Beyond:
    """Whom to ask next and who is not asked: where hosts really are, and the roots of forests.

    Args:
        checks: the enabled checks.
        evidence: what was read until now.
        follows_trusts: the sign-in is one that may follow a declared domain's trusts.
    """
    asked = dict.fromkeys(fact for check in reading(checks, evidence.estate) for fact in needs_of(check))
    facts = tuple(fact for fact in asked if TargetKind.DOMAIN in fact.kinds)
    proven, left = frozenset(_proven(evidence)), dict[str, str]()
    wants: list[Want] = []
    for name, tellers in _told(evidence, roots=DomainInfo in facts or Trust in facts).items() if facts else ():
        unread = not any(evidence.has(fact, name) for fact in facts)
        if unread and follows_trusts and name in proven and is_host_name(name):
            wants.append(Want(name, TargetKind.DOMAIN, facts))
        else:
            left[name] = _why(name, tellers, proven=name in proven)
    return Beyond(facts, tuple(wants), left)


def _told(evidence: Evidence, *, roots: bool) -> Told:
    """The domains that no declaration names, and who tells of them.

    A host that answers more than one row about itself names none: no check takes such an answer.
    """
    estate = evidence.estate
    found: dict[str, dict[str, None]] = {}
    for host in estate.hosts:
        for system in _only(evidence, ComputerSystem, host):
            if system.part_of_domain:
                _add(found, estate, system.domain, host)
    for domain in (*estate.declared_domains, *found) if roots else ():
        for info in _only(evidence, DomainInfo, domain):
            _add(found, estate, info.forest_root, domain)
    return {name: tuple(tellers) for name, tellers in found.items()}


def _add(found: dict[str, dict[str, None]], estate: Estate, name: str, teller: str) -> None:
    if name and len(name) <= LONGEST and name.lower() not in estate.declared_domains:
        found.setdefault(name.lower(), {})[teller] = None


def _only(evidence: Evidence, fact: type[F], target: str) -> tuple[F, ...]:
    rows = _rows(evidence, fact, target)
    return rows if len(rows) == 1 else ()


def _rows(evidence: Evidence, fact: type[F], target: str) -> tuple[F, ...]:
    rows = evidence.ask(fact, target)
    return () if isinstance(rows, Gap) else rows


def _proven(evidence: Evidence) -> Iterator[str]:
    """The domains that the controllers of declared ones name: of the same forest, or partners of a trust."""
    for domain in evidence.estate.declared_domains:
        for info in _rows(evidence, DomainInfo, domain):
            yield host_name(info.forest_root)
        for row in _rows(evidence, CrossRef, domain):
            yield "" if row.unread else host_name(row.dns_root)
        for trust in _rows(evidence, Trust, domain):
            if trust.type == ACTIVE_DIRECTORY and trust.direction:
                yield host_name(trust.partner)


def _why(name: str, tellers: Iterable[str], *, proven: bool) -> str:
    first, *others = tellers
    who = f"{first} and {len(others)} more name" if others else f"{first} names"
    if not is_host_name(name):
        return f"{who} it, and it is no DNS name"
    cure = f'if it is yours, add it under [directory]: domains = ["{name}"]'
    if proven:
        return f"{who} it, and a password goes only to domains that the estate names; {cure}"
    return f"only {who} it, so nobody was asked; {cure}"
