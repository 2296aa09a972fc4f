"""What to do first, done: the first two actions that a report names free the moves that it promised.

It proves our model of these commands, no more (docs/remedies.md).
"""

from __future__ import annotations

import pytest

from lab.remedy.carry import carry_out, key_of
from lab.remedy.scan import OFFER, Scanner
from lab.remedy.world import World
from scanner.judge import judging
from scanner.judge.actions import actions_of
from scanner.judge.policy import report_of
from scanner.words.model import Severity
from scanner.words.report import Report
from tests.remedies.estates import FAULTS, GOOD, HOSTS, world_of

SCANNER = Scanner(GOOD)
MORE = "replica off"
"""Where nothing listens on the replica port, REP-04 goes by rules alone, and says less good than is so once it does."""


def scanned(world: World) -> Report:
    evidence = SCANNER.evidence(world)
    checks = judging.enabled(OFFER.checks, evidence.estate.profiles)
    found = judging.judge(checks, evidence)
    return report_of(evidence, found, checks=checks, plugins=OFFER.plugins, threshold=Severity.LOW)


def stopped(report: Report) -> int:
    return sum(state.verdict == "not ready" for route in report.routes for state in route.profiles)


@pytest.mark.parametrize(
    "faults",
    [
        (("migration off", 0), ("no protocol transition", 1)),
        (("vmms stopped", 1), ("migration off", 0)),
        (("vmms disabled", 0), ("445 filtered", 2), ("replica off", 1)),
        (("disabled account", 0), ("a wrong network", 1), ("migration off", 2)),
        (("6600 filtered", 0), ("replica port filtered", 1)),
        (("no role", 2), ("delegates nothing", 0)),
        (("allows nobody", 0), ("no name of the migration service", 3)),
    ],
    ids=lambda faults: ", ".join(fault for fault, _ in faults),
)
def test_the_first_two_actions_free_what_was_promised(faults):
    world = world_of("good", GOOD)
    for fault, host in faults:
        FAULTS[fault](world, world.hosts[HOSTS[host]])
    report = scanned(world)
    before = stopped(report)
    assert before
    first = actions_of(report)[:2]
    assert first
    unsure = 0
    for action in first:
        named = [f for f in report.findings if (f.check, f.subject.id) in action.findings and report.blocks(f)]
        assert named
        assert list(carry_out(world, sorted(named, key=key_of))) == []
        left, unsure = stopped(scanned(world)), unsure + action.reach.unsure
        assert before - left >= action.reach.together, (action.check, action.about)
        assert before - left <= action.reach.together + unsure or MORE in dict(faults), (action.check, action.about)
    assert before > left, "something was freed"
