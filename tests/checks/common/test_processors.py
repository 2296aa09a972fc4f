from __future__ import annotations

import pytest

from scanner.facts.octets import as_hex
from scanner.facts.processor import ProcessorFirmware


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("0000000005360005", 0x05003605),
        ("250a100a00000000", 0x0A100A25),
        ("05360005", 0x05003605),
        ("00000000ffffffff", None),
        ("ffffffff00000000", None),
        ("0000000000000000", None),
        ("0100000001000000", None),
        ("", None),
        (None, None),
        ("05", None),
        ("000000000000000005360005", None),
        ("no bytes", None),
    ],
)
def test_the_revision_is_the_half_that_is_told(told, number):
    assert ProcessorFirmware(told, None).revision == number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([0, 255, 16], "00ff10"),
        ({"value": [1, 2], "Count": 2}, "0102"),
        ([], ""),
        ([256], [256]),
        (["a"], ["a"]),
        ("0a", "0a"),
        (None, None),
        ({"value": [1]}, {"value": [1]}),
    ],
)
def test_bytes_become_digits(value, text):
    assert as_hex(value) == text


def test_the_firmware_is_read_from_bytes():
    (row,) = ProcessorFirmware.expand({"Update Revision": [0, 0, 0, 0, 5, 54, 0, 5], "FeatureSet": 1})
    assert row == {"Update Revision": "0000000005360005", "FeatureSet": 1}
    assert list(ProcessorFirmware.expand({"FeatureSet": 1})) == [{"FeatureSet": 1}]
