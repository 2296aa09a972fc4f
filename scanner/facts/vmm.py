"""What a VMM server says of itself, its clouds, its hosts and its accounts.

Each is asked of the server itself, as ``localhost``: a name would make its session sign in elsewhere. On a passive node
of a highly available server nobody answers, and ``scanner.facts.vmm_nodes`` tells who does in its place.

What a row refers to is told by its path or its name, as VMM's objects say it themselves: objects lead to all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, TypeVar, cast, dataclass_transform

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.clear import VERSION
from scanner.words.model import TargetKind
from scanner.words.query import Command
from scanner.words.readonly import Value

F = TypeVar("F", bound=type)
TYPES = "Microsoft.SystemCenter.VirtualMachineManager."
SERVICE, MODULE, CAPABILITY = "SCVMMService", "VirtualMachineManager", "HvPreflightVmm"
ITSELF: Mapping[str, Value] = {"VMMServer": "localhost"}
ADMINISTRATOR = 1
"""Number of the profile of VMM administrators, as recorded on a VMM 2012 R2 (manageiq-providers-scvmm)."""
HYPER_V = 2
"""Number of the virtualization platform Hyper-V, as recorded there."""
OK, NEEDS_ATTENTION, MAINTENANCE = 0, 2, 8
"""Numbers of a host's overall state that are known (ManageIQ::Providers::Microsoft, lookup_overall_state)."""
GROUPS = ("HostGroup", "VMHostGroup")
"""Properties that hold host groups, which are told by their path; their names alone may be many."""
_TYPE_NAME = re.compile(r"Microsoft\.(SystemCenter\.VirtualMachineManager|VirtualManager)\.[\w.]+")


class VmmFact(WindowsFact):
    """A row that a VMM server's own PowerShell module answers."""

    __slots__ = ()
    kinds: ClassVar[frozenset[TargetKind]] = frozenset({TargetKind.VMM_SERVER})

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """The row, with the objects that it refers to by path or name."""
        yield {name: _named(value, "Path" if name in GROUPS else "Name") for name, value in raw.items()}


def _named(value: object, by: str) -> object:
    """An object by its path or name: PowerShell writes it out where it answers a single row, else as text.

    Text that is the name of a .NET type is no name of a thing, so it becomes nothing that could be read.
    """
    if isinstance(value, list):
        return [_named(item, by) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return cast("Mapping[str, object]", value).get(by) or cast("object", value)
    unnamed = isinstance(value, str) and _TYPE_NAME.fullmatch(value) is not None
    return dict[str, object]() if unnamed else value


@dataclass_transform(frozen_default=True, field_specifiers=(prop,))
def vmm_fact(
    read: Command,
    of: str,
    *,
    depth: int = 1,
    least: int = 0,
    no_row: str = "",
    key: tuple[str, ...] = ("id",),
) -> Callable[[F], F]:
    """Make the class a fact of VMM whose rows, of the type ``of``, ``read`` answers. See ``windows_fact``."""
    return windows_fact(
        read,
        depth=depth,
        shallow=True,
        service=SERVICE,
        module=MODULE,
        capability=CAPABILITY,
        yields=TYPES + of,
        least=least,
        no_row=no_row,
        key=key,
    )


@vmm_fact(
    Command("Get-SCVMMServer", {"ComputerName": "localhost"}), "Remoting.ServerConnection", depth=2, least=1, key=()
)
class VmmServer(VmmFact):
    """The VMM server, as it takes who asks: there is a row only where it answers."""

    name: str = prop("Name", "as it was asked for")
    fqdn: str = prop("FullyQualifiedDomainName")
    version: str = prop("ProductVersion", "as in 4.0.2775.0", clear=VERSION)
    service_account: str | None = prop("VMMServiceAccount")
    highly_available: bool = prop("IsHighlyAvailable", "its service is a role of a failover cluster")
    nodes: tuple[str, ...] = prop("FailoverVMMNodes", "short names; empty where it is not highly available")
    active_node: str | None = prop("ActiveVMMNode")
    profile: int | None = prop("Profile", "of the role that the account has: 1 administrator, who sees everything")

    @property
    def sees_all(self) -> bool:
        """Whether what is not listed is not there; another role may be limited to some clouds and host groups."""
        return self.profile == ADMINISTRATOR


@vmm_fact(Command("Get-SCCloud", ITSELF), "Cloud", depth=2, no_row="VMM lists no cloud")
class Cloud(VmmFact):
    """A cloud of a VMM server."""

    id: str = prop("ID")
    name: str = prop("Name")
    host_groups: tuple[str, ...] = prop(
        "HostGroup", "paths; empty where it is made of VMware resource pools", clear="All Hosts"
    )
    capability_profiles: tuple[str, ...] = prop("CapabilityProfiles", "names", clear="ESX Server|XenServer")
    logical_networks: tuple[str, ...] = prop("LogicalNetworks", "names")
    storage_classifications: tuple[str, ...] = prop("StorageClassifications", "names")
    protected: bool | None = prop("IsDRProtected", "Site Recovery protects it")

    def holds(self, path: str) -> bool:
        """Whether a host group is one of the cloud's, or lies below one."""
        below = f"{path}\\".casefold()
        return any(below.startswith(f"{group}\\".casefold()) for group in self.host_groups)


@vmm_fact(Command("Get-SCVMHostGroup", ITSELF), "HostGroup", no_row="VMM lists no host group")
class VmmHostGroup(VmmFact):
    """A group of hosts; whose role in VMM is limited may not see the root of them."""

    id: str = prop("ID")
    name: str = prop("Name")
    path: str = prop("Path", r"as in All Hosts\Primary", clear="All Hosts")


@vmm_fact(Command("Get-SCVMHost", ITSELF), "Host", no_row="VMM lists no host")
class VmmHost(VmmFact):
    """A host that VMM manages."""

    id: str = prop("ID", "VMM's own")
    name: str = prop("Name")
    fqdn: str | None = prop("FullyQualifiedDomainName")
    group: str | None = prop("VMHostGroup", "path of its host group", clear="All Hosts")
    cluster: str | None = prop("HostCluster", "name of the failover cluster it is a node of")
    os_version: str | None = prop("OperatingSystemVersion", "as in 10.0.14393", clear=VERSION)
    platform: int | None = prop("VirtualizationPlatform", "2 Hyper-V")
    hyper_v_state: int | None = prop("HyperVState")
    overall_state: int | None = prop("OverallState", "0 OK, 2 needs attention, 8 in maintenance; others are not known")
    overall_state_text: str | None = prop(
        "OverallStateString",
        "may be localised",
        clear="OK|OK \\(Limited\\)|Needs Attention|Not Responding|In Maintenance Mode",
    )
    communication_state: int | None = prop("CommunicationState", "numbers are not known")
    communication_state_text: str | None = prop(
        "CommunicationStateString", "Responding; may be localised", clear="Responding|Not Responding|Access Denied"
    )
    run_as: str | None = prop("RunAsAccount", "name of the Run As account by which VMM manages it")


@vmm_fact(Command("Get-SCRunAsAccount", ITSELF), "RunAsAccount", no_row="VMM lists no Run As account")
class RunAsAccount(VmmFact):
    """A Run As account of VMM; one who is no administrator sees some or none."""

    id: str = prop("ID")
    name: str = prop("Name")
    user: str | None = prop("UserName")
