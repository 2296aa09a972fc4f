"""Whether a cluster has a broker that serves, and what makes one."""

from __future__ import annotations

from collections.abc import Iterator

from checks.cluster.nodes import replicates, static, unread_nodes
from checks.common.brokers import Broker, replica_brokers
from checks.common.clusters import hosts_of
from checks.common.parts import clip, listing
from scanner.api import (
    Gap,
    MissingEvidence,
    Profile,
    Verdict,
    View,
    failed,
    joined,
    not_applicable,
    passed,
    powershell,
    tell,
    unknown,
    warned,
    worst,
)  # fmt: skip
from scanner.facts.cluster_resources import ADDRESSES, FAILED, NETWORK_NAME, OFFLINE, ClusterParameters

WANTED = tell("one replica broker that is online")
TO_COME = tell(
    "Site Recovery makes the broker when the cloud's settings are saved, where every node's addresses are DHCP's"
)
START = "Start-ClusterResource -Cluster <host> -Name <name>"
BY_HAND = tell("Site Recovery makes no broker on a cluster whose nodes have addresses that somebody gave")


def tellers(view: View, cluster: str) -> dict[str, tuple[Broker, ...]]:
    """The brokers that each node of a cluster tells; the check must declare ``BROKERS``.

    Raises:
        MissingEvidence: no node tells any.
    """
    answers = {host: replica_brokers(view, host) for host in hosts_of(view, cluster)}
    told = {host: found for host, found in answers.items() if not isinstance(found, Gap)}
    if not told:
        raise MissingEvidence(
            joined("; ", map(str, answers.values()))
            or tell("no host says that it is a node of {cluster}", cluster=cluster)
        )
    return told


def broker_verdict(view: View, cluster: str) -> Verdict:
    """Judge a cluster's broker; the check must declare ``BROKERS`` and ``ORIGINS``.

    Raises:
        MissingEvidence: no node tells it.
    """
    hosts = hosts_of(view, cluster)
    if not replicates(view, hosts):
        return not_applicable(tell("no replication is planned to or from one of its nodes"))
    return worst(_of(view, cluster, host, found) for host, found in tellers(view, cluster).items())


def make(view: View, cluster: str) -> str:
    """What makes a broker, in words: its name, and an address that is not DHCP's, are for people to choose."""
    for host in hosts_of(view, cluster):
        rows = view.ask(ClusterParameters, host)
        if not isinstance(rows, Gap) and any(row.by_dhcp == 0 for row in rows):
            return tell(
                "In Failover Cluster Manager, on a node of {cluster}: Configure Role, Hyper-V Replica Broker, with a "
                "name of its own and a free address of its network. The cluster's computer account needs the right "
                "Create Computer objects where that name's account shall lie.",
                cluster=cluster,
            )
    return tell(
        "In Failover Cluster Manager, on a node of {cluster}: Configure Role, Hyper-V Replica Broker, with a name of "
        "its own. The cluster's computer account needs the right Create Computer objects where that name's account "
        "shall lie.",
        cluster=cluster,
    )


def by_hand(view: View, cluster: str) -> Verdict:
    """Judge a cluster without a broker, where Site Recovery may still make one: WARN if it will, FAIL if not."""
    hosts, seen = hosts_of(view, cluster), tell("{cluster} has no replica broker", cluster=cluster)
    given, gaps = list[str](), list[str]()
    for host in hosts:
        try:
            given += static(view, (host,))
        except MissingEvidence as missing:
            gaps.append(str(missing))
    if given:
        return failed(
            tell("{seen}, and {by_hand}: {given}", seen=seen, by_hand=BY_HAND, given=listing(given)),
            WANTED,
            make(view, cluster),
        )
    gaps += [tell("node {node} is no host of the estate", node=clip(node)) for node in unread_nodes(view, hosts)]
    if gaps:
        return unknown(
            tell("{seen}; whether Site Recovery can make one is not known: {gaps}", seen=seen, gaps=gaps[0]),
            wanted=WANTED,
        )
    return warned(seen, WANTED, works=TO_COME)


def _of(view: View, cluster: str, host: str, found: tuple[Broker, ...]) -> Verdict:
    """What one node tells."""
    if not found and view.profile is Profile.ASR_VMM and not view.estate.replica.configured:
        return by_hand(view, cluster)
    if not found:
        return failed(tell("{cluster} has no replica broker", cluster=cluster), WANTED, make(view, cluster))
    if len(found) > 1:
        names = listing(one.resource.name for one in found)
        return unknown(
            tell(
                "{cluster} has {count} replica brokers ({names}), and a cluster is to have one",
                cluster=cluster,
                count=len(found),
                names=names,
            )
        )
    return worst(_state(cluster, host, one) for one in found)


def _state(cluster: str, host: str, one: Broker) -> Verdict:
    resource, rest = one.resource, list(_not_online(one))
    seen = tell(
        "the replica broker {resource} of {cluster} is {condition}",
        resource=clip(resource.name),
        cluster=cluster,
        condition=resource.condition,
    )
    beside = tell("in its role are not online: {rest}", rest=listing(rest)) if rest else ""
    if one.online and (lost := _unreachable(one)):
        return unknown(
            tell("{seen}, and {lost}: nobody finds it so, and both are told", seen=seen, lost=lost), wanted=WANTED
        )
    if one.online:
        return passed(seen, note=beside)
    all_seen = joined("; ", filter(None, (seen, beside)))
    if resource.state in (OFFLINE, FAILED):
        start = powershell(START, host=host, name=resource.name)
        return failed(all_seen, WANTED, start)
    return unknown(tell("{seen}: judge again when it has settled", seen=all_seen), wanted=WANTED)


def _not_online(one: Broker) -> Iterator[str]:
    yield from (
        tell("{r} ({kind}, {condition})", r=clip(r.name), kind=r.kind, condition=r.condition)
        for r in one.beside
        if not r.online
    )


def _unreachable(one: Broker) -> str:
    """What of its role keeps primaries from finding it: its name, or all of its addresses, of which one will do."""
    names = [r for r in one.beside if r.kind == NETWORK_NAME and not r.online]
    at = [r for r in one.beside if r.kind in ADDRESSES]
    lost = names or ([] if any(r.online for r in at) else at)
    return listing(
        tell("{r} ({kind}) is {condition}", r=clip(r.name), kind=r.kind, condition=r.condition) for r in lost
    )
