"""How virtual disks travel that move alone: by SMB, on whatever network the destination's name leads to."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.holders import neighbours_asked
from checks.common.parts import combine
from checks.common.probing import SMB, attempts, endpoint, probe, reached
from checks.migration.networks import local_addresses
from checks.network.encryption import encrypted_or_not
from checks.network.trust import WANTED, left_through, trust
from scanner.api import Ask, Status, Subject, Verdict, View, unknown
from scanner.facts.neighbour import address_of


def alone(route: Subject, view: View) -> bool:
    """Whether the plan moves disks and no machine."""
    plan = view.route(route.source, route.destination)
    return plan is not None and not plan.machines


def asked(route: Subject, view: View) -> Iterator[Ask]:
    """The attempt that tells which way they take; where machines move, RCH-01 asks for theirs."""
    if alone(route, view):
        yield from attempts(route.source, endpoint(route.destination, SMB))
        yield from neighbours_asked(view, route.source, route.destination)


def in_clear(route: Subject, view: View) -> Verdict:
    """Whether disks cross an untrusted network in clear: that by which the source leaves, or that in which it arrives.

    Raises:
        MissingEvidence: the destination's addresses could not be read.
    """
    parts = _ways(view, route.source, route.destination)
    if any(part.status is not Status.PASS for part in parts):
        parts = encrypted_or_not(view, route.source, route.destination, parts)
    return combine(parts)


def _ways(view: View, source: str, host: str) -> list[Verdict]:
    target = endpoint(host, SMB)
    answer, way = probe(view, source, target), reached(view, source, target, destination=host)
    if isinstance(answer, str) or way.status is not Status.PASS:
        return [unknown(f"which way disks take is not known (see RCH-02): {way.seen or way.note}", wanted=WANTED)]
    arrives = [local for local in local_addresses(view, host) if local.address == address_of(answer.remote or "")]
    there = [trust(view, host, local) for local in arrives]
    if not there:
        there = [unknown(f"at which address of {host} they arrive is not known", wanted=WANTED)]
    return [*there, *(verdict for _, verdict in left_through(view, source, answer.local or ""))]
