"""Commands of the Hyper-V module, over the state of a practice machine."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import Any

import msgspec

from lab.remedy.command import Call, command
from lab.remedy.world import Harm, Host, Refused
from lab.windows.machine.hyperv import SUPPORTED_VERSIONS
from lab.windows.machine.parts import Authorization, Migration, Vm
from lab.windows.machine.vms import DEFAULT_VERSIONS, vm_id


def migration(host: Host, **values: Any) -> None:
    """Change the settings of migrations; it then listens as they say. Raises Harm: the host was left closed."""
    before = host.machine.migration_listeners()
    host.change("migration", **values, listening=None)
    settings = host.machine.state.migration
    if before and settings.enabled and not host.machine.migration_listeners():
        raise Harm(f"{host.name} listened for migrations on {', '.join(before)}, and now on no address")


def subnet(text: str) -> str:
    """A subnet as the host keeps it; a single address is one of its own. Raises Refused."""
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        raise Refused(f"{text} is no subnet") from None


@command("Enable-VMMigration", "ComputerName", places="ComputerName", on="Hyper-V")
def enable_migration(call: Call) -> None:
    """Migrations may leave and enter."""
    migration(call.host(), enabled=True)


@command(
    "Set-VMHost",
    "ComputerName VirtualMachineMigrationAuthenticationType UseAnyNetworkForMigration"
    " VirtualMachineMigrationPerformanceOption MaximumVirtualMachineMigrations MaximumStorageMigrations",
    places="ComputerName",
    on="Hyper-V",
    VirtualMachineMigrationPerformanceOption="2012R2",
)
def set_host(call: Call) -> None:
    """Settings of the host."""
    host = call.host()
    values: dict[str, Any] = {}
    if word := call.choice("VirtualMachineMigrationAuthenticationType", "CredSSP", "Kerberos"):
        values["authentication"] = word.casefold()
    if word := call.choice("VirtualMachineMigrationPerformanceOption", "TCPIP", "Compression", "SMB"):
        values["performance"] = word.casefold()
    if (everywhere := call.flag("UseAnyNetworkForMigration")) is not None:
        values["any_network"] = everywhere
    for name, key in (("MaximumVirtualMachineMigrations", "maximum"), ("MaximumStorageMigrations", "maximum_storage")):
        if name in call.given:
            values[key] = int(call.text(name))
    if not values:
        raise Refused(f"{call.known.name} changes nothing")
    migration(host, **values)


@command(
    "Add-VMMigrationNetwork", "ComputerName Subnet Priority", places="Subnet Priority", required="Subnet", on="Hyper-V"
)
def add_network(call: Call) -> None:
    """Take migrations on one more network."""
    host, wanted = call.host(), subnet(call.text("Subnet"))
    settings = host.machine.state.migration
    if wanted in (subnet(listed) for listed in settings.networks):
        raise Refused(f"{host.name} lists {wanted} already")
    if not any(ip_address(a) in ip_network(wanted) for a in host.machine.addresses()):
        raise Harm(f"{host.name} has no address in {wanted}, and would take no migration there")
    migration(host, networks=[*settings.networks, wanted])


@command("Remove-VMMigrationNetwork", "ComputerName Subnet", places="Subnet", required="Subnet", on="Hyper-V")
def remove_network(call: Call) -> None:
    """Take no migrations on a network any more."""
    host, gone = call.host(), subnet(call.text("Subnet"))
    settings = host.machine.state.migration
    left = [listed for listed in settings.networks if subnet(listed) != gone]
    if len(left) == len(settings.networks):
        raise Refused(f"{host.name} does not list {gone}")
    if not left and not settings.any_network:
        raise Harm(f"{gone} is the last network of {host.name}, which would take no migration at all")
    migration(host, networks=left)


@command(
    "Set-VMMigrationNetwork",
    "ComputerName Subnet NewSubnet NewPriority",
    places="Subnet NewSubnet",
    required="Subnet",
    on="Hyper-V",
)
def set_network(call: Call) -> None:
    """Another subnet in place of one that is listed."""
    host, old, new = call.host(), subnet(call.text("Subnet")), subnet(call.text("NewSubnet") or call.text("Subnet"))
    settings = host.machine.state.migration
    if old not in (subnet(listed) for listed in settings.networks):
        raise Refused(f"{host.name} does not list {old}")
    if not any(ip_address(a) in ip_network(new) for a in host.machine.addresses()):
        raise Harm(f"{host.name} has no address in {new}, and would take no migration there")
    migration(host, networks=[new if subnet(listed) == old else listed for listed in settings.networks])


@command("Get-VM", "ComputerName Id Name", places="Name", on="Hyper-V")
def get_vm(call: Call) -> tuple[tuple[Host, Vm], ...]:
    """Virtual machines, to be handed on."""
    host = call.host()
    wanted, name = call.text("Id").strip("{}").casefold(), call.text("Name").casefold()
    found = [vm for vm in host.machine.state.vm
             if (not wanted or vm_id(host.machine, vm).casefold() == wanted)
             and (not name or vm.name.casefold() == name)]  # fmt: skip
    if (wanted or name) and not found:
        raise Refused(f"{host.name} has no virtual machine {wanted or name}")
    return tuple((host, vm) for vm in found)


def vms(call: Call) -> tuple[tuple[Host, Vm], ...]:
    """The virtual machines of the pipeline, each on a host that knows the command. Raises Refused: there are none."""
    if not call.rows:
        raise Refused(f"{call.known.name}: of which virtual machine?")
    for host, _ in call.rows:
        call.fits(host)
    return call.rows


def change_vm(host: Host, vm: Vm, **values: Any) -> None:
    """Give one virtual machine other values."""
    changed = msgspec.structs.replace(vm, **values)
    host.change(vm=[changed if other == vm else other for other in host.machine.state.vm])


@command("Update-VMVersion", "Force", since="2016", on="Hyper-V")
def update_version(call: Call) -> None:
    """Raise the configuration version to the host's highest; the machine must be off, and there is no way back."""
    for host, vm in vms(call):
        if vm.state != "off" and not call.told("off"):
            raise Refused(f"{vm.name} is {vm.state}, and nobody was told to shut it down")
        known = SUPPORTED_VERSIONS[host.machine.release].split()
        if (vm.version or DEFAULT_VERSIONS[host.machine.release]) not in known:
            raise Refused(f"{host.name} does not run version {vm.version}, and so cannot upgrade it")
        change_vm(host, vm, version=known[-1])


@command("Set-VMProcessor", "CompatibilityForMigrationEnabled", on="Hyper-V")
def set_processor(call: Call) -> None:
    """Compatibility mode of processors; the machine must be off."""
    wanted = call.flag("CompatibilityForMigrationEnabled")
    for host, vm in vms(call):
        if vm.state != "off" and not call.told("off"):
            raise Refused(f"{vm.name} is {vm.state}, and nobody was told to shut it down")
        change_vm(host, vm, compatible_processor=bool(wanted))


REPLICA_METHODS = ("Kerberos", "Certificate", "CertificateAndKerberos")


@command(
    "Set-VMReplicationServer",
    "ComputerName ReplicationEnabled AllowedAuthenticationType KerberosAuthenticationPort"
    " CertificateAuthenticationPort CertificateThumbprint ReplicationAllowedFromAnyServer DefaultStorageLocation Force",
    places="ReplicationEnabled AllowedAuthenticationType",
    on="Hyper-V",
)
def set_replication_server(call: Call) -> None:
    """Receive replicas: whether, how, on which port."""
    host = call.host()
    values: dict[str, Any] = {}
    if (enabled := call.flag("ReplicationEnabled")) is not None:
        values["enabled"] = enabled
    if word := call.choice("AllowedAuthenticationType", *REPLICA_METHODS):
        values["authentication"] = "both" if word == REPLICA_METHODS[2] else word.casefold()
        if word != "Kerberos" and not (call.text("CertificateThumbprint") or host.machine.state.replica.thumbprint):
            raise Refused(f"{call.known.name} on {host.name}: a certificate is wanted, and none is named")
    for name, key in (("KerberosAuthenticationPort", "port"), ("CertificateAuthenticationPort", "https_port")):
        if name in call.given:
            values[key] = int(call.text(name))
    if "CertificateThumbprint" in call.given:
        values["thumbprint"] = call.text("CertificateThumbprint")
    if call.flag("ReplicationAllowedFromAnyServer"):
        if not (folder := call.text("DefaultStorageLocation")):
            raise Refused(f"{call.known.name}: from any server needs -DefaultStorageLocation")
        values["allow"] = [Authorization("*", folder)]
    host.change("replica", **values)


def defaults() -> Migration:
    """The settings of a host that never had Hyper-V before."""
    return Migration(enabled=False, authentication="credssp")
