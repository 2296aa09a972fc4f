from __future__ import annotations

import pytest

from checks.operator.opr_05_domain_admin import domain_admin
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings
from scanner.facts.operator import OperatorAccount
from tests.checks.common.builders import settings
from tests.checks.delegation.domain import account, both, known
from tests.checks.operator.people import DOMAIN, ops, where
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge

MEMBER, NONE = ops(group_sids=(f"{DOMAIN}-512",)), ops(group_sids=(f"{DOMAIN}-513",))


def run(judge: Judge, operator, *, source=HV01, accounts=None, facts=(), **words):
    """Of delegation all is missing, unless accounts say otherwise."""
    end = HV02 if source == HV01 else HV01
    there = known(*(accounts or map(account, (source, end))), hosts=(source, end))
    told = {
        (OperatorAccount, CORP): operator if isinstance(operator, GapReason) else [operator],
        (OperatorAccount, BRANCH): (),
    }
    domains = (CORP, BRANCH)
    words = {"hosts": (source, end), "routes": (Route(source, end),), "domains": domains} | words
    return judge(domain_admin, there | told | dict(facts), where(**words))


@pytest.mark.parametrize(
    ("operator", "source", "status", "text"),
    [
        (MEMBER, HV01, Status.PASS, "may configure what DEL-* say of corp.example"),
        (NONE, HV01, Status.PASS, "not in Domain Admins of corp.example"),
        (MEMBER, HV11, Status.PASS, "not in Domain Admins of branch.example"),
        (ops(group_sids=("S-1-5-21-5-5-5-519",)), HV11, Status.PASS, "may configure what DEL-* say of branch.example"),
        (ops(group_sids=("S-1-5-21-9-9-9-512",)), HV01, Status.PASS, "not in Domain Admins of corp.example"),
        (GapReason.TIMEOUT, HV01, Status.UNKNOWN, ""),
        (ops(unread="tokenGroups: refused"), HV01, Status.UNKNOWN, ""),
    ],
)
def test_who_may(judge: Judge, operator, source, status, text):
    finding = run(judge, operator, source=source)
    assert finding.status is status
    assert text in finding.seen


def test_where_nothing_is_missing(judge: Judge):
    names = (*both(HV02), *both(HV02, "cifs"))
    complete = run(judge, GapReason.TIMEOUT, accounts=[account(HV01, *names), account(HV02)])
    assert complete.status is Status.NOT_APPLICABLE
    credssp = {(MigrationSettings, HV01): [settings(authentication=MigrationAuthentication.CREDSSP)]}
    assert run(judge, NONE, facts=credssp, remote_initiated=False).status is Status.NOT_APPLICABLE
    assert run(judge, NONE, routes=()).status is Status.NOT_APPLICABLE
    assert run(judge, NONE, operators=()).status is Status.NOT_APPLICABLE


def test_where_nobody_knows_what_is_missing(judge: Judge):
    assert run(judge, MEMBER, facts={(ComputerAccount, CORP): GapReason.TIMEOUT}).status is Status.UNKNOWN
