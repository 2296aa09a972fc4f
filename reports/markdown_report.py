"""The report as a summary of a job: the verdict, what to do first, what could not be judged, moves, failures.

It is for a page that a runner shows beside a job, or a comment; the HTML report has all of it, and commands to copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reports import groups
from reports.ahead import holds, looks_ahead, of_move
from reports.beside import beside
from reports.first import first
from reports.lost import told, whom
from reports.markdown_text import code, prose, table
from reports.names import Names
from reports.reach import MOVES, limits, reached
from reports.summary import NAMED, blockers, by_check, counts_line, moves_ready, route_counts, sentence
from reports.text import upper_first
from reports.unjudged import unjudged
from scanner.api import Finding, ProfileState, Report, Status, counted, inert

LIMIT = 1_000_000
"""Octets; of more than 1,048,576 in a step GitHub shows nothing at all."""
MOVES_SHOWN, REASONS, CHECKS = 100, 20, 200
"""So many rows of a table; beyond, a line tells how many more there are."""
WHOLE_COMMAND = ("hv-preflight checks `--not-judged`", "`hv-preflight checks --not-judged`")
"""One of ours that a sentence holds, of which code is but the option."""
MARKS = {"ready": "✅", "not ready": "❌"}
"""Beside the words, for the eye."""


def render(report: Report) -> str:
    """The report as Markdown."""
    return inert(_within("\n".join(_lines(report, Names(report))) + "\n"))


def _within(text: str) -> str:
    """As many whole lines as there is room for, and a word where others are left out."""
    if len(text.encode()) <= LIMIT:
        return text
    kept = text.encode()[: LIMIT - 200].decode(errors="ignore").rpartition("\n")[0]
    rest = text[len(kept) :].count("\n") - 1
    return f"{kept}\n\nCut here, {counted(rest, 'line')} before its end: the HTML and the JSON report have all of it.\n"


def _lines(report: Report, names: Names) -> Iterator[str]:
    estate = f": {prose(report.estate, 100)}" if report.estate else ""
    yield f"## {_mark(report.verdict)} {upper_first(prose(report.said))}{estate}"
    yield ""
    whole = sentence(report)
    yield whole
    yield ""
    notes = (looks_ahead(report), *holds(report, names, aloud=False), *beside(report, names))
    for note in map(upper_first, filter(None, notes)):
        if not whole.startswith(f"{note}."):  # it is said there
            yield f"- {prose(note, 600)}"
    yield ""
    kinds = (
        (MOVES[state.profile], _said(state), *(_counts(report, state)), reached(report, state))
        for state in report.readiness
    )
    yield from _with_reach(list(kinds))
    yield from _first(report, names)
    yield from _unjudged(report, names)
    yield from _moves(report, names)
    yield from _failures("What stands in the way", blockers(report), names)
    lesser = [f for f in report.findings if f.status is Status.FAIL and not f.waiver and not report.blocks(f)]
    yield from _failures("Failed below the threshold", lesser, names)
    yield prose(f"{counts_line(report)}. Read {report.finished:%Y-%m-%d %H:%M} UTC.", 600)
    for line in limits(report):
        yield ""
        yield prose(f"{line}.", 600).replace(*WHOLE_COMMAND)


def _with_reach(kinds: list[tuple[str, ...]]) -> list[str]:
    """A row a kind of move; how many of the checks judged it where some are missing."""
    head = ("Kind of move", "Verdict", "Moves", "In the way", "Judged by")
    shown = len(head) if any(row[-1] for row in kinds) else len(head) - 1
    return table(head[:shown], (row[:shown] for row in kinds))


def _mark(verdict: str) -> str:
    return MARKS.get(verdict, "❔")


def _said(state: ProfileState) -> str:
    return f"{_mark(state.verdict)} {state.said}"


def _counts(report: Report, state: ProfileState) -> tuple[str, str]:
    return moves_ready(report, state.profile) or ("ready" if state.verdict == "ready" else ""), route_counts(state)


def _first(report: Report, names: Names) -> Iterator[str]:
    actions, rest = first(report, names)
    rows = [
        (prose(action.who), code(action.check), code(action.about), prose(action.words), prose(action.frees))
        for action in actions
    ]
    yield from _chapter("What to do first", ("Who", "Check", "Where", "What", "Gain"), rows)
    if rest:
        yield f"And {rest}: the JSON report lists them."
        yield ""


def _unjudged(report: Report, names: Names) -> Iterator[str]:
    rows = [
        (prose(whom(lost, names)), prose(lost.cause), prose(lost.advice, 600), f"{lost.verdicts:,}")
        for lost in report.lost
    ]
    for reason, entries in unjudged(report, names, told(report)):
        about = "; ".join(f"{entry.subjects} ({_some(entry.checks)})" for entry in entries[:NAMED])
        number = sum(len(entry.findings) for entry in entries)
        rows.append((prose(about), prose(reason), "", f"{number:,}"))
    yield from _chapter("What could not be judged", ("About", "Why", "Do", "Verdicts missing"), rows[:REASONS])
    yield from _more(len(rows) - REASONS, "more reason")


def _moves(report: Report, names: Names) -> Iterator[str]:
    """Moves as they were declared, worst first: of groups, and of single hosts."""
    found = [
        (kind, code(groups.title(group, names)), groups.tally(kind.numbers), groups.until_of(report, group, kind))
        for group in report.groups
        for kind in group.profiles
    ]
    for route in groups.alone(report):
        title = code(f"{names.host(route.source)} → {names.host(route.destination)}")
        found += [(kind, title, "", of_move(report, route, kind)) for kind in route.profiles]
    found.sort(key=lambda move: groups.VERDICTS.index(move[0].verdict))
    rows = [
        (title, MOVES[kind.profile], _said(kind), "; ".join(filter(None, (numbers, route_counts(kind), until))))
        for kind, title, numbers, until in found[:MOVES_SHOWN]
    ]
    yield from _chapter("Moves", ("Move", "Kind", "Verdict", "Of these"), rows)
    rest = Counter(kind.verdict for kind, *_ in found[MOVES_SHOWN:])
    told = ", ".join(f"{rest[word]:,} {word}" for word in groups.VERDICTS if rest[word])
    yield from _more(len(found) - MOVES_SHOWN, "more move", f" ({told})")


def _failures(title: str, findings: Sequence[Finding], names: Names) -> Iterator[str]:
    """A row a check; of the first of its failures, what was seen and wanted."""
    checks = by_check(findings)
    rows = [
        (
            code(check),
            found[0].severity.word,
            code(_some([names.called(finding) for finding in found])),
            prose(found[0].headline),
            prose(found[0].seen or found[0].note),
            prose(found[0].wanted),
            prose(found[0].who),
        )
        for check, found in checks[:CHECKS]
    ]
    yield from _chapter(title, ("Check", "Severity", "Where", "What", "Seen", "Wanted", "Who"), rows)
    yield from _more(len(checks) - CHECKS, "more check")


def _chapter(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield f"### {title}"
        yield ""
        yield from table(head, rows)


def _more(number: int, noun: str, what: str = "") -> Iterator[str]:
    if number > 0:
        yield f"And {counted(number, noun)}{what}: the HTML and the JSON report have them."
        yield ""


def _some(items: Sequence[str]) -> str:
    more = [f"{len(items) - NAMED:,} more"] if len(items) > NAMED else []
    return ", ".join([*items[:NAMED], *more])
