"""A machine of the good record that VMM and its host tell, and how it looks once it is replicated."""

from __future__ import annotations

from typing import Any

from tests.field.record import HV01, HV02, Record

SERVER = "vmm01.corp.example"
PAIR = f"{SERVER}/Primary/{SERVER}/Recovery"
PROVIDER = "x:Msvm_ReplicationProvider.Name='22391CDC-272C-4DDF-BA88-9BEFB1A0975C'"


def _own() -> str:
    rows = Record(HV01, profiles=("asr-vmm",)).rows("VmmVirtualMachine", SERVER)
    return str(next(row["hyper_v_id"] for row in rows if row["name"] == "web-01")).lower()


OWN = _own()
"""Hyper-V's id of web-01"""


def replicated(record: Record, own: str, **words: Any) -> None:
    """The machine is replicated from HV01 to HV02 as the pair plans it, but for these words."""
    for row in record.rows("VirtualMachineState", HV01):
        if row["name"].lower() == own:
            row.update(replication_mode=1, replication_state=3, replication_health=1)
    for row in record.rows("ReplicationRelationship", HV01):
        if own in row["instance_id"].lower():
            row.update(state=3, health=1)
    (pair,) = record.estate["cloud_pairs"]
    pair.update(port=8083, compression="on")
    usual = {
        "instance_id": f"Microsoft:{own.upper()}\\HVR\\0", "replica_host": HV02, "replica": HV02, "authentication": 1,
        "port": 8083, "compression": True, "interval": pair["frequency"], "points": pair["recovery_points"],
        "snapshots": pair["app_consistent"], "provider": PROVIDER,
    }  # fmt: skip
    record.put("ReplicationTerms", HV01, [{**usual, **words}])
