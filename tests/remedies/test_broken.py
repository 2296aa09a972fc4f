"""The remedy test on the broken practice estate, without a wire; test_live.py does the same in the lab.

It proves our model of these commands, no more (docs/remedies.md), and rests on the lines of docs/unproven.md that
``rests_on.py`` names.
"""

from __future__ import annotations

from lab.remedy.carry import cure
from lab.remedy.scan import Scanner
from tests.remedies.estates import BROKEN, dropped_in, world_of


def test_what_is_printed_cures():
    problems = cure(world_of("broken", BROKEN, dropped_in("broken")), Scanner(BROKEN).judged)
    assert problems == [], "\n".join(map(str, problems))
