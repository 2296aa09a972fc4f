"""Where virtual disks lie, and whether they move: where the plan says so, and local ones of the source in any case.

A share of the source itself is local, too, by whatever name or address the path calls it: another host that opens the
same path finds another machine's files, or leaves Hyper-V on a share of a host that runs it.
"""

from __future__ import annotations

from dataclasses import dataclass

from checks.common.chosen import owners_left_out
from checks.common.own import met_itself
from checks.common.probing import probe
from checks.common.servers import NAMES, is_itself, smb_of
from scanner.api import Fact, Gap, MissingEvidence, View
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.facts.vm import VirtualMachineSettings, VmStorage

DISKS: tuple[type[Fact], ...] = (VmStorage, VirtualMachineSettings, *NAMES, IPAddress, EndpointProbe)
"""What a check declares that asks where disks lie."""


@dataclass(frozen=True, slots=True)
class Lying:
    """Where the virtual disks of a host lie."""

    local: bool
    """one on a volume of the host, or on a share of its own"""
    servers: tuple[str, ...]
    """the file servers that hold others, as the paths name them"""
    unread: str = ""
    """what could not be read, so that one more may be local, or lie elsewhere"""


def disks_move(view: View, source: str, destination: str) -> bool:
    """Whether disks move with this plan; a direction that is not planned counts like the way back of the one that is.

    The check must declare ``DISKS``.

    Raises:
        MissingEvidence: the plan leaves them, and where they lie could not be read.
    """
    plan = view.route(source, destination) or view.route(destination, source)
    if plan is None or plan.storage:
        return True
    found = lying(view, source)
    if found.unread and not found.local:
        raise MissingEvidence(found.unread)
    return found.local


def lying(view: View, host: str) -> Lying:
    """Where the disks of a host lie. The check must declare ``DISKS``; nothing is raised for a gap."""
    disks = view.ask(VmStorage, host)
    if isinstance(disks, Gap):
        return Lying(local=False, servers=(), unread=str(disks))
    out = owners_left_out(view, host)
    named = _servers(tuple(row for row in disks if row.owner not in out)) if out else _all_servers(view, host)
    own = {server: is_local(view, host, server) for server in named}
    unread = str(view.ask(IPAddress, host)) if None in own.values() else ""
    return Lying(True in own.values(), tuple(server for server, here in own.items() if here is not True), unread)


def _all_servers(view: View, host: str) -> tuple[str, ...]:
    return view.derived(VmStorage, host, _servers)


def _servers(rows: tuple[VmStorage, ...]) -> tuple[str, ...]:
    """The servers of all disks, each once; the empty one is a volume of the host."""
    return tuple(dict.fromkeys(disk.file_server for disk in rows if disk.is_disk and disk.path))


def is_local(view: View, host: str, server: str) -> bool | None:
    """Whether what lies on this server lies on the host: there is none, or the host means or meets itself by it.

    Nothing if its addresses decide, and were not read.
    """
    if not server:
        return True
    itself = is_itself(view, host, server)
    if itself:
        return True
    answer = probe(view, host, smb_of(server))
    met = isinstance(answer, EndpointProbe) and met_itself(view, host, answer)
    return True if met else itself
