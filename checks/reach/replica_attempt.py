"""The attempt of a primary host at the port of its replica host, which may have to show whose certificate is there."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import holders, neighbours_asked
from checks.common.probing import attempts, endpoint, probe
from checks.reach.replica_port import planned_method, replica_port
from scanner.api import Ask, Subject, View
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import CERTIFICATE

TLS = "/tls"


def attempt(route: Subject, view: View) -> Iterator[Ask]:
    """One attempt, and who answered it; the check must declare ``HOLDERS``.

    Nothing but the connection is made, unless a certificate is needed to tell whose address it is and one is to be had.
    """
    shared = route.destination in holders(view).shared
    wish = TLS if shared and planned_method(view) == CERTIFICATE else ""
    yield from attempts(route.source, endpoint(route.destination, replica_port(view, route.destination), wish))
    yield from neighbours_asked(view, route.source, route.destination)


def attempted(view: View, route: Subject, port: int) -> tuple[str, EndpointProbe | str]:
    """What was tried, and the answer to it or why there is none."""
    target = endpoint(route.destination, port, TLS)
    answer = probe(view, route.source, target)
    if isinstance(answer, EndpointProbe):
        return target, answer
    target = endpoint(route.destination, port)
    return target, probe(view, route.source, target)
