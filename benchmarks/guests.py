"""The virtual machines of a made-up host as evidence: they run, hang on its switch, and nothing keeps them there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from scanner.api import Fact
from scanner.facts import memory, processor, replication, switches, vm, vm_runtime

GIB = 1 << 30
RUNNING, EXTERNAL = 2, "External switch"
FOLDER = "D:\\VMs"
GENERATION, DISK = "Microsoft:Hyper-V:SubType:2", "Microsoft:Hyper-V:Virtual Hard Disk"


def machines(host: str, count: int, version: str) -> Iterator[tuple[type[Fact], Sequence[Fact]]]:
    """What a host tells of its virtual machines, all of one configuration version."""
    ids = [str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{guest}.{host}")) for guest in range(count)]
    names = [f"guest-{place:03}" for place in range(count)]
    yield vm.VirtualMachineSettings, [_settings(one, name, version) for one, name in zip(ids, names, strict=True)]
    own = vm.VirtualMachineState(host.partition(".")[0].upper(), host, RUNNING, 5, (2,), 0, 0, 0)
    guests = [vm.VirtualMachineState(one.upper(), "guest", RUNNING, 5, (2,), 0, 0, 0) for one in ids]
    yield vm.VirtualMachineState, [own, *guests]
    yield vm_runtime.VmRuntime, [vm_runtime.VmRuntime(one, RUNNING, (2,), False, 4 * GIB) for one in ids]
    yield memory.VmMemory, [memory.VmMemory(f"Microsoft:{one}\\m", 4096, 4096, 4096, False) for one in ids]
    yield processor.VmProcessor, [processor.VmProcessor(f"Microsoft:{one}\\p", False, None) for one in ids]
    yield vm.VmStorage, [vm.VmStorage(f"Microsoft:{one}\\d", DISK, (f"{FOLDER}\\{one}.vhdx",), False) for one in ids]
    yield vm.VmSecurity, [vm.VmSecurity(f"Microsoft:{one}\\s", False, False, False, False) for one in ids]
    relations = (replication.ReplicationRelationship(f"Microsoft:{one}\\HVR\\0", 0, 0) for one in ids)
    yield replication.ReplicationRelationship, [*relations]
    yield from _switch(host, ids)


def _settings(guid: str, name: str, version: str) -> vm.VirtualMachineSettings:
    whose = f"Microsoft:{guid.upper()}", guid.upper()
    return vm.VirtualMachineSettings(*whose, vm.REALIZED, GENERATION, name, version, FOLDER, FOLDER, FOLDER, False)


def _switch(host: str, ids: Sequence[str]) -> Iterator[tuple[type[Fact], Sequence[Fact]]]:
    """One switch with a port to an adapter of the host, and every machine on it."""
    own = str(uuid.uuid5(uuid.NAMESPACE_DNS, f"switch.{host}")).upper()
    space = f"\\\\{host.partition('.')[0].upper()}\\root\\virtualization\\v2:"
    leads_to = f'{space}Msvm_ExternalEthernetPort.DeviceID="Microsoft:{{{own}}}"'
    switch = f'{space}Msvm_VirtualEthernetSwitch.CreationClassName="Msvm_VirtualEthernetSwitch",Name="{own}"'
    ports = (switches.SwitchConnection(f"Microsoft:{one}\\a\\c", switches.CONNECTED, (switch,), None) for one in ids)
    yield switches.VirtualSwitch, [switches.VirtualSwitch(own, EXTERNAL)]
    uplink = switches.SwitchConnection(f"Microsoft:{own}\\u", switches.CONNECTED, (leads_to,), None)
    yield switches.SwitchConnection, [uplink, *ports]
