"""Which hosts of the estate are nodes of one cluster, by their own word."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.api import Everything, View
from scanner.facts.host import ClusterInfo, ComputerSystem


def hosts_of(view: View, cluster: str) -> tuple[str, ...]:
    """The hosts of the estate that say they are nodes of this cluster.

    The check must declare ``ClusterInfo`` and ``ComputerSystem`` of all.
    """
    return view.across((ClusterInfo, ComputerSystem), _clusters).get(cluster, ())


def fellows(view: View, host: str) -> tuple[str, ...]:
    """Those of this host's cluster, itself among them; itself alone if it says of none. Likewise."""
    clusters = view.across((ClusterInfo, ComputerSystem), _clusters).values()
    return next((hosts for hosts in clusters if host in hosts), (host,))


def _clusters(everything: Everything) -> Mapping[str, tuple[str, ...]]:
    """Hosts by the full name of their cluster, as its scope names it."""
    domains = {host: row.dns_domain for host, row in everything.rows(ComputerSystem) if row.part_of_domain}
    found: dict[str, dict[str, None]] = {}
    for host, row in everything.rows(ClusterInfo):
        full = row.fqdn or ".".join(filter(None, (row.name or "unnamed", domains.get(host, ""))))
        found.setdefault(full.lower().rstrip("."), {})[host] = None
    return {name: tuple(hosts) for name, hosts in found.items()}
