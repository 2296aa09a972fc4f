"""Every check has a fault in a practice estate that it must find on the wire; those that have none say why."""

from __future__ import annotations

import tomllib

import pytest

from lab import practice
from tests.field.record import OFFER

UNSEEDED = {
    "ASR-08": "hosts that replicate by certificate have no VMM in the lab: tests/checks/asr",
    "ASR-11": "it never fails nor warns, and is unknown only of a name that nobody tried: tests/checks/asr",
    "ID-10": "two names of one machine are no two machines of an estate: tests/test_identity.py asks one by both",
    "KEY-04": "keys of the lab are made when it comes up, and are new or long dead: tests/checks/key",
    "KEY-05": "likewise",
    "OPR-05": "it never fails nor warns, and is unknown only where nobody tells whose domain it is",
}
SEEDED = {
    fault["check"]
    for name in practice.estates()
    if (path := practice.ESTATES / name / "faults.toml").exists()
    for fault in tomllib.loads(path.read_text(encoding="utf-8")).get("fault", ())
}


@pytest.mark.parametrize("check", OFFER.checks, ids=lambda check: check.id)
def test_a_check_has_its_fault_or_says_why_not(check):
    assert (check.id in SEEDED) is (check.id not in UNSEEDED)


def test_no_fault_is_of_a_check_that_is_not_there():
    assert SEEDED | UNSEEDED.keys() <= {check.id for check in OFFER.checks}
