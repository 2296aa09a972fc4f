"""A key of many parts costs the parser by their square: it never sees one, wherever the key stands."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.estate.document import DEEPEST, SIZE_LIMIT, document, shallow
from scanner.estate.mistakes import EstateError

PARSER: Any = importlib.import_module("tomllib._parser")
FEW = 3
"""parts of a key in these texts: a pattern for few is the pattern for many"""
SHALLOW = shallow(FEW)
PIECES = st.sampled_from(
    [
        *("a", "b", "-", "1.5", "1979-05-27T07:32:00.999-07:00", "+1.5e-10", "inf", "é"),
        *(".", ".", " . ", "\t.", "a.b", "a.b.c.d", "'a'.\"b\".c.d", "\"\".''.a.b", ".\n"),
        *("'", '"', "''", '""', "'''", '"""', "\\", '\\"', "\\\\", '\\"""', "\\u0022", "\\\n"),
        *("#", "# a.b.c.d\n", "#'''\n", '#"\n', "'a.b.c.d'", '"a.b.c.d"', "'''a.b.c.d\n'''", '"""a.b.c.d\\""""""'),
        *("=", " = ", "= 1\n", "\n", "\r\n", "\r", " ", ",", "[", "]", "[[", "]]\n", "{", "}", "[x]\n", "x = "),
    ]
)
VALUES = st.recursive(
    st.sampled_from(
        [
            *("1.5", "inf", "07:32:00.999", "1979-05-27 07:32:00.999", "true", "'a.b.c.d.e'", '"a.b.\\".c.d"', "''"),
            *(
                '"""a.b.c.d.e"""',
                '"""\n".a.b.c.d""\\"""\n"""',
                "'''a.b.c.d.e'''",
                "'''\n#a.b.c.d''.e\n'''",
                '"#"',
                "'#'",
            ),
            *('""', '""""""', "''''''", '"""a\\\n  .b.c.d.e.f"""""', "'''a'''''"),
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", # a.b.c.d '''\n".join(items) + "]")
        | st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f'k{n} . "\'" = {item}' for n, item in enumerate(items)) + "}"
        )
    ),
    max_leaves=6,
)
LINES = st.lists(VALUES, min_size=1, max_size=4).map(
    lambda values: "".join(f"x{n}.'y.y' = {value} # a.b.c.d \"\n" for n, value in enumerate(values))
)
PLACES = (
    "{} = 1",
    "[{}]",
    "[[ {} ]]",
    "z = {{ {} = 1 }}",
    "z = [ 1.5, # '''\n{{ {} = 1 }}]",
    "z = {{ y = 'a', {} = 1 }}",
    "z = {{ y = {{ x = [[{{ {} = '' }}]] }} }}",
    "z = '''\n\"'''\n{} = 1",
    'z = """\\""""\n{} = 1',
    "# '''\n{} = 1",
    "z = ['']\r\n{} = 1",
)


@pytest.fixture(scope="module")
def seen() -> Iterator[list[int]]:
    """The number of parts of every key that the parser took."""
    found: list[int] = []
    before = PARSER.parse_key

    def parse_key(*arguments: Any) -> Any:
        place, key = before(*arguments)
        found.append(len(key))
        return place, key

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PARSER, "parse_key", parse_key)
        yield found


def refused(text: str) -> bool:
    known = SHALLOW.match(text)
    return known is None or known.end() < len(text)


@given(st.lists(PIECES, max_size=25).map("".join) | st.tuples(LINES, PIECES, LINES).map("".join))
@example("x = '''\n'''\n[a.b.c.d]")
@example('x = """""\na.b.c.d = 1\n"""\na.b.c.d = 1')
def test_what_the_parser_takes_was_looked_at(seen: list[int], text: str) -> None:
    """Also where it comes to a mistake later; and what it takes whole is refused for a long key alone."""
    seen.clear()
    try:
        PARSER.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        assert refused(text) or max(seen, default=0) <= FEW
    else:
        assert refused(text) == (max(seen, default=0) > FEW)


@given(LINES, st.sampled_from(PLACES), st.lists(st.sampled_from(["a", '"a.b"', "'\"'", "''", "1"]), min_size=4), LINES)
def test_a_long_key_is_found_wherever_it_stands(before: str, place: str, parts: list[str], after: str) -> None:
    tables = before + place.format(" .\t".join(parts)) + "\n"
    tomllib.loads(tables)
    assert refused(tables + after.replace("x", "w"))
    assert not refused(tables.replace(" .\t", " + "))


@pytest.mark.parametrize("place", PLACES)
def test_a_file_of_it_is_refused_with_one_message(tmp_path: Path, place: str) -> None:
    """As large as an estate may be: to the parser it would be hours."""
    path = tmp_path / "estate.toml"
    path.write_text(place.format("a." * ((SIZE_LIMIT >> 1) - 50) + "a"), encoding="utf-8")
    with pytest.raises(EstateError, match="is nested too deeply: is it an estate file"):
        document(path)


@pytest.mark.parametrize(
    "text",
    [
        "a,",
        '"',
        "'",
        '\\"',
        '"\\"',
        "\\",
        "#",
        "#\n",
        "'\n",
        '"\n',
        '"""',
        "'''",
        '""a',
        "a ",
        "a.a ",
        "a . ",
        "{a=",
        ".",
    ],
)
@pytest.mark.parametrize("head", ["", "x = ", 'x = """', "x = '''", 'x = "'])
def test_no_text_takes_time_by_its_square(head: str, text: str) -> None:
    """A million signs of it; by their square it would be an hour."""
    refused(head + text * ((SIZE_LIMIT >> 2) // len(text)))


def test_what_the_form_needs_is_far_from_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "estate.toml"
    path.write_text(".".join("a" * DEEPEST) + " = 1", encoding="utf-8")
    with pytest.raises(EstateError) as caught:
        document(path)
    assert caught.value.mistakes[0].key.startswith("a.a")  # the parser took it; it is no estate's
    path.write_text(".".join("a" * 8) + " = 1", encoding="utf-8")
    assert document(path)
