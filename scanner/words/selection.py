"""What a person chose of a run: some checks, some routes, what is about some machines. Nothing chosen is all of it.

A verdict of what was chosen is one as far as chosen, never of the whole; every output says so (``Report.chosen``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from scanner.words.check import Check
from scanner.words.estate import Estate, Route
from scanner.words.model import Severity
from scanner.words.report import Finding
from scanner.words.telling import by_text, counted, joined, tell

NAMED = 6
"""so many choices of one kind are named one by one"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was chosen, held against an estate: names are its machines, patterns are ids of checks with ``*``."""

    checks: tuple[str, ...] = ()
    """ids or patterns, upper case; empty: all"""
    skip: tuple[str, ...] = ()
    """those left out of them"""
    severity: Severity | None = None
    """the least that is judged"""
    targets: tuple[str, ...] = ()
    """machines whose own findings and moves are meant"""
    routes: tuple[tuple[str, str], ...] = ()
    """moves that are meant, by source and destination"""

    @property
    def of_moves(self) -> bool:
        """Whether it leaves out routes or machines."""
        return bool(self.targets or self.routes)

    def takes(self, check: Check) -> bool:
        """Whether a check is meant."""
        named = not self.checks or matches(check.id, self.checks)
        grave = self.severity is None or check.severity >= self.severity
        return named and grave and not matches(check.id, self.skip)

    def means(self, route: Route) -> bool:
        """Whether a planned move is meant: it is named, or starts or ends on a machine that is."""
        ends = route.source, route.destination
        return not self.of_moves or ends in self.routes or not set(ends).isdisjoint(self.targets)

    def estate(self, estate: Estate, checks: Sequence[Check]) -> Estate:
        """The estate with no more kinds of move, hosts and routes than are meant, which says what was chosen.

        Args:
            estate: the whole one.
            checks: all that its kinds of move want.
        """
        said = self.words(checks, estate)
        if not said:
            return estate
        asked = {profile for check in checks if self.takes(check) for profile in check.profiles}
        profiles = estate.profiles & asked or estate.profiles  # of a kind of move that no chosen check judges: nothing
        estate = replace(estate, profiles=profiles, chosen=(*estate.chosen, *said))
        routes = tuple(route for route in estate.routes if self.means(route) and estate.kinds_of(route))
        if not self.of_moves:
            return replace(estate, routes=routes)
        planned = frozenset(profile for route in routes for profile in estate.kinds_of(route))
        meant = {*self.targets, *(end for route in routes for end in (route.source, route.destination))}
        hosts = tuple(host for host in estate.hosts if host in meant)
        return replace(estate, profiles=planned or profiles, routes=routes, hosts=hosts)

    def findings(self, findings: Iterable[Finding], routes: Iterable[Route]) -> tuple[Finding, ...]:
        """Those that bear on a move that is meant, or are about a machine that is.

        Args:
            findings: of the whole.
            routes: those that are meant.
        """
        if not self.of_moves:
            return tuple(findings)
        ends = tuple((route.source, route.destination) for route in routes)
        own = set(self.targets)
        return tuple(
            one
            for one in findings
            if not own.isdisjoint(one.subject.machines) or any(one.bears_on(*end) for end in ends)
        )

    def words(self, checks: Sequence[Check], estate: Estate) -> tuple[str, ...]:
        """What was chosen, in words, each with what part of all it is; empty where nothing was.

        Args:
            checks: all that the estate's kinds of move want.
            estate: the whole one.
        """
        said: list[str] = []
        if self.checks or self.skip or self.severity:
            parts = [_some(self.checks) or tell("all checks")]
            parts += [tell("without {skip}", skip=_some(self.skip))] if self.skip else []
            worst = by_text(self.severity.word, "severity") if self.severity else ""
            parts += [tell("of severity {worst} or worse", worst=worst)] if worst else []
            taken, whole = sum(map(self.takes, checks)), counted(len(checks), "check")
            said.append(tell("{what} ({taken:,} of {whole})", what=joined(" ", parts), taken=taken, whole=whole))
        if self.of_moves:
            named = [*(f"{source} → {end}" for source, end in self.routes), *self.targets]
            taken, whole = sum(map(self.means, estate.routes)), counted(len(estate.routes), "route")
            said.append(tell("{what} ({taken:,} of {whole})", what=_some(named), taken=taken, whole=whole))
        return tuple(said)


def matches(check: str, patterns: Iterable[str]) -> bool:
    """Whether one of these ids or patterns is the check's."""
    return any(fnmatchcase(check, pattern) for pattern in patterns)


def _some(names: Sequence[str]) -> str:
    named = ", ".join(names[:NAMED])
    return tell("{named} and {rest:,} more", named=named, rest=len(names) - NAMED) if len(names) > NAMED else named
