"""The model judges the practice records as they stand, whose probes and directory rows were read on the real wire."""

from __future__ import annotations

import pytest

from lab.remedy.carry import key_of
from lab.remedy.scan import OFFER, Scanner
from scanner.judge import judging
from scanner.words.report import Finding
from tests.remedies.estates import BROKEN, GOOD, dropped_in, world_of

CLOCKS = ("ID-06", "ASR-07")


@pytest.mark.parametrize(("name", "record"), [("good", GOOD), ("broken", BROKEN)])
def test_the_model_is_the_record(name, record):
    read = {key_of(finding): finding for finding in judging.judge(OFFER.checks, record)}
    modelled = {
        key_of(finding): finding for finding in Scanner(record).judged(world_of(name, record, dropped_in(name)))
    }
    assert modelled.keys() == read.keys()
    assert {key: _told(found) for key, found in modelled.items()} == {key: _told(found) for key, found in read.items()}


def _told(found: Finding) -> tuple[object, ...]:
    """What is compared; of clocks not how far apart they were, which no two readings say alike."""
    return found.status, "" if found.check in CLOCKS else found.seen, found.remedy
