"""The auditor's chapter and the contents page: what its templates say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from reports import html_audit, html_method
from reports.html_view import Chapter
from reports.names import all_hosts
from scanner.api import Report

Entry = tuple[str, str, int | None, bool]
"""Place on the page, title, how many (None: nothing to count), and whether it is part of the one above."""


def words(report: Report, chapters: Sequence[Chapter]) -> dict[str, Any]:
    """What the templates say."""
    checks, all_checks = html_audit.by_check(report)
    return {
        "all_checks": all_checks,
        "below": html_audit.below(report),
        "checks": checks,
        "columns": [status.value for status in html_audit.COLUMNS],
        "contents": partial(contents, report, chapters),
        "demands": html_audit.demands(report),
        "probes": html_audit.probes(report),
        "read": html_audit.targets(report),
        "silences": html_method.silences(report),
        "sums": html_audit.sums(report),
    }


def contents(report: Report, chapters: Sequence[Chapter], machines: int) -> list[Entry]:
    """Every chapter of the page, in its order."""
    found: list[Entry] = [("verdict", "Verdict", None, False), ("findings", "Findings", len(report.findings), False)]
    found += [(chapter.id, chapter.title, chapter.size, True) for chapter in chapters]
    found += [
        ("routes", "By route", len(report.routes), False),
        ("hosts", "By host", len(all_hosts(report)), False),
        ("machines", "By virtual machine", machines, False),
        ("networks", "Networks", None, False),
        *([("delegation", "Delegation", None, False)] if report.pictures.delegation else ()),
        *([("clouds", "Clouds", None, False)] if report.pictures.clouds else ()),
        *method(report),
    ]
    return found


def method(report: Report) -> list[Entry]:
    """The parts of the last chapter."""
    return [
        ("method", "Method", None, False),
        ("numbers", "The numbers, and of what they are", len(report.findings), True),
        ("targets", "Who was asked", len(report.targets), True),
        ("silent", "What was not answered", len(report.gaps), True),
        ("waived-by", "Waivers", len(report.waivers), True),
        ("checks", "Checks", len(report.checks), True),
        ("passages", "Passages", len(report.passages), True),
        ("not-judged", "What no check judges", len(report.not_judged), True),
        ("questions", "Questions", len(report.method.asked) or None, True),
        ("answers", "Answers", None, True),
    ]
