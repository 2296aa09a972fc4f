from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from checks.host.host_09_disk_room import disk_room
from scanner.api import GapReason, Route, Status, Thresholds
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.facts.storage import BETWEEN, DiskFile, StorageDefaults, Volume
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState, VmStorage
from scanner.judge.judging import asks_of, judge_check
from tests.checks.common.builders import GUID, checkpoint, disk, machine
from tests.checks.delegation.domain import known
from tests.conftest import HV01, HV02, Judge, estate, evidence

HV03 = "hv03.corp.example"
GONE = GapReason.TIMEOUT
GIB = 1 << 30
WEB = r"D:\VMs\web.vhdx"
CHECKPOINT = "99999999-2222-3333-4444-555555555559"
STAYS = estate(routes=(Route(HV01, HV02, storage=False),))
SHARE = r"\\fs1.corp.example\vms\web.vhdx"


def volume(name: str, free: float | None) -> Volume:
    return Volume(name, f"\\\\?\\Volume{{{name}}}\\", 1000 * GIB, None if free is None else int(free * GIB))


def file(path: str, gib: float | None) -> DiskFile:
    return DiskFile(path, None if gib is None else int(gib * GIB))


def of(owner: str, path: str) -> VmStorage:
    return VmStorage(f"Microsoft:{owner}\\y", "Microsoft:Hyper-V:Virtual Hard Disk", (path,))


def facts(volumes=(), files=(), disks=None, folder: str | None = r"C:\Disks", machines=None):
    return known() | {
        (StorageDefaults, HV02): [StorageDefaults(r"C:\Machines", folder)],
        (Volume, HV02): list(volumes),
        (VirtualMachineSettings, HV01): [machine()] if machines is None else machines,
        (VirtualMachineState, HV01): [],
        (VmStorage, HV01): [disk(WEB)] if disks is None else disks,
        (DiskFile, HV01): files if isinstance(files, GapReason) else list(files),
        (IPAddress, HV01): [],
        (EndpointProbe, HV01): [],
    }


def run(judge: Judge, told, where=None, subject=f"{HV01}/{HV02}", **more):
    return judge(disk_room, told | more.get("facts", {}), where, subject=subject)


@pytest.mark.parametrize(
    ("free", "size", "expected"),
    [
        (44, 40, Status.PASS),
        (43.9, 40, Status.WARN),
        (40, 40, Status.WARN),
        (39.9, 40, Status.FAIL),
        (0, 40, Status.FAIL),
        (0, 0, Status.UNKNOWN),
        (44, -1, Status.UNKNOWN),
        (1001, 40, Status.UNKNOWN),
        (1000, 40, Status.PASS),
        (-1, 40, Status.UNKNOWN),
    ],
)
def test_room(judge: Judge, free, size, expected):
    finding = run(judge, facts([volume("C:\\", free), volume("D:\\", 5000)], [file(WEB, size)]))
    assert finding.status is expected
    assert bool(finding.works) is (expected is Status.WARN)
    if (free, size) == (44, 40):
        assert finding.seen == "44 GiB free on C:\\; 1 file of 40 GiB"
    if expected is Status.FAIL:
        assert finding.remedy.startswith("Free ")


def test_of_two_sizes_of_one_file_the_larger_counts(judge: Judge):
    assert (
        run(judge, facts([volume("C:\\", 1)], [file(WEB, 1)], disks=[disk(SHARE)]), STAYS).status
        is Status.NOT_APPLICABLE
    )
    for sizes in ((40, 1), (1, 40)):
        told = facts([volume("C:\\", 30)], [file(WEB, sizes[0]), file(WEB.upper(), sizes[1])])
        assert run(judge, told).status is Status.FAIL


def test_the_reserve_is_the_users(judge: Judge):
    told = facts([volume("C:\\", 60)], [file(WEB, 40)])
    assert run(judge, told, estate(thresholds=Thresholds(disk_reserve_percent=50))).status is Status.PASS
    assert run(judge, told, estate(thresholds=Thresholds(disk_reserve_percent=51))).status is Status.WARN


@pytest.mark.parametrize(
    ("folder", "volumes", "expected"),
    [
        pytest.param(r"C:\Disks", [("C:\\", 100), ("C:\\Disks\\", 1)], Status.FAIL, id="a mount point of its own"),
        pytest.param(r"C:\Disks\a", [("C:\\", 1), ("c:\\DISKS\\", 100)], Status.PASS, id="below it, in another case"),
        pytest.param(r"C:\Disks2", [("C:\\", 100), ("C:\\Disks\\", 1)], Status.PASS, id="a name that begins like it"),
        pytest.param("E:\\", [("C:\\", 1), ("E:\\", 100)], Status.PASS, id="a drive's root"),
        pytest.param("E:", [("C:\\", 1), ("E:\\", 100)], Status.PASS, id="a drive"),
        pytest.param("C:/Disks/", [("C:\\", 100)], Status.PASS, id="slashes"),
        pytest.param(r"\\?\C:\Disks", [("C:\\", 100)], Status.PASS, id="a long path"),
        pytest.param(r"F:\Disks", [("C:\\", 100)], Status.UNKNOWN, id="no such volume"),
        pytest.param(r"C:\Disks", [("C:\\", None)], Status.UNKNOWN, id="a volume that tells no room"),
        pytest.param(r"C:\Disks", [("C:\\", 100), ("C:\\Disks\\", None)], Status.UNKNOWN, id="nor its mount point"),
        pytest.param(
            r"C:\ClusterStorage\Volume1", [("C:\\", 100)], Status.UNKNOWN, id="a shared volume that is not listed"
        ),
        pytest.param(
            r"C:\ClusterStorage\Volume1\x", [("C:\\", 1), ("C:\\ClusterStorage\\Volume1\\", 100)], Status.PASS,
            id="a shared volume that is",
        ),
        pytest.param(r"\\fs1\vms", [("C:\\", 1)], Status.NOT_APPLICABLE, id="a share"),
        pytest.param(r"\\?\UNC\fs1\vms", [("C:\\", 1)], Status.NOT_APPLICABLE, id="a share by its long path"),
        pytest.param("", [("C:\\", 100)], Status.UNKNOWN, id="no folder"),
        pytest.param(None, [("C:\\", 100)], Status.UNKNOWN, id="null"),
    ],
)  # fmt: skip
def test_where_disks_go(judge: Judge, folder, volumes, expected):
    told = facts([volume(*v) for v in volumes], [file(WEB, 40)], folder=folder)
    assert run(judge, told).status is expected


BASE, LEAF = r"D:\VMs\web.vhdx", r"D:\VMs\web_1.avhdx"
CHAIN = [of(CHECKPOINT, BASE), disk(LEAF)]


@pytest.mark.parametrize(
    ("disks", "machines", "files", "expected"),
    [
        pytest.param(CHAIN, [machine(), checkpoint()], [file(BASE, 30), file(LEAF, 10)], Status.PASS, id="a chain"),
        pytest.param(CHAIN, [machine(), checkpoint()], [file(BASE, 39), file(LEAF, 10)], Status.FAIL, id="a full one"),
        pytest.param([disk(LEAF)], [machine()], [file(LEAF, 1)], Status.UNKNOWN, id="alone"),
        pytest.param(
            [disk(LEAF), of(GUID.format(2), WEB)], [machine(), machine(2)], [file(LEAF, 1), file(WEB, 1)],
            Status.UNKNOWN, id="alone, beside another machine that is whole",
        ),
        pytest.param([disk(rf"\\?\{WEB}")], None, [file(WEB, 40)], Status.PASS, id="a long path"),
        pytest.param([disk(LEAF)], [machine()], [file(LEAF, 90)], Status.FAIL, id="and too large by itself"),
        pytest.param([disk(WEB), disk(WEB.upper())], None, [file(WEB, 40)], Status.PASS, id="one file by two names"),
        pytest.param([disk(WEB), disk(r"E:\b.vhd")], None, [file(WEB, 4)], Status.UNKNOWN, id="one file is not told"),
        pytest.param([disk(WEB), disk(r"E:\b.vhd")], None, [file(WEB, 90)], Status.FAIL, id="and one is too large"),
        pytest.param([disk(WEB)], None, [], Status.UNKNOWN, id="the file is not there"),
        pytest.param([disk(WEB)], None, [file(WEB, None)], Status.UNKNOWN, id="a folder"),
        pytest.param([disk(WEB)], None, GONE, Status.UNKNOWN, id="unread"),
        pytest.param([disk(r"D:\x\..\web.vhdx")], None, [], Status.UNKNOWN, id="a path that nobody asks for"),
        pytest.param([of(GUID.format(2), r"D:\b.vhdx")], None, [], Status.NOT_APPLICABLE, id="of no machine"),
        pytest.param([disk("")], None, [], Status.NOT_APPLICABLE, id="an empty drive"),
        pytest.param(
            [disk(r"D:\x.iso", "Microsoft:Hyper-V:Virtual CD/DVD Disk")], None, [], Status.NOT_APPLICABLE, id="an image"
        ),
        pytest.param([], None, [], Status.NOT_APPLICABLE, id="no disk"),
        pytest.param([], [], [], Status.NOT_APPLICABLE, id="no machine"),
        pytest.param([disk(SHARE)], None, [], Status.UNKNOWN, id="a disk on a share moves, too"),
        pytest.param([disk(SHARE), disk(WEB)], None, [file(WEB, 90)], Status.FAIL, id="and a local one is too large"),
    ],
)  # fmt: skip
def test_files(judge: Judge, disks, machines, files, expected):
    told = facts([volume("C:\\", 48)], files, disks=disks, machines=machines)
    assert run(judge, told).status is expected


@pytest.mark.parametrize(
    ("disks", "files", "expected"),
    [
        pytest.param([disk(SHARE)], [], Status.NOT_APPLICABLE, id="nothing local"),
        pytest.param([disk(SHARE)], GONE, Status.NOT_APPLICABLE, id="nothing local, so nothing that was not read"),
        pytest.param([disk(WEB)], [file(WEB, 40)], Status.PASS, id="a local disk must move"),
        pytest.param([disk(WEB), disk(SHARE)], [file(WEB, 40)], Status.PASS, id="the other one stays"),
        pytest.param([disk(WEB)], [file(WEB, 90)], Status.FAIL, id="a local disk does not fit"),
        pytest.param([disk(r"\\hv01\vms\a.vhdx")], [], Status.UNKNOWN, id="a share of the source itself must move"),
    ],
)
def test_a_plan_that_leaves_storage(judge: Judge, disks, files, expected):
    assert run(judge, facts([volume("C:\\", 48)], files, disks=disks), STAYS).status is expected


def test_a_machine_that_is_left_out_takes_no_room(judge: Judge):
    second = machine(2, name="other")
    told = facts(
        [volume("C:\\", 48)], [file(WEB, 40), file(r"D:\b.vhdx", 40)],
        disks=[disk(WEB), of(GUID.format(2), r"D:\b.vhdx")], machines=[machine(), second],
    )  # fmt: skip
    assert run(judge, told).status is Status.FAIL
    assert run(judge, told, estate(vms_except=("other",))).status is Status.PASS


def test_disks_alone(judge: Judge):
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    assert run(judge, facts([volume("C:\\", 1)], [file(WEB, 40)]), where).status is Status.FAIL


TWO = estate(hosts=(HV01, HV02, HV03), routes=(Route(HV01, HV02), Route(HV03, HV02, machines=False)))


@pytest.mark.parametrize(
    ("free", "there", "expected"),
    [(80, 40, Status.PASS), (79, 40, Status.WARN), (44, 1e-9, Status.PASS), (44, None, Status.PASS)],
)
def test_other_sources(judge: Judge, free, there, expected):
    told = facts([volume("C:\\", free)], [file(WEB, 40)])
    for fact in (VirtualMachineSettings, VirtualMachineState, VmStorage):
        told[fact, HV03] = told[fact, HV01]
    told[DiskFile, HV03] = GONE if there is None else [file(WEB, there)]
    finding = run(judge, told, TWO)
    assert finding.status is expected
    assert ("could not be told" in finding.note) is (there is None)


@pytest.mark.parametrize(
    ("changes", "untold"),
    [
        pytest.param({}, False, id="all told"),
        pytest.param({VirtualMachineSettings: GONE}, True, id="its machines unread"),
        pytest.param({VirtualMachineState: GONE}, False, id="their states unread"),
        pytest.param(
            {VirtualMachineState: [VirtualMachineState(GUID.format(8), "x", 2, 5, (2,), 0, 0, 0)]}, True,
            id="a state of a machine that is not listed",
        ),
        pytest.param({VmStorage: [disk(SHARE)], DiskFile: GONE}, False, id="nothing on its own drives"),
    ],
)  # fmt: skip
def test_what_another_source_does_not_tell(judge: Judge, changes, untold):
    told = facts([volume("C:\\", 500)], [file(WEB, 40)])
    for fact in (VirtualMachineSettings, VirtualMachineState, VmStorage, DiskFile):
        told[fact, HV03] = changes.get(fact, told[fact, HV01])
    finding = run(judge, told, TWO)
    assert finding.status is Status.PASS
    assert ("could not be told" in finding.note) is untold


@pytest.mark.parametrize(
    "less",
    [
        {(StorageDefaults, HV02): GONE},
        {(Volume, HV02): GONE},
        {(Volume, HV02): []},
        {(VmStorage, HV01): GONE},
        {(VirtualMachineSettings, HV01): GONE},
        {(VirtualMachineState, HV01): [VirtualMachineState(GUID.format(8), "x", 2, 5, (2,), 0, 0, 0)]},
    ],
)
def test_unread(judge: Judge, less):
    assert run(judge, facts([volume("C:\\", 48)], [file(WEB, 40)]), facts=less).status is Status.UNKNOWN


def test_what_is_asked():
    disks = [disk(WEB), disk(SHARE), disk(r"D:\a\..\b.vhdx"), disk(r"D:\x'; Remove-Item C.vhdx")]
    told = facts([volume("C:\\", 48)], disks=disks)
    asks = list(asks_of([disk_room], evidence(told)))
    assert {ask.target for ask in asks} == {HV01}
    assert [ask.argument for ask in asks] == [BETWEEN.join((WEB, r"D:\x'; Remove-Item C.vhdx"))]
    assert not list(asks_of([disk_room], evidence(facts(disks=[disk(SHARE)]), STAYS)))


def test_many_files_are_asked_for_in_few_questions():
    disks = [of(GUID.format(1), rf"D:\{number:04}.vhdx") for number in range(1000)]
    asks = list(asks_of([disk_room], evidence(facts(disks=disks))))
    assert len(asks) == 5
    queries = DiskFile.queries([ask.argument for ask in asks])
    assert sum(len(query.commands[0].parameters["LiteralPath"]) for query in queries) == 1000  # type: ignore[arg-type]
    assert all(len(query.commands[0].parameters["LiteralPath"]) <= 256 for query in islice(queries, 9))  # type: ignore[arg-type]


def test_an_endpoint_that_lets_no_file_be_listed(judge: Judge):
    told = facts([volume("C:\\", 48)])
    record = evidence({key: rows for key, rows in told.items() if key != (DiskFile, HV01)})
    detail = "Get-Item not let through: its account needs the role capability HvPreflightFiles, too"
    record.miss(DiskFile, HV01, GapReason.NOT_COLLECTED, detail)
    (finding,) = judge_check(disk_room, record)
    assert finding.status is Status.UNKNOWN
    assert "HvPreflightFiles" in finding.note
    unread = run(judge, facts([volume("C:\\", 48)], GONE))
    assert "HvPreflightFiles" not in unread.note


def test_a_volume_is_believed_without_its_capacity_and_beside_one_without_a_name(judge: Judge):
    untold = replace(volume("C:\\", 44), capacity=None)
    nameless = replace(volume("", 1), name=None)
    assert run(judge, facts([untold, nameless], [file(WEB, 40)])).status is Status.PASS


@pytest.mark.parametrize("folder", ["", None, "\\\\?\\"])
def test_where_disks_go_that_is_not_told(judge: Judge, folder):
    assert run(judge, facts([volume("C:\\", 44)], [file(WEB, 40)], folder=folder)).status is Status.UNKNOWN


@pytest.mark.parametrize("path", ["D:/VMs/web.vhdx", r"\\?\D:\VMs\web.vhdx", "D:\\VMS\\WEB.VHDX"])
def test_a_path_in_another_spelling_is_the_same_file(judge: Judge, path):
    told = facts([volume("C:\\", 44)], [file(WEB, 40)], [disk(path)])
    assert run(judge, told).status is Status.PASS


@pytest.mark.parametrize("end", ["avhd", "avhdx"])
def test_differences_alone_are_not_all_of_a_machine(judge: Judge, end):
    path = rf"D:\VMs\web_1.{end}"
    finding = run(judge, facts([volume("C:\\", 44)], [file(path, 1)], [disk(path)]))
    assert finding.status is Status.UNKNOWN
    assert "without the disks" in finding.note


def test_a_volume_of_a_short_name_below_that_of_the_cluster_is_one(judge: Judge):
    rows = [volume("C:\\", 1), volume("C:\\ClusterStorage\\V1\\", 44)]
    told = facts(rows, [file(WEB, 40)], folder=r"C:\ClusterStorage\V1\Disks")
    assert run(judge, told).status is Status.PASS
    assert run(judge, facts(rows[:1], [file(WEB, 40)], folder=r"C:\ClusterStorage\V1\Disks")).status is Status.UNKNOWN
