"""Texts that remember how they were made, so that a reporter can say them in another language.

A ``Told`` is the English sentence: it equals it, sorts, hashes and is written as it. Beside, it knows the pattern that
it was made from and the values that stand in it, which may be told themselves. Whatever makes a new text of one (a
slice, ``replace``, ``str.join``) makes plain English, which stays as it is in every language: nothing is lost but the
translation. Identities, records, JSON, JUnit and commands are the English. ``telling`` makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, time
from operator import is_
from string import Formatter

from scanner.words.languages import ENGLISH, Language

Value = str | int | float | date | time
"""What stands in a pattern: a text, told or not, or what each language writes in its way."""
_now: ContextVar[Language] = ContextVar("language", default=ENGLISH)


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What texts are made from: one for each pattern, however many texts there are."""

    one: str
    many: str = ""
    """the plural, where the value ``number`` decides which it is"""
    within: str = ""
    """what kind of word it is, where English has one word for several things"""
    places: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        try:
            found = places(self.one + self.many)
        except ValueError:  # a text that stands for itself, braces and all
            found = ()
        object.__setattr__(self, "places", found)

    def english(self, values: tuple[Value, ...]) -> str:
        """The text itself."""
        if not values:
            return self.one
        named = dict(zip(self.places, map(plain_value, values), strict=True))
        return (self.many if self.many and named["number"] != 1 else self.one).format_map(named)

    def said(self, values: tuple[Value, ...], language: Language) -> str:
        """The text in another language."""
        if not values:
            return language.pattern(self.one, within=self.within)
        named = dict(zip(self.places, values, strict=True))
        pattern = language.pattern(self.one, self.many, self.within, named.get("number", 0))
        return pattern.format_map({name: language.shown(said_value(value, language)) for name, value in named.items()})


class Joined(Form):
    """``one`` stands between texts."""

    __slots__ = ()

    def english(self, values: tuple[Value, ...]) -> str:
        """The text itself."""
        return self.one.join(map(str, map(plain_value, values)))

    def said(self, values: tuple[Value, ...], language: Language) -> str:
        """The text in another language."""
        return language.between(self.one).join(str(said_value(value, language)) for value in values)


class Capital(Form):
    """One text, with a capital letter at its beginning."""

    __slots__ = ()

    def english(self, values: tuple[Value, ...]) -> str:
        """The text itself."""
        return capital(str(plain_value(values[0])))

    def said(self, values: tuple[Value, ...], language: Language) -> str:
        """The text in another language."""
        return capital(str(said_value(values[0], language)))


class Told(str):
    """A text that can be said in other languages."""

    __slots__ = ("form", "values")
    form: Form
    values: tuple[Value, ...]

    def __str__(self) -> str:
        """Itself: it stays told where a text is asked for."""
        return self

    def __add__(self, other: str) -> str:
        """Both, one behind the other."""
        return told(Joined(""), (self, other))

    def __radd__(self, other: str) -> str:
        """Both, one behind the other."""
        return told(Joined(""), (other, self))


def told(form: Form, values: tuple[Value, ...], text: str | None = None) -> Told:
    """The text that a form and values make; ``text``, where that is made already."""
    made = Told(form.english(values) if text is None else text)
    made.form, made.values = form, values
    return made


def parts_of(text: str) -> Iterator[str]:
    """A text and all texts that stand in it."""
    yield text
    for value in text.values if isinstance(text, Told) else ():
        if isinstance(value, str):
            yield from parts_of(value)


def places(pattern: str) -> tuple[str, ...]:
    """The names of the places of a pattern, each once."""
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(pattern) if name))


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def mapped(text: str, change: Callable[[str], str]) -> str:
    """What ``change`` makes of a text: told as long as it makes the same of the values, else plain.

    What is taken out of the English is so out of the values, too: no language brings it back.
    """
    whole = change(plain(text))
    if not isinstance(text, Told):
        return text if whole == text else whole
    values = tuple(mapped(value, change) if isinstance(value, str) else value for value in text.values)
    if whole == text and all(map(is_, values, text.values)):  # values that are equal may hide what no English shows
        return text
    return told(text.form, values) if text.form.english(values) == whole else whole


def plain(text: str) -> str:
    """The English and no more, of exactly the type that every library takes."""
    return str.__str__(text) if isinstance(text, Told) else text


def written(value: object) -> str:
    """The English of what a library does not take for a text, though it is one.

    Raises:
        NotImplementedError: it is none.
    """
    if isinstance(value, Told):
        return plain(value)
    raise NotImplementedError("it is no text")


def said(text: str, language: Language) -> str:
    """The text in a language, as far as that has words for it; else in English."""
    if not isinstance(text, Told) or language is ENGLISH:
        return plain(text)
    try:
        return text.form.said(text.values, language)
    except (KeyError, ValueError, IndexError, AttributeError, TypeError):  # a translation that does not fit its pattern
        return plain(text)


def spoken(text: str) -> str:
    """The text in the language that is spoken now."""
    return said(text, _now.get())


def language() -> Language:
    """The language that is spoken now: English, but where ``speaking`` says otherwise."""
    return _now.get()


@contextmanager
def speaking(language: Language) -> Generator[None]:
    """In here texts are for people who read this language."""
    before = _now.set(language)
    try:
        yield
    finally:
        _now.reset(before)


def plain_value(value: Value) -> Value:
    """The value in English."""
    return plain(value) if isinstance(value, str) else value


def said_value(value: Value, language: Language) -> Value:
    """The value in another language."""
    return said(value, language) if isinstance(value, str) else value
