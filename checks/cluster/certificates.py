"""Certificates and ports of a cluster that replicates: each node must be able to stand for the broker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from checks.cluster.broker import tellers
from checks.cluster.nodes import NODES, receives, replicates, unread_nodes
from checks.common.brokers import BROKERS, broker_names
from checks.common.certificates import another, find, names_part, own_parts
from checks.common.clusters import hosts_of
from checks.common.parts import clip, combine, listing
from checks.delegation.account import MEMBERS
from checks.delegation.verdicts import attempt
from checks.replica.planned import by_certificate, unconfigured
from checks.replica.presented import BY_FITNESS, CERTIFIED, full_name
from scanner.api import (
    Fact,
    Gap,
    MissingEvidence,
    Status,
    Verdict,
    View,
    failed,
    not_applicable,
    passed,
    tell,
    unknown,
)  # fmt: skip
from scanner.facts.certificates import OwnCertificate
from scanner.facts.replica_certificates import BrokerCertificate, ReplicaCertificate, ReplicationCertificate

NEEDS: tuple[type[Fact], ...] = tuple(
    dict.fromkeys(
        (*NODES, *BROKERS, *MEMBERS, OwnCertificate, BrokerCertificate, ReplicaCertificate, ReplicationCertificate)
    )
)


def complete(view: View, cluster: str) -> Verdict:
    """Judge one cluster.

    Raises:
        MissingEvidence: its nodes or its broker are not known.
    """
    hosts = hosts_of(view, cluster)
    if not replicates(view, hosts):
        return not_applicable(tell("no replication is planned to or from one of its nodes"))
    if unconfigured(view):
        return not_applicable(tell("Site Recovery has yet to set the cluster up ([replica] configured = false)"))
    if not any(tellers(view, cluster).values()):
        return not_applicable(tell("the cluster has no replica broker (CLU-02)"))
    parts = [attempt(partial(_ports, view, cluster, host)) for host in hosts]
    if by_certificate(view):
        parts += [attempt(partial(_of_node, view, host, receiving=receives(view, hosts))) for host in hosts]
        parts += [
            unknown(tell("node {node} is no host of the estate", node=clip(node))) for node in unread_nodes(view, hosts)
        ]
    elif all(part.status is Status.NOT_APPLICABLE for part in parts):
        return not_applicable(tell("replication is planned with Kerberos, and every node uses the usual port"))
    return combine(part for part in parts if part.status is not Status.NOT_APPLICABLE)


def _of_node(view: View, host: str, *, receiving: bool) -> Verdict:
    """Whether a node holds the certificates of its own name and of the broker."""
    rows, names = view.rows(OwnCertificate, host), broker_names(view, host)
    parts: list[Verdict] = []
    if receiving:
        chosen = view.one(BrokerCertificate, host).thumbprint
        parts += [_chosen(view, host, rows, chosen, name, tell("the broker's")) for name in names]
        own = view.one(ReplicaCertificate, host).thumbprint
        parts.append(_chosen(view, host, rows, own, full_name(view, host), tell("its own")))
    else:
        used = tuple(dict.fromkeys(_used(view, host)))
        parts += [_chosen(view, host, rows, one, name, tell("the broker's")) for name in names for one in used]
        parts += [_any(view, host, rows, name) for name in names if not used]
    return combine(parts)


def _used(view: View, host: str) -> Iterator[str]:
    """The certificates by which the machines of a node sign in elsewhere."""
    for row in view.rows(ReplicationCertificate, host):
        if row.authentication == CERTIFIED and row.thumbprint and not row.instance_id.endswith("\\1"):
            yield row.thumbprint


def _chosen(view: View, host: str, rows: Iterable[OwnCertificate], thumbprint: str, name: str, whose: str) -> Verdict:
    remedy = another(name, host)
    if not thumbprint:
        return failed(
            tell("{host} was told no certificate as {whose}", host=host, whose=whose),
            tell("one for {name}", name=name),
            remedy,
        )
    stored = find(rows, thumbprint)
    if stored is None:
        seen = tell(
            "LocalMachine\\My of {host} does not hold {thumbprint}, {whose}",
            host=host,
            thumbprint=thumbprint[:8],
            whose=whose,
        )
        return failed(seen, tell("on every node the one that was chosen for {name}", name=name), remedy)
    seen = tell("{host}'s certificate {thumbprint}, {whose},", host=host, thumbprint=thumbprint[:8], whose=whose)
    if stored.certificate.problem:
        return unknown(tell("{seen} could not be read: {problem}", seen=seen, problem=stored.certificate.problem))
    return combine((names_part(stored.certificate, name, seen, remedy), *_itself(view, host, stored, seen, remedy)))


def _itself(view: View, host: str, stored: OwnCertificate, seen: str, remedy: str) -> Iterator[Verdict]:
    """What a certificate says of itself, on a node on which no planned route begins or ends; of others REP-05 says it.

    One certificate may have its private key on the node that asked for it, and not on those it was copied to.
    """
    if not any(host in (route.source, route.destination) for route in view.estate.routes):
        yield from own_parts(stored, view.now, seen, remedy)


def _any(view: View, host: str, rows: Iterable[OwnCertificate], name: str) -> Verdict:
    found = [row for row in rows if not row.certificate.problem]
    named = [row for row in found if names_part(row.certificate, name, "", "").status is Status.PASS]
    remedy, seen = (
        another(name, host),
        tell("{host} has a certificate for {name}", host=host, name=name),
    )
    if named:
        told = [
            combine((passed(seen), *_itself(view, host, row, tell("{seen}: it", seen=seen), remedy))) for row in named
        ]
        return min(told, key=lambda verdict: BY_FITNESS.index(verdict.status))
    return failed(
        tell("{host} has no certificate for {name}", host=host, name=name),
        tell("one for {name}", name=name),
        another(name, host),
    )


def _ports(view: View, cluster: str, host: str) -> Verdict:
    """Whether a table of ports names every node and the broker; none says that the usual port is used everywhere."""
    rows = view.ask(BrokerCertificate, host)
    if isinstance(rows, Gap) or not rows:
        why = str(rows) if isinstance(rows, Gap) else BrokerCertificate.no_row
        raise MissingEvidence(tell("the table of ports of {cluster}: {why}", cluster=cluster, why=why))
    told, kind = rows[0].kerberos_ports, "KerberosAuthenticationPortMapping"
    if by_certificate(view):
        told, kind = rows[0].certificate_ports, "CertificateAuthenticationPortMapping"
    if not told:
        return not_applicable(tell("no table of ports is set"))
    named = {text.rpartition("=")[0].lower().rstrip(".") for text in told}
    hosts = hosts_of(view, cluster)
    wanted = {*broker_names(view, host), *(full_name(view, one) for one in hosts)}
    lost = sorted(wanted - named)
    short = {name.partition(".")[0] for name in named}
    lost += [node for node in unread_nodes(view, hosts) if node.lower() not in short]
    if lost:
        seen = tell("{kind} of {cluster} lacks {lost}", kind=kind, cluster=cluster, lost=listing(lost))
        remedy = tell(
            "Set-VMReplicationServer with {parameter}, on a node of {cluster}: it replaces the whole table, so name "
            "every node and the broker in it.",
            parameter=kind,
            cluster=cluster,
        )
        return failed(seen, tell("every node and the broker"), remedy)
    return passed(tell("{kind} names every node and the broker", kind=kind))
