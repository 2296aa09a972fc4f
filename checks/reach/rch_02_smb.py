"""Virtual disks move by SMB, and so does memory when the SMB option is chosen: TCP 445 must be open for it.

Applies where disks move too, where the source migrates by SMB, or where disks of the source's machines lie on a file
server. Disks move where the plan says so, and where one lies on a local volume of the source, whatever the plan says.
Passes when the source connects to TCP 445 of the destination and of every such file server, and, where disks stay on
the file server, the destination connects to it as well. Fails when a connection is refused or filtered, its name is not
known, or another machine than the destination answers; unknown where nobody can tell which one did, and where the
destination says that its SMB service does not run.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.parts import combine
from checks.common.probing import SMB, attempts, endpoint, probe, reached
from checks.reach.smb_peers import cure, serves_not, smb_peers
from scanner.api import Ask, Severity, Status, Subject, Verdict, View, check, not_applicable, scopes, unknown
from scanner.facts.host import Service
from scanner.facts.hyperv import MigrationSettings
from scanner.facts.network import EndpointProbe
from scanner.facts.vm import VmStorage


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for machine, server in smb_peers(view, route).pairs:
        yield from attempts(machine, endpoint(server, SMB))
    yield from neighbours_asked(view, route.source, route.destination)


@check(
    id="RCH-02",
    title="TCP 445 is open between the hosts and to file servers",
    severity=Severity.CRITICAL,
    scope=scopes.ROUTE,
    seed="S0-S3 #BKMK_Step1 (cifs)",
    needs=(MigrationSettings, VmStorage, Service, *HOLDERS, EndpointProbe),
    asks=_asks,
    remedy="Let TCP 445 in on the destination and on the file servers, in their firewalls and on the way.",
)
def smb_port(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    peers = smb_peers(view, route)
    parts = [unknown(reason) for reason in peers.unread]
    for machine, server in peers.pairs:
        target = endpoint(server, SMB)
        answer = probe(view, machine, target)
        remedy = "" if isinstance(answer, str) else cure(view, machine, server, answer.outcome)
        there = server if server == route.destination else ""
        part = reached(view, machine, target, remedy=remedy, destination=there)
        doubt = serves_not(view, there) if there and part.status is Status.PASS else ""
        parts.append(unknown(doubt, wanted=part.seen) if doubt else part)
    if not parts:
        return not_applicable("no disk moves, migrations do not use SMB, and no disk lies on a file server")
    return combine(parts)
