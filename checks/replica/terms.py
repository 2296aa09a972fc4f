"""A replication that exists beside what a pair of clouds plans: where its replica is, and how it is set."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip, listing
from checks.vmm.clouds import PART_ALONE, Side, answering, hosts_of, sees_all, side
from checks.vmm.hosts import first_label
from checks.vmm.machines import target_hosts
from scanner.api import CloudPair, Verdict, View, failed, passed, tell, unknown
from scanner.facts.replica_terms import ReplicationTerms

METHODS = {1: "kerberos", 2: "certificate"}
SWITCHED = {True: "on", False: "off"}
Setting = tuple[str, object, object]
"""What it is called in [[cloud_pair]], what it is, and what is planned; nothing where that is not told."""


def of_source(view: View, source: Side) -> tuple[CloudPair, ...]:
    """The planned pairs whose source this cloud is."""
    words = {source.cloud.name.strip().casefold(), source.cloud.id.strip("{}").casefold()}

    def is_it(pair: CloudPair) -> bool:
        named = pair.source.strip().strip("{}").casefold() in words
        return named and answering(view, pair.source_server) == source.server

    return tuple(pair for pair in view.estate.cloud_pairs if is_it(pair))


def elsewhere(view: View, row: ReplicationTerms, pair: CloudPair) -> Verdict | None:
    """The verdict where the replica is on no host of the target cloud, or that is not to be told; else nothing.

    Raises:
        MissingEvidence: the cloud or its hosts could not be read.
    """
    target = side(view, pair.target_server, pair.target)
    if isinstance(target, Verdict):
        return target
    hosts = target_hosts(view, target)
    labels = {first_label(name) for name in hosts}
    if any(name in hosts or ("." not in name and name in labels) for name in row.names):
        return None
    seen, wanted = (
        tell("its replica is on {names}", names=listing(row.names) or tell("a host that is not told")),
        tell("a host of {target}", target=target.name),
    )
    if not row.names or any(host.cluster for host in hosts_of(view, target)):
        return unknown(
            tell(
                "{seen}: whether that is {wanted}, or the broker of its cluster, is not told", seen=seen, wanted=wanted
            ),
            wanted=wanted,
        )
    return (
        failed(seen, wanted)
        if sees_all(view, target.server)
        else unknown(tell("{seen}; {part_alone}", seen=seen, part_alone=PART_ALONE), wanted=wanted)
    )


def compared(view: View, row: ReplicationTerms, pair: CloudPair) -> Verdict:
    """Whether it is set as the pair plans; everything that Site Recovery gives to a machine must be told."""
    apart = list[str]()
    open_ = list[str]()
    for name, seen, planned in _settings(view, row, pair):
        if planned is None or seen is None:
            open_.append(name if planned is None else tell("{name} (which the host does not tell)", name=name))
        elif seen != planned:
            apart.append(tell("{name} {seen}, planned {planned}", name=name, seen=clip(str(seen)), planned=planned))
    if apart:
        return failed(listing(apart), tell("the settings of the pair of clouds"))
    if open_:
        return unknown(
            tell("not compared: {open}; tell it in [[cloud_pair]]", open=listing(open_)),
            wanted=tell("all settings alike"),
        )
    return passed(tell("set as the pair of clouds plans"))


def _settings(view: View, row: ReplicationTerms, pair: CloudPair) -> Iterator[Setting]:
    method = pair.authentication or view.estate.replica.authentication
    yield "port", row.port, pair.port or view.estate.replica.port or None
    yield "authentication", METHODS.get(row.authentication or 0), method
    yield "compression", None if row.compression is None else SWITCHED[row.compression], pair.compression or None
    yield "frequency", row.seconds, pair.frequency or None
    yield "recovery_points", row.points, pair.recovery_points if pair.recovery_points >= 0 else None
    yield "app_consistent", row.snapshots, pair.app_consistent if pair.app_consistent >= 0 else None
