from __future__ import annotations

import pytest

from checks.delegation.del_04_both_directions import both_directions
from scanner.api import GapReason, Route, Status
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VmStorage
from tests.checks.delegation.domain import (
    CREDSSP,
    PLAIN,
    SIDS,
    account,
    across,
    both,
    known,
    settings,
    system,
    windows,
)  # fmt: skip
from tests.conftest import BRANCH, HV01, HV02, HV11, Judge, estate

ONE_WAY = estate()
TWO_WAYS = estate(routes=(Route(HV01, HV02), Route(HV02, HV01)))
BACK_ONLY = estate(routes=(Route(HV02, HV01),))
BUILDS = {(OperatingSystem, host): [windows()] for host in (HV01, HV02, HV11)}


def full(host: str, peer: str, **words):
    return account(host, *both(peer), *both(peer, "cifs"), **words)


BOTH = (full(HV01, HV02), full(HV02, HV01))
THERE = (full(HV01, HV02), account(HV02))


def run(judge: Judge, accounts, where=ONE_WAY, **facts):
    return judge(both_directions, known(*accounts) | BUILDS | facts.get("facts", {}), where)


@pytest.mark.parametrize(
    ("accounts", "where", "expected"),
    [
        pytest.param(BOTH, ONE_WAY, Status.PASS, id="both"),
        pytest.param(BOTH, TWO_WAYS, Status.PASS, id="both, both planned"),
        pytest.param(THERE, ONE_WAY, Status.WARN, id="the way back is missing"),
        pytest.param(THERE, TWO_WAYS, Status.FAIL, id="the way back is missing and planned"),
        pytest.param(THERE, BACK_ONLY, Status.NOT_APPLICABLE, id="the planned one is missing: DEL-01 fails"),
        pytest.param((account(HV01), account(HV02)), TWO_WAYS, Status.NOT_APPLICABLE, id="neither"),
        pytest.param((account(HV01, *both(HV02)), full(HV02, HV01)), TWO_WAYS, Status.FAIL, id="cifs missing"),
        pytest.param((full(HV01, HV02), full(HV02, HV01, uac=PLAIN)), TWO_WAYS, Status.FAIL, id="protocol missing"),
        pytest.param(
            (full(HV01, HV02), account(HV02, *both(HV01), "cifs/HV01")), TWO_WAYS, Status.PASS, id="a warning is no gap"
        ),
        pytest.param(
            (account(HV01, uac=PLAIN, allowed=(SIDS[HV02],)), account(HV02, uac=PLAIN, allowed=(SIDS[HV01],))),
            TWO_WAYS,
            Status.PASS,
            id="resource-based both ways",
        ),
    ],
)
def test_directions(judge: Judge, accounts, where, expected):
    assert run(judge, accounts, where).status is expected


def test_texts_name_the_missing_direction(judge: Judge):
    finding = run(judge, THERE, TWO_WAYS)
    assert finding.seen == f"incomplete: {HV02} → {HV01}"
    assert "-Identity 'CN=HV02,DC=corp,DC=example'" in finding.remedy
    assert "'cifs/HV01', 'cifs/hv01.corp.example'" in finding.remedy


def test_storage_of_an_unplanned_way_back_is_that_of_the_way_there(judge: Judge):
    where = estate(routes=(Route(HV01, HV02, storage=False),))
    accounts = (account(HV01, *both(HV02)), account(HV02, *both(HV01)))
    none = {(VmStorage, HV01): [], (VmStorage, HV02): []}
    assert run(judge, accounts, where, facts=none).status is Status.PASS
    assert run(judge, accounts).status is Status.NOT_APPLICABLE


def test_two_domains(judge: Judge):
    accounts = (account(HV01, allowed=(SIDS[HV11],)), account(HV11, allowed=(SIDS[HV01],)))
    facts = known(*accounts, hosts=(HV01, HV11)) | BUILDS
    assert judge(both_directions, facts, across()).status is Status.PASS
    half = known(account(HV01), accounts[1], hosts=(HV01, HV11)) | BUILDS
    assert judge(both_directions, half, across()).status is Status.WARN
    gap = facts | {(ComputerAccount, BRANCH): GapReason.TIMEOUT}
    assert judge(both_directions, gap, across()).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "where", "expected"),
    [
        ({(OperatingSystem, HV02): GapReason.TIMEOUT}, TWO_WAYS, Status.UNKNOWN),
        ({(ComputerSystem, HV02): GapReason.TIMEOUT}, TWO_WAYS, Status.UNKNOWN),
        ({(ComputerSystem, HV02): [system(HV02, joined=False)]}, TWO_WAYS, Status.NOT_APPLICABLE),
        (
            {(MigrationSettings, HV01): [settings()], (MigrationSettings, HV02): [CREDSSP]},
            estate(remote_initiated=False),
            Status.NOT_APPLICABLE,
        ),
        (
            {(MigrationSettings, HV01): [CREDSSP], (MigrationSettings, HV02): [settings()]},
            estate(remote_initiated=False),
            Status.NOT_APPLICABLE,
        ),
    ],
)
def test_whether_it_can_be_judged(judge: Judge, facts, where, expected):
    accounts = (full(HV01, HV02), full(HV02, HV01, uac=PLAIN))
    facts = known(*accounts) | BUILDS | facts
    assert judge(both_directions, facts, where).status is expected


def test_one_way_missing_and_the_other_unknown_is_unknown(judge: Judge):
    accounts = (account(HV01), full(HV02, HV01, uac=PLAIN))
    gone = {(OperatingSystem, HV02): GapReason.TIMEOUT}
    assert run(judge, accounts, TWO_WAYS, facts=gone).status is Status.UNKNOWN


def test_the_way_back_that_is_not_planned_has_its_commands_too(judge: Judge):
    finding = run(judge, THERE, estate())
    assert finding.status is Status.WARN
    assert "-Identity 'CN=HV02,DC=corp,DC=example'" in finding.remedy


def test_where_disks_alone_move_no_way_back_of_machines_is_missed(judge: Judge):
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    accounts = (account(HV01, *both(HV02, "cifs")), account(HV02, *both(HV01, "cifs")))
    assert run(judge, accounts, where).status is Status.PASS
