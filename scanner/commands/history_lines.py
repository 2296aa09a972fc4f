"""What the history prints: runs as a table, lives as lines. Nothing of it acts on a terminal, whoever wrote it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from scanner.commands.columns import hung
from scanner.commands.console import clean
from scanner.judge.past import MENDED, NEW, Step, by_whom, kind_of
from scanner.words.history import Life, PastFinding, PastRoute, PastRun
from scanner.words.model import Severity
from scanner.words.wording import counted, foreign

HEAD = ("run", "when (UTC)", "verdict", "failed", "unknown", "warned", "new", "mended", "")
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
    return f"{head}\n{table(rows, width)}" if rows else f"{head}\nno run is kept"


def table(rows: Iterable[Row], width: int) -> str:
    """The runs, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="", padding=(0, 2, 0, 0))
    for word in HEAD:
        numbers = word in HEAD[3:8]
        made.add_column(word, justify="right" if numbers else "left", no_wrap=numbers, overflow="fold")
    for row in rows:
        made.add_row(*(Text(foreign(clean(cell), NAME)) for cell in _cells(row)))
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
    yield ", ".join(marks(run))


def marks(run: PastRun) -> Iterator[str]:
    """What else is to know of a run."""
    if run.interrupted:
        yield "ended early"
    if run.until and run.verdict == "ready":
        yield f"until {minute(run.until)}"


def of_estates(lasts: Sequence[tuple[str, PastRun | None]], width: int) -> str:
    """The estates, each with its last run."""
    told = [(name, f"{run.verdict}, {minute(run.finished)} UTC" if run else "no run") for name, run in lasts]
    return "\n".join(hung(f"{_line(name, NAME)}  ", _line(last, NAME), width) for name, last in told)


def of_lives(found: Sequence[Told], more: int, width: int) -> str:
    """What became of findings or routes, one after the other; ``more``: so many are left out."""
    return "\n".join(_lives(found, more, width))


def _lives(found: Sequence[Told], more: int, width: int) -> Iterator[str]:
    for place, told in enumerate(found):
        if place:
            yield ""
        yield from _life(told, width)
    if more > 0:
        yield ""
        yield f"and {more:,} more: --limit {len(found) + more} shows all, --subject and --route those that you name"


def _life(told: Told, width: int) -> Iterator[str]:
    life, now = told.life, told.now
    turned = f"turned {counted(life.turned, 'time')}" if life.turned else "never turned"
    about = f", {now.severity.word}" if now and now.severity in set(Severity) else ""
    what = f"{now.check} {now.name}" if now else life.what
    if told.route:
        what = f"{told.route.source} → {told.route.destination}"
    profile = (now.profile if now else "") or (told.route.profile if told.route else "")
    kind = f" ({kind_of(profile)})" if profile else ""
    yield hung("", f"{_line(what + kind, NAME)}{about}: {turned}", width)
    if now:
        yield hung(SIDE, _line(now.title, SEEN), width)
    for place, spell in enumerate(life.spells, 1):
        last = place == len(life.spells)
        end = " until now" if last else "" if spell.runs == 1 else f" to {minute(spell.last)}"
        head = f"{SIDE}{_line(spell.state, 40):<16}"
        yield hung(head, f"{minute(spell.first)}{end}, {counted(spell.runs, 'run')}", width)
    yield hung(SIDE, f"first seen {minute(life.first_seen)} UTC, last {minute(life.last_seen)} UTC", width)
    if now and now.seen:
        yield hung(f"{SIDE}{'seen last':<16}", _line(now.seen, SEEN), width)
    for words, since in told.waived:
        yield hung(f"{SIDE}{'waived':<16}", f"{_line(by_whom(words), SEEN)}, since {minute(since)}", width)


def _line(text: str, most: int) -> str:
    return foreign(text, most)
