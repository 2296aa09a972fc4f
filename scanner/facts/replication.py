"""Replication of virtual machines: how each stands, where it goes, and from whom a replica server takes it."""

from __future__ import annotations

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.setting_data import SettingData
from scanner.words.query import HYPER_V, cim

EXTENDED = "\\1"
"""Ends the id of a relationship that hands a replica on to a third host."""
BUILT_IN = "22391cdc-272c-4ddf-ba88-9befb1a0975c"
"""Hyper-V's own provider of replication; others are Site Recovery's."""


class OfReplication(SettingData):
    """A row about the replication of a virtual machine, which its id names."""

    __slots__ = ()

    @property
    def extended(self) -> bool:
        """Whether it hands the replica on."""
        return self.instance_id.endswith(EXTENDED)


class MadeBy(OfReplication):
    """One that tells who makes the replication."""

    __slots__ = ()
    provider: str | None

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
class ReplicationRelationship(OfReplication):
    """How the replication of a virtual machine stands; machines that are not replicated have a row, too."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    state: int | None = prop("ReplicationState", "numbers of WMI: 0 none, 2 first copy, 3 replicating, 7 paused")
    health: int | None = prop("ReplicationHealth", "1 sound, 2 warning, 3 critical; 0 is not replicated")


@windows_fact(
    cim("Msvm_ReplicationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no virtual machine is replicated",
    key=("instance_id",),
)
class ReplicationSettings(OfReplication):
    """Where the replication of a virtual machine goes."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    primary: str | None = prop("PrimaryHostSystem", "full name of the host that sends")
    replica: str | None = prop("RecoveryConnectionPoint", "the name it is sent to: of the replica server or broker")


@windows_fact(
    cim("Msvm_ReplicationAuthorizationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no primary server is named",
)
class ReplicationAuthorization(WindowsFact):
    """From whom a host takes replicas; a replica goes on only from servers of one trust group."""

    primary: str = prop("AllowedPrimaryHostSystem", "full name, `*.domain`, or `*` for every server")
    group: str | None = prop("TrustGroup", "any text; a machine may move among the servers that share it")
