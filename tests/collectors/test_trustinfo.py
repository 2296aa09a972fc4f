"""Forest trust information: a recorded one, all kinds of records, and broken ones."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.directory.trustinfo import suffixes_of
from scanner.facts.directory import TopLevelName

RECORDED = bytes.fromhex(
    "01000000020000001f0000000000000056818b396f79dd01000e0000006272616e63682e6578616d706c65"
    "450000000000000056818b396f79dd010218000000010400000000000515000000c6061d60c8b293682e35dcff"
    "0e0000006272616e63682e6578616d706c65060000004252414e4348"
)
"""As Samba 4.17 stores it for a two-way forest trust with branch.example: a top-level name and a domain."""


def counted(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data


def record(kind: int, body: bytes, flags: int = 0) -> bytes:
    return counted(struct.pack("<IQB", flags, 133_000_000_000_000_000, kind) + body)


def name(text: str, *, flags: int = 0, kind: int = 0) -> bytes:
    return record(kind, counted(text.encode()), flags)


def info(*records: bytes, version: int = 1, count: int | None = None) -> bytes:
    return struct.pack("<II", version, len(records) if count is None else count) + b"".join(records)


def test_recorded() -> None:
    assert suffixes_of(RECORDED) == (TopLevelName("branch.example", enabled=True),)


def test_disabled_excluded_and_later_kinds() -> None:
    data = info(
        name("Branch.Example."),
        name("sub.branch.example", kind=1),
        name("old.example", flags=0x2),
        name("clash.example", flags=0x4),
        name("new.example", flags=0x1),
        record(4, b"anything"),
    )
    assert suffixes_of(data) == (
        TopLevelName("branch.example", enabled=True),
        TopLevelName("sub.branch.example", enabled=True, excluded=True),
        TopLevelName("old.example", enabled=False),
        TopLevelName("clash.example", enabled=False),
        TopLevelName("new.example", enabled=False),
    )


def test_no_records() -> None:
    assert suffixes_of(info()) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        info(version=2),
        info(count=1),
        info(count=2**32 - 1),
        RECORDED[:-1],
        RECORDED + b"\0",
        info(name("")),
        info(name("a\x1b[2J.example")),
        info(record(0, counted(b"\xff\xfe"))),
        info(record(0, struct.pack("<I", 99) + b"short")),
        info(record(2, counted(b"sid") + counted(b"dns"))),
        info(counted(b"tiny")),
    ],
    ids=range(12),
)
def test_malformed(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - UnicodeDecodeError is one
        suffixes_of(data)


LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=20)
NAMES = st.lists(LABEL, min_size=1, max_size=4).map(".".join)


@given(st.lists(st.tuples(NAMES, st.booleans(), st.booleans()), max_size=20))
def test_any_names_come_back(names: list[tuple[str, bool, bool]]) -> None:
    data = info(*(name(text, flags=0 if enabled else 2, kind=int(out)) for text, enabled, out in names))
    assert suffixes_of(data) == tuple(TopLevelName(text, enabled, out) for text, enabled, out in names)


@given(st.binary(max_size=200), st.integers(0, len(RECORDED)))
def test_any_octets_are_read_or_refused(noise: bytes, at: int) -> None:
    for data in (noise, RECORDED[:at] + noise + RECORDED[at:], RECORDED[:at]):
        try:
            found = suffixes_of(data)
        except ValueError:
            continue
        assert all(each.name == each.name.lower() and each.name.isprintable() for each in found)
