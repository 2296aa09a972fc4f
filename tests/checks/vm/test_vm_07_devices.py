from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_07_devices import no_devices
from scanner.api import Route, Status
from scanner.facts.devices import VmFibreChannel, VmGpuPartition, VmPciDevice, VmPhysicalDrive, VmRemoteFx
from scanner.facts.host import OperatingSystem
from scanner.facts.vm import VirtualMachineSettings, VmStorage
from tests.checks.common.builders import GONE, GUID, disk, machine
from tests.checks.delegation.domain import windows
from tests.conftest import HV01, HV02, Judge, estate

PASS, FAIL, UNKNOWN = Status.PASS, Status.FAIL, Status.UNKNOWN
OWN, OTHER, PART = GUID.format(1), GUID.format(2), "99999999-2222-3333-4444-555555555559"
MOVES, STAYS = (estate(routes=(Route(HV01, HV02, storage=s),)) for s in (True, False))
KINDS = {
    VmPciDevice: lambda of: VmPciDevice(f"Microsoft:{of}\\p", ("x",)),
    VmGpuPartition: lambda of: VmGpuPartition(f"Microsoft:{of}\\g", ()),
    VmFibreChannel: lambda of: VmFibreChannel(f"Microsoft:{of}\\f", "C0"),
    VmRemoteFx: lambda of: VmRemoteFx(f"Microsoft:{of}\\r", 1),
    VmPhysicalDrive: lambda of: drive("Disk", "x", of=of),
}
WHOLE, SHARED, UNTOLD = (replace(disk(r"D:\web.vhdx"), shared=shared) for shared in (False, True, None))


def drive(kind: str, *resources: str, of: str = OWN) -> VmPhysicalDrive:
    return VmPhysicalDrive(f"Microsoft:{of}\\z", f"Microsoft:Hyper-V:Physical {kind} Drive", resources)


def run(judge: Judge, more=None, *, here: int = 17763, there: int = 17763, where=MOVES):
    facts = {
        (VirtualMachineSettings, HV01): [machine(1)],
        (VmStorage, HV01): [WHOLE],
        (OperatingSystem, HV01): [windows(here)],
        (OperatingSystem, HV02): [windows(there)],
        **{(kind, HV01): [] for kind in KINDS},
    }
    return judge(no_devices, facts | {(fact, HV01): rows for fact, rows in (more or {}).items()}, where)


def test_none(judge: Judge):
    assert run(judge).status is PASS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("of", [OTHER, PART])
def test_another_machines_device_and_that_of_a_checkpoint(judge: Judge, kind, of):
    assert run(judge, {kind: [KINDS[kind](of)]}).status is PASS


@pytest.mark.parametrize("kind", [*KINDS, VmStorage])
def test_a_kind_that_was_not_read(judge: Judge, kind):
    assert run(judge, {kind: GONE}).status is UNKNOWN


def test_what_fails_does_so_whatever_else_was_not_read(judge: Judge):
    finding = run(judge, dict.fromkeys(KINDS, GONE) | {VmPciDevice: [KINDS[VmPciDevice](OWN)]})
    assert finding.status is FAIL


@pytest.mark.parametrize(
    ("drives", "where", "expected"),
    [
        ([drive("Disk", "x")], MOVES, FAIL),
        ([drive("Disk", "x")], STAYS, UNKNOWN),
        ([drive("Disk")], MOVES, UNKNOWN),
        ([drive("Disk", "")], MOVES, UNKNOWN),
        ([drive("DVD", "x")], MOVES, PASS),
        ([drive("Something", "x")], MOVES, FAIL),
        ([replace(drive("Disk", "x"), sub_type=None)], MOVES, FAIL),
    ],
)
def test_a_physical_disk(judge: Judge, drives, where, expected):
    assert run(judge, {VmPhysicalDrive: drives}, where=where).status is expected


@pytest.mark.parametrize("state", [MOVES, STAYS])
def test_a_pci_device(judge: Judge, state):
    assert run(judge, {VmPciDevice: [KINDS[VmPciDevice](OWN)]}, where=state).status is FAIL


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (26100, 26100, UNKNOWN),
        (26099, 26100, FAIL),
        (26100, 26099, FAIL),
        (14393, 14393, FAIL),
        (27000, 27000, UNKNOWN),
    ],
)
def test_a_part_of_a_graphics_adapter(judge: Judge, here, there, expected):
    finding = run(judge, {VmGpuPartition: [KINDS[VmGpuPartition](OWN)]}, here=here, there=there)
    assert finding.status is expected
    assert ("SupportsOutgoingLiveMigration" in finding.note) is (expected is UNKNOWN)


@pytest.mark.parametrize(("there", "expected"), [(9600, UNKNOWN), (14393, UNKNOWN), (14394, FAIL), (26100, FAIL)])
def test_remotefx(judge: Judge, there, expected):
    assert run(judge, {VmRemoteFx: [KINDS[VmRemoteFx](OWN)]}, here=14393, there=there).status is expected


@pytest.mark.parametrize("kind", [VmGpuPartition, VmRemoteFx])
def test_the_releases_were_not_read(judge: Judge, kind):
    facts = {
        (VirtualMachineSettings, HV01): [machine(1)],
        (VmStorage, HV01): [WHOLE],
        (OperatingSystem, HV01): GONE,
        (OperatingSystem, HV02): GONE,
        **{(other, HV01): [] for other in KINDS},
        (kind, HV01): [KINDS[kind](OWN)],
    }
    assert judge(no_devices, facts, MOVES).status is UNKNOWN


def test_fibre_channel_asks_for_what_no_host_tells(judge: Judge):
    finding = run(judge, {VmFibreChannel: [KINDS[VmFibreChannel](OWN)]})
    assert finding.status is UNKNOWN
    assert "virtual SAN" in finding.note


@pytest.mark.parametrize(
    ("rows", "build", "expected"),
    [
        ([WHOLE], 17763, PASS),
        ([SHARED], 17763, UNKNOWN),
        ([WHOLE, SHARED], 17763, UNKNOWN),
        ([replace(WHOLE, paths=(r"D:\web.VHDS",))], 17763, UNKNOWN),
        ([replace(UNTOLD, paths=(r"D:\web.vhds",))], 9200, UNKNOWN),
        ([UNTOLD], 9200, PASS),
        ([UNTOLD], 9600, UNKNOWN),
        ([replace(SHARED, instance_id=f"Microsoft:{OTHER}\\y")], 17763, PASS),
        ([replace(UNTOLD, sub_type="Microsoft:Hyper-V:Virtual CD/DVD Disk", paths=(r"D:\a.iso",))], 17763, PASS),
        ([], 17763, PASS),
    ],
)
def test_a_disk_of_several_machines(judge: Judge, rows, build, expected):
    assert run(judge, {VmStorage: rows}, here=build).status is expected
