from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_02_authentication import same_authentication
from scanner.api import GapReason, Route, Status
from scanner.facts.host import ComputerSystem, OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings, VMHost
from tests.checks.common.builders import GONE, module, settings
from tests.checks.delegation.domain import system
from tests.conftest import HV01, HV02, HV11, NOW, Judge, estate

KERBEROS, CREDSSP = (
    settings(authentication=a) for a in (MigrationAuthentication.KERBEROS, MigrationAuthentication.CREDSSP)
)


def members(*hosts: str):
    return {(ComputerSystem, host): [system(host)] for host in hosts}


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
        "  # its delegation first"
    )
    assert "delegation" in finding.note


def test_same_is_told(judge: Judge):
    facts = {(MigrationSettings, HV01): [CREDSSP], (MigrationSettings, HV02): [CREDSSP]}
    assert judge(same_authentication, facts).seen == "both use CredSSP"


def test_no_pair_is_parted_to_mend_another(judge: Judge):
    """hv01 has Kerberos; hv02, hv03 and hv04 are tied by routes and have CredSSP, hv05 has it for itself."""
    names = [f"hv0{n}.corp.example" for n in range(1, 6)]
    routes = (Route(names[0], names[1]), Route(names[2], names[1]), Route(names[2], names[3]), Route(names[3], HV11))
    known = [KERBEROS, CREDSSP, CREDSSP, CREDSSP, CREDSSP]
    facts = {(MigrationSettings, name): [row] for name, row in zip(names, known, strict=True)}
    facts |= {(MigrationSettings, HV11): [KERBEROS]} | members(*names, HV11)
    where = estate(hosts=(*names, HV11), routes=routes)
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
        pytest.param({(MigrationSettings, HV11): GapReason.TIMEOUT}, "Find out how these hosts sign in", id="tied?"),
        pytest.param({(ComputerSystem, HV11): [system(HV11, joined=False)]}, "Kerberos needs", id="tied, and alone"),
    ],
)
def test_no_host_is_given_what_it_or_one_tied_to_it_cannot_use(judge: Judge, more, words):
    facts = {(MigrationSettings, HV01): [KERBEROS], (MigrationSettings, HV02): [CREDSSP]} | members(HV01, HV02, HV11)
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV02, HV11)))
    facts[MigrationSettings, HV11] = [CREDSSP]
    assert judge(same_authentication, facts, where, subject=f"{HV01}/{HV02}").remedy.count("Set-VMHost") == 2
    finding = judge(same_authentication, facts | more, where, subject=f"{HV01}/{HV02}")
    assert finding.status is Status.FAIL
    assert finding.remedy.startswith(words)
    assert "Set-VMHost" not in finding.remedy
