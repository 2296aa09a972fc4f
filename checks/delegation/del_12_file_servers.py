"""A host opens disks on a file server as whoever ordered it from afar, and may do so only where it is allowed to.

Judged for every host on which a planned move starts, and every server that holds files of its machines. Passes when the
account lists cifs with the server's name as the paths have it and with its other one, or when the server's account
names the host. That the other name is missing is a warning, and so is delegation to any service, which fails where
Credential Guard runs. Nothing at all fails, as does a path with an address; across domains the host's own list does not
count. Unknown where no account, or more than one, bears the name, and for a DFS namespace. The host's own shares count
as local disks. Of a Scale-Out File Server the name in the path counts, which is its client access point. What a
destination needs where disks stay, LM-03 judges for each move.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.disks import DISKS, is_local, lying
from checks.delegation.file_servers import server_verdict
from checks.delegation.named import asks_for
from checks.delegation.verdicts import FORMS, excused
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, not_applicable, scopes, tell
from scanner.facts.delegation import NamedAccount


def _asks(subject: Subject, view: View) -> Iterator[Ask]:
    yield from asks_for(view, subject.host, subject.names[1:])


@check(
    id="DEL-12",
    title="Host may delegate cifs to the file servers that hold virtual machines",
    fails="Host cannot delegate cifs to the file server that holds virtual machines",
    warns="Host may delegate cifs to the file server under one name only, or any service at all",
    severity=Severity.CRITICAL,
    who=Who.DIRECTORY,
    scope=scopes.HOST_FILE_SERVER,
    seed="S0-S3 #BKMK_Step1 / #use-the-users-and-computers-snap-in-… item 9, first bullet",
    needs=(*FORMS, *DISKS, NamedAccount),
    asks=_asks,
    remedy="Let the host delegate both cifs names of the file server; between domains, name it on the file server.",
)
def file_server(subject: Subject, view: View) -> Verdict:
    """Judge one host with one file server."""
    host, server = subject.names
    if not any(route.source == host for route in view.estate.routes):
        return not_applicable(tell("no planned move starts here"))
    where = lying(view, host)
    if server not in where.servers and not where.unread and not is_local(view, host, server):
        return not_applicable(
            tell("no virtual disk of a machine that is judged lies there; of an image in a drive VM-06 tells")
        )
    return excused(view, host) or server_verdict(view, host, server)
