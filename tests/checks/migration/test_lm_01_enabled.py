from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_01_enabled import enabled
from scanner.api import Route, Status
from scanner.facts.host import ClusterInfo, ComputerSystem, OperatingSystem, ProductType, Service
from scanner.facts.hyperv import MigrationSettings, VMHost
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import GONE, disk, module, settings
from tests.conftest import HV01, HV02, HV11, NOW, Judge, estate

ALONE = {(Service, HV01): [], (ClusterInfo, HV01): []}
ON = ALONE | {(MigrationSettings, HV01): [settings()]}
OFF = ALONE | {(MigrationSettings, HV01): [settings(enabled=False)]}
MODULE_OFF = replace(module(), migration_enabled=False)
NODE = {
    (Service, HV01): [Service("ClusSvc", "Running", "Auto", 4, "LocalSystem")],
    (ClusterInfo, HV01): [ClusterInfo("C1", "c1.corp.example", 9)],
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(ALONE | {(MigrationSettings, HV01): [settings()]}, Status.PASS, id="on"),
        pytest.param(ALONE | {(MigrationSettings, HV01): [settings(enabled=False)]}, Status.FAIL, id="off"),
        pytest.param(NODE | {(MigrationSettings, HV01): [settings(enabled=False)]}, Status.NOT_APPLICABLE, id="node"),
        pytest.param({(MigrationSettings, HV01): [settings()]}, Status.UNKNOWN, id="membership not known"),
        pytest.param(ALONE | {(MigrationSettings, HV01): GONE}, Status.UNKNOWN, id="gap"),
        pytest.param(ALONE | {(MigrationSettings, HV01): []}, Status.UNKNOWN, id="no row"),
        pytest.param(ALONE, Status.UNKNOWN, id="never asked"),
        pytest.param(ON | {(VMHost, HV01): [module()]}, Status.PASS, id="on in both ways"),
        pytest.param(ON | {(VMHost, HV01): GONE}, Status.PASS, id="the module does not answer"),
        pytest.param(ON | {(VMHost, HV01): [MODULE_OFF]}, Status.UNKNOWN, id="the module says off"),
        pytest.param(OFF | {(VMHost, HV01): [module()]}, Status.FAIL, id="the module says on"),
    ],
)
def test_enabled(judge: Judge, facts, expected):
    assert judge(enabled, facts, subject=HV01).status is expected


@pytest.mark.parametrize(
    ("machines", "disks", "storage", "expected"),
    [
        pytest.param(0, 2, True, Status.UNKNOWN, id="no machine at a time"),
        pytest.param(1, 1, True, Status.PASS, id="one of each"),
        pytest.param(2, 0, True, Status.UNKNOWN, id="no disks at a time"),
        pytest.param(2, 0, False, Status.PASS, id="no disks, and none move"),
        pytest.param(0, 0, True, Status.UNKNOWN, id="nothing at a time"),
        pytest.param(None, None, True, Status.PASS, id="not told"),
    ],
)
def test_none_at_a_time_is_no_switch_that_is_on(judge: Judge, machines, disks, storage, expected):
    row = replace(settings(), maximum_migrations=machines, maximum_storage_migrations=disks)
    where = estate(routes=(Route(HV01, HV02, storage=storage),))
    facts = ALONE | {(MigrationSettings, HV01): [row], (VmStorage, HV01): []}
    assert judge(enabled, facts, where, subject=HV01).status is expected


@pytest.mark.parametrize("subject", [HV01, HV02])
@pytest.mark.parametrize(
    ("disks", "at_a_time", "expected"),
    [
        pytest.param([disk(r"D:\a.vhdx")], 0, Status.UNKNOWN, id="a local disk must move"),
        pytest.param([disk(r"D:\a.vhdx")], 1, Status.PASS, id="and may"),
        pytest.param([disk(r"\\fs1\v\a.vhdx")], 0, Status.PASS, id="one on a file server stays"),
        pytest.param([], 0, Status.PASS, id="none"),
        pytest.param(GONE, 0, Status.UNKNOWN, id="who knows where they lie"),
        pytest.param(GONE, 1, Status.PASS, id="wherever they lie"),
    ],
)
def test_disks_that_must_move_count_whatever_the_plan_says(judge: Judge, subject, disks, at_a_time, expected):
    row = replace(settings(), maximum_storage_migrations=at_a_time)
    facts = {(Service, subject): [], (MigrationSettings, subject): [row], (VmStorage, HV01): disks}
    where = estate(routes=(Route(HV01, HV02, storage=False),))
    assert judge(enabled, facts, where, subject=subject).status is expected


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize(
    ("at_a_time", "expected"), [(0, Status.UNKNOWN), (1, Status.NOT_APPLICABLE), (None, Status.NOT_APPLICABLE)]
)
def test_where_disks_alone_move_their_number_counts_and_no_switch(judge: Judge, on, at_a_time, expected):
    row = replace(settings(enabled=on), maximum_migrations=0, maximum_storage_migrations=at_a_time)
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    finding = judge(enabled, ALONE | {(MigrationSettings, HV01): [row]}, where, subject=HV01)
    assert finding.status is expected
    assert ("takes 0 moves of disks at a time" in finding.note) is (expected is Status.UNKNOWN)


def test_a_destination_is_judged_too(judge: Judge):
    facts = {(Service, HV02): [], (MigrationSettings, HV02): [settings(enabled=False)]}
    finding = judge(enabled, facts, subject=HV02)
    assert finding.status is Status.FAIL
    assert finding.remedy == "Enable-VMMigration -ComputerName 'hv02.corp.example'"
    assert "EnableVirtualSystemMigration" in finding.wanted


def test_one_route_of_several_is_enough(judge: Judge):
    mixed = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV01, HV11, machines=False)))
    assert judge(enabled, OFF, mixed, subject=HV01).status is Status.FAIL
    row = replace(settings(), maximum_storage_migrations=0)
    stays = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02, storage=False), Route(HV01, HV11)))
    disks = ALONE | {(MigrationSettings, HV01): [row], (VmStorage, HV01): [disk(r"\\fs1\v\a.vhdx")]}
    assert judge(enabled, disks, stays, subject=HV01).status is Status.UNKNOWN
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(HV02, HV11)))
    facts = ALONE | {(MigrationSettings, HV01): [settings(enabled=False)]}
    assert judge(enabled, facts, where, subject=HV01).status is Status.FAIL


def test_a_host_without_route_is_left_alone(judge: Judge):
    facts = {(Service, HV11): [], (MigrationSettings, HV11): [settings(enabled=False)]}
    finding = judge(enabled, facts, estate(hosts=(HV01, HV02, HV11)), subject=HV11)
    assert finding.status is Status.NOT_APPLICABLE


def test_a_work_group_is_told_what_comes_first(judge: Judge):
    lone = [ComputerSystem("HV01", "hv01", "WORKGROUP", False, 2)]
    finding = judge(enabled, OFF | {(ComputerSystem, HV01): lone}, subject=HV01)
    assert finding.status is Status.FAIL
    assert finding.remedy.startswith("Join hv01.corp.example to a domain first")


def test_a_client_is_told_no_command_that_it_lacks(judge: Judge):
    client = [OperatingSystem(NOW, 22631, "10.0.22631", ProductType.CLIENT, None)]
    facts = ALONE | {(MigrationSettings, HV01): [settings(enabled=False)], (OperatingSystem, HV01): client}
    finding = judge(enabled, facts, subject=HV01)
    assert (finding.status, finding.remedy) == (Status.FAIL, "")
