"""WMI's WHERE clause."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import contract
from lab.windows.cmdlets.wql import InvalidQuery, like_pattern, parse
from lab.windows.machine import Row

ROW = Row(
    {
        "Name": "vmms",
        "State": "Running",
        "ProcessId": 1234,
        "Started": True,
        "Path": "C:\\a'b",
        "Nothing": None,
        "Big": 18446744073709551615,
        "List": ["a"],
        "When": datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "Name='vmms'",
        "name = 'VMMS'",
        'Name="vmms"',
        "ProcessId=1234 AND State='Running'",
        "ProcessId = '1234'",
        "Name='x' OR (Name='vmms' AND NOT ProcessId=1)",
        "NOT Name='x' AND Name<>'y' AND Name!='z'",
        "ProcessId > 1233 AND ProcessId <= 1234 AND ProcessId >= 1234 AND ProcessId < 1235",
        "Started=TRUE",
        "NOT Started=false",
        "Nothing = NULL",
        "Nothing IS NULL AND Name IS NOT NULL AND Name <> NULL",
        "Path='C:\\\\a\\'b'",
        "Name LIKE 'VM%' AND Name LIKE '_mms' AND Name LIKE '[u-w]mms' AND NOT Name LIKE '[^u-w]mms'",
        "Big = 18446744073709551615",
        "When > '20261121'",
        "Name='x' AND Name='y' OR Name='vmms'",
    ],
)
def test_what_holds(text: str) -> None:
    assert parse(text, set(ROW))(ROW)


@pytest.mark.parametrize(
    "text",
    [
        "Name='x'",
        "Nothing='x'",
        "Nothing<>'x'",
        "Nothing LIKE '%'",
        "Nothing = TRUE",
        "Big = 18446744073709551614",
        "Name LIKE 'mms'",
        "Name='vmms' AND (Name='x' OR Name='y')",
    ],
)
def test_what_does_not_hold(text: str) -> None:
    assert not parse(text, set(ROW))(ROW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Name",
        "Name=",
        "Name='x",
        "Name=='x'",
        "NoSuch='x'",
        "Name='x' Name='y'",
        "(Name='x'",
        "Name='x')",
        "Name IS 'x'",
        "Name LIKE 3",
        "Name = Started",
        "Name='x' AND",
        "Name='x'; DROP",
        "Name < NULL",
    ],
)
def test_what_is_no_query(text: str) -> None:
    with pytest.raises(InvalidQuery):
        parse(text, set(ROW))


@pytest.mark.parametrize("text", ["ProcessId='abc'", "List='a'"])
def test_what_cannot_be_compared(text: str) -> None:
    with pytest.raises(InvalidQuery):
        parse(text, set(ROW))(ROW)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])))
def test_any_string_finds_itself_when_it_is_escaped(value: str) -> None:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    assert parse(f"Name='{escaped}'", {"Name"})(Row({"Name": value}))


NAMES = st.sampled_from(["A", "B"])
LEAVES = st.tuples(NAMES, st.sampled_from(["=", "<>", "<", ">="]), st.integers(-3, 3))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.tuples(st.sampled_from(["AND", "OR"]), inner, inner), st.tuples(st.just("NOT"), inner)),
)


def _written(tree: tuple) -> str:
    if tree[0] == "NOT":
        return f"NOT ({_written(tree[1])})"
    if tree[0] in ("AND", "OR"):
        return f"({_written(tree[1])}) {tree[0]} ({_written(tree[2])})"
    return f"{tree[0]}{tree[1]}{tree[2]}"


def _true(tree: tuple, row: dict[str, int]) -> bool:
    if tree[0] == "NOT":
        return not _true(tree[1], row)
    if tree[0] in ("AND", "OR"):
        left, right = _true(tree[1], row), _true(tree[2], row)
        return (left and right) if tree[0] == "AND" else (left or right)
    value, sign, wanted = row[tree[0]], tree[1], tree[2]
    if sign == "=":
        return value == wanted
    if sign == "<>":
        return value != wanted
    return value < wanted if sign == "<" else value >= wanted


@given(TREES, st.integers(-3, 3), st.integers(-3, 3))
def test_logic_is_that_of_python(tree: tuple, a: int, b: int) -> None:
    row = {"A": a, "B": b}
    assert parse(_written(tree), {"A", "B"})(Row(row)) == _true(tree, row)


@given(st.text(max_size=40))
def test_any_text_is_a_test_or_an_invalid_query(text: str) -> None:
    try:
        test = parse(text, {"A"})
    except InvalidQuery:
        return
    assert test(Row({"A": None})) in (True, False)


@pytest.mark.parametrize(("pattern", "text"), [("a%", "A\nb"), ("100[%]", "100%"), ("[a-c]_", "bx"), (".", ".")])
def test_like(pattern: str, text: str) -> None:
    assert like_pattern(pattern).fullmatch(text)


def test_every_filter_of_the_plan_parses() -> None:
    seen = 0
    for statement in contract.load("plan")["statements"]:
        for command in statement["commands"]:
            if text := command["parameters"].get("Filter"):
                text = text.replace("<Services.SCVMMService.ProcessId>", "7")
                names = {"Name", "DriveType", "DestinationPrefix", "LocalAccount", "SID", "UserRight", "extensionGuid"}
                parse(text, names | {"ResourceSubType", "State", "ProcessId"})
                seen += 1
    assert seen > 10, json.dumps(seen)
