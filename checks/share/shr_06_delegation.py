"""A host opens export and import path as whoever ordered the copy from afar, and may do so only where it is allowed to.

Judged for each host with machines to protect (where a route starts; without routes each) and the machine of each path,
as DEL-12 judges file servers: cifs of the server on the host's list, or the host named on the server's account. Where
the list is what counts, the page asks for "any authentication protocol" besides: without it (0x1000000) this fails.
Both names of the server pass; that one is missing is a warning, for the paths use the other. Does not apply to a host
in no domain (ID-01), and where the host itself holds the path (SHR-05).
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.servers import NAMES
from checks.delegation.account import member
from checks.delegation.file_servers import lists, server_verdict
from checks.delegation.named import asks_for
from checks.delegation.remedies import any_protocol
from checks.delegation.verdicts import FORMS, outside
from scanner.api import (
    Ask,
    Profile,
    Severity,
    Subject,
    Verdict,
    View,
    Who,
    check,
    failed,
    scopes,
    tell,
    worst,
)  # fmt: skip
from scanner.facts.delegation import NamedAccount
from scanner.facts.network import EndpointProbe, IPAddress


def _asks(subject: Subject, view: View) -> Iterator[Ask]:
    yield from asks_for(view, subject.host, subject.names[1:])


@check(
    id="SHR-06",
    title="Hosts may delegate cifs to export and import computers",
    fails="Host cannot delegate cifs to the export or import computer",
    warns="Host may delegate cifs to the path's computer under one name only, or any service",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.HOST_SHARE,
    seed="S4 #prepare-for-offline-initial-replication bullet 5",
    needs=(*FORMS, *NAMES, NamedAccount, IPAddress, EndpointProbe),
    asks=_asks,
    remedy="Let the host delegate both cifs names of the path's machine, with any authentication protocol.",
)
def delegation(subject: Subject, view: View) -> Verdict:
    """Judge one host with the machine of one path."""
    host, server = subject.names
    if reason := outside(view, host):
        return reason
    return worst([server_verdict(view, host, server), *_transition(view, host, server)])


def _transition(view: View, host: str, server: str) -> Iterator[Verdict]:
    giver = member(view, host)
    if lists(giver, server) and not giver.account.protocol_transition:
        seen = tell(
            '{short} lists cifs of it, without "use any authentication protocol" (0x1000000)', short=giver.short
        )
        yield failed(seen, tell('"use any authentication protocol" on its account'), any_protocol(giver))
