from __future__ import annotations

import pytest

from checks.share.shr_03_privileged import privileged as check
from scanner.api import Status
from scanner.facts.host import ProductType
from scanner.facts.share import PowerUser, PrivilegedGroup, ShareAdministrator
from scanner.judge.judging import asks_of
from tests.checks.share.paths import FOLDER, GONE, GROUP, ME, SID, VMM01, account, known, plan
from tests.conftest import HV02, Judge, evidence


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({"administrators": [ME]}, Status.PASS, id="an administrator"),
        pytest.param({"administrators": [ShareAdministrator(GROUP, "g", "CORP", 2)]}, Status.PASS, id="by a group"),
        pytest.param({"power": [PowerUser(SID, "svc-vmm", "CORP", 1)]}, Status.PASS, id="a power user"),
        pytest.param({}, Status.FAIL, id="in none"),
        pytest.param({"administrators": []}, Status.FAIL, id="nobody is told"),
        pytest.param({"administrators": GONE}, Status.UNKNOWN, id="unread"),
        pytest.param({"power": GONE}, Status.UNKNOWN, id="the other one unread"),
        pytest.param({"groups": GONE}, Status.UNKNOWN, id="groups unread"),
        pytest.param({"groups": []}, Status.UNKNOWN, id="no group"),
        pytest.param({"administrators": [ShareAdministrator(None, "x", None, 8)]}, Status.UNKNOWN, id="without a SID"),
        pytest.param({"administrators": [ME], "power": GONE}, Status.PASS, id="one will do"),
    ],
)
def test_on_a_member(judge: Judge, said, expected):
    assert judge(check, known(**said), plan()).status is expected


@pytest.mark.parametrize(("group", "expected"), [("549", Status.PASS), ("550", Status.PASS), ("551", Status.FAIL)])
def test_on_a_domain_controller_its_domains_groups_count(judge: Judge, group, expected):
    of_domain = [account(group_sids=(f"S-1-5-32-{group}",))]
    finding = judge(check, known(accounts=of_domain, kind=ProductType.DOMAIN_CONTROLLER), plan())
    assert finding.status is expected


def test_the_last_two_are_on_controllers_alone(judge: Judge):
    groups = [PrivilegedGroup(f"S-1-5-32-{rid}", f"g{rid}", "FS01") for rid in (544, 547, 549, 550)]
    assert judge(check, known(groups=groups), plan()).status is Status.UNKNOWN
    assert "Server Operators" not in judge(check, known(), plan()).note


def test_the_command(judge: Judge):
    assert "Add-LocalGroupMember -SID S-1-5-32-544 -Member 'CORP\\svc-vmm'" in judge(check, known(), plan()).remedy


def test_where_it_does_not_apply(judge: Judge):
    assert judge(check, known(), plan(FOLDER, VMM01)).status is Status.NOT_APPLICABLE
    assert judge(check, known(), plan(rf"\\{HV02}\export")).status is Status.NOT_APPLICABLE


def test_it_asks_who_is_in_the_groups_of_the_machine():
    asked = {ask.fact for ask in asks_of([check], evidence(known(), plan()))}
    assert {ShareAdministrator, PowerUser} <= asked
    assert not list(asks_of([check], evidence(known(), plan(FOLDER, VMM01))))
