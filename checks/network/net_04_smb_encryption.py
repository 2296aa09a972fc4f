"""SMB encryption protects a move only where one end demands it: offered alone, it leaves out who cannot or will not.

Judges hosts that are set to SMB, or whose disks lie on file servers. Passes where the host as server
encrypts every share and refuses who does not, or where it does not encrypt at all: a note says so, and NET-01 judges
whether the way may be in clear. Warns where it encrypts and lets in who does not. As a client it passes either way: a
note tells when nothing demands encryption there. Whether file servers do is not read.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.disks import DISKS, lying
from checks.common.migrating import TWO_WAYS, partners, uses_smb
from checks.common.parts import combine
from checks.network.smb_sides import as_client, as_server
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell, unknown
from scanner.facts.smb import SmbClientConfiguration, SmbServerConfiguration


@check(
    id="NET-04",
    title="SMB encryption is effective where it is relied on",
    warns="Host offers SMB encryption and lets in who does not encrypt",
    severity=Severity.INFO,
    who=Who.HOST,
    scope=scopes.HOST,
    seed="S0-S3 #consider-options-for-authentication-and-networking",
    needs=(*TWO_WAYS, *DISKS, SmbServerConfiguration, SmbClientConfiguration),
    remedy="Let the host refuse SMB that is not encrypted, or rely on something else (NET-01).",
)
def smb_encryption(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    if not any(host.host in (route.source, route.destination) for route in view.estate.routes):
        return not_applicable(tell("no planned route starts or ends here"))
    parts = list(_parts(host.host, view))
    return combine(parts) if parts else not_applicable(tell("no memory goes by SMB, and no disk lies on a file server"))


def _parts(host: str, view: View) -> Iterator[Verdict]:
    disks, memory = lying(view, host), bool(partners(view, host)) and uses_smb(view, host)
    if memory and any(route.machines and route.destination == host for route in view.estate.routes):
        yield as_server(host, view.one(SmbServerConfiguration, host))
    if disks.servers or (memory and any(r.machines and r.source == host for r in view.estate.routes)):
        yield as_client(view.one(SmbClientConfiguration, host), disks.servers)
    if disks.unread:
        yield unknown(disks.unread)
