"""An estate of 13 hosts with much to say on the first screen: kinds, actors, causes, waivers, dates, a baseline."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from scanner.judge import scopes
from scanner.judge.actions import plan_of
from scanner.words.baseline import Difference
from scanner.words.check import Who
from scanner.words.kinds_of_trouble import Kind
from scanner.words.model import Gap, GapReason, Profile, Status
from scanner.words.report import Finding, Report
from scanner.words.scope import Subject
from scanner.words.trouble import advise
from scanner.words.until import Turns, Until
from scanner.words.waivers import Waiver, WaiverState, WaiverUse
from tests.reports.conftest import END, build, finding, host, route

HOSTS = [f"hypervisor-{n:02}.branch.example" for n in range(13)]
LONG = "a text of which there is more than any line of a screen has room for, and which goes on beyond that; " * 4
KINDS = frozenset(Profile)
TROUBLES = (Kind.NO_TICKET, Kind.NO_LIBRARY, Kind.DROPPED, Kind.REFUSED, Kind.NO_NAME, Kind.NOT_TRUSTED)


def full() -> Report:
    """What such an estate may well come to: not ready, much unknown, everybody has to act."""
    return _made("Berlin to Munich", {}, Profile.ASR_VMM)


def fullest() -> Report:
    """Everything at once, each text as long as it may be."""
    since = Difference(file="yesterday.hvp", taken=END - timedelta(days=1), history=True)
    beside = {"chosen": (LONG,), "accepted": (LONG,), "besides": (LONG,), "baseline": since}
    return _made(f"Berlin to Munich and back: {LONG}"[:100], beside, *Profile)


def _made(name: str, beside: dict[str, object], *turning: Profile) -> Report:
    waiver = Waiver("LM-06", HOSTS[2], LONG, "network team", END.date())
    use = WaiverUse(waiver=waiver, state=WaiverState.ENDS_SOON, days=3, covers=(("LM-06", HOSTS[3], ""),))
    unknown = [_lacking(n, place) for place in range(6) for n in range(place + 2)]
    found = [*unknown, *_others(), finding("LM-06", host(HOSTS[3]), Status.FAIL, "0", profiles=KINDS, waiver=waiver)]
    made = build(
        found,
        routes=[*pairwise(HOSTS[:8]), (HOSTS[0], HOSTS[12]), (HOSTS[12], HOSTS[0])],
        profiles=[*Profile],
        gaps=tuple(dict.fromkeys(gap for one in unknown for gap in one.lacks)),
        estate=name,
        waivers=(use,),
        waivers_file="waivers.toml",
        turns=_turns(*turning),
        **beside,
    )
    actions, actors = plan_of(made)
    return replace(made, actions=actions, actors=actors)


def _others() -> list[Finding]:
    """One failure for each who may have to act, and what is of every other status."""
    return [
        *(
            finding(
                "DEL-01", route(HOSTS[n], HOSTS[n + 1]), Status.FAIL, LONG, who=who.value, profiles=KINDS, note=LONG
            )
            for n, who in enumerate(Who)
        ),
        *(
            finding("ID-01", host(f"x{n}.example"), Status.UNKNOWN, note=f"{n}: {LONG}", profiles=KINDS)
            for n in range(5)
        ),
        *(finding("ID-01", host(one), Status.PASS, "member", profiles=KINDS) for one in HOSTS),
        *(finding("NET-02", host(one), Status.WARN, "public", works=LONG, profiles=KINDS) for one in HOSTS),
        finding("ID-03", Subject(scopes.PAIR, (HOSTS[0], HOSTS[1])), Status.ERROR, note="KeyError", profiles=KINDS),
        finding("LM-06", host(HOSTS[2]), Status.FAIL, "0", profiles=KINDS),
    ]


def _lacking(n: int, place: int) -> Finding:
    gap = Gap("MigrationSettings", HOSTS[place], GapReason.UNREACHABLE, LONG[:90], advise(TROUBLES[place]))
    return finding("LM-06", host(HOSTS[12 - n]), Status.UNKNOWN, note=str(gap), lacks=(gap,), profiles=KINDS)


def _turns(*profiles: Profile) -> Turns:
    """The run turns first, and these kinds of move on a day of their own."""
    words = "the registration key of the second site expires"
    return Turns({
        ("", "", place): Until(
            time=END + timedelta(days=n), verdict="incomplete", check="KEY-03", subject=host(HOSTS[0]),
            status=Status.FAIL, words=words,
        )
        for n, place in enumerate(("", *profiles))
    })  # fmt: skip
