"""What findings of one run have in common is kept once: a large estate has millions of them, and few things to say."""

from __future__ import annotations

from scanner.words.bearing import Bearing
from scanner.words.check import Check, Verdict
from scanner.words.finding import Said
from scanner.words.model import Gap, Profile, Status
from scanner.words.source import Source

Key = tuple[frozenset[Profile], Verdict, bool]


class Shared:
    """The things that were said so far, each once."""

    def __init__(self) -> None:
        self._said: dict[Key, Said] = {}
        self._bearings: dict[Bearing, Bearing] = {}
        self._lacks: dict[tuple[Gap, ...], tuple[Gap, ...]] = {(): ()}
        self._sources: dict[tuple[int, ...], tuple[Source, ...]] = {}

    def begin(self) -> None:
        """Another check: what is said bears its name, so none shares it with those before."""
        self._said.clear()

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
            seen=verdict.seen,
            wanted=verdict.wanted,
            remedy=verdict.remedy,
            note=verdict.note,
            who=check.who,
            works=verdict.works if verdict.status is Status.WARN else "",
            timely=timely,
        )
        return made
