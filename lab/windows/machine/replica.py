"""Classes of root\\virtualization\\v2 about Hyper-V Replica, and the answer of Get-VMReplicationServer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from lab import contract
from lab.windows.machine.certificate_store import thumbprint_of
from lab.windows.machine.machine import Machine
from lab.windows.machine.tables import V2, Rows, table
from lab.windows.machine.vms import HEALTH, vm_id

AUTHENTICATION = ("none", "kerberos", "certificate", "both")


def _thumbprint(machine: Machine, said: str) -> str:
    """As the file says it; "of" and a subject is that of the certificate with this one."""
    word, _, subject = said.partition(" ")
    if word != "of":
        return said
    own = (one for one in machine.state.certificate if one.made and one.made.subject == subject)
    return thumbprint_of(next(own))


@table(V2, "Msvm_ReplicationServiceSettingData")
def replication_server(machine: Machine) -> Rows:
    replica = machine.state.replica
    yield {
        "RecoveryServerEnabled": replica.enabled,
        "AllowedAuthenticationType": AUTHENTICATION.index(replica.authentication) if replica.enabled else 0,
        "HttpPort": replica.port,
        "HttpsPort": replica.https_port,
        "CertificateThumbPrint": _thumbprint(machine, replica.thumbprint),
    }


@table(V2, "Msvm_ReplicationAuthorizationSettingData")
def authorizations(machine: Machine) -> Rows:
    for entry in machine.state.replica.allow:
        yield {
            "AllowedPrimaryHostSystem": entry.primary,
            "ReplicaStorageLocation": entry.folder,
            "TrustGroup": entry.group,
        }


@table(V2, "Msvm_ReplicationSettingData")
def replication_settings(machine: Machine) -> Rows:
    for vm in machine.state.vm:
        if not (said := vm.replication):
            continue
        own = vm_id(machine, vm)
        yield {
            "InstanceID": f"Microsoft:{own}\\HVR\\0",
            "ElementName": vm.name,
            "VirtualSystemIdentifier": own,
            "AuthenticationType": ("", "kerberos", "certificate").index(said.authentication),
            "CompressionEnabled": said.compression,
            "PrimaryHostSystem": said.primary or machine.fqdn,
            "PrimaryConnectionPoint": said.primary or machine.fqdn,
            "RecoveryHostSystem": said.replica,
            "RecoveryConnectionPoint": said.replica,
            "RecoveryServerPortNumber": said.port,
            "ReplicationInterval": said.interval,
            "RecoveryHistory": said.recovery_points,
            "ApplicationConsistentSnapshotInterval": said.snapshots,
            "AutoResynchronizeEnabled": said.resynchronize,
            "BypassProxyServer": said.bypass_proxy,
            "ReplicationProvider": said.provider,
            "CertificateThumbPrint": _thumbprint(machine, said.thumbprint),
        }


@table(V2, "Msvm_ReplicationRelationship")
def relationships(machine: Machine) -> Rows:
    numbers = contract.enums()["Msvm_ReplicationRelationship.ReplicationState"]
    for vm in machine.state.vm:
        said = vm.replication
        yield {
            "InstanceID": f"Microsoft:{vm_id(machine, vm)}\\HVR\\0",
            "ReplicationState": numbers[said.state] if said else 0,
            "ReplicationHealth": HEALTH.index(said.health) if said else 0,
            "LastReplicationTime": (said.last or _lately(machine)) if said else None,
            "FailedOverReplicationType": 0,
        }


def _lately(machine: Machine) -> datetime:
    """The full hour before three minutes ago: the same whenever within it a machine is read anew."""
    return (machine.now() - timedelta(minutes=3)).replace(minute=0, second=0, microsecond=0)


def broker_values(machine: Machine) -> dict[str, Any]:
    """Properties of Get-VMReplicationServer's answer (on a cluster: the broker's)."""
    replica = machine.state.replica
    chosen = replica.thumbprint if replica.broker_thumbprint is None else replica.broker_thumbprint
    everyone = [a for a in replica.allow if a.primary == "*"]
    return {
        "ReplicationEnabled": replica.enabled,
        "AllowedAuthenticationType": AUTHENTICATION.index(replica.authentication) if replica.enabled else 0,
        "KerberosAuthenticationPort": replica.port,
        "CertificateAuthenticationPort": replica.https_port,
        "KerberosAuthenticationPortMapping": replica.kerberos_ports,
        "CertificateAuthenticationPortMapping": replica.certificate_ports,
        "CertificateThumbprint": _thumbprint(machine, chosen),
        "ReplicationAllowedFromAnyServer": bool(everyone),
        "DefaultStorageLocation": everyone[0].folder if everyone else None,
        "AuthorizationEntries": [
            {
                "AllowedPrimaryServer": entry.primary,
                "ReplicaStorageLocation": entry.folder,
                "TrustGroup": entry.group,
                "ComputerName": machine.name,
            }
            for entry in replica.allow
        ],
    }
