"""Is this machine the one of that name? What it says of itself, held against what the directory knows of computers.

The full name of a computer is its account's dNSHostName; its DNS suffix may be another than its domain's name. Where
the account cannot say it, the suffix that the machine has does.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TypeVar, cast

from scanner.facts.directory import ComputerAccount, CrossRef, DirectoryServer, DomainController
from scanner.facts.host import NETBIOS, AnsweringMachine
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, GapReason
from scanner.words.names import host_name, is_host_name
from scanner.words.telling import joined, tell

OTHER, UNPROVEN, TOO_OLD = GapReason.ANOTHER_MACHINE, GapReason.UNPROVEN, GapReason.TOO_OLD
Doubt = tuple[GapReason, str]
"""Why answers are not those of the machine asked: reason and detail of the gaps they become."""
F = TypeVar("F", bound=Fact)
CONTROLLERS: tuple[type[DomainController] | type[DirectoryServer], ...] = (DomainController, DirectoryServer)
Claims = dict[str, list[tuple[str, ComputerAccount]]]
"""Accounts by a name, each with the domain that told it; several may claim one name."""


@dataclass(frozen=True, slots=True)
class Computers:
    """The computers that the domains tell of, as far as they could be read. All names are lower case."""

    declared: frozenset[str]
    """domains that the estate names, and the suffixes of its machines"""
    read: set[str] = field(default_factory=set[str])
    """domains whose accounts were read"""
    by_name: Claims = field(default_factory=Claims)
    by_sam: Claims = field(default_factory=Claims)
    roots: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """DNS names of domains by their NetBIOS names"""

    @classmethod
    def of(cls, evidence: Evidence) -> Computers:
        """Index the accounts as the domains tell them; what single controllers tell is for their comparison."""
        estate = evidence.estate
        suffixes = (name.partition(".")[2] for name in estate.machines)
        made = cls(frozenset(name.lower() for name in (*estate.domains, *suffixes) if name))
        for _, row in _rows(evidence, CrossRef):
            made.roots.setdefault(row.netbios_name.lower(), set()).add(host_name(row.dns_root))
        controllers = {row.name for fact in CONTROLLERS for _, row in _rows(evidence, fact)}
        made.read.update(answer.target for answer in evidence.answers() if answer.fact is ComputerAccount)
        made.read.difference_update(controllers)
        for domain, row in _rows(evidence, ComputerAccount):
            if domain in made.read:
                made.by_name.setdefault(host_name(row.dns_name), []).append((domain, row))
                made.by_sam.setdefault(row.sam_name.lower(), []).append((domain, row))
        return made

    def doubt(self, target: str, machine: AnsweringMachine, suffixes: Collection[str] = ()) -> Doubt | None:
        """Why the machine is not, or may not be, the one of this name; nothing if it is.

        Args:
            target: the name it was asked under.
            machine: what it says of itself.
            suffixes: the DNS suffix that it has, as far as it said so.
        """
        name, domain = host_name(target), self._dns_name(machine.domain)
        label, _, suffix = name.partition(".")
        same = _label(machine) in ((label,) if machine.dns_host_name else (label, label[:NETBIOS]))
        torn = machine.has_two_names
        if same and not torn and (suffix == domain or not machine.part_of_domain):
            return None
        claims = self._claims(name, suffix) if machine.part_of_domain else []
        known = any(of == domain and row.sam_name.lower() == _sam(machine.name) for of, row in claims)
        if known and (same or not torn):
            return None
        if torn and (same or known or machine.name.lower() == label[:NETBIOS]):
            return UNPROVEN, tell("it calls itself {shown}; if it was renamed, restart it", shown=machine.shown)
        if claims or not same:
            return OTHER, _and(machine.shown, self._advice(name, machine, domain))
        doubt = self._by_account(name, machine, domain)
        if doubt and doubt[0] is UNPROVEN and [*suffixes] == [suffix] and not self._may_be_of(suffix, machine):
            return None
        return doubt

    def _may_be_of(self, domain: str, machine: AnsweringMachine) -> bool:
        """Whether that domain, which is not the machine's, has an account that may be meant instead."""
        return any(of == domain for of, _ in self.by_sam.get(_sam(machine.name), []))

    def _claims(self, name: str, suffix: str) -> list[tuple[str, ComputerAccount]]:
        """The accounts of this full name; what the domain of that suffix says outweighs what others claim."""
        found = self.by_name.get(name, [])
        return [claim for claim in found if claim[0] == suffix] or found

    def _by_account(self, name: str, machine: AnsweringMachine, domain: str) -> Doubt | None:
        """Judge a machine of the right host name whose domain is not what follows it: only its account can tell."""
        if domain not in self.read:
            text = tell(
                "{shown} is {name} only if its account says so, and that could not be read",
                shown=machine.shown,
                name=name,
            )
            return UNPROVEN, _and(text, self._declare(domain), self._write(machine, domain))
        mine = [row for of, row in self.by_sam.get(_sam(machine.name), []) if of == domain]
        if "." in name and any(not row.dns_name for row in mine):
            return UNPROVEN, tell(
                "{shown} is {name} only if its account says so, and that tells no name", shown=machine.shown, name=name
            )
        if not mine or "." in name:
            return OTHER, machine.shown
        others = [row.dns_name for _, row in self.by_sam[_sam(machine.name)] if row not in mine]
        if others:
            text = tell("{shown}, and there are more computers called {name}", shown=machine.shown, name=name)
            return UNPROVEN, _and(text, self._write(machine, domain))
        return None

    def _advice(self, name: str, machine: AnsweringMachine, domain: str) -> str:
        """Which name to write, where the one written is no computer's: an alias, or an address."""
        suffix = name.partition(".")[2]
        known = self.by_name.get(name) or self.by_sam.get(_sam(name.partition(".")[0]))
        looked = bool(self.read) if not suffix else suffix in self.read
        return self._write(machine, domain) if _is_address(name) or (looked and not known) else ""

    def _declare(self, domain: str) -> str:
        """What lets the account be read, where the estate does not name the machine's domain."""
        if domain in self.declared or not is_host_name(domain):
            return ""
        return tell('if that domain is yours, add it under [directory]: domains = ["{domain}"]', domain=domain)

    def _write(self, machine: AnsweringMachine, domain: str) -> str:
        """The name to write: its account's; else as the machine says it, if the estate knows its domain."""
        names = [host_name(row.dns_name) for of, row in self.by_sam.get(_sam(machine.name), []) if of == domain]
        guess = [f"{_label(machine)}.{domain}"] if domain in self.declared and machine.part_of_domain else []
        full = next((name for name in (*names, *guess) if is_host_name(name)), "")
        return tell('if it is meant, write name = "{full}"', full=full) if full else ""

    def _dns_name(self, domain: str) -> str:
        """A domain's DNS name; a NetBIOS name is looked up in the forests that could be read.

        What a machine says with a dot is a DNS name, and so is one that a directory was read under: no forest's table
        of short names makes another domain of it.
        """
        own = "." in domain or host_name(domain) in self.read
        roots = set[str]() if own else self.roots.get(domain.lower(), set[str]())
        return next(iter(roots)) if len(roots) == 1 else host_name(domain)


def _rows(evidence: Evidence, fact: type[F]) -> Iterator[tuple[str, F]]:
    """All rows of a fact, each with its target."""
    for answer in evidence.answers():
        if answer.fact is fact:
            yield from ((answer.target, row) for row in cast("tuple[F, ...]", answer.rows))


def _and(*texts: str) -> str:
    return joined("; ", filter(None, texts))


def _label(machine: AnsweringMachine) -> str:
    """The machine's host name; its NetBIOS name, which may be cut off, where it tells no other."""
    return (machine.dns_host_name or machine.name).lower().partition(".")[0]


def _sam(name: str) -> str:
    """The account name of a computer."""
    return name[:NETBIOS].lower() + "$"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
