from __future__ import annotations

import pytest

from checks.common.versions import by_build, is_preview, parse, told
from scanner.facts.host import OperatingSystem, ProductType
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.0", (5, 0)),
        ("5", (5, 0)),
        (" 10.0 ", (10, 0)),
        ("9.3", (9, 3)),
        ("255.0", (255, 0)),
        ("", None),
        (None, None),
        ("5.0.0.0", None),
        ("5,0", None),
        ("-1.0", None),
        ("٥.٠", None),
        ("5.0\x00", None),
        ("9" * 1_000_000, None),
        ("12345.12345", (12345, 12345)),
        ("123456", None),
        ("5.123456", None),
    ],
)
def test_parse(text, expected):
    assert parse(text) == expected


def test_versions_order_as_numbers():
    assert (parse("10.0") or ()) > (parse("9.3") or ())
    assert told((10, 0)) == "10.0"


def test_from_254_on_they_are_previews():
    assert [is_preview((major, 9)) for major in (12, 253, 254, 255)] == [False, False, True, True]


def test_table_follows_the_published_one():
    def of(build: int, kind: ProductType = ProductType.SERVER) -> str:
        system = OperatingSystem(NOW, build, f"10.0.{build}", kind, None)
        return " ".join(map(told, by_build(system)))

    assert of(9600) == "5.0"
    assert of(14393) == "5.0 6.2 7.0 7.1 8.0"
    assert of(17763) == "5.0 6.2 7.0 7.1 8.0 8.1 8.2 8.3 9.0"
    assert of(20348) == "8.0 8.1 8.2 8.3 9.0 9.1 9.2 9.3 10.0"
    assert of(26100) == "8.0 8.1 8.2 8.3 9.0 9.1 9.2 9.3 10.0 11.0 12.0"
    assert of(26100, ProductType.DOMAIN_CONTROLLER).endswith("12.0")
    assert of(9200) == "4.0"
    assert of(25398) == of(17764) == ""
    assert of(14393, ProductType.CLIENT) == ""
