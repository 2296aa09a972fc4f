"""What pages about a history are made from: of each estate its runs, and who tells what they found.

Standard library only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scanner.words.history import PastFinding, PastRoute, PastRun


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEstate:
    """One estate, and its runs."""

    name: str
    runs: tuple[PastRun, ...]
    """the newest first"""
    left_out: int = 0
    """earlier runs that the history has, and the pages do not tell of"""
    findings: Callable[[PastRun], Iterable[PastFinding]]
    routes: Callable[[PastRun], Iterable[PastRoute]]
    reports: frozenset[int] = frozenset()
    """the numbers of the runs whose whole report stands beside their page, as ``report_file`` names it"""


REPORT_MARK = "hv-preflight, report"
"""The same of a report in several files."""
SITE_MARK = "hv-preflight, history"
"""Stands at the beginning of every file of the pages: what is removed later is ours."""


def part_file(title: str, key: str) -> str:
    """The file of one part of a report: readable, and of this part alone, whatever it is called."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()[:200]).strip("-")[:40]
    return f"part-{plain}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}.html"


def folder_of(name: str) -> str:
    """The folder of an estate within the pages: whatever it is called, a name of ours."""
    return f"e-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def run_file(number: int) -> str:
    """The page of a run, in the folder of its estate."""
    return f"run-{number}.html"


def report_file(number: int) -> str:
    """The whole report of a run, in the folder of its estate."""
    return f"report-{number}.html"
