"""A domain of 150 controllers, real ones on loopback, over TLS: dead, slow, silent, wrong; none costs the others."""

from __future__ import annotations

import os
import resource
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lab.windows.wsman.certificates import Certificates, make
from scanner.collect.directory import COLLECTOR, FACTS
from scanner.estate.access import Access, DirectoryAccess, Limits
from scanner.estate.secret import SecretSource
from scanner.facts.delegation import NamedAccount, ServiceName
from scanner.facts.directory import ComputerAccount, DirectoryServer, DomainController, Trust
from scanner.hooks import Task
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, GapReason
from tests.conftest import CORP, HV01, HV02
from tests.transport.controllers_peer import Controller, account, controllers
from tests.transport.dns_peer import dns_server

PASSWORD = "Passw0rd-of-the-directory"
MANY = 150
NAMES = tuple(f"dc{number}.corp.example" for number in range(MANY))
BLOCK = 93
DNS = f"127.{BLOCK}.{os.getpid() % 250}.253"
PLACES = {name: f"127.{BLOCK}.{os.getpid() % 250}.{number + 1}" for number, name in enumerate(NAMES)}
RECORDS = {
    ("_ldap._tcp.dc._msdcs.corp.example", "SRV"): [f"0 {MANY - place} 389 {n}." for place, n in enumerate(NAMES)],
    **{(name, "A"): [address] for name, address in PLACES.items()},
}
ALL = tuple(sorted(FACTS - {NamedAccount, ServiceName}, key=lambda fact: fact.__name__))
"""what they are asked as controllers, in the first round"""


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), NAMES)


@pytest.fixture
def access(pki: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Access]:
    monkeypatch.setenv("HV_TEST_DIRECTORY", PASSWORD)
    password = SecretSource(env="HV_TEST_DIRECTORY")
    with dns_server(DNS, RECORDS) as dns:
        yield Access(
            names=dns.names,
            limits=Limits(connect_timeout=3),
            directory=DirectoryAccess(method="simple", user="svc@corp.example", password=password, ca=pki.ca),
        )


def healthy(latency: float = 0.0, **more: object) -> Controller:
    accounts = account("hv01", CORP) | account("hv02", CORP)
    return Controller(CORP, password=PASSWORD, accounts=accounts, latency=latency, **more)  # type: ignore[arg-type]


def read(
    places: Mapping[str, Controller],
    pki: Certificates,
    access: Access,
    seconds: float,
    facts: tuple[type[Fact], ...],
    domain: str = CORP,
) -> Evidence:
    """Read the domain while these controllers listen; what this time was not enough for is a gap."""
    now = datetime.now(UTC)
    evidence = Evidence(Estate(hosts=(HV01, HV02)), started=now, finished=now)
    with controllers({PLACES[n]: c for n, c in places.items()}, pki.server.certificate, pki.server.key):
        deadline = time.monotonic() + seconds
        task = Task(target=domain, kind="domain", facts=facts, arguments={}, evidence=evidence, deadline=deadline)
        COLLECTOR.collect(task, access)
        return evidence


def test_all_of_150_at_100_milliseconds_an_answer(pki: Certificates, access: Access) -> None:
    every = {name: healthy(0.1) for name in NAMES}
    evidence = read(every, pki, access, 45, ALL)
    assert evidence.gaps() == ()
    assert all(len(evidence.ask(ComputerAccount, name)) == 2 for name in (CORP, *NAMES))  # type: ignore[arg-type]


def test_the_last_of_150_where_the_others_are_slow_to_fail(pki: Certificates, access: Access) -> None:
    """Each of the others serves another domain, and takes 0.3 s to say so: one by one that would be 45 s."""
    every = {name: Controller("branch.example", latency=0.3) for name in NAMES[:-1]} | {NAMES[-1]: healthy(0.1)}
    evidence = read(every, pki, access, 40, (Trust, ComputerAccount))
    assert evidence.gaps() == ()
    assert evidence.target(CORP).how.endswith(NAMES[-1])
    assert sum(len(one.binds) for one in every.values()) == 1


def test_silent_ones_take_nobodys_time(pki: Certificates, access: Access) -> None:
    """A dozen take the connection and say nothing; the deadline is no multiple of what each may take."""
    silent, rest = NAMES[:12], NAMES[12:14]
    every = {name: healthy(silent=True) for name in silent} | {name: healthy() for name in rest}
    evidence = read(every, pki, access, 50, (Trust, ComputerAccount))
    assert evidence.gaps() == ()
    assert evidence.target(CORP).how.endswith(rest)


def test_a_wrong_password_is_sent_to_one_of_150(
    pki: Certificates, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HV_TEST_DIRECTORY", "Pl4nted-wrong-word")
    every = {name: healthy(1.2) for name in NAMES}  # so slow that others are asked beside the first
    evidence = read(every, pki, access, 60, ALL)
    assert sum(len(one.binds) for one in every.values()) == 1
    assert {gap.reason for gap in evidence.gaps()} == {GapReason.ACCESS_DENIED}
    assert len(evidence.ask(DomainController, CORP)) == MANY  # type: ignore[arg-type]


def test_the_order_of_the_estate_is_kept(pki: Certificates, access: Access) -> None:
    named = replace(access.directory, controllers={CORP: (NAMES[7], NAMES[3])})
    every = {name: healthy() for name in NAMES[:10]}
    evidence = read(every, pki, replace(access, directory=named), 20, (Trust,))
    assert evidence.target(CORP).how.endswith(NAMES[7])
    assert sum(one.connections for one in every.values()) == 1


def told(evidence: Evidence) -> dict[str, tuple[str, str, int, int]]:
    """How each target was read."""
    return {info.name: (info.kind, info.how, info.queries, info.answered) for info in evidence.targets()}


def test_a_domain_of_which_nobody_tells_anything_is_noted_with_each_controller_that_was_to_be_asked(
    pki: Certificates, access: Access
) -> None:
    named = replace(access, directory=replace(access.directory, controllers={CORP: NAMES[:2]}))
    silent = dict.fromkeys(NAMES[:2], ("controller", "not read", 1, 0))
    assert told(read({}, pki, named, 20, (Trust, ComputerAccount))) == {CORP: ("domain", "not read", 2, 0), **silent}
    assert told(read({}, pki, named, 20, (Trust, DomainController))) == {CORP: ("domain", "not read", 1, 0), **silent}
    nowhere = read({}, pki, access, 9, (Trust,), "nowhere.example")
    assert told(nowhere) == {"nowhere.example": ("domain", "not read", 1, 0)}


def test_of_a_domain_that_was_read_only_the_controllers_that_failed_are_noted(
    pki: Certificates, access: Access
) -> None:
    named = replace(access, directory=replace(access.directory, controllers={CORP: NAMES[:3]}))
    some = {name: healthy() for name in NAMES[1:3]}
    evidence = read(some, pki, named, 20, (Trust,))
    whole, way = ("domain", evidence.target(CORP).how, 1, 1), ("controller", "not read", 1, 0)  # type: ignore[union-attr]
    assert told(evidence) == {CORP: whole, NAMES[0]: way}
    assert whole[1].endswith(NAMES[1:3])
    assert told(read(some, pki, named, 20, (Trust, ComputerAccount, DomainController)))[NAMES[0]] == way


def test_without_time_to_ask_anybody_the_text_is_a_whole_sentence(pki: Certificates, access: Access) -> None:
    named = replace(access, directory=replace(access.directory, controllers={CORP: NAMES[:2]}))
    (gap,) = read({}, pki, named, 0.1, (Trust,)).gaps()
    assert (gap.reason, gap.detail) == (GapReason.TIMEOUT, "there was no time to ask 2 controllers")
    every = read({}, pki, named, 0.1, (Trust, DomainController)).gaps()
    assert f"{NAMES[0]} cannot be reached on port 636: {PLACES[NAMES[0]]} timed out" not in {
        gap.detail for gap in every
    }


NEAR = (9, 4)
"""controllers of the site, better first; DNS ranks them low among all"""


@pytest.fixture
def sited(access: Access) -> Iterator[Access]:
    near = [f"{place} 100 389 {NAMES[number]}." for place, number in enumerate(NEAR)]
    records = RECORDS | {
        ("_ldap._tcp.berlin._sites.dc._msdcs.corp.example", "SRV"): [*near, "0 1 389 dc1.evil.example."]
    }
    with dns_server(DNS.removesuffix("253") + "252", records) as dns:
        yield replace(access, names=dns.names, directory=replace(access.directory, site="Berlin"))


@pytest.mark.parametrize(
    ("logon_server", "gone", "asked"), [("", (), NEAR[0]), ("", NEAR[:1], NEAR[1]), ("", NEAR, 0), ("\\\\DC7", (), 7)]
)
def test_the_machines_own_and_the_sites_are_asked_first(
    pki: Certificates, sited: Access, monkeypatch: pytest.MonkeyPatch,
    logon_server: str, gone: tuple[int, ...], asked: int,
) -> None:  # fmt: skip
    monkeypatch.setenv("LOGONSERVER", logon_server)
    every = {name: healthy() for number, name in enumerate(NAMES[:10]) if number not in gone}
    evidence = read(every, pki, sited, 20, (Trust,))
    assert evidence.target(CORP).how.endswith(NAMES[asked])
    assert sum(one.connections for one in every.values()) == 1


@pytest.mark.parametrize(("site", "logon_server"), [("Rome", ""), ("", "\\\\NOWHERE"), ("", "")])
def test_a_site_without_controllers_and_a_controller_that_is_none_change_nothing(
    pki: Certificates, sited: Access, monkeypatch: pytest.MonkeyPatch, site: str, logon_server: str
) -> None:
    monkeypatch.setenv("LOGONSERVER", logon_server)
    every = {name: healthy() for name in NAMES[:10]}
    other = replace(sited, directory=replace(sited.directory, site=site))
    evidence = read(every, pki, other, 20, (Trust,))
    assert evidence.target(CORP).how.endswith(NAMES[0])


@pytest.fixture
def no_descriptors() -> Iterator[None]:
    """This process may open no more files for a while."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with socket.socket() as highest:
        resource.setrlimit(resource.RLIMIT_NOFILE, (highest.fileno(), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("named", [True, False], ids=["connecting", "looking up"])
def test_too_few_descriptors_are_told_as_ours(
    pki: Certificates, access: Access, named: bool, request: pytest.FixtureRequest
) -> None:
    if named:
        known = {"controllers": {CORP: (NAMES[0],)}, "addresses": {NAMES[0]: PLACES[NAMES[0]]}}
        access = replace(access, directory=replace(access.directory, **known))
    now = datetime.now(UTC)
    evidence = Evidence(Estate(hosts=(HV01,)), started=now, finished=now)
    task = Task(
        target=CORP, kind="domain", facts=(Trust,), arguments={}, evidence=evidence, deadline=time.monotonic() + 10
    )
    with controllers({PLACES[NAMES[0]]: healthy()}, pki.server.certificate, pki.server.key):
        request.getfixturevalue("no_descriptors")
        COLLECTOR.collect(task, access)
    gap = evidence.ask(Trust, CORP)
    assert isinstance(gap, Gap)
    assert (gap.reason, "this machine has no more file descriptors" in gap.detail) == (GapReason.NOT_COLLECTED, True)


def site(*names: str) -> dict[str, dict[str, list[str]]]:
    """Controllers as the directory lists them."""
    found: dict[str, dict[str, list[str]]] = {}
    for name in names:
        dn = f"CN={name.partition('.')[0]},CN=Servers,CN=HQ,CN=Sites,CN=Configuration,DC=corp,DC=example"
        found |= {dn: {"dNSHostName": [name], "serverReference": [f"CN={name},DC=corp,DC=example"]}}
        found |= {f"CN=NTDS Settings,{dn}": {}}
    return found


def test_what_the_directory_alone_lists_gets_no_password(pki: Certificates, access: Access) -> None:
    """A read-only controller stands where secrets shall not be, and a controller may call anything one."""
    unlisted, lost, outside = NAMES[3], NAMES[4], "dc.evil.example"
    every = {name: healthy(servers=site(NAMES[0], unlisted, lost, outside)) for name in (NAMES[0], unlisted)}
    listed = {("_ldap._tcp.dc._msdcs.corp.example", "SRV"): [f"0 0 389 {NAMES[0]}."]}
    addresses = {(name, "A"): [PLACES[name]] for name in (NAMES[0], unlisted, lost)}
    with dns_server(f"127.{BLOCK}.{os.getpid() % 250}.252", listed | addresses) as dns:
        evidence = read(every, pki, replace(access, names=dns.names), 20, ALL)
        named = replace(access.directory, controllers={CORP: (NAMES[0], unlisted)})
        cured = read(every, pki, replace(access, names=dns.names, directory=named), 20, ALL)
    asked = evidence.ask(DirectoryServer, CORP)
    assert {row.name for row in asked} == {NAMES[0], unlisted, lost, outside}  # type: ignore[union-attr]
    assert evidence.ask(DomainController, CORP) == (DomainController(NAMES[0], CORP),)
    gaps = {gap.target: gap for gap in evidence.gaps()}
    assert set(gaps) == {unlisted, lost, outside}
    assert all("is listed by the directory alone" in gap.detail for gap in gaps.values())
    assert all("[directory] controllers" in gap.detail for gap in gaps.values())
    assert len(cured.ask(ComputerAccount, unlisted)) == 2  # type: ignore[arg-type]
    assert len(every[unlisted].binds) == 1, "only as the user named it"
