"""How virtual disks travel: by SMB, on whatever network the destination's name leads to, alone or with their machines.

A migration's performance option is about memory, and its list of networks about what comes in on TCP 6600: neither
says where disks go. A name may lead to several addresses, and which one is taken the resolver decides each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checks.common.disks import disks_move
from checks.common.holders import neighbours_asked
from checks.common.probing import SMB, attempts, endpoint, probe, reached
from checks.migration.networks import Local, local_addresses
from checks.network.encryption import encrypted_or_not, smb_encrypted
from checks.network.trust import WANTED, from_source, left_through, trust_if_up
from scanner.api import Ask, Gap, MissingEvidence, Status, Subject, Verdict, View, tell, unknown
from scanner.facts.neighbour import Address, address_of
from scanner.facts.network import ACTIVE_STORE, DefaultRoute, EndpointProbe


def alone(route: Subject, view: View) -> bool:
    """Whether the plan moves disks and no machine."""
    plan = view.route(route.source, route.destination)
    return plan is not None and not plan.machines


def asked(route: Subject, view: View) -> Iterator[Ask]:
    """The attempt that tells which way they take, where they may move."""
    try:
        moving = disks_move(view, route.source, route.destination)
    except MissingEvidence:
        moving = True
    if moving:
        yield from attempts(route.source, endpoint(route.destination, SMB))
        yield from neighbours_asked(view, route.source, route.destination)


def in_clear(route: Subject, view: View) -> list[Verdict]:
    """Whether disks cross untrusted networks in clear, those by which they leave and arrive; nothing if none moves.

    Raises:
        MissingEvidence: the addresses of one of the two could not be read.
    """
    source, host = route.source, route.destination
    doubt = ""
    try:
        if not disks_move(view, source, host):
            return []
    except MissingEvidence as missing:
        doubt = tell("whether disks move is not known: {missing}", missing=missing)
    parts = encrypted_or_not(view, source, host, _ways(view, source, host), smb_encrypted)
    if doubt:  # what harms no disk that moves needs no answer
        parts = [unknown(doubt) if part.status in (Status.FAIL, Status.UNKNOWN) else part for part in parts]
    return [replace(part, seen=tell("disks: {seen}", seen=part.seen)) if part.seen else part for part in parts]


def _ways(view: View, source: str, host: str) -> list[Verdict]:
    target = endpoint(host, SMB)
    answer, way = probe(view, source, target), reached(view, source, target, destination=host)
    if isinstance(answer, str) or way.status is not Status.PASS:
        return [
            unknown(
                tell("which way disks take is not known (see RCH-02): {seen}", seen=way.seen or way.note), wanted=WANTED
            )
        ]
    arrives = _arrives(view, host, answer)
    if not any(local.address == address_of(answer.remote or "") for local in arrives):
        return [unknown(tell("at which address of {host} disks arrive is not known", host=host), wanted=WANTED)]
    there = [trust_if_up(view, host, local) for local in arrives]
    others = [local.address for local in arrives if local.address != address_of(answer.remote or "")]
    here = [verdict for _, verdict in left_through(view, source, answer.local or "")]
    return [*there, *dict.fromkeys([*here, *_elsewhere(view, source, others)])]


def _arrives(view: View, host: str, answer: EndpointProbe) -> list[Local]:
    """The addresses of the host that the name leads to, but on adapters that are down; the one that answered is up."""
    remote = address_of(answer.remote or "")
    known = {remote, *map(address_of, answer.addresses)}
    found = [local for local in local_addresses(view, host, held=True) if local.address in known]
    return [
        replace(a, up=True) if a.address == remote else a for a in found if a.up is not False or a.address == remote
    ]


def _elsewhere(view: View, source: str, addresses: Iterable[Address]) -> Iterator[Verdict]:
    """The verdicts on the source's networks by which it leaves to addresses that no attempt was seen to take.

    That is the network they are in, or that of a default route. Routes of other prefixes are not read.
    """
    own = [local for local in local_addresses(view, source) if local.up is not False]
    for address in addresses:
        ways = [local for local in own if address in local.network]
        routes = () if ways else view.ask(DefaultRoute, source)
        if isinstance(routes, Gap):
            yield unknown(
                tell(
                    "from {source}: by which network it leaves to {address} is not known: {routes}",
                    source=source,
                    address=address,
                    routes=routes,
                )
            )
            continue
        out = {
            r.interface
            for r in routes
            if r.store in (None, ACTIVE_STORE) and (":" in r.prefix) is (":" in str(address))
        }
        ways += [local for local in own if local.interface in out and local.address.version == address.version]
        yield from (from_source(source, trust_if_up(view, source, local)) for local in ways)
