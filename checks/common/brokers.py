"""The replica broker of a clustered host: what it is called, where it answers, and how it stands.

A broker is a resource of the cluster, of one type in every language. It stands in a role beside the name and the
addresses by which primary hosts find it. A broker's full name is its name in DNS and the suffix of its cluster's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.common.member import is_member
from checks.common.parts import listing
from scanner.api import Fact, Gap, MissingEvidence, View, tell
from scanner.facts.cluster_resources import ADDRESSES, BROKER, NETWORK_NAME, ClusterParameters, ClusterResource
from scanner.facts.host import NETBIOS, ClusterInfo, ComputerSystem, Service
from scanner.facts.neighbour import Address, address_of

BROKERS: tuple[type[Fact], ...] = (ClusterResource, ClusterParameters, ClusterInfo, ComputerSystem)
"""What ``replica_brokers`` reads, of the host alone."""
NAMED_BY: tuple[type[Fact], ...] = (Service, *BROKERS)
"""What ``replica_name`` reads."""


@dataclass(frozen=True, slots=True)
class Broker:
    """A replica broker, as one node of its cluster tells it."""

    resource: ClusterResource
    names: tuple[str, ...]
    """full names, lower case; one as a rule, none where they were not told"""
    short: tuple[str, ...]
    """names of NetBIOS, in capitals"""
    addresses: tuple[Address, ...]
    beside: tuple[ClusterResource, ...]
    """what else its role holds"""

    @property
    def online(self) -> bool:
        """Whether it takes replicas now."""
        return self.resource.online


def replica_brokers(view: View, host: str) -> tuple[Broker, ...] | Gap:
    """The brokers of a host's cluster, none where it has none or is no node; or why they are not known.

    The check must declare ``BROKERS``.
    """
    resources = view.ask(ClusterResource, host)
    if isinstance(resources, Gap):
        return resources
    found = sorted((one for one in resources if one.kind == BROKER), key=lambda one: one.id)
    if not found:
        return ()
    parameters = view.ask(ClusterParameters, host)
    if isinstance(parameters, Gap):
        return parameters
    told = {row.resource: row for row in parameters}
    suffix = _suffix(view, host)
    return tuple(_broker(one, resources, told, suffix) for one in found)


def brokers_of(view: View, host: str) -> tuple[Broker, ...]:
    """The same.

    Raises:
        MissingEvidence: they are not known.
    """
    found = replica_brokers(view, host)
    if isinstance(found, Gap):
        raise MissingEvidence(str(found))
    return found


def broker_names(view: View, host: str) -> tuple[str, ...]:
    """The full names by which primary hosts and replica hosts call a cluster.

    Raises:
        MissingEvidence: there is none, or it is not known.
    """
    found = brokers_of(view, host)
    names = tuple(dict.fromkeys(name for one in found for name in one.names))
    if found and not names:
        raise MissingEvidence(
            tell("ClusterParameters of {host}: the name of the replica broker is not told", host=host)
        )
    if not found:
        raise MissingEvidence(tell("the cluster of {host} has no replica broker (CLU-02)", host=host))
    return names


def replica_name(view: View, host: str) -> str:
    """The full name in which a host sends and takes replicas: its own, or on a node that of its cluster's broker.

    The check must declare ``NAMED_BY``.

    Raises:
        MissingEvidence: whether it is a node, or the broker's name, is not known; or there are several.
    """
    if not is_member(view, host):
        return host
    name, *others = broker_names(view, host)
    if others:
        raise MissingEvidence(
            tell(
                "the cluster of {host} replicates in several names (CLU-02): {value}",
                host=host,
                value=listing((name, *others)),
            )
        )
    return name


def _broker(
    one: ClusterResource, every: Iterable[ClusterResource], told: dict[str, ClusterParameters], suffix: str
) -> Broker:
    role = (one.group or "").casefold()
    beside = tuple(r for r in every if r is not one and role and (r.group or "").casefold() == role)
    named, at = _given(beside, told, NETWORK_NAME), _given(beside, told, *ADDRESSES)
    full = (f"{row.dns_name}.{suffix}".lower().rstrip(".") for row in named if row.dns_name)
    short = ((row.name or row.dns_name or "")[:NETBIOS].upper() for row in named)
    addresses = (address_of(row.address or "") for row in at)
    return Broker(
        one,
        tuple(dict.fromkeys(full)),
        tuple(dict.fromkeys(filter(None, short))),
        tuple(dict.fromkeys(a for a in addresses if a is not None and not a.is_unspecified)),
        beside,
    )


def _given(
    beside: Iterable[ClusterResource], told: dict[str, ClusterParameters], *kinds: str
) -> tuple[ClusterParameters, ...]:
    """The parameters of resources of these types."""
    found = (told.get(one.id.strip("{}").lower()) for one in beside if one.kind in kinds)
    return tuple(row for row in found if row is not None)


def _suffix(view: View, host: str) -> str:
    """What follows the first label in the full names of a host's cluster: its own has it, else its node's domain."""
    clusters = view.ask(ClusterInfo, host)
    for row in () if isinstance(clusters, Gap) else clusters:
        if row.fqdn and "." in row.fqdn:
            return row.fqdn.partition(".")[2].lower().rstrip(".")
    system = view.one(ComputerSystem, host)
    return system.dns_domain if system.part_of_domain else ""
