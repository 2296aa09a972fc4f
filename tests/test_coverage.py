"""The table of passages is complete, and names only checks and rows that there are."""

from __future__ import annotations

import pytest

from checks.sources import PASSAGES
from tests.field.record import OFFER

CHECKS = {check.id: check for check in OFFER.checks}
YET = {row.id for row in OFFER.not_judged if row.ever}
NEVER = {row.title for row in OFFER.not_judged if not row.ever}


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage.id)
def test_a_passage_is_judged_or_told(passage):
    assert bool(passage.checks) is not bool(passage.never), "judged by checks, or by none ever"
    assert not {name for name in passage.checks if name not in CHECKS and name not in YET}
    assert not passage.never or passage.never in NEVER


def test_every_passage_stands_once():
    names = [passage.id for passage in PASSAGES]
    assert names == [f"L{n:02}" for n in range(1, 39)] + [f"A{n:02}" for n in range(1, 55)]


def test_every_check_that_a_page_demands_has_its_passage():
    demanded = {name for name, check in CHECKS.items() if check.seed != "beyond seeds"}
    assert demanded - {name for passage in PASSAGES for name in passage.checks} == set()
