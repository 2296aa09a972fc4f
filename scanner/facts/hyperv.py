"""Live-migration settings of a Hyper-V host."""

from __future__ import annotations

import ipaddress
from enum import IntEnum

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.clear import VERSION
from scanner.words.query import HYPER_V, Command, cim

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

USER_MANAGED_ALL = "Microsoft:UserManagedAllNetworks"
"""Tag of the rows behind "use any available network" (decompiled behaviour: a strong hint, see domain.md RE)."""


class MigrationAuthentication(IntEnum):
    """How a migration signs in on the destination."""

    CREDSSP = 0
    KERBEROS = 1


class MigrationPerformance(IntEnum):
    """How the memory travels."""

    TCPIP = 0
    COMPRESSION = 1
    SMB = 2


@windows_fact(cim("Msvm_VirtualSystemMigrationService", namespace=HYPER_V), service="vmms", least=1, key=())
class MigrationService(WindowsFact):
    """The listener of incoming migrations."""

    listening: tuple[str, ...] = prop("MigrationServiceListenerIPAddressList", "addresses it listens on, TCP 6600")

    @property
    def addresses(self) -> tuple[str, ...]:
        """Listening addresses that another machine can reach: no scope, no link-local address, each once."""
        found: dict[str, None] = {}
        for text in self.listening:
            try:
                address = ipaddress.ip_address(text.split("%")[0])
            except ValueError:
                continue
            if not (address.is_link_local or address.is_loopback or address.is_unspecified):
                found[str(address)] = None
        return tuple(found)


@windows_fact(cim("Msvm_VirtualSystemMigrationServiceSettingData", namespace=HYPER_V), service="vmms", least=1, key=())
class MigrationSettings(WindowsFact):
    """Live-migration settings in raw numbers, the same on every release."""

    enabled: bool = prop("EnableVirtualSystemMigration", "in- and outgoing live migration")
    authentication: MigrationAuthentication = prop("AuthenticationType", "0 CredSSP, 1 Kerberos")
    compression: bool | None = prop("EnableCompression", "null on 2012")
    smb_transport: bool | None = prop("EnableSmbTransport", "null on 2012")
    maximum_migrations: int | None = prop("MaximumActiveVirtualSystemMigration")
    maximum_storage_migrations: int | None = prop("MaximumActiveStorageMigration")


@windows_fact(
    cim("Msvm_VirtualSystemMigrationNetworkSettingData", namespace=HYPER_V),
    service="vmms",
    no_row="no subnet is listed",
    key=("instance_id",),
)
class MigrationNetwork(WindowsFact):
    """A subnet on which incoming migrations are accepted; no row when none is listed."""

    instance_id: str = prop("InstanceID")
    subnet: str = prop("SubnetNumber", "network address, or an address in it")
    prefix_length: int = prop("PrefixLength")
    metric: int | None = prop("Metric", "lower is tried first")
    tags: tuple[str, ...] = prop("Tags", clear="Microsoft:UserManaged")

    @property
    def any_network(self) -> bool:
        """A catch-all row: it stands for "use any available network" of its address family."""
        return USER_MANAGED_ALL in self.tags or self.prefix_length == 0

    @property
    def network(self) -> Network:
        """The subnet; a network address with host bits counts as the network around it.

        Raises:
            ValueError: the answer is no subnet.
        """
        return ipaddress.ip_network(f"{self.subnet.split('%')[0]}/{self.prefix_length}", strict=False)


@windows_fact(
    Command("Get-VMHost"),
    module="Hyper-V",
    absent=("module",),
    service="vmms",
    yields="Microsoft.HyperV.PowerShell.VMHost",
    no_row="the Hyper-V module is not installed",
    key=(),
)
class VMHost(WindowsFact):
    """What only the Hyper-V module knows: any-network flag and supported configuration versions."""

    migration_enabled: bool = prop("VirtualMachineMigrationEnabled")
    authentication: MigrationAuthentication = prop("VirtualMachineMigrationAuthenticationType")
    performance: MigrationPerformance | None = prop("VirtualMachineMigrationPerformanceOption", "since 2012 R2")
    any_network: bool = prop("UseAnyNetworkForMigration")
    supported_versions: tuple[str, ...] = prop(
        "SupportedVmVersions", "since 2016; empty before: use the table", clear=VERSION
    )
