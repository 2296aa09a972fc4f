from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.text import LONG, brief, clean, command, name_slug, one_line, subject_slug
from scanner.judge import scopes
from scanner.words.model import ALL_VMS
from scanner.words.scope import Subject
from scanner.words.wording import READABLE
from tests.reports.conftest import HOSTILE, HV01, HV11, MEGABYTE, REMEDY

ANY = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x\x1b]8;;http://e\x1b\\y", "xy"),
        ("\x1b\x1b[31m[31mx", "\\u001b[31mx"),
        ("a\x00b\x7fc\x9bd", "a\\u0000b\\u007fc\\u009bd"),
        ("\u202eexe.gnp\u2066", "\\u202eexe.gnp\\u2066"),
        ("\ud800 \ufffe \U000e0041 \ufeff", "\\ud800 \\ufffe \\U000e0041 \\ufeff"),
        ("one\r\ntwo\tthree\rfour", "one\ntwo\tthree\\u000dfour"),
        ("Ärger, 東京, 🖥 → שלום", "Ärger, 東京, 🖥 → שלום"),
    ],
)
def test_clean(text, shown):
    assert clean(text) == shown


@given(ANY)
def test_nothing_that_acts_is_left(text):
    assert all(char.isprintable() or char in READABLE for char in clean(text))
    assert all(char.isprintable() or char in READABLE for char in one_line(text))


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=LONG))
def test_harmless_text_stays_as_it_is(text):
    assert clean(text) == text


def test_a_megabyte_is_cut_and_says_so():
    for shown in (clean(MEGABYTE), one_line(MEGABYTE)):
        assert len(shown) < LONG + 100
        assert shown.endswith("… (1,048,576 characters)")


def test_one_line_has_one():
    assert one_line(" a\n\tb  c ") == "a b c"
    assert "\n" not in one_line(HOSTILE)


def test_a_beginning_is_short_and_safe():
    assert brief("a\n b", 10) == "a b"
    assert brief("a b\n    c d e", 10) == "a b c d…", "what blanks leave out of the beginning is not the whole"
    assert brief("x" * 11, 10) == "x" * 10 + "…"
    assert brief(MEGABYTE, 10) == "A\\u001bA\\u…"


def test_a_command_is_whole_or_not_there():
    assert command(REMEDY) == REMEDY
    assert command("Remove-Item 'C:\\" + "x" * LONG) == "# a command of 4,016 characters; the JSON report has it"


def test_slugs():
    assert name_slug(HV01) == "hv01_corp_example"
    assert name_slug("10.20.0.7") == "10_20_0_7"
    assert name_slug(ALL_VMS) == "all_vms"
    assert subject_slug(Subject(scopes.ROUTE, (HV01, HV11))) == "hv01_corp_example--hv11_branch_example"
    assert subject_slug(Subject(scopes.PAIR, (HV01, HV11))) == "hv01_corp_example-and-hv11_branch_example"


@given(
    st.lists(ANY | st.sampled_from(["a.b", "a_b", "a-b", "a--b", "a", "b", "all_vms", "*", "-a", "a-"]), unique=True)
)
def test_slugs_never_meet(names):
    slugs = [name_slug(name) for name in names]
    assert len(set(slugs)) == len(names)
    assert all(set(slug) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") for slug in slugs)


@given(st.lists(st.tuples(ANY, ANY), unique=True, max_size=6))
def test_slugs_of_routes_never_meet(pairs):
    assert len({subject_slug(Subject(scopes.ROUTE, pair)) for pair in pairs}) == len(pairs)
