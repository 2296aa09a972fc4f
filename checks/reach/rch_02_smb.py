"""Virtual disks move by SMB, and so does memory when the SMB option is chosen: TCP 445 must be open for it.

Applies where disks move too, where the source migrates by SMB, or where disks of the source's machines lie on a file
server. Disks move where the plan says so, and where one lies on a local volume of the source or on a share of its own,
whatever the plan says. Passes when the source connects to TCP 445 of the destination and of every such file server,
and, where disks stay on the file server, the destination connects to it as well. Fails when a connection is refused or
filtered, its name is not known, another machine answers than the host that is meant, or the destination would open a
share of its own. Unknown where nobody can tell which one answered, where that one says that its SMB service does not
run, and where memory may go by SMB and does not connect.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.disks import DISKS
from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.migrating import TWO_WAYS
from checks.common.parts import combine
from checks.common.probing import attempts
from checks.common.servers import smb_of
from checks.reach.smb_peers import judged, smb_peers
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell
from scanner.facts.host import Service


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for machine, server in smb_peers(view, route).asked:
        yield from attempts(machine, smb_of(server))
    yield from neighbours_asked(view, route.source, route.destination)


@check(
    id="RCH-02",
    title="TCP 445 is open between the hosts and to file servers",
    fails="TCP 445 does not connect, or leads to the wrong machine",
    severity=Severity.CRITICAL,
    who=Who.NETWORK,
    scope=scopes.ROUTE,
    seed="S0-S3 #BKMK_Step1 (cifs)",
    needs=(*TWO_WAYS, *DISKS, Service, *HOLDERS),
    asks=_asks,
    remedy="Let TCP 445 in on the destination and on the file servers, in their firewalls and on the way.",
)
def smb_port(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    parts = list(judged(view, route, smb_peers(view, route)))
    if not parts:
        return not_applicable(tell("no disk moves, migrations do not use SMB, and no disk lies on a file server"))
    return combine(parts)
