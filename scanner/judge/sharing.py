"""What findings of one run have in common is kept once: a large estate has millions of them, and few things to say."""

from __future__ import annotations

from scanner.words.bearing import Bearing
from scanner.words.check import Check, Verdict
from scanner.words.finding import Said
from scanner.words.model import Gap, Profile, Status
from scanner.words.source import Source
from scanner.words.told import Told, Value, told

Key = tuple[frozenset[Profile], Verdict, bool]


class Shared:
    """The things that were said so far, each once."""

    def __init__(self) -> None:
        self._said: dict[Key, Said] = {}
        self._bearings: dict[Bearing, Bearing] = {}
        self._lacks: dict[tuple[Gap, ...], tuple[Gap, ...]] = {(): ()}
        self._sources: dict[tuple[int, ...], tuple[Source, ...]] = {}
        self._parts: dict[tuple[object, ...], Told] = {}

    def begin(self) -> None:
        """Another check: what is said bears its name, so none shares it with those before."""
        self._said.clear()
        self._parts.clear()

    def bearing(self, bearing: Bearing) -> Bearing:
        """The same bearing."""
        return self._bearings.setdefault(bearing, bearing)

    def lacks(self, gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
        """The same gaps."""
        return self._lacks.setdefault(gaps, gaps)

    def sources(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        """The same answers, each of which is one for all; those that are kept keep their numbers."""
        return self._sources.setdefault(tuple(map(id, sources)), sources)

    def said(
        self, check: Check, verdict: Verdict, profiles: frozenset[Profile], *, by_profile: bool, timely: bool
    ) -> Said:
        """What a check says of these kinds of move; of one check only, until the next begins."""
        key = profiles, verdict, timely
        if (known := self._said.get(key)) is not None:
            return known
        self._said[key] = made = Said(
            check=check.id,
            profiles=profiles,
            by_profile=by_profile,
            status=verdict.status,
            severity=check.severity,
            title=check.title,
            headline=check.headline(verdict.status),
            seen=self._text(verdict.seen),
            wanted=self._text(verdict.wanted),
            remedy=self._text(verdict.remedy),
            note=self._text(verdict.note),
            who=check.who,
            works=verdict.works if verdict.status is Status.WARN else "",
            timely=timely,
        )
        return made

    def _text(self, text: str) -> str:
        """The text, of parts that others have, too: why a host did not answer stands in those of all its moves."""
        return told(text.form, tuple(map(self._part, text.values)), text) if isinstance(text, Told) else text

    def _part(self, value: Value) -> Value:
        if not isinstance(value, Told):
            return value
        values = tuple(map(self._part, value.values))
        key = value.form, *((id(part) if isinstance(part, Told) else (type(part), part)) for part in values)
        return self._parts.get(key) or self._parts.setdefault(key, told(value.form, values, value))
