from __future__ import annotations

import pytest

from checks.operator.opr_03_delegable import delegable
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import DomainInfo
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings, VMHost
from scanner.facts.operator import OperatorAccount
from tests.checks.common.builders import module, settings
from tests.checks.operator.people import DOMAIN, GONE, OPS, ops, system, where
from tests.conftest import BRANCH, CORP, HV01, HV02, Judge

CREDSSP, KERBEROS = MigrationAuthentication.CREDSSP, MigrationAuthentication.KERBEROS
PROTECTED = (f"{DOMAIN}-525", f"{DOMAIN}-513")
SENSITIVE = 0x100200


def run(judge: Judge, account, *, way=KERBEROS, level=7, back=None, **words):
    own = GapReason.TIMEOUT if way is GONE else [settings(authentication=way)]
    facts = {
        (OperatorAccount, CORP): account if isinstance(account, GapReason) else [account],
        (DomainInfo, CORP): [DomainInfo(CORP, CORP, "DC=corp,DC=example", level)] if level else GONE,
        (MigrationSettings, HV01): own,
        (VMHost, HV01): [module()] if way is KERBEROS else (),
        (ComputerSystem, HV01): [system()],
        (ComputerSystem, HV02): [system(HV02)],
    }
    routes = (Route(HV01, HV02),)
    if back is not None:
        facts |= {(MigrationSettings, HV02): [settings(authentication=back)], (VMHost, HV02): ()}
        routes = (*routes, Route(HV02, HV01))
    return judge(delegable, facts, where(**({"routes": routes} | words)))


@pytest.mark.parametrize(
    ("account", "more", "expected"),
    [
        pytest.param(ops(), {}, Status.PASS, id="nothing"),
        pytest.param(ops(), {"way": GONE, "level": 0}, Status.PASS, id="nothing, whatever was not read"),
        pytest.param(ops(user_account_control=SENSITIVE), {}, Status.FAIL, id="sensitive, Kerberos"),
        pytest.param(ops(user_account_control=SENSITIVE), {"way": CREDSSP}, Status.WARN, id="sensitive, CredSSP"),
        pytest.param(
            ops(user_account_control=SENSITIVE), {"way": CREDSSP, "back": KERBEROS}, Status.FAIL, id="sensitive, both"
        ),
        pytest.param(ops(user_account_control=SENSITIVE), {"way": GONE}, Status.UNKNOWN, id="sensitive, way unread"),
        pytest.param(
            ops(user_account_control=SENSITIVE), {"way": GONE, "back": KERBEROS}, Status.FAIL, id="one way is enough"
        ),
        pytest.param(
            ops(user_account_control=SENSITIVE), {"way": GONE, "back": CREDSSP}, Status.UNKNOWN, id="the other is not"
        ),
        pytest.param(ops(group_sids=PROTECTED), {}, Status.FAIL, id="protected, Kerberos"),
        pytest.param(ops(group_sids=PROTECTED), {"level": 6}, Status.FAIL, id="protected, level 6"),
        pytest.param(ops(group_sids=PROTECTED), {"level": 5}, Status.WARN, id="protected, level 5"),
        pytest.param(ops(group_sids=PROTECTED), {"level": 5, "way": CREDSSP}, Status.FAIL, id="protected, CredSSP"),
        pytest.param(ops(group_sids=PROTECTED), {"level": 0, "way": CREDSSP}, Status.FAIL, id="level unread, CredSSP"),
        pytest.param(ops(group_sids=PROTECTED), {"level": 0}, Status.UNKNOWN, id="level unread, Kerberos"),
        pytest.param(ops(group_sids=PROTECTED), {"level": 5, "way": GONE}, Status.UNKNOWN, id="protected, way unread"),
        pytest.param(ops(group_sids=("S-1-5-21-9-9-9-525",)), {}, Status.PASS, id="another domain's group"),
        pytest.param(ops(sid=f"{DOMAIN}-500", group_sids=PROTECTED), {}, Status.UNKNOWN, id="the built-in one"),
        pytest.param(ops(policies=("CN=p",)), {}, Status.UNKNOWN, id="a policy"),
        pytest.param(ops(policies=("CN=p",), user_account_control=SENSITIVE), {}, Status.FAIL, id="a policy beside"),
        pytest.param(ops(user_account_control=0x202), {}, Status.FAIL, id="disabled"),
        pytest.param(ops(is_group=True, user_account_control=0), {}, Status.UNKNOWN, id="a group"),
        pytest.param(ops(unread="userAccountControl is not there"), {}, Status.UNKNOWN, id="not whole"),
        pytest.param(GONE, {}, Status.UNKNOWN, id="unread"),
        pytest.param(ops(user_account_control=SENSITIVE), {"routes": ()}, Status.NOT_APPLICABLE, id="no move"),
    ],
)
def test_account(judge: Judge, account, more, expected):
    finding = run(judge, account, **more)
    assert (finding.status, finding.subject.id if finding.subject.kind.name == "operator" else OPS) == (expected, OPS)


def test_without_an_operator(judge: Judge):
    assert judge(delegable, {}, where(operators=())).status is Status.NOT_APPLICABLE


def test_a_name_that_two_domains_know_is_judged_where_they_agree(judge: Judge):
    for control, expected in ((SENSITIVE, Status.UNKNOWN), (0x200, Status.PASS)):
        there = ops("ops", account="BRANCH\\ops", user_account_control=control)
        facts = {
            (OperatorAccount, CORP): [ops("ops")],
            (OperatorAccount, BRANCH): [there],
            (DomainInfo, CORP): [DomainInfo(CORP, CORP, "DC=corp,DC=example", 7)],
            (DomainInfo, BRANCH): [DomainInfo(BRANCH, BRANCH, "DC=branch,DC=example", 7)],
            (MigrationSettings, HV01): [settings()],
            (VMHost, HV01): [module()],
            (ComputerSystem, HV01): [system()],
            (ComputerSystem, HV02): [system(HV02)],
        }
        finding = judge(delegable, facts, where(operators=("ops",), domains=(CORP, BRANCH)))
        assert finding.status is expected
        assert ("they differ" in finding.note) is (expected is Status.UNKNOWN)
