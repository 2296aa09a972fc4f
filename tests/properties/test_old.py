"""An answer that was old when the run ended is none: it makes nothing better, and no move of its machine is ready."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta

import pytest

from scanner.api import Status
from tests.properties.records import GREEN, before, better, both, differing, document, judged, statuses
from tests.properties.renaming import Document

LIMIT = timedelta(hours=24)


def aged(edited: Document, age: timedelta, target: str) -> Document:
    """All that this target told, so long before the run ended."""
    made, at = copy.copy(edited), (datetime.fromisoformat(edited["finished"]) - age).isoformat()
    made["answers"] = [a | {"at": at} if a["target"] == target else a for a in edited["answers"]]
    return made


@both
def test_old_answers_make_nothing_better(name: str) -> None:
    """Of each target in turn: one second over the limit; and at the limit nothing changes."""
    base, was = document(name), before(name)
    targets = sorted({answer["target"] for answer in base["answers"]})
    for target in targets if name == "good" else targets[::9]:
        report = judged(aged(base, LIMIT + timedelta(seconds=1), target))
        assert better(was, report)[:9] == [], target
        assert differing(statuses(was), statuses(judged(aged(base, LIMIT, target)))) == {}, target


SHARED = {"REP-07"}
"""What makes a replication wait for a host at neither of its ends: what that sends to the same destination, for the
room there is for the replicas of all."""


@pytest.mark.parametrize("days", [2, 1000])
def test_no_move_of_a_machine_that_answered_long_ago_is_ready(days: int) -> None:
    """Nor the run; and it says why, once a machine. Other machines' moves wait for what they share with it alone."""
    base = document("good")
    for host in base["estate"]["hosts"]:
        report = judged(aged(base, timedelta(days=days), host))
        assert report.verdict == "incomplete"
        for route in report.routes:
            ends = route.source, route.destination
            open_ = {f.check for f in report.findings if f.bears_on(*ends) and f.status not in (*GREEN, Status.WARN)}
            verdict = {state.profile: state.verdict for state in route.profiles}
            assert (host in ends) == (verdict["live-migration"] != "ready"), host
            assert route.verdict == "incomplete" if host in ends else open_ <= SHARED, host
        assert {gap.because for gap in report.gaps if gap.target == host and "too long ago" in gap.reason} == {
            f"answered too long ago: on {datetime.fromisoformat(base['finished']) - timedelta(days=days):%Y-%m-%d}, "
            f"{days:,} days before the run ended; at most 24 hours count"
        }
