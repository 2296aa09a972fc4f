"""The nodes of a cluster, of which some are hosts of the estate, and what these say of it."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.api import Fact, Gap, MissingEvidence, View, joined, tell
from scanner.facts.address_origin import DHCP, MANUAL, AddressOrigin
from scanner.facts.cluster_resources import ClusterNode, ClusterParameters
from scanner.facts.host import NETBIOS, ClusterInfo, ComputerSystem
from scanner.facts.network import NetworkAdapter

NODES: tuple[type[Fact], ...] = (ClusterInfo, ComputerSystem, ClusterNode)
"""What tells the nodes of a cluster."""
ORIGINS: tuple[type[Fact], ...] = (*NODES, AddressOrigin, NetworkAdapter, ClusterParameters)
"""What ``static`` reads."""


def replicates(view: View, hosts: tuple[str, ...]) -> bool:
    """Whether a planned route begins or ends at one of these hosts."""
    return any(host in (route.source, route.destination) for route in view.estate.routes for host in hosts)


def receives(view: View, hosts: tuple[str, ...]) -> bool:
    """Whether a planned route ends there."""
    return any(route.destination in hosts for route in view.estate.routes)


def unread_nodes(view: View, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Nodes of the cluster that are no hosts of the estate, by their short names; the check must declare ``NODES``.

    Raises:
        MissingEvidence: no host tells its cluster's nodes.
    """
    answers = {host: view.ask(ClusterNode, host) for host in hosts}
    told = {host: rows for host, rows in answers.items() if not isinstance(rows, Gap)}
    if not told:
        raise MissingEvidence(joined("; ", map(str, answers.values())) or tell("no host says that it is a node"))
    named = {row.name.upper() for rows in told.values() for row in rows}
    return tuple(sorted(named - {_short(view, host) for host in hosts}))


def _short(view: View, host: str) -> str:
    rows = view.ask(ComputerSystem, host)
    return host.partition(".")[0][:NETBIOS].upper() if isinstance(rows, Gap) or not rows else rows[0].name.upper()


def static(view: View, hosts: tuple[str, ...]) -> Iterator[str]:
    """Addresses of connected adapters that somebody gave by hand, each told; the check must declare ``ORIGINS``.

    The cluster's own addresses, which lie on the node that holds them now, look so, too, and are not meant.

    Raises:
        MissingEvidence: what of a host decides was not read.
    """
    for host in hosts:
        given = {row.address for row in view.rows(ClusterParameters, host) if row.address}
        up = {row.interface for row in view.rows(NetworkAdapter, host) if row.up is not False}
        rows = [row for row in view.rows(AddressOrigin, host) if row.in_use and row.interface in up and _leads(row)]
        if any(row.origin is None for row in rows):
            raise MissingEvidence(tell("AddressOrigin of {host}: where an address comes from is not told", host=host))
        own = [row for row in rows if str(row.address) not in given]
        yield from (tell("{address} of {host}", address=row.address, host=host) for row in own if row.origin == MANUAL)
        if not any(row.origin == DHCP for row in own):
            yield tell("none of {host} is DHCP's", host=host)


def _leads(row: AddressOrigin) -> bool:
    address = row.address
    return address is not None and not (address.is_link_local or address.is_loopback)
