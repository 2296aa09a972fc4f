"""What recordings say of points: of each one that shows it, one that contradicts it and one that cannot tell."""

from __future__ import annotations

import pytest

from scanner.judge.points import POINTS, settled
from scanner.words.recording import Held
from tests.points import cases_answers, cases_hosts, cases_network, cases_others
from tests.points.case import Case, host, vmm

CASES: list[Case] = [*cases_answers.CASES, *cases_hosts.CASES, *cases_network.CASES, *cases_others.CASES]
NEVER_HOLDS = {
    "services_there", "hypervisor_told", "guard_there", "machine_count", "versions_of_2012", "versions_of_old",
    "connectivity", "grammar", "session_list", "policy_sids",
}  # fmt: skip
"""What one machine can contradict, and never show."""
NEVER_FAILS = {"script_runs"}
"""Where nothing is answered for many reasons."""


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.settle.__name__}-{case.held.name}-{n}" for n, case in enumerate(CASES)]
)
def test_a_case(case: Case):
    held, why = case.settle(case.recording())
    assert (held, case.why in why) == (case.held, True), why


@pytest.mark.parametrize("point", [point for point in POINTS if point.settle], ids=lambda point: point.id)
def test_each_outcome_of_a_point_has_a_case(point):
    name = point.settle.__name__
    wanted = {Held.OPEN} | ({Held.HOLDS} if name not in NEVER_HOLDS else set())
    wanted |= {Held.FAILS} if name not in NEVER_FAILS else set()
    assert {case.held for case in CASES if case.settle is point.settle} == wanted


@pytest.mark.parametrize("recording", [host, vmm])
def test_a_healthy_machine_contradicts_nothing(recording):
    found = settled(recording())
    assert [one for one in found if one.held is Held.FAILS] == []
    assert sum(one.held is Held.HOLDS for one in found) > 7
