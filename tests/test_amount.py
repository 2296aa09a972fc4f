"""What ``hv-preflight estate`` says beforehand is what a run comes to in which nobody answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scanner import plugins
from scanner.judge import judging
from scanner.judge.amount import amount_of
from scanner.words.estate import Estate, Route
from scanner.words.evidence import Evidence
from scanner.words.model import Profile

NOW = datetime(2026, 11, 30, tzinfo=UTC)
CHECKS = plugins.load(third_party=False).checks
HOSTS = tuple(f"hv{number:02}.corp.example" for number in range(4))
LIVE, REPLICA = Profile.LIVE_MIGRATION, Profile.REPLICA
ROUTES = tuple(Route(a, b) for a in HOSTS for b in HOSTS if a != b)
SOME = (Route(HOSTS[0], HOSTS[1], profiles=frozenset({LIVE})), Route(HOSTS[1], HOSTS[2]))


@pytest.mark.parametrize("routes", [ROUTES, SOME, ()], ids=["all", "of one kind", "none"])
@pytest.mark.parametrize(
    "profiles", [{LIVE}, {REPLICA}, {LIVE, REPLICA}, set(Profile)], ids=["one", "other", "two", "all"]
)
def test_it_is_what_a_run_gives_in_which_nobody_answers(routes, profiles):
    estate = Estate(profiles=frozenset(profiles), hosts=HOSTS, routes=routes)
    evidence = Evidence(estate, NOW, NOW)
    evidence.close()
    amount = amount_of(CHECKS, estate)
    assert amount.routes == len(routes)
    assert amount.verdicts == len(judging.judge(CHECKS, evidence))


def test_it_is_said_in_words():
    amount = amount_of(CHECKS, Estate(profiles=frozenset({LIVE}), hosts=HOSTS, routes=ROUTES))
    known = replace(amount, verdicts=123_456, a_machine=3, a_move=9)
    assert str(known) == (
        "12 routes, about 123,000 verdicts; "
        "each virtual machine that is found adds up to 3, and 9 on each of its routes"
    )
    assert str(replace(known, routes=1, verdicts=1, a_machine=0, a_move=0)) == "1 route, about 1 verdict"
    assert amount.a_machine > 0
    assert amount.a_move > 0
