"""Which machines a move connects to by SMB: the destination, and the file servers that hold virtual disks.

A plan that leaves storage where it is does not hold for a disk on a local volume of the source: that one must move. Nor
may the destination hold the disks itself: Hyper-V supports no share of the host that runs the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.common.disks import lying
from checks.common.holders import others
from checks.common.migrating import uses_smb
from checks.common.own import met_itself, plain
from checks.common.parts import clip
from checks.common.probing import SMB, probe, reached
from checks.common.servers import literal_of, machines_of, smb_of
from checks.reach.shut import nobody_enters
from scanner.api import (
    Gap,
    GapReason,
    MissingEvidence,
    Status,
    Subject,
    Verdict,
    View,
    failed,
    powershell,
    tell,
    unknown,
)
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationSettings

LOOPBACK = tell(
    "Let the disks move, too ([[route]] storage = true), or keep them on a file server that runs none of the machines."
)


@dataclass(frozen=True, slots=True)
class SmbPeers:
    """Who connects to whom."""

    pairs: tuple[tuple[str, str], ...]
    """machine and server"""
    unread: tuple[str, ...]
    """what could not be read, so that pairs may be missing, or lead elsewhere"""
    doubt: str
    """why it is not known whether memory goes to the destination by SMB; empty where it is, or all the same"""
    asked: tuple[tuple[str, str], ...]
    """the pairs, and what is one if the doubt is true, or if a server turns out to be the source itself"""


def smb_peers(view: View, route: Subject) -> SmbPeers:
    """The SMB connections of a route. The check must declare ``DISKS`` and ``TWO_WAYS``."""
    planned, where = view.route(route.source, route.destination), lying(view, route.source)
    storage = planned is None or planned.storage
    needed, doubt = storage or where.local, ""
    if not needed:
        try:
            needed = uses_smb(view, route.source)
        except MissingEvidence as missing:
            doubt = str(missing)
    unread = [where.unread] if where.unread else []
    there = view.ask(MigrationSettings, route.destination)
    if isinstance(there, Gap) and there.reason is GapReason.ANOTHER_MACHINE:
        unread.append(str(there))  # a connection by that name is no connection to the destination
    direct = (route.source, route.destination)
    machines = (route.source,) if storage else direct
    pairs = [direct] if needed else []
    pairs += [(machine, server) for server in where.servers for machine in machines]
    asked = dict.fromkeys([direct, *pairs] if doubt or pairs else ())
    return SmbPeers(tuple(dict.fromkeys(pairs)), tuple(unread), doubt, tuple(asked))


def judged(view: View, route: Subject, peers: SmbPeers) -> Iterator[Verdict]:
    """The verdicts on the connections, and on what could not be read of them."""
    yield from map(unknown, peers.unread)
    yield from (_served(view, route, machine, server) for machine, server in peers.pairs)
    if peers.doubt:
        part = _served(view, route, *route.names)
        yield part if part.status is Status.PASS else unknown(peers.doubt, wanted=part.wanted)


def _served(view: View, route: Subject, machine: str, server: str) -> Verdict:
    """Whether a machine reaches the server that it shall, and that one serves."""
    target, host = smb_of(server), _host(view, route, machine, server)
    itself = tell("{machine} would open its own share, for {server} is itself", machine=machine, server=clip(server))
    loop = failed(itself, tell("disks on a file server that runs none of the machines"), LOOPBACK)
    if host == machine:
        return loop
    answer = probe(view, machine, target)
    remedy = "" if isinstance(answer, str) else _cure(view, machine, server, host, answer.outcome)
    part = reached(view, machine, target, remedy=remedy, destination=host)
    if isinstance(answer, str) or part.status is not Status.PASS:
        return part
    if met_itself(view, machine, answer):
        return loop
    remote = plain(answer.remote)
    hosts = (host,) if host or remote is None else sorted(others(view, remote))
    doubt = next(filter(None, (_serves_not(view, one) for one in hosts)), "")
    return unknown(doubt, wanted=part.seen) if doubt else part


def _host(view: View, route: Subject, machine: str, server: str) -> str:
    """The host of the estate that a machine means by this server; empty if none, as of a file server that is not read.

    Of several the machine itself comes first, then the destination.
    """
    address = literal_of(server)
    found = machines_of(view, machine, server) if address is None else others(view, address)
    first = [one for one in (machine, route.destination) if one in found]
    return next(iter([*first, *(one for one in sorted(found) if one in view.estate.hosts)]), "")


def _serves_not(view: View, host: str) -> str:
    """Why what answered on a host's port is not its SMB service, by its own word; empty where nothing says so."""
    services = view.ask(Service, host)
    for row in () if isinstance(services, Gap) else services:
        if row.name.lower() == "lanmanserver" and row.state.lower() != "running":
            return tell(
                "service LanmanServer of {host} is {state}, though TCP {smb} connects",
                host=host,
                state=row.state,
                smb=SMB,
            )
    return ""


def _cure(view: View, machine: str, server: str, host: str, outcome: str) -> str:
    """What lets the connection through, by how the attempt ended; a rule of the firewall where nobody is answered.

    A command only for a host of the estate: a file server need not run Windows.
    """
    match outcome:
        case "TimedOut" if host and nobody_enters(view, host, SMB, server):
            return powershell("Enable-NetFirewallRule -CimSession <host> -Name 'FPS-SMB-In-TCP'", host=host)
        case "TimedOut":
            return tell(
                "Let TCP {smb} into {server}, in its own firewall and on the way from {machine}.",
                smb=SMB,
                server=server,
                machine=machine,
            )
        case "Refused":
            return tell(
                "Let {server} share files: its SMB service (on Windows: Server, LanmanServer) must run and listen.",
                server=server,
            )
        case "Unresolved":
            return tell(
                "Make the name {server} known to the DNS servers that {machine} asks.", server=server, machine=machine
            )
        case "Unreachable":
            return tell("Give {machine} a route to {server}.", machine=machine, server=server)
        case _:
            return ""
