from __future__ import annotations

import pytest

from checks.host.host_04_management_tools import management_tools
from scanner.api import GapReason, Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.session import HyperVModule
from tests.conftest import HV01, HV02, NOW, Judge, estate

ADMIN = "admin01.corp.example"
NEW, OLD = [HyperVModule("Hyper-V", "2.0.0.0"), HyperVModule("Hyper-V", "1.1")], [HyperVModule("Hyper-V", "1.1")]
GONE = GapReason.TIMEOUT


def windows(build: int) -> list[OperatingSystem]:
    return [OperatingSystem(NOW, build, f"10.0.{build}", ProductType.SERVER, None, 8)]


def run(judge: Judge, source, destination, admin=None, *, start="", builds=(17763, 17763, 20348)):
    facts = {
        (HyperVModule, HV01): source,
        (HyperVModule, HV02): destination,
        (OperatingSystem, HV01): windows(builds[0]),
        (OperatingSystem, HV02): windows(builds[1]),
    }
    if admin is not None:
        facts |= {(HyperVModule, ADMIN): admin, (OperatingSystem, ADMIN): windows(builds[2])}
    return judge(management_tools, facts, estate(started_from=start))


@pytest.mark.parametrize(
    ("source", "destination", "expected"),
    [
        (NEW, (), Status.PASS),
        ((), NEW, Status.PASS),
        (OLD, GONE, Status.PASS),
        (GONE, NEW, Status.PASS),
        ((), (), Status.FAIL),
        (GONE, (), Status.UNKNOWN),
        ((), GONE, Status.UNKNOWN),
    ],
)
def test_the_hosts_own(judge: Judge, source, destination, expected):
    assert run(judge, source, destination).status is expected


@pytest.mark.parametrize(
    ("admin", "source", "builds", "expected"),
    [
        pytest.param(NEW, (), (17763, 17763, 20348), Status.PASS, id="newer"),
        pytest.param(NEW, GONE, (17763, 17763, 14393), Status.PASS, id="2016"),
        pytest.param(NEW, (), (17763, 17763, 10240), Status.PASS, id="Windows 10"),
        pytest.param(OLD, NEW, (17763, 9600, 9600), Status.UNKNOWN, id="older than one of the hosts"),
        pytest.param(OLD, (), (9600, 9600, 9600), Status.PASS, id="as old as the hosts"),
        pytest.param(OLD, (), (9600, 14393, 9600), Status.UNKNOWN, id="one host is newer"),
        pytest.param((), NEW, (17763, 17763, 20348), Status.WARN, id="none there, but on the source"),
        pytest.param((), (), (17763, 17763, 20348), Status.FAIL, id="none anywhere"),
        pytest.param((), GONE, (17763, 17763, 20348), Status.UNKNOWN, id="none there, source unread"),
        pytest.param(GONE, NEW, (17763, 17763, 20348), Status.UNKNOWN, id="nobody looked there"),
    ],
)
def test_the_machine_that_moves_are_started_from(judge: Judge, admin, source, builds, expected):
    assert run(judge, source, (), admin, start=ADMIN, builds=builds).status is expected


def test_the_machine_may_be_a_host(judge: Judge):
    assert run(judge, NEW, (), start=HV01).status is Status.PASS
    assert run(judge, (), NEW, start=HV01).status is Status.WARN


def test_its_release_decides_and_was_not_read(judge: Judge):
    facts = {(HyperVModule, HV01): (), (HyperVModule, HV02): (), (HyperVModule, ADMIN): NEW}
    assert judge(management_tools, facts, estate(started_from=ADMIN)).status is Status.UNKNOWN


def test_the_remedy(judge: Judge):
    assert run(judge, (), ()).remedy == f"Install-WindowsFeature -ComputerName '{HV01}' -Name Hyper-V-PowerShell"
