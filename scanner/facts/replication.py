"""Replication of virtual machines: how each stands, where it goes, and from whom a replica server takes it."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.facts.base import WindowsFact, guid_in, prop, windows_fact
from scanner.facts.vm import is_real
from scanner.words.query import HYPER_V, cim

EXTENDED = "\\1"
"""Ends the id of a relationship that hands a replica on to a third host."""


@windows_fact(
    cim("Msvm_ReplicationRelationship", namespace=HYPER_V),
    since="2012R2",
    service="vmms",
    no_row="the host has no virtual machine, or is older than 2012 R2",
    key=("instance_id",),
)
class ReplicationRelationship(WindowsFact):
    """How the replication of a virtual machine stands; machines that are not replicated have a row, too."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    state: int | None = prop("ReplicationState", "numbers of WMI: 0 none, 2 first copy, 3 replicating, 7 paused")
    health: int | None = prop("ReplicationHealth", "1 sound, 2 warning, 3 critical; 0 is not replicated")

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


@windows_fact(
    cim("Msvm_ReplicationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no virtual machine is replicated",
    key=("instance_id",),
)
class ReplicationSettings(WindowsFact):
    """Where the replication of a virtual machine goes."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    primary: str | None = prop("PrimaryHostSystem", "full name of the host that sends")
    replica: str | None = prop("RecoveryConnectionPoint", "the name it is sent to: of the replica server or broker")

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


@windows_fact(
    cim("Msvm_ReplicationAuthorizationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no primary server is named",
)
class ReplicationAuthorization(WindowsFact):
    """From whom a host takes replicas; a replica goes on only from servers of one trust group."""

    primary: str = prop("AllowedPrimaryHostSystem", "full name, `*.domain`, or `*` for every server")
    group: str | None = prop("TrustGroup", "any text; a machine may move among the servers that share it")
