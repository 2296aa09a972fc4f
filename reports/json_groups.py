"""Moves as they were declared between groups, for programs; the moves from host to host stand among the routes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from reports.groups import turn
from scanner.api import GroupKind, GroupState, Report, Until

Object = dict[str, Any]
Ends = Callable[[Until | None], Object]
"""Until when something holds, and what it is then, as the report says it."""


def of(report: Report, until: Ends) -> list[Object]:
    """Each of them."""
    return [_group(group, report, until) for group in report.groups]


def _group(group: GroupState, report: Report, until: Ends) -> Object:
    return {
        "source": group.source,
        "destination": group.destination,
        "sources": list(group.sources),
        "destinations": list(group.destinations),
        "of": group.of,
        **_counts(group),
        **until(turn(report, group)),
        "profiles": [
            {"profile": kind.profile.value} | _counts(kind) | until(turn(report, group, kind))
            for kind in group.profiles
        ],
    }


def _counts(state: GroupState | GroupKind) -> Object:
    return {
        "verdict": state.verdict,
        "moves": state.numbers.whole,
        **asdict(state.numbers),
        "blockers": len(state.blockers),
        "failed": state.failed,
        "warned": state.warned,
        "unknown": state.unknown,
        "waived": asdict(state.waived),
    }
