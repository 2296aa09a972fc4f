"""Whom a replica server takes replicas from."""

from __future__ import annotations

from lab.remedy.command import Call, command
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
