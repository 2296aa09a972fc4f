"""Which machines a move connects to by SMB: the destination, and the file servers that hold virtual disks.

A plan that leaves storage where it is does not hold for a disk on a local volume of the source: that one must move.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.common.disks import is_local
from scanner.api import Gap, GapReason, Subject, View, powershell
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.vm import VmStorage


@dataclass(frozen=True, slots=True)
class SmbPeers:
    """Who connects to whom."""

    pairs: tuple[tuple[str, str], ...]
    """machine and server"""
    unread: tuple[str, ...]
    """what could not be read, so that pairs may be missing, or lead elsewhere"""


def smb_peers(view: View, route: Subject) -> SmbPeers:
    """The SMB connections of a route. The check must declare ``MigrationSettings`` and ``VmStorage``."""
    planned = view.route(route.source, route.destination)
    storage = planned is None or planned.storage
    pairs: dict[tuple[str, str], None] = {}
    unread: list[str] = []
    settings = view.ask(MigrationSettings, route.source)
    disks = view.ask(VmStorage, route.source)
    known = () if isinstance(disks, Gap) else [disk for disk in disks if disk.is_disk and disk.path]
    local = any(is_local(disk, route.source) for disk in known)
    if storage or local or (not isinstance(settings, Gap) and any(row.smb_transport for row in settings)):
        pairs[route.source, route.destination] = None
    elif isinstance(settings, Gap) or not settings:
        unread.append(str(settings or f"MigrationSettings of {route.source}: no row"))
    there = view.ask(MigrationSettings, route.destination)
    if isinstance(there, Gap) and there.reason is GapReason.ANOTHER_MACHINE:
        unread.append(str(there))  # a connection by that name is no connection to the destination
    if isinstance(disks, Gap):
        unread.append(str(disks))
    machines = (route.source,) if storage else (route.source, route.destination)
    servers = dict.fromkeys(disk.file_server for disk in known if not is_local(disk, route.source))
    pairs.update(((machine, server), None) for server in servers for machine in machines)
    return SmbPeers(tuple(pairs), tuple(unread))


def serves_not(view: View, host: str) -> str:
    """Why what answered on a host's port is not its SMB service, by its own word; empty where nothing says so.

    The check must declare ``Service``.
    """
    services = view.ask(Service, host)
    for row in () if isinstance(services, Gap) else services:
        if row.name.lower() == "lanmanserver" and row.state.lower() != "running":
            return f"service LanmanServer of {host} is {row.state}, though TCP 445 connects"
    return ""


def cure(view: View, machine: str, server: str, outcome: str) -> str:
    """What lets the connection through, by how the attempt ended; a rule of the firewall where no answer came.

    A command only for a host of the estate: a file server need not run Windows.
    """
    match outcome:
        case "TimedOut" if server in view.estate.hosts:
            return powershell("Enable-NetFirewallRule -CimSession <host> -Name 'FPS-SMB-In-TCP'", host=server)
        case "TimedOut":
            return f"Let TCP 445 into {server}, in its own firewall and on the way from {machine}."
        case "Refused":
            return f"Let {server} share files: its SMB service (on Windows: Server, LanmanServer) must run and listen."
        case "Unresolved":
            return f"Make the name {server} known to the DNS servers that {machine} asks."
        case "Unreachable":
            return f"Give {machine} a route to {server}."
        case _:
            return ""
