"""How the replication of virtual machines is set, as far as Site Recovery takes it over only where it is set alike."""

from __future__ import annotations

from scanner.facts.base import prop, windows_fact
from scanner.facts.clear import OF_HYPER_V
from scanner.facts.replication import MadeBy
from scanner.words.query import HYPER_V, cim

FIXED = 300
"""Seconds between two copies where none can be set (2012)."""


@windows_fact(
    cim("Msvm_ReplicationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no virtual machine is replicated",
    key=("instance_id",),
)
class ReplicationTerms(MadeBy):
    """How the replication of a virtual machine is set, and which host has its replica."""

    instance_id: str = prop("InstanceID", r"Microsoft:GUID\HVR\0, or 1 of an extended replication")
    replica_host: str | None = prop("RecoveryHostSystem", "name of the host that has the replica")
    replica: str | None = prop("RecoveryConnectionPoint", "the name it is sent to: of the replica server or broker")
    authentication: int | None = prop("AuthenticationType", "1 Kerberos, 2 certificate")
    port: int | None = prop("RecoveryServerPortNumber")
    compression: bool | None = prop("CompressionEnabled")
    interval: int | None = prop("ReplicationInterval", "since 2012 R2; null: a fixed one of 300", unit="seconds")
    points: int | None = prop("RecoveryHistory", "recovery points beside the latest")
    snapshots: int | None = prop("ApplicationConsistentSnapshotInterval", "0: none", unit="hours")
    provider: str | None = prop("ReplicationProvider", "path of the provider; its id is within", clear=OF_HYPER_V)

    @property
    def seconds(self) -> int:
        """Between two copies."""
        return self.interval or FIXED

    @property
    def names(self) -> tuple[str, ...]:
        """Names of where the replica is, in one spelling."""
        spelt = ((text or "").strip().lower().rstrip(".") for text in (self.replica_host, self.replica))
        return tuple(dict.fromkeys(name for name in spelt if name))
