from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_02_authentication import same_authentication
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings, VMHost
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import GONE, module, settings
from tests.checks.delegation.domain import SERVICE, account, both, known, system, windows
from tests.conftest import CORP, HV01, HV02, NOW, Judge, estate

HV09 = "hv09.corp.example"

KERBEROS, CREDSSP = (
    settings(authentication=a) for a in (MigrationAuthentication.KERBEROS, MigrationAuthentication.CREDSSP)
)


def members(*hosts: str):
    """Hosts of which each may delegate to all others, with their names registered and without machines."""
    facts = known(hosts=hosts)
    for number, host in enumerate(hosts):
        names = [name for other in hosts for service in (SERVICE, "cifs") for name in both(other, service)]
        own = account(host, *names, spns=(*both(host), *both(host, "HOST")))
        sid = f"{own.sid.rpartition('-')[0]}-{1200 + number}"
        facts[ComputerAccount, host.partition(".")[2]] = [
            *facts[ComputerAccount, host.partition(".")[2]],
            replace(own, sid=sid),
        ]
        facts |= {(VmStorage, host): [], (OperatingSystem, host): [windows()]}
    return facts


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param([KERBEROS], [KERBEROS], Status.PASS, id="Kerberos"),
        pytest.param([CREDSSP], [CREDSSP], Status.PASS, id="CredSSP"),
        pytest.param([KERBEROS], [CREDSSP], Status.FAIL, id="different"),
        pytest.param([CREDSSP], [KERBEROS], Status.FAIL, id="different the other way"),
        pytest.param([KERBEROS], GONE, Status.UNKNOWN, id="gap"),
        pytest.param(GONE, [CREDSSP], Status.UNKNOWN, id="gap on the first"),
        pytest.param([KERBEROS], [], Status.UNKNOWN, id="no row is no default"),
    ],
)
def test_same_authentication(judge: Judge, one, other, expected):
    facts = {(MigrationSettings, HV01): one, (MigrationSettings, HV02): other}
    assert judge(same_authentication, facts).status is expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param([MigrationAuthentication.KERBEROS], Status.UNKNOWN, id="Kerberos"),
        pytest.param([MigrationAuthentication.CREDSSP], Status.PASS, id="CredSSP, too"),
        pytest.param([], Status.PASS, id="nothing"),
    ],
)
@pytest.mark.parametrize("host", [HV01, HV02])
def test_credssp_on_both_is_not_believed_against_the_module(judge: Judge, host, told, expected):
    facts = {(MigrationSettings, HV01): [CREDSSP], (MigrationSettings, HV02): [CREDSSP]}
    rows = [replace(module(), authentication=one) for one in told]
    assert judge(same_authentication, facts | {(VMHost, host): rows}).status is expected


def test_a_pair_is_judged_once_and_told_which_to_change(judge: Judge):
    facts = {(MigrationSettings, HV01): [KERBEROS], (MigrationSettings, HV02): [CREDSSP]}
    facts |= members(HV01, HV02)
    finding = judge(same_authentication, facts, estate(routes=(Route(HV01, HV02), Route(HV02, HV01))))
    assert finding.seen == "hv01.corp.example: Kerberos; hv02.corp.example: CredSSP"
    assert finding.remedy == (
        "Set-VMHost -ComputerName 'hv02.corp.example' -VirtualMachineMigrationAuthenticationType Kerberos"
    )
    assert "delegation" in finding.note


def test_same_is_told(judge: Judge):
    facts = {(MigrationSettings, HV01): [CREDSSP], (MigrationSettings, HV02): [CREDSSP]}
    assert judge(same_authentication, facts).seen == "both use CredSSP"


def test_no_pair_is_parted_to_mend_another(judge: Judge):
    """hv01 has Kerberos; hv02, hv03 and hv04 are tied by routes and have CredSSP, hv05 has it for itself."""
    names = [f"hv0{n}.corp.example" for n in range(1, 6)]
    routes = (Route(names[0], names[1]), Route(names[2], names[1]), Route(names[2], names[3]), Route(names[3], HV09))
    known = [KERBEROS, CREDSSP, CREDSSP, CREDSSP, CREDSSP]
    facts = {(MigrationSettings, name): [row] for name, row in zip(names, known, strict=True)}
    facts |= {(MigrationSettings, HV09): [KERBEROS]} | members(*names, HV09)
    where = estate(hosts=(*names, HV09), routes=routes)
    finding = judge(same_authentication, facts, where, subject=f"{names[0]}/{names[1]}")
    assert [line.split("'")[1] for line in finding.remedy.splitlines()] == names[1:4]
    assert judge(same_authentication, facts, where, subject=f"{names[1]}/{names[2]}").status is Status.PASS


def test_a_client_is_told_no_command_that_it_lacks(judge: Judge):
    client = [OperatingSystem(NOW, 22631, "10.0.22631", ProductType.CLIENT, None)]
    facts = {(MigrationSettings, HV01): [KERBEROS], (MigrationSettings, HV02): [CREDSSP]}
    facts |= members(HV01, HV02)
    assert judge(same_authentication, facts).remedy
    assert judge(same_authentication, facts | {(OperatingSystem, HV02): client}).remedy == ""


ALONE = {(ComputerSystem, HV02): [system(HV02, joined=False)]}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param(ALONE, f"Kerberos needs every one of these hosts in a domain: see ID-01 of {HV02}", id="alone"),
        pytest.param({(ComputerSystem, HV02): GapReason.TIMEOUT}, "Find out how these hosts sign in", id="unread"),
        pytest.param({(MigrationSettings, HV09): GapReason.TIMEOUT}, "Find out how these hosts sign in", id="tied?"),
        pytest.param({(ComputerSystem, HV09): [system(HV09, joined=False)]}, "Kerberos needs", id="tied, and alone"),
    ],
)
def test_no_host_is_given_what_it_or_one_tied_to_it_cannot_use(judge: Judge, more, words):
    facts = {(MigrationSettings, HV01): [KERBEROS], (MigrationSettings, HV02): [CREDSSP]} | members(HV01, HV02, HV09)
    where = estate(hosts=(HV01, HV02, HV09), routes=(Route(HV01, HV02), Route(HV02, HV09)))
    facts[MigrationSettings, HV09] = [CREDSSP]
    assert judge(same_authentication, facts, where, subject=f"{HV01}/{HV02}").remedy.count("Set-VMHost") == 2
    finding = judge(same_authentication, facts | more, where, subject=f"{HV01}/{HV02}")
    assert finding.status is Status.FAIL
    assert finding.remedy.startswith(words)
    assert "Set-VMHost" not in finding.remedy


def test_delegation_comes_before_kerberos(judge: Judge):
    """hv09's moves to hv02 work with CredSSP; with Kerberos they need what its account does not list."""
    facts = {(MigrationSettings, HV01): [KERBEROS], (MigrationSettings, HV02): [CREDSSP]} | members(HV01, HV02, HV09)
    facts |= {(MigrationSettings, HV09): [CREDSSP]}
    bare = [replace(row, delegates_to=()) if row.dns_name == HV09 else row for row in facts[ComputerAccount, CORP]]
    where = estate(hosts=(HV01, HV02, HV09), routes=(Route(HV01, HV02), Route(HV09, HV02)))
    lines = judge(same_authentication, facts, where, subject=f"{HV01}/{HV02}").remedy.splitlines()
    assert [line.split()[0] for line in lines] == ["Set-VMHost"] * 2
    facts[ComputerAccount, CORP] = bare
    lines = judge(same_authentication, facts, where, subject=f"{HV01}/{HV02}").remedy.splitlines()
    assert [line.split()[0] for line in lines] == ["Set-ADComputer"] * 2 + ["Set-VMHost"] * 2
    one_name = (both(HV02)[1], *both(HV02, "cifs"))
    half = [replace(row, delegates_to=one_name) if row.dns_name == HV09 else row for row in bare]
    facts[ComputerAccount, CORP] = half
    lines = judge(same_authentication, facts, where, subject=f"{HV01}/{HV02}").remedy.splitlines()
    assert [line.split()[0] for line in lines] == ["Set-ADComputer"] + ["Set-VMHost"] * 2
    assert f"'{both(HV02)[0]}'" in lines[0], "moves by the other name work with CredSSP"
    facts[ComputerAccount, CORP] = bare
    nameless = [replace(row, spns=()) if row.dns_name == HV02 else row for row in facts[ComputerAccount, CORP]]
    facts[ComputerAccount, CORP] = nameless
    remedy = judge(same_authentication, facts, where, subject=f"{HV01}/{HV02}").remedy
    assert remedy.startswith("Complete first what Kerberos needs")
