"""The built-in report formats: a page for people, JUnit for pipelines, JSON for programs. The terminal is the CLI's."""

from __future__ import annotations

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


@hookimpl
def scanner_reporters() -> Iterable[Reporter]:
    """Offer HTML, JUnit and JSON."""
    return (
        Reporter(name="html", suffix=".html", render=_html),
        Reporter(name="junit", suffix=".xml", render=_junit),
        Reporter(name="json", suffix=".json", render=_json),
    )
