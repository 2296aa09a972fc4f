"""A migration that meets another machine under the destination's address ends with a refused sign-in, or itself.

Passes when an address on which the destination accepts migrations is the destination's alone by all that was read, or
the source's neighbour entry after its attempt shows an adapter of the destination. Fails when an attempt met another
machine, or when the source holds such an address itself and no other connects. Unknown where another machine holds the
address, too, and nobody can tell who answers. One that did not connect, beside another that leads to the destination,
is a note: the same address on an internal switch of every host harms nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.common.holders import HOLDERS, neighbours_asked
from checks.common.parts import combine
from checks.common.probing import MIGRATION, attempts, endpoint
from checks.migration.networks import not_of, usable
from checks.network.leading import leading
from scanner.api import (
    Ask,
    Profile,
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    joined,
    not_applicable,
    scopes,
    tell,
)
from scanner.facts.hyperv import MigrationNetwork, VMHost
from scanner.facts.network import EndpointProbe


def _asks(route: Subject, view: View) -> Iterator[Ask]:
    for local in not_of(view, route.source, usable(view, route.destination)):
        yield from attempts(route.source, endpoint(str(local.address), MIGRATION))
    yield from neighbours_asked(view, route.source, route.destination)


@check(
    id="NET-09",
    title="The migration address leads to the destination alone",
    fails="A migration address leads to another machine than the destination",
    severity=Severity.CRITICAL,
    who=Who.NETWORK,
    profiles=(Profile.LIVE_MIGRATION,),
    of_machines=True,
    scope=scopes.ROUTE,
    seed="beyond seeds",
    needs=(MigrationNetwork, VMHost, *HOLDERS, EndpointProbe),
    asks=_asks,
    of_destination=(MigrationNetwork,),
    remedy="Give every host an address of its own in the migration network, or list only networks where that is so.",
)
def address_leads_there(route: Subject, view: View) -> Verdict:
    """Judge one route."""
    parts, notes = leading(view, route.source, route.destination)
    if not parts:
        return not_applicable(
            tell("{destination} has no usable migration network; see LM-08 and LM-10", destination=route.destination)
        )
    verdict = combine(parts)
    return (
        replace(verdict, note=joined("; ", filter(None, (verdict.note, *notes))))
        if verdict.status is Status.PASS
        else verdict
    )
