"""What attempts to connect say of the networks that two hosts share, or do not. Arithmetic outweighs no attempt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.common.holders import others
from checks.common.parts import listing
from checks.common.probing import MIGRATION, endpoint, probe, reached
from checks.migration.networks import Local
from scanner.api import Gap, Status, Subject, Verdict, View, failed, passed, tell, unknown, warned
from scanner.facts.neighbour import address_of
from scanner.facts.network import EndpointProbe

WANTED = tell("an address of both hosts in one network")


def tried(view: View, route: Subject, theirs: Sequence[Local]) -> Mapping[Local, Verdict | None]:
    """What came of the attempts at the destination's addresses; nothing at one where none was made."""
    found: dict[Local, Verdict | None] = {}
    for local in theirs:
        target = endpoint(str(local.address), MIGRATION)
        attempted = not isinstance(probe(view, route.source, target), str)
        found[local] = reached(view, route.source, target, destination=route.destination) if attempted else None
    return found


def by_subnet(
    view: View, route: Subject, pairs: Sequence[tuple[Local, Local]], attempts: Mapping[Local, Verdict | None]
) -> Verdict:
    """The verdict on two hosts that are in one network by their subnets."""
    verdicts = {local: verdict for local, verdict in attempts.items() if verdict is not None}
    good = [local for local, verdict in verdicts.items() if verdict.status is Status.PASS]
    if good:
        return _connected(view, route, pairs, good)
    untold = [verdict.note for verdict in verdicts.values() if verdict.status is Status.UNKNOWN]
    if untold:
        return unknown(listing(untold), wanted=WANTED)
    if verdicts and len(verdicts) == len(attempts):
        seen = listing(verdict.seen for verdict in verdicts.values())
        return failed(tell("in one network by their subnets, but {seen}", seen=seen), WANTED, note=tell("see RCH-01"))
    if verdicts:
        left = listing(local.address for local in attempts if local not in verdicts)
        return unknown(
            tell(
                "EndpointProbe of {source}: {left} was not probed, and no other connects",
                source=route.source,
                left=left,
            ),
            wanted=WANTED,
        )
    answers = view.ask(EndpointProbe, route.source)
    if isinstance(answers, Gap):  # attempts may have been made, and have failed
        return unknown(str(answers), wanted=WANTED)
    alone = [(one, other) for one, other in pairs if not others(view, other.address, *route.names)]
    if not alone:
        shared = listing(other.address for _, other in pairs)
        return unknown(
            tell("{shared}: another machine holds it, too, and nobody tried who answers", shared=shared), wanted=WANTED
        )
    return passed(
        listing(tell("{address} → {address2}", address=one.address, address2=other.address) for one, other in alone),
        note=tell("nobody tried to connect"),
    )


def _connected(view: View, route: Subject, pairs: Sequence[tuple[Local, Local]], good: Sequence[Local]) -> Verdict:
    """Of addresses that connect: whether an attempt left by the network that both hosts are in, as far as it tells."""
    left = {local: _left_from(view, route.source, local) for local in good}
    near = [(one, other) for one, other in pairs if other in left and left[other] in ("", str(one.address))]
    if near:
        return passed(
            listing(tell("{address} → {address2}", address=one.address, address2=other.address) for one, other in near)
        )
    ways = listing(tell("{address} from {text}", address=other.address, text=text) for other, text in left.items())
    return warned(
        tell("in one network by their subnets, but {source} reaches {ways}", source=route.source, ways=ways),
        tell("attempts that leave by the network of both hosts"),
        works=tell("the source connects to the destination's migration address by another of its networks"),
        note=tell(
            "the shared network may be two that look alike, or another route is preferred: look at both adapters"
        ),
    )


def _left_from(view: View, source: str, local: Local) -> str:
    """The source's own address of an attempt that connects; empty where it is not told."""
    answer = probe(view, source, endpoint(str(local.address), MIGRATION))
    text = "" if isinstance(answer, str) else answer.local or ""
    return str(address_of(text) or "")


def routed(view: View, route: Subject, theirs: Sequence[Local]) -> Verdict:
    """The verdict on two hosts that are in no network together."""
    networks = listing(dict.fromkeys(local.network for local in theirs))
    verdicts = tried(view, route, theirs).values()
    states = {verdict.status if verdict else None for verdict in verdicts}
    if Status.PASS in states:
        return warned(
            tell("{source} is not in {networks}, but reaches it", source=route.source, networks=networks),
            WANTED,
            works=tell("the source connects to the destination's migration address through a router"),
        )
    if Status.UNKNOWN in states:
        return unknown(listing(v.note for v in verdicts if v and v.status is Status.UNKNOWN), wanted=WANTED)
    if None in states:
        return unknown(
            tell("EndpointProbe of {source}: {networks} was not probed", source=route.source, networks=networks),
            wanted=WANTED,
        )
    return failed(
        tell(
            "{source} is not in {networks}, and does not reach it on TCP {migration}",
            source=route.source,
            networks=networks,
            migration=MIGRATION,
        ),
        WANTED,
    )
