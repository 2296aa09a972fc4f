"""What the sheets of a workbook hold, as rows: the verdict, findings, what is not judged, waivers, method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reports import finding_rows
from reports.ahead import holds, looks_ahead
from reports.beside import beside
from reports.first import every
from reports.html_method import silences
from reports.lost import told, whom
from reports.names import Names
from reports.reach import MOVES, kinds, limits, reached
from reports.summary import moves_ready, route_counts, sentence
from reports.text import upper_first
from reports.unjudged import unjudged
from scanner.api import Report, Status, Until

Cells = Sequence[str | int | float]
COULD_NOT, NO_CHECK = "could not be judged", "no check judges it"
STATUSES = (*Status,)
FINDINGS = (12, 10, 10, 44, 14, 34, 24, 22, 12, 16, 44, 44, 44, 60, 34, 20, 14, 34)
"""Widths of the columns, in characters."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and how it is shown."""

    cells: Cells
    style: str = ""
    """``title``, ``head`` or nothing"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Its rows are made as they are written: there may be a million."""

    name: str
    widths: tuple[int, ...]
    rows: Iterable[Row]
    is_table: bool = True
    """one table from its first row on, whose head stays and which can be filtered"""


def sheets(report: Report) -> tuple[Sheet, ...]:
    """The sheets in their order."""
    names = Names(report)
    return (
        Sheet("Verdict", (24, 20, 34, 60, 44, 40), _verdict(report, names), is_table=False),
        Sheet("Findings", FINDINGS, _findings(report, names)),
        Sheet("Not judged", (24, 44, 60, 60, 18), _not_judged(report, names)),
        Sheet("Waivers", (10, 44, 44, 24, 12, 16, 16, 14, 12, 16, 60), _waivers(report)),
        Sheet("Method", (34, 24, 44, 44, 12, 12, 12, 20, 20), _method(report), is_table=False),
    )  # fmt: skip


def _table(head: Cells, rows: Iterable[Cells], title: str = "") -> Iterator[Row]:
    if title:
        yield Row(())
        yield Row((title,), "title")
    yield Row(head, "head")
    yield from map(Row, rows)


def _verdict(report: Report, names: Names) -> Iterator[Row]:
    yield Row((upper_first(report.said),), "title")
    yield Row((sentence(report),))
    yield Row((f"Exit {report.exit_code} ({report.ending})",))
    notes = (looks_ahead(report), *holds(report, names, aloud=False), *beside(report, names))
    yield from (Row((note,)) for note in (*map(upper_first, notes), *limits(report)) if note)
    head = ("Kind of move", "Verdict", "Moves", "In the way", "Judged by", "Until")
    states = (
        (
            MOVES[state.profile],
            state.said,
            moves_ready(report, state.profile),
            route_counts(state),
            reached(report, state),
            _until(report.turns.of(profile=state.profile)),
        )
        for state in report.readiness
    )
    yield from _table(head, states, "Each kind of move")
    actions = ((a.who, a.check, a.about, a.words, a.frees) for a in every(report, names))
    yield from _table(("Who", "Check", "Where", "What", "Gain"), actions, "What to do first")


def _until(until: Until | None) -> str:
    return f"{_moment(until.time)}, then {until.verdict}: {until.words}" if until else ""


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _findings(report: Report, names: Names) -> Iterator[Row]:
    return _table(finding_rows.HEAD, (row.cells for row in finding_rows.rows(report, names)))


def _not_judged(report: Report, names: Names) -> Iterator[Row]:
    """What could not be judged here, the dearest first; then what no check judges anywhere."""
    yield Row(("Why it is not judged", "About", "Why or what", "Do", "Verdicts missing"), "head")
    for lost in report.lost:
        yield Row((COULD_NOT, whom(lost, names), lost.cause, lost.advice, lost.verdicts))
    for reason, entries in unjudged(report, names, told(report)):
        for entry in entries:
            about = f"{entry.subjects} ({', '.join(entry.checks)})"
            yield Row((COULD_NOT, about, reason, "", len(entry.findings)))
    for row in report.not_judged:
        said = f"{row.id} {row.title}".strip()
        of = [state.profile for state in report.readiness if state.profile in row.profiles]
        yield Row((NO_CHECK, kinds(of), said, row.look))


def _waivers(report: Report) -> Iterator[Row]:
    head = (
        "Check", "Subject", "Reason", "Owner", "Until", "Ticket", "Unknown accepted", "State", "Days left", "Findings",
        "Note",
    )  # fmt: skip
    rows = (
        (
            *(use.waiver.check, use.waiver.subject, use.waiver.reason, use.waiver.owner),
            *(use.waiver.until.isoformat(), use.waiver.ticket, "yes" if use.waiver.accept_unknown else "no"),
            *(use.state.value, use.days, len(use.covers), use.note),
        )
        for use in report.waivers
    )
    return _table(head, rows)


def _method(report: Report) -> Iterator[Row]:
    """How it came about: the run, whom it asked and who answered, what was not had, who judged."""
    yield Row(("The run",), "title")
    facts = {
        "Estate": report.estate or "nobody named it",
        "Version": report.version,
        "Read from": _moment(report.started),
        "Read until": _moment(report.finished),
        "Read by": report.runner,
        "Kinds of move": ", ".join(report.profiles),
        "Stops at": report.threshold.word,
        "Narrowed to": "; ".join(report.chosen) or "nothing: it is the whole estate",
        "File of waivers": report.waivers_file or "none",
        "Held against": report.baseline.file if report.baseline else "none",
    }
    yield from map(Row, facts.items())
    head = ("Target", "Kind", "As whom", "How", "Seconds", "Asked", "Answered", "Certificate", "Proved by")
    targets = (
        (
            *(t.name, t.kind, t.who, t.how, round(t.seconds, 1), t.queries, t.answered),
            *("NOT verified" if t.unverified else "", t.proof or "nothing"),
        )
        for t in sorted(report.targets, key=lambda target: (target.kind, target.name))
    )
    yield from _table(head, targets, "Who was asked")
    unread = ((s.target, s.reason, s.detail, ", ".join(s.facts)) for s in silences(report))
    yield from _table(("Target", "Reason", "Detail", "What"), unread, "What was not read")
    counts = Counter((finding.check, finding.status) for finding in report.findings)
    checks = (
        (c.id, c.severity.word, c.title, c.seed, *(counts[c.id, status] for status in Status))
        for c in sorted(report.checks, key=lambda check: check.id)
    )
    yield from _table(("Check", "Severity", "Demands", "Source", *STATUSES), checks, "Which checks judged, and how")
    plugins = ((p.name, p.version, p.origin) for p in sorted(report.plugins, key=lambda plugin: plugin.name))
    yield from _table(("Plug-in", "Version", "Origin"), plugins, "Who took part")
