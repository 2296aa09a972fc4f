"""Names that come from targets lead nowhere: real DNS, real TLS, real controllers on loopback, and an attacker's own.

The attacker's controller has a certificate of the authority that is trusted, and DNS leads to it: nothing but the
scanner's own rule keeps the password from it.
"""

from __future__ import annotations

import ast
import os
import re
import time
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from lab.windows.machine import Machine
from lab.windows.wsman.certificates import Certificates, make
from scanner import plugins
from scanner.api import Collector, Evidence, Fact, Gap, Route, Status, Task, WindowsFact
from scanner.collect.directory import COLLECTOR
from scanner.collect.directory.controllers import MOST, Domain
from scanner.collect.plan import first_round, second_round
from scanner.collect.rounds import collect
from scanner.collect.transport.resolve import MOST_ADDRESSES, resolve
from scanner.collect.widening import beyond
from scanner.commands.estate import init
from scanner.estate.access import Access, DirectoryAccess, Limits
from scanner.estate.read import read
from scanner.estate.secret import SecretSource
from scanner.facts.cluster_resources import ClusterParameters, ClusterResource
from scanner.facts.directory import ComputerAccount, DomainController, DomainInfo, Trust
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationService, MigrationSettings
from scanner.facts.network import PROBES_A_SUBJECT, EndpointProbe, IPAddress
from scanner.facts.replica import ReplicaBrokerSettings
from scanner.facts.vm import VmStorage
from scanner.judge.judging import asks_of, judge
from scanner.words.estate import Estate
from tests.checks.common.certified import node, pair, planned
from tests.conftest import CORP, HV01, HV02, NOW, evidence
from tests.transport.controllers_peer import Controller, account, controllers, trust
from tests.transport.dns_peer import Dns, dns_server
from tests.wire import HOSTS, machine, wire
from tests.wire import HV01 as WIRE01

BLOCK = 92
PASSWORD = "Passw0rd-of-the-directory"
EVIL = "evil.example"
OFFER = plugins.load(third_party=False)
NEEDS_DIRECTORY = [check for check in OFFER.checks if check.id in ("ID-02", "DEL-01", "DEL-06", "DEL-10")]


def place(number: int) -> str:
    return f"127.{BLOCK}.{os.getpid() % 250}.{number}"


DNS, DC1, ATTACKER, ROOT_DC = place(53), place(101), place(66), place(102)
NAMES = ("dc1.corp.example", "dc.evil.example", "dc.corp.example", "dcr.root.example", "dcc.child.root.example")
RECORDS = {
    ("_ldap._tcp.dc._msdcs.corp.example", "SRV"): ["0 100 389 dc1.corp.example."],
    ("_ldap._tcp.dc._msdcs.evil.example", "SRV"): ["0 100 389 dc.evil.example."],
    ("_ldap._tcp.dc._msdcs.root.example", "SRV"): ["0 100 389 dcr.root.example."],
    ("_ldap._tcp.dc._msdcs.child.root.example", "SRV"): ["0 100 389 dcc.child.root.example."],
    ("dc1.corp.example", "A"): [DC1],
    ("dc.evil.example", "A"): [ATTACKER],
    ("dcr.root.example", "A"): [ROOT_DC],
    ("dcc.child.root.example", "A"): [DC1],
}


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), [*HOSTS, *NAMES])


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> SecretSource:
    monkeypatch.setenv("HV_TEST_DIRECTORY", PASSWORD)
    return SecretSource(env="HV_TEST_DIRECTORY")


@pytest.fixture
def attacker() -> Controller:
    return Controller(EVIL, password=PASSWORD, accounts=account("hv01", EVIL))


def access(dns: Dns, pki: Certificates, secret: SecretSource, **more: object) -> Access:
    words = {"method": "simple", "user": "svc@corp.example", "password": secret, "ca": pki.ca} | more
    limits = Limits(host_deadline=50, connect_timeout=10)
    return Access(names=dns.names, limits=limits, directory=DirectoryAccess(**words))  # type: ignore[arg-type]


def answering(*domains: str) -> Collector:
    """Hosts that say where they are, one row a domain."""

    def run(task: Task, _access: Access) -> None:
        for fact in task.facts:
            rows: Sequence[Fact] = ()
            if fact is ComputerSystem:
                rows = [ComputerSystem("HV", "hv", d, part_of_domain=True, domain_role=3) for d in domains]
            task.evidence.put(fact, task.target, rows, at=datetime.now(UTC))

    def provides(fact: type[Fact]) -> bool:
        return issubclass(fact, WindowsFact)

    return Collector(name="hosts", kinds=frozenset({"host"}), provides=provides, collect=run)


def scan(estate: Estate, how: Access, *domains: str) -> Evidence:
    return collect(NEEDS_DIRECTORY, [answering(*domains), COLLECTOR], estate, how)


def gap(record: Evidence, fact: type[Fact], target: str) -> Gap:
    answer = record.ask(fact, target)
    assert isinstance(answer, Gap), answer
    return answer


def test_a_hostile_hosts_domain_is_not_looked_up_and_gets_no_password(
    pki: Certificates, attacker: Controller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through estate file and engine to a real endpoint that lies, and back to the verdict."""
    monkeypatch.setenv("HV_TEST_UNSET", PASSWORD)
    machines = {name: machine(name, BLOCK, tmp_path) for name in HOSTS}
    machines[WIRE01] = Machine(structs.replace(machines[WIRE01].state, domain=EVIL), tmp_path)
    corp = Controller(CORP, password=PASSWORD, accounts=account("hv11", CORP))
    with (
        wire(BLOCK, pki, tmp_path, machines=machines) as hosts,
        dns_server(DNS, RECORDS) as dns,
        controllers({ATTACKER: attacker, DNS: corp}, pki.server.certificate, pki.server.key),
    ):
        path = hosts.estate(nobody=DNS)
        path.write_text(path.read_text(encoding="utf-8").replace("[directory]", f'[directory]\nca = "{pki.ca}"'))
        declared = read(path)
        record = collect(OFFER.checks, OFFER.collectors, declared.estate, declared.access)
    assert (attacker.connections, attacker.binds) == (0, [])
    assert [name for name in dns.asked if EVIL in name] == []
    assert corp.binds == [PASSWORD] * len(corp.binds) != []
    assert f'domains = ["{EVIL}"]' in gap(record, ComputerSystem, WIRE01).detail  # it is evidence of who answered
    assert f'domains = ["{EVIL}"]' in gap(record, ComputerAccount, EVIL).detail
    unknown = {f.check for f in judge(OFFER.checks, record) if f.status is Status.UNKNOWN and EVIL in f.note}
    assert {"DEL-01", "DEL-10"} <= unknown


def test_the_domains_that_an_estate_names() -> None:
    """Listed, or what a machine's name ends in: as they are compared, each once; a top-level domain is none."""
    estate = Estate(
        domains=("Corp.Example.",), hosts=(HV01, "hv11.branch.example", "hv21.local", "alone"),
        vmm_servers=("vmm01.vmm.example",),
    )  # fmt: skip
    assert estate.declared_domains == (CORP, "branch.example", "vmm.example")
    asked = {want.target for want in first_round(NEEDS_DIRECTORY, estate) if want.kind == "domain"}
    assert asked == set(estate.declared_domains)


@pytest.mark.parametrize("method", ["simple", "kerberos"])
def test_three_thousand_domains_cost_nothing(pki: Certificates, secret: SecretSource, method: str) -> None:
    with dns_server(DNS, {}) as dns:
        how = access(dns, pki, secret, method=method, controllers={CORP: ("dc.nowhere.corp.example",)})
        record = scan(Estate(hosts=(HV01,)), how, *(f"d{number}.{EVIL}" for number in range(3000)))
    assert [name for name in dns.asked if EVIL in name] == []
    assert [gap for gap in record.gaps() if EVIL in gap.target] == []


def test_a_domain_that_only_a_host_names_is_not_asked_with_kerberos_either(
    pki: Certificates, secret: SecretSource, attacker: Controller
) -> None:
    with dns_server(DNS, RECORDS) as dns, controllers({ATTACKER: attacker}, port=389):
        record = scan(Estate(hosts=(HV01,)), access(dns, pki, secret, method="kerberos"), EVIL)
    assert attacker.connections == 0
    assert [name for name in dns.asked if EVIL in name] == []
    assert gap(record, Trust, EVIL).detail.startswith(f"only {HV01} names it, so nobody was asked")


@pytest.mark.parametrize("told", ["", "x" * 400, 'evil.example"]\n[[host]]', "-", "a b.example", "corp.example."])
def test_what_is_no_name_is_told_without_a_cure(
    pki: Certificates, secret: SecretSource, told: str, attacker: Controller
) -> None:
    with dns_server(DNS, {}) as dns:
        how = access(dns, pki, secret, controllers={CORP: ("dc.nowhere.corp.example",)})
        record = scan(Estate(hosts=(HV01,)), how, told)
    details = [gap.detail for gap in record.gaps() if gap.target == told.lower()]
    assert all(detail == f"{HV01} names it, and it is no DNS name" for detail in details)
    assert bool(details) == (0 < len(told) < 254)


def test_a_password_does_not_go_to_the_root_of_the_forest_that_a_controller_names(
    pki: Certificates, secret: SecretSource
) -> None:
    """A declared domain's own controller names its root, and a partner: neither gets the password unasked."""
    child, root = "child.root.example", Controller("root.example", password=PASSWORD)
    corp = Controller(child, forest="root.example", password=PASSWORD, trusts=trust(EVIL))
    with (
        dns_server(DNS, RECORDS) as dns,
        controllers({DC1: corp, ROOT_DC: root}, pki.server.certificate, pki.server.key),
    ):
        estate = Estate(hosts=("hv01.child.root.example",), domains=(child,))
        record = scan(estate, access(dns, pki, secret), child)
        assert (root.connections, [name for name in dns.asked if not name.endswith(child)]) == (0, [])
        assert record.ask(DomainInfo, child)[0].forest_root == "root.example"
        detail = gap(record, Trust, "root.example").detail
        assert "a password goes only to domains that the estate names" in detail
        assert 'domains = ["root.example"]' in detail
        cured = replace(estate, domains=(child, "root.example"))  # as the gap says
        assert not isinstance(scan(cured, access(dns, pki, secret), child).ask(Trust, "root.example"), Gap)
    assert set(root.binds) == {PASSWORD}


def test_no_domain_found_by_a_trust_proves_another() -> None:
    """corp trusts branch, where the host is; that branch has a root and partners is branch's own word."""
    branch, deep = "branch.example", "deep.example"
    record = evidence(
        {
            (ComputerSystem, HV01): [ComputerSystem("HV", "hv", branch, part_of_domain=True, domain_role=3)],
            (DomainInfo, CORP): [DomainInfo(CORP, CORP, "DC=corp,DC=example", 7)],
            (Trust, CORP): [Trust(branch, "BRANCH", 3, 2, 8)],
        },
        Estate(hosts=(HV01,)),
    )
    assert [want.target for want in beyond(OFFER.checks, record, follows_trusts=True).wants] == [branch]
    record.put(DomainInfo, branch, [DomainInfo(branch, deep, "DC=branch,DC=example", 7)], at=NOW)
    record.put(Trust, branch, [Trust(deep, "DEEP", 3, 2, 8)], at=NOW)
    more = beyond(OFFER.checks, record, follows_trusts=True)
    assert more.wants == ()
    assert more.left[deep].startswith(f"only {branch} names it, so nobody was asked")


def test_dns_alone_leads_no_password_out_of_the_domain(
    pki: Certificates, secret: SecretSource, attacker: Controller
) -> None:
    """Both records say that they are controllers of corp.example; one of them lies outside it."""
    outside = Controller(CORP, password=PASSWORD)
    records = RECORDS | {
        ("_ldap._tcp.dc._msdcs.corp.example", "SRV"): [
            "0 100 389 dc.evil.example.", "1 100 389 dc1.corp.example.", "1 100 389 notcorp.example.",
            "2 100 389 bad\\\"\\032name.corp.example.",
        ]
    }  # fmt: skip
    corp = Controller(CORP, password=PASSWORD, accounts=account("hv01", CORP))
    with (
        dns_server(DNS, records) as dns,
        controllers({DC1: corp, ATTACKER: outside}, pki.server.certificate, pki.server.key),
    ):
        record = scan(Estate(hosts=(HV01,), domains=(CORP,)), access(dns, pki, secret), CORP)
        named = access(dns, pki, secret, controllers={CORP: ("dc.evil.example",)})
        assert outside.connections == 0
        scan(Estate(hosts=(HV01,), domains=(CORP,)), named, CORP)
    assert set(outside.binds) == {PASSWORD}  # the estate named it: a disjoint namespace
    assert len(record.ask(DomainController, CORP)) == 4  # all of them are evidence
    assert "only DNS says that it may have the password" in gap(record, ComputerAccount, "dc.evil.example").detail
    assert "lies outside" in gap(record, ComputerAccount, "notcorp.example").detail
    (odd,) = [name for row in record.ask(DomainController, CORP) if "bad" in (name := row.name)]
    assert "no host name" in gap(record, ComputerAccount, odd).detail
    assert not isinstance(record.ask(ComputerAccount, CORP), Gap)


@pytest.mark.parametrize("method", ["simple", "kerberos"])
def test_no_more_controllers_than_a_domain_has(pki: Certificates, secret: SecretSource, method: str) -> None:
    every = [f"{number} 0 389 d{number}.corp.example." for number in range(MOST + 20)]
    with dns_server(DNS, {("_ldap._tcp.dc._msdcs.corp.example", "SRV"): every}) as dns:
        domain = Domain(CORP, access(dns, pki, secret, method=method), time.monotonic() + 60)
        names = domain.controllers()
    assert len(names) == MOST + 20
    assert list(domain.failures) == list(names[MOST:])
    assert all(f"more than {MOST} controllers" in error.detail for error in domain.failures.values())


def test_a_controller_of_another_domain_gets_no_password(pki: Certificates, secret: SecretSource) -> None:
    other = Controller("branch.example", password=PASSWORD)
    with (
        dns_server(DNS, RECORDS) as dns,
        controllers({DC1: other}, pki.server.certificate, pki.server.key),
    ):
        record = scan(Estate(hosts=(HV01,), domains=(CORP,)), access(dns, pki, secret), CORP)
    assert (other.connections > 0, other.binds) == (True, [])
    assert gap(record, Trust, CORP).detail == "dc1.corp.example is a controller of branch.example"


def test_an_alias_gives_an_address_and_no_name(pki: Certificates, secret: SecretSource) -> None:
    """DNS says that dc1 is another machine, which has a good certificate, of its own name."""
    other = Controller(CORP, password=PASSWORD)
    records = {
        ("_ldap._tcp.dc._msdcs.corp.example", "SRV"): ["0 100 389 dc1.corp.example."],
        ("dc1.corp.example", "CNAME"): ["elsewhere.example."],
        ("elsewhere.example", "A"): [ATTACKER],
    }
    with (
        dns_server(DNS, records) as dns,
        controllers({ATTACKER: other}, pki.wrong_name.certificate, pki.wrong_name.key),
    ):
        record = scan(Estate(hosts=(HV01,)), access(dns, pki, secret), CORP)
    assert (other.connections > 0, other.binds) == (True, [])
    assert "the certificate of dc1.corp.example is not trusted" in gap(record, Trust, CORP).detail


def test_no_more_addresses_than_a_host_has() -> None:
    many = {("hv01.corp.example", "A"): [f"192.0.2.{number}" for number in range(250)]}
    with dns_server(DNS, many) as dns:
        assert len(resolve(HV01, dns.names, time.monotonic() + 10)) == MOST_ADDRESSES


def test_init_asks_no_partner_with_a_password(
    pki: Certificates, attacker: Controller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("HV_TEST_DIRECTORY", PASSWORD)
    corp = Controller(CORP, password=PASSWORD, accounts=account("hv01", CORP), trusts=trust(EVIL))
    path = tmp_path / "access.toml"
    path.write_text(
        f"""
        profiles = ["asr-vmm"]
        [directory]
        method = "simple"
        user = "svc@corp.example"
        password = {{ env = "HV_TEST_DIRECTORY" }}
        ca = "{pki.ca}"
        [names]
        servers = ["{DNS}"]
        [[vmm]]
        name = "vmm01.corp.example"
        """
    )
    with (
        dns_server(DNS, RECORDS) as dns,
        controllers({DC1: corp, ATTACKER: attacker}, pki.server.certificate, pki.server.key),
    ):
        assert init([CORP], estate=path) == 0
        assert (attacker.connections, [name for name in dns.asked if EVIL in name]) == (0, [])
        told = capsys.readouterr()
        assert f"{EVIL}, which {CORP} trusts, is left out: a password goes to domains you name" in told.err
        assert HV01 in told.out
        assert init([CORP, EVIL], estate=path) == 0  # whoever names it, wants it
    assert set(attacker.binds) == {PASSWORD}


def test_a_hostile_host_makes_another_machine_try_a_few_ports_and_no_more() -> None:
    """Thousands of addresses it says it listens on, thousands of file servers its disks lie on."""
    listening = MigrationService(tuple(f"192.0.{number // 250}.{number % 250}" for number in range(3000)))
    disk = "Microsoft:Hyper-V:Virtual Hard Disk"
    disks = [VmStorage("x", disk, (rf"\\fs{number}.evil.example\share\x.vhdx",)) for number in range(3000)]
    settings = MigrationSettings(**dict.fromkeys((f.name for f in fields(MigrationSettings)), None))
    record = evidence(
        {
            (IPAddress, HV01): [],
            (MigrationService, HV02): [listening],
            (VmStorage, HV01): disks,
            (MigrationSettings, HV01): [settings],
        },
        Estate(hosts=(HV01, HV02), routes=(Route(HV01, HV02, storage=False),)),
    )
    for name in ("RCH-01", "RCH-02"):
        (check,) = (check for check in OFFER.checks if check.id == name)
        asked = second_round(asks_of([check], record), record.estate)
        assert 0 < sum(len(facts[EndpointProbe]) for facts in asked.values()) <= PROBES_A_SUBJECT, name
        tried = record.amended()
        for machine_, facts in asked.items():
            rows = [EndpointProbe(t, "Connected", (), *[None] * 8) for t in facts[EndpointProbe]]
            tried.put(EndpointProbe, machine_, rows, at=NOW)
        (finding,) = judge([check], tried)
        assert finding.status is Status.UNKNOWN  # what was not tried is not passed over
        assert f"{PROBES_A_SUBJECT} attempts at most" in finding.note


def test_a_cluster_leads_to_one_name_of_its_broker_and_to_no_sign_in() -> None:
    """Each destination tells one name that the source tries; several lead nowhere, and nobody signs in there."""
    where, (check,) = planned("kerberos"), (check for check in OFFER.checks if check.id == "RCH-06")
    settings = {(ReplicaBrokerSettings, HV02): [ReplicaBrokerSettings(True, 1, 80, 443)]}

    def asked(told: Sequence[ClusterParameters], *, group: str | None = None) -> dict[str, object]:
        known = {**pair(node(HV02)), **settings, (ClusterParameters, HV02): told}
        resources = [row for row in known[ClusterResource, HV02] if isinstance(row, ClusterResource)]
        known[ClusterResource, HV02] = [replace(row, group=group or row.group) for row in resources]
        return dict(second_round(asks_of([check], evidence(known, where)), where))

    rows = [row for row in node(HV02)[ClusterParameters, HV02] if isinstance(row, ClusterParameters)]
    elsewhere = [replace(row, dns_name="victim.evil.example") if row.dns_name == "broker" else row for row in rows]
    tried = (f"{HV02}:80", "victim.evil.example.corp.example:80")
    assert asked(elsewhere) == {HV01: {EndpointProbe: tried}}
    assert asked(rows, group="one role with every name") == {HV01: {EndpointProbe: tried[:1]}}


PAGE = (Path(__file__).resolve().parents[1] / "docs" / "connections.md").read_text(encoding="utf-8")
SCANNER = Path(__file__).resolve().parents[1] / "scanner"
METHODS = {"dial", "create_connection", "connect", "connect_ex", "getaddrinfo", "gethostbyname", "Resolver", "urlopen"}
FUNCTIONS = {*METHODS, "resolve", "controllers", "open_connection"}
"""What connects or looks up, of libraries and of our own."""


def leads_somewhere(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in METHODS
    return isinstance(call.func, ast.Name) and call.func.id in FUNCTIONS


def test_every_place_that_connects_or_looks_up_is_on_the_page() -> None:
    found: set[str] = set()
    for path in SCANNER.rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        if any(map(leads_somewhere, calls)):
            found.add(str(path.relative_to(SCANNER.parent)))
    told = set(re.findall(r"^\| `(scanner/\S+)` \|", PAGE, re.M))
    assert found == told


def test_the_page_names_limits_that_hold() -> None:
    for limit in (
        f"{PROBES_A_SUBJECT} ports",
        f"more than {MOST} controllers",
        f"more than {MOST_ADDRESSES} addresses",
    ):
        assert limit in PAGE
