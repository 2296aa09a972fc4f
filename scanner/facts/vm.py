"""Virtual machines: settings, configuration version, disks, protection."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from scanner.facts.base import WindowsFact, guid_in, prop, windows_fact
from scanner.facts.clear import VERSION
from scanner.facts.setting_data import SettingData
from scanner.words.query import HYPER_V, cim

REALIZED, PLANNED = "Microsoft:Hyper-V:System:Realized", "Microsoft:Hyper-V:System:Planned"
RUNNING, OFF, SAVED = 2, 3, 6
"""Msvm_ComputerSystem.EnabledState of a machine that runs, is off, and is saved with its memory"""
TYPES = (
    "Microsoft:Hyper-V:(?:System:(?:Realized|Planned|Definition)|Snapshot:(?:Realized|Recovery"
    "|Replica(?::(?:AppConsistent|Planned|PlannedFailback|Settings|Standard))?))"
)
"""of systems, as Hyper-V writes them (Msvm_VirtualSystemSettingData.VirtualSystemType)"""
DISKS = (".vhd", ".vhdx", ".avhd", ".avhdx", ".vhds", ".vhdpmem")
MOST_MACHINES = 4096
"""virtual machines of one host. 1,024 may run on one, on every release from 2016 to 2025, and 8,000 in a cluster of 64
(Microsoft Learn: Hyper-V maximum scale limits in Windows Server); so three are stopped for each that runs."""


def server_of(path: str) -> str:
    r"""The server of a UNC path (``\\server\share``), lower case; empty for a local path."""
    path = path.replace("/", "\\")
    if path.lower().startswith("\\\\?\\unc\\"):
        path = "\\\\" + path[8:]
    if not path.startswith("\\\\") or path.startswith(("\\\\?\\", "\\\\.\\")):
        return ""
    return path[2:].split("\\")[0].lower()


@windows_fact(
    cim("Msvm_VirtualSystemSettingData", namespace=HYPER_V), service="vmms", no_row="the host has no virtual machine"
)
class VirtualMachineSettings(SettingData):
    """A virtual machine's settings, or those of one of its checkpoints."""

    instance_id: str = prop("InstanceID", "Microsoft: and the GUID of the machine or checkpoint")
    vm_identifier: str | None = prop("VirtualSystemIdentifier", "GUID of the machine, also on a checkpoint")
    system_type: str | None = prop(
        "VirtualSystemType",
        "…:System:Realized, …:System:Planned, …:Snapshot:…",
        clear=TYPES,
    )
    sub_type: str | None = prop(
        "VirtualSystemSubType", "ends in the generation; since 2012 R2", clear=r"Microsoft:Hyper-V:SubType:[12]"
    )
    name: str = prop("ElementName")
    version: str | None = prop("Version", "configuration version, as in 9.0", clear=VERSION)
    configuration_root: str | None = prop("ConfigurationDataRoot")
    snapshot_root: str | None = prop("SnapshotDataRoot")
    swap_root: str | None = prop("SwapFileDataRoot", "of smart paging", default=None)
    is_saved: bool | None = prop("IsSaved", "it holds memory and state of a machine that ran", default=None)

    @classmethod
    def excess(cls, rows: Iterable[WindowsFact]) -> str:
        """More machines than a host has; checkpoints do not count."""
        return too_many(sum(isinstance(row, VirtualMachineSettings) and row.is_machine for row in rows))

    @property
    def vm_id(self) -> str:
        """GUID of the virtual machine it belongs to."""
        return guid_in(self.vm_identifier or self.instance_id)

    @property
    def setting_id(self) -> str:
        """GUID that the parts of these settings bear: the machine's own, or the checkpoint's."""
        return guid_in(self.instance_id)

    @property
    def is_machine(self) -> bool:
        """A running or stopped machine itself, no checkpoint and no planned machine."""
        return (self.system_type or REALIZED).lower() == REALIZED.lower()

    @property
    def is_planned(self) -> bool:
        """A machine on its way here, or left over from a move that broke off."""
        return (self.system_type or "").lower() == PLANNED.lower()

    @property
    def is_part(self) -> bool:
        """A checkpoint, or what else is no machine itself, that names the machine it belongs to."""
        return not (self.is_machine or self.is_planned) and bool(guid_in(self.vm_identifier or ""))


def too_many(machines: int) -> str:
    """Why a host has not that many virtual machines; empty if it may."""
    much = machines > MOST_MACHINES
    return f"there are {machines} virtual machines, and no host has more than {MOST_MACHINES}" if much else ""


class ReplicationMode(IntEnum):
    """What a machine is to Hyper-V Replica."""

    NONE = 0
    PRIMARY = 1
    REPLICA = 2
    TEST_REPLICA = 3
    EXTENDED_REPLICA = 4


@windows_fact(cim("Msvm_ComputerSystem", namespace=HYPER_V), service="vmms", least=1, key=("name",))
class VirtualMachineState(WindowsFact):
    """State of a virtual machine, or of the host itself, which always has a row: who may not look gets none at all."""

    name: str = prop("Name", "GUID of the machine; of the host its NetBIOS name")
    element_name: str | None = prop("ElementName", "name as people gave it")
    enabled_state: int | None = prop("EnabledState", "2 running, 3 off, 6 saved, 9 paused; others are on their way")
    health_state: int | None = prop("HealthState", "5 sound, 20 and 25 critical")
    operational_status: tuple[int, ...] = prop("OperationalStatus", "first 2 in order, 11 busy; second what with")
    replication_state: int | None = prop("ReplicationState", "numbers of WMI, not of the module")
    replication_health: int | None = prop("ReplicationHealth", "0 to 3; 0 is not replicated")
    replication_mode: int | None = prop("ReplicationMode", "0 none, 1 primary, 2 replica, 3 test, 4 extended replica")

    @property
    def vm_id(self) -> str:
        """GUID of the machine; empty for the host's own row."""
        return guid_in(self.name)

    @property
    def is_host(self) -> bool:
        """The host itself."""
        return not self.vm_id


@windows_fact(
    cim("Msvm_StorageAllocationSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no virtual machine has a disk or a drive",
    key=("instance_id",),
)
class VmStorage(SettingData):
    """A disk or drive of a virtual machine or checkpoint."""

    instance_id: str = prop("InstanceID")
    sub_type: str | None = prop(
        "ResourceSubType",
        "…:Virtual Hard Disk, …:Virtual CD/DVD Disk, …",
        clear=r"Microsoft:Hyper-V:Virtual (?:Hard Disk|CD/DVD Disk|Floppy Disk)",
    )
    paths: tuple[str, ...] = prop("HostResource", "at most one path; empty drive: none")
    shared: bool | None = prop(
        "PersistentReservationsSupported", "several machines have it; since 2012 R2", default=None
    )

    @property
    def path(self) -> str:
        """The file; empty for an empty drive."""
        return next((path for path in self.paths if path), "")

    @property
    def is_disk(self) -> bool:
        """A virtual hard disk (not an image in a drive), by its kind or, where that is another word, by its file."""
        return (self.sub_type or "").lower().endswith("virtual hard disk") or self.path.lower().endswith(DISKS)

    @property
    def file_server(self) -> str:
        r"""The server of a UNC path (``\\server\share``), lower case; empty for a local path."""
        return server_of(self.path)


@windows_fact(
    cim("Msvm_SecuritySettingData", namespace=HYPER_V),
    since="2016",
    service="vmms",
    no_row="the host has no virtual machine, or is older than 2016",
    key=("instance_id",),
)
class VmSecurity(SettingData):
    """Protection of a virtual machine; the class exists since 2016."""

    instance_id: str = prop("InstanceID")
    encrypts_migration: bool | None = prop("EncryptStateAndVmMigrationTraffic", "its state and migration are encrypted")
    shielded: bool | None = prop("ShieldingRequested")
    tpm: bool | None = prop("TpmEnabled", "it has a virtual TPM", default=None)
    key_storage: bool | None = prop("KsdEnabled", "it has a key storage drive, as generation 1 has", default=None)
