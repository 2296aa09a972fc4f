"""The report for people: one file that needs nothing else, reads well without style and script, and can be printed.

Every text passes through ``clean`` on its way out and is escaped by Jinja; nothing else may enter the page. The page
allows its own style and script only, by their hashes, so that nothing a target says could ever run; nor, where the page
is printed into the log of a job, by the program that runs the job.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

import jinja2

from reports import (
    groups,
    html_alike,
    html_first,
    html_matrix,
    html_method,
    html_networks,
    html_view,
    lost,
    since,
    summary,
    waived,
)
from reports.names import Names
from reports.reach import MOVES, kinds, kinds_of, never, reached, stoppers, together
from reports.text import brief, by_hand, clean, closed, command, name_slug, one_line, upper_first
from scanner.api import AS_FAR, UNPROVEN, Report, Severity, counted, inert_html


def render(report: Report) -> str:
    """The report as an HTML document."""
    page = _templates()
    return inert_html(page.get_template("report.html").render(_words(report, Names(report))))


REASONS = 12
"""So many reasons for missing verdicts are told on the first screen; all are among the findings."""

VOCABULARY: dict[str, Any] = {
    "anchor": html_view.anchor,
    "AS_FAR": AS_FAR,
    "by_hand": by_hand,
    "costs": lost.costs,
    "counted": counted,
    "in_rows": html_alike.in_rows,
    "in_words": summary.in_words,
    "known": since.known,
    "LINKED": html_view.LINKED,
    "LINKS": html_view.LINKS,
    "MOVES": MOVES,
    "moment": html_method.moment,
    "moves_ready": summary.moves_ready,
    "REASONS": REASONS,
    "ROWS": html_alike.ROWS,
    "route_counts": summary.route_counts,
    "route_id": html_view.route_id,
    "Severity": Severity,
    "some_checks": lost.some_checks,
    "STATUS": summary.STATUS_WORDS,
    "stoppers": stoppers,
    "row_id": html_view.row_id,
    "together": together,
    "UNPROVEN": UNPROVEN,
    "upper_first": upper_first,
    "waived_mark": waived.mark,
    "waiver_fate": waived.fate,
    "waiver_named": waived.named,
    "why": summary.why,
}
"""What templates may call, and the words they use."""


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("reports"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(brief=brief, closed=closed, one_line=one_line, command=command, slug=name_slug)
    return environment


def _cleaned(value: Any) -> Any:
    """What every expression of a template goes through: markup made by a template stands, other text is cleaned."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value)
    return value


def _words(report: Report, names: Names) -> dict[str, Any]:
    answers = html_method.answers(report.findings)
    parts = html_view.parts(report)
    style, script = _asset("report.css"), _asset("report.js")
    return (
        VOCABULARY
        | html_first.words(report, names, parts)
        | {
            "report": report,
            "called": names.called,
            "causes": names.causes,
            "kinds": kinds(state.profile for state in report.readiness),
            "kinds_of": partial(kinds_of, report),
            "never": never(report),
            "not_judged": report.not_judged,
            "reached": partial(reached, report),
            "host": names.host,
            "row_name": partial(html_view.row_name, names),
            "about": partial(html_view.about, names),
            "day": report.started.astimezone(UTC).strftime("%Y-%m-%d"),
            "when": _when(report.started),
            "until": _when(report.finished),
            "matrices": html_matrix.matrices(report, names),
            "group_title": partial(groups.title, names=names),
            "parts": parts,
            "hosts": html_view.hosts(report, names),
            "machines": html_view.machines(report, names),
            "networks": html_networks.networks(report),
            "number": answers,
            "questions": html_method.questions(answers),
            "silences": html_method.silences(report),
            "coverage": html_method.coverage(report),
            "style": style,
            "script": script,
            "policy": _policy(style, script),
        }
    )


def _asset(name: str) -> str:
    loader = _templates().loader
    assert loader is not None  # noqa: S101 - set above
    return loader.get_source(_templates(), name)[0]


def _policy(style: str, script: str) -> str:
    """A content security policy that lets in this style and this script, and nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )  # fmt: skip


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _when(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
