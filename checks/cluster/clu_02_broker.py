"""A primary host calls a cluster by its replica broker, and a clustered primary is known by it: without it none goes.

Passes when the cluster has one resource of the type "Virtual Machine Replication Broker" and that is online; the
state of the role says less. Offline or failed is a failure, with what else of its role is not online; so is none.
Before Site Recovery has set the hosts up (`[replica] configured = false`) it makes a broker itself, where every
connected adapter of every node has its addresses from DHCP: then none is a warning, and a failure where one address
was given by hand. More than one, and one that changes its state, are UNKNOWN. Where no planned replication touches
the cluster it does not apply.
"""

from __future__ import annotations

from checks.cluster.broker import broker_verdict
from checks.cluster.nodes import ORIGINS
from checks.common.brokers import BROKERS
from scanner.api import Profile, Severity, Subject, Verdict, View, Who, check, scopes


@check(
    id="CLU-02",
    title="Replica broker exists and is online",
    fails="Replica broker is missing or not online",
    warns="The cluster has no replica broker until Site Recovery makes one",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=(Profile.REPLICA, Profile.ASR_VMM),
    scope=scopes.CLUSTER,
    seed="S4 #before-you-start row Hyper-V",
    needs=(*BROKERS, *ORIGINS),
    by_profile=True,
    remedy="Configure the role Hyper-V Replica Broker on the cluster, or start its resource.",
)
def replica_broker(cluster: Subject, view: View) -> Verdict:
    """Judge one cluster."""
    return broker_verdict(view, cluster.names[0])
