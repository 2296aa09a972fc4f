from __future__ import annotations

from dataclasses import replace

import pytest

from checks.host.host_10_computer_name import computer_name
from scanner.api import GapReason, Status
from scanner.facts.host import OperatingSystem
from scanner.facts.hyperv import MigrationPerformance, MigrationSettings, VMHost
from scanner.facts.upkeep import StoredName
from tests.checks.common.builders import module, settings
from tests.checks.delegation.domain import windows
from tests.conftest import HV01, Judge, estate

GONE = GapReason.TIMEOUT
SMB, PLAIN = settings(smb=True, compression=False), settings()


def run(judge: Judge, name="HV01", build=17763, option=SMB, **more):
    facts = {
        (StoredName, HV01): [StoredName(name)],
        (OperatingSystem, HV01): [windows(build)],
        (MigrationSettings, HV01): [option],
    }
    return judge(computer_name, facts | more.get("facts", {}), estate(hosts=(HV01,), routes=()))


@pytest.mark.parametrize(
    ("name", "build", "expected"),
    [
        ("HV01", 17763, Status.PASS),
        ("hv01", 17763, Status.FAIL),
        ("HV-0x", 17763, Status.FAIL),
        ("HV-01", 17763, Status.PASS),
        ("hv01", 17762, Status.WARN),
        ("hv01", 17764, Status.WARN),
        ("hv01", 14393, Status.WARN),
        ("hv01", 26100, Status.WARN),
        ("HV01", 26100, Status.PASS),
        ("", 17763, Status.UNKNOWN),
        (" ", 26100, Status.UNKNOWN),
    ],
)
def test_names(judge: Judge, name, build, expected):
    assert run(judge, name, build).status is expected


def test_another_performance_option(judge: Judge):
    assert run(judge, "hv01", option=PLAIN).status is Status.NOT_APPLICABLE
    of_2012 = settings(compression=None, smb=None)
    assert run(judge, "hv01", 9200, of_2012).status is Status.NOT_APPLICABLE


def test_two_readings_of_the_option(judge: Judge):
    by_module = {(VMHost, HV01): [replace(module(), performance=MigrationPerformance.SMB)]}
    assert run(judge, "hv01", option=PLAIN, facts=by_module).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [StoredName, OperatingSystem, MigrationSettings])
def test_unread(judge: Judge, fact):
    assert run(judge, facts={(fact, HV01): GONE}).status is Status.UNKNOWN


def test_a_name_is_quoted_short(judge: Judge):
    finding = run(judge, "x" * 5000)
    assert finding.status is Status.FAIL
    assert len(finding.seen) < 200
