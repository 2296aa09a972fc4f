"""A move of the matrix in words, on one line: how it stands, and what stops it."""

from __future__ import annotations

from reports import groups
from reports.html_rows import LINKED
from reports.names import Names
from reports.reach import differ, kinds, stoppers
from reports.summary import route_counts
from scanner.api import GroupState, ProfileState, Report, RouteState, joined, tell


def group_in_words(group: GroupState, names: Names) -> str:
    """``berlin → munich: not ready; 1 of 4 moves ready``."""
    title, tally = groups.title(group, names), groups.tally(group.numbers)
    said = tell("{groups}: {said}", groups=title, said=group.said)
    return tell("{said}; {tally}", said=said, tally=tally) if tally else said


def route_in_words(report: Report, names: Names, route: RouteState) -> str:
    """``hv01 → hv11: not ready, stopped by DEL-01, LM-06 (2)``, by kind of move where they differ."""
    told = [
        tell("{kinds} {state}", kinds=kinds([state.profile]), state=_state(state))
        if differ(route, report)
        else _state(state)
        for state in (route.profiles if differ(route, report) else route.profiles[:1])
    ]
    return tell(
        "{host} → {host2}: {told}",
        host=names.host(route.source),
        host2=names.host(route.destination),
        told=joined("; ", told) or route.said,
    )


def _state(state: ProfileState) -> str:
    stopped = [
        tell("{check} ({number:,})", check=check, number=number) if number > 1 else check
        for check, number in stoppers(state)
    ]
    more = [tell("{rest:,} more", rest=len(stopped) - LINKED)] if len(stopped) > LINKED else []
    if stopped:
        return tell("{said}, stopped by {checks}", said=state.said, checks=joined(", ", [*stopped[:LINKED], *more]))
    return joined(", ", filter(None, (state.said, route_counts(state))))
