"""A model of the domains: computer accounts as controllers know them, names of services, trusts.

It is made of a record's own rows and gives rows of the same kind. A change is written to every controller at once, but
for an account that a controller knew in another form already: that one waits for `repadmin`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lab.remedy.refused import Refused
from scanner.facts.delegation import ServiceName, service_names
from scanner.facts.directory import ComputerAccount, CrossRef, DomainController, DomainInfo, Trust
from scanner.facts.operator import OperatorAccount
from scanner.words.evidence import Evidence
from scanner.words.model import Gap

FULL_CONTROLLER, READ_ONLY_CONTROLLER = 0x2000, 0x4000000
"""userAccountControl: SERVER_TRUST_ACCOUNT, PARTIAL_SECRETS_ACCOUNT."""
Places = dict[str, tuple[ComputerAccount, ...]]


@dataclass
class AdObject:
    """An account as Get-ADComputer gives it."""

    account: ComputerAccount
    domain: str
    allowed: tuple[str, ...] = ()
    """distinguished names of those who may delegate to it; only when they were asked for"""


class Directory:
    """The domains of a record."""

    def __init__(
        self, told: Places, trusts: dict[str, tuple[Trust, ...]], infos: dict[str, Domain], home: str = ""
    ) -> None:
        self.told = told
        self.home = home or next(iter(infos), "")
        """the domain of the operator, whom a command that names no domain asks"""
        self.pulled: set[str] = set()
        """controllers that asked their partners"""
        self.people: dict[str, str] = {}
        """SIDs of the operators by their names, as in CORP\\ops, in small letters"""
        self.trusts = trusts
        self.domains = infos
        self.truth: dict[tuple[str, str], ComputerAccount] = {}
        for domain in infos:
            for place in self._places(domain):
                for row in told.get(place, ()):
                    key = (domain, row.dn.casefold())
                    known = self.truth.get(key)
                    if known is None or _weight(row) > _weight(known):
                        self.truth[key] = row
        self.lag: dict[tuple[str, str], ComputerAccount] = {
            (place, row.dn.casefold()): row
            for domain in infos
            for place in self._places(domain)
            for row in told.get(place, ())
            if _alike(row) != _alike(self.truth[domain, row.dn.casefold()])
        }

    @classmethod
    def of(cls, record: Evidence) -> Directory:
        """What a record tells of its domains."""
        domains: dict[str, Domain] = {}
        told: Places = {}
        trusts: dict[str, tuple[Trust, ...]] = {}
        for answer in record.answers():
            if answer.fact is DomainInfo:
                info = next(iter(_rows(record.ask(DomainInfo, answer.target))), None)
                controllers = tuple(row.name for row in _rows(record.ask(DomainController, answer.target)))
                references = _rows(record.ask(CrossRef, answer.target))
                names = tuple(row.netbios_name for row in references if row.dns_root == answer.target)
                domains[answer.target] = Domain(answer.target, info.forest_root if info else "", controllers, names)
                trusts[answer.target] = tuple(_rows(record.ask(Trust, answer.target)))
            elif answer.fact is ComputerAccount:
                told[answer.target] = tuple(_rows(record.ask(ComputerAccount, answer.target)))
        home = next((name for name in record.estate.domains if name in domains), "")
        made = cls(told, trusts, domains, home)
        for domain in domains:
            made.people |= {row.account.casefold(): row.sid for row in _rows(record.ask(OperatorAccount, domain))}
        return made

    def rows(self, target: str) -> tuple[ComputerAccount, ...]:
        """What a domain, or one controller, tells of its computer accounts now."""
        domain = self._domain_of(target)
        found: list[ComputerAccount] = []
        for row in self.told.get(target, ()):
            own = self.lag.get((target, row.dn.casefold())) or self.truth[domain, row.dn.casefold()]
            found.append(replace(own, group_sids=row.group_sids))
        return tuple(found)

    def catalogue(self, target: str, asked: Iterable[ServiceName]) -> tuple[ServiceName, ...]:
        """Who holds names in the forest now: those that the record asked for, and those that accounts have by now."""
        forest = self.domains[target].forest
        rows = [row for (domain, _), row in self.truth.items() if self.domains[domain].forest == forest]
        own = (row for (domain, _), row in self.truth.items() if domain == target)
        names = {row.spn.casefold(): row.spn for row in asked}
        for row in own:
            for spn in service_names(row.sam_name.rstrip("$"), row.dns_name):
                names.setdefault(spn.casefold(), spn)
        found: list[ServiceName] = []
        for name, spn in names.items():
            held = sorted((row.dn, row.sid) for row in rows if name in (s.strip().casefold() for s in row.spns))
            found.append(ServiceName(spn, tuple(dn for dn, _ in held), tuple(sid for _, sid in held)))
        return tuple(found)

    def controllers(self, domain: str) -> tuple[str, ...]:
        """The controllers of a domain whose own answer is known."""
        return tuple(name for name in self.domains[domain].controllers if name in self.told)

    def find(self, identity: str, server: str = "") -> AdObject:
        """The account of a distinguished name, an account name or a SID. Raises Refused: there is none there."""
        domain = self._domain_of(server) if server else self.home
        wanted = identity.casefold()
        for (where, dn), row in self.truth.items():
            names = (dn, row.sam_name.casefold(), row.sam_name.rstrip("$").casefold(), row.sid.casefold())
            if where == domain and wanted in names:
                return AdObject(row, domain)
        raise Refused(f"{domain or 'the directory'} has no computer account {identity}")

    def change(self, found: AdObject, **values: Any) -> None:
        """Write other values to an account; without a difference nothing happens."""
        key = (found.domain, found.account.dn.casefold())
        self.truth[key] = replace(self.truth[key], **values)

    def holder(self, name: str, but: ComputerAccount) -> ComputerAccount | None:
        """Another account of the evidence that holds a service name, which must be unique."""
        wanted = name.casefold()
        for row in self.truth.values():
            if row.dn != but.dn and wanted in (spn.casefold() for spn in row.spns):
                return row
        return None

    def of_sid(self, sid: str) -> ComputerAccount | None:
        """The account of a SID."""
        return next((row for row in self.truth.values() if row.sid == sid), None)

    def pull(self, controller: str) -> None:
        """Bring a controller what the others know. Raises Refused: there is no such controller."""
        if self._domain_of(controller) == controller:
            raise Refused(f"{controller} is no controller")
        self.pulled.add(controller)
        for place, dn in list(self.lag):
            if place == controller or self._reader(place) == controller:
                del self.lag[place, dn]

    def _reader(self, place: str) -> str:
        """A domain's own answer comes from one of its controllers; which lag it shares."""
        lags = {dn for where, dn in self.lag if where == place}
        alike = [c for d in self.domains.values() if d.name == place for c in d.controllers if lags
                 and lags == {dn for where, dn in self.lag if where == c}]  # fmt: skip
        return alike[0] if alike else ""

    def _places(self, domain: str) -> Iterator[str]:
        yield domain
        yield from self.domains[domain].controllers

    def _domain_of(self, server: str) -> str:
        wanted = server.casefold().rstrip(".")
        for name, domain in self.domains.items():
            if wanted == name or wanted in (n.casefold() for n in domain.netbios):
                return name
            if any(wanted in (c, c.partition(".")[0]) for c in domain.controllers):
                return name
        raise Refused(f"no domain and no controller answers as {server}")


@dataclass(frozen=True)
class Domain:
    """A domain by its DNS name."""

    name: str
    forest: str
    controllers: tuple[str, ...]
    netbios: tuple[str, ...] = ()


def _rows(answer: tuple[Any, ...] | Gap) -> Iterable[Any]:
    return () if isinstance(answer, Gap) else answer


def _alike(row: ComputerAccount) -> ComputerAccount:
    return replace(row, group_sids=())


def _weight(row: ComputerAccount) -> int:
    return len(row.delegates_to) + len(row.allowed_sids) + len(row.spns)
