from __future__ import annotations

import pytest

from checks.operator.opr_05_domain_admin import domain_admin
from scanner.api import GapReason, Status
from scanner.facts.operator import OperatorAccount
from tests.checks.operator.people import DOMAIN, ops, where
from tests.conftest import BRANCH, CORP, Judge


def run(judge: Judge, operator, **words):
    rows = operator if isinstance(operator, GapReason) else [operator]
    return judge(domain_admin, {(OperatorAccount, CORP): rows, (OperatorAccount, BRANCH): ()}, where(**words))


@pytest.mark.parametrize(
    ("operator", "status", "text"),
    [
        (ops(group_sids=(f"{DOMAIN}-512",)), Status.PASS, "is in Domain Admins"),
        (ops(group_sids=(f"{DOMAIN}-513",)), Status.PASS, "is not in Domain Admins"),
        (ops(group_sids=("S-1-5-21-5-5-5-519",)), Status.PASS, "is in Enterprise Admins"),
        (ops(group_sids=("S-1-5-21-5-5-5-519", f"{DOMAIN}-513")), Status.PASS, "is in Enterprise Admins"),
        (ops(group_sids=("S-1-5-99-519",)), Status.PASS, "is not in Domain Admins"),
        (ops(group_sids=("S-1-5-21-9-9-9-512",)), Status.PASS, "is not in Domain Admins"),
        (GapReason.TIMEOUT, Status.UNKNOWN, ""),
        (ops("CORP\\else"), Status.UNKNOWN, ""),
        (ops(unread="tokenGroups: refused"), Status.UNKNOWN, ""),
    ],
)
def test_who_may(judge: Judge, operator, status, text):
    finding = run(judge, operator)
    assert finding.status is status
    assert text in finding.seen


def test_without_an_operator(judge: Judge):
    assert run(judge, ops(), operators=()).status is Status.NOT_APPLICABLE
