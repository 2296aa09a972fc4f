from __future__ import annotations

import pytest

from checks.replica.rep_07_storage import storage as check
from scanner.api import CloudPair, Profile, Route, Status
from scanner.facts.cluster_resources import BROKER as BROKER_TYPE
from scanner.facts.cluster_resources import NETWORK_NAME, ClusterNode, ClusterParameters, ClusterResource
from scanner.facts.delegation import NamedAccount
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import ClusterInfo, ComputerSystem, OperatingSystem, Service
from scanner.facts.replica_storage import BrokerStorage, ReplicaStorage, ReplicationKept, ShareVolume
from scanner.facts.share import FolderAccess, PowerUser, PrivilegedGroup, ShareAdministrator, SmbShare
from scanner.facts.storage import DiskFile, StorageDefaults, Volume
from scanner.facts.vm import VirtualMachineSettings, VirtualMachineState, VmStorage
from scanner.judge.judging import asks_of, judge_check
from scanner.words.clouds import NOT_TOLD
from tests.checks.common import certified
from tests.checks.common.builders import GONE, GUID, machine
from tests.checks.share.paths import FS01, LOCAL, PROVIDER, WITNESS, computer, known, share, windows
from tests.conftest import CORP, HV01, HV02, Judge, estate, evidence

HV03, HV04 = "hv03.corp.example", "hv04.corp.example"

GIB = 1 << 30
OWN = GUID.format(1).upper()
DISK = "D:\\VMs\\a.vhdx"
REPLICA, ASR = Profile.REPLICA, Profile.ASR_VMM
KIND = "Microsoft:Hyper-V:Virtual Hard Disk"
HV02_SID = "S-1-5-21-1-2-3-1902"
UNC = rf"\\{FS01}\replicas"
NODE = {
    (Service, HV02): [Service("ClusSvc", "Running", "Auto", 4, None)],
    (ClusterInfo, HV02): [ClusterInfo("CL", "cl.corp.example", 10)],
}


def plan(profile: Profile = REPLICA, **words):
    return estate(**({"profiles": frozenset({profile}), "file_servers": (FS01,)} | words))


def volume(free: float | None, name: str = "D:\\") -> Volume:
    return Volume(name, f"\\\\?\\Volume{{{name[0]}}}\\", 4000 * GIB, None if free is None else int(free * GIB))


def seen(location: str | None = "D:\\Replica", size: float = 100, free: float = 500, primary: str = HV01, **said):
    """HV01 with one machine of one disk, which HV02 shall keep the replica of."""
    state = VirtualMachineState(OWN, "a", 2, 5, (2,), said.get("state", 0), 1, said.get("mode", 0))
    facts = known() | {
        (VirtualMachineSettings, HV01): [machine()],
        (VirtualMachineState, HV01): [state],
        (VmStorage, HV01): [VmStorage(f"Microsoft:{OWN}\\x\\0\\0\\L", KIND, (said.get("disk", DISK),), False)],
        (DiskFile, HV01): [DiskFile(DISK, int(size * GIB))],
        (ReplicationKept, HV01): said.get("kept", []),
        (ReplicaStorage, HV02): [ReplicaStorage(primary, location)],
        (BrokerStorage, HV02): [BrokerStorage(primary, said.get("broker", location))],
        (StorageDefaults, HV02): [StorageDefaults("C:\\Hyper-V", said.get("default", "D:\\Disks"))],
        (Service, HV01): [],
        (ClusterInfo, HV01): [],
        (Service, HV02): [],
        (ClusterInfo, HV02): [],
        (Volume, HV02): [volume(100, "C:\\"), volume(free)],
        (FolderAccess, HV02): [
            FolderAccess(PROVIDER + path, "D:") for path in said.get("there", ["d:\\replica", "D:\\Disks"])
        ],
    }
    return facts | said.get("more", {})


def run(judge: Judge, where=None, **said):
    return judge(check, seen(**said), where or plan(), subject=HV02)


@pytest.mark.parametrize(
    ("free", "expected"),
    [(110, Status.PASS), (109.9, Status.WARN), (100, Status.WARN), (99.9, Status.FAIL), (None, Status.UNKNOWN)],
)
def test_room(judge: Judge, free, expected):
    more = {(Volume, HV02): [volume(100, "C:\\"), volume(free)]}
    assert run(judge, more=more).status is expected


def test_recovery_points_are_reckoned_and_it_is_said(judge: Judge):
    kept = [ReplicationKept(f"Microsoft:{GUID.format(2)}\\HVR\\0", 4, 2, None)]
    assert run(judge, kept=kept, free=170).status is Status.PASS
    finding = run(judge, kept=kept, free=169.9)
    assert finding.status is Status.WARN
    assert "an estimate" in finding.wanted
    assert "6 recovery points" in finding.wanted
    extended = [ReplicationKept(f"Microsoft:{GUID.format(2)}\\HVR\\1", 24, 0, None)]
    assert run(judge, kept=extended, free=110).status is Status.PASS
    assert "nobody tells how many" in run(judge).note
    less = ReplicationKept(f"Microsoft:{GUID.format(3)}\\HVR\\0", None, None, None)
    for rows in ([*kept, less], [less, *kept]):
        assert run(judge, kept=rows, free=169.9).status is Status.WARN, "the most that one of them keeps"
    assert "1 recovery point" in run(judge, kept=[ReplicationKept(kept[0].instance_id, 1, 0, None)], free=119).wanted
    assert run(judge, kept=[less], free=110).status is Status.PASS
    hourly = [ReplicationKept(kept[0].instance_id, 4, 1, None)]
    assert (run(judge, kept=hourly, free=190).status, run(judge, kept=hourly, free=189).status) == (
        Status.PASS,
        Status.WARN,
    )


@pytest.mark.parametrize(
    ("mode", "state", "expected"),
    [(1, 3, Status.PASS), (1, 7, Status.PASS), (2, 3, Status.PASS), (2, 1, Status.PASS), (None, 3, Status.FAIL),
     (1, 1, Status.FAIL), (1, 2, Status.FAIL), (0, 0, Status.FAIL)],
)  # fmt: skip
def test_what_is_there_already_needs_no_room(judge: Judge, mode, state, expected):
    assert run(judge, mode=mode, state=state, free=50).status is expected


@pytest.mark.parametrize(
    ("primary", "expected"),
    [(HV01.upper(), Status.PASS), ("*.corp.example", Status.PASS), ("*", Status.PASS),
     ("hv09.corp.example", Status.NOT_APPLICABLE), ("*.example", Status.NOT_APPLICABLE)],
)  # fmt: skip
def test_whose_entry_it_is(judge: Judge, primary, expected):
    assert run(judge, primary=primary).status is expected


def test_the_more_exact_entry_counts(judge: Judge):
    rows = [ReplicaStorage("*", "D:\\Lost"), ReplicaStorage(HV01, "D:\\Replica")]
    assert run(judge, more={(ReplicaStorage, HV02): rows}).status is Status.PASS
    assert run(judge, more={(ReplicaStorage, HV02): rows[:1]}).status is Status.FAIL
    assert run(judge, more={(ReplicaStorage, HV02): []}).status is Status.NOT_APPLICABLE


def test_a_folder_that_is_not_there(judge: Judge):
    finding = run(judge, there=[])
    assert finding.status is Status.FAIL
    assert "New-Item -ItemType Directory -Path 'D:\\Replica'" in finding.remedy
    assert "-ComputerName 'hv02.corp.example' -DefaultStorageLocation" not in finding.remedy


@pytest.mark.parametrize("location", [None, "", "Replica", "D:"])
def test_no_place_that_can_be_looked_at(judge: Judge, location):
    assert run(judge, location=location).status is Status.UNKNOWN


def test_site_recovery_takes_the_hosts_own_folder(judge: Judge):
    where = plan(ASR)
    assert run(judge, where, location="D:\\Lost").status is Status.PASS
    assert run(judge, where, default="D:\\Nowhere").status is Status.FAIL
    assert run(judge, where, default="").status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("place", "expected"),
    [("D:\\Replica", Status.FAIL), ("C:\\ClusterStorage\\Volume1\\R", Status.PASS),
     ("c:\\clusterstorage\\volume1", Status.PASS), ("C:\\ClusterStorageX\\R", Status.FAIL)],
)  # fmt: skip
def test_a_node_keeps_replicas_where_the_others_see_them(judge: Judge, place, expected):
    volumes = [volume(500, "D:\\"), volume(500, "C:\\"), volume(500, "C:\\ClusterStorage\\Volume1\\")]
    more = {**NODE, (Volume, HV02): volumes}
    finding = run(judge, location="D:\\Replica", broker=place, there=[place], more=more)
    assert finding.status is expected
    assert "-ComputerName" not in finding.remedy or "never with -ComputerName" in finding.remedy


def test_on_a_node_the_brokers_entry_counts(judge: Judge):
    assert run(judge, more={**NODE, (BrokerStorage, HV02): GONE}).status is Status.UNKNOWN
    assert run(judge, more={(Service, HV02): GONE, (ClusterInfo, HV02): GONE}).status is Status.UNKNOWN


def on_share(
    access: str | None = f"D:(A;;FA;;;{HV02_SID})", inside: str | None = f"D:(A;OICI;FA;;;{HV02_SID})", free=500, **more
):
    facts = {
        (SmbShare, FS01): [share(access, "Replicas", "E:\\R")],
        (FolderAccess, FS01): [FolderAccess(PROVIDER + "E:\\R", inside)],
        (ShareVolume, FS01): [ShareVolume("E:\\", "e", 4000 * GIB, free * GIB)],
        (ComputerAccount, CORP): [computer("HV02", HV02_SID), computer("FS01", "S-1-5-21-1-2-3-1903")],
        (OperatingSystem, FS01): [windows(3)],
        (PrivilegedGroup, FS01): [PrivilegedGroup(f"S-1-5-32-{rid}", "A", "FS01") for rid in (544, 547)],
        (ShareAdministrator, FS01): [LOCAL, WITNESS],
        (PowerUser, FS01): [],
    }
    return facts | more


@pytest.mark.parametrize(
    ("access", "inside", "free", "expected"),
    [
        pytest.param(f"D:(A;;FA;;;{HV02_SID})", f"D:(A;OICI;FA;;;{HV02_SID})", 500, Status.PASS, id="all rights"),
        pytest.param("D:(A;;FA;;;WD)", f"D:(A;OICI;FA;;;{HV02_SID})", 500, Status.PASS, id="as everybody"),
        pytest.param(f"D:(A;;FR;;;{HV02_SID})", f"D:(A;;FA;;;{HV02_SID})", 500, Status.FAIL, id="reads by the share"),
        pytest.param(f"D:(A;;FA;;;{HV02_SID})", "D:(A;;FA;;;BA)", 500, Status.FAIL, id="nothing in the folder"),
        pytest.param(f"D:(A;;FA;;;{HV02_SID})", f"D:(A;;0x1301bf;;;{HV02_SID})", 500, Status.UNKNOWN, id="not all"),
        pytest.param(f"D:(A;;FA;;;{HV02_SID})", None, 500, Status.UNKNOWN, id="untold"),
        pytest.param(f"D:(A;;FA;;;{HV02_SID})", f"D:(A;OICI;FA;;;{HV02_SID})", 99, Status.FAIL, id="no room"),
        pytest.param(f"D:(A;;FA;;;{HV02_SID})", f"D:(A;;FA;;;{HV02_SID})", 500, Status.UNKNOWN, id="not handed down"),
    ],
)
def test_a_share(judge: Judge, access, inside, free, expected):
    assert run(judge, location=UNC, more=on_share(access, inside, free)).status is expected


def test_a_share_of_nobody_known(judge: Judge):
    assert run(judge, location=r"\\fs99\r", more=on_share()).status is Status.UNKNOWN
    assert run(judge, location=rf"\\{HV01}\r", more=on_share()).status is Status.UNKNOWN
    assert run(judge, location=rf"\\{FS01}\other", more=on_share()).status is Status.FAIL
    assert run(judge, location=UNC, more=on_share() | {(FolderAccess, FS01): []}).status is Status.FAIL
    assert run(judge, location=UNC, more=on_share() | {(ShareVolume, FS01): GONE}).status is Status.UNKNOWN


OTHER_SID, BROKER_SID = "S-1-5-21-1-2-3-1904", "S-1-5-21-1-2-3-1905"
CLUSTERED = {
    (fact, host): rows
    for (fact, host), rows in certified.node(HV02, "hv03").items()
    if fact in (ClusterInfo, ClusterNode, ClusterResource, ClusterParameters, Service)
}
NAMED = [computer("HV03", OTHER_SID), computer("BROKER", BROKER_SID)]


def whole(*sids: str, named=NAMED, free=500, **more):
    """HV02 and HV03 are a cluster with a broker, and these may use the share and the folder."""
    access = "D:" + "".join(f"(A;OICI;FA;;;{sid})" for sid in sids)
    told = {(NamedAccount, CORP): named}
    return on_share(access, access, free) | CLUSTERED | told | more.get("facts", {})


ALL = (HV02_SID, OTHER_SID, BROKER_SID)


@pytest.mark.parametrize(
    ("more", "expected", "said"),
    [
        pytest.param(whole(*ALL), Status.PASS, "", id="all of the cluster"),
        pytest.param(whole(*ALL, free=99), Status.FAIL, "99 GiB", id="and no room"),
        pytest.param(whole(HV02_SID, BROKER_SID), Status.FAIL, "HV03$", id="not the other node"),
        pytest.param(whole(HV02_SID, OTHER_SID), Status.FAIL, "BROKER$", id="not the broker"),
        pytest.param(whole(OTHER_SID, BROKER_SID), Status.FAIL, "HV02$", id="not itself"),
        pytest.param(whole("WD"), Status.PASS, "", id="everybody"),
        pytest.param(whole(*ALL, named=NAMED[1:]), Status.UNKNOWN, "hv03$", id="no account of the other node"),
        pytest.param(whole(*ALL, named=NAMED[:1]), Status.UNKNOWN, "BROKER$", id="no account of the broker"),
        pytest.param(whole(HV02_SID, named=NAMED[:1]), Status.FAIL, "HV03$", id="one fails, another is not known"),
        pytest.param(whole(*ALL, named=GONE), Status.UNKNOWN, "", id="directory unread"),
        pytest.param(
            whole(*ALL, named=[*NAMED, computer("HV03", "S-1-5-21-1-2-3-1999", dn="CN=x,DC=corp,DC=example")]),
            Status.UNKNOWN, "several accounts", id="two of one name",
        ),
        pytest.param(
            whole(*ALL, named=[computer("HV03", OTHER_SID, unread="SPNs"), NAMED[1]]), Status.UNKNOWN, "SPNs", id="part"
        ),
        pytest.param(whole(*ALL, facts={(ClusterNode, HV02): GONE}), Status.UNKNOWN, "", id="nodes unread"),
        pytest.param(whole(*ALL, facts={(ClusterNode, HV02): []}), Status.UNKNOWN, "no node", id="no node told"),
        pytest.param(whole(*ALL, facts={(ClusterResource, HV02): GONE}), Status.UNKNOWN, "", id="resources unread"),
        pytest.param(whole(*ALL, facts={(ClusterResource, HV02): []}), Status.UNKNOWN, "CLU-02", id="no broker"),
        pytest.param(whole(*ALL, facts={(ClusterParameters, HV02): []}), Status.UNKNOWN, "not told", id="no name"),
        pytest.param(
            whole(HV02_SID, facts={(ClusterResource, HV02): []}), Status.FAIL, "HV03$", id="no broker, and a node fails"
        ),
    ],
)  # fmt: skip
def test_a_cluster_uses_a_share_as_all_its_nodes_and_its_broker(judge: Judge, more, expected, said):
    finding = run(judge, location=UNC, more=more)
    assert finding.status is expected, finding
    assert said in f"{finding.seen} {finding.note}"


def test_the_accounts_of_a_cluster_are_asked_for():
    known = evidence(seen(location=UNC, more=whole(*ALL)), plan())
    asked = {ask.argument for ask in asks_of([check], known) if ask.fact is NamedAccount}
    assert asked == {"hv03", "broker.corp.example"}
    alone = evidence(seen(location=UNC, more=on_share()), plan())
    assert not [ask for ask in asks_of([check], alone) if ask.fact is NamedAccount]


def pair(points: int = NOT_TOLD, hours: int = NOT_TOLD) -> CloudPair:
    return CloudPair("vmm01", "Gold", "vmm01", "Silver", recovery_points=points, app_consistent=hours)


@pytest.mark.parametrize(
    ("pairs", "kept", "free", "expected", "noted"),
    [
        pytest.param((pair(4, 2),), 0, 170, Status.PASS, "6 recovery points", id="planned"),
        pytest.param((pair(4, 2),), 0, 169.9, Status.WARN, "", id="planned, and no room"),
        pytest.param((pair(4),), 0, 150, Status.PASS, "4 recovery points", id="without snapshots"),
        pytest.param((pair(4),), 6, 170, Status.PASS, "6 recovery points", id="machines have more"),
        pytest.param((pair(4), pair(1)), 2, 149.9, Status.WARN, "", id="the most of all"),
        pytest.param((pair(0),), 0, 110, Status.PASS, "as reserve", id="none, and that is told"),
        pytest.param((pair(-1, 2),), 0, 110, Status.PASS, "nobody tells how many", id="not told"),
        pytest.param((), 0, 110, Status.PASS, "nobody tells how many", id="no pair"),
    ],
)
def test_recovery_points_of_the_plan(judge: Judge, pairs, kept, free, expected, noted):
    rows = [ReplicationKept(f"Microsoft:{GUID.format(2)}\\HVR\\0", kept, 0, None)] if kept else []
    finding = run(judge, plan(ASR, cloud_pairs=pairs), kept=rows, free=free)
    assert finding.status is expected
    assert noted in finding.note
    assert ("nobody" in finding.note) is ("nobody" in noted)
    assert run(judge, plan(cloud_pairs=(pair(24),)), free=110).status is Status.PASS


@pytest.mark.parametrize("fact", [VmStorage, VirtualMachineSettings, DiskFile, ReplicationKept])
def test_unread_at_the_source(judge: Judge, fact):
    assert run(judge, more={(fact, HV01): GONE}).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [ReplicaStorage, FolderAccess, Volume])
def test_unread_here(judge: Judge, fact):
    assert run(judge, more={(fact, HV02): GONE}).status is Status.UNKNOWN


def test_disks_on_a_share_are_of_a_size_nobody_knows(judge: Judge):
    assert run(judge, disk=r"\\fs09\v\a.vhdx").status is Status.UNKNOWN


def test_where_nothing_ends(judge: Judge):
    assert judge(check, seen(), plan(), subject=HV01).status is Status.NOT_APPLICABLE


def test_several_sources_are_added_up(judge: Judge):
    where = plan(hosts=(HV01, HV02, "hv03.corp.example"), routes=(Route(HV01, HV02), Route("hv03.corp.example", HV02)))
    third = {
        (fact, "hv03.corp.example"): rows
        for (fact, host), rows in seen(primary="*").items()
        if host == HV01 and fact is not ComputerSystem
    }
    third[ComputerSystem, "hv03.corp.example"] = [ComputerSystem("HV03", "hv03", CORP, True, 3)]
    facts = seen(primary="*", free=199) | third
    assert judge(check, facts, where, subject=HV02).status is Status.FAIL


def test_only_what_comes_to_this_host_takes_room_here(judge: Judge):
    third = "hv03.corp.example"
    hosts = (HV01, HV02, third, "hv04.corp.example")
    alone = {(fact, third): rows for (fact, host), rows in seen(primary="*").items() if host == HV01}
    alone[ComputerSystem, third] = [ComputerSystem("HV03", "hv03", CORP, True, 3)]
    for other in (Route(third, hosts[3]), Route(third, HV02, machines=False)):
        where = plan(hosts=hosts, routes=(Route(HV01, HV02), other))
        assert judge(check, seen(primary="*", free=110) | alone, where, subject=HV02).status is Status.PASS


@pytest.mark.parametrize(
    ("volumes", "expected"),
    [
        pytest.param([("E:\\", 500), ("E:\\R\\", 99)], Status.FAIL, id="a mount point of its own"),
        pytest.param([("E:\\R\\", 500), ("E:\\", 99)], Status.PASS, id="that has the room"),
        pytest.param([("D:\\long\\name\\", 99), ("E:\\", 500)], Status.PASS, id="another volume has none"),
        pytest.param([("D:\\", 500)], Status.UNKNOWN, id="another volume alone"),
        pytest.param([(None, 99), ("E:\\", 500)], Status.PASS, id="one without a name"),
        pytest.param([("E:\\", None)], Status.UNKNOWN, id="its room is not told"),
        pytest.param([("E:\\", -1)], Status.UNKNOWN, id="a room that is none"),
        pytest.param([("E:\\", 0)], Status.FAIL, id="full"),
        pytest.param([], Status.UNKNOWN, id="no volume"),
    ],
)
def test_the_room_behind_a_share(judge: Judge, volumes, expected):
    rows = [ShareVolume(name, "e", 4000 * GIB, None if free is None else free * GIB) for name, free in volumes]
    assert run(judge, location=UNC, more=on_share() | {(ShareVolume, FS01): rows}).status is expected


def test_the_rights_in_another_folder_are_none(judge: Judge):
    rows = [
        FolderAccess(PROVIDER + "E:\\Other", f"D:(A;;FA;;;{HV02_SID})"),
        FolderAccess(PROVIDER + "E:\\R", "D:(A;;FA;;;BA)"),
    ]
    for order in (rows, rows[::-1]):
        assert run(judge, location=UNC, more=on_share() | {(FolderAccess, FS01): order}).status is Status.FAIL
    assert run(judge, location=UNC, more=on_share() | {(FolderAccess, FS01): rows[:1]}).status is Status.FAIL


def test_what_is_asked():
    asked = {(a.fact, a.target, a.argument) for a in asks_of([check], evidence(seen(), plan()))}
    assert asked == {(FolderAccess, HV02, "D:\\Replica"), (DiskFile, HV01, DISK)}
    far = {a.fact for a in asks_of([check], evidence(seen(location=UNC, more=on_share()), plan()))}
    assert {FolderAccess, ShareAdministrator} <= far


BROKER = "p-broker.corp.example"


def sends_as_a_broker():
    """HV01 is a node, and its cluster sends in the broker's name."""
    network, key = "11111111-1111-1111-1111-111111111111", r"HKEY_LOCAL_MACHINE\Cluster\Resources"
    return {
        (Service, HV01): [Service("ClusSvc", "Running", "Auto", 4, None)],
        (ClusterInfo, HV01): [ClusterInfo("CL-P", "cl-p.corp.example", 10)],
        (ClusterResource, HV01): [
            ClusterResource("b", "Broker", BROKER_TYPE, 2, "P", "HV01"),
            ClusterResource(network, "Name", NETWORK_NAME, 2, "P", "HV01"),
        ],
        (ClusterParameters, HV01): [
            ClusterParameters(rf"{key}\{network}\Parameters", "P-BROKER", "p-broker", None, None)
        ],
    }


@pytest.mark.parametrize(
    ("primary", "free", "expected"),
    [(BROKER, 500, Status.PASS), (BROKER, 50, Status.FAIL), ("*", 50, Status.FAIL), (HV01, 50, Status.NOT_APPLICABLE)],
)
def test_a_clustered_source_sends_in_its_brokers_name(judge: Judge, primary, free, expected):
    assert run(judge, primary=primary, free=free, more=sends_as_a_broker()).status is expected


def test_a_broker_that_nobody_tells_leaves_the_place_unknown(judge: Judge):
    more = sends_as_a_broker() | {(ClusterResource, HV01): GONE}
    assert run(judge, primary=BROKER, more=more).status is Status.UNKNOWN
    assert run(judge, primary="*", more=more).status is Status.PASS


def two_sources(*entries: ReplicaStorage, **said):
    third = {
        (fact, HV03): rows
        for (fact, host), rows in seen().items()
        if host == HV01 and fact not in (ComputerSystem, Service, ClusterInfo)
    }
    third |= {(ComputerSystem, HV03): [ComputerSystem("HV03", "hv03", CORP, True, 3)]}
    third |= {(Service, HV03): [], (ClusterInfo, HV03): []}
    return seen(**said) | third | {(ReplicaStorage, HV02): list(entries)}


@pytest.mark.parametrize(
    ("other", "free", "expected"),
    [("D:\\Other", 199, Status.FAIL), ("D:\\Other", 220, Status.PASS), ("E:\\Other", 199, Status.PASS)],
)
def test_two_folders_on_one_volume_share_its_room(judge: Judge, other, free, expected):
    where = plan(hosts=(HV01, HV02, HV03), routes=(Route(HV01, HV02), Route(HV03, HV02)))
    entries = ReplicaStorage(HV01, "D:\\Replica"), ReplicaStorage(HV03, other)
    known = two_sources(*entries, there=["D:\\Replica", other])
    known[Volume, HV02] = [volume(free), volume(500, "E:\\")]
    assert judge(check, known, where, subject=HV02).status is expected


def test_two_hosts_that_keep_replicas_on_one_share_share_its_room(judge: Judge):
    everybody = "D:(A;OICI;FA;;;WD)"
    for source, free, expected in ((HV03, 199, Status.FAIL), (HV03, 220, Status.PASS), (HV01, 199, Status.PASS)):
        where = plan(hosts=(HV01, HV02, HV03, HV04), routes=(Route(HV01, HV02), Route(source, HV04)))
        known = two_sources(ReplicaStorage(HV01, UNC), more=on_share(everybody, everybody, free))
        known |= {(ReplicaStorage, HV04): [ReplicaStorage("*", UNC)], (Service, HV04): [], (ClusterInfo, HV04): []}
        assert judge(check, known, where, subject=HV02).status is expected


@pytest.mark.parametrize(
    ("cluster", "source", "free", "expected"),
    [
        ("CL", HV03, 199, Status.FAIL), ("CL", HV03, 220, Status.PASS), ("OTHER", HV03, 199, Status.PASS),
        ("CL", HV01, 199, Status.PASS),
    ],
)  # fmt: skip
def test_two_nodes_that_keep_replicas_on_one_volume_of_their_cluster_share_its_room(
    judge: Judge, cluster, source, free, expected
):
    place, shared = "C:\\ClusterStorage\\Volume1\\R", "C:\\ClusterStorage\\Volume1\\"
    where = plan(hosts=(HV01, HV02, HV03, HV04), routes=(Route(HV01, HV02), Route(source, HV04)))
    known = two_sources(broker=place, primary="*", there=[place], more=NODE)
    for fact in (BrokerStorage, Service):
        known[fact, HV04] = known[fact, HV02]
    known |= {(ClusterInfo, HV04): [ClusterInfo(cluster, f"{cluster.lower()}.corp.example", 10)]}
    known |= {(Volume, host): [volume(free, shared)] for host in (HV02, HV04)}
    assert judge(check, known, where, subject=HV02).status is expected


def others_route(*routes: Route, hosts=(HV01, HV02, HV03, HV04)):
    return plan(hosts=hosts, routes=routes)


def test_what_goes_elsewhere_has_its_place_there(judge: Judge):
    """The place for what goes to another host is not looked for here, whichever route the plan names first."""
    entries = ReplicaStorage(HV01, "D:\\Replica"), ReplicaStorage(HV03, "D:\\Lost")
    for routes in ((Route(HV01, HV02), Route(HV03, HV04)), (Route(HV03, HV04), Route(HV01, HV02))):
        where = others_route(*routes)
        assert judge(check, two_sources(*entries), where, subject=HV02).status is Status.PASS
        assert judge(check, two_sources(*entries, free=99), where, subject=HV02).status is Status.FAIL
    disks = others_route(Route(HV01, HV02), Route(HV03, HV02, machines=False))
    assert judge(check, two_sources(*entries), disks, subject=HV02).status is Status.PASS


def test_a_source_that_no_entry_is_for_takes_no_room(judge: Judge):
    where = others_route(Route(HV01, HV02), Route(HV03, HV02))
    assert judge(check, two_sources(ReplicaStorage(HV01, "D:\\Replica")), where, subject=HV02).status is Status.PASS


def test_whose_own_place_is_not_told(judge: Judge):
    rows = [ReplicaStorage("*", "D:\\Replica"), ReplicaStorage(HV01, None)]
    assert run(judge, more={(ReplicaStorage, HV02): rows}).status is Status.UNKNOWN
    assert run(judge, primary=f"{HV01}.").status is Status.PASS
    nobody = {(ReplicaStorage, HV02): [], (Service, HV01): GONE}
    assert run(judge, more=nobody).status is Status.NOT_APPLICABLE


def test_a_host_that_is_no_node_needs_no_word_of_its_cluster(judge: Judge):
    assert run(judge, more={(ClusterInfo, HV02): GONE}).status is Status.PASS


def test_unread_states_leave_it_unknown(judge: Judge):
    """A replica may be there already, so that too little room is no failure either."""
    for free in (500, 50):
        assert run(judge, more={(VirtualMachineState, HV01): GONE}, free=free).status is Status.UNKNOWN


def test_one_that_does_not_tell_its_points_has_its_reserve_all_the_same(judge: Judge):
    less = ReplicationKept(f"Microsoft:{GUID.format(3)}\\HVR\\0", None, None, None)
    assert run(judge, kept=[less], free=109.9).status is Status.WARN


def test_nothing_to_copy_needs_no_room(judge: Judge):
    assert run(judge, mode=1, state=3, free=0).status is Status.PASS


def test_how_much_is_to_be_freed(judge: Judge):
    assert "Free '61 GiB' more" in run(judge, free=39).remedy
    assert "Free '5 GiB' more" in run(judge, free=105).remedy


def test_what_is_replicated_is_not_asked_for():
    again = asks_of([check], evidence(seen(mode=1, state=3), plan()))
    assert {(a.fact, a.target) for a in again} == {(FolderAccess, HV02)}


def shares(place: str, *more: SmbShare, device: str = "e"):
    """HV04 puts what comes from HV03 there, and HV02 what comes from HV01 on the share; FS01 has a second volume."""
    everybody = "D:(A;OICI;FA;;;WD)"
    known = two_sources(ReplicaStorage(HV01, UNC), more=on_share(everybody, everybody, 199))
    known[SmbShare, FS01] = [*known[SmbShare, FS01], share(everybody, "Other", "F:\\R")]
    known[ShareVolume, FS01] = [*known[ShareVolume, FS01], ShareVolume("F:\\", device, 4000 * GIB, 500 * GIB)]
    return known | {(ReplicaStorage, HV04): [ReplicaStorage("*", place)], (Service, HV04): [], (ClusterInfo, HV04): []}


@pytest.mark.parametrize(
    ("place", "device", "machines", "expected"),
    [
        pytest.param(UNC, "f", True, Status.FAIL, id="the same share"),
        pytest.param(UNC, "f", False, Status.PASS, id="disks alone"),
        pytest.param(rf"\\{FS01}\other", "f", True, Status.PASS, id="another volume"),
        pytest.param(rf"\\{FS01}\other", "e", True, Status.FAIL, id="one volume, two letters"),
        pytest.param(r"\\fs99\r", "f", True, Status.UNKNOWN, id="a server that may be it"),
        pytest.param("D:\\Replica", "f", True, Status.PASS, id="a folder of its own"),
    ],
)
def test_whose_replicas_share_the_room_of_a_share(judge: Judge, place, device, machines, expected):
    where = plan(hosts=(HV01, HV02, HV03, HV04), routes=(Route(HV01, HV02), Route(HV03, HV04, machines=machines)))
    assert judge(check, shares(place, device=device), where, subject=HV02).status is expected


def test_a_folder_below_a_share(judge: Judge):
    below = {(FolderAccess, FS01): [FolderAccess(PROVIDER + "E:\\R\\sub", f"D:(A;OICI;FA;;;{HV02_SID})")]}
    assert run(judge, location=rf"{UNC}\sub", more=on_share() | below).status is Status.PASS


def test_a_share_of_a_host_is_not_looked_at(judge: Judge):
    finding = run(judge, location=rf"\\{HV02}\r", more=on_share())
    assert (finding.status, "a Hyper-V host, whose shares are not read" in finding.note) == (Status.UNKNOWN, True)


def test_part_of_the_rights_on_the_share_itself(judge: Judge):
    more = on_share(f"D:(A;;0x1301bf;;;{HV02_SID})")
    assert run(judge, location=UNC, more=more).status is Status.UNKNOWN


def test_what_gives_the_rights(judge: Judge):
    finding = run(judge, location=UNC, more=on_share(f"D:(A;;FR;;;{HV02_SID})"))
    assert (finding.status, "all rights on the share" in finding.remedy) == (Status.FAIL, True)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param(whole(HV02_SID, OTHER_SID, facts={(ClusterNode, HV02): GONE}), Status.FAIL, id="nodes unread"),
        pytest.param(
            whole(*ALL, facts={(ClusterNode, HV02): [ClusterNode("hv02.corp.example", 0),
                                                     ClusterNode("HV03.corp.example", 0)]}), Status.PASS, id="full",
        ),
        pytest.param(
            whole(*ALL, named=[*NAMED, computer("HV03", OTHER_SID, dn="CN=HV03,OU=Moved,DC=corp,DC=example")]),
            Status.PASS, id="moved, as one controller knows",
        ),
    ],
)  # fmt: skip
def test_the_accounts_of_a_cluster(judge: Judge, more, expected):
    assert run(judge, location=UNC, more=more).status is expected


@pytest.mark.parametrize("place", [rf"\\{FS01}", rf"\\{FS01}\\"[:-1]])
def test_a_server_alone_is_no_place(judge: Judge, place):
    assert run(judge, location=place, more=on_share()).status is Status.UNKNOWN


def test_letters_of_a_domain_are_those_of_the_accounts(judge: Judge):
    """DU, the users of the domain, is none of HV02's groups; a list that names it is understood all the same."""
    access = f"D:(A;OICI;FR;;;DU)(A;OICI;FA;;;{HV02_SID})"
    assert run(judge, location=UNC, more=on_share(access, access)).status is Status.PASS


def test_an_account_without_a_sid_is_not_known(judge: Judge):
    finding = run(judge, location=UNC, more=whole(*ALL, named=[computer("HV03", ""), NAMED[1]]))
    assert (finding.status, "no SID" in finding.note) == (Status.UNKNOWN, True)


@pytest.mark.parametrize(("free", "expected"), [(1200, Status.PASS), (1199, Status.UNKNOWN), (599, Status.FAIL)])
def test_two_kinds_of_replication_fill_one_volume(free, expected):
    """Each by itself has room; which routes are for which kind makes no volume larger."""
    facts = seen(size=600, free=free)
    facts |= {(fact, HV03): rows for (fact, host), rows in facts.items() if host == HV01}
    facts[ReplicaStorage, HV02] = [ReplicaStorage(host, "D:\\Replica") for host in (HV01, HV03)]
    kinds = (frozenset({REPLICA}), frozenset({ASR}))
    routes = (Route(HV01, HV02, profiles=kinds[0]), Route(HV03, HV02, profiles=kinds[1]))
    where = plan(profiles=frozenset({REPLICA, ASR}), hosts=(HV01, HV02, HV03), routes=routes)
    found = [one for one in judge_check(check, evidence(facts, where)) if one.subject.names == (HV02,)]
    assert [one.status for one in found] == [expected] * 2
    assert ("bring 600 GiB" in found[0].note) == (free == 1199)
    del facts[DiskFile, HV03]
    first, second = (one for one in judge_check(check, evidence(facts, where)) if one.subject.names == (HV02,))
    assert (first.profile, first.status) == (ASR, Status.UNKNOWN)
    assert (second.profile, second.status) == (REPLICA, Status.UNKNOWN if free > 600 else Status.FAIL)
