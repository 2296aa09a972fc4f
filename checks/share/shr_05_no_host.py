r"""A share on a machine that runs Hyper-V is a way from that machine to itself, which the first copy cannot take.

Passes where the path's machine is read as none of the hosts and runs no Hyper-V: it has no service vmms. Fails where it
is one of the hosts, by its name or by an address to which the path's name leads from there (an alias), or where vmms is
there. Unknown where the machine is none that was read: a name alone does not tell what runs behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.probing import attempts
from checks.common.servers import smb_of
from checks.share.behind import BEHIND, behind, user
from checks.share.places import declared, machine_of
from scanner.api import Ask, Profile, Severity, Subject, Verdict, View, Who, check, failed, passed, scopes, tell
from scanner.facts.host import Service

WANTED = tell("a machine that runs no Hyper-V")
MOVE = tell("Put the share on a file server that is no Hyper-V host.")


def _asks(subject: Subject, view: View) -> Iterator[Ask]:
    path, asking = declared(view, subject), user(view)
    if asking and not path.machine:
        yield from attempts(asking, smb_of(path.server))


@check(
    id="SHR-05",
    title="Export/import shares are not on Hyper-V hosts",
    fails="Export or import path is on a machine that runs Hyper-V",
    severity=Severity.CRITICAL,
    who=Who.STORAGE,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.SHARE,
    seed="S4 #prepare-for-offline-initial-replication bullet 4",
    needs=(*BEHIND, Service),
    asks=_asks,
    remedy=MOVE,
)
def no_host(subject: Subject, view: View) -> Verdict:
    """Judge one path."""
    path = declared(view, subject)
    if host := behind(view, path):
        return failed(tell("the path leads to {host}, a Hyper-V host", host=host), WANTED, MOVE)
    machine = path.machine or machine_of(view, path.server)
    if machine in view.estate.hosts:
        return failed(tell("it is on {machine}, a Hyper-V host", machine=machine), WANTED, MOVE)
    services = {row.name.casefold() for row in view.rows(Service, machine)}
    if "vmms" in services:
        return failed(tell("{machine} has Hyper-V's service vmms", machine=machine), WANTED, MOVE)
    return passed(tell("{machine} is none of the hosts, and has no service vmms", machine=machine))
