"""Tokens are valid by the clock: a VMM server whose clock is far from the internet's is refused when it registers.

Up to three endpoints of Site Recovery are asked for their time, as RCH-07 reaches them (HTTPS HEAD, its Date header).
Passes up to 300 seconds apart, warns up to 900, fails beyond: set-ups that register refuse more than fifteen minutes.
The verdict is UNKNOWN where the time that answers took would let it fall either way, or endpoints do not agree. Where
none told its time, as behind a proxy that wants a sign-in, the clocks of the domain's controllers stand for it, and a
note says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.asr.internet_time import date_asks, judged
from checks.reach.internet import FACTS
from scanner.api import Ask, Profile, Severity, Subject, Verdict, View, Who, check, scopes
from scanner.facts.host import ComputerSystem, OperatingSystem
from scanner.facts.kerberos import ControllerClock, HostClock


def _asks(server: Subject, view: View) -> Iterator[Ask]:
    yield from date_asks(view, server.host)


@check(
    id="ASR-07",
    title="Clock is close to internet time",
    fails="Clock is more than fifteen minutes off",
    warns="Clock is more than five minutes off",
    severity=Severity.HIGH,
    who=Who.HOST,
    profiles=(Profile.ASR_VMM,),
    scope=scopes.VMM_SERVER,
    seed="beyond seeds",
    needs=(*FACTS, ComputerSystem, OperatingSystem, HostClock, ControllerClock),
    asks=_asks,
    remedy="Let the clock follow a server of the internet: w32tm, at the controller that its domain's time comes from.",
)
def internet_time(server: Subject, view: View) -> Verdict:
    """Judge one VMM server."""
    return judged(view, server.host)
