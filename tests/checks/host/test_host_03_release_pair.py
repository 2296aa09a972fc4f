from __future__ import annotations

import pytest

from checks.host.host_03_release_pair import release_pair
from scanner.api import GapReason, Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationAuthentication, VMHost
from scanner.facts.vm import VirtualMachineSettings
from tests.conftest import HV01, HV02, NOW, Judge

SNAPSHOT = "Microsoft:Hyper-V:Snapshot:Realized"
B2012, B2012R2, B2016, B2019, B2022, B2025 = 9200, 9600, 14393, 17763, 20348, 26100


def windows(build: int) -> list[OperatingSystem]:
    return [OperatingSystem(NOW, build, "10.0", ProductType.SERVER, None)]


def vm(version: str | None, kind: str = "Microsoft:Hyper-V:System:Realized") -> VirtualMachineSettings:
    guid = "1b2c3d4e-0000-0000-0000-000000000001"
    return VirtualMachineSettings(f"Microsoft:{guid}", guid, kind, None, "web", version, None, None)


def host(*versions: str) -> list[VMHost]:
    return [VMHost(True, MigrationAuthentication.KERBEROS, None, True, versions)]


def run(judge: Judge, source: int, destination: int, machines=(), own=(), **more):
    facts = {
        (OperatingSystem, HV01): windows(source),
        (OperatingSystem, HV02): windows(destination),
        (VirtualMachineSettings, HV01): machines if isinstance(machines, GapReason) else list(machines),
        (VMHost, HV02): own if isinstance(own, GapReason) else list(own),
    }
    return judge(release_pair, facts | more.get("facts", {}))


@pytest.mark.parametrize(
    ("source", "destination", "expected"),
    [
        (B2019, B2019, Status.PASS),
        (B2025, 26400, Status.PASS),
        (B2022, 25398, Status.PASS),
        (B2012R2, B2016, Status.PASS),
        (B2016, B2012R2, Status.PASS),
        (B2012R2, B2025, Status.PASS),
        (B2019, B2022, Status.PASS),
        (B2012, B2012, Status.PASS),
        (B2012, B2012R2, Status.PASS),
        (25398, B2025, Status.PASS),
        (7601, B2019, Status.FAIL),
        (B2019, 7601, Status.FAIL),
        (7601, 7601, Status.FAIL),
    ],
)
def test_releases_that_decide_alone(judge: Judge, source, destination, expected):
    unread = {"machines": GapReason.TIMEOUT, "own": GapReason.TIMEOUT}
    assert run(judge, source, destination, **unread).status is expected


def test_hosts_of_one_build_need_no_note(judge: Judge):
    assert run(judge, B2019, B2019).note == ""
    assert run(judge, B2019, B2022).note != ""


def test_an_older_build_of_the_same_release_is_the_older_host(judge: Judge):
    for release in (B2016, B2019):
        there = run(judge, release + 1, release, machines=[vm("254.0")], own=host("5.0"))
        assert there.status is Status.FAIL


@pytest.mark.parametrize(
    ("machines", "own", "expected"),
    [
        pytest.param([vm("8.0"), vm("9.0")], [], Status.PASS, id="all known there, by the table"),
        pytest.param([vm("9.0")], host("8.0", "9.0"), Status.PASS, id="all known there, as it says"),
        pytest.param([vm("8.0"), vm("9.0")], host("8.0"), Status.WARN, id="its own list decides"),
        pytest.param([vm("9.0"), vm("10.0")], host("8.0"), Status.FAIL, id="none can go"),
        pytest.param(
            [vm("9.0"), vm("254.0")], host("9.0", "254.0"), Status.WARN, id="a preview is stuck, though listed"
        ),
        pytest.param([vm("8.0"), vm("10.0")], [], Status.WARN, id="one is too new"),
        pytest.param([vm("8.0"), vm("10.0", SNAPSHOT)], [], Status.PASS, id="checkpoints are not machines"),
        pytest.param([vm("8.0"), vm(None)], [], Status.UNKNOWN, id="no version"),
        pytest.param([vm("10.0"), vm(None)], [], Status.UNKNOWN, id="one is too new, and nobody knows of the other"),
        pytest.param([vm("9.0"), vm("10.0"), vm(None)], [], Status.WARN, id="one may go, whatever the third is"),
        pytest.param([], [], Status.PASS, id="no machine"),
        pytest.param(GapReason.TIMEOUT, [], Status.UNKNOWN, id="machines unknown"),
        pytest.param([vm("9.0")], GapReason.TIMEOUT, Status.PASS, id="the table stands in"),
    ],
)
def test_from_newer_to_older(judge: Judge, machines, own, expected):
    assert run(judge, B2022, B2019, machines, own).status is expected


@pytest.mark.parametrize(
    ("source", "destination", "machines", "expected"),
    [
        pytest.param(B2012R2, B2012, [vm("5.0")], Status.FAIL, id="back to 2012"),
        pytest.param(B2019, B2012, [vm("9.0")], Status.FAIL, id="back to 2012 from later"),
        pytest.param(B2012R2, B2012, [], Status.PASS, id="back to 2012, no machine"),
        pytest.param(B2012, B2016, [vm("4.0")], Status.FAIL, id="from 2012 beyond the next release"),
        pytest.param(B2012, B2016, [], Status.UNKNOWN, id="from 2012 beyond the next release, no machine"),
        pytest.param(B2012, B2016, [vm("5.0")], Status.PASS, id="a machine that runs there all the same"),
        pytest.param(25398, B2022, [vm("10.0")], Status.PASS, id="back within one release"),
        pytest.param(25398, B2022, [vm("11.0")], Status.FAIL, id="back within one release, too new"),
    ],
)
def test_by_machine(judge: Judge, source, destination, machines, expected):
    assert run(judge, source, destination, machines).status is expected


def test_texts(judge: Judge):
    finding = run(judge, B2022, B2019, [vm("9.0"), vm("10.0")])
    assert finding.seen == "2022 (build 20348) → 2019 (build 17763); 1 of 2 virtual machines not supported there"
    assert finding.wanted.startswith("one of 5.0, 6.2")
    assert finding.works.startswith("it is open to 1 of 2 virtual machines;")
    assert "newer release" in run(judge, B2019, B2022).note
    assert run(judge, 7601, B2019).seen == "before 2012 (build 7601) → 2019 (build 17763)"


@pytest.mark.parametrize("target", [HV01, HV02])
def test_unknown(judge: Judge, target):
    gone = {(OperatingSystem, target): GapReason.UNREACHABLE}
    assert run(judge, B2019, B2019, facts=gone).status is Status.UNKNOWN
