"""Which machines a move connects to by SMB: the destination, and the file servers that hold virtual disks."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.api import Gap, GapReason, Subject, View
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
    if storage or (not isinstance(settings, Gap) and any(row.smb_transport for row in settings)):
        pairs[route.source, route.destination] = None
    elif isinstance(settings, Gap) or not settings:
        unread.append(str(settings or f"MigrationSettings of {route.source}: no row"))
    there = view.ask(MigrationSettings, route.destination)
    if isinstance(there, Gap) and there.reason is GapReason.ANOTHER_MACHINE:
        unread.append(str(there))  # a connection by that name is no connection to the destination
    disks = view.ask(VmStorage, route.source)
    if isinstance(disks, Gap):
        return SmbPeers(tuple(pairs), (*unread, str(disks)))
    servers = dict.fromkeys(disk.file_server for disk in disks if disk.is_disk and disk.file_server)
    machines = (route.source,) if storage else (route.source, route.destination)
    pairs.update(((machine, server), None) for server in servers for machine in machines)
    return SmbPeers(tuple(pairs), tuple(unread))
