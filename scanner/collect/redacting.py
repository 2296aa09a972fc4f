"""Takes out of a machine's raw answers what tells whose they are. What is not known to be nobody's name is replaced.

Numbers, true and false, and dates stay where the fact says that there is one. Of a text stays what stands in the query
itself, what the field of the fact marks as no name (``prop(clear=...)``), and the few words of Windows below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import IntEnum
from functools import lru_cache
from typing import Any, cast, get_args, get_type_hints

from scanner.collect.pieces import ENDS, GROUPS, PIECES, SIGNS, address, words_of
from scanner.collect.standins import StandIns
from scanner.estate.secret import redact
from scanner.facts.base import WindowsFact
from scanner.words.recording import PLAIN, Value

_OF_WINDOWS = (
    "authority builtin cn core currentcontrolset dc dvd files filesystem globalroot hkey_local_machine hvr hyper-v"
    " local localhost localservice localsystem microsoft networkservice nt ou powershell program programdata realized"
    " planned registry service snapshot software systemroot system unc virtual volume windows windir workgroup"
)
KEPT = frozenset(_OF_WINDOWS.split())
"""Words of Windows that stand in paths and accounts; a name that is one of them tells nothing."""
_OF_FILES = "vhd vhdx avhd avhdx vhds vhdpmem iso vmcx vmrs vmgs xml exe dll sys vaultcredentials"
ENDINGS = frozenset(_OF_FILES.split())
_OF_OBJECTS = (
    "Major Minor Build Revision MajorRevision MinorRevision value Count DateTime DisplayHint PSPath PSProvider PSDrive"
    " PSChildName PSParentPath PSComputerName AllowedPrimaryServer ReplicaStorageLocation TrustGroup"
)
KEYS = frozenset(_OF_OBJECTS.split())
"""Names of properties below those that a fact asks for."""
SAID = ("LiteralPath", "Path", "Filter")
"""Parameters of which a row may say the words back."""
DATE = re.compile(r"/Date\(-?\d{1,15}(?:[+-]\d{4})?\)/|\d{4}-\d\d-\d\d[T ][\d:.]{5,16}(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
INTEGER = re.compile(r"-?\d{1,20}", re.ASCII)
LONGEST = 200_000
"""characters of a text that is looked at piece by piece; a longer one is one name"""


@dataclass(frozen=True, slots=True)
class Place:
    """What may stand in a property as it is."""

    number: bool = False
    date: bool = False
    clear: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What of a fact's rows is known."""

    places: Mapping[str, Place]
    other: Place
    """of a property that is no field's: where all were asked for, what any of them may be"""
    words: frozenset[str]
    """that the query itself says: keys of the registry, and what it filters by"""


@lru_cache(maxsize=1024)
def form_of(fact: type[WindowsFact]) -> Form:
    """What of the fact's rows may stay, by what its fields say."""
    hints = get_type_hints(fact)
    places: dict[str, Place] = {}
    marks: list[str] = []
    for one in fields(cast("Any", fact)):
        if "property" not in one.metadata:
            continue
        kinds = {hints[one.name], *get_args(hints[one.name])}
        mark = one.metadata.get("clear", "")
        marks += [mark] if mark else []
        places[one.metadata["property"]] = Place(
            number=any(isinstance(kind, type) and issubclass(kind, int | IntEnum) for kind in kinds),
            date=any(getattr(kind, "__name__", "") == "datetime" for kind in kinds),
            clear=_pattern(mark),
        )
    given = fact.query.commands[0].parameters
    said = " ".join(
        " ".join(value if isinstance(value := given.get(name, ""), tuple) else (str(value),)) for name in SAID
    )
    everything = fact.query.commands[-1].parameters.get("Property") == ("*",)
    return Form(places, Place(clear=_pattern("|".join(marks) if everything else "")), words_of(said))


def _pattern(mark: str) -> re.Pattern[str] | None:
    """A mark as it is looked for: the whole of what stands between two signs, or more of it."""
    return re.compile(rf"(?:{mark})(?![^{SIGNS}])", re.ASCII) if mark else None


NOTHING = Form({}, Place(), frozenset())


@dataclass(slots=True)
class Redactor:
    """Redacts one recording."""

    plain: bool = False
    """leaves everything as it came: for what stays in this process"""
    hidden: int = 0
    """values in which something was replaced"""
    _made: StandIns = field(default_factory=StandIns)

    def row(self, raw: object, fact: type[WindowsFact]) -> dict[str, Value]:
        """A row as it came, redacted; a plain value under the fact's only property, or the key ``PLAIN``."""
        form, made = form_of(fact), fact.row_of(raw)
        known = cast("dict[str, object]", made) if isinstance(made, dict) else {PLAIN: made}
        return {self._key(key, form): self._value(one, form.places.get(key, form.other), form)
                for key, one in known.items()}  # fmt: skip

    def query(self, text: str, fact: type[WindowsFact]) -> str:
        """What was asked, as text: names that answers brought into it are replaced as they are in the answers."""
        return self.text(text, Form({}, Place(), words_of(fact.query.text)))

    def text(self, text: str, form: Form = NOTHING, clear: re.Pattern[str] | None = None) -> str:
        """A text with a stand-in for all that may be a name."""
        shown = redact(text)
        if self.plain:
            return shown
        return "".join(self._pieces(shown, form, clear)) if len(shown) <= LONGEST else self._made.name(shown)

    def _value(self, raw: object, place: Place, form: Form) -> Value:
        if raw is None or isinstance(raw, bool | int | float):
            return raw
        if isinstance(raw, str):
            kept = (place.number and INTEGER.fullmatch(raw)) or (place.date and DATE.fullmatch(raw))
            return raw if kept else self._counted(raw, form, place.clear)
        if isinstance(raw, dict):
            inner = cast("dict[str, object]", raw)
            return {self._key(key, form): self._value(one, place, form) for key, one in inner.items()}
        return self._list(cast("list[object]", raw), place, form)

    def _list(self, raw: list[object], place: Place, form: Form) -> Value:
        """A list; one of small numbers where a text belongs is bytes, in which names may stand."""
        octets = [one for one in raw if type(one) is int and 0 <= one <= 255]
        if raw and len(octets) == len(raw) and not place.number:
            text = bytes(octets).hex()
            if not self.plain and (place.clear is None or not place.clear.fullmatch(text)):
                self.hidden += 1
                return list(self._made.octets(text))
        return [self._value(one, place, form) for one in raw]

    def _key(self, key: str, form: Form) -> str:
        return key if key in form.places or key in KEYS or key == PLAIN else self._counted(key, form, form.other.clear)

    def _counted(self, text: str, form: Form, clear: re.Pattern[str] | None) -> str:
        before = self._made.used
        made = self.text(text, form, clear)
        self.hidden += self._made.used > before
        return made

    def _pieces(self, text: str, form: Form, clear: re.Pattern[str] | None) -> list[str]:
        made: list[str] = []
        place, begins = 0, True
        while place < len(text):
            kept = clear.match(text, place) if clear and begins else None
            found = PIECES.match(text, place) if begins and not (kept and kept[0]) else None
            if kept and kept[0]:
                made.append(kept[0])
                place, begins = kept.end(), False
            elif begins and (found_address := address(text, place)):
                made.append(self._made.ipv6(found_address[0]) + (found_address[1]["scope"] or ""))
                place, begins = found_address[1].end(), False
            elif found:
                made.append(self._piece(found, form, text[place - 1 : place]))
                place, begins = found.end(), not ENDS.match(text, found.end())
            else:
                made.append(text[place])
                place, begins = place + 1, True
        return made

    def _piece(self, found: re.Match[str], form: Form, before: str) -> str:
        text, kind = found[0], next(name for name in GROUPS if found[name] is not None)
        word = text.casefold()
        if kind == "kept" or word in form.words or word in KEPT or (before == "." and word in ENDINGS):
            return text
        return getattr(self._made, kind)(text)
