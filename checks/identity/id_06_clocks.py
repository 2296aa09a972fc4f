"""Kerberos refuses tickets whose time is too far off, so the clocks of both hosts and of their controllers must agree.

Each host's clock is held against the other's and those of the controllers of both domains that told theirs, each by
the moments between which it was read. Passes where all are at most 60 s apart, warns up to 300 s, which Kerberos
takes by default (MaxClockSkew of the domain's policy), and fails beyond; [thresholds] has both limits. Unknown where
the time that an answer took leaves it open, where no controller of a domain told its clock, and for answers brought in
a file, of which nobody knows when they were given. Does not apply to a host in no domain, and to certificates.
"""

from __future__ import annotations

from checks.common.parts import combine
from checks.identity.clocks import every
from checks.identity.kerberos import EVERY, without_kerberos
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.kerberos import ControllerClock, HostClock


@check(
    id="ID-06",
    title="Clocks agree within Kerberos tolerance",
    fails="Clocks are too far apart",
    warns="Clocks differ noticeably, within Kerberos tolerance",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    profiles=EVERY,
    by_profile=True,
    scope=scopes.PAIR,
    seed="beyond seeds",
    needs=(ComputerSystem, OperatingSystem, HostClock, ControllerClock),
    remedy="Let the host take its time from its domain again: w32tm /resync /rediscover.",
)
def clocks(pair: Subject, view: View) -> Verdict:
    """Judge two hosts once for one kind of move."""
    return without_kerberos(view, *pair.names) or combine(every(view, pair.names))
