"""The remedy test without a wire: estates with faults drawn at random, cured by what is printed, and by nothing else.

It proves our model of these commands, no more: see docs/remedies.md, and docs/unproven.md, "What remedies rest on".
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lab.remedy.carry import cure
from lab.remedy.scan import Scanner
from tests.remedies.estates import FAULTS, GOOD, HOSTS, KINDS, world_of

ESTATES = 100
SCANNER = Scanner(GOOD)
FAULTY = st.lists(
    st.tuples(st.sampled_from(sorted(FAULTS)), st.sampled_from(HOSTS)), min_size=1, max_size=6, unique=True
)
KIND = st.dictionaries(st.sampled_from(HOSTS), st.sampled_from(sorted(KINDS)), max_size=2)


@settings(max_examples=ESTATES)
@given(FAULTY, KIND)
def test_what_is_printed_cures(faults, kinds):
    world = world_of("good", GOOD)
    for host, kind in kinds.items():
        KINDS[kind](world, world.hosts[host])
    for fault, host in faults:
        FAULTS[fault](world, world.hosts[host])
    problems = cure(world, SCANNER.judged)
    assert problems == [], "\n".join(map(str, problems))
