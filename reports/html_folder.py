"""A report as a folder: a page for each group or host, and one that leads to all of them, which is written last.

No more than one page is held at a time. Every finding stands on one of them; where a page leads to what stands on
another, the link says which.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from reports import html_first, html_pictures, html_report, html_rows, html_view
from reports.html_hosts import HostView, hosts
from reports.html_machines import machines
from reports.html_parts import Division, Part, total
from reports.html_templates import NO_MORE, scripts, sheets, templates
from reports.names import Names
from scanner.api import REPORT_MARK, Finding, MachineMoves, Report, RouteState, inert_html

INDEX = "index.html"
PAGES = "pages"
"""The place on the index where all pages are listed."""
CELLS = 10_000
"""So many moves from host to host the matrix of the index shows; of more, each page has its own."""
ID = re.compile(r"""\sid=(?:"([^"]*)"|([^\s"'>]+))""")
LINK = re.compile(r"""(<a [^<>]*?href=)(?:"#([^"]*)"|#([^\s"'>]+))""")


def folder(report: Report) -> Iterator[tuple[str, str]]:
    """The files, each with its name."""
    yield style(), f"/* {REPORT_MARK} */\n{sheets()}"
    names = Names(report)
    division = Division(report, names)
    index = _index(report, names, division)
    away = {found[2] or found[3] for found in LINK.finditer(index)} - _places(index)
    wanted = away - _chapters(report)
    places: dict[str, str] = {}
    views, moves = {view.row.key: view for view in hosts(report, names)}, MachineMoves.of(report)
    for part in division.parts:
        page = _part(part, report, names, division, [views[host] for host in part.hosts if host in views], moves)
        places |= dict.fromkeys((wanted & _places(page)) - places.keys(), part.file)
        yield part.file, page
    yield INDEX, LINK.sub(partial(_led, away, places), index)


def _places(page: str) -> set[str]:
    return {found[1] or found[2] for found in ID.finditer(page)}


def _chapters(report: Report) -> set[str]:
    """Places that most pages have: a link to all of a chapter leads to the list of pages."""
    return {chapter.id for chapter in html_view.parts(report)} | {"findings"}


def _led(away: set[str], places: dict[str, str], found: re.Match[str]) -> str:
    """A link of the index that leads to what stands on another page."""
    place = found[2] or found[3]
    if place not in away:
        return found[0]
    return f'{found[1]}"{places[place]}#{place}"' if place in places else f'{found[1]}"#{PAGES}"'


def _index(report: Report, names: Names, division: Division) -> str:
    chapters = html_view.parts(report)
    rows = [(part, part.numbers(report)) for part in division.parts]
    words = html_report.words(report, names, chapters) | html_pictures.words(report, names) | _shared()
    if len(report.routes) > CELLS:
        words["matrices"] = replace(words["matrices"], opened=(), hosts=None)
    words |= {
        "rows": rows,
        "moves_shown": len(report.routes) <= CELLS,
        "all_rows": total([numbers for _, numbers in rows] or [(0,) * 5]),
    }
    return inert_html(templates().get_template("folder_index.html").render(words))


def _part(
    part: Part, report: Report, names: Names, division: Division, seen: Sequence[HostView], moves: MachineMoves
) -> str:
    own = part.of(report)
    listed = machines(own, names, moves(part.hosts))

    def way_to(route: RouteState) -> str:
        file = division.file(route.source)
        return html_rows.route_href(route) if file == part.file else f"{file}{html_rows.route_href(route)}"

    def make(chapters: html_report.Chapters) -> str:
        words = html_report.base(own, names, chapters) | _shared()
        here = words["to"]

        def to(finding: Finding) -> str:
            file = division.part(finding).file
            return here(finding) if file == part.file else f"{file}#{html_view.anchor(finding)}"

        stopped_by = partial(html_first.stopped_by, html_first.places(chapters), elsewhere=INDEX)
        words |= {"to": to, "way_to": way_to, "stopped_by": stopped_by, "part": part, "whole": report}
        words |= {"host_views": seen, "machines": listed}
        return templates().get_template("folder_part.html").render(words)

    return html_report.fitted(own, make)


def _shared() -> dict[str, Any]:
    script = scripts()
    return {
        "INDEX": INDEX,
        "MARK": REPORT_MARK,
        "style_file": style(),
        "script": script,
        "policy": html_report.policy("'self'", script),
        "still": f"default-src 'none'; style-src 'self'; {NO_MORE}",
    }


@cache
def style() -> str:
    """The file of the style, by its hash: pages of an earlier run keep theirs until they are gone."""
    return f"style-{hashlib.sha256(sheets().encode()).hexdigest()[:12]}.css"
