"""Replica servers whose names hold letters outside ASCII are reported not to be found by primaries (0x00002EE7).

Judged of a host where a route ends, and of the servers to which a host's machines replicate already. Passes when all
these names are of ASCII alone. A letter outside it is a warning: the code means that the name was not resolved, that
the letters are the cause is reported and not documented, and RCH-06 tries the name.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import listing
from checks.replica.receiving import REPLICATION
from scanner.api import Severity, Subject, Verdict, View, Who, check, not_applicable, passed, scopes, tell, warned
from scanner.facts.host import ComputerSystem
from scanner.facts.replication import ReplicationSettings


@check(
    id="REP-14",
    title="Names of replica servers are plain",
    warns="The name of a replica server holds letters outside ASCII",
    severity=Severity.LOW,
    who=Who.HOST,
    profiles=REPLICATION,
    scope=scopes.HOST,
    seed="beyond seeds",
    needs=(ComputerSystem, ReplicationSettings),
    remedy="Give replica servers names of the letters a to z, digits and hyphens.",
)
def plain_names(host: Subject, view: View) -> Verdict:
    """Judge one host."""
    names = dict.fromkeys(_names(view, host.host))
    if odd := [name for name in names if not name.isascii()]:
        works = tell("only reports, and no document, say that such letters stop replication; RCH-06 tries the name")
        return warned(listing(odd), tell("names of ASCII letters, digits and hyphens"), works=works)
    if not names:
        return not_applicable(tell("no route ends here, and none of its machines replicates"))
    return passed(listing(names))


def _names(view: View, host: str) -> Iterator[str]:
    if any(route.destination == host for route in view.estate.routes):
        system = view.one(ComputerSystem, host)
        yield from filter(None, (system.name, system.dns_host_name))
    for row in view.rows(ReplicationSettings, host):
        yield from filter(None, ((row.replica or "").strip(),))
