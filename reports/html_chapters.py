"""The auditor's chapter and the contents page: what its templates say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from reports import html_audit, html_method
from reports.html_view import Chapter
from reports.names import all_hosts
from scanner.api import Report, tell

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
    found: list[Entry] = [
        ("verdict", tell("Verdict"), None, False),
        ("findings", tell("Findings"), len(report.findings), False),
    ]
    found += [(chapter.id, chapter.title, chapter.size, True) for chapter in chapters]
    found += [
        ("routes", tell("By route"), len(report.routes), False),
        ("hosts", tell("By host"), len(all_hosts(report)), False),
        ("machines", tell("By virtual machine"), machines, False),
        ("networks", tell("Networks"), None, False),
        *([("delegation", tell("Delegation"), None, False)] if report.pictures.delegation else ()),
        *([("clouds", tell("Clouds"), None, False)] if report.pictures.clouds else ()),
        *method(report),
    ]
    return found


def method(report: Report) -> list[Entry]:
    """The parts of the last chapter."""
    return [
        ("method", tell("Method"), None, False),
        ("numbers", tell("The numbers, and of what they are"), len(report.findings), True),
        ("targets", tell("Who was asked"), len(report.targets), True),
        ("silent", tell("What was not answered"), len(report.gaps), True),
        ("waived-by", tell("Waivers"), len(report.waivers), True),
        ("checks", tell("Checks"), len(report.checks), True),
        ("passages", tell("Passages"), len(report.passages), True),
        ("not-judged", tell("What no check judges"), len(report.not_judged), True),
        ("questions", tell("Questions"), len(report.method.asked) or None, True),
        ("answers", tell("Answers"), None, True),
    ]
