"""Devices of virtual machines: adapters on switches, disks that several share, roles of a cluster."""

from __future__ import annotations

from collections import defaultdict

from scanner.facts.base import guid_in
from scanner.facts.cluster import OF_A_MACHINE, ClusterGroup
from scanner.facts.switches import CONNECTED, DISCONNECTED, SwitchConnection, VirtualSwitch
from scanner.facts.vm import VirtualMachineState, VmStorage
from scanner.facts.vm_runtime import VmRuntime
from scanner.judge.points.reading import Untold, needs_running, older, settling, some, whole
from scanner.judge.points.seen.hyper_v import machines, running
from scanner.judge.points.values import Row, flag, number, text, texts
from scanner.words.point import Told
from scanner.words.recording import Held, Recording
from scanner.words.wording import counted

KINDS = ("an adapter on a switch", "an adapter that is not connected", "a switch's port to hardware", "one to the host")


@settling
def connections(recording: Recording) -> Told:
    """Adapters name a switch of the host or have the state of one that is not connected; ports lead where they say."""
    switches = {guid_in(text(row, "Name") or "") for row in whole(recording, VirtualSwitch)}
    seen: set[str] = set()
    for row in some(recording, SwitchConnection, "a host with virtual switches"):
        made = _connection(row)
        if made.owner in switches:
            if not made.is_uplink and not made.is_host:
                return Held.FAILS, "a switch's own port leads to no port of hardware and not to the host"
            seen |= {KINDS[2]} if made.is_uplink else {KINDS[3]}
        elif made.state == CONNECTED and made.names_something:
            if made.switch not in switches:
                return Held.FAILS, "an adapter that is connected names no switch of the host in HostResource"
            seen.add(KINDS[0])
        elif made.state == DISCONNECTED:
            seen.add(KINDS[1])
        elif not made.pool:
            return Held.FAILS, f"an adapter has EnabledState {made.state}, and names no switch and no pool"
    if missing := [kind for kind in KINDS if kind not in seen]:
        raise Untold(f"not here, and a host that has it would tell: {', '.join(missing)}")
    return Held.HOLDS, f"{', '.join(KINDS)}: each is here as it is read"


def _connection(row: Row) -> SwitchConnection:
    pool = text(row, "PoolID")
    return SwitchConnection(
        text(row, "InstanceID") or "", number(row, "EnabledState"), texts(row, "HostResource"), pool
    )


@settling
def shared_disks(recording: Recording) -> Told:
    """Each disk tells whether several machines share it, and one that two have that run says so."""
    if older(recording, "2012R2"):
        raise Untold("a host with Windows Server 2012 R2 or later would tell")
    own, on = machines(recording), running(recording)
    users: dict[str, set[str]] = defaultdict(set)
    told: dict[str, bool] = {}
    for row in some(recording, VmStorage, "a host with virtual machines"):
        disk = _disk(row)
        if not disk.is_disk:
            continue
        if disk.shared is None:
            return Held.FAILS, "a disk tells nothing in PersistentReservationsSupported"
        if disk.path and disk.owner in own:
            users[disk.path.casefold()].add(disk.owner)
            told[disk.path.casefold()] = disk.shared and told.get(disk.path.casefold(), True)
    of_several = {path: told[path] for path, owners in users.items() if len(owners & on) > 1}
    if not of_several:
        raise Untold("no two machines that run have one disk: a guest cluster would tell")
    if not all(of_several.values()):
        return Held.FAILS, "a disk that several machines have while they run says that it is not shared"
    return (
        Held.HOLDS,
        f"what several machines have while they run is told as shared: {counted(len(of_several), 'disk')}",
    )


def _disk(row: Row) -> VmStorage:
    shared = flag(row, "PersistentReservationsSupported")
    return VmStorage(text(row, "InstanceID") or "", text(row, "ResourceSubType"), texts(row, "HostResource"), shared)


@settling
def clustered_roles(recording: Recording) -> Told:
    """Get-VM calls each machine clustered that is a role, whatever the role is called."""
    needs_running(recording, "ClusSvc")
    roles = {
        (text(row, "Name") or "").casefold()
        for row in some(recording, ClusterGroup, "a node of a cluster with virtual machines")
        if number(row, "GroupType") == OF_A_MACHINE
    }
    names = {
        guid_in(text(row, "Name") or ""): (text(row, "ElementName") or "").casefold()
        for row in whole(recording, VirtualMachineState)
    }
    renamed = 0
    for row in whole(recording, VmRuntime):
        name, clustered = names.get(guid_in(text(row, "Id") or "")), flag(row, "IsClustered")
        if name in roles and clustered is not True:
            return Held.FAILS, "a machine that is called as a role of the cluster is not clustered, says Get-VM"
        renamed += bool(name and name not in roles and clustered)
    if not renamed:
        raise Untold("each role is called as its machine: a node with a role that was renamed would tell")
    return Held.HOLDS, f"{counted(renamed, 'machine')} of another name than any role, told as clustered"
