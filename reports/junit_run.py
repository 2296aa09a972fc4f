"""What stands in the suite of the run alone: its properties, and what is to be known beside the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from reports.ahead import holds, looks_ahead
from reports.beside import beside
from reports.names import Names
from reports.reach import limits
from reports.since import moment
from scanner.api import Report


def taken(report: Report) -> str:
    """When the baseline was; empty where there is none."""
    return moment(report.baseline.taken) if report.baseline else ""


def lines_of(report: Report) -> Iterator[str]:
    """What people must know beside the verdict."""
    names = Names(report)
    yield from (looks_ahead(report), *holds(report, names), *beside(report, names), *limits(report))


def properties_of(report: Report) -> dict[str, str]:
    """How the run came about and ended."""
    return {
        "hv-preflight": report.version or "unknown",
        "profiles": ", ".join(report.profiles) or "none",
        "verdict": report.verdict,
        "exit_code": str(report.exit_code),
        "threshold": report.threshold.word,
        **({"waived": str(report.waived) or "none"} if report.waivers_file else {}),
        **({"baseline": taken(report)} if report.baseline else {}),
        "runner": report.runner,
        **_ahead(report),
        "chosen": "; ".join(report.chosen) or "all",
        "certificates_not_verified": ", ".join(report.unverified) or "none",
    }


def _ahead(report: Report) -> dict[str, str]:
    """The instant that a look ahead is about, and when the verdict turns by itself, where that is known."""
    at, until = report.at, report.until
    words = f"{until.time:%Y-%m-%dT%H:%M:%SZ}, then {until.verdict}: {until.words}" if until else ""
    return ({"at": f"{at:%Y-%m-%dT%H:%M:%SZ}"} if at else {}) | ({"until": words} if until else {})
