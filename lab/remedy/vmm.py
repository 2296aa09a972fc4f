"""Commands of the module VirtualMachineManager that change a cloud, over what a practice VMM server knows."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from lab.remedy.command import Call, command
from lab.remedy.world import Host, Refused
from lab.windows.machine.vmm import clouds
from lab.windows.machine.vmm_parts import Vmm

BUILT_IN = ("Hyper-V", "ESX Server", "XenServer")


@dataclass(frozen=True)
class Cloud:
    """A cloud of a VMM server, by its name there."""

    server: Host
    name: str


@dataclass(frozen=True)
class CapabilityProfile:
    """A capability profile that comes with a VMM server."""

    server: Host
    name: str


def _server(call: Call) -> tuple[Host, Vmm]:
    host = call.world.host(call.text("VMMServer"))
    vmm = host.machine.state.vmm
    if vmm is None or not host.machine.running("SCVMMService"):
        raise Refused(f"{call.known.name}: no VMM service answers on {host.name}")
    return host, vmm


@command("Get-SCCloud", "VMMServer ID", required="VMMServer ID")
def get_cloud(call: Call) -> Cloud:
    """A cloud of a VMM server by its id, to be handed on."""
    host, _ = _server(call)
    wanted = call.text("ID").casefold()
    for row in clouds(host.machine):
        if str(row["ID"]).casefold() == wanted:
            return Cloud(host, str(row["Name"]))
    raise Refused(f"{call.known.name}: {host.name} has no cloud {wanted}")


@command("Get-SCCapabilityProfile", "VMMServer Name", required="VMMServer Name")
def get_profile(call: Call) -> CapabilityProfile:
    """A capability profile of a VMM server, to be handed on."""
    host, _ = _server(call)
    for name in BUILT_IN:
        if name.casefold() == call.text("Name").casefold():
            return CapabilityProfile(host, name)
    raise Refused(f"{call.known.name}: {host.name} has no such profile")


@command("Set-SCCloud", "Cloud AddCapabilityProfile", required="Cloud AddCapabilityProfile")
def set_cloud(call: Call) -> None:
    """A cloud takes a capability profile besides those it has."""
    cloud, profile = call.given["Cloud"], call.given["AddCapabilityProfile"]
    if not isinstance(cloud, Cloud) or not isinstance(profile, CapabilityProfile) or cloud.server is not profile.server:
        raise Refused(f"{call.known.name} takes a cloud and a profile of one VMM server")
    vmm = cloud.server.machine.state.vmm
    assert vmm is not None
    changed = [
        msgspec.structs.replace(row, capability_profiles=[*row.capability_profiles, profile.name])
        if row.name == cloud.name and profile.name not in row.capability_profiles
        else row
        for row in vmm.cloud
    ]
    cloud.server.change("vmm", cloud=changed)
