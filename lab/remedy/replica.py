"""Whom a replica server takes replicas from, and replication that has stopped."""

from __future__ import annotations

import msgspec

from lab.remedy.command import Call, command
from lab.remedy.hyper_v import change_vm, vms
from lab.remedy.world import Refused
from lab.windows.machine.parts import Authorization


@command(
    "New-VMReplicationAuthorizationEntry",
    "ComputerName AllowedPrimaryServer ReplicaStorageLocation TrustGroup",
    places="AllowedPrimaryServer ReplicaStorageLocation TrustGroup",
    required="AllowedPrimaryServer ReplicaStorageLocation TrustGroup",
    on="Hyper-V",
)
def new_authorization_entry(call: Call) -> None:
    """Take replicas from one more primary; who is named already is refused."""
    host = call.host()
    primary, folder = call.text("AllowedPrimaryServer"), call.text("ReplicaStorageLocation")
    entries = host.machine.state.replica.allow
    if primary.casefold() in {entry.primary.casefold() for entry in entries}:
        raise Refused(f"{host.name} takes replicas from {primary} already")
    host.change("replica", allow=[*entries, Authorization(primary, folder, call.text("TrustGroup"))])


PAUSED = {"Suspended": "Replicating", "ResynchronizationSuspended": "Resynchronizing"}
TO_SYNCHRONIZE = "WaitingToStartResynchronization"


@command("Resume-VMReplication", "Resynchronize", on="Hyper-V")
def resume_replication(call: Call) -> None:
    """Replication that is paused goes on; with `-Resynchronize` one that waits for it begins to compare its disks."""
    begins = call.flag("Resynchronize")
    for host, vm in vms(call):
        said = vm.replication
        if said is None:
            raise Refused(f"{call.known.name}: {vm.name} on {host.name} is not replicated")
        goes_on = {TO_SYNCHRONIZE: "Resynchronizing"} if begins else PAUSED
        if said.state not in goes_on:
            raise Refused(f"{call.known.name}: the replication of {vm.name} is {said.state}")
        change_vm(host, vm, replication=msgspec.structs.replace(said, state=goes_on[said.state], health="Ok"))


@command("Measure-VMReplication", "", on="Hyper-V")
def measure_replication(call: Call) -> None:
    """Shows how replication stands, for people to look why it stopped; nothing is cured by it, and nothing changed."""
    for host, vm in vms(call):
        if vm.replication is None:
            raise Refused(f"{call.known.name}: {vm.name} on {host.name} is not replicated")
