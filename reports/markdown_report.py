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
from reports.kinds_of_word import numbered, severity, verdict, who
from reports.lost import told, whom
from reports.markdown_text import code, prose, table
from reports.names import Names
from reports.reach import MOVES, limits, reached
from reports.summary import NAMED, blockers, by_check, counts_line, moves_ready, route_counts, sentence
from reports.terminal_words import some
from reports.text import closed, upper_first
from reports.unjudged import unjudged
from scanner.api import Finding, ProfileState, Report, Status, counted, inert, joined, spoken, tell

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
    return inert(_within("\n".join(map(spoken, _lines(report, Names(report)))) + "\n"))


def _within(text: str) -> str:
    """As many whole lines as there is room for, and a word where others are left out."""
    if len(text.encode()) <= LIMIT:
        return text
    kept = text.encode()[: LIMIT - 200].decode(errors="ignore").rpartition("\n")[0]
    rest = text[len(kept) :].count("\n") - 1
    cut = tell(
        "Cut here, {lines} before its end: the HTML and the JSON report have all of it.", lines=counted(rest, "line")
    )
    return f"{kept}\n\n{spoken(cut)}\n"


def _lines(report: Report, names: Names) -> Iterator[str]:
    said = upper_first(prose(report.said))
    title = tell("{said}: {estate}", said=said, estate=prose(report.estate, 100)) if report.estate else said
    yield f"## {_mark(report.verdict)} {spoken(title)}"
    yield ""
    whole = sentence(report)
    yield spoken(whole)
    yield ""
    notes = (looks_ahead(report), *holds(report, names, aloud=False), *beside(report, names))
    for note in map(upper_first, filter(None, notes)):
        if not spoken(whole).startswith(closed(note)):  # it is said there
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
    yield from _failures(tell("What stands in the way"), blockers(report), names)
    lesser = [f for f in report.findings if f.status is Status.FAIL and not f.waiver and not report.blocks(f)]
    yield from _failures(tell("Failed below the threshold"), lesser, names)
    yield prose(
        tell(
            "{counts_line}. Read {finished:%Y-%m-%d %H:%M} UTC.",
            counts_line=counts_line(report),
            finished=report.finished,
        ),
        600,
    )
    for line in limits(report):
        yield ""
        yield prose(closed(line), 600).replace(*WHOLE_COMMAND)


def _with_reach(kinds: list[tuple[str, ...]]) -> list[str]:
    """A row a kind of move; how many of the checks judged it where some are missing."""
    head = (tell("Kind of move"), tell("Verdict"), tell("Moves"), tell("In the way"), tell("Judged by"))
    shown = len(head) if any(row[-1] for row in kinds) else len(head) - 1
    return table(head[:shown], (row[:shown] for row in kinds))


def _mark(verdict: str) -> str:
    return MARKS.get(verdict, "❔")


def _said(state: ProfileState) -> str:
    return f"{_mark(state.verdict)} {spoken(state.said)}"


def _counts(report: Report, state: ProfileState) -> tuple[str, str]:
    ready = verdict("ready") if state.verdict == "ready" else ""
    return moves_ready(report, state.profile) or ready, route_counts(state)


def _first(report: Report, names: Names) -> Iterator[str]:
    actions, rest = first(report, names)
    rows = [
        (prose(action.who), code(action.check), code(action.about), prose(action.words), prose(action.frees))
        for action in actions
    ]
    yield from _chapter(
        tell("What to do first"), (tell("Who"), tell("Check"), tell("Where"), tell("What"), tell("Gain")), rows
    )
    if rest:
        yield tell("And {rest}: the JSON report lists them.", rest=rest)
        yield ""


def _unjudged(report: Report, names: Names) -> Iterator[str]:
    rows = [
        (prose(whom(lost, names)), prose(lost.cause), prose(lost.advice, 600), f"{lost.verdicts:,}")
        for lost in report.lost
    ]
    for reason, entries in unjudged(report, names, told(report)):
        about = joined(
            "; ",
            (
                tell("{subjects} ({some})", subjects=entry.subjects, some=some(entry.checks))
                for entry in entries[:NAMED]
            ),
        )
        number = sum(len(entry.findings) for entry in entries)
        rows.append((prose(about), prose(reason), "", f"{number:,}"))
    yield from _chapter(
        tell("What could not be judged"),
        (tell("About"), tell("Why"), tell("Do"), tell("Verdicts missing")),
        rows[:REASONS],
    )
    more = len(rows) - REASONS
    yield from _more(more, counted(more, "more reason"))


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
        (title, MOVES[kind.profile], _said(kind), joined("; ", filter(None, (numbers, route_counts(kind), until))))
        for kind, title, numbers, until in found[:MOVES_SHOWN]
    ]
    head = (tell("Move"), tell("Kind"), tell("Verdict"), tell("Of these"))
    yield from _chapter(tell("Moves"), head, rows)
    rest = Counter(kind.verdict for kind, *_ in found[MOVES_SHOWN:])
    known = ((rest[word], verdict(word)) for word in groups.VERDICTS if rest[word])
    told = joined(", ", (numbered(number, word) for number, word in known))
    more = len(found) - MOVES_SHOWN
    yield from _more(more, tell("{moves} ({told})", moves=counted(more, "more move"), told=told))


def _failures(title: str, findings: Sequence[Finding], names: Names) -> Iterator[str]:
    """A row a check; of the first of its failures, what was seen and wanted."""
    checks = by_check(findings)
    rows = [
        (
            code(check),
            severity(found[0].severity),
            code(some([names.called(finding) for finding in found])),
            prose(found[0].headline),
            prose(found[0].seen or found[0].note),
            prose(found[0].wanted),
            prose(who(found[0].who)),
        )
        for check, found in checks[:CHECKS]
    ]
    head = tell("Check"), tell("Severity"), tell("Where"), tell("What"), tell("Seen"), tell("Wanted"), tell("Who")
    yield from _chapter(title, head, rows)
    more = len(checks) - CHECKS
    yield from _more(more, counted(more, "more check"))


def _chapter(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield f"### {spoken(title)}"
        yield ""
        yield from table(head, rows)


def _more(number: int, what: str) -> Iterator[str]:
    if number > 0:
        yield tell("And {what}: the HTML and the JSON report have them.", what=what)
        yield ""
