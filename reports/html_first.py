"""The first screen of the page: may a move start, until when, what to do first and by whom, what nobody knows.

It holds no more than fits a screen, whatever the estate. All that it cuts or leaves out stands below it in full. Each
number says of what it is one, and those that stand together add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from reports import lost, since, waived
from reports.ahead import looks_ahead, of_run, until_of_kind
from reports.beside import beside
from reports.first import LOOK, Doer, doers, first
from reports.html_causes import Causes, causes
from reports.html_numbers import in_all, moves, parts_of, several, tally, unread
from reports.html_view import Chapter
from reports.names import Names
from reports.reach import MOVES, reached
from reports.summary import counts_line, sentence
from reports.text import brief, name_slug, upper_first
from reports.unjudged import by_name, unjudged
from scanner.api import ProfileState, Report, joined, tell

ACTORS = 6
"""So many who have to act stand on the first screen, each with its first action; of the others the number alone."""
LISTED, AT_ONCE = 100, 5
"""So many actions are listed in their order below the first screen, and so many of them not folded away."""
AHEAD = 120
"""Characters of a line that says until when a verdict holds."""
READY, ENDS = 2, 50
"""Up to so many ready moves of a kind are named where others are not ready, with so many characters."""
NOTES, NOTE = 2, 130
"""So many notes beside the verdict stand there, and so many characters of each."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of move: its verdict, how many moves it is of, until when it holds."""

    state: ProfileState
    name: str
    moves: str
    judged: str
    """by how many of the checks that shall be; empty where none is missing"""
    until: str


def words(report: Report, names: Names, chapters: Sequence[Chapter]) -> dict[str, Any]:
    """What the templates of the first screen say."""
    missing = unjudged(report, names, lost.told(report))
    lacking = causes(report, names, missing)
    whole, notes = sentence(report), _notes(report, names, lacking)
    shown = _shown(report, names, notes)
    acting = doers(report, names)
    return {
        "sentence": whole,
        "ahead": [*map(upper_first, filter(None, (looks_ahead(report), *of_run(report, names, report.verdict))))],
        "AHEAD": AHEAD,
        "states": kinds(report, names),
        "in_all": in_all(report),
        "notes": shown,
        "more_notes": () if shown == notes else notes,
        "doers": acting[:ACTORS],
        "other_doers": _others(acting[ACTORS:]),
        "several": several(report),
        "first": first(report, names, LISTED),
        "AT_ONCE": AT_ONCE,
        "group_of": places(chapters),
        "tally": tally(report, chapters),
        "parts_of": parts_of(report),
        "lacking": lacking,
        "unread": unread(report),
        "missing": by_name(missing),
        "whom": partial(lost.whom, names=names),
        "counts_line": counts_line(report),
    }


def kinds(report: Report, names: Names) -> list[Kind]:
    """Each kind of move; until when it holds only where there are several, for that of one is the run's."""
    many = len(report.readiness) > 1
    return [
        Kind(
            state,
            MOVES[state.profile],
            _moves(report, names, state),
            reached(report, state),
            until_of_kind(report, names, state) if many or not report.until else "",
        )
        for state in report.readiness
    ]


def _moves(report: Report, names: Names, kind: ProfileState) -> str:
    """How many moves of a kind are ready; where few of many are, which."""
    found = [(route, one.verdict) for route in report.routes for one in route.profiles if one.profile == kind.profile]
    ready = [route for route, verdict in found if verdict == "ready"]
    named = ready if len(ready) <= READY and len(ready) < len(found) else ()
    ends = [
        brief(tell("{host} → {host2}", host=names.host(route.source), host2=names.host(route.destination)), ENDS)
        for route in named
    ]
    return moves([verdict for _, verdict in found], joined(", ", ends))


def _others(acting: Sequence[Doer]) -> str:
    """Who has to act besides those that are shown."""
    found = [tell("{who} ({things})", who=one.who, things=one.things) for one in acting if one.who != LOOK]
    found += [tell("{things} to find out", things=one.things) for one in acting if one.who == LOOK]
    return joined(", ", found)


def _notes(report: Report, names: Names, lacking: Causes) -> list[str]:
    """What stands beside the verdict, but what its sentence or a cause says."""
    whole = sentence(report)
    about = " ".join(cause.why for cause in lacking.shown)
    found = [upper_first(note) for note in beside(report, names, about)]
    return [*report.besides, *(note for note in found if not whole.startswith(f"{note}.")), *report.accepted]


def _shown(report: Report, names: Names, notes: Sequence[str]) -> list[str]:
    """Those of the first screen: what became of the run since the last and what is waived go before others."""
    firsts = {upper_first(next(iter(told), "")) for told in (since.told(report, names), waived.told(report))}
    kept = [note for note in notes if note in firsts]
    others = [note for note in notes if note not in firsts][: NOTES - len(kept)]
    return [brief(note, NOTE) for note in notes if note in kept or note in others]


def stopped_by(places: Mapping[str, str], check: str, elsewhere: str = "") -> str:
    """The link to the failures of a check that stop a move; where none stands on this page, to what the check is."""
    return f"#{places[check]}" if check in places else f"{elsewhere}#check-{name_slug(check)}"


def places(chapters: Iterable[Chapter]) -> dict[str, str]:
    """Where the failures of each check stand that stop a move: the first such place."""
    found: dict[str, str] = {}
    for chapter in chapters:
        for group in chapter.groups:
            found.setdefault(group.check_id, group.id)
    return found
