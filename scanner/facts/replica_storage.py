"""Where replicas are put and what they keep, who makes them, and the room of machines with shares."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.clear import OF_HYPER_V
from scanner.facts.replication import MadeBy, OfReplication
from scanner.facts.share import SHARING
from scanner.facts.storage import LOCAL_DISK
from scanner.words.model import TargetKind
from scanner.words.query import HYPER_V, Command, cim
from scanner.words.readonly import SELECT


@windows_fact(
    cim("Msvm_ReplicationAuthorizationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no primary server is named",
)
class ReplicaStorage(WindowsFact):
    """Where replicas from a server are put; on a node of a cluster its own record, and the broker's counts."""

    primary: str = prop("AllowedPrimaryHostSystem", "full name, `*.domain`, or `*` for every server")
    location: str | None = prop("ReplicaStorageLocation", "a folder of the machine, or a share")


@windows_fact(
    Command("Get-VMReplicationServer"),
    Command(SELECT, {"ExpandProperty": "AuthorizationEntries"}),
    module="Hyper-V",
    service="vmms",
    yields="Microsoft.HyperV.PowerShell.VMReplicationAuthorizationEntry",
    no_row="no primary server is named",
)
class BrokerStorage(WindowsFact):
    """The same as the module tells it: on a node of a cluster, of its broker."""

    primary: str = prop("AllowedPrimaryServer", "full name, `*.domain`, or `*` for every server")
    location: str | None = prop("ReplicaStorageLocation", "a folder of the machine, or a share")


@windows_fact(
    cim("Msvm_ReplicationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no virtual machine is replicated",
    key=("instance_id",),
)
class ReplicationKept(MadeBy):
    """What the replica of a virtual machine keeps, and who makes it."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    points: int | None = prop("RecoveryHistory", "recovery points beside the latest")
    snapshots: int | None = prop("ApplicationConsistentSnapshotInterval", "0: none", unit="hours")
    provider: str | None = prop("ReplicationProvider", "path of the provider; its id is within", clear=OF_HYPER_V)


@windows_fact(
    cim("Msvm_ReplicationRelationship", namespace=HYPER_V),
    since="2012R2",
    service="vmms",
    no_row="the host has no virtual machine, or is older than 2012 R2",
    key=("instance_id",),
)
class LastReplication(OfReplication):
    """When changes of a virtual machine were sent the last time."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    at: datetime | None = prop("LastReplicationTime", "year 1601, or null: never", unit="UTC")


@windows_fact(cim("Win32_Volume", where=f"DriveType={LOCAL_DISK}"), least=1, key=("device",))
class ShareVolume(WindowsFact):
    """A volume of a machine with shares."""

    kinds: ClassVar[frozenset[TargetKind]] = SHARING
    name: str = prop("Name", r"drive or mount folder with \ at its end, or \\?\Volume{…}\ where it has none")
    device: str = prop("DeviceID", r"\\?\Volume{…}\ ")
    capacity: int | None = prop("Capacity", unit="bytes")
    free: int | None = prop("FreeSpace", "null where it is offline", unit="bytes")
