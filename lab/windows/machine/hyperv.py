"""Classes of root\\virtualization\\v2 about the host itself: migration, storage defaults, virtual switches."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from lab.windows.machine.machine import Machine
from lab.windows.machine.network import mac_address
from lab.windows.machine.parts import Switch
from lab.windows.machine.tables import V2, Rows, table

MIGRATION_AUTHENTICATION = ("credssp", "kerberos")  # as both the class and the cmdlet number it
SUPPORTED_VERSIONS = {  # configuration versions a host of a release runs; older releases do not tell
    "2016": "5.0 6.2 7.0 7.1 8.0",
    "2019": "5.0 6.2 7.0 7.1 8.0 8.1 8.2 8.3 9.0",
    "2022": "8.0 8.1 8.2 8.3 9.0 9.1 9.2 10.0",
    "2025": "8.0 8.1 8.2 8.3 9.0 9.1 9.2 9.3 10.0 11.0 12.0",
}


@table(V2, "Msvm_VirtualSystemMigrationService")
def migration_service(machine: Machine) -> Rows:
    listeners = machine.migration_listeners()
    indices = [i for i, n in machine.interfaces() if any(a.split("/")[0] in listeners for a in n.addresses)]
    yield {
        "Name": "vmms",
        "MigrationServiceListenerIPAddressList": [*listeners, *map(machine.link_local, indices)] or None,
        "ActiveVirtualSystemMigrationCount": 0,
        "ActiveStorageMigrationCount": 0,
    }


@table(V2, "Msvm_VirtualSystemMigrationServiceSettingData")
def migration_settings(machine: Machine) -> Rows:
    settings = machine.state.migration
    yield {
        "EnableVirtualSystemMigration": settings.enabled,
        "AuthenticationType": MIGRATION_AUTHENTICATION.index(settings.authentication),
        "EnableCompression": settings.performance == "compression",
        "EnableSmbTransport": settings.performance == "smb",
        "MaximumActiveVirtualSystemMigration": settings.maximum,
        "MaximumActiveStorageMigration": settings.maximum_storage,
    }


@table(V2, "Msvm_VirtualSystemMigrationNetworkSettingData")
def migration_networks(machine: Machine) -> Rows:
    for metric, text in enumerate(machine.state.migration.networks):
        yield _network(machine, text, metric, "Microsoft:UserManaged")
    if machine.state.migration.any_network:
        for text in ("0.0.0.0/0", "::/0"):
            yield _network(machine, text, 0, "Microsoft:UserManagedAllNetworks")


def _network(machine: Machine, text: str, metric: int, tag: str) -> dict[str, Any]:
    network = ip_network(text, strict=False)
    return {
        "InstanceID": f"Microsoft:{machine.guid('migration network', text)}",
        "SubnetNumber": str(network.network_address),
        "PrefixLength": network.prefixlen,
        "Metric": metric,
        "Tags": [tag],
    }


@table(V2, "Msvm_VirtualSystemManagementServiceSettingData")
def storage_defaults(machine: Machine) -> Rows:
    yield {
        "DefaultExternalDataRoot": machine.state.defaults.machines,
        "DefaultVirtualHardDiskPath": machine.state.defaults.disks,
        "NumaSpanningEnabled": True,
    }


@table(V2, "Msvm_VirtualEthernetSwitch")
def switches(machine: Machine) -> Rows:
    for switch in machine.state.switch:
        yield {"Name": switch_id(machine, switch.name), "ElementName": switch.name, "EnabledState": 5}


def path(machine: Machine, instance: str) -> str:
    """The object path of an instance ("Class.Key=...") in Hyper-V's namespace."""
    return f"\\\\{machine.name}\\{V2}:{instance}"


def switch_id(machine: Machine, name: str) -> str:
    """GUID of a virtual switch."""
    return machine.guid("switch", name)


def switch_ports(machine: Machine) -> Rows:
    """The switches' own ports: uplink and host adapter, as settings of Msvm_EthernetPortAllocationSettingData."""
    for switch in machine.state.switch:
        own = switch_id(machine, switch.name)
        ends: list[tuple[str, str]] = []
        if switch.kind == "external":
            nic = machine.guid("uplink", switch.name)
            ends.append(("External", path(machine, f'Msvm_ExternalEthernetPort.DeviceID="Microsoft:{{{nic}}}"')))
        if _has_host_port(switch):
            key = f'CreationClassName="Msvm_ComputerSystem",Name="{machine.name}"'
            ends.append(("Host", path(machine, f"Msvm_ComputerSystem.{key}")))
        for kind, end in ends:
            yield {
                "InstanceID": f"Microsoft:{own}\\{machine.guid('port', switch.name, kind)}",
                "ElementName": f"{switch.name}_{kind}",
                "EnabledState": 2,
                "HostResource": [end],
                "PoolID": "",
            }


def _has_host_port(switch: Switch) -> bool:
    return switch.kind == "internal" or (switch.kind == "external" and switch.management)


def host_values(machine: Machine) -> dict[str, Any]:
    """Properties of Get-VMHost's answer, release by release filtered by the contract."""
    settings = machine.state.migration
    versions = SUPPORTED_VERSIONS.get(machine.release)
    return {
        "Name": machine.name,
        "ComputerName": machine.name,
        "FullyQualifiedDomainName": machine.state.domain,
        "VirtualMachineMigrationEnabled": settings.enabled,
        "VirtualMachineMigrationAuthenticationType": MIGRATION_AUTHENTICATION.index(settings.authentication),
        "VirtualMachineMigrationPerformanceOption": ("tcpip", "compression", "smb").index(settings.performance),
        "UseAnyNetworkForMigration": settings.any_network,
        "MaximumVirtualMachineMigrations": settings.maximum,
        "MaximumStorageMigrations": settings.maximum_storage,
        "VirtualMachinePath": machine.state.defaults.machines,
        "VirtualHardDiskPath": machine.state.defaults.disks,
        "SupportedVmVersions": versions.split() if versions else None,
        "LogicalProcessorCount": machine.state.hardware.sockets * machine.state.hardware.cores * 2,
        "NumaSpanningEnabled": True,
    }


def management_adapters(machine: Machine) -> Rows:
    """Properties of Get-VMNetworkAdapter -ManagementOS."""
    for switch in machine.state.switch:
        if not _has_host_port(switch):
            continue
        adapter = f"vEthernet ({switch.name})"
        mode = 1 if switch.vlan else 0
        yield {
            "Name": switch.name,
            "DeviceId": f"{{{machine.guid('adapter', adapter)}}}",
            "MacAddress": mac_address(machine, adapter),
            "SwitchName": switch.name,
            "SwitchId": switch_id(machine, switch.name).lower(),
            "IsManagementOs": True,
            "VlanSetting": {"OperationMode": mode, "AccessVlanId": switch.vlan or 0, "NativeVlanId": 0},
        }
