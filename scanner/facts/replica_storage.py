"""Where replicas are put and what they keep, who makes them, and the room of machines with shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from scanner.facts.base import WindowsFact, guid_in, prop, windows_fact
from scanner.facts.replication import EXTENDED
from scanner.facts.share import SHARING
from scanner.facts.storage import LOCAL_DISK
from scanner.facts.vm import is_real
from scanner.words.model import TargetKind
from scanner.words.query import HYPER_V, Command, cim
from scanner.words.readonly import SELECT

BUILT_IN = "22391cdc-272c-4ddf-ba88-9befb1a0975c"
"""Hyper-V's own provider of replication; others are Site Recovery's."""


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
class ReplicationKept(WindowsFact):
    """What the replica of a virtual machine keeps, and who makes it."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    points: int | None = prop("RecoveryHistory", "recovery points beside the latest")
    snapshots: int | None = prop("ApplicationConsistentSnapshotInterval", "0: none", unit="hours")
    provider: str | None = prop("ReplicationProvider", "path of the provider; its id is within")

    @classmethod
    def accept(cls, raw: Mapping[str, object]) -> bool:
        """Drop what is no machine's."""
        return is_real(raw)

    @property
    def owner(self) -> str:
        """GUID of the machine."""
        return guid_in(self.instance_id)

    @property
    def extended(self) -> bool:
        """Whether it hands the replica on."""
        return self.instance_id.endswith(EXTENDED)

    @property
    def built_in(self) -> bool:
        """Whether Hyper-V itself makes it, and nobody else may change it."""
        return BUILT_IN in (self.provider or "").lower()


@windows_fact(
    cim("Msvm_ReplicationRelationship", namespace=HYPER_V),
    since="2012R2",
    service="vmms",
    no_row="the host has no virtual machine, or is older than 2012 R2",
    key=("instance_id",),
)
class LastReplication(WindowsFact):
    """When changes of a virtual machine were sent the last time."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    at: datetime | None = prop("LastReplicationTime", "year 1601, or null: never", unit="UTC")

    @classmethod
    def accept(cls, raw: Mapping[str, object]) -> bool:
        """Drop what is no machine's."""
        return is_real(raw)

    @property
    def owner(self) -> str:
        """GUID of the machine."""
        return guid_in(self.instance_id)

    @property
    def extended(self) -> bool:
        """Whether it hands the replica on."""
        return self.instance_id.endswith(EXTENDED)


@windows_fact(cim("Win32_Volume", where=f"DriveType={LOCAL_DISK}"), least=1, key=("device",))
class ShareVolume(WindowsFact):
    """A volume of a machine with shares."""

    kinds: ClassVar[frozenset[TargetKind]] = SHARING
    name: str = prop("Name", r"drive or mount folder with \ at its end, or \\?\Volume{…}\ where it has none")
    device: str = prop("DeviceID", r"\\?\Volume{…}\ ")
    capacity: int | None = prop("Capacity", unit="bytes")
    free: int | None = prop("FreeSpace", "null where it is offline", unit="bytes")
