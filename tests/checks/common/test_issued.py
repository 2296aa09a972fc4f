from __future__ import annotations

import pytest

from checks.common.issued import LONGEST, parts_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CN=hv02.corp.example", ("hv02.corp.example",)),
        ("C=US, O=Corp, cn=hv02", ("hv02",)),
        ("CN=a, CN=b", ("a", "b")),
        ('O="Corp, Inc.", CN="x ""y"""', ('x "y"',)),
        ('O="CN=z", CN=a', ("a",)),
        ("O=Corp", ()),
        ("CN=", ("",)),
        ("", ()),
        ("hv02.corp.example", ()),
        ('CN=a, "', ()),
        ("CN=a" + "," * 2, ()),
        (f"CN={'a' * LONGEST}", ("a" * (LONGEST - 3),)),
    ],
)
def test_parts_of(name, expected):
    assert parts_of(name, "CN") == expected
