"""The ways between hosts that were tried, as they are drawn: from, to, where, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.facts.hyperv import MigrationService
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.judge import scopes
from scanner.judge.picturing.marks import Marks, worst_pairs
from scanner.words.estate import Estate, Route
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, Profile, Status
from scanner.words.pictures import Arrow, Arrows
from scanner.words.telling import joined, tell

LIVE, REPLICA = frozenset({Profile.LIVE_MIGRATION}), frozenset({Profile.REPLICA, Profile.ASR_VMM})
PORTS = {"RCH-01": 6600, "RCH-02": 445}
WHAT = {
    "RCH-01": ("TCP 6600", LIVE),
    "RCH-02": ("SMB, TCP 445", LIVE),
    "LM-11": (tell("a network of both"), LIVE),
    "NET-01": (tell("a trusted way"), LIVE),
    "RCH-06": (tell("port of the replica"), REPLICA),
}
"""What is drawn of a route, by the check that judges it, and the kinds of move it is of."""
ENDED = {
    "Connected": tell("connected"),
    "Refused": tell("refused"),
    "TimedOut": tell("no answer"),
    "Unreachable": tell("no route leads there"),
    "Unresolved": tell("the name is not known there"),
    "Failed": tell("failed"),
}
NAMED = 6
"""So many attempts are told of one way."""
THERE = {Status.PASS: True, Status.WARN: True, Status.FAIL: False}
WARNED = {"RCH-06": False, "NET-01": None}
"""Checks whose warning is no way: a port that is shut for now, a network of which nobody settled whom it belongs to."""


def ways_of(evidence: Evidence, marks: Marks) -> Arrows:
    """The ways of all planned routes, the worst before all others."""
    found = _judged(evidence.estate, marks)
    kept, left = worst_pairs(found, lambda way: (way[0].source, way[0].destination), lambda way: way[2])
    return Arrows(drawn=tuple(_way(evidence, marks, route, check) for route, check, _ in kept), left=left)


def _judged(estate: Estate, marks: Marks) -> Iterator[tuple[Route, str, Status]]:
    for route in estate.routes:
        for check, (_, profiles) in WHAT.items():
            if not estate.kinds_of(route) & profiles:
                continue
            status = marks.status(scopes.ROUTE, (route.source, route.destination), check)
            if status not in (Status.NOT_APPLICABLE, None):
                yield route, check, status


def _way(evidence: Evidence, marks: Marks, route: Route, check: str) -> Arrow:
    mark = marks.of(scopes.ROUTE, (route.source, route.destination), check)
    tried = tuple(_tried(evidence, route, PORTS[check])) if check in PORTS else ()
    more = (tell("and {count} more", count=len(tried) - NAMED),) if len(tried) > NAMED else ()
    return Arrow(
        source=route.source,
        target=route.destination,
        what=WHAT[check][0],
        there=_there(check, mark.status),
        told=joined("; ", (*tried[:NAMED], *more)) or mark.said,
        mark=mark,
    )


def _there(check: str, status: Status | None) -> bool | None:
    if status is Status.WARN and check in WARNED:
        return WARNED[check]
    return None if status is None else THERE.get(status)


def _tried(evidence: Evidence, route: Route, port: int) -> Iterator[str]:
    """What the source tried at the destination, as it answered: ``10.20.0.11:6600 connected``."""
    probes = evidence.derived(EndpointProbe, route.source, _by_port)
    if isinstance(probes, Gap):
        return
    there = evidence.once((_tried, route.destination), lambda: _called(evidence, route.destination))
    for place, row in probes.get(port, ()):
        if place in there:
            ended = ENDED.get(row.outcome, row.outcome[:40])
            yield tell("{target} {ended}", target=row.target[:80], ended=ended)


def _by_port(rows: tuple[EndpointProbe, ...]) -> dict[int, list[tuple[str, EndpointProbe]]]:
    found: dict[int, list[tuple[str, EndpointProbe]]] = {}
    for row in rows:
        target = row.target.rpartition(">")[2].partition("/")[0]
        place, _, port = target.rpartition(":")
        if port.isascii() and port.isdigit() and len(port) < 6:
            found.setdefault(int(port), []).append((place.strip("[]").lower(), row))
    return found


def _called(evidence: Evidence, host: str) -> frozenset[str]:
    """What a host is called by in an attempt: its name, its addresses, and those at which it says that it listens."""
    own, service = evidence.ask(IPAddress, host), evidence.ask(MigrationService, host)
    addresses = () if isinstance(own, Gap) else (str(row.address) for row in own if row.address)
    listening = () if isinstance(service, Gap) else (text for row in service for text in row.addresses)
    return frozenset((host, *addresses, *listening))
