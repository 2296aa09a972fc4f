"""How texts are told: sentences as patterns with named values, plurals, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import cache

from scanner.words.languages import Language
from scanner.words.told import Capital, Form, Joined, Told, Value, capital, plain_value, said_value, told


class Filled(Form):
    """A text, told or not, and behind it words in it that stand for values, each before its value."""

    __slots__ = ()

    def english(self, values: tuple[Value, ...]) -> str:
        """The text itself."""
        return self._filled(tuple(map(plain_value, values)))

    def said(self, values: tuple[Value, ...], language: Language) -> str:
        """The text in another language."""
        return self._filled(tuple(said_value(value, language) for value in values))

    def _filled(self, values: tuple[Value, ...]) -> str:
        text = str(values[0])
        for word, value in zip(values[1::2], values[2::2], strict=True):
            text = text.replace(str(word), str(value))
        return text


_forms: dict[str, Form] = {}
"""by pattern: those that most texts have"""
_others: dict[tuple[type[Form], str, str, str], Form] = {}
_constants: dict[Form, Told] = {}
_CAPITAL, _FILLED = Capital(""), Filled("")


def tell(pattern: str, /, *, within: str = "", **values: object) -> str:
    """``tell("{host} may not delegate to {peer}", host=..., peer=...)``; without values the pattern is the text.

    The pattern stands in the source as one literal, for it is what is looked up. The English is what an f-string with
    these values in its places would be.
    """
    form = None if within else _forms.get(pattern)
    if form is None:
        form = _form(Form, pattern, "", within)
        if not within:
            _forms[pattern] = form
    if not values:
        return _constants.get(form) or _constants.setdefault(form, told(form, ()))
    return _told(form, pattern, values)


def plural(number: float, one: str, many: str, /, **values: object) -> str:
    """``plural(n, "{number:,} host of {cluster}", "{number:,} hosts of {cluster}", cluster=...)``."""
    return _told(_form(Form, one, many, ""), one if number == 1 else many, {"number": number, **values})


def counted(number: int, noun: str, many: str = "") -> str:
    """``1 host``, ``1,200 hosts``; ``many`` is the plural where an "s" does not make it: ``2 queries``.

    Nouns stand in the source as literals, as patterns do.
    """
    form = _form(Form, "{number:,} " + noun, "{number:,} " + (many or noun + "s"), "")
    return told(form, (number,))


def joined(between: str, texts: Iterable[object]) -> str:
    """``between.join(texts)`` that stays told; plain where none of them is, nor a word between them."""
    parts = tuple(map(_value, texts))
    if any(isinstance(part, Told) for part in parts) or (len(parts) > 1 and _is_word(between)):
        return (
            parts[0] if len(parts) == 1 and isinstance(parts[0], Told) else told(_form(Joined, between, "", ""), parts)
        )
    return between.join(map(str, parts))


@cache
def _is_word(between: str) -> bool:
    return any(map(str.isalpha, between))


def by_text(text: str, within: str = "") -> str:
    """A text that stands in the catalogues by itself, as a check's title does."""
    return text if isinstance(text, Told) or not text else tell(text, within=within)


def upper_first(text: str) -> str:
    """The text with a capital letter at its beginning, in whatever language it is said."""
    return told(_CAPITAL, (text,)) if isinstance(text, Told) else capital(text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text that stands in the catalogues by itself, with values in the place of words in it, one after the other."""
    return told(_FILLED, (text, *(part for pair in values.items() for part in pair)))


def _told(form: Form, pattern: str, values: dict[str, object]) -> Told:
    kept = tuple([value if type(value) is str else _value(value) for value in map(values.__getitem__, form.places)])
    return told(form, kept, pattern.format_map(values))


def _value(value: object) -> Value:
    if isinstance(value, Told | date | time):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if isinstance(value, int) else float(value)  # of an enumeration the number
    return str(value)


def _form(kind: type[Form], one: str, many: str, within: str) -> Form:
    key = kind, one, many, within
    return _others.get(key) or _others.setdefault(key, kind(one, many, within))
