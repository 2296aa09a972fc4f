"""The built-in report formats: text for terminals, a page for people, JUnit for pipelines, JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from scanner.api import Report, Reporter, hookimpl


def _html(report: Report) -> str:
    from reports import html_report  # Jinja is loaded only where a page is written

    return html_report.render(report)


def _junit(report: Report) -> str:
    from reports import junit_report

    return junit_report.render(report)


def _json(report: Report) -> str:
    from reports import json_report

    return json_report.render(report)


def _text(report: Report) -> str:
    from reports import terminal

    return terminal.render(report)


def _paint(report: Report, width: int, color: bool) -> str:
    from reports import terminal

    encoding = sys.stdout.encoding or "utf-8"
    return terminal.render(report, width=width, color=color, encoding=encoding).rstrip("\n")


@hookimpl
def scanner_reporters() -> Iterable[Reporter]:
    """Offer HTML, JUnit, JSON and text; the text is what a terminal shows, too."""
    return (
        Reporter(name="html", suffix=".html", render=_html),
        Reporter(name="junit", suffix=".xml", render=_junit),
        Reporter(name="json", suffix=".json", render=_json),
        Reporter(name="text", suffix=".txt", render=_text, paint=_paint),
    )
