"""Classes of root\\virtualization\\v2 about virtual machines: settings, states, devices, checkpoints, and templates.

Windows lists the templates ("Microsoft:Definition\\...") between the settings of virtual machines; so does this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lab import contract
from lab.windows.machine.hyperv import path, switch_id, switch_ports
from lab.windows.machine.machine import Machine
from lab.windows.machine.parts import Vm
from lab.windows.machine.tables import V2, Rows, table

DEFAULT_VERSIONS = {"2012": "4.0", "2012R2": "5.0", "2016": "8.0", "2019": "9.0", "2022": "10.0", "2025": "12.0"}
HEALTH = ("NotApplicable", "Ok", "Warning", "Critical")
STATES = {"running": 2, "off": 3, "stopping": 4, "saved": 6, "paused": 9, "starting": 10, "saving": 32773}
DISK, DVD, FLOPPY = (f"Microsoft:Hyper-V:Virtual {kind} Disk" for kind in ("Hard", "CD/DVD", "Floppy"))
# class ids of devices in an InstanceID, as every Hyper-V host writes them
MEMORY_ID, PROCESSOR_ID = "4764334D-E001-4176-82EE-5594EC9B530E", "B637F346-6A0E-4DEC-AF52-BD70CB80A21D"
STORAGE_ID = "83F8638B-8DCA-4152-9EDA-2CA8B33039B4"


def vm_id(machine: Machine, vm: Vm) -> str:
    """GUID of a virtual machine: given, or derived from its name."""
    return vm.id.upper() or machine.guid("vm", vm.name)


def settings(machine: Machine) -> Iterator[tuple[Vm, str, str | None]]:
    """(vm, id of the setting, checkpoint name or None) of every virtual machine and every checkpoint."""
    for vm in machine.state.vm:
        yield vm, vm_id(machine, vm), None
        for checkpoint in vm.checkpoints:
            yield vm, machine.guid("checkpoint", vm.name, checkpoint), checkpoint


@table(V2, "Msvm_VirtualSystemSettingData")
def virtual_machine_settings(machine: Machine) -> Rows:
    for vm, own, checkpoint in settings(machine):
        kind = "Snapshot:Realized" if checkpoint else "System:Planned" if vm.planned else "System:Realized"
        folder = vm.folder or machine.state.defaults.machines
        yield {
            "InstanceID": f"Microsoft:{own}",
            "VirtualSystemIdentifier": vm_id(machine, vm),
            "VirtualSystemType": f"Microsoft:Hyper-V:{kind}",
            "VirtualSystemSubType": f"Microsoft:Hyper-V:SubType:{vm.generation}",
            "ElementName": checkpoint or vm.name,
            "Version": vm.version or DEFAULT_VERSIONS[machine.release],
            "ConfigurationDataRoot": folder,
            "SnapshotDataRoot": folder,
            "SwapFileDataRoot": folder,
            "IsSaved": bool(checkpoint and vm.state in ("running", "saved")),
            "BIOSGUID": f"{{{machine.guid('bios', vm.name)}}}",
        }
    yield {
        "InstanceID": "Microsoft:Definition\\0B57B1D1-3B9D-4E7A-9F15-7DDE1CE3E2E8\\Default",
        "VirtualSystemType": "Microsoft:Hyper-V:System:Definition",
        "ElementName": "Virtual System Definition",
    }


@table(V2, "Msvm_ComputerSystem")
def virtual_machine_states(machine: Machine) -> Rows:
    numbers = contract.enums()["Msvm_ReplicationRelationship.ReplicationState"]
    modes = {"primary": 1, "replica": 2, "test": 3, "extended": 4}
    yield {
        "Name": machine.name,
        "ElementName": machine.name,
        "EnabledState": 2,
        "HealthState": 5,
        "OperationalStatus": [2],
        "ReplicationState": 0,
        "ReplicationHealth": 0,
        "ReplicationMode": 0,
    }
    for vm in machine.state.vm:
        if vm.planned:  # those are of another class, Msvm_PlannedComputerSystem
            continue
        replication = vm.replication
        yield {
            "Name": vm_id(machine, vm),
            "ElementName": vm.name,
            "EnabledState": STATES[vm.state],
            "HealthState": 25 if vm.critical else 5,
            "OperationalStatus": operational_status(vm),
            "ReplicationState": numbers[replication.state] if replication else 0,
            "ReplicationHealth": HEALTH.index(replication.health) if replication else 0,
            "ReplicationMode": modes[replication.mode] if replication else 0,
        }


def operational_status(vm: Vm) -> list[int]:
    """What WMI and the module call its operational status."""
    if vm.critical:
        return [32782]
    return [2, vm.busy_with] if vm.busy_with else [2]


def _templates(kind: str, **values: Any) -> Rows:
    for edge in ("Default", "Minimum", "Maximum", "Increment"):
        yield {"InstanceID": f"Microsoft:Definition\\{kind}\\{edge}", **values}


@table(V2, "Msvm_MemorySettingData")
def memory(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        yield {
            "InstanceID": f"Microsoft:{own}\\{MEMORY_ID}",
            "VirtualQuantity": vm.memory,
            "Reservation": vm.minimum_memory or vm.memory,
            "Limit": vm.maximum_memory or (1 << 20 if vm.minimum_memory else vm.memory),
            "DynamicMemoryEnabled": vm.minimum_memory is not None or vm.maximum_memory is not None,
        }
    yield from _templates(MEMORY_ID, VirtualQuantity=1024, Reservation=1024, Limit=1 << 20, DynamicMemoryEnabled=False)


@table(V2, "Msvm_ProcessorSettingData")
def processors(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        yield {
            "InstanceID": f"Microsoft:{own}\\{PROCESSOR_ID}\\0",
            "VirtualQuantity": vm.processors,
            "LimitProcessorFeatures": vm.compatible_processor,
            "LimitCPUID": False,
            "LimitProcessorFeaturesMode": 0,
            "ExposeVirtualizationExtensions": vm.nested,
        }
    yield from _templates(PROCESSOR_ID, VirtualQuantity=1, LimitProcessorFeatures=False, LimitCPUID=False)


def _disks(vm: Vm, checkpoint: str | None) -> list[str]:
    """Files a setting names: with checkpoints the running machine writes to an .avhdx, the first one keeps the disk."""
    if not vm.checkpoints or checkpoint == vm.checkpoints[0]:
        return vm.disks
    place = vm.checkpoints.index(checkpoint) if checkpoint else len(vm.checkpoints)
    return [f"{disk.rpartition('.')[0]}_{place}.avhdx" for disk in vm.disks]


def disk_files(machine: Machine) -> dict[str, int]:
    """Bytes of every file of a virtual disk that lies on a drive of the machine, by path."""
    found: dict[str, int] = {}
    for vm, _, checkpoint in settings(machine):
        for file in (*_disks(vm, checkpoint), *vm.shared_disks):
            if not file.startswith("\\\\"):
                found[file] = int(vm.disk_size * (1 << 30))
    return found


@table(V2, "Msvm_StorageAllocationSettingData")
def storage(machine: Machine) -> Rows:
    for vm, own, checkpoint in settings(machine):
        drives = [(DISK, [file], False) for file in _disks(vm, checkpoint)]
        drives += [(DISK, [file], True) for file in vm.shared_disks]
        if vm.dvd is not None:
            drives.append((DVD, [vm.dvd] if vm.dvd else None, False))
        if vm.floppy is not None:
            drives.append((FLOPPY, [vm.floppy] if vm.floppy else None, False))
        for place, (kind, file, shared) in enumerate(drives):
            yield {
                "InstanceID": f"Microsoft:{own}\\{STORAGE_ID}\\0\\{place}\\L",
                "ResourceSubType": kind,
                "HostResource": file,
                "PersistentReservationsSupported": shared,
            }
    yield from _templates("70BB60D2-A9D3-46AA-B654-3DE53004B4F8", ResourceSubType=DISK)


@table(V2, "Msvm_ResourceAllocationSettingData")
def physical_drives(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        yield {
            "InstanceID": f"Microsoft:{own}\\{STORAGE_ID}\\0",
            "ResourceSubType": "Microsoft:Hyper-V:Synthetic SCSI Controller",
        }
        for place, drive in enumerate(vm.pass_through, start=16):
            yield {
                "InstanceID": f"Microsoft:{own}\\{STORAGE_ID}\\0\\{place}\\D",
                "ResourceSubType": "Microsoft:Hyper-V:Physical Disk Drive",
                "HostResource": [path(machine, f'Msvm_DiskDrive.DeviceID="{drive}"')],
                "Address": str(place),
            }
    yield from _templates(
        "118C3BE5-0D31-4804-85F0-5C6074ABEA8F", ResourceSubType="Microsoft:Hyper-V:Physical Disk Drive"
    )


@table(V2, "Msvm_EthernetPortAllocationSettingData")
def network_connections(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        if vm.switch is None:
            continue
        key = f'CreationClassName="Msvm_VirtualEthernetSwitch",Name="{switch_id(machine, vm.switch)}"'
        yield {
            "InstanceID": f"Microsoft:{own}\\{machine.guid('nic', vm.name)}\\C",
            "ElementName": "Dynamic Ethernet Switch Port",
            "EnabledState": 2 if vm.connected else 3,
            "HostResource": [path(machine, f"Msvm_VirtualEthernetSwitch.{key}")] if vm.connected else None,
            "LastKnownSwitchName": vm.switch,
            "PoolID": "",
        }
    yield from switch_ports(machine)
    yield from _templates("72027ECE-E44A-446E-AF2B-8D8C4B8A2279", EnabledState=2)


@table(V2, "Msvm_SecuritySettingData")
def security(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        yield {
            "InstanceID": f"Microsoft:{own}\\Security",
            "TpmEnabled": vm.tpm,
            "KsdEnabled": False,
            "ShieldingRequested": vm.shielded,
            "EncryptStateAndVmMigrationTraffic": vm.encrypt_migration_traffic,
            "BindToHostTpm": False,
        }


@table(V2, "Msvm_PciExpressSettingData")
def assigned_devices(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        for device in vm.pci_devices:
            port = machine.guid("pci", vm.name, device)
            yield {"InstanceID": f"Microsoft:{own}\\{port}", "HostResource": [device], "VirtualFunctions": [0]}


@table(V2, "Msvm_GpuPartitionSettingData")
def gpu_partitions(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        for number in range(vm.gpu_partitions):
            own_id = machine.guid("gpu", vm.name, str(number))
            card = path(machine, 'Msvm_PartitionableGpu.Name="PCI#VEN_10DE"')
            yield {"InstanceID": f"Microsoft:{own}\\{own_id}", "HostResource": [card], "MinPartitionVRAM": 1}


@table(V2, "Msvm_SyntheticFcPortSettingData")
def fibre_channel(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        for name in vm.fibre_channel:
            yield {"InstanceID": f"Microsoft:{own}\\{machine.guid('fc', vm.name, name)}", "VirtualPortWWPN": name}


@table(V2, "Msvm_Synthetic3DDisplayControllerSettingData")
def remotefx(machine: Machine) -> Rows:
    for vm, own, _ in settings(machine):
        if vm.remotefx:
            yield {"InstanceID": f"Microsoft:{own}\\{machine.guid('remotefx', vm.name)}", "MaximumMonitors": 1}


def runtime_values(machine: Machine) -> Rows:
    """Properties of Get-VM's answer."""
    names = contract.enums()["VMState"]
    for vm in machine.state.vm:
        if vm.planned:
            continue
        word = vm.state.capitalize()
        yield {
            "Id": vm_id(machine, vm).lower(),
            "Name": vm.name,
            "State": names.get(f"{word}Critical", names[word]) if vm.critical else names[word],
            "OperationalStatus": operational_status(vm),
            "IsClustered": vm.clustered,
            "MemoryAssigned": (vm.assigned_memory or vm.memory) << 20 if vm.state in ("running", "paused") else 0,
        }
