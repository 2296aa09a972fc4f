"""Where each virtual machine can go, and why not: machines of which the same is to be said stand together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.html_reasons import Reason, by_status, reasons
from reports.html_rows import Row
from reports.html_view import machines as rows_of
from reports.kinds_of_word import verdict
from reports.names import Names
from reports.reach import kinds
from reports.text import name_slug
from scanner.api import ALL_VMS, Finding, MachineMove, Profile, Report, Status, tell

VERDICTS = {"not ready": verdict("not ready"), "incomplete": tell("not known"), "ready": verdict("ready")}
"""How each verdict is called here, the worst first."""
WORST = tuple(VERDICTS)
ENTRIES = 500
"""So many entries are listed."""
NAMES = 2_000
"""So many machines are named."""
ENDS = 12
"""So many destinations of which the same is to be said are named."""


@dataclass(frozen=True, slots=True)
class Way:
    """Destinations of which the same is to be said."""

    verdict: str
    kinds: str
    ends: Sequence[str]
    stops: Sequence[Reason]
    unknown: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Entry:
    """Machines of one host of which the same is to be said."""

    source: str
    names: Sequence[tuple[str, str]]
    """what each is called, and its place on the page"""
    ways: Sequence[Way]
    besides: Sequence[tuple[Status, Sequence[Reason]]]
    """what is to be known of them, and stops nothing"""

    @property
    def verdict(self) -> str:
        """The worst of its ways."""
        return min((way.verdict for way in self.ways), key=WORST.index, default="ready")


@dataclass(frozen=True, slots=True)
class Machines:
    """All of them."""

    entries: Sequence[Entry]
    others: Sequence[Row]
    """those on no planned move of which something is to be known"""
    number: int
    """of machines on planned moves"""
    moves: int
    """of machines, destinations and kinds of move"""
    ready: int
    """of these moves"""
    left: int
    """machines that are not listed"""
    unlisted: int
    """hosts of which nobody knows the machines"""


def machines(report: Report, names: Names, moves: Iterable[MachineMove]) -> Machines:
    """Where each machine of these moves can go."""
    besides = _besides(report)
    entries: list[Entry] = []
    known: set[str] = set()
    whole = ready = number = unlisted = 0
    for source, of_source in groupby(moves, key=lambda move: move.source):
        by_machine: dict[str, list[MachineMove]] = {}
        for move in of_source:
            whole, ready = whole + 1, ready + (move.verdict == "ready")
            by_machine.setdefault(move.vm_id or ALL_VMS, []).append(move)
        listed = by_machine.keys() - {ALL_VMS}
        known |= {f"{source}/{vm_id}" for vm_id in by_machine}
        number, unlisted = number + len(listed), unlisted + (ALL_VMS in by_machine)
        entries += _entries(source, by_machine, besides, names)
    entries.sort(key=lambda entry: WORST.index(entry.verdict))
    shown, named = _bounded(entries)
    others = [row for row in rows_of(report, names) if row.loud and row.key not in known]
    return Machines(shown, others[:ENTRIES], number, whole, ready, number + unlisted - named, unlisted)


def _entries(
    source: str, by_machine: dict[str, list[MachineMove]], besides: dict[str, list[Finding]], names: Names
) -> list[Entry]:
    same: dict[object, list[str]] = {}
    for vm_id, moves in by_machine.items():
        told = besides.get(f"{source}/{vm_id}", ())
        sign = (
            tuple((move.destination, move.profile, _sign(move)) for move in moves),
            tuple(dict.fromkeys((finding.status, finding.check) for finding in told)),
        )
        same.setdefault(sign, []).append(vm_id)
    return [
        Entry(
            source,
            sorted((_called(by_machine[vm_id][0]), place(source, vm_id)) for vm_id in vm_ids),
            _ways([move for vm_id in vm_ids for move in by_machine[vm_id]], names),
            by_status(finding for vm_id in vm_ids for finding in besides.get(f"{source}/{vm_id}", ())),
        )
        for vm_ids in same.values()
    ]


def _called(move: MachineMove) -> str:
    return move.machine if move.vm_id else tell("virtual machines that nobody could list")


def place(source: str, vm_id: str) -> str:
    """The place of a machine on the page; the same in every report."""
    return f"vm-{name_slug(source)}--{name_slug(vm_id)}"


Sign = tuple[str, tuple[str, ...], tuple[str, ...]]
"""What is to be said of a move: its verdict, and the checks that stop it and that could not be judged."""


def _sign(move: MachineMove) -> Sign:
    return move.verdict, _checks(move.stops), _checks(move.unknown)


def _checks(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.check for finding in findings))


def _ways(moves: Iterable[MachineMove], names: Names) -> list[Way]:
    same: dict[Sign, dict[str, list[MachineMove]]] = {}
    for move in moves:
        same.setdefault(_sign(move), {}).setdefault(move.destination, []).append(move)
    found: dict[tuple[Sign, str], dict[str, list[MachineMove]]] = {}
    for sign, by_end in same.items():
        for end, some in by_end.items():
            asked = {move.profile for move in some}
            found.setdefault((sign, kinds(one for one in Profile if one in asked)), {})[end] = some
    ways = [
        Way(
            sign[0],
            moved,
            [names.host(end) for end in by_end],
            reasons(one for some in by_end.values() for move in some for one in move.stops),
            reasons(one for some in by_end.values() for move in some for one in move.unknown),
        )
        for (sign, moved), by_end in found.items()
    ]
    return sorted(ways, key=lambda way: WORST.index(way.verdict))


def _besides(report: Report) -> dict[str, list[Finding]]:
    """What stops no machine and is to be known of it: warnings, and failures that are waived or below the threshold."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        told = finding.status is Status.WARN or (finding.status is Status.FAIL and not report.blocks(finding))
        if told and finding.subject.vm_id:
            found.setdefault("/".join(finding.subject.names[:2]), []).append(finding)
    return found


def _bounded(entries: Sequence[Entry]) -> tuple[list[Entry], int]:
    """So many of the first as a page lists, and how many machines these are."""
    shown: list[Entry] = []
    named = 0
    for entry in entries[:ENTRIES]:
        if named + len(entry.names) > NAMES:
            break
        shown.append(entry)
        named += len(entry.names)
    return shown, named
