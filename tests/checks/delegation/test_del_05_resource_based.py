from __future__ import annotations

from dataclasses import replace

import pytest

from checks.delegation.del_05_resource_based import resource_based
from scanner.api import GapReason, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import CREDSSP, SIDS, account, across, both, known, system
from tests.conftest import CORP, HV01, HV02, HV11, Judge, estate

ME, GROUP = SIDS[HV01], "S-1-5-21-1-1-1-2000"
SOURCE = account(HV01)
GROUPED = account(HV01, groups=(GROUP,))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(SOURCE, account(HV02, allowed=(ME,)), Status.PASS, id="named"),
        pytest.param(GROUPED, account(HV02, allowed=(GROUP,)), Status.PASS, id="by group"),
        pytest.param(SOURCE, account(HV02, allowed=(ME,), denied=(ME,)), Status.FAIL, id="deny wins"),
        pytest.param(GROUPED, account(HV02, denied=(GROUP,)), Status.FAIL, id="denied by group"),
        pytest.param(account(HV01, *both(HV02)), account(HV02, denied=(ME,)), Status.FAIL, id="denied, yet listed"),
        pytest.param(SOURCE, account(HV02), Status.NOT_APPLICABLE, id="not set"),
        pytest.param(SOURCE, account(HV02, allowed=(SIDS[HV11],)), Status.NOT_APPLICABLE, id="names another"),
        pytest.param(SOURCE, account(HV02, denied=(SIDS[HV11],)), Status.NOT_APPLICABLE, id="denies another"),
        pytest.param(
            SOURCE, replace(account(HV02), has_resource_delegation=True), Status.NOT_APPLICABLE, id="an empty list"
        ),
        pytest.param(
            account(HV01, groups=()), account(HV02, allowed=(GROUP,)), Status.UNKNOWN, id="groups were not read"
        ),
        pytest.param(
            account(HV01, groups=()), account(HV02, allowed=(ME,), denied=(GROUP,)), Status.UNKNOWN, id="maybe denied"
        ),
    ],
)
def test_access_list(judge: Judge, source, target, expected):
    assert judge(resource_based, known(source, target)).status is expected


def test_two_domains(judge: Judge):
    facts = known(SOURCE, account(HV11, allowed=(ME,)), hosts=(HV01, HV11))
    assert judge(resource_based, facts, across()).status is Status.PASS
    facts = known(SOURCE, account(HV11, allowed=("S-1-5-21-2-2-2-9",)), hosts=(HV01, HV11))
    assert judge(resource_based, facts, across()).status is Status.UNKNOWN


def test_texts(judge: Judge):
    finding = judge(resource_based, known(SOURCE, account(HV02, denied=(ME,))))
    assert finding.seen == "msDS-AllowedToActOnBehalfOfOtherIdentity of HV02 denies HV01"
    assert "-Identity 'CN=HV02,DC=corp,DC=example' -Server 'corp.example'" in finding.remedy
    assert "is not set;" in judge(resource_based, known(SOURCE, account(HV02))).note
    other = judge(resource_based, known(SOURCE, account(HV02, allowed=(SIDS[HV11],))))
    assert "does not name the source;" in other.note


@pytest.mark.parametrize(
    ("unread", "start"), [("", "Set-ADComputer -Identity 'CN=HV02"), ("its list is cut", "Have whoever administers")]
)
def test_who_is_on_the_list_is_named_by_an_account_that_was_read_whole(judge: Judge, unread, start):
    foreign = "S-1-5-21-9-9-9-500"
    other = replace(account("old.corp.example"), sid=foreign, unread=unread)
    remedy = judge(resource_based, known(SOURCE, account(HV02, allowed=(foreign,), denied=(ME,)), other)).remedy
    assert remedy.startswith(start)
    assert ("CN=OLD,DC=corp,DC=example" in remedy) is not bool(unread)


def test_no_name_leaves_its_quotes(judge: Judge):
    target = replace(account(HV02, denied=(ME,)), dn="CN=x'; Remove-Item C:\\ -Recurse #\u202e\x1b")
    remedy = judge(resource_based, known(SOURCE, replace(target, dn=target.dn + ",DC=corp,DC=example"))).remedy
    assert "'CN=x''; Remove-Item C:\\ -Recurse #' + [char]8238 + [char]27 + ',DC=corp,DC=example'" in remedy


@pytest.mark.parametrize(
    ("facts", "where", "expected"),
    [
        ({(ComputerAccount, CORP): GapReason.ACCESS_DENIED}, None, Status.UNKNOWN),
        ({(ComputerSystem, HV02): GapReason.TIMEOUT}, None, Status.UNKNOWN),
        ({(ComputerSystem, HV02): [system(HV02, joined=False)]}, None, Status.NOT_APPLICABLE),
        ({(MigrationSettings, HV01): [CREDSSP]}, estate(remote_initiated=False), Status.NOT_APPLICABLE),
    ],
)
def test_whether_it_can_be_judged(judge: Judge, facts, where, expected):
    assert judge(resource_based, known(SOURCE, account(HV02, denied=(ME,))) | facts, where).status is expected
