"""Security identifiers and descriptors: what a controller may answer, whole, odd and broken."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.directory.security import Dacl, dacl_of, sid_text

HV01 = "S-1-5-21-3142535318-3914226403-3886796367-1110"
HV02 = "S-1-5-21-3142535318-3914226403-3886796367-1111"
EVERYONE = "S-1-1-0"
ALLOW, DENY, ALLOW_OBJECT, DENY_OBJECT, ALLOW_CALLBACK, AUDIT = 0, 1, 5, 6, 9, 2
FULL = 0xF01FF


def sid(text: str) -> bytes:
    _, revision, authority, *parts = text.split("-")
    numbers = [int(part) for part in parts]
    head = bytes([int(revision), len(numbers)]) + int(authority, 0).to_bytes(6, "big")
    return head + struct.pack(f"<{len(numbers)}I", *numbers)


def ace(kind: int, who: str, *, mask: int = FULL, flags: int = 0, body: bytes = b"") -> bytes:
    content = struct.pack("<I", mask) + body + sid(who)
    return struct.pack("<BBH", kind, flags, 4 + len(content)) + content


def acl(*entries: bytes, revision: int = 4) -> bytes:
    body = b"".join(entries)
    return struct.pack("<BBHHH", revision, 0, 8 + len(body), len(entries), 0) + body


def descriptor(dacl: bytes | None, control: int = 0x8004) -> bytes:
    owner = sid("S-1-5-32-544")
    offset = 20 + len(owner) if dacl is not None else 0
    return struct.pack("<BBHIIII", 1, 0, control, 20, 0, 0, offset) + owner + (dacl or b"")


def test_what_set_adcomputer_writes() -> None:
    assert dacl_of(descriptor(acl(ace(ALLOW, HV01), ace(ALLOW, HV02)))) == Dacl((HV01, HV02), ())


def test_deny_is_told_apart() -> None:
    assert dacl_of(descriptor(acl(ace(DENY, HV02), ace(ALLOW, HV01)))) == Dacl((HV01,), (HV02,))


def test_the_same_account_twice_is_one() -> None:
    assert dacl_of(descriptor(acl(ace(ALLOW, HV01), ace(ALLOW, HV01)))).allowed == (HV01,)


@pytest.mark.parametrize("data", [descriptor(acl()), descriptor(None), descriptor(None, control=0x8000)])
def test_an_empty_or_absent_list_allows_nobody(data: bytes) -> None:
    assert dacl_of(data) == Dacl()


def test_entries_for_objects() -> None:
    whole = struct.pack("<I", 0)
    inherited = struct.pack("<I", 2) + bytes(16)
    one_kind = struct.pack("<I", 1) + bytes(16)
    assert dacl_of(descriptor(acl(ace(ALLOW_OBJECT, HV01, body=whole)))).allowed == (HV01,)
    assert dacl_of(descriptor(acl(ace(DENY_OBJECT, HV01, body=inherited)))).denied == (HV01,)
    assert dacl_of(descriptor(acl(ace(ALLOW_OBJECT, HV01, body=one_kind)))) == Dacl()


@pytest.mark.parametrize(
    "entry",
    [
        ace(ALLOW_CALLBACK, HV01),
        ace(AUDIT, HV01),
        ace(ALLOW, HV01, flags=0x8),
        ace(ALLOW, HV01, mask=0),
        struct.pack("<BBH", 99, 0, 4),
    ],
    ids=["conditional", "audit", "inherit only", "no rights", "unknown kind"],
)
def test_entries_that_allow_nobody_here(entry: bytes) -> None:
    assert dacl_of(descriptor(acl(entry, ace(ALLOW, HV02)))) == Dacl((HV02,), ())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(20),
        descriptor(acl(ace(ALLOW, HV01)), control=0x4),
        descriptor(acl(ace(ALLOW, HV01)))[:-1],
        descriptor(acl(ace(ALLOW, HV01), revision=9)),
        descriptor(struct.pack("<BBHHH", 2, 0, 8, 3, 0)),
        descriptor(acl(struct.pack("<BBH", 0, 0, 0) + bytes(20))),
        descriptor(acl(struct.pack("<BBH", 0, 0, 8) + bytes(4))),
        descriptor(acl(struct.pack("<BBHI", 0, 0, 16, 1) + b"\x01\x09" + bytes(6))),
        struct.pack("<BBHIIII", 1, 0, 0x8004, 0, 0, 0, 2**31) + bytes(40),
    ],
    ids=range(10),
)
def test_malformed(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"descriptor|list|entry|identifier"):
        dacl_of(data)


@pytest.mark.parametrize("text", [EVERYONE, "S-1-5-18", HV01, "S-1-0x123456789abc-7"])
def test_sid(text: str) -> None:
    assert sid_text(sid(text)) == text


@pytest.mark.parametrize("data", [b"", bytes(8), sid(HV01)[:-1], sid(HV01) + b"\0", b"\x02" + sid(HV01)[1:]])
def test_no_sid(data: bytes) -> None:
    with pytest.raises(ValueError, match="no security identifier"):
        sid_text(data)


NUMBERS = st.lists(st.integers(0, 2**32 - 1), max_size=15)
SIDS = NUMBERS.map(lambda numbers: "-".join(["S-1-5", *map(str, numbers)]))


@given(SIDS)
def test_any_sid_comes_back(text: str) -> None:
    assert sid_text(sid(text)) == text


@given(st.lists(st.tuples(st.sampled_from([ALLOW, DENY]), SIDS), max_size=20))
def test_any_list_comes_back(entries: list[tuple[int, str]]) -> None:
    found = dacl_of(descriptor(acl(*(ace(kind, who) for kind, who in entries))))
    assert found.allowed == tuple(dict.fromkeys(who for kind, who in entries if kind == ALLOW))
    assert found.denied == tuple(dict.fromkeys(who for kind, who in entries if kind == DENY))


@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_octets_are_read_or_refused(noise: bytes, at: int) -> None:
    whole = descriptor(acl(ace(ALLOW, HV01), ace(DENY, HV02)))
    for data in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        try:
            found = dacl_of(data)
        except ValueError:
            continue
        assert all(who.startswith("S-1-") for who in (*found.allowed, *found.denied))
