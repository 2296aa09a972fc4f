"""The way to the replica broker of a clustered destination: primary hosts find a cluster by the broker's name.

That name is the cluster's word, and so are the broker's addresses. An address of the broker counts as the cluster's,
whichever node holds it now; one that a machine outside of the cluster holds, too, tells nobody who answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.brokers import NAMED_BY, brokers_of, replica_name
from checks.common.clusters import fellows
from checks.common.holders import others
from checks.common.own import is_own, met_itself, plain
from checks.common.parts import combine, listing
from checks.common.probing import attempts, endpoint, probe, reached
from checks.reach.replica_port import broker_port
from checks.reach.replica_taking import takes_replicas, together
from scanner.api import Ask, Fact, MissingEvidence, Subject, Verdict, View, failed, passed, tell, unknown
from scanner.facts.neighbour import Address, is_isatap
from scanner.facts.network import EndpointProbe, IPAddress

BY_NAME: tuple[type[Fact], ...] = NAMED_BY
"""What a check declares that asks, of the destination."""


def asks_broker(view: View, route: Subject) -> Iterator[Ask]:
    """The attempt at the broker's name, where the destination is a node and tells one that can be asked for.

    Raises:
        MissingEvidence: whether it is a node, the name, or the port is not known.
    """
    name = replica_name(view, route.destination)
    if name != route.destination:
        yield from attempts(route.source, endpoint(name, broker_port(view, route.destination, name)))


def by_broker(view: View, route: Subject) -> Iterator[Verdict]:
    """The verdict on the way to the broker; nothing where the destination is no node of a cluster."""
    source, host = route.source, route.destination
    try:
        name = replica_name(view, host)
        if name == host:
            return
        port = broker_port(view, host, name)
        way = _way(view, source, host, name, port)
        taking = takes_replicas(view, host, port, name)
    except MissingEvidence as missing:
        yield unknown(str(missing))
        return
    answer = probe(view, source, endpoint(name, port))
    yield together(view, taking, way, refused=isinstance(answer, EndpointProbe) and answer.outcome == "Refused")


def _way(view: View, source: str, host: str, name: str, port: int) -> Verdict:
    target = endpoint(name, port)
    answer = probe(view, source, target)
    if isinstance(answer, str):
        return unknown(answer, wanted=tell("{source} connects to {target}", source=source, target=target))
    if answer.outcome != "Connected":
        let_in = tell(
            "Let TCP {port} in to {name}, on every node of its cluster and on the way from {source}.",
            port=port,
            name=name,
            source=source,
        )
        return reached(view, source, target, remedy=let_in if answer.outcome == "TimedOut" else "")
    wanted = tell("{source} connects to {target} of the cluster of {host}", source=source, target=target, host=host)
    for node in fellows(view, host):
        view.ask(IPAddress, node)  # so that reports name whose addresses were looked at
    if met_itself(view, source, answer):
        return failed(tell("{target}: {source} met itself", target=target, source=source), wanted)
    remote = plain(answer.remote)
    if remote is None or (plain(answer.local) is None and is_own(view, source, remote) is None):
        return unknown(
            tell(
                "EndpointProbe of {source}: {target}: which address answered is not known", source=source, target=target
            ),
            wanted=wanted,
        )
    told = dict.fromkeys((remote, *filter(None, map(plain, answer.addresses))))
    wrong = [
        part
        for address in told
        if address == remote or not (address.is_link_local or is_isatap(address))
        for part in _wrong(view, host, target, address, met=address == remote, wanted=wanted)
    ]
    return combine(wrong) if wrong else passed(tell("{source} connects to {target}", source=source, target=target))


def _wrong(view: View, host: str, target: str, address: Address, *, met: bool, wanted: str) -> Iterator[Verdict]:
    """What is wrong with an address that the name leads to; nothing where it is the broker's alone."""
    nodes = fellows(view, host)
    known = {one for broker in brokers_of(view, host) for one in broker.addresses}
    strangers = listing(sorted(others(view, address, *nodes)))
    if address in known and not strangers:
        return
    if address in known:
        yield unknown(
            tell(
                "{target}: {address} is an address of {strangers}, too; who answered is not known",
                target=target,
                address=address,
                strangers=strangers,
            ),
            wanted=wanted,
        )
    elif strangers and met:
        yield failed(
            tell(
                "{target}: {address} is an address of {strangers}, and none of the cluster of {host}",
                target=target,
                address=address,
                strangers=strangers,
                host=host,
            ),
            wanted,
        )
    elif strangers:
        yield unknown(
            tell(
                "{target} leads to {address} of {strangers}, too; which one is met next is not known",
                target=target,
                address=address,
                strangers=strangers,
            )
        )
    elif any(is_own(view, node, address) for node in nodes):
        yield unknown(
            tell(
                "{target} leads to {address}, a node's own, which does not follow the broker",
                target=target,
                address=address,
            ),
            wanted=wanted,
        )
    else:
        where = listing(sorted(map(str, known))) or tell("an address that the cluster does not tell")
        yield unknown(
            tell(
                "{target} leads to {address}, and the broker has {where}", target=target, address=address, where=where
            ),
            wanted=wanted,
        )
