"""The model judges the practice records as they stand, whose probes and directory rows were read on the real wire."""

from __future__ import annotations

import pytest

from lab.remedy.carry import key_of
from lab.remedy.scan import OFFER, Scanner
from scanner.judge import judging
from tests.remedies.estates import BROKEN, GOOD, dropped_in, world_of


@pytest.mark.parametrize(("name", "record"), [("good", GOOD), ("broken", BROKEN)])
def test_the_model_is_the_record(name, record):
    read = {key_of(finding): finding for finding in judging.judge(OFFER.checks, record)}
    modelled = {
        key_of(finding): finding for finding in Scanner(record).judged(world_of(name, record, dropped_in(name)))
    }
    assert modelled.keys() == read.keys()
    told = {key: (found.status, found.seen, found.remedy) for key, found in modelled.items()}
    assert told == {key: (found.status, found.seen, found.remedy) for key, found in read.items()}
