"""The pictures of the page, each with a table that says the same; what is drawn stands in the report already.

A picture is bounded: of very many it shows what is wrong alone, or the first of it, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reports import html_networks, pictured, pictured_clouds
from reports.drawing import DASHES, Picture, kind
from reports.names import Names
from reports.pictured_arrows import Drawing
from reports.pictured_networks import grid_of
from reports.summary import STATUS_WORDS
from reports.text import one_line
from scanner.api import Finding, Report, Status, counted, joined, pictures, tell

ROWS = 300
"""So many rows a table has."""
NAMED = 12
"""So many names a place of a table has."""
TOLD = 60
"""Characters of what was read that stand beside a verdict that wants no attention."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, and the arrows of its table."""

    picture: Picture | None
    columns: Sequence[str]
    """what arrows are about"""
    rows: Sequence[tuple[pictures.Arrow, Sequence[pictures.Arrow | None]]]
    """an arrow of each two ends, and all between these, by column"""
    notes: Sequence[str] = field(default_factory=tuple)
    """what of it is not shown, each a sentence"""


def words(report: Report, names: Names) -> dict[str, Any]:
    """What the templates draw and say of pictures."""
    found = report.pictures
    named = {row.key: row for row in html_networks.networks(report)}
    drawn = {network for network, _ in found.networks.networks} if found.networks else set[str]()
    others = [network for network in named if network not in drawn]
    return {
        "networks": found.networks,
        "networks_grid": found.networks and grid_of(found.networks, names),
        "networks_ways": found.networks and figure(found.networks.ways, names, pictured.WAYS),
        "network_rows": [*(found.networks.networks if found.networks else ()), *((name, "") for name in others)],
        "network_named": named,
        "in_network": in_network(report),
        "delegation": found.delegation,
        "delegation_figure": found.delegation
        and figure(found.delegation.arrows, names, pictured.DELEGATION, pictured.about_accounts(found.delegation)),
        "clouds": found.clouds,
        "clouds_picture": found.clouds and pictured_clouds.clouds(found.clouds, names),
        "drawn_as": kind,
        "DASHES": DASHES,
        "by_of": By(report),
        "end_of": partial(pictured.end, names=names),
        "word_of": pictured.word,
        "WAYS": pictured.WAYS,
        "DELEGATION": pictured.DELEGATION,
        "NAMED": NAMED,
        "TABLE_ROWS": ROWS,
        "judged": _judged,
        "of_host": of_host,
        "TOLD": TOLD,
        "SHORT": pictured.SHORT,
        "cloud_stands": pictured_clouds.stands,
        "cloud_there": pictured_clouds.there,
        "PROTOCOL": pictured.PROTOCOL,
        "CLOUDS": pictured_clouds.TITLE,
    }


def _judged(status: Status | None) -> str:
    return STATUS_WORDS[status] if status else tell("not judged")


def figure(
    arrows: pictures.Arrows, names: Names, words: pictured.Words, about: pictured.About = lambda _: ((), None)
) -> Figure | None:
    """A picture of arrows; nothing where there is none."""
    if not arrows.drawn:
        return None
    picture, note = Drawing(names, words, about).picture(arrows.drawn)
    left = tell(
        "The table leaves out {pairs}, none worse than these; the findings tell of all.",
        pairs=counted(arrows.left, "more pair"),
    )
    left = left if arrows.left else ""
    return Figure(picture, *_table(arrows.drawn), tuple(filter(None, (note, left))))


def _table(
    arrows: Iterable[pictures.Arrow],
) -> tuple[Sequence[str], Sequence[tuple[pictures.Arrow, Sequence[pictures.Arrow | None]]]]:
    """What arrows are about, and a row for each two ends."""
    rows: dict[tuple[str, str], dict[str, pictures.Arrow]] = {}
    for arrow in arrows:
        rows.setdefault((arrow.source, arrow.target), {})[arrow.what] = arrow
    columns = list(dict.fromkeys(arrow.what for arrow in arrows))
    return columns, [(next(iter(row.values())), [row.get(what) for what in columns]) for row in rows.values()]


class By:
    """The findings that marks name."""

    def __init__(self, report: Report) -> None:
        drawn = {cause for mark in pictured.marks(report.pictures) for cause in mark.by}
        self._found: dict[tuple[str, str], Finding] = {}
        for finding in report.findings:
            cause = finding.check, finding.subject.id
            if cause in drawn:
                self._found.setdefault(cause, finding)

    def __call__(self, by: Iterable[tuple[str, str]]) -> list[tuple[str, Finding | None]]:
        """Each check with the finding that it is named for."""
        return [(check, self._found.get((check, subject))) for check, subject in by]


def of_host(host: pictures.NetworkHost) -> tuple[list[str], list[str], list[str]]:
    """The networks of a host: in which it takes migrations, in which it has an address alone, and not known which."""
    found: tuple[list[str], list[str], list[str]] = ([tell("any network")] if host.anywhere else [], [], [])
    for place in host.places:
        told = tell(
            "{network}: {addresses}",
            network=place.network,
            addresses=joined(", ", place.addresses) or tell("listed, no address known"),
        )
        found[{True: 0, False: 1, None: 2}[place.takes]].append(one_line(told, 300))
    return found


def in_network(report: Report) -> Callable[[str], tuple[list[str], list[str], list[str]]]:
    """Gives the hosts of a network: that take migrations there, that have an address alone, of whom it is not known."""
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for host in report.pictures.networks.hosts if report.pictures.networks else ():
        for place in host.places:
            told = found.setdefault(place.network, ([], [], []))
            told[{True: 0, False: 1, None: 2}[place.takes]].append(host.name)
    return lambda network: found.get(network, ([], [], []))
