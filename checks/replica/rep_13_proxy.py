"""Replication goes by HTTP or HTTPS, and through the proxy that WinHTTP of the primary is set to.

Passes when WinHTTP of the source names no proxy for what is planned, HTTP with Kerberos and HTTPS with certificates, or
passes it by for the replica server's name. Else it is a warning: a proxy that looks into HTTPS breaks the sign-in with
certificates (0x00002EF3), and one may bound what it passes on; without such a proxy, or past it (-BypassProxyServer),
replication works (Microsoft's virtualization blog, 2014; Microsoft Learn: Enable-VMReplication). Settings that tell no
single proxy are UNKNOWN.
"""

from __future__ import annotations

from checks.common.brokers import NAMED_BY, replica_name
from checks.common.parts import clip
from checks.reach.replica_port import planned_method
from checks.reach.way_out import by_winhttp
from checks.replica.receiving import REPLICATION
from scanner.api import Severity, Subject, Verdict, View, Who, check, passed, scopes, tell, unknown, warned
from scanner.facts.replica import CERTIFICATE
from scanner.facts.winhttp import WinHttpProxy


@check(
    id="REP-13",
    title="Replica's way bypasses the proxy",
    warns="Replica's way leads through a proxy",
    severity=Severity.HIGH,
    who=Who.NETWORK,
    profiles=REPLICATION,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(WinHttpProxy, *NAMED_BY),
    of_source=(WinHttpProxy,),
    of_destination=NAMED_BY,
    remedy="Let WinHTTP of the primary pass its proxy by for the replica server's name, or enable replication with"
    " -BypassProxyServer $true.",
)
def proxy(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    way = by_winhttp(view, route.source, "https" if planned_method(view) == CERTIFICATE else "http")
    if way.unread:
        return unknown(way.unread)
    if not way.proxy:
        return passed(tell("WinHTTP of {source} goes directly", source=route.source))
    name = replica_name(view, route.destination)
    if not way.through(name):
        return passed(tell("WinHTTP of {source} passes its proxy by for {name}", source=route.source, name=name))
    seen = tell(
        "WinHTTP of {source} goes through {proxy} to {name}", source=route.source, proxy=clip(way.proxy), name=name
    )
    works = tell(
        "a proxy that passes on all it is given lets replication through, and -BypassProxyServer $true leads past it"
    )
    return warned(seen, tell("{name} among the names that pass the proxy by", name=name), works=works)
