"""A move names its destination, and Kerberos makes a ticket for that name: it must lead there, and to nobody else.

The source resolves the destination's full and its short name. Passes when both lead to addresses that the destination
holds. A name that leads to another address fails, and so does a full name that is not known. Only the short name not
known is a warning: moves started with the full name find the destination. Unknown where the source or another machine
holds such an address, too, and nobody can tell who is met, where it was not tried, and where a name leads to the
replica broker of the destination's cluster, which another node may hold. Link-local and ISATAP addresses do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.brokers import BROKERS
from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.parts import combine
from checks.common.probing import attempts
from checks.delegation.account import MEMBERS
from checks.identity.peer_names import full_name, leads, resolved, target_of
from scanner.api import Ask, Severity, Subject, Verdict, View, Who, check, failed, quote, scopes, tell, warned
from scanner.facts.cluster_resources import ClusterParameters, ClusterResource
from scanner.facts.host import ClusterInfo
from scanner.facts.network import EndpointProbe

WORKS = tell("moves that are started with the full name need no other")


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for name in (full := full_name(view, route.destination), full.partition(".")[0]):
        yield from attempts(route.source, target_of(name))
    yield from neighbours_asked(view, route.source, route.destination)


@check(
    id="ID-07",
    title="Short name and FQDN of the peer resolve consistently",
    fails="A name of the peer leads elsewhere, or its FQDN is not known",
    warns="The short name of the peer is not known; its FQDN is",
    severity=Severity.HIGH,
    who=Who.NETWORK,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=tuple(dict.fromkeys((*MEMBERS, *HOLDERS, *BROKERS, EndpointProbe))),
    of_destination=(ClusterResource, ClusterParameters, ClusterInfo),
    asks=_asks,
    remedy="Mend the records by which the source resolves the destination's names; ipconfig /registerdns there.",
)
def peer_names(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    source, full = route.source, full_name(view, route.destination)
    short = full.partition(".")[0]
    answers = {name: resolved(view, source, name) for name in (full, short)}
    known = [leads(view, source, route.destination, name, answer) for name, answer in answers.items() if answer]
    if answers[full] is None:
        remedy = tell(
            "Make the name {name} known to the DNS servers that {source} asks; ipconfig /registerdns there writes it.",
            name=quote(full),
            source=quote(source),
        )
        seen = tell("{source} does not know the name {full}", source=source, full=full)
        known.append(failed(seen, tell("it leads to the destination"), remedy))
    elif answers[short] is None:
        remedy = tell(
            "Start moves with the name {full}, or give {source} a DNS suffix that completes {name}.",
            full=quote(full),
            source=quote(source),
            name=quote(short),
        )
        seen = tell("{source} knows {full}, and not {short}", source=source, full=full, short=short)
        known.append(warned(seen, tell("both lead there"), remedy, works=WORKS))
    return combine(known)
