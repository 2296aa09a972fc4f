"""Whether the pairs of clouds that are planned lead where the planned routes lead: VMM chooses a host of the target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from checks.common.parts import clip, listing
from checks.vmm.clouds import PART_ALONE, Side, sees_all, servers, side
from checks.vmm.hosts import Listed, listed
from scanner.api import Gap, MissingEvidence, Verdict, View, failed, passed, tell, unknown
from scanner.facts.vmm import HYPER_V, Cloud, VmmHost

NO_PAIR = tell("the estate names no pair of clouds: write [[cloud_pair]] from, to")
Ways = tuple[tuple[tuple[Side, Side], ...], tuple[str, ...]]
"""Source and target of each pair that VMM has, and why of others it is not known."""
Sides = tuple[tuple[Listed, ...], frozenset[int], frozenset[int]]
"""Where VMM lists a host, and the places of the pairs whose source holds it, and of those whose target does."""


def led(view: View, source: str, destination: str) -> Verdict:
    """Whether a pair leads from one host to the other. The check needs ``CLOUDS`` and ``VmmHost``.

    Raises:
        MissingEvidence: where VMM has one of the hosts could not be read.
    """
    (here, as_source, _), (there, _, as_target) = view.shared(_sides, source), view.shared(_sides, destination)
    pairs, doubts = view.shared(_ways)
    if both := as_source & as_target:
        start, end = pairs[min(both)]
        return passed(tell("{start} → {end}", start=start.name, end=end.name))
    doubt = next(chain(doubts, _doubts(view, here, there)), "")
    starts, ends = _clouds(view, here), _clouds(view, there)
    if not view.estate.cloud_pairs and any(not one.is_same(other) for one in starts for other in ends):
        return unknown(NO_PAIR)
    if doubt:
        raise MissingEvidence(doubt)
    seen = tell(
        "{source} is in {named}, {destination} in {named2}",
        source=source,
        named=_named(starts),
        destination=destination,
        named2=_named(ends),
    )
    return failed(seen, tell("a pair of the plan, from a cloud that holds the one to a cloud that holds the other"))


def _sides(view: View, host: str) -> Sides:
    """Looked up once for all routes of a host."""
    places, (pairs, _) = listed(view, host), view.shared(_ways)
    as_source = frozenset(place for place, (start, _) in enumerate(pairs) if _holds(start, places))
    return places, as_source, frozenset(place for place, (_, end) in enumerate(pairs) if _holds(end, places))


def _ways(view: View) -> Ways:
    found: list[tuple[Side, Side]] = []
    doubts: list[str] = []
    for pair in view.estate.cloud_pairs:
        try:
            start, end = side(view, pair.source_server, pair.source), side(view, pair.target_server, pair.target)
        except MissingEvidence as why:
            doubts.append(str(why))
            continue
        if isinstance(start, Side) and isinstance(end, Side) and not start.is_same(end):
            found.append((start, end))
    return tuple(found), tuple(doubts)


def _holds(of: Side, places: tuple[Listed, ...]) -> bool:
    """Whether a host that stands there is in the cloud."""
    return any(server == of.server and _in(of.cloud, row) for server, row in places)


def _in(cloud: Cloud, row: VmmHost) -> bool:
    return row.platform in (HYPER_V, None) and cloud.holds(row.group or "")


def _doubts(view: View, *places: tuple[Listed, ...]) -> Iterator[str]:
    """Why what VMM servers do not list may be there all the same."""
    for server in servers(view):
        for answer in (view.ask(VmmHost, server), view.ask(Cloud, server)):
            if isinstance(answer, Gap):
                yield str(answer)
        if not sees_all(view, server):
            yield tell("{server}: {part_alone}", server=server, part_alone=PART_ALONE)
    lost = (row for each in places for _, row in each if row.group is None)
    yield from (tell("the host group of {host} is not told", host=clip(row.name)) for row in lost)


def _clouds(view: View, places: tuple[Listed, ...]) -> tuple[Side, ...]:
    return tuple(Side(at, cloud) for at, row in places for cloud in view.rows(Cloud, at) if _in(cloud, row))


def _named(clouds: tuple[Side, ...]) -> str:
    return listing(sorted({of.name for of in clouds})) if clouds else tell("no cloud")
