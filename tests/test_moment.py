"""The instant that verdicts look at notes what it is compared with, and is any other instant besides."""

# ruff: noqa: SIM300, PLW0108 - the date may stand on either side, and each way of looking is a function
from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from scanner.words.moment import Moment
from scanner.words.trace import Trace

START = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
END = START + DAY


def looked(look: Callable[[Any], Any], at: datetime = START) -> tuple[Any, datetime | None, bool]:
    """What comes of it, when to look again, and whether that is not known."""
    trace = Trace(at)
    return look(Moment.of(at, trace)), trace.soonest, trace.vague


@pytest.mark.parametrize(
    ("look", "again"),
    [
        (lambda now: now > END, END),
        (lambda now: now >= END, END),
        (lambda now: END < now, END),
        (lambda now: END <= now, END),
        (lambda now: now == END, END),
        (lambda now: now != END, END),
        (lambda now: END - now < 2 * HOUR, END - 2 * HOUR),
        (lambda now: 2 * HOUR < END - now, END - 2 * HOUR),
        (lambda now: now - (END - 3 * DAY) >= 10 * DAY, END + 7 * DAY),
        (lambda now: now + HOUR > END, END - HOUR),
        (lambda now: now - HOUR > END, END + HOUR),
        (lambda now: -(END - now) > HOUR, END + HOUR),
        (lambda now: bool(END - now), END),
        (lambda now: END - now != HOUR, END - HOUR),
        (lambda now: max(now, END) == 0, END),
        (lambda now: now.astimezone(timezone(HOUR)) > END, END),
        (lambda now: START - DAY <= now <= END, END),
        (lambda now: START <= now, START + SECOND),
        (lambda now: now > END + timedelta(microseconds=1), END + SECOND),
        (lambda now: now > START - SECOND, None),
        (lambda now: now - (START - 3 * DAY) > DAY, None),
        (lambda now: now > now - HOUR, None),
        (lambda now: f"{now:%Y-%m-%d} {now} {now.isoformat()}", None),
        (lambda now: now.tzinfo, None),
    ],
)
def test_what_it_is_compared_with_says_when_to_look_again(look, again):
    assert looked(look)[1:] == (again, False)


@pytest.mark.parametrize(
    "look",
    [
        lambda now: now.date(), lambda now: now.year, lambda now: now.timestamp(), lambda now: now.replace(hour=3),
        lambda now: (END - now).days, lambda now: (now - END).total_seconds(), lambda now: (END - now) // HOUR,
        lambda now: abs(END - now), lambda now: DAY + (END - now), lambda now: (END - now) - DAY, lambda now: hash(now),
        lambda now: {now}, lambda now: {END - now}, lambda now: (now - END) * 2, lambda now: now.weekday(),
        lambda now: (END - now) < (now - START),
    ],
)  # fmt: skip
def test_what_does_not_tell_is_vague(look):
    assert looked(look)[2]


@pytest.mark.parametrize(
    "look",
    [
        lambda now: str(now), lambda now: f"{now:%d.%m.%Y %H:%M}", lambda now: now.isoformat(), lambda now: now.date(),
        lambda now: (END - now).days, lambda now: (END - now) // HOUR, lambda now: str(END - now),
        lambda now: now > END,
        lambda now: now + DAY == END, lambda now: (now - END).total_seconds(), lambda now: now.timestamp(),
        lambda now: sorted([END, now, END - 2 * DAY])[0],
        lambda now: now.strftime("%j"), lambda now: now.year,
        lambda now: DAY - (END - now), lambda now: -(END - now), lambda now: now.timetuple(), lambda now: hash(now),
        lambda now: now.astimezone(timezone(HOUR)).hour,
        lambda now: divmod(END - now, HOUR), lambda now: abs(now - END),
    ],
)  # fmt: skip
def test_it_is_what_any_other_instant_is(look):
    assert looked(look)[0] == look(START)


def test_within_a_second_nothing_is_looked_at_twice():
    late = START + timedelta(microseconds=5)
    assert looked(lambda now: now >= START + timedelta(microseconds=9), late)[1] == START + SECOND
    assert looked(lambda now: now >= late, late)[1] == START + SECOND


def test_the_end_of_time():
    assert looked(lambda now: now - START > timedelta.max)[1] is None
