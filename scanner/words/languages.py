"""The languages that people are told in: which there are, which one is wanted, and what each calls things.

English is the texts themselves. Any other is a catalogue, a file of gettext that is read when first a text is said in
it: as it was written, so that nothing compiled has to be kept in step with it, in a checkout and in a wheel alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from scanner.words.catalogue_file import Catalogue, read

FOLDER = Path(__file__).parent.parent / "data" / "languages"
"""``XX/LC_MESSAGES/hv_preflight.po`` of each"""
PLACE = re.compile(r"\{[^{}]*\}")


@dataclass(slots=True)
class Number:
    """A number that is written as a language does where a pattern groups its digits or gives it a fraction."""

    value: int | float
    signs: dict[int, str]

    def __format__(self, spec: str) -> str:
        """As English has it, with the signs of the language."""
        text = format(self.value, spec)
        return text.translate(self.signs) if spec else text


@dataclass(frozen=True, eq=False)
class Language:
    """One of them."""

    code: str
    """as ``--lang`` and the attribute of a page have it"""
    name: str
    """as who speaks it calls it"""
    grouping: str = ","
    """stands between thousands"""
    decimal: str = "."
    stop: str = "."
    """ends a sentence"""
    plurals: Callable[[float], int] = field(default=lambda number: int(number != 1), repr=False)
    """which of the forms of a plural a number takes"""
    separators: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """what stands between texts in the place of what does in English"""
    folder: Path = field(default=FOLDER, repr=False)

    @property
    def file(self) -> Path:
        """Its catalogue; English has none."""
        return self.folder / self.code / "LC_MESSAGES" / "hv_preflight.po"

    @cached_property
    def catalogue(self) -> Catalogue:
        """What it calls things; nothing where there is no such file."""
        return read(self.file.read_text(encoding="utf-8")) if self.file.is_file() else {}

    @property
    def is_there(self) -> bool:
        """Whether anything can be said in it."""
        return self.code == "en" or self.file.is_file()

    def pattern(self, one: str, many: str = "", within: str = "", number: object = 0) -> str:
        """What it has for a pattern, else the pattern; of a plural the form that the number takes."""
        forms = self.catalogue.get((within, one))
        counts = number if isinstance(number, int | float) else 0
        if not forms:
            return wordless(self, many if many and counts != 1 else one)
        place = self.plurals(counts) if many else 0
        return forms[place] if place < len(forms) else forms[0]

    def between(self, separator: str) -> str:
        """What stands between texts; of words the catalogue's."""
        return self.separators.get(separator) or self.pattern(separator, within="between texts")

    def shown(self, value: object) -> object:
        """A value as a pattern prints it."""
        if not isinstance(value, int | float):
            return value
        return Number(value, {ord(","): self.grouping, ord("."): self.decimal})


@cache
def wordless(language: Language, pattern: str) -> str:
    """The signs of a pattern that has no word of its own, as the language sets them; no catalogue holds it."""
    if not any(map(str.isalpha, PLACE.sub("", pattern))):
        for sign, own in language.separators.items():
            pattern = pattern.replace(sign, own)
    return pattern


ENGLISH = Language("en", "English")
LANGUAGES = {
    language.code: language
    for language in (
        ENGLISH,
        Language("de", "Deutsch", ".", ","),
        Language(
            "fr",
            "français",
            "\N{NARROW NO-BREAK SPACE}",
            ",",
            plurals=lambda number: int(number > 1),
            separators={": ": "\N{NO-BREAK SPACE}: ", "; ": "\N{NARROW NO-BREAK SPACE}; "},
        ),
        Language("it", "italiano", ".", ","),
        Language(
            "ja",
            "日本語",
            stop="。",
            plurals=lambda _: 0,
            separators={", ": "、", "; ": "。"},
        ),
    )
}
"""By code, in the order in which they are offered. Signs of numbers are those of Unicode's CLDR: a test asks Babel."""
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""What of the environment names a language, as POSIX has it: the first that is set and not empty."""


def named(code: str) -> Language | None:
    """The language of a code, as ``de``, ``de_AT.UTF-8`` or ``de-CH`` is German; nothing: it is not spoken here."""
    word = code.lower().replace("-", "_").partition(".")[0].partition("@")[0].partition("_")[0]
    found = LANGUAGES.get(word)
    return found if found and found.is_there else None


def of_environment(environment: Mapping[str, str]) -> Language:
    """The language that the environment wants; English where it names none, or one that is not spoken here."""
    value = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return named(value) or ENGLISH


def offered() -> tuple[str, ...]:
    """The codes that may be asked for."""
    return tuple(code for code, language in LANGUAGES.items() if language.is_there)
