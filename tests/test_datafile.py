"""PowerShell data files: what is written is what was meant, for any text, and nothing else stands there."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scanner.collect.datafile import DataFileError, parse, write
from scanner.collect.role import NAME, endpoint
from scanner.words.query import Query, cim
from scanner.words.quoting import quote, unquote

SIGNS = "'\u2018\u2019\u201a\u201b\"`$(){}@;#= \n"
TEXT = st.text(st.characters(exclude_categories=()), max_size=20) | st.text(SIGNS, max_size=20)
DATA = st.recursive(
    TEXT | st.booleans() | st.integers(),
    lambda inner: st.dictionaries(TEXT, inner, max_size=3) | st.lists(TEXT | st.dictionaries(TEXT, inner), max_size=3),
    max_leaves=8,
)
LITERAL = re.compile(
    "'(?:[^'\u2018\u2019\u201a\u201b]|['\u2018\u2019\u201a\u201b]{2})*'"
    '|"(?:[^"\u201c\u201d\u201e`$]|`[^0abefnrtuv])*"'
)
"""PowerShell's single-quoted string: any of its quotes doubled, or no quote; and its double-quoted one, in which a sign
behind a backtick stands for itself, and nothing is expanded."""
ONE = [Query("Q", (cim("Win32_Service"),))]


@given(st.dictionaries(TEXT, DATA, max_size=4))
def test_what_is_written_is_what_was_meant(table: dict[str, object]) -> None:
    try:
        text = write("A comment.", table)  # type: ignore[arg-type]
    except DataFileError:
        unprintable = not "".join(_texts(table)).isprintable()
        assert unprintable or _twice(table), "only what acts on a screen, and keys that are one to PowerShell"
        return
    assert parse(text) == table
    rest = LITERAL.sub("", text)
    assert re.fullmatch(r"# A comment\.\n[@{}(),;=$\-\w\s]*", rest, re.ASCII), rest


def _twice(value: object) -> bool:
    """Whether keys of one table differ by case alone."""
    if isinstance(value, dict):
        return len({key.casefold() for key in value}) < len(value) or any(map(_twice, value.values()))
    return isinstance(value, list) and any(map(_twice, value))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in (key, *_texts(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


@given(st.text("#[:v`$\"\u201c\u201d\u201e'(){}", max_size=12))
def test_a_command_to_whoever_runs_a_job_is_data_all_the_same(text: str) -> None:
    written = write("A comment.", {"a": f"##vso[{text}", f"##[{text}": "b"})
    assert parse(written) == {"a": f"##vso[{text}", f"##[{text}": "b"}
    assert not re.search(r"##\w*\[", written)
    assert re.fullmatch(r"# A comment\.\n@\{\n    a = \n     = \n\}\n", LITERAL.sub("", written))


@given(TEXT.filter(lambda text: text.isprintable() and bool(text.strip())))
def test_a_group_is_a_name_and_nothing_else(group: str) -> None:
    text, plain = (endpoint(ONE, name)[f"{NAME}.pssc"] for name in (group, "x y"))
    assert parse(text)["RoleDefinitions"] == {group: {"RoleCapabilities": NAME}}
    bare = re.sub(r"(RoleDefinitions = @\{ )\w+", r"\1''", text)  # a key of letters alone needs no quotes
    assert " ".join(LITERAL.sub("''", bare).split()) == " ".join(LITERAL.sub("''", plain).split())


RUNS = ["$(Get-Date)", '"$(x)"', "1; A = 2", "'x' } ; y; @{", "[char]10", "b", "& x", "'a' + 'b'", "{ x }", "$env:x"]


@pytest.mark.parametrize("value", RUNS)
def test_what_runs_is_no_data(value: str) -> None:
    with pytest.raises(DataFileError):
        parse(f"@{{ a = {value} }}")


@given(TEXT, TEXT)
def test_a_literal_with_something_behind_it_is_none(text: str, more: str) -> None:
    literal = quote(text)
    assert unquote(literal) == text
    assume(more and more[0] not in "'\u2018\u2019\u201a\u201b")
    with pytest.raises(ValueError, match="literal"):
        unquote(f"{literal}{more}")
