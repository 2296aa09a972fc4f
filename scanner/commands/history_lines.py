"""What the history prints: runs as a table, lives as lines. Nothing of it acts on a terminal, whoever wrote it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from scanner.commands.columns import hung, padded, widest
from scanner.commands.console import clean
from scanner.commands.speech import in_words
from scanner.judge.past import MENDED, NEW, Step, by_whom, kind_of
from scanner.words.exits import WORDS
from scanner.words.history import Life, PastFinding, PastRoute, PastRun
from scanner.words.model import Severity, Status
from scanner.words.telling import by_text, joined, tell
from scanner.words.wording import counted, foreign

HEAD = (
    tell("run", within="column"),
    tell("when (UTC)"),
    tell("verdict"),
    tell("failed", within="verdict"),
    tell("unknown"),
    tell("warned"),
    tell("new"),
    tell("mended"),
    "",
)
LAST, WAIVED = tell("seen last"), tell("waived")
SEEN, NAME = 300, 120
"""Characters that are shown of what was seen, and of a name."""
SIDE = "  "
NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One run in the table."""

    run: PastRun
    said: str
    """its verdict, and what is waived for it"""
    step: Step | None = None
    """what changed with it, where that is known"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of a finding or route, and what it is."""

    life: Life
    now: PastFinding | None = None
    """a finding as it was last"""
    waived: tuple[tuple[str, datetime], ...] = ()
    """who waived it, and since when"""
    route: PastRoute | None = None
    """a route as it was last"""


def minute(time: datetime) -> str:
    """``2026-11-30 04:00``."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}"


def of_runs(estate: str, rows: Sequence[Row], width: int) -> str:
    """The runs of an estate, the newest first."""
    head = hung("", _line(estate, NAME), width)
    return f"{head}\n{table(rows, width) if rows else in_words(tell('no run is kept'))}"


def table(rows: Iterable[Row], width: int) -> str:
    """The runs, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="", padding=(0, 2, 0, 0))
    for word in HEAD:
        numbers = word in HEAD[3:8]
        made.add_column(in_words(word), justify="right" if numbers else "left", no_wrap=numbers, overflow="fold")
    for row in rows:
        made.add_row(*(Text(_line(clean(in_words(cell)), NAME)) for cell in _cells(row)))
    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    with console.capture() as capture:
        console.print(made)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _cells(row: Row) -> Iterator[str]:
    run, counts, step = row.run, row.run.counts, row.step
    yield str(run.number)
    yield minute(run.finished)
    yield row.said
    yield f"{counts.get('FAIL', 0):,}"
    yield f"{counts.get('UNKNOWN', 0) + counts.get('ERROR', 0):,}"
    yield f"{counts.get('WARN', 0):,}"
    for word in (NEW, MENDED):
        yield f"{step.number(word):,}" if step and step.before else NOTHING
    yield joined(", ", marks(run))


def marks(run: PastRun) -> Iterator[str]:
    """What else is to know of a run."""
    if run.interrupted:
        yield tell("ended early")
    if run.until and run.verdict == "ready":
        yield tell("until {minute}", minute=minute(run.until))


def of_estates(lasts: Sequence[tuple[str, PastRun | None]], width: int) -> str:
    """The estates, each with its last run."""
    told = [
        (
            name,
            tell("{verdict}, {minute} UTC", verdict=by_text(run.verdict, "verdict"), minute=minute(run.finished))
            if run
            else tell("no run"),
        )
        for name, run in lasts
    ]
    return "\n".join(hung(f"{_line(name, NAME)}  ", _line(last, NAME), width) for name, last in told)


def of_lives(found: Sequence[Told], more: int, width: int) -> str:
    """What became of findings or routes, one after the other; ``more``: so many are left out."""
    return joined("\n", _lives(found, more, width))


def _lives(found: Sequence[Told], more: int, width: int) -> Iterator[str]:
    for place, told in enumerate(found):
        if place:
            yield ""
        yield from _life(told, width)
    if more > 0:
        yield ""
        yield tell(
            "and {more:,} more: --limit {count} shows all, --subject and --route those that you name",
            more=more,
            count=len(found) + more,
        )


def _life(told: Told, width: int) -> Iterator[str]:
    life, now = told.life, told.now
    turned = tell("turned {times}", times=counted(life.turned, "time")) if life.turned else tell("never turned")
    about = [by_text(now.severity.word, "severity")] if now and now.severity in set(Severity) else []
    what = f"{now.check} {now.name}" if now else life.what
    if told.route:
        what = f"{told.route.source} → {told.route.destination}"
    if profile := (now.profile if now else "") or (told.route.profile if told.route else ""):
        what = tell("{what} ({move})", what=what, move=kind_of(profile))
    head = joined(", ", [_line(what, NAME), *about])
    yield hung("", tell("{what}: {turned}", what=head, turned=turned), width)
    if now:
        yield hung(SIDE, _line(by_text(now.title), SEEN), width)
    column = max(16, widest((LAST, WAIVED)) + 1)
    for place, spell in enumerate(life.spells, 1):
        last = place == len(life.spells)
        first, runs = minute(spell.first), counted(spell.runs, "run")
        if last:
            when = tell("{minute} until now, {runs}", minute=first, runs=runs)
        elif spell.runs == 1:
            when = tell("{minute}, {runs}", minute=first, runs=runs)
        else:
            when = tell("{minute} to {last}, {runs}", minute=first, last=minute(spell.last), runs=runs)
        yield hung(SIDE + padded(_line(_state(spell.state), 40), column), when, width)
    yield hung(
        SIDE,
        tell(
            "first seen {minute} UTC, last {minute2} UTC",
            minute=minute(life.first_seen),
            minute2=minute(life.last_seen),
        ),
        width,
    )
    if now and now.seen:
        yield hung(SIDE + padded(LAST, column), _line(now.seen, SEEN), width)
    for words, since in told.waived:
        yield hung(
            SIDE + padded(WAIVED, column),
            tell("{line}, since {minute}", line=_line(by_whom(words), SEEN), minute=minute(since)),
            width,
        )


def _state(word: str) -> str:
    """A status or a verdict in words; of a later version as the history has it."""
    if word in set(Status):
        return by_text(word, "status")
    return by_text(word, "verdict") if word in WORDS.values() else word


def _line(text: str, most: int) -> str:
    return foreign(in_words(text), most)
