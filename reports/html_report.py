"""The report for people: one file that needs nothing else, reads well without style and script, and can be printed.

Every text passes through ``clean`` on its way out and is escaped by Jinja; nothing else may enter the page. The page
allows its own style and script only, by their hashes, so that nothing a target says could ever run; nor, where the page
is printed into the log of a job, by the program that runs the job.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from reports import (
    groups,
    html_alike,
    html_bounded,
    html_chapters,
    html_command,
    html_filters,
    html_first,
    html_hosts,
    html_machines,
    html_matrix,
    html_method,
    html_pictures,
    html_rows,
    html_view,
    html_ways,
    lost,
    since,
    summary,
    waived,
)
from reports.html_templates import NO_MORE, digest, scripts, sheets, templates
from reports.names import Names
from reports.reach import MOVES, kinds, kinds_of, never, reached, stoppers, together
from reports.text import by_hand, upper_first
from scanner.api import AS_FAR, UNPROVEN, MachineMoves, Report, Severity, by_text, counted, inert_html

Chapters = Sequence[html_view.Chapter]


def render(report: Report) -> str:
    """The report as an HTML document."""
    names = Names(report)
    seen, page = views(report, names), templates().get_template("report.html")
    style, script = sheets(), scripts()
    own = {"style": style, "script": script, "policy": policy(digest(style), script)}
    return fitted(report, lambda chapters: page.render(words(report, names, chapters) | seen | own))


def fitted(report: Report, make: Callable[[Chapters], str]) -> str:
    """A page of a report that a browser still takes: with fewer findings where it would be larger."""
    chapters, most = html_view.parts(report), html_bounded.MOST
    while True:
        page = make(html_bounded.bounded(chapters, most))
        size = len(page.encode())
        if size <= html_bounded.LIMIT or most < html_bounded.LEAST:
            return inert_html(page)
        most = int(0.8 * most * html_bounded.LIMIT / size)


REASONS = 12
"""So many reasons for missing verdicts are told on the first screen; all are among the findings."""

VOCABULARY: dict[str, Any] = {
    "AS_FAR": AS_FAR,
    "by_hand": by_hand,
    "by_text": by_text,
    "costs": lost.costs,
    "counted": counted,
    "ENDS": html_machines.ENDS,
    "heading": html_view.heading,
    "how": html_ways.way_of,
    "in_rows": html_alike.in_rows,
    "in_words": summary.in_words,
    "kind_word": html_filters.kind_word,
    "known": since.known,
    "LINKED": html_rows.LINKED,
    "LINKS": html_view.LINKS,
    "MOVES": MOVES,
    "moment": html_method.moment,
    "moves_ready": summary.moves_ready,
    "pieces": html_command.pieces,
    "REASONS": REASONS,
    "ROWS": html_alike.ROWS,
    "route_counts": summary.route_counts,
    "route_id": html_rows.route_id,
    "Severity": Severity,
    "some_checks": lost.some_checks,
    "STATUS": summary.STATUS_WORDS,
    "stoppers": stoppers,
    "row_id": html_view.row_id,
    "together": together,
    "UNPROVEN": UNPROVEN,
    "VERDICTS": html_machines.VERDICTS,
    "upper_first": upper_first,
    "waived_mark": waived.mark,
    "waiver_fate": waived.fate,
    "waiver_named": waived.named,
    "why": summary.why,
}
"""What templates may call, and the words they use."""


def words(report: Report, names: Names, parts: Chapters) -> dict[str, Any]:
    """What the templates of a whole report say, but of its views."""
    return base(report, names, parts) | html_first.words(report, names, parts)


def base(report: Report, names: Names, parts: Chapters) -> dict[str, Any]:
    """What the templates of findings and method say."""
    answers = html_method.answers(report.findings)
    hosts, machines = html_view.hosts(report, names), html_view.machines(report, names)
    return (
        VOCABULARY
        | html_bounded.words(report, parts)
        | html_chapters.words(report, parts)
        | {
            "report": report,
            "called": names.called,
            "causes": names.causes,
            "kinds": kinds(state.profile for state in report.readiness),
            "kinds_of": partial(kinds_of, report),
            "never": never(report),
            "not_judged": report.not_judged,
            "reached": partial(reached, report),
            "stopped_by": partial(html_first.stopped_by, html_first.places(parts)),
            "host": names.host,
            "row_name": partial(html_view.row_name, names),
            "about": partial(html_view.about, names),
            "day": report.started.astimezone(UTC).strftime("%Y-%m-%d"),
            "when": _when(report.started),
            "until": _when(report.finished),
            "matrices": html_matrix.matrices(report, names),
            "group_title": partial(groups.title, names=names),
            "parts": parts,
            "all_called": partial(html_view.all_called, names),
            "filters": html_filters.filters(report, parts, hosts, machines),
            "hosts": hosts,
            "number": answers,
            "questions": html_method.questions(report, answers),
        }
    )


def views(report: Report, names: Names) -> dict[str, Any]:
    """What the templates say of hosts, machines and networks, in which all findings are seen once more."""
    return html_pictures.words(report, names) | {
        "host_views": html_hosts.hosts(report, names),
        "machines": html_machines.machines(report, names, MachineMoves.of(report)()),
        "way_to": html_rows.route_href,
    }


def policy(style: str, script: str) -> str:
    """A content security policy that lets in this style and this script, and nothing else."""
    return f"default-src 'none'; style-src {style}; script-src {digest(script)}; {NO_MORE}"


def _when(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
