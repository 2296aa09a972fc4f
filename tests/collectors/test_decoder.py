"""Raw JSON to facts: every shape PowerShell gives a value, and nothing guessed about the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.windows.decoder import Unparsable, decode
from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.network import ConnectionSecurityRule
from scanner.facts.vm import VmStorage
from scanner.words.query import cim


class Colour(IntEnum):
    RED = 0
    BLUE = 2


@windows_fact(cim("Win32_Practice"))
class Practice(WindowsFact):
    """One field of every kind."""

    text: str = prop("Text")
    number: int = prop("Number")
    flag: bool = prop("Flag")
    at: datetime = prop("At")
    colour: Colour = prop("Colour")
    names: tuple[str, ...] = prop("Names")
    ids: tuple[int, ...] = prop("Ids")
    note: str | None = prop("Note")
    count: int | None = prop("Count")
    until: datetime | None = prop("Until")


RAW: dict[str, Any] = {
    "Text": "a", "Number": 7, "Flag": True, "At": "/Date(0)/", "Colour": 2, "Names": ["x"], "Ids": [1],
    "Note": None, "Count": None, "Until": None,
}  # fmt: skip


def one(**changed: Any) -> Practice:
    (row,) = decode(Practice, [RAW | changed])
    assert isinstance(row, Practice)
    return row


def refused(**changed: Any) -> str:
    with pytest.raises(Unparsable) as error:
        one(**changed)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("/Date(1756216458313)/", datetime(2025, 8, 26, 13, 54, 18, 313000, UTC)),
        ("/Date(-1000)/", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("/Date(1756216458313+0200)/", datetime(2025, 8, 26, 13, 54, 18, 313000, UTC)),
        ("/Date(-11644473600000)/", datetime(1601, 1, 1, tzinfo=UTC)),
        ("2026-11-21T08:30:00Z", datetime(2026, 11, 21, 8, 30, tzinfo=UTC)),
        ("2026-11-21T10:30:00.1234567+02:00", datetime(2026, 11, 21, 8, 30, 0, 123456, UTC)),
        ({"value": "/Date(0)/", "DisplayHint": 2, "DateTime": "Donnerstag"}, datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_dates_are_utc(text: Any, moment: datetime) -> None:
    at = one(At=text).at
    assert at == moment
    assert at.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        0,
        "/Date(99999999999999999)/",
        "/Date(999999999999999)/",
        "2026-11-21T08:30:00",
        "21.11.2026",
        {},
    ],
)
def test_other_dates_are_refused(value: Any) -> None:
    assert refused(At=value).startswith("At is ")


@pytest.mark.parametrize(
    ("value", "number"), [(0, 0), (-1, -1), (4294967295, 4294967295), ("17763", 17763), ("-1", -1)]
)
def test_numbers_may_be_digits(value: Any, number: int) -> None:
    assert one(Number=value).number == number


@pytest.mark.parametrize("value", [None, True, 1.5, "", "0x10", "1e3", " 1", "1\n", "9" * 30, [1], {"value": 1}])
def test_other_numbers_are_refused(value: Any) -> None:
    assert refused(Number=value).startswith("Number is ")


@pytest.mark.parametrize("value", [None, 0, 1, "true", "True", [], {}])
def test_booleans_are_strict(value: Any) -> None:
    assert refused(Flag=value).startswith("Flag is ")


@pytest.mark.parametrize("value", [1, 3, -1, "RED", None, True])
def test_enumerations_know_their_values(value: Any) -> None:
    assert refused(Colour=value).startswith("Colour is ")
    assert one(Colour="0").colour is Colour.RED


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (None, ()), ("", ()), ([], ()), ("one", ("one",)), (["a", ""], ("a", "")),
        ({"value": ["a", "b"], "Count": 2}, ("a", "b")), ({"value": [], "Count": 0}, ()),
        ({"Count": 1, "value": "a"}, ("a",)),
    ],
)  # fmt: skip
def test_lists_in_every_shape(value: Any, names: tuple[str, ...]) -> None:
    assert one(Names=value).names == names


@pytest.mark.parametrize("value", [[1], [None], [["a"]], 1, {"a": 1}])
def test_lists_of_something_else_are_refused(value: Any) -> None:
    assert refused(Names=value).startswith("Names is ")


def test_versions_are_written_as_people_do() -> None:
    version = {"Major": 5, "Minor": 0, "Build": -1, "Revision": -1, "MajorRevision": -1, "MinorRevision": -1}
    assert one(Text=version).text == "5.0"
    assert one(Text={**version, "Build": 2, "Revision": 1}).text == "5.0.2.1"
    assert one(Names=[version]).names == ("5.0",)
    assert refused(Text={"Major": 5}) == "Text is an object"


@pytest.mark.parametrize("name", ["Text", "Number", "Flag", "At", "Colour"])
def test_what_may_not_be_null_is_named(name: str) -> None:
    assert refused(**{name: None}) == f"{name} is null"
    with pytest.raises(Unparsable, match=f"{name} is missing"):
        decode(Practice, [{key: value for key, value in RAW.items() if key != name}])


def test_what_may_be_null() -> None:
    row = one()
    assert (row.note, row.count, row.until) == (None, None, None)
    assert one(Note="").note == ""
    assert refused(Count="many") == "Count is 'many'"


def test_text_that_no_encoding_takes_is_mended() -> None:
    assert one(Text=json.loads('"a\\ud800b\\ud83d\\ude00"')).text == "a\ufffdb\U0001f600"


def test_what_stands_there_is_shown_short_and_harmless() -> None:
    assert refused(Number="\x1b[31m\u202e<b>" + "x" * 10**6) == "Number is '\\x1b[31m\\u202e<b>" + "x" * 31 + "'"


@pytest.mark.parametrize("rows", [None, "", [], {"value": [], "Count": 0}])
def test_no_rows(rows: Any) -> None:
    assert decode(Practice, rows) == ()


def test_one_row_may_come_without_its_list() -> None:
    assert decode(Practice, RAW) == (one(),)
    assert decode(Practice, {"value": [RAW, RAW], "Count": 2}) == (one(), one())


@pytest.mark.parametrize("rows", ["text", 7, [None], [[RAW]], ["first"]])
def test_rows_that_are_none(rows: Any) -> None:
    with pytest.raises(Unparsable):
        decode(Practice, rows)


def test_one_bad_row_spoils_the_answer() -> None:
    with pytest.raises(Unparsable, match="Number is null"):
        decode(Practice, [RAW, RAW | {"Number": None}])


def test_templates_are_left_out_before_they_are_read() -> None:
    vm = "Microsoft:11111111-2222-3333-4444-555555555555\\A\\0\\0\\L"
    rows = [{"InstanceID": "Microsoft:Definition\\X\\Default"}, {"InstanceID": vm, "HostResource": "C:\\a.vhdx"}]
    (row,) = decode(VmStorage, rows)
    assert isinstance(row, VmStorage)
    assert row.paths == ("C:\\a.vhdx",)


def test_a_key_whose_every_value_is_a_row() -> None:
    rows = [{"PSPath": "Registry::x", "{A}": "v2.10|Action=Secure|", "(default)": None, "{B}": "v2.10|"}]
    assert [row.name for row in decode(ConnectionSecurityRule, rows) if isinstance(row, ConnectionSecurityRule)] == [
        "{A}",
        "{B}",
    ]


def test_a_real_answer() -> None:
    raw = {
        "LocalDateTime": "/Date(1763713800000)/", "BuildNumber": "17763", "Version": "10.0.17763", "ProductType": 3,
        "LastBootUpTime": "/Date(1763000000000)/",
    }  # fmt: skip
    (row,) = decode(OperatingSystem, raw)
    assert isinstance(row, OperatingSystem)
    assert (row.build, row.product_type, row.release) == (17763, ProductType.SERVER, "2019")


MOMENTS = st.datetimes(datetime(1601, 1, 1), datetime(9999, 1, 1)).map(lambda at: at.replace(tzinfo=UTC, microsecond=0))
PRACTICES = st.builds(
    Practice,
    text=st.text(st.characters(codec="utf-8")),
    number=st.integers(-(2**63), 2**64 - 1),
    flag=st.booleans(),
    at=MOMENTS,
    colour=st.sampled_from(Colour),
    names=st.lists(st.text(st.characters(codec="utf-8"), min_size=1)).map(tuple),
    ids=st.lists(st.integers()).map(tuple),
    note=st.none() | st.text(st.characters(codec="utf-8")),
    count=st.none() | st.integers(),
    until=st.none() | MOMENTS,
)


@given(PRACTICES, st.booleans(), st.booleans())
def test_what_windows_writes_is_what_is_read(row: Practice, old: bool, unwrapped: bool) -> None:
    """Both releases' dates, and lists of one that lost their list."""

    def date(at: datetime | None) -> str | None:
        if at is None:
            return None
        milliseconds = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
        return f"/Date({milliseconds})/" if old else at.isoformat()

    def several(items: tuple[Any, ...]) -> Any:
        return items[0] if unwrapped and len(items) == 1 else list(items)

    raw = {
        "Text": row.text, "Number": row.number, "Flag": row.flag, "At": date(row.at), "Colour": int(row.colour),
        "Names": several(row.names), "Ids": several(row.ids), "Note": row.note, "Count": row.count,
        "Until": date(row.until),
    }  # fmt: skip
    assert decode(Practice, json.loads(json.dumps([raw]))) == (row,)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*RAW, "value", "Count"]), inner),
)


@given(JSON)
def test_nothing_else_comes_out_whatever_comes_in(raw: Any) -> None:
    try:
        rows = decode(Practice, raw)
    except Unparsable:
        return
    assert all(isinstance(row, Practice) for row in rows)
