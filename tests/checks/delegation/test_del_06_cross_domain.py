from __future__ import annotations

from dataclasses import replace

import pytest

from checks.delegation.del_06_cross_domain import cross_domain
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount, DomainInfo
from scanner.facts.hyperv import MigrationSettings
from tests.checks.delegation.domain import CREDSSP, SIDS, account, across, both, known
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge

ME = SIDS[HV01]
CLASSIC = account(HV01, *both(HV11), *both(HV11, "cifs"))


def levels(corp: int = 7, branch: int = 7):
    rows = {CORP: corp, BRANCH: branch}
    return {(DomainInfo, name): [DomainInfo(name, name, "DC=x", level)] for name, level in rows.items()}


def run(judge: Judge, source, target, facts=None, where=None):
    base = known(source, target, hosts=(HV01, HV11)) | levels()
    return judge(cross_domain, base | (facts or {}), where or across())


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        pytest.param(account(HV01), account(HV11, allowed=(ME,)), Status.PASS, id="resource-based"),
        pytest.param(CLASSIC, account(HV11, allowed=(ME,)), Status.PASS, id="both forms"),
        pytest.param(CLASSIC, account(HV11), Status.FAIL, id="classic entries only"),
        pytest.param(account(HV01), account(HV11), Status.FAIL, id="nothing"),
        pytest.param(CLASSIC, account(HV11, allowed=(ME,), denied=(ME,)), Status.FAIL, id="denied"),
        pytest.param(CLASSIC, account(HV11, allowed=("S-1-5-21-2-2-2-77",)), Status.UNKNOWN, id="maybe by a group"),
    ],
)
def test_forms(judge: Judge, source, target, expected):
    assert run(judge, source, target).status is expected


def test_texts(judge: Judge):
    finding = run(judge, CLASSIC, account(HV11))
    assert "cifs/hv11.branch.example" in finding.seen
    assert "-Server 'branch.example' -PrincipalsAllowedToDelegateToAccount" in finding.remedy


def test_same_domain_does_not_apply(judge: Judge):
    assert judge(cross_domain, known(account(HV01), account(HV02))).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(levels(corp=5, branch=5), Status.PASS, id="2012"),
        pytest.param(levels(corp=4), Status.WARN, id="2008 R2 here"),
        pytest.param(levels(branch=4), Status.WARN, id="2008 R2 there"),
        pytest.param({(DomainInfo, CORP): GapReason.TIMEOUT}, Status.UNKNOWN, id="level unknown"),
        pytest.param({(ComputerAccount, BRANCH): GapReason.TIMEOUT}, Status.UNKNOWN, id="accounts unknown"),
    ],
)
def test_level(judge: Judge, facts, expected):
    assert run(judge, account(HV01), account(HV11, allowed=(ME,)), facts).status is expected


def test_a_level_that_is_unknown_hides_no_failure(judge: Judge):
    assert run(judge, CLASSIC, account(HV11), {(DomainInfo, CORP): GapReason.TIMEOUT}).status is Status.FAIL


def test_not_judged_for_credssp(judge: Judge):
    facts = {(MigrationSettings, HV01): [CREDSSP]}
    finding = run(judge, CLASSIC, account(HV11), facts, across(remote_initiated=False))
    assert finding.status is Status.NOT_APPLICABLE


def test_disks_that_move_alone_cross_the_border_likewise(judge: Judge):
    where = replace(across(), routes=(Route(HV01, HV11, machines=False),))
    for target, expected in ((account(HV11, allowed=(ME,)), Status.PASS), (account(HV11), Status.FAIL)):
        assert run(judge, CLASSIC, target, where=where).status is expected
    assert "cifs/HV11" not in run(judge, account(HV01), account(HV11), where=where).wanted


def test_a_low_level_says_why_the_move_works(judge: Judge):
    finding = run(judge, account(HV01), account(HV11, allowed=(ME,)), levels(branch=4))
    assert finding.status is Status.WARN
    assert finding.works.startswith("the destination's directory holds the entry")
