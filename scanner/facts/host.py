"""The machine itself: release, domain membership, services, the domain controller it last used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import ClassVar

from scanner.facts.base import DerivedFact, WindowsFact, prop, windows_fact
from scanner.facts.clear import RUNS, STARTS, VERSION
from scanner.words.model import Fact
from scanner.words.query import CLUSTER, cim, registry
from scanner.words.telling import tell

BUILDS = {9200: "2012", 9600: "2012R2", 14393: "2016", 17763: "2019", 20348: "2022", 26100: "2025"}
"""Windows Server releases by build (domain.md, part 0)."""
NETBIOS = 15
"""characters of a computer's DNS name that its NetBIOS name and its account's name keep"""
CREDENTIAL_GUARD = 1
"""Win32_DeviceGuard.SecurityServicesRunning"""
SERVICES = ("vmms", "ClusSvc", "WinRM", "MpsSvc", "LanmanServer", "Netlogon", "W32Time", "SCVMMService", "dra")
"""The services that are read, and so those that a fact can say it needs."""


def release_of(build: int) -> str:
    """The release a build belongs to: the nearest known one below it; empty below Windows Server 2012."""
    return max(((b, name) for b, name in BUILDS.items() if b <= build), default=(0, ""))[1]


class ProductType(IntEnum):
    """Win32_OperatingSystem.ProductType."""

    CLIENT = 1
    DOMAIN_CONTROLLER = 2
    SERVER = 3


@windows_fact(cim("Win32_OperatingSystem"), least=1, key=())
class OperatingSystem(WindowsFact):
    """Release, clock and start of the machine."""

    of_every_host: ClassVar[bool] = True
    local_date_time: datetime = prop("LocalDateTime", "the machine's clock", unit="UTC")
    build: int = prop("BuildNumber", "build number; decides the release, never the caption")
    version: str = prop("Version", "as in 10.0.17763", clear=VERSION)
    product_type: ProductType = prop("ProductType", "1 client, 2 domain controller, 3 server")
    last_boot: datetime | None = prop("LastBootUpTime", "start of the machine", unit="UTC")
    sku: int | None = prop(
        "OperatingSystemSKU", "edition; 175 multi-session, 406 Azure Stack HCI, 407 and 408 Azure Edition", default=None
    )

    @property
    def release(self) -> str:
        """Windows Server release by build, as in 2019 or 2012R2; empty if older than 2012."""
        return release_of(self.build)


@windows_fact(cim("Win32_ComputerSystem"), least=1)
class ComputerSystem(WindowsFact):
    """Name and domain membership."""

    name: str = prop("Name", "NetBIOS name")
    dns_host_name: str = prop("DNSHostName", "host part of the DNS name")
    domain: str = prop("Domain", "DNS name of the domain, or the work group's name when not joined")
    part_of_domain: bool = prop("PartOfDomain", "joined to an Active Directory domain")
    domain_role: int = prop("DomainRole", "0-5; 3 member server, 4 and 5 domain controller")
    manufacturer: str | None = prop("Manufacturer", "as its firmware says", default=None, clear="Microsoft Corporation")
    model: str | None = prop("Model", "of a virtual machine its platform", default=None, clear="Virtual Machine")
    hypervisor: bool | None = prop("HypervisorPresent", "one runs: of its own, or beneath it", default=None)

    @property
    def dns_domain(self) -> str:
        """The domain as directories are asked under it: lower case, without the dot of the root."""
        return self.domain.lower().rstrip(".")


@windows_fact(registry(r"SYSTEM\CurrentControlSet\Services\Tcpip\Parameters"), yields="REG", least=1)
class DnsSuffix(WindowsFact):
    """What follows the host part in the machine's full DNS name; it need not be the name of its domain."""

    active: str | None = prop("Domain", "as it is used now")
    stored: str | None = prop("NV Domain", "as it is from the next start on")

    @property
    def name(self) -> str:
        """The suffix, lower case; empty if the machine has none."""
        return (self.active or self.stored or "").strip().strip(".").lower()


@windows_fact(
    cim("Win32_DeviceGuard", namespace=r"root\Microsoft\Windows\DeviceGuard"),
    since="2016",
    no_row="the release is older than 2016, so nothing of it runs",
)
class DeviceGuard(WindowsFact):
    """What virtualization-based security does on the machine."""

    services_running: tuple[int, ...] = prop("SecurityServicesRunning", "1 Credential Guard, 2 code integrity, 0 none")

    @property
    def credential_guard(self) -> bool:
        """Credential Guard runs: it hands on no credentials, neither of who signed in nor by unlimited delegation."""
        return CREDENTIAL_GUARD in self.services_running


@dataclass(frozen=True, slots=True)
class AnsweringMachine(DerivedFact):
    """The machine that answered under the target's name, as it told itself; it is kept when it is not the target."""

    name: str
    """NetBIOS name"""
    dns_host_name: str
    """host part of the DNS name"""
    domain: str
    """DNS name of the domain, or the work group's name when not joined"""
    part_of_domain: bool

    @classmethod
    def of(cls, system: ComputerSystem) -> AnsweringMachine:
        """The machine that gave this row."""
        return cls(system.name, system.dns_host_name, system.domain, system.part_of_domain)

    @property
    def has_two_names(self) -> bool:
        """Whether its DNS name makes another NetBIOS name than it says: renamed and not restarted, or not true."""
        host = self.dns_host_name.partition(".")[0].casefold()
        return bool(host) and self.name.casefold() not in (host, host[:NETBIOS])

    @property
    def shown(self) -> str:
        """As reports name it; short and printable, whatever it calls itself."""
        longer, domain = len(self.dns_host_name) > len(self.name), _printable(self.domain)
        if self.has_two_names:
            return tell(
                "{name}, in DNS {dns} ({domain})",
                name=_printable(self.name),
                dns=_printable(self.dns_host_name),
                domain=domain,
            )
        return tell("{name} ({domain})", name=_printable(self.dns_host_name if longer else self.name), domain=domain)


def _printable(text: str) -> str:
    return ascii(text[:63])[1:-1] or tell("no name")


@windows_fact(cim("Win32_Service", where=" OR ".join(f"Name='{name}'" for name in SERVICES)), least=1, key=("name",))
class Service(WindowsFact):
    """A Windows service that matters to a move; one that does not exist is no row."""

    name: str = prop("Name")
    state: str = prop("State", "fixed English word: Running, Stopped, Start Pending ...", clear=RUNS)
    start_mode: str = prop("StartMode", "fixed English word: Auto, Manual, Disabled", clear=STARTS)
    process_id: int | None = prop("ProcessId", "0 when it does not run")
    start_name: str | None = prop("StartName", "the account it runs as")

    @classmethod
    def lacks(cls, rows: Iterable[Fact]) -> str:
        """Services that every server has, joined to a domain or not, running or not."""
        found = {row.name.lower() for row in rows if isinstance(row, Service)}
        missing = [name for name in ("LanmanServer", "Netlogon") if name.lower() not in found]
        return f"no row of {' and '.join(missing)}, which every server has" if missing else ""


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Windows\CurrentVersion\Group Policy\History"),
    absent=("key",),
    yields="REG",
    no_row="no machine policy was applied yet, as on a machine in no domain",
)
class DomainControllerHint(WindowsFact):
    """The domain controller of the last machine policy run: the best hint for the one the machine is logged on to."""

    controller: str | None = prop("DCName", r"as in \\DC01.corp.example")

    @property
    def name(self) -> str:
        """The controller's DNS name, lower case; empty if none is recorded."""
        return (self.controller or "").strip("\\").rstrip(".").lower()


@windows_fact(
    cim("MSCluster_Cluster", namespace=CLUSTER),
    absent=("namespace", "class", "service"),
    service="ClusSvc",
    no_row="the machine is no node of a cluster",
)
class ClusterInfo(WindowsFact):
    """The failover cluster the machine is a node of; no row when it is none."""

    name: str = prop("Name")
    fqdn: str | None = prop("Fqdn")
    functional_level: int | None = prop("ClusterFunctionalLevel", "since 2016")
