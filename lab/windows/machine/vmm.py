"""The objects of Virtual Machine Manager on a practice machine, as its own module hands them on.

An object that refers to another holds it whole, as VMM's do; as text it is its path or its name. Numbers that were seen
on a real server stand here by their source; others are guesses, and marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lab import contract
from lab.windows.machine.machine import Machine, derived_guid
from lab.windows.machine.values import Row, Version
from lab.windows.machine.vmm_parts import ROOT, Vmm, VmmAdapter, VmmMachine

TYPES = "Microsoft.SystemCenter.VirtualMachineManager."
# manageiq-providers-scvmm: recorded (Profile 1, VirtualizationPlatform 2), lookup_overall_state (0, 2, 8)
PROFILES = {"administrator": 1, "read-only": 5}  # 5: guess
PLATFORMS = {"hyper-v": 2, "vmware": 1}  # 1: guess
OVERALL = {"ok": (0, "OK"), "needs attention": (2, "NeedsAttention"), "in maintenance mode": (8, "InMaintenanceMode")}
COMMUNICATION = {  # the words: lookup_connected_state; the numbers: guesses
    "responding": (1, "Responding"), "not responding": (2, "NotResponding"), "access denied": (3, "AccessDenied"),
}  # fmt: skip
STATUS = {"running": 0, "off": 1}  # guesses


def known(machine: Machine) -> Vmm:
    """What the server knows."""
    if machine.state.vmm is None:
        raise ValueError(f"{machine.name} is no VMM server")
    return machine.state.vmm


def _row(machine: Machine, of: str, text: str, values: dict[str, Any]) -> Row:
    there = contract.properties(TYPES + of, machine.release)
    if unknown := values.keys() - there.keys():
        raise ValueError(f"{of}: {sorted(unknown)} are not in the contract")
    return Row({name: values.get(name) for name in there}, type_name=TYPES + of, text=text)


def _thing(machine: Machine, of: str, name: str, own_id: str = "", **values: Any) -> Row:
    """An object that is known by its name."""
    made = {"ID": own_id.lower() or machine.guid("vmm", of, name).lower(), "Name": name, **values}
    return _row(machine, of, name, made)


def server(machine: Machine) -> Iterator[Row]:
    vmm, role = known(machine), known(machine).role
    values = {
        "Name": "localhost",
        "Port": 8100,
        "IsConnected": True,
        "FullyQualifiedDomainName": machine.fqdn,
        "FQDN": machine.fqdn,
        "Profile": PROFILES[vmm.profile],
        "ProductVersion": vmm.version,
        "VMMServiceAccount": vmm.account or "LocalSystem",
        "IsHighlyAvailable": role is not None,
        "FailoverVMMNodes": list(role.nodes) if role else None,
        "ActiveVMMNode": role.active if role else None,
    }
    yield _row(machine, "Remoting.ServerConnection", TYPES + "Remoting.ServerConnection", values)


def _group(machine: Machine, path: str) -> Row:
    path = "\\".join(map(machine.language.thing, path.split("\\")))
    name = path.rpartition("\\")[2]
    row = _thing(machine, "HostGroup", name, machine.guid("vmm", "HostGroup", path), Path=path)
    row.text = path
    return row


def host_groups(machine: Machine) -> Iterator[Row]:
    """Every path that is named anywhere, with those above it."""
    vmm = known(machine)
    named = [ROOT, *vmm.host_groups, *(h.group for h in vmm.host), *(g for c in vmm.cloud for g in c.host_groups)]
    paths: dict[str, None] = {}
    for path in named:
        parts = path.split("\\")
        paths.update(dict.fromkeys("\\".join(parts[:length]) for length in range(1, len(parts) + 1)))
    return (_group(machine, path) for path in paths)


def clouds(machine: Machine) -> Iterator[Row]:
    vmm = known(machine)
    networks = [str(row["Name"]) for row in logical_networks(machine)]
    for cloud in vmm.cloud:
        offered = networks if cloud.logical_networks is None else cloud.logical_networks
        kinds = vmm.classifications if cloud.storage_classifications is None else cloud.storage_classifications
        yield _thing(
            machine,
            "Cloud",
            cloud.name,
            cloud.id,
            HostGroup=[_group(machine, path) for path in cloud.host_groups],
            CapabilityProfiles=[_other(machine, "CapabilityProfile", name) for name in cloud.capability_profiles],
            LogicalNetworks=[_thing(machine, "LogicalNetwork", name) for name in offered],
            StorageClassifications=[_thing(machine, "StorageClassification", name) for name in kinds],
            IsDRProtected=cloud.protected,
        )


def _other(machine: Machine, of: str, name: str) -> Row:
    """An object of a type that nobody lists."""
    return Row({"ID": machine.guid("vmm", of, name).lower(), "Name": name}, type_name=TYPES + of, text=name)


def hosts(machine: Machine) -> Iterator[Row]:
    for host in known(machine).host:
        short, _, domain = host.name.partition(".")
        overall, communication = OVERALL[host.overall], COMMUNICATION[host.communication]
        yield _thing(
            machine,
            "Host",
            host.name,
            host.id,
            FullyQualifiedDomainName=host.name,
            ComputerName=short.upper(),
            DomainName=domain,
            VMHostGroup=_group(machine, host.group),
            HostCluster=_other(machine, "HostCluster", host.cluster) if host.cluster else None,
            OperatingSystemVersion=Version.of(host.os_version),
            VirtualizationPlatform=PLATFORMS[host.platform],
            HyperVState=0,
            OverallState=overall[0],
            OverallStateString=overall[1],
            CommunicationState=communication[0],
            CommunicationStateString=machine.language.thing(communication[1]),
            RunAsAccount=_thing(machine, "RunAsAccount", host.run_as) if host.run_as else None,
        )


def of_host(vm: VmmMachine, kind: str) -> str:
    """A GUID in capitals that the host itself gives to the machine."""
    return derived_guid(vm.host.partition(".")[0].upper(), kind, vm.name)


def hyper_v_id(vm: VmmMachine) -> str:
    """Hyper-V's id of a machine: given, or that of the practice host."""
    return vm.id.upper() or of_host(vm, "vm")


def machines(machine: Machine) -> Iterator[Row]:
    vmm = known(machine)
    groups = {host.name: host.group for host in vmm.host}
    listed = {str(row["Name"]): row for row in clouds(machine)}
    for vm in vmm.machine:
        yield _thing(
            machine,
            "VM",
            vm.name,
            vm.own_id or machine.guid("vmm", "VM", vm.host, vm.name),
            VMId=hyper_v_id(vm).lower(),
            Cloud=listed[vm.cloud] if vm.cloud else None,
            HostName=vm.host or None,
            HostGroupPath=groups.get(vm.host, ROOT) if vm.host else None,
            BiosGuid=vm.bios or of_host(vm, "bios").lower(),
            Status=STATUS[vm.status],
            Generation=vm.generation,
        )


def adapters(machine: Machine) -> Iterator[Row]:
    """Adapters of machines, and one of a template, which belongs to none."""
    vmm = known(machine)
    logical = {str(row["Name"]): row["LogicalNetwork"] for row in networks(machine)}
    usual = [VmmAdapter(vmm.network[0].name, switch="Production")] if vmm.network else [VmmAdapter()]
    for vm in vmm.machine:
        for place, adapter in enumerate(usual if vm.adapter is None else vm.adapter):
            nic = of_host(vm, "nic") if not place else derived_guid(vm.host, "nic", vm.name, str(place))
            of = adapter.vm_network
            own = _thing(machine, "LogicalNetwork", adapter.logical_network) if adapter.logical_network else None
            yield _thing(
                machine,
                "VirtualNetworkAdapter",
                vm.name,
                machine.guid("vmm", "adapter", vm.host, vm.name, str(place)),
                DeviceID=f"Microsoft:{hyper_v_id(vm)}\\{nic}",
                VMNetwork=_thing(machine, "VMNetwork", of, LogicalNetwork=logical.get(of)) if of else None,
                LogicalNetwork=own or logical.get(of),
                VirtualNetwork=adapter.switch,
                IsUsedForHostManagement=False,
            )
    yield _thing(machine, "VirtualNetworkAdapter", "Template", IsUsedForHostManagement=False)


def networks(machine: Machine) -> Iterator[Row]:
    for network in known(machine).network:
        logical = _thing(machine, "LogicalNetwork", network.logical_network or network.name)
        values = {"LogicalNetwork": logical, "IsolationType": network.isolation}
        yield _thing(machine, "VMNetwork", network.name, network.id, **values)


def logical_networks(machine: Machine) -> Iterator[Row]:
    vmm = known(machine)
    named = (*vmm.logical_networks, *(network.logical_network or network.name for network in vmm.network))
    return (_thing(machine, "LogicalNetwork", name) for name in dict.fromkeys(named))


def classifications(machine: Machine) -> Iterator[Row]:
    return (_thing(machine, "StorageClassification", name) for name in known(machine).classifications)


def run_as_accounts(machine: Machine) -> Iterator[Row]:
    for account in known(machine).run_as:
        yield _thing(machine, "RunAsAccount", account.name, UserName=account.user)
