from __future__ import annotations

from dataclasses import replace

import pytest

from checks.vm.vm_09_storage_class import storage_class
from scanner.api import Route, Status
from scanner.facts.host import ComputerSystem, DnsSuffix, OperatingSystem
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.facts.vm import VirtualMachineSettings, VmStorage
from tests.checks.common.builders import GONE, GUID, address, checkpoint, disk, machine
from tests.checks.delegation.domain import windows
from tests.conftest import HV01, HV02, Judge, estate

STAYS = estate(routes=(Route(HV01, HV02, storage=False),))
LOCAL, SHARE = r"D:\VMs\web-01", r"\\fs01.corp.example\vms\web-01"
CSV = r"C:\ClusterStorage\Volume1\web-01"


def settings(*roots: str | None, row: VirtualMachineSettings | None = None) -> VirtualMachineSettings:
    configuration, snapshot, swap = roots if len(roots) == 3 else roots * 3
    base = row or machine()
    return replace(base, configuration_root=configuration, snapshot_root=snapshot, swap_root=swap)


def run(judge: Judge, rows, disks, where=None, more=None):
    facts = {
        (VirtualMachineSettings, HV01): rows,
        (VmStorage, HV01): disks,
        (ComputerSystem, HV01): [ComputerSystem("HV01", "hv01", "corp.example", True, 3)],
        (DnsSuffix, HV01): [DnsSuffix("corp.example", None)],
        (IPAddress, HV01): [address("10.20.0.9/24")],
        (EndpointProbe, HV01): [],
    }
    return judge(storage_class, facts | (more or {}), where)


@pytest.mark.parametrize(
    ("root", "file", "moving", "staying"),
    [
        pytest.param(LOCAL, LOCAL + r"\a.vhdx", Status.PASS, Status.WARN, id="local"),
        pytest.param(SHARE, SHARE + r"\a.vhdx", Status.PASS, Status.PASS, id="on a file server"),
        pytest.param(LOCAL, SHARE + r"\a.vhdx", Status.PASS, Status.UNKNOWN, id="the configuration local"),
        pytest.param(SHARE, LOCAL + r"\a.vhdx", Status.PASS, Status.WARN, id="the disk local"),
        pytest.param(CSV, CSV + r"\a.vhdx", Status.PASS, Status.WARN, id="shared by nodes"),
        pytest.param(CSV.upper(), CSV.lower(), Status.PASS, Status.WARN, id="shared by nodes, in any case"),
        pytest.param(r"\\?\D:\VMs", r"\\?\D:\VMs\a.vhdx", Status.PASS, Status.WARN, id="local, a long path"),
        pytest.param(r"\\?\Volume{1}\VMs", r"\\.\x.vhdx", Status.PASS, Status.WARN, id="local, by its volume"),
        pytest.param(
            r"\\?\UNC\fs01\v", r"\\?\unc\fs01\v\a.vhdx", Status.PASS, Status.PASS, id="a long path to a share"
        ),
        pytest.param("//fs01/v", "//fs01/v/a.vhdx", Status.PASS, Status.PASS, id="slashes"),
        pytest.param(SHARE, r"\\hv01\v\a.vhdx", Status.PASS, Status.WARN, id="a share of its own"),
        pytest.param(SHARE, r"\\HV01.corp.example\v\a.vhdx", Status.PASS, Status.WARN, id="of its own, by its name"),
        pytest.param(SHARE, r"\\10.20.0.9\v\a.vhdx", Status.PASS, Status.WARN, id="of its own, by its address"),
        pytest.param(SHARE, r"\\10.20.0.8\v\a.vhdx", Status.PASS, Status.PASS, id="of another, by its address"),
    ],
)
def test_classes(judge: Judge, root, file, moving, staying):
    rows, disks = [settings(root)], [disk(file)]
    assert run(judge, rows, disks).status is moving
    assert run(judge, rows, disks, STAYS).status is staying


def test_a_mixture_is_told(judge: Judge):
    finding = run(judge, [settings(LOCAL, SHARE, CSV)], [disk(SHARE + r"\a.vhdx")])
    older = run(judge, [settings(LOCAL)], [disk(r"C:\ClusterStorageOld\a.vhdx")])
    assert older.seen == "on volumes of the host"
    for path in (r"C:\ClusterStorage", "C:/ClusterStorage/Volume1/a.vhdx", r"\\?\C:\ClusterStorage\Volume1\a.vhdx"):
        own = run(judge, [settings(path)], [disk(path)])
        assert own.seen == "on volumes that nodes of a cluster share"
    assert (
        finding.seen == "on fs01.corp.example and on volumes of the host and on volumes that nodes of a cluster share"
    )
    assert "CLU-01" in finding.note


@pytest.mark.parametrize(
    ("rows", "disks", "words"),
    [
        ([settings(None, SHARE, SHARE)], [disk(SHARE)], "the configuration"),
        ([settings(SHARE, "", SHARE)], [disk(SHARE)], "the checkpoints"),
        ([settings(SHARE, SHARE, None)], [disk(SHARE)], "smart paging"),
        ([settings(SHARE)], [disk("")], "a virtual disk"),
    ],
)
def test_an_empty_path_is_unknown(judge: Judge, rows, disks, words):
    for where in (None, STAYS):
        finding = run(judge, rows, disks, where)
        assert finding.status is Status.UNKNOWN
        assert words in finding.note


def test_a_local_disk_warns_whatever_is_empty(judge: Judge):
    assert run(judge, [settings(None)], [disk(LOCAL)], STAYS).status is Status.WARN
    assert run(judge, [settings(None)], [disk(LOCAL), disk("")], STAYS).status is Status.UNKNOWN
    assert run(judge, [settings(SHARE, LOCAL, SHARE)], [], STAYS).status is Status.UNKNOWN


def test_an_image_in_a_drive_is_no_disk(judge: Judge):
    dvd = disk(r"D:\a.iso", "Microsoft:Hyper-V:Virtual CD/DVD Disk")
    assert run(judge, [settings(SHARE)], [dvd, disk(SHARE)], STAYS).status is Status.PASS


@pytest.mark.parametrize(("number", "expected"), [(1, Status.WARN), (2, Status.PASS)])
def test_disks_of_checkpoints_count_and_those_of_others_do_not(judge: Judge, number, expected):
    part = settings(SHARE, row=checkpoint(number))
    own = replace(disk(LOCAL), instance_id=f"{part.instance_id}\\y")
    rows = [settings(SHARE), part, *([] if number == 1 else [settings(SHARE, row=machine(2))])]
    facts = {(VirtualMachineSettings, HV01): rows, (VmStorage, HV01): [disk(SHARE), own]}
    assert judge(storage_class, facts, STAYS, subject=f"{HV01}/{GUID.format(1)}").status is expected


def test_folders_of_checkpoints_count(judge: Judge):
    inside = settings(LOCAL, row=checkpoint(1))
    assert run(judge, [settings(SHARE), inside], [disk(SHARE)], STAYS).status is Status.UNKNOWN


def test_a_checkpoint_stands_beside_its_machine_and_not_for_it(judge: Judge):
    rows = [settings(LOCAL), settings(SHARE, row=checkpoint(1))]
    assert run(judge, rows, [disk(SHARE)], STAYS).status is Status.UNKNOWN
    assert run(judge, [settings(SHARE), settings(SHARE, row=checkpoint(1))], [disk(LOCAL)], STAYS).status is Status.WARN


def test_what_is_of_no_listed_machine_does_not_count(judge: Judge):
    planned = replace(machine(3), system_type="Microsoft:Hyper-V:System:Planned")
    for other in (planned, checkpoint(2)):
        facts = {(VirtualMachineSettings, HV01): [settings(SHARE), settings(LOCAL, row=other)]}
        facts[VmStorage, HV01] = [disk(SHARE)]
        assert judge(storage_class, facts, STAYS, subject=f"{HV01}/{GUID.format(1)}").status is Status.PASS


def test_routes_that_leave_storage_alone_decide(judge: Judge):
    rows, disks = [settings(LOCAL)], [replace(disk(LOCAL), shared=False)]
    for routes in (
        (Route(HV01, HV02),),
        (Route(HV01, HV02, storage=True), Route(HV02, HV01, storage=False)),
        (Route(HV01, HV02, storage=False, machines=False),),
    ):
        subject = f"{HV01}/{GUID.format(1)}"
        facts = {(VirtualMachineSettings, HV01): rows, (VmStorage, HV01): disks, (VirtualMachineSettings, HV02): []}
        assert judge(storage_class, facts, estate(routes=routes), subject=subject).status is Status.PASS


def test_a_share_of_which_nobody_can_tell(judge: Judge):
    more = {(IPAddress, HV01): GONE}
    disks = [disk(r"\\10.20.0.9\v\a.vhdx")]
    assert run(judge, [settings(SHARE)], disks, STAYS, more).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [VirtualMachineSettings, VmStorage])
def test_unread(judge: Judge, fact):
    rows, disks = [settings(LOCAL)], [disk(LOCAL)]
    assert run(judge, rows, disks, None, {(fact, HV01): GONE}).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("file", "shared", "expected"),
    [
        (LOCAL + ".vhdx", False, Status.PASS),
        (LOCAL + ".vhdx", True, Status.UNKNOWN),
        (LOCAL + ".vhdx", None, Status.UNKNOWN),
        (LOCAL + ".vhds", None, Status.UNKNOWN),
    ],
)
def test_a_disk_that_machines_share_where_disks_move_alone(judge: Judge, file, shared, expected):
    disks = [replace(disk(file), shared=shared)]
    release = {(OperatingSystem, HV01): [windows(20348)]}
    alone = estate(routes=(Route(HV01, HV02, machines=False),))
    assert run(judge, [settings(LOCAL)], disks, alone, release).status is expected
    assert run(judge, [settings(LOCAL)], disks, STAYS, release).status is Status.WARN
    of_2012 = {(OperatingSystem, HV01): [windows(9200)]}
    if shared is None and file.endswith("x"):
        assert run(judge, [settings(LOCAL)], disks, alone, of_2012).status is Status.PASS
