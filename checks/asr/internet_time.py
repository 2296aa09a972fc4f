"""How far a machine's clock is from the time that the service's endpoints tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from checks.common.parts import listing
from checks.common.probing import TLS, attempts, endpoint, probe
from checks.identity.clocks import Apart, Clock, controller_clocks, host_clock
from checks.reach.internet import endpoints
from checks.reach.way_out import way_of
from scanner.api import Ask, Verdict, View, failed, joined, passed, quote, tell, unknown, warned
from scanner.facts.host import ComputerSystem
from scanner.facts.kerberos import HostClock

ASKED = 3
"""endpoints that are asked what time it is"""
NEAR, REFUSED = 300, 900
"""seconds: what Kerberos tolerates by default; and beyond which set-ups that register refuse"""
SECOND = 1.0
"""Endpoints tell whole seconds."""


def date_asks(view: View, machine: str) -> Iterator[Ask]:
    """The questions what time the endpoints have; none while the way to them is not known."""
    way = way_of(view, machine)
    for name in islice(endpoints(view).names, ASKED) if not way.unread else ():
        yield from attempts(machine, endpoint(name, TLS, "/tls/date"), way.through(name))


def told_clocks(view: View, machine: str) -> Iterator[Clock]:
    """The clocks of the endpoints that told theirs, as seen from ours.

    An answer came after the machine's own clock was read, in the round before, and before the run ended.

    Raises:
        MissingEvidence: it is not known when the machine's own clock was read.
    """
    since = view.one(HostClock, machine).received
    for name in islice(endpoints(view).names, ASKED):
        answer = probe(view, machine, endpoint(name, TLS, "/tls/date"))
        if not isinstance(answer, str) and answer.server_date is not None:
            least = (answer.server_date - view.recorded).total_seconds()
            most = (answer.server_date - since).total_seconds() + SECOND
            yield Clock(name, least, most)


def judged(view: View, machine: str) -> Verdict:
    """The verdict on a machine's clock: by the endpoints, else by the controllers of its domain.

    Raises:
        MissingEvidence: neither told a clock, or the machine's own was not read.
    """
    own, told = host_clock(view, machine), list(told_clocks(view, machine))
    if told:
        parts = [_held(Apart.of(own, clock)) for clock in told]
        if len({part.status for part in parts}) > 1:
            seen = joined("; ", (Apart.of(own, clock).shown for clock in told))
            return unknown(tell("{seen}: the endpoints do not agree, or the answers took too long to tell", seen=seen))
        return parts[0]
    clocks = controller_clocks(view, view.one(ComputerSystem, machine).dns_domain)
    names = listing(clock.name for clock in clocks)
    note = tell("no endpoint told its time: held against {names}", names=names)
    furthest = max((Apart.of(own, clock) for clock in clocks), key=lambda apart: apart.most)
    return _held(furthest, note)


def _held(apart: Apart, note: str = "") -> Verdict:
    kinds = {_kind(seconds) for seconds in (apart.least, apart.most)}
    wanted = tell("at most {near} s apart", near=NEAR)
    if len(kinds) > 1:
        return unknown(
            tell("{apart}, no better known for the time that the answers took", apart=apart.shown), wanted=wanted
        )
    if kinds == {0}:
        return passed(apart.shown, note=note)
    remedy = tell(
        "At {host} itself: w32tm /resync /rediscover, as an administrator; its domain's clocks come from elsewhere.",
        host=quote(apart.names[0]),
    )
    if kinds == {2}:
        return failed(apart.shown, wanted, remedy, note=note)
    works = tell("set-ups that register refuse a clock that is more than {refused} s off", refused=REFUSED)
    return warned(apart.shown, wanted, remedy, works=works, note=note)


def _kind(seconds: float) -> int:
    return 0 if seconds <= NEAR else 1 if seconds <= REFUSED else 2
