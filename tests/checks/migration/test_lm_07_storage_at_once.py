from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_07_storage_at_once import storage_at_once
from scanner.api import Route, Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import GONE, disk, settings
from tests.checks.common.smb_ends import system
from tests.conftest import HV01, HV02, HV11, Judge, estate

STAYS = estate(routes=(Route(HV01, HV02, storage=False),))
SHARED, LOCAL = [disk(r"\\fs01\vms\web-01.vhdx")], [disk(r"D:\VMs\web-01.vhdx")]


def facts(number, disks=SHARED):
    row = replace(settings(), maximum_storage_migrations=number)
    return {(MigrationSettings, HV01): [row], (MigrationSettings, HV02): [row], (VmStorage, HV01): disks}


@pytest.mark.parametrize("host", [HV01, HV02])
@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, Status.FAIL), (1, Status.PASS), (2, Status.PASS), (None, Status.UNKNOWN), (-1, Status.UNKNOWN)],
)
def test_disks_that_the_plan_moves(judge: Judge, host, number, expected):
    assert judge(storage_at_once, facts(number), subject=host).status is expected


@pytest.mark.parametrize("host", [HV01, HV02])
@pytest.mark.parametrize(
    ("number", "disks", "expected"),
    [
        pytest.param(0, SHARED, Status.NOT_APPLICABLE, id="none moves"),
        pytest.param(None, SHARED, Status.NOT_APPLICABLE, id="none moves, whatever the number"),
        pytest.param(0, LOCAL, Status.FAIL, id="a local one must move"),
        pytest.param(2, LOCAL, Status.PASS, id="may move"),
        pytest.param(0, GONE, Status.UNKNOWN, id="whether one moves is not known"),
        pytest.param(2, GONE, Status.PASS, id="whether it does, it may"),
        pytest.param(None, GONE, Status.UNKNOWN, id="nothing known"),
    ],
)
def test_disks_that_the_plan_leaves(judge: Judge, host, number, disks, expected):
    assert judge(storage_at_once, facts(number, disks), STAYS, subject=host).status is expected


def test_one_route_that_moves_disks_is_enough(judge: Judge):
    first = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV11), Route(HV01, HV02, storage=False)))
    assert judge(storage_at_once, facts(0), first, subject=HV01).status is Status.FAIL
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02, storage=False), Route(HV01, HV11)))
    assert judge(storage_at_once, facts(0, GONE), where, subject=HV01).status is Status.FAIL
    assert judge(storage_at_once, facts(0), where, subject=HV02).status is Status.NOT_APPLICABLE


def test_disks_alone(judge: Judge):
    assert (
        judge(storage_at_once, facts(0), estate(routes=(Route(HV01, HV02, machines=False),)), subject=HV01).status
        is Status.FAIL
    )


@pytest.mark.parametrize("rows", [GONE, []])
def test_unread(judge: Judge, rows):
    assert judge(storage_at_once, facts(1) | {(MigrationSettings, HV01): rows}, subject=HV01).status is Status.UNKNOWN


def test_who_moves_nothing(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV02, HV11),))
    assert judge(storage_at_once, facts(0), where, subject=HV01).status is Status.NOT_APPLICABLE


def test_remedy(judge: Judge):
    finding = judge(storage_at_once, facts(0), subject=HV01)
    assert finding.remedy == f"Set-VMHost -ComputerName '{HV01}' -MaximumStorageMigrations 2"
    client = {(OperatingSystem, HV01): [system(22631, ProductType.CLIENT)]}
    assert judge(storage_at_once, facts(0) | client, subject=HV01).remedy == ""
