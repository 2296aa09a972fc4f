"""A secret that is taken out of the English comes back in no language."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanner.estate import secret
from scanner.judge.hide import hidden
from scanner.words.check import Verdict
from scanner.words.languages import ENGLISH, Language
from scanner.words.model import Status
from scanner.words.telling import counted, joined, plural, tell, upper_first
from scanner.words.told import Told, said

SECRET = "Pa55-word!"
PIECES = st.sampled_from([SECRET, SECRET[:5], SECRET[5:], "hv01", "", "x" + SECRET + "y", "may", 'it\'s "so"', "{a}"])


class Turned(Language):
    """A language whose every sentence has its words, and its places, the other way round."""

    def pattern(self, one: str, many: str = "", within: str = "", number: object = 0) -> str:
        """The plural whatever the number is, backwards."""
        return " ".join(reversed((many or one).split(" ")))


TURNED = Turned("xx", "turned")
LEAF = st.one_of(PIECES, st.integers(0, 3), PIECES.map(lambda text: tell("on {it}", it=text)), st.just(tell("nothing")))
TEXTS = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.builds(lambda a, b: tell("{a} of {b}", a=a, b=b), inner, inner),
        st.builds(lambda a, b: tell("{a}{b}", a=a, b=b), inner, inner),
        st.builds(lambda n, b: plural(n, "a host", "{number} hosts of {b}", b=b), st.integers(0, 2), inner),
        st.builds(lambda parts: joined("; ", parts), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda a: upper_first(str(a)), inner),
        st.builds(lambda a, b: str(a) + str(b), inner, inner),
    ),
    max_leaves=8,
).map(lambda value: value if isinstance(value, str) else counted(value, "host"))


@pytest.fixture(autouse=True)
def _known(no_secret_of_another_test):
    secret.remember(SECRET, "svc")


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example(tell("{a} of {b}", a=SECRET, b="x"))
@example(plural(1, "a host", "{number} hosts of {b}", b=SECRET))
@example(tell("{a}{b}", a=SECRET[:5], b=SECRET[5:]))
@example(upper_first(tell("on {it}", it=SECRET)))
def test_in_no_language(text):
    secret.remember(SECRET, "svc")
    seen = hidden(Verdict(Status.FAIL, text)).seen
    assert seen == secret.redact(str.__str__(text)), "the English is as it always was"
    assert SECRET not in said(seen, ENGLISH)
    if not isinstance(text, Told) or not _split(text):
        assert SECRET not in said(seen, TURNED)
    for part in _all(seen):
        assert SECRET not in part


def _all(text):
    yield text
    for value in text.values if isinstance(text, Told) else ():
        if isinstance(value, str):
            yield from _all(value)


def _split(text):
    """Whether two halves stand in it that a language may bring together: they are no secret that English hid."""
    return any(part == SECRET[:5] or part.endswith(SECRET[:5]) for part in _all(text))


def test_a_short_secret_that_is_a_whole_value_is_no_translation():
    secret.remember("abc")
    seen = hidden(Verdict(Status.FAIL, tell("{a} of {b}", a="abc", b="x"))).seen
    assert seen == "abc of x"
    assert not isinstance(seen, Told)
