"""Estates whose pictures are looked at: hosts with networks, accounts and attempts, and what is found of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scanner.facts.delegation import MIGRATION
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationAuthentication, MigrationNetwork, MigrationService, VMHost
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.judge import scopes
from scanner.judge.picturing import pictures_of
from scanner.words.bearing import Role
from scanner.words.estate import Estate, Route
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Profile, Severity, Status
from scanner.words.report import Finding, Report
from scanner.words.scope import Scope, Subject
from tests.conftest import NOW
from tests.reports.conftest import build

Facts = dict[tuple[type[Fact], str], list[Fact]]
DOMAIN = "corp.example"
A, B, C = "hv01.corp.example", "hv02.corp.example", "hv03.corp.example"
LIVE = frozenset({Profile.LIVE_MIGRATION})


def host(number: int) -> str:
    return f"hv{number:02}.{DOMAIN}"


def address(text: str, prefix: int = 24) -> IPAddress:
    family = 23 if ":" in text else 2
    return IPAddress(text=text, prefix_length=prefix, interface=7, family=family, state=4, store=1)


def module(*, anywhere: bool = False) -> VMHost:
    return VMHost(
        migration_enabled=True,
        authentication=MigrationAuthentication.KERBEROS,
        performance=None,
        any_network=anywhere,
        supported_versions=(),
    )


def subnet(text: str, prefix: int = 24, *tags: str) -> MigrationNetwork:
    return MigrationNetwork(instance_id=text, subnet=text, prefix_length=prefix, metric=None, tags=tags)


def attempt(target: str, outcome: str = "Connected") -> EndpointProbe:
    return EndpointProbe(
        target=target, outcome=outcome, addresses=(), remote=None, local=None, milliseconds=1, proxy_status=None,
        tls_outcome=None, certificate_subject=None, certificate_issuer=None, server_date=None,
    )  # fmt: skip


def system(name: str, *, joined: bool = True) -> ComputerSystem:
    short = name.partition(".")[0]
    return ComputerSystem(
        name=short.upper(), dns_host_name=short, domain=name.partition(".")[2], part_of_domain=joined, domain_role=3
    )


def account(name: str, *delegates: str, allowed: Iterable[str] = (), denied: Iterable[str] = ()) -> ComputerAccount:
    short = name.partition(".")[0]
    return ComputerAccount(
        dn=f"CN={short},DC=corp,DC=example", sam_name=f"{short.upper()}$", dns_name=name, sid=sid(name),
        user_account_control=0x1000, spns=(), delegates_to=delegates, allowed_sids=tuple(allowed),
        denied_sids=tuple(denied), has_resource_delegation=bool(allowed or denied), group_sids=("S-1-5-21-1-515",),
    )  # fmt: skip


def sid(name: str) -> str:
    return f"S-1-5-21-1-{sum(map(ord, name))}"


def names(service: str, name: str) -> tuple[str, str]:
    return f"{service}/{name.partition('.')[0].upper()}", f"{service}/{name}"


def finding(
    check: str, scope: Scope, subject: Iterable[str], status: Status, seen: str = "", **words: object
) -> Finding:
    about = Subject(scope, tuple(subject))
    bears = scope.bearing(about) if scope.role is not Role.HOSTS else ()
    known: dict[str, object] = {"profiles": LIVE, "severity": Severity.CRITICAL, "title": check, **words}
    return Finding(check=check, subject=about, bears=bears, status=status, seen=seen, **known)  # type: ignore[arg-type]


def on(check: str, source: str, destination: str, status: Status, seen: str = "") -> Finding:
    return finding(check, scopes.ROUTE, (source, destination), status, seen)


def evidence(facts: Facts, estate: Estate) -> Evidence:
    record = Evidence(estate, NOW, NOW)
    for (fact, target), rows in facts.items():
        record.put(fact, target, rows, at=NOW)
    record.close()
    return record


def planned(*ways: tuple[str, str], **words: object) -> Estate:
    routes = tuple(Route(*way) for way in ways)
    hosts = tuple(dict.fromkeys(name for way in ways for name in way))
    return Estate(hosts=hosts, routes=routes, **words)  # type: ignore[arg-type]


def drawn(facts: Facts, estate: Estate, *findings: Finding) -> Report:
    """A report with the pictures of this evidence and these findings."""
    report = build(
        findings,
        routes=tuple((route.source, route.destination) for route in estate.routes),
        profiles=tuple(map(str, estate.profiles)),
    )
    return replace(report, pictures=pictures_of(report, evidence(facts, estate)))


STATES = (Status.PASS, Status.PASS, Status.FAIL, Status.PASS, Status.UNKNOWN, Status.PASS, Status.WARN)


def many(number: int, *, good: bool = False) -> Report:
    """So many hosts in three networks, each moving to each other."""
    hosts = [host(n) for n in range(1, number + 1)]
    estate = planned(
        *((one, other) for one in hosts for other in hosts if one != other),
        trusted=("10.20.0.0/16",),
        untrusted=("192.168.9.0/24",),
    )
    facts: Facts = {(ComputerAccount, DOMAIN): []}
    found: list[Finding] = []
    for place, name in enumerate(hosts, 1):
        own = [f"10.20.0.{place}", f"10.77.{place}.1", *([f"192.168.9.{place}"] if place % 3 == 0 else [])]
        facts[IPAddress, name] = [address(text) for text in own]
        facts[VMHost, name], facts[MigrationNetwork, name] = [module()], [subnet("10.20.0.0")]
        facts[MigrationService, name] = [MigrationService(listening=(own[0],))]
        facts[ComputerSystem, name] = [system(name)]
        others = [other for other in hosts if other != name]
        listed = [text for other in others for text in names(MIGRATION, other)]
        facts[ComputerAccount, DOMAIN].append(account(name, *listed))
        facts[EndpointProbe, name] = [attempt(f"10.20.0.{n}:6600") for n in range(1, number + 1) if n != place]
        found.append(finding("LM-08", scopes.HOST, (name,), Status.PASS, "10.20.0.0/24"))
        for to, other in enumerate(others):
            status = Status.PASS if good else STATES[(place * 3 + to) % len(STATES)]
            found += [
                on("RCH-01", name, other, status),
                on("DEL-01", name, other, status),
                on("DEL-02", name, other, status),
            ]
    return drawn(facts, estate, *found)
