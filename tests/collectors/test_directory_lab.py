"""The directory collector against real domain controllers: every way to sign in, every way to fail, what it reads.

The test's thread, and those the collector starts, stand in the scanner's network. No fault is put on a controller:
the tests that use the lab beside this one keep theirs. Controllers that fail are listeners and addresses of our own.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lab import directory
from lab.directory import Lab, namespace
from scanner.collect.directory import COLLECTOR, FACTS
from scanner.collect.directory.controllers import Domain, Opened
from scanner.collect.directory.racing import first
from scanner.collect.directory.search import hyperv_computers, trusted_domains
from scanner.collect.rounds import collect as collect_all
from scanner.collect.transport.ldap import sign_in
from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.collect.transport.resolve import Unresolved, resolve
from scanner.estate.access import Access, DirectoryAccess, Limits, Names
from scanner.estate.secret import SecretSource
from scanner.facts.directory import (
    ComputerAccount,
    CrossRef,
    DirectoryServer,
    DomainController,
    DomainInfo,
    TopLevelName,
    Trust,
)
from scanner.facts.kerberos import ControllerClock
from scanner.hooks import Task
from scanner.record.record import dump
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Fact, Gap, GapReason
from tests.test_connections import NEEDS_DIRECTORY, answering

pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]
CORP, BRANCH, ISLAND = "corp.example", "branch.example", "island.example"
LOST = "lost.example"
"""a trusted domain that has no controller"""
DC1, DC2, DCB = "dc1.corp.example", "dc2.corp.example", "dcb.branch.example"
HOSTS = ("ex01.corp.example", "ex02.corp.example", "ex03.corp.example", "ex06.corp.example")
NOBODY = "10.77.250.250"
"""an address no machine of the lab has"""
ALL = tuple(sorted(FACTS, key=lambda fact: fact.__name__))
MIGRATION = "Microsoft Virtual System Migration Service"
Collect = Callable[..., Evidence]


@pytest.fixture(scope="module")
def running(kerberos_libraries: None) -> Lab:
    if reason := directory.available():
        pytest.skip(reason)
    return directory.up()


@pytest.fixture
def lab(running: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    """The lab, with the test in the scanner's network and a ticket of corp's scan user."""
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{tmp_path / 'tickets'}")
    subprocess.run(
        [directory.HERE / "in.sh", "scanner", "kinit", "svc-preflight@CORP.EXAMPLE"],
        env=os.environ | running.environment, capture_output=True, timeout=30, check=True,
    )  # fmt: skip
    monkeypatch.setenv("KRB5_CONFIG", str(running.krb5_conf))
    with namespace.entered("scanner"):
        yield running


@pytest.fixture
def access(lab: Lab) -> Access:
    return Access(
        names=Names(servers=(lab.resolver,)), limits=Limits(connect_timeout=2.0, host_deadline=20), directory=kerberos()
    )


def kerberos(**words: object) -> DirectoryAccess:
    return DirectoryAccess(**words)  # type: ignore[arg-type]


@pytest.fixture
def simple(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Callable[..., DirectoryAccess]:
    def make(*, password: str = lab.user_password, ca: Path = lab.ca, **words: object) -> DirectoryAccess:
        monkeypatch.setenv("LAB_DIRECTORY_PASSWORD", password)
        secret = SecretSource(env="LAB_DIRECTORY_PASSWORD")
        user = f"{lab.user}@{CORP}"
        return DirectoryAccess(method="simple", user=user, password=secret, ca=str(ca), **words)  # type: ignore[arg-type]

    return make


@pytest.fixture
def collect(access: Access) -> Collect:
    def run(
        target: str, how: DirectoryAccess | None = None, facts: Sequence[type[Fact]] = ALL, seconds: float = 20
    ) -> Evidence:
        now = datetime.now(UTC)
        evidence = Evidence(Estate(hosts=HOSTS, vmm_servers=("ex11.branch.example",)), started=now, finished=now)
        deadline = time.monotonic() + seconds
        task = Task(
            target=target, kind="domain", facts=tuple(facts), arguments={}, evidence=evidence, deadline=deadline
        )
        COLLECTOR.collect(task, replace(access, directory=how or access.directory))
        return evidence

    return run


def rows(evidence: Evidence, fact: type[Fact], target: str) -> tuple[Fact, ...]:
    answer = evidence.ask(fact, target)
    assert not isinstance(answer, Gap), answer
    return answer


def gap(evidence: Evidence, fact: type[Fact], target: str) -> Gap:
    answer = evidence.ask(fact, target)
    assert isinstance(answer, Gap), answer
    return answer


def account(evidence: Evidence, name: str, target: str = CORP) -> ComputerAccount:
    found = [row for row in evidence.ask(ComputerAccount, target) if row.sam_name == f"{name}$"]  # type: ignore[union-attr]
    assert len(found) == 1
    return found[0]


def sids(lab: Lab, domain: str) -> dict[str, str]:
    return json.loads((lab.artifacts / "accounts" / f"{domain}.json").read_text())


@pytest.mark.parametrize("transport", ["auto", "ldaps", "starttls"])
def test_a_password_over_tls(collect: Collect, simple: Callable[..., DirectoryAccess], transport: str) -> None:
    evidence = collect(CORP, simple(transport=transport))
    assert evidence.gaps() == ()
    info = evidence.target(CORP)
    assert (info.kind, info.who, info.queries, info.answered) == ("domain", "svc-preflight@corp.example", 11, 11)
    assert info.how.startswith("simple, over TLS on " + {"starttls": "389"}.get(transport, "636"))


def test_a_ticket_sealed_also_across_the_trust(collect: Collect) -> None:
    for target in (CORP, BRANCH):
        evidence = collect(target)
        assert evidence.gaps() == ()
        assert evidence.target(target).who == "svc-preflight@CORP.EXAMPLE"
        assert evidence.target(target).how.startswith("kerberos, sealed on 389")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Controllers are signed in to as on Windows: by pyspnego, which takes the ticket cache here and SSPI there."""
    monkeypatch.setattr(sign_in, "WINDOWS", True)


def all_rows(evidence: Evidence, target: str) -> dict[type[Fact], object]:
    return {fact: evidence.ask(fact, target) for fact in ALL if fact is not ControllerClock}


def test_the_way_of_windows_reads_the_same_sealed_also_across_the_trust(
    collect: Collect, request: pytest.FixtureRequest
) -> None:
    before = {target: collect(target) for target in (CORP, BRANCH)}
    request.getfixturevalue("windows")
    for target, known in before.items():
        evidence = collect(target)
        assert evidence.gaps() == ()
        assert evidence.target(target).who == "the signed-in user"
        assert evidence.target(target).how.startswith("kerberos, sealed on 389")
        assert all_rows(evidence, target) == all_rows(known, target)


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("transport", ["ldaps", "starttls"])
def test_the_way_of_windows_over_tls(lab: Lab, collect: Collect, transport: str) -> None:
    assert collect(BRANCH, kerberos(transport=transport, ca=str(lab.ca))).gaps() == ()


@pytest.mark.usefixtures("windows")
def test_the_way_of_windows_where_there_is_no_ticket_and_no_such_service(
    collect: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = gap(collect(ISLAND), Trust, ISLAND)
    assert (unknown.reason, "no Kerberos sign-in to ldap/dcc.island.example" in unknown.detail) == (
        GapReason.ACCESS_DENIED,
        True,
    )
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{tmp_path / 'none'}")
    missing = gap(collect(CORP), Trust, CORP)
    assert missing.reason is GapReason.ACCESS_DENIED
    assert "no Kerberos sign-in to ldap/dc" in missing.detail


@pytest.mark.parametrize("transport", ["ldaps", "starttls"])
def test_a_ticket_over_tls_where_the_controller_takes_it(lab: Lab, collect: Collect, transport: str) -> None:
    """Branch takes any; corp one that is bound to its channel, which Samba cannot tell before 4.21 and then refuses."""
    how = kerberos(transport=transport, ca=str(lab.ca))
    version = subprocess.run(["samba", "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    knows_bindings = tuple(map(int, re.findall(r"\d+", version)[:2])) >= (4, 21)
    for domain in [BRANCH, CORP] if knows_bindings else [BRANCH]:
        taken = collect(domain, how)
        assert (taken.gaps(), taken.target(domain).who) == ((), "svc-preflight@CORP.EXAMPLE")
    if not knows_bindings:
        refused = gap(collect(CORP, how), Trust, CORP)
        assert (refused.reason, "strongerAuthRequired" in refused.detail) == (GapReason.ACCESS_DENIED, True)


def test_what_a_domain_says(lab: Lab, collect: Collect) -> None:
    evidence = collect(CORP)
    assert rows(evidence, DomainController, CORP) == (DomainController(DC1, CORP), DomainController(DC2, CORP))
    assert rows(evidence, DomainInfo, CORP) == (DomainInfo(CORP, CORP, "DC=corp,DC=example", 4),)
    assert rows(evidence, CrossRef, CORP) == (CrossRef(CORP, "CORP"),)
    branch, lost = sorted(rows(evidence, Trust, CORP), key=lambda trust: trust.partner)
    names = (TopLevelName(BRANCH, enabled=True),)
    assert branch == Trust(BRANCH, "BRANCH", 3, 2, 8, names, encryption_types=24)
    assert lost == Trust(LOST, "LOST", 3, 2, 8, (TopLevelName(LOST, enabled=False),))
    names = (TopLevelName(CORP, enabled=True),)
    assert rows(collect(BRANCH), Trust, BRANCH) == (Trust(CORP, "CORP", 3, 2, 8, names, encryption_types=24),)
    first = account(evidence, "EX01")
    assert first.protocol_transition
    assert f"{MIGRATION}/ex02.corp.example" in first.delegates_to
    assert f"{MIGRATION}/EX01" in first.spns
    assert first.sid == sids(lab, CORP)["EX01"]
    assert first.group_sids == (first.sid.rpartition("-")[0] + "-515",)
    assert account(evidence, "EX05").dns_name == first.dns_name  # a stale account of the same name is a row, too
    assert account(evidence, "EX05").disabled
    assert account(collect(BRANCH), "EX11", BRANCH).delegates_to == ("cifs/ex12.branch.example",)


@pytest.mark.parametrize(("domain", "names"), [(CORP, (DC1, DC2)), (BRANCH, (DCB,))])
def test_the_directory_lists_its_controllers_as_dns_does(collect: Collect, domain: str, names: tuple[str, ...]) -> None:
    found = rows(collect(domain, facts=[DirectoryServer]), DirectoryServer, domain)
    assert found == tuple(DirectoryServer(name, domain, read_only=False) for name in names)


def test_a_controller_that_dns_does_not_list_is_asked_with_a_ticket(collect: Collect) -> None:
    """The estate names one controller, and the directory lists both."""
    evidence = collect(CORP, kerberos(controllers={CORP: (DC1,)}))
    assert rows(evidence, DomainController, CORP) == (DomainController(DC1, CORP),)
    assert account(evidence, "EX03", DC2).dn == account(evidence, "EX03", DC1).dn


def test_what_the_directory_alone_lists_gets_no_password_of_a_real_one(
    collect: Collect, simple: Callable[..., DirectoryAccess]
) -> None:
    evidence = collect(CORP, simple(controllers={CORP: (DC1,)}))
    assert "whose word leads no password anywhere" in gap(evidence, ComputerAccount, DC2).detail
    assert account(evidence, "EX03", DC1).dn


def test_resource_based_delegation(lab: Lab, collect: Collect) -> None:
    third = account(collect(CORP, facts=[ComputerAccount]), "EX03")
    assert third.allowed_sids == (sids(lab, CORP)["EX01"], sids(lab, BRANCH)["EX11"], "S-1-5-21-1-2-3-4567")
    assert (third.denied_sids, third.has_resource_delegation) == ((sids(lab, CORP)["EX02"],), True)


def test_two_controllers_that_differ(collect: Collect) -> None:
    evidence = collect(CORP)
    assert account(evidence, "EX06", DC1).delegates_to == ("cifs/EX02", "cifs/ex02.corp.example")
    assert account(evidence, "EX06", DC2).delegates_to == ()
    told = account(evidence, "EX03", DC1)  # the domain's own row; groups are not compared, nor asked for again
    assert replace(told, group_sids=()) == account(evidence, "EX03", DC2)
    assert evidence.target(DC2).kind == "controller"


def test_accounts_of_every_controller_only_when_controllers_are_compared(collect: Collect) -> None:
    evidence = collect(CORP, facts=[ComputerAccount])
    assert {answer.target for answer in evidence.answers()} == {CORP}


def test_a_password_that_is_wrong_is_tried_once(collect: Collect, simple: Callable[..., DirectoryAccess]) -> None:
    planted = "Pl4nted-wrong-word"
    evidence = collect(CORP, simple(password=planted))
    for fact in (Trust, ComputerAccount, DomainInfo, CrossRef):
        assert gap(evidence, fact, CORP).reason is GapReason.ACCESS_DENIED
    detail = gap(evidence, Trust, CORP).detail  # its access declares no domain: nobody was asked before
    assert detail.startswith(f"{DC1} refused the sign-in: wrong user or password, and no controller of its domain ")
    assert gap(evidence, ComputerAccount, DC2).detail == detail  # dc2 was not tried: it would count to a lockout
    assert rows(evidence, DomainController, CORP)  # DNS said so, whoever may sign in
    evidence.close()
    assert planted not in dump(evidence).decode() + repr((evidence.gaps(), evidence.targets()))


@pytest.mark.parametrize("transport", ["ldaps", "starttls"])
def test_a_certificate_of_an_unknown_authority(
    lab: Lab, collect: Collect, simple: Callable[..., DirectoryAccess], transport: str
) -> None:
    missing = gap(collect(CORP, simple(ca=lab.untrusted_ca, transport=transport)), Trust, CORP)
    assert missing.reason is GapReason.UNREACHABLE
    assert f"the certificate of {DC1} is not trusted" in missing.detail
    assert f"the certificate of {DC2} is not trusted" in missing.detail


def test_a_certificate_of_another_name(lab: Lab, collect: Collect, simple: Callable[..., DirectoryAccess]) -> None:
    address = lab.controllers["dcb"].address
    how = simple(controllers={CORP: (DC1,)}, addresses={DC1: address})
    assert "Hostname mismatch" in gap(collect(CORP, how), Trust, CORP).detail


def test_no_ticket(collect: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRB5CCNAME", f"FILE:{tmp_path / 'none'}")
    missing = gap(collect(CORP), Trust, CORP)
    assert (missing.reason, missing.detail) == (
        GapReason.ACCESS_DENIED,
        "there is no Kerberos ticket; run kinit first",
    )


def test_no_trust_no_ticket(collect: Collect) -> None:
    missing = gap(collect(ISLAND), Trust, ISLAND)
    assert (missing.reason, "ldap/dcc.island.example@ISLAND.EXAMPLE" in missing.detail) == (
        GapReason.ACCESS_DENIED,
        True,
    )


def test_ways_that_are_not_taken(collect: Collect, simple: Callable[..., DirectoryAccess]) -> None:
    for how in (simple(transport="sealed"), replace(simple(), user=""), simple(ca=Path("/none.pem"))):
        assert gap(collect(CORP, how), Trust, CORP).reason is GapReason.NOT_COLLECTED


def test_a_dead_controller_does_not_hide_the_others(collect: Collect) -> None:
    how = kerberos(controllers={CORP: ("dead.corp.example", DC1)}, addresses={"dead.corp.example": NOBODY})
    evidence = collect(CORP, how)
    assert account(evidence, "EX01") == account(evidence, "EX01", DC1)
    assert evidence.target(CORP).how.endswith(DC1)
    assert [(gap.fact, gap.target) for gap in evidence.gaps()] == [("ComputerAccount", "dead.corp.example")]


def test_every_controller_dead(collect: Collect) -> None:
    how = kerberos(controllers={CORP: ("dead.corp.example",)}, addresses={"dead.corp.example": "10.77.9.10"})
    missing = gap(collect(CORP, how), Trust, CORP)
    assert missing.reason is GapReason.UNREACHABLE
    assert missing.detail == "dead.corp.example cannot be reached on port 389: 10.77.9.10 refused"


def test_a_controller_that_hangs_leaves_time_for_the_next(collect: Collect) -> None:
    with socket.create_server(("10.77.9.10", 389), backlog=5):
        how = kerberos(controllers={CORP: (DC1, DC2)}, addresses={DC1: "10.77.9.10"})
        evidence = collect(CORP, how, seconds=6)
    assert account(evidence, "EX01") == account(evidence, "EX01", DC2)
    missing = gap(evidence, ComputerAccount, DC1)
    assert (missing.reason, missing.detail) == (GapReason.TIMEOUT, f"{DC1} did not answer in time")


def test_a_controller_of_another_domain(collect: Collect) -> None:
    missing = gap(collect(CORP, kerberos(controllers={CORP: (DCB,)})), Trust, CORP)
    assert missing.reason in (GapReason.UNPARSABLE, GapReason.ACCESS_DENIED)  # its ticket may not even be had


def test_a_domain_nobody_knows(collect: Collect) -> None:
    evidence = collect("nowhere.example")
    assert {gap(evidence, fact, "nowhere.example").reason for fact in ALL} == {GapReason.UNREACHABLE}
    assert "_ldap._tcp.dc._msdcs.nowhere.example" in gap(evidence, DomainController, "nowhere.example").detail


def test_names(lab: Lab, access: Access) -> None:
    later = time.monotonic() + 10
    assert resolve("DC1.corp.example.", access.names, later) == (lab.controllers["dc1"].address,)
    with pytest.raises(Unresolved, match="no A record"):
        resolve("nobody.corp.example", access.names, later)


def test_hyperv_computers(access: Access) -> None:
    found = hyperv_computers("Corp.Example", access)
    assert {"ex01.corp.example", "ex03.corp.example", "ex06.corp.example"} <= set(found)
    assert found == sorted(set(found))
    assert trusted_domains(CORP, access) == [BRANCH, LOST]
    with pytest.raises(DirectoryError, match="nowhere"):
        hyperv_computers("nowhere.example", access)


@pytest.fixture(scope="module")
def crowd(running: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A unit of 1,200 objects and one with 1,600 values, on the controller that nobody replicates."""
    base, folder = "OU=Crowd,DC=island,DC=example", tmp_path_factory.mktemp("crowd")
    names = [f"CN=c{number:04},{base}" for number in range(1200)]
    many = "".join(f"otherTelephone: {number}\n" for number in range(1600))
    objects = "".join(f"dn: {name}\nchangetype: add\nobjectClass: contact\n\n" for name in names)
    unit = f"dn: {base}\nchangetype: add\nobjectClass: organizationalUnit\n\n"
    values = f"dn: CN=many,{base}\nchangetype: add\nobjectClass: contact\n{many}\n"
    gone = "".join(f"dn: {name}\nchangetype: delete\n\n" for name in (*names, f"CN=many,{base}", base))
    (folder / "add.ldif").write_text(unit + objects + values)
    (folder / "remove.ldif").write_text(gone)
    directory.fault("ldif", "dcc", str(folder / "add.ldif"))
    yield base
    directory.fault("ldif", "dcc", str(folder / "remove.ldif"))


def test_many_pages_and_many_values(
    lab: Lab, access: Access, crowd: str, simple: Callable[..., DirectoryAccess], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Samba gives a range only when asked for one; tests/transport/test_ldap.py has a server that imposes it."""
    ca = lab.artifacts / "tls" / "island-ca.pem"
    tls = replace(simple(ca=ca), user=f"{lab.user}@{ISLAND}")
    ticket = lab.keytab(f"{lab.user}@{ISLAND}")
    subprocess.run(
        [*directory.in_scanner(["kinit", "-kt", str(ticket), "svc-preflight@ISLAND.EXAMPLE"])],
        env=os.environ | lab.environment, timeout=30, check=True,
    )  # fmt: skip
    for how, windows in ((tls, False), (kerberos(), False), (kerberos(), True)):
        monkeypatch.setattr(sign_in, "WINDOWS", windows)
        domain = Domain(ISLAND, replace(access, directory=how), time.monotonic() + 30)
        seen: list[int] = []

        def use(opened: Opened, seen: list[int] = seen) -> None:
            found = opened.connection.search(crowd, "(objectClass=contact)", ("cn", "otherTelephone;range=0-499"))
            seen.append(len({entry.dn for entry in found}))
            (many,) = (entry for entry in found if entry.text("cn") == "many")
            seen.append(len(set(many.texts("otherTelephone"))))

        first(domain, domain.controllers(), use)
        assert seen == [1201, 1600]


def test_where_a_host_really_is(lab: Lab, access: Access, simple: Callable[..., DirectoryAccess]) -> None:
    """A domain that corp trusts is read with a ticket; with a password, or without a trust, its gap tells the cure."""
    estate = Estate(hosts=("ex11.corp.example",))

    def told(domain: str, how: DirectoryAccess) -> Evidence:
        return collect_all(NEEDS_DIRECTORY, [answering(domain), COLLECTOR], estate, replace(access, directory=how))

    assert rows(told(BRANCH, access.directory), Trust, BRANCH)
    for domain, how, word in ((BRANCH, simple(), "a password goes only to"), (ISLAND, access.directory, "only ex11")):
        missing = gap(told(domain, how), Trust, domain)
        assert (missing.reason, word in missing.detail) == (GapReason.NOT_COLLECTED, True)
        assert f'domains = ["{domain}"]' in missing.detail
