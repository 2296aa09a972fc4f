from __future__ import annotations

from dataclasses import replace

import pytest

from checks.common.brokers import NAMED_BY
from checks.replica.rep_12_eligible import eligible as check
from scanner.api import Profile, Route, Status
from scanner.facts.devices import VmPhysicalDrive
from scanner.facts.host import ClusterInfo, ComputerSystem, DnsSuffix, OperatingSystem, Service
from scanner.facts.replication import ReplicationRelationship, ReplicationSettings
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState, VmStorage
from tests.checks.common.builders import GONE, GUID, machine
from tests.checks.common.certified import BROKER_NAME, node
from tests.conftest import CORP, HV01, HV02, NOW, Judge, estate

HV03 = "hv03.corp.example"

OWN = GUID.format(1).upper()
REPLICA, ASR = Profile.REPLICA, Profile.ASR_VMM
KIND = "Microsoft:Hyper-V:Virtual Hard Disk"


def disk(path: str = "D:\\a.vhdx", number: int = 0, *, shared: bool | None = False, owner: str = OWN) -> VmStorage:
    return VmStorage(f"Microsoft:{owner}\\83F8638B\\0\\{number}\\L", KIND, (path,), shared)


DEFAULT = (disk(),)
IMAGE = VmStorage(f"Microsoft:{OWN}\\83F8638B\\1\\0\\L", "Microsoft:Hyper-V:Virtual CD/DVD Disk", ("D:\\a.iso",), None)


def drive(kind: str = "Disk", *resources: str) -> VmPhysicalDrive:
    return VmPhysicalDrive(f"Microsoft:{OWN}\\x\\D", f"Microsoft:Hyper-V:Physical {kind} Drive", resources)


def run(judge: Judge, disks=DEFAULT, drives=(), mode=0, profile=REPLICA, build=17763, **said):
    facts = {
        (VirtualMachineSettings, HV01): [machine()],
        (VirtualMachineState, HV01): said.get(
            "states", [VirtualMachineState(OWN, "a", 2, 5, (2,), 3 if mode else 0, 1 if mode else 0, mode)]
        ),
        (ReplicationRelationship, HV01): [
            ReplicationRelationship(f"Microsoft:{OWN}\\HVR\\0", 3 if mode else 0, 1 if mode else 0)
        ],
        (VmStorage, HV01): disks,
        (VmPhysicalDrive, HV01): drives,
        (OperatingSystem, HV01): [OperatingSystem(NOW, build, "10.0", 3, None, 8)],
        (ReplicationSettings, HV01): said.get("goals", [goal(HV02)]),
    }
    for host in (HV01, HV02, HV03):
        short = host.partition(".")[0]
        facts[ComputerSystem, host] = [ComputerSystem(short.upper(), short, CORP, True, 3)]
        facts |= {(Service, host): [], (ClusterInfo, host): [], (DnsSuffix, host): [DnsSuffix(CORP, CORP)]}
    facts |= said.get("more", {})
    where = estate(profiles=frozenset({profile}), hosts=(HV01, HV02, HV03), **said.get("where", {}))
    return judge(check, facts, where, subject=f"{HV01}/{OWN.lower()}")


def goal(name: str | None) -> ReplicationSettings:
    return ReplicationSettings(f"Microsoft:{OWN}\\HVR\\0", HV01, name)


@pytest.mark.parametrize("profile", [REPLICA, ASR])
@pytest.mark.parametrize(
    ("disks", "drives", "expected"),
    [
        pytest.param([disk()], [], Status.PASS, id="a file"),
        pytest.param([], [], Status.UNKNOWN, id="no disk"),
        pytest.param([disk(owner=GUID.format(2))], [], Status.UNKNOWN, id="none of its own"),
        pytest.param([], [drive("DVD", "x")], Status.UNKNOWN, id="a drive for discs alone"),
        pytest.param([], [drive("Disk", "x")], Status.FAIL, id="a physical disk alone"),
        pytest.param([disk("")], [], Status.UNKNOWN, id="one without a file"),
        pytest.param([disk(), disk("", 1)], [], Status.UNKNOWN, id="one of two without a file"),
        pytest.param([disk("", shared=True)], [], Status.FAIL, id="shared, without a file"),
        pytest.param([IMAGE], [], Status.UNKNOWN, id="an image alone"),
        pytest.param([disk(), IMAGE], [], Status.PASS, id="a file and an image"),
        pytest.param([disk()], [drive("DVD", "x")], Status.PASS, id="a drive for discs"),
        pytest.param([disk()], [drive("Disk", "x")], Status.FAIL, id="a physical disk"),
        pytest.param([disk()], [drive("Disk")], Status.UNKNOWN, id="one that names none"),
        pytest.param([disk(shared=True)], [], Status.FAIL, id="shared"),
        pytest.param([disk(shared=None)], [], Status.UNKNOWN, id="untold"),
        pytest.param([disk(), disk(shared=True, owner=GUID.format(2))], [], Status.PASS, id="another machine's"),
        pytest.param(GONE, [], Status.UNKNOWN, id="disks unread"),
        pytest.param([disk()], GONE, Status.UNKNOWN, id="drives unread"),
    ],
)
def test_disks(judge: Judge, profile, disks, drives, expected):
    assert run(judge, disks, drives, profile=profile).status is expected


def test_on_2012_no_disk_is_shared(judge: Judge):
    assert run(judge, [disk(shared=None)], build=9200).status is Status.PASS


def test_a_set_of_disks(judge: Judge):
    sets = [disk("D:\\a.VHDS", shared=None)]
    assert run(judge, sets).status is Status.UNKNOWN
    assert run(judge, sets, profile=ASR).status is Status.FAIL


@pytest.mark.parametrize(("count", "expected"), [(16, Status.PASS), (17, Status.FAIL)])
def test_how_many(judge: Judge, count, expected):
    disks = [disk(f"D:\\{number}.vhdx", number) for number in range(count)]
    assert run(judge, disks, profile=ASR).status is expected
    assert run(judge, disks).status is Status.PASS


def test_what_is_replicated_already_can_be(judge: Judge):
    assert run(judge, [disk(shared=True)], [drive("Disk", "x")], mode=1).status is Status.PASS
    assert run(judge, mode=2).status is Status.NOT_APPLICABLE
    assert run(judge, states=GONE).status is Status.UNKNOWN
    assert replace(disk(), paths=()).path == ""


@pytest.mark.parametrize(
    ("name", "profile", "expected"),
    [
        pytest.param("HV02.Corp.Example.", REPLICA, Status.PASS, id="as planned"),
        pytest.param(HV03, REPLICA, Status.FAIL, id="to another host"),
        pytest.param("hv09.corp.example", REPLICA, Status.UNKNOWN, id="to nobody known"),
        pytest.param(None, REPLICA, Status.UNKNOWN, id="untold"),
        pytest.param(HV03, ASR, Status.PASS, id="to a host that VMM chose"),
    ],
)
def test_a_machine_has_one_replica(judge: Judge, name, profile, expected):
    assert run(judge, mode=1, goals=[goal(name)], profile=profile).status is expected


def test_a_planned_cluster_is_known_by_its_broker(judge: Judge):
    more = {key: rows for key, rows in node(HV02).items() if key[0] in (*NAMED_BY,)}
    assert run(judge, mode=1, goals=[goal(BROKER_NAME)], more=more).status is Status.PASS
    assert run(judge, mode=1, goals=[goal(BROKER_NAME)]).status is Status.UNKNOWN


def to(*ways: Route):
    return {"routes": ways}


@pytest.mark.parametrize(
    ("ways", "name", "expected"),
    [
        pytest.param((Route(HV01, HV02), Route(HV01, HV03)), HV03, Status.PASS, id="one of two"),
        pytest.param((Route(HV01, HV02), Route(HV01, HV03)), BROKER_NAME, Status.PASS, id="the broker of one of two"),
        pytest.param((Route(HV01, HV02), Route(HV01, HV03, machines=False)), HV03, Status.FAIL, id="of disks alone"),
        pytest.param((Route(HV01, HV02), Route(HV02, HV03)), HV03, Status.FAIL, id="another's way"),
    ],
)
def test_where_a_plan_leads(judge: Judge, ways, name, expected):
    more = {key: rows for key, rows in node(HV02).items() if key[0] in (*NAMED_BY,)}
    finding = run(judge, mode=1, goals=[goal(name)], where=to(*ways), more=more if name == BROKER_NAME else {})
    assert finding.status is expected
    assert ("Plan the route" in finding.remedy) is (expected is Status.FAIL)


def test_a_broker_that_is_told_of_a_host_that_is_no_node_is_none(judge: Judge):
    left = {key: rows for key, rows in node(HV02).items() if key[0] in (*NAMED_BY,)}
    left |= {(Service, HV02): [], (ClusterInfo, HV02): []}
    assert run(judge, mode=1, goals=[goal(BROKER_NAME)], more=left).status is Status.UNKNOWN
