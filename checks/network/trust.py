"""How far a network may be trusted with memory in clear text, judged by what the user declared and Windows knows.

In this order: what the user declared (the narrower declaration wins), public address space, the category and
connectivity Windows gives the interface, its default route. What none of them settles is no proof of trust.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import replace

from checks.common.parts import combine
from checks.common.probing import MIGRATION, connects, endpoint, probe
from checks.migration.choosing import choose_networks
from checks.migration.networks import (
    Local,
    declared,
    is_within,
    listening,
    local_addresses,
    migration_networks,
    not_of,
    usable,
)
from scanner.api import Gap, MissingEvidence, Status, Verdict, View, failed, passed, tell, unknown, warned
from scanner.facts.neighbour import address_of
from scanner.facts.network import ACTIVE_STORE, ConnectionProfile, DefaultRoute, EndpointProbe

PRIVATE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
PUBLIC_CATEGORY, PRIVATE_CATEGORY, DOMAIN_CATEGORY = 0, 1, 2
INTERNET = 4
FAIL = Status.FAIL
WORKS = tell("Hyper-V migrates over any network that connects; who else can read along is what is not settled")
WANTED = tell("a private network without a way out, or one declared in networks.trusted")


def network_trust(view: View, source: str, host: str) -> list[Verdict]:
    """The verdict on every network on which the host accepts migrations, each once.

    One whose address the source holds itself is none: nothing comes in there. The check must declare the facts of
    ``usable`` and ``listening``, too. An untrusted network whose adapter may be down is UNKNOWN.

    Raises:
        MissingEvidence: the host's addresses could not be read.
    """
    more, unread = listening(view, host)
    sure = not_of(view, source, usable(view, host) if unread else (*more, *usable(view, host)))
    verdicts = [trust_if_up(view, host, local) for local in _each(sure)]
    if unread:  # only what would be wrong there bears on the verdict
        may_be = [trust(view, host, local) for local in _each(not_of(view, source, more))]
        verdicts += [
            _not_known(part, tell("whether it listens there: {unread}", unread=unread))
            for part in may_be
            if part.status is FAIL
        ]
    return verdicts


def _each(addresses: Iterable[Local]) -> Iterable[Local]:
    """One address of each network and interface."""
    return {(local.network, local.interface): local for local in addresses}.values()


def trust_if_up(view: View, host: str, local: Local) -> Verdict:
    """As ``trust``, but an untrusted network whose adapter may be down is UNKNOWN."""
    verdict = trust(view, host, local)
    return (
        _not_known(verdict, tell("whether its adapter is up")) if verdict.status is FAIL and not local.up else verdict
    )


def _not_known(verdict: Verdict, what: str) -> Verdict:
    return unknown(tell("{seen}; not known: {what}", seen=verdict.seen, what=what), wanted=WANTED)


def on_the_way(view: View, source: str, host: str) -> list[Verdict]:
    """The verdicts on the source's networks through which its attempts reached the host, but those that are trusted.

    A way is as trusted as its worst network: the one it leaves through counts as the one it arrives in.
    """
    attempts = view.ask(EndpointProbe, source)
    if isinstance(attempts, Gap):
        return [unknown(tell("from {source}: {attempts}", source=source, attempts=attempts), wanted=WANTED)]
    found: dict[str, Verdict] = {}
    for local in (*usable(view, host), *listening(view, host)[0]):
        target = endpoint(str(local.address), MIGRATION)
        answer = probe(view, source, target)
        if isinstance(answer, str) or not connects(view, source, target, destination=host):
            continue
        found |= dict(left_through(view, source, answer.local or ""))
    return [verdict for verdict in found.values() if verdict.status is not Status.PASS]


def left_through(view: View, source: str, local: str) -> Iterator[tuple[str, Verdict]]:
    """The verdict on every network of the source by which an attempt left that had this address of its own."""
    try:
        used = [one for one in local_addresses(view, source) if one.address == address_of(local)]
    except MissingEvidence as missing:
        yield local, unknown(tell("from {source}: {missing}", source=source, missing=missing), wanted=WANTED)
        return
    if not used:
        yield (
            local,
            unknown(
                tell("from {source}: through which of its networks it connects is not known", source=source),
                wanted=WANTED,
            ),
        )
    for one in used:
        yield local, from_source(source, trust(view, source, one))


def from_source(source: str, verdict: Verdict) -> Verdict:
    """The verdict on a network of the source, told as such."""
    if verdict.seen:
        return replace(verdict, seen=tell("from {source}: {seen}", source=source, seen=verdict.seen))
    return replace(verdict, note=tell("from {source}: {note}", source=source, note=verdict.note))


def choose_others(view: View, host: str) -> str:
    """The commands that leave out the listed networks in which the host has untrusted addresses, and no other.

    Empty where the list has none and opens nothing else: then it lets nothing in that is untrusted.
    """
    ways = [(local, trust(view, host, local).status) for local in (*usable(view, host), *listening(view, host)[0])]
    setting = migration_networks(view, host)
    within = {n: {status for local, status in ways if local.address in n} for n in setting.listed}
    without = [network for network, states in within.items() if states == {FAIL}]
    return choose_networks(view, host, without=without) if without or setting.flag or setting.families else ""


def trust(view: View, host: str, local: Local) -> Verdict:
    """PASS trusted, FAIL untrusted, WARN not settled, UNKNOWN not readable; ``seen`` names network and reason.

    The check must declare ``ConnectionProfile`` and ``DefaultRoute``.
    """
    return view.shared(_trust, host, local)


def _trust(view: View, host: str, local: Local) -> Verdict:
    where = tell("{network} (interface {interface})", network=local.network, interface=local.interface)
    said = declared(view.estate, local.network)
    if said is not None:
        return (
            passed(tell("{where}: declared trusted", where=where))
            if said
            else failed(tell("{where}: declared untrusted", where=where), WANTED)
        )
    if not any(is_within(local.network, private) for private in PRIVATE):
        if local.address.is_global:
            return failed(tell("{where}: public address space", where=where), WANTED)
        return warned(tell("{where}: neither public nor private address space", where=where), WANTED, works=WORKS)
    return _by_interface(view, host, local.interface, where)


def _by_interface(view: View, host: str, interface: int, where: str) -> Verdict:
    """The worst of what Windows says: it may know two networks behind one interface."""
    profiles = view.ask(ConnectionProfile, host)
    if isinstance(profiles, Gap):
        return unknown(tell("{where}: {profiles}", where=where, profiles=profiles), wanted=WANTED)
    verdicts = [_by_profile(view, host, row, where) for row in profiles if row.interface == interface]
    if not verdicts:
        return warned(tell("{where}: Windows has no profile of this network", where=where), WANTED, works=WORKS)
    return combine(verdicts)


def _by_profile(view: View, host: str, profile: ConnectionProfile, where: str) -> Verdict:
    connectivity = (profile.ipv4_connectivity, profile.ipv6_connectivity)
    if INTERNET in connectivity:
        return failed(tell("{where}: leads to the internet", where=where), WANTED)
    routes = view.ask(DefaultRoute, host)
    if isinstance(routes, Gap):
        return unknown(tell("{where}: {routes}", where=where, routes=routes), wanted=WANTED)
    gateway = any(r.interface == profile.interface and r.store in (None, ACTIVE_STORE) for r in routes)
    if profile.category == PUBLIC_CATEGORY and gateway:
        return failed(tell("{where}: category public, with a default gateway", where=where), WANTED)
    if any(value not in range(INTERNET) for value in connectivity):
        return unknown(
            tell(
                "{where}: ConnectionProfile of {host}: connectivity {connectivity}",
                where=where,
                host=host,
                connectivity=connectivity,
            ),
            wanted=WANTED,
        )
    return _by_category(profile.category, gateway, where)


def _by_category(category: int, gateway: bool, where: str) -> Verdict:
    """Of an interface that does not lead to the internet as far as Windows knows."""
    if category == PUBLIC_CATEGORY:
        return warned(tell("{where}: category public, private addresses, no gateway", where=where), WANTED, works=WORKS)
    if category not in (PRIVATE_CATEGORY, DOMAIN_CATEGORY):
        return unknown(
            tell("{where}: ConnectionProfile: category {category}", where=where, category=category), wanted=WANTED
        )
    if gateway:
        return warned(
            tell("{where}: carries the default route, so management traffic too", where=where), WANTED, works=WORKS
        )
    return passed(
        tell(
            "{where}: category {tell}, private addresses",
            where=where,
            tell=tell("private") if category == PRIVATE_CATEGORY else tell("domain"),
        )
    )
