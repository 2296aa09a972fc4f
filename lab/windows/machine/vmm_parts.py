"""The table [vmm] of a machine file: what a Virtual Machine Manager server knows. A few lines make a sound one.

Ids follow from names, those of virtual machines from their host, so that both tell the same machine. Clouds offer all
networks and classifications unless they name theirs; a host is in the root of host groups, a machine has one adapter in
the first VM network.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from lab.windows.machine.parts import Part

ROOT = "All Hosts"
Overall = Literal["ok", "needs attention", "in maintenance mode"]
Communication = Literal["responding", "not responding", "access denied"]


class VmmCloud(Part):
    """A cloud; `host_groups` are paths, as "All Hosts\\\\Primary"."""

    name: str
    id: str = ""
    host_groups: list[str] = []
    capability_profiles: list[str] = msgspec.field(default_factory=lambda: ["Hyper-V"])
    logical_networks: list[str] | None = None
    storage_classifications: list[str] | None = None
    protected: bool = False


class VmmHost(Part):
    """A host; `name` is its DNS name, `group` the path of its host group, `run_as` the name of an account."""

    name: str
    group: str = ROOT
    id: str = ""
    cluster: str = ""
    os_version: str = "10.0.14393"
    platform: Literal["hyper-v", "vmware"] = "hyper-v"
    overall: Overall = "ok"
    communication: Communication = "responding"
    run_as: str = ""


class VmmAdapter(Part):
    """An adapter of a machine; none of it: not connected. The logical network follows from the VM network."""

    vm_network: str = ""
    logical_network: str = ""
    switch: str = ""


class VmmMachine(Part):
    """A virtual machine on a host (its DNS name); `id` is Hyper-V's and follows from the host, as its BIOS GUID."""

    name: str
    host: str = ""
    cloud: str = ""
    id: str = ""
    bios: str = ""
    own_id: str = ""
    status: Literal["running", "off"] = "running"
    generation: Literal[1, 2] | None = 2
    adapter: list[VmmAdapter] | None = None


class VmmNetwork(Part):
    """A VM network; unless it says so, its logical network is called as itself. Isolation 1: none."""

    name: str
    logical_network: str = ""
    isolation: int = 1
    id: str = ""


class VmmRunAs(Part):
    """A Run As account."""

    name: str
    user: str = ""


class VmmRole(Part):
    """The role of a cluster that VMM is, with its nodes (short names); on the others its service is stopped."""

    name: str
    nodes: list[str]
    active: str


class Vmm(Part):
    """A Virtual Machine Manager server; `users` are the accounts that have a role in it, none named: everybody has.

    `id` is blank as after a broken set-up; unless it is given, it follows from the machine.
    """

    version: str = "4.0.2775.0"
    id: str | None = None
    account: str = ""
    folder: str = "C:\\Program Files\\Microsoft System Center\\Virtual Machine Manager"
    users: list[str] = []
    profile: Literal["administrator", "read-only"] = "administrator"
    role: VmmRole | None = None
    cloud: list[VmmCloud] = []
    host_groups: list[str] = []
    host: list[VmmHost] = []
    machine: list[VmmMachine] = []
    network: list[VmmNetwork] = []
    logical_networks: list[str] = []
    classifications: list[str] = msgspec.field(default_factory=lambda: ["Local Storage", "Remote Storage"])
    run_as: list[VmmRunAs] = []

    def __post_init__(self) -> None:
        """Refuse a machine in a cloud that is not there."""
        clouds = {cloud.name for cloud in self.cloud}
        if lost := sorted({vm.cloud for vm in self.machine if vm.cloud} - clouds):
            raise ValueError(f"vmm.machine: there is no cloud {', '.join(lost)}")
