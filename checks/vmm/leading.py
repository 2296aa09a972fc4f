"""Whether the pairs of clouds that are planned lead where the planned routes lead: VMM chooses a host of the target."""

from __future__ import annotations

from checks.common.parts import listing
from checks.common.ways import routes_from
from checks.vmm.clouds import answering
from checks.vmm.hosts import listed
from scanner.api import MissingEvidence, View
from scanner.facts.vmm import Cloud

Sides = tuple[frozenset[int], frozenset[int]]
"""Places of the pairs, in the estate's order, whose source holds a host, and of those whose target does."""


def not_led(view: View, host: str) -> str:
    """Which routes of a host no planned pair of clouds can carry out; empty if none, or their ends were not read."""
    from_here = sides(view, host)[0] if view.estate.cloud_pairs else frozenset[int]()
    lost: list[str] = []
    for route in routes_from(view, host) if view.estate.cloud_pairs else ():
        try:
            there = sides(view, route.destination)
        except MissingEvidence:
            continue  # as VMM-06 says of that host
        if route.machines and any(there) and not from_here & there[1]:
            lost.append(route.destination)
    return (
        f"no pair of clouds leads from {host} to {listing(lost)}: Site Recovery will not do these routes"
        if lost
        else ""
    )


def sides(view: View, host: str) -> Sides:
    """In which sides of the planned pairs a host is. The check needs ``CLOUDS`` and ``VmmHost``.

    Raises:
        MissingEvidence: where VMM has the host could not be read.
    """
    found: Sides = frozenset(), frozenset()
    for server, row in listed(view, host):
        for cloud in (one for one in view.rows(Cloud, server) if row.group is not None and one.holds(row.group)):
            names = cloud.name.strip().casefold(), cloud.id.strip("{}").casefold()
            source = {
                place
                for place, pair in enumerate(view.estate.cloud_pairs)
                if is_meant(view, pair.source_server, pair.source, server, names)
            }
            target = {
                place
                for place, pair in enumerate(view.estate.cloud_pairs)
                if is_meant(view, pair.target_server, pair.target, server, names)
            }
            found = found[0] | source, found[1] | target
    return found


def is_meant(view: View, at: str, word: str, server: str, names: tuple[str, ...]) -> bool:
    """Whether the estate's word for a cloud means one of these names on this server."""
    return word.strip().strip("{}").casefold() in names and answering(view, at) == server
