"""Site Recovery makes the replica broker of a cluster itself, but not where nodes have addresses that somebody gave.

Passes where the cluster has a broker. Where it has none, fails if a connected adapter of a node has an address that
was given by hand (PrefixOrigin 1), whatever the cluster's own address is; does not apply if all are from DHCP, for
then it is made with the cloud's settings (CLU-02). Unknown where a node was not read. The cluster's own addresses,
which lie on a node like any other, are left out. Source: S4, and the error "at least one static network adapter" of
Site Recovery.
"""

from __future__ import annotations

from checks.cluster.broker import TO_COME, by_hand, tellers
from checks.cluster.nodes import ORIGINS, replicates
from checks.common.brokers import BROKERS
from checks.common.clusters import hosts_of
from scanner.api import (
    Profile,
    Severity,
    Status,
    Subject,
    Verdict,
    View,
    Who,
    check,
    not_applicable,
    passed,
    scopes,
    tell,
)


@check(
    id="CLU-03",
    title="Static-IP cluster: broker was created manually",
    fails="The cluster has no replica broker, and Site Recovery makes none with static addresses",
    severity=Severity.HIGH,
    who=Who.HOST,
    follows=("CLU-02",),
    profiles=(Profile.ASR_VMM,),
    scope=scopes.CLUSTER,
    seed="S4 #before-you-start row Hyper-V",
    needs=(*BROKERS, *ORIGINS),
    remedy="Configure the role Hyper-V Replica Broker on the cluster yourself.",
)
def made_by_hand(cluster: Subject, view: View) -> Verdict:
    """Judge one cluster."""
    name = cluster.names[0]
    if not replicates(view, hosts_of(view, name)):
        return not_applicable(tell("no replication is planned to or from one of its nodes"))
    if all(tellers(view, name).values()):
        return passed(tell("{name} has a replica broker", name=name))
    verdict = by_hand(view, name)
    return not_applicable(TO_COME) if verdict.status is Status.WARN else verdict
