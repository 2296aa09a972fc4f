"""The remedy test without a wire: a hundred estates with faults drawn at random, cured by what is printed alone.

It proves our model of these commands, no more (docs/remedies.md), and rests on the lines of docs/unproven.md that
``rests_on.py`` names.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lab.remedy.carry import cure, key_of, ordered
from lab.remedy.scan import Scanner
from lab.remedy.world import World
from tests.remedies.estates import BY_HAND, BY_HAND_ON, FAULTS, GOOD, HOSTS, KINDS, PLANS, planned, world_of

SCANNERS = {plan: Scanner(planned(plan)) for plan in PLANS}
FAULTY = st.lists(
    st.tuples(st.sampled_from(sorted(FAULTS)), st.sampled_from(HOSTS)), min_size=1, max_size=6, unique=True
)
KIND = st.dictionaries(st.sampled_from(HOSTS), st.sampled_from(sorted(KINDS)), max_size=2)


def made(kinds, faults) -> World:
    """The good estate with these kinds of machine and these faults."""
    world = world_of("good", GOOD)
    for host, kind in kinds.items():
        KINDS[kind](world, world.hosts[host])
    for fault, host in faults:
        FAULTS[fault](world, world.hosts[host])
    return world


@pytest.mark.timeout(1200)
@example(
    "as practised",
    {HOSTS[0]: "read-only domain controller"},
    [("delegates no cifs", HOSTS[0]), ("no protocol transition", HOSTS[0])],
    Random(0),
)
@example("as practised", {}, [("a controller lags", HOSTS[0]), ("no short name of HOST", HOSTS[0])], Random(0))
@given(st.sampled_from(sorted(PLANS)), KIND, FAULTY, st.randoms(use_true_random=False))
def test_what_is_printed_cures(plan, kinds, faults, mixed):
    judged = SCANNERS[plan].judged
    left = judged(made(kinds, [(f, host) for f, host in faults if f in BY_HAND or (f, kinds.get(host)) in BY_HAND_ON]))
    problems = cure(made(kinds, faults), judged, {key_of(finding): finding for finding in left}, mixed)
    assert problems == [], "\n".join(map(str, problems))


@pytest.mark.parametrize("fault", BY_HAND)
def test_what_a_person_mends_asks_for_no_command(fault):
    for host in HOSTS:
        assert [f.check for f in ordered(SCANNERS["as practised"].judged(made({}, [(fault, host)])))] == []


def statuses(findings):
    return {key_of(finding): finding.status for finding in findings}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault):
    """Else an estate with it would prove nothing."""
    good = statuses(SCANNERS["as practised"].judged(world_of("good", GOOD)))
    changed = []
    for host in HOSTS:
        changed.append(statuses(SCANNERS["as practised"].judged(made({}, [(fault, host)]))) != good)
    assert any(changed)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plan", PLANS)
def test_a_kind_or_a_plan_alone_asks_for_no_command(kind, plan):
    """They are no faults: nothing is to be cured."""
    for host in HOSTS:
        assert [f.check for f in ordered(SCANNERS[plan].judged(made({host: kind}, [])))] == []
