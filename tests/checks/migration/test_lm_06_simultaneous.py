from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_06_simultaneous import simultaneous
from scanner.api import Route, Status, Thresholds
from scanner.facts.host import ClusterInfo, OperatingSystem, ProductType, Service
from scanner.facts.hyperv import MigrationSettings
from tests.checks.common.builders import GONE, settings
from tests.checks.common.smb_ends import system
from tests.conftest import HV01, HV02, HV11, Judge, estate

ALONE = {(Service, HV01): [], (ClusterInfo, HV01): []}
CLUSTER = [Service("ClusSvc", "Running", "Auto", 4, "LocalSystem")]


def rows(number):
    return [replace(settings(), maximum_migrations=number)]


def facts(number, other=2):
    return ALONE | {(MigrationSettings, HV01): rows(number), (MigrationSettings, HV02): rows(other)}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, Status.FAIL),
        (1, Status.PASS),
        (2, Status.PASS),
        (10, Status.PASS),
        (11, Status.WARN),
        (None, Status.UNKNOWN),
        (-1, Status.UNKNOWN),
    ],
)
def test_number(judge: Judge, number, expected):
    assert judge(simultaneous, facts(number), subject=HV01).status is expected


@pytest.mark.parametrize(("number", "expected"), [(3, Status.PASS), (4, Status.WARN)])
def test_the_threshold_is_the_estates(judge: Judge, number, expected):
    where = estate(thresholds=Thresholds(migrations_at_most=3))
    finding = judge(simultaneous, facts(number), where, subject=HV01)
    assert finding.status is expected
    command = f"Set-VMHost -ComputerName '{HV01}' -MaximumVirtualMachineMigrations 3"
    assert finding.remedy == (command if expected is Status.WARN else "")


def test_none_is_made_two(judge: Judge):
    finding = judge(simultaneous, facts(0), subject=HV01)
    assert finding.remedy == f"Set-VMHost -ComputerName '{HV01}' -MaximumVirtualMachineMigrations 2"
    client = {(OperatingSystem, HV01): [system(22631, ProductType.CLIENT)]}
    assert judge(simultaneous, facts(0) | client, subject=HV01).remedy == ""


@pytest.mark.parametrize(
    ("other", "note"),
    [
        (rows(2), ""),
        (rows(4), f"between two hosts the lower number counts: {HV02} allows 4"),
        (rows(None), ""),
        ([], ""),
        (GONE, ""),
    ],
)
def test_another_number_on_the_other_host(judge: Judge, other, note):
    finding = judge(simultaneous, facts(2) | {(MigrationSettings, HV02): other}, subject=HV01)
    assert (finding.status, finding.note) == (Status.PASS, note)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({(MigrationSettings, HV01): GONE}, Status.UNKNOWN, id="gap"),
        pytest.param({(MigrationSettings, HV01): []}, Status.UNKNOWN, id="no row"),
        pytest.param({(Service, HV01): GONE}, Status.UNKNOWN, id="services unread"),
        pytest.param(
            {(Service, HV01): CLUSTER, (ClusterInfo, HV01): [ClusterInfo("C1", "c1.corp.example", 9)]},
            Status.NOT_APPLICABLE,
            id="node",
        ),
        pytest.param({(Service, HV01): CLUSTER, (ClusterInfo, HV01): GONE}, Status.UNKNOWN, id="may be a node"),
    ],
)
def test_whose_number(judge: Judge, more, expected):
    assert judge(simultaneous, facts(0) | more, subject=HV01).status is expected


def test_who_moves_no_machine(judge: Judge):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV02, HV11),))
    assert judge(simultaneous, facts(0), where, subject=HV01).status is Status.NOT_APPLICABLE
    alone = estate(routes=(Route(HV01, HV02, machines=False),))
    assert judge(simultaneous, facts(0), alone, subject=HV01).status is Status.NOT_APPLICABLE


def test_a_destination_is_judged_too(judge: Judge):
    there = {(Service, HV02): [], (ClusterInfo, HV02): []}
    assert judge(simultaneous, facts(2, 0) | there, subject=HV02).status is Status.FAIL
