from __future__ import annotations

import pytest

from checks.delegation.del_08_service_names import service_names
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import CREDSSP, account, both, known, settings, system
from tests.conftest import CORP, HV01, HV02, Judge, estate

NAMES, HOST = both(HV02), both(HV02, "HOST")


def run(judge: Judge, spns, facts=None, where=None):
    base = known(account(HV01), account(HV02, spns=tuple(spns)))
    return judge(service_names, base | (facts or {}), where, subject=HV02)


@pytest.mark.parametrize(
    ("spns", "expected"),
    [
        pytest.param((*NAMES, *HOST), Status.PASS, id="all"),
        pytest.param((*(n.upper() for n in NAMES), *(n.lower() for n in HOST)), Status.PASS, id="case"),
        pytest.param((*NAMES, *both(HV02, "cifs")), Status.PASS, id="cifs itself"),
        pytest.param((*NAMES, HOST[0], both(HV02, "cifs")[1]), Status.PASS, id="one of each"),
        pytest.param((NAMES[0], *HOST), Status.WARN, id="short name only"),
        pytest.param((NAMES[1], *HOST), Status.WARN, id="full name only"),
        pytest.param(HOST, Status.FAIL, id="not registered"),
        pytest.param((), Status.FAIL, id="nothing"),
        pytest.param((*NAMES, HOST[0]), Status.WARN, id="HOST with one name"),
        pytest.param(NAMES, Status.WARN, id="no HOST"),
        pytest.param((*both(HV02, "Hyper-V Replica Service"), *HOST), Status.FAIL, id="another service of Hyper-V"),
        pytest.param((*both(HV01), *HOST), Status.FAIL, id="another host's"),
    ],
)
def test_names(judge: Judge, spns, expected):
    assert run(judge, spns).status is expected


def test_texts(judge: Judge):
    finding = run(judge, (NAMES[0], *HOST))
    assert finding.seen == f"servicePrincipalName of HV02 lacks {NAMES[1]}"
    assert finding.remedy == (
        "Invoke-Command -ComputerName 'hv02.corp.example' -ScriptBlock { Restart-Service -Name vmms }"
        "  # then: setspn -L 'HV02$'"
    )
    assert run(judge, NAMES).remedy == "setspn -S 'HOST/HV02' 'HV02$'"


def test_a_name_cannot_leave_the_remark(judge: Judge):
    evil = "x'; Remove-Item C:\\ -Recurse #\r\nfoo"
    facts = {(ComputerSystem, HV02): [system(HV02, evil)], (ComputerAccount, CORP): [account(HV02, sam=f"{evil}$")]}
    remedy = run(judge, (), facts).remedy.split("\n")
    assert len(remedy) == 1
    assert "'x''; Remove-Item C:\\ -Recurse #' + [char]13 + [char]10 + 'foo$'" in remedy[0]


@pytest.mark.parametrize(
    ("facts", "where", "expected"),
    [
        pytest.param({}, estate(routes=(Route(HV02, HV01),)), Status.NOT_APPLICABLE, id="no destination"),
        pytest.param({(ComputerSystem, HV01): GapReason.TIMEOUT}, None, Status.FAIL, id="source is not needed"),
        pytest.param({(ComputerSystem, HV02): GapReason.TIMEOUT}, None, Status.UNKNOWN, id="host unknown"),
        pytest.param({(ComputerAccount, CORP): GapReason.TIMEOUT}, None, Status.UNKNOWN, id="directory unknown"),
        pytest.param({(ComputerSystem, HV02): [system(HV02, joined=False)]}, None, Status.NOT_APPLICABLE, id="alone"),
        pytest.param(
            {(MigrationSettings, HV01): [CREDSSP]}, estate(remote_initiated=False), Status.NOT_APPLICABLE, id="CredSSP"
        ),
        pytest.param(
            {(MigrationSettings, HV01): [settings()]}, estate(remote_initiated=False), Status.FAIL, id="Kerberos"
        ),
        pytest.param(
            {(MigrationSettings, HV01): GapReason.TIMEOUT}, estate(remote_initiated=False), Status.UNKNOWN, id="neither"
        ),
    ],
)
def test_whether_it_can_be_judged(judge: Judge, facts, where, expected):
    assert run(judge, (), facts, where).status is expected


def test_one_source_with_kerberos_suffices(judge: Judge):
    hv03 = "hv03.corp.example"
    where = estate(hosts=(HV01, HV02, hv03), routes=(Route(hv03, HV02), Route(HV01, HV02)), remote_initiated=False)
    facts = {(MigrationSettings, hv03): GapReason.TIMEOUT, (MigrationSettings, HV01): [settings()]}
    assert run(judge, (), facts, where).status is Status.FAIL
    assert run(judge, (), facts | {(MigrationSettings, HV01): [CREDSSP]}, where).status is Status.UNKNOWN


def test_a_source_of_another_destination_does_not_count(judge: Judge):
    hv03 = "hv03.corp.example"
    where = estate(hosts=(HV01, HV02, hv03), routes=(Route(HV01, HV02), Route(hv03, HV01)), remote_initiated=False)
    facts = {(MigrationSettings, HV01): [CREDSSP], (MigrationSettings, hv03): [settings()]}
    assert run(judge, (), facts, where).status is Status.NOT_APPLICABLE
