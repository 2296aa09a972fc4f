from __future__ import annotations

import pytest

from checks.operator.opr_05_domain_admin import domain_admin
from scanner.api import GapReason, Status
from scanner.facts.host import ComputerSystem
from scanner.facts.hyperv import MigrationAuthentication, MigrationSettings
from scanner.facts.operator import OperatorAccount
from tests.checks.common.builders import settings
from tests.checks.operator.people import DOMAIN, ops, system, where
from tests.conftest import BRANCH, CORP, HV01, HV02, Judge


def run(judge: Judge, account, *, source_domain=CORP, **words):
    """Of delegation nothing could be read, so it is not known to be complete."""
    facts = {
        (OperatorAccount, CORP): account if isinstance(account, GapReason) else [account],
        (OperatorAccount, BRANCH): (),
        (ComputerSystem, HV01): [system(domain=source_domain)],
        (ComputerSystem, HV02): [system(HV02)],
        (MigrationSettings, HV01): [settings()],
    }
    return judge(domain_admin, facts, where(**words))


@pytest.mark.parametrize(
    ("account", "source", "status", "text"),
    [
        (ops(group_sids=(f"{DOMAIN}-512",)), CORP, Status.PASS, "may configure what DEL-* say of corp.example"),
        (ops(group_sids=(f"{DOMAIN}-513",)), CORP, Status.PASS, "not in Domain Admins of corp.example"),
        (ops(group_sids=(f"{DOMAIN}-512",)), BRANCH, Status.PASS, "not in Domain Admins of branch.example"),
        (
            ops(group_sids=("S-1-5-21-5-5-5-519",)),
            BRANCH,
            Status.PASS,
            "may configure what DEL-* say of branch.example",
        ),
        (ops(group_sids=("S-1-5-21-9-9-9-512",)), CORP, Status.PASS, "not in Domain Admins of corp.example"),
        (GapReason.TIMEOUT, CORP, Status.UNKNOWN, ""),
        (ops(unread="tokenGroups: refused"), CORP, Status.UNKNOWN, ""),
    ],
)
def test_who_may(judge: Judge, account, source, status, text):
    finding = run(judge, account, source_domain=source)
    assert finding.status is status
    assert text in finding.seen


def test_where_nothing_is_missing(judge: Judge):
    facts = {
        (ComputerSystem, HV01): [system()],
        (MigrationSettings, HV01): [settings(authentication=MigrationAuthentication.CREDSSP)],
    }
    assert judge(domain_admin, facts, where(remote_initiated=False)).status is Status.NOT_APPLICABLE
    assert judge(domain_admin, facts, where(routes=())).status is Status.NOT_APPLICABLE
    assert judge(domain_admin, facts, where(operators=())).status is Status.NOT_APPLICABLE
