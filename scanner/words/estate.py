"""The estate as checks see it: what shall move, and what the user declared about it. Nothing of how to sign in.

It is saved with the evidence, so that a record can be judged without the file it came from. Standard library only.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from scanner.words.clouds import CloudPair, Mapping
from scanner.words.groups import Group
from scanner.words.model import Profile, TargetKind
from scanner.words.names import each_once, suffix_of
from scanner.words.offline import Offline, OfflinePath
from scanner.words.recovery import KeyFile, Replica, SiteRecovery


@dataclass(frozen=True, slots=True)
class Route:
    """A planned move, in one direction."""

    source: str
    destination: str
    storage: bool = True
    """virtual disks move too"""
    machines: bool = True
    """virtual machines move; False: their disks alone do"""
    profiles: frozenset[Profile] = frozenset()
    """the kinds of move it is planned for, of those that the estate asks for; empty: all of these"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Limits that are the user's to choose (proposals of domain.md part G)."""

    key_hours: int = 24
    """KEY-04: hours that a key must still be valid"""
    answer_hours: int = 24
    """hours that an answer may be old when the run ends; older ones are gaps"""
    clock_warn_seconds: int = 60
    """ID-06: clocks may differ by so much without a word"""
    clock_fail_seconds: int = 300
    """ID-06: what Kerberos tolerates (MaxClockSkew of the domain's policy)"""
    ticket_hours: int = 10
    """DEL-11: life of a ticket by the domain's Kerberos policy"""
    update_days: int = 60
    """HOST-11: age of the newest update"""
    memory_reserve_gib: int = 2
    """HOST-08: memory that stays free on the destination"""
    disk_reserve_percent: int = 10
    """HOST-09: room beyond the disks' own size, in per cent of it"""
    migrations_at_most: int = 10
    """LM-06: a sensible number of moves at once"""
    link_mbit: int = 1000
    """NET-06: speed of a migration network's adapter, Mbit/s"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """What the user declared. Host names are DNS names, lower case."""

    name: str = ""
    """what it is called, for people: nothing is judged by it"""
    profiles: frozenset[Profile] = frozenset({Profile.LIVE_MIGRATION})
    hosts: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    domains: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    """networks in CIDR form where migration traffic may be in clear"""
    untrusted: tuple[str, ...] = ()
    ipsec: tuple[str, ...] = ()
    """networks in CIDR form where IPsec is claimed to protect what moves send"""
    vmm_servers: tuple[str, ...] = ()
    key_files: tuple[KeyFile, ...] = ()
    file_servers: tuple[str, ...] = ()
    """machines whose shares are read"""
    offline: Offline = field(default_factory=Offline)
    site_recovery: SiteRecovery = field(default_factory=SiteRecovery)
    replica: Replica = field(default_factory=Replica)
    remote_initiated: bool = True
    """moves are started from a third machine, not while signed in on the source"""
    started_from: str = ""
    """the machine they are started from, where it is none of the hosts; empty: not told"""
    operators: tuple[str, ...] = ()
    """the accounts that start moves, as the user wrote them"""
    vms_only: tuple[str, ...] = ()
    """names (with * and ?) or ids of the virtual machines that are judged; empty: all"""
    vms_except: tuple[str, ...] = ()
    """those that are not"""
    switches: tuple[tuple[str, str], ...] = ()
    """names of a virtual switch on the source and on the destination, where they differ"""
    cloud_pairs: tuple[CloudPair, ...] = ()
    network_mappings: tuple[Mapping, ...] = ()
    """VM networks of source clouds and of target clouds"""
    storage_mappings: tuple[Mapping, ...] = ()
    """storage classifications of source clouds and of target clouds"""
    thresholds: Thresholds = field(default_factory=Thresholds)
    groups: tuple[Group, ...] = ()
    """as they were declared, for people: nothing is judged by them"""
    group_routes: tuple[tuple[str, str], ...] = ()
    """the routes that were declared from or to a group, in each direction, by the names that stand there"""
    chosen: tuple[str, ...] = ()
    """what a run was narrowed to, in words; empty: it is the whole estate"""
    file: str = field(default="", compare=False)
    """its file, from the folder it was read from; empty: not told"""

    def kinds_of(self, route: Route) -> frozenset[Profile]:
        """The kinds of move that one of its routes is planned for."""
        return route.profiles & self.profiles if route.profiles else self.profiles

    def planned(self, profiles: frozenset[Profile]) -> tuple[Route, ...]:
        """The routes that are planned for one of these kinds of move."""
        return tuple(route for route in self.routes if self.kinds_of(route) & profiles)

    @property
    def accepted(self) -> tuple[str, ...]:
        """What the user accepts of the kinds of move asked for, though it would stop one."""
        closed = Profile.ASR_VMM in self.profiles and self.site_recovery.closed_scenario == "accepted"
        word = "Accepted by the estate: Site Recovery between VMM sites takes no new servers (see ASR-01)"
        return (word,) if closed and not self.site_recovery.registered else ()

    @property
    def offline_paths(self) -> tuple[OfflinePath, ...]:
        """Where first copies are put and fetched, each once."""
        return self.offline.paths

    @property
    def accounts(self) -> tuple[str, ...]:
        """Every account that the directory is asked about, as the user wrote it."""
        return tuple(dict.fromkeys((*self.operators, *self.offline.accounts)))

    @property
    def declared_domains(self) -> tuple[str, ...]:
        """The domains that the user names: those listed, and what the names of its machines end in.

        Only these are ever given a password.
        """
        return each_once((*self.domains, *map(suffix_of, self.machines)))

    @property
    def machines(self) -> tuple[str, ...]:
        """Every Windows machine that it names, each once."""
        started_from = (self.started_from,) if self.started_from else ()
        return tuple(dict.fromkeys((*self.hosts, *self.vmm_servers, *self.file_servers, *started_from)))

    @property
    def targets(self) -> dict[TargetKind, tuple[str, ...]]:
        """Whom it names to be read, by kind; a machine that is several of them is among each."""
        return {
            TargetKind.HOST: self.hosts,
            TargetKind.VMM_SERVER: self.vmm_servers,
            TargetKind.FILE_SERVER: self.file_servers,
            TargetKind.MANAGEMENT: (self.started_from,) if self.started_from else (),
            TargetKind.DOMAIN: self.declared_domains,
            TargetKind.KEY_FILE: tuple(key.path for key in self.key_files),
        }

    def is_trusted(self, network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
        """Whether the network lies within one that the user declared trusted."""
        return _within(network, self.trusted)

    def is_untrusted(self, network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> bool:
        """Whether the network overlaps one that the user declared untrusted."""
        return any(network.overlaps(other) for other in map(ipaddress.ip_network, self.untrusted))


def _within(network: ipaddress.IPv4Network | ipaddress.IPv6Network, texts: tuple[str, ...]) -> bool:
    for other in map(ipaddress.ip_network, texts):
        if isinstance(network, ipaddress.IPv4Network):
            if isinstance(other, ipaddress.IPv4Network) and network.subnet_of(other):
                return True
        elif isinstance(other, ipaddress.IPv6Network) and network.subnet_of(other):
            return True
    return False
