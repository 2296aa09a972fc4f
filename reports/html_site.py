"""The pages about a history: all estates, each estate, each run. They need no script and nothing from elsewhere.

They are given out in the order in which they are to be written: none leads to one that comes later, but up to the page
that it belongs to. So a site that is written halfway leads nowhere that is not there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from reports import summary
from reports.html_templates import NO_MORE, asset, templates
from reports.site_estate import ABSENT, Told, words_of_estate
from reports.site_run import about, words_of_run
from reports.site_words import SHAPES, cell, ended, minute
from reports.text import upper_first
from scanner.api import (
    SITE_MARK,
    UNPROVEN,
    PastEstate,
    Severity,
    by_whom,
    counted,
    folder_of,
    inert_html,
    kind_of,
    report_file,
    run_file,
)

INDEX = "index.html"
POLICY = f"default-src 'none'; style-src 'self'; {NO_MORE}"
"""The style is a file beside the pages: a server that allows nothing else (Jenkins) allows that."""

VOCABULARY: dict[str, Any] = {
    "ABSENT": ABSENT,
    "about_run": about,
    "by_whom": by_whom,
    "cell": cell,
    "counted": counted,
    "ended": ended,
    "folder_of": folder_of,
    "in_words": summary.in_words,
    "INDEX": INDEX,
    "kind_of": kind_of,
    "LEGEND": [cell(verdict) for verdict in SHAPES],
    "MARK": SITE_MARK,
    "minute": minute,
    "POLICY": POLICY,
    "report_file": report_file,
    "run_file": run_file,
    "Severity": Severity,
    "STATUS": summary.STATUS_WORDS,
    "UNPROVEN": UNPROVEN,
    "upper_first": upper_first,
}


def pages(estates: Sequence[PastEstate]) -> Iterator[tuple[str, str]]:
    """The pages, each with its path within their folder."""
    yield style(), f"/* {SITE_MARK} */\n{_css()}"
    whole: list[dict[str, Any]] = []
    for estate in estates:
        told, folder = Told(estate), folder_of(estate.name)
        for run in reversed(estate.runs):
            findings, routes = tuple(estate.findings(run)), tuple(estate.routes(run))
            words = words_of_run(told.take(run, findings, routes), findings, routes)
            words |= {"estate": estate, "has_report": run.number in estate.reports}
            yield f"{folder}/{run_file(run.number)}", _page("site_run.html", "../", words)
        words = words_of_estate(told)
        yield f"{folder}/{INDEX}", _page("site_estate.html", "../", words)
        whole.append(words)
    yield INDEX, _page("site_index.html", "", {"estates": whole})


def _page(template: str, root: str, words: dict[str, Any]) -> str:
    made = templates().get_template(template)
    return inert_html(made.render(VOCABULARY | words | {"root": root, "style": style()}))


@cache
def _css() -> str:
    return asset("report.css") + asset("site.css")


@cache
def style() -> str:
    """The file of the style: by its hash, so that pages of an earlier version keep their own until they are gone."""
    return f"style-{hashlib.sha256(_css().encode()).hexdigest()[:12]}.css"
