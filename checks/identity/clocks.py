"""How far clocks are apart, by what they told and between which moments of ours they were read.

A clock is told at some moment between question and answer, so what it differs by from ours is known within these
bounds alone, and of two clocks within both. A verdict that the bounds would let fall either way is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from operator import attrgetter

from scanner.api import (
    Everything,
    MissingEvidence,
    Verdict,
    View,
    failed,
    joined,
    passed,
    quote,
    tell,
    unknown,
    warned,
)
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.kerberos import ControllerClock, HostClock

SECOND = 1.0
"""Active Directory tells whole seconds: the clock may be that much further."""
NEAR, APART, TOO_FAR = "near", "apart", "too far"
MILLISECOND = 0.001
"""Windows tells a host's clock in these."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How far a clock is ahead of ours, in seconds, at least and at most."""

    name: str
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Apart:
    """Two clocks, and how many seconds lie between them, at least and at most."""

    names: tuple[str, str]
    least: float
    most: float

    @classmethod
    def of(cls, one: Clock, other: Clock) -> Apart:
        """Two clocks."""
        low, high = one.least - other.most, one.most - other.least
        return cls((one.name, other.name), 0.0 if low <= 0 <= high else min(abs(low), abs(high)), max(-low, high))

    @property
    def shown(self) -> str:
        """As a report says it."""
        least, most = f"{self.least:.0f}", f"{self.most:.0f}"
        return tell(
            "{names}: {least} s apart",
            names=joined(" and ", self.names),
            least=least if least == most else tell("{least} to {most}", least=least, most=most),
        )


def host_clock(view: View, host: str) -> Clock:
    """A host's clock. The check must declare ComputerSystem, OperatingSystem and HostClock.

    Raises:
        MissingEvidence: it was not read, or not when it was read.
    """
    view.one(OperatingSystem, host)
    return _clock(host, view.one(HostClock, host), MILLISECOND)


def controller_clocks(view: View, domain: str) -> tuple[Clock, ...]:
    """Of the controllers of a domain that told their clocks those furthest off. The check must declare ControllerClock.

    Raises:
        MissingEvidence: none did.
    """
    told = view.rows(ControllerClock, domain)
    found = view.across((ControllerClock,), _furthest).get(domain, {})
    if not found:
        raise MissingEvidence(
            _why_none(told) or tell("no controller of {domain} told a clock of this domain", domain=domain)
        )
    for target in found.values():
        view.rows(ControllerClock, target)
    return tuple(found)


def _furthest(everything: Everything) -> dict[str, dict[Clock, str]]:
    """By domain the clocks that bound all others, each with the target that told it."""
    told: dict[str, dict[Clock, str]] = {}
    for target, row in everything.rows(ControllerClock):
        with suppress(MissingEvidence):
            clock = _clock(row.controller, row, SECOND)
            told.setdefault(row.domain, {})[clock] = target
    return {domain: {clock: clocks[clock] for clock in _bounds(clocks)} for domain, clocks in told.items()}


def _why_none(rows: Iterable[ControllerClock]) -> str:
    """Why these rows tell no clock: what a row does not hold, or when it was read."""
    for row in rows:
        try:
            _ = row.domain, _clock(row.controller, row, SECOND)
        except MissingEvidence as missing:
            return str(missing)
    return ""


def _bounds(clocks: Collection[Clock]) -> tuple[Clock, ...]:
    least, most = attrgetter("least", "name"), attrgetter("most", "name")
    ends = (min(clocks, key=least), min(clocks, key=most), max(clocks, key=least), max(clocks, key=most))
    return tuple(dict.fromkeys(ends))


def _clock(name: str, read: HostClock | ControllerClock, coarse: float) -> Clock:
    if read.received < read.asked:
        raise MissingEvidence(
            tell("the clock of the machine that scanned was set back while it read that of {name}", name=name)
        )
    least, most = ((read.told - moment).total_seconds() for moment in (read.received, read.asked))
    return Clock(name, least, most + coarse)


def judged(view: View, apart: Apart) -> Verdict:
    """Judge two clocks, the first of which is a host's."""
    limits = view.estate.thresholds
    kinds = [
        _kind(seconds, limits.clock_warn_seconds, limits.clock_fail_seconds) for seconds in (apart.least, apart.most)
    ]
    wanted = tell("at most {clock_warn_seconds} s apart", clock_warn_seconds=limits.clock_warn_seconds)
    if kinds[0] != kinds[1]:
        return unknown(
            tell("{apart}, no better known for the time that the answers took", apart=apart.shown), wanted=wanted
        )
    if kinds[0] == NEAR:
        return passed(apart.shown)
    remedy = tell(
        "At {host} itself: w32tm /resync /rediscover, as an administrator; then look at w32tm /query /status there.",
        host=quote(apart.names[0]),
    )
    if kinds[0] == TOO_FAR:
        return failed(apart.shown, wanted, remedy)
    works = tell(
        "a difference of up to {clock_fail_seconds} s is one that Kerberos takes",
        clock_fail_seconds=limits.clock_fail_seconds,
    )
    return warned(apart.shown, wanted, remedy, works=works)


def _kind(seconds: float, warn: int, fail: int) -> str:
    return NEAR if seconds <= warn else APART if seconds <= fail else TOO_FAR


def every(view: View, hosts: tuple[str, ...]) -> Iterator[Verdict]:
    """The verdicts on hosts and the controllers of their domains; what is not known of one is UNKNOWN by itself."""
    clocks: list[Clock] = []
    for host in hosts:
        try:
            clocks.append(host_clock(view, host))
        except MissingEvidence as missing:
            yield unknown(str(missing))
    controllers: list[Clock] = []
    for domain in dict.fromkeys(view.one(ComputerSystem, host).dns_domain for host in hosts):
        try:
            controllers += controller_clocks(view, domain)
        except MissingEvidence as missing:
            yield unknown(str(missing))
    for place, clock in enumerate(clocks):
        for other in (*clocks[place + 1 :], *controllers):
            yield judged(view, Apart.of(clock, other))
