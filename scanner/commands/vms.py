"""vms: which virtual machines may move now, where to, and why not."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import typer

from scanner.commands import choosing, options
from scanner.commands.console import UsageError, clean, hand_over, say, tell, terminal
from scanner.commands.sources import Move, Sources, as_far
from scanner.judge import judging, scopes
from scanner.judge.policy import readiness, tallied, worst_of
from scanner.words.bearing import Bearing
from scanner.words.estate import Route
from scanner.words.inert import inert
from scanner.words.model import ALL_VMS, Profile, Severity, Status
from scanner.words.moves import MOVES
from scanner.words.names import short
from scanner.words.report import Finding, ProfileState
from scanner.words.wording import counted

LONGEST = 80
"""characters of a name in the table"""
HEAD = ("machine", "on", "to", "kind of move", "may it move", "why not")
IDENTITY = "machine id"
"""The CSV's last column: two machines may have one name."""
KINDS = tuple(Profile)
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a cell of a table's program begins with that is taken for a formula (OWASP: CSV injection)."""
STOPS = 3
"""checks that are named in the table; the CSV names all"""


@dataclass(frozen=True, slots=True)
class Row:
    """One machine on one planned move, for one kind of move."""

    machine: str
    source: str
    destination: str
    profile: Profile
    verdict: str
    reasons: tuple[str, ...]
    """checks that stop it, else those that could not be judged"""
    vm_id: str = ""
    """empty where the machines of the source were not listed"""


def vms(
    known: Sources,
    *,
    to: Annotated[str | None, typer.Option("--to", metavar="HOST", help="Moves to this host alone.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, for a table's program.")] = False,
    checks: choosing.Checks,
    fail_on: options.FailOn = "low",
    plugins: options.Plugins,
) -> int:
    """Tell which virtual machines may move now, and where to, and why not."""
    threshold = options.severity(fail_on)
    offer = plugins.load()

    def moves(routes: Iterable[Route], where: str) -> set[Move]:
        planned = [route for route in routes if route.machines]
        ends = choosing.named(to or "", [route.destination for route in planned])
        if to and not ends:
            raise UsageError(f'"{to}" is the destination of no planned move of {where}')
        return {(one.source, one.destination) for one in planned if not to or one.destination in ends}

    evidence, offer = known.evidence(offer, checks, moves)
    estate = evidence.estate
    ends = moves(estate.routes, known.where)
    meant = {
        end: estate.kinds_of(route) for route in estate.routes if (end := (route.source, route.destination)) in ends
    }
    found = rows(judging.judge(offer.checks, evidence), meant, threshold)
    if as_csv:
        hand_over(csv_of(found))
    elif found:
        say(table_of(found, terminal()[0]))
    ready = sum(row.verdict == "ready" for row in found)
    words = f"{counted(len(found), 'move of a machine', 'moves of machines')} planned, {ready:,} of them ready"
    none = "no machine is judged by what was chosen" if estate.chosen else "no virtual machine is on a planned move"
    for line in (words if found else none, *as_far(evidence)):
        (tell if as_csv else say)(line)
    return worst_of(found)


def rows(findings: Iterable[Finding], moves: Mapping[Move, frozenset[Profile]], threshold: Severity) -> list[Row]:
    """A row for each machine, planned move and kind of move that it is planned for, by the machine's name."""
    of_hosts: dict[Bearing, list[Finding]] = defaultdict(list)
    of_machines: dict[Bearing, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for finding in findings:
        vm_id = finding.subject.vm_id
        if not vm_id:
            of_hosts[finding.bears].append(finding)
            continue
        of_machines[finding.bears][vm_id].append(finding)
        if finding.subject.kind is scopes.VM_ROUTE:
            whole = vm_id == ALL_VMS
            label = finding.subject.label.rpartition(" on ")[0] or vm_id
            names[finding.subject.source][vm_id] = "all of them" if whole else label
    one_of = {bears: group[0] for bears, group in of_hosts.items()}
    one_of |= {bears: next(iter(group.values()))[0] for bears, group in of_machines.items()}
    found: list[Row] = []
    for (source, end), kinds in sorted(moves.items()):
        ends = [bears for bears, one in one_of.items() if one.bears_on(source, end)]
        shared = [finding for bears in ends for finding in of_hosts.get(bears, ())]
        for vm_id, name in names[source].items():
            bearing = [*(f for bears in ends for f in of_machines.get(bears, {}).get(vm_id, ())), *shared]
            for state in readiness(tallied(bearing, threshold), kinds, kinds):
                identity = "" if vm_id == ALL_VMS else vm_id
                why = _reasons(bearing, state)
                found.append(Row(name, source, end, state.profile, state.verdict, why, identity))
    return sorted(found, key=_order)


def _order(row: Row) -> tuple[str, str, str, str, int]:
    return row.machine.casefold(), row.vm_id, row.source, row.destination, KINDS.index(row.profile)


def _reasons(bearing: Iterable[Finding], state: ProfileState) -> tuple[str, ...]:
    """The checks that stop it; where none does, those that could not be judged."""
    stops = dict.fromkeys(check for check, _ in state.blockers)
    of_kind = (f for f in bearing if state.profile in f.profiles and f.status in (Status.UNKNOWN, Status.ERROR))
    return tuple(stops or dict.fromkeys(finding.check for finding in of_kind))


def csv_of(found: Iterable[Row]) -> str:
    """The rows as CSV; what a program would take for a formula is text there."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*HEAD, IDENTITY))
    for row in found:
        cells = (row.machine, row.source, row.destination, row.profile, row.verdict, " ".join(row.reasons), row.vm_id)
        writer.writerow(["'" + cell if cell.startswith(ACTIVE) else cell for cell in map(clean, cells)])
    return inert(text.getvalue())


def table_of(found: Iterable[Row], width: int) -> str:
    """The rows as a table for people, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="")
    for word in HEAD:
        made.add_column(word, overflow="fold")
    for row in found:
        more = f" and {len(row.reasons) - STOPS} more" if len(row.reasons) > STOPS else ""
        why = ", ".join(row.reasons[:STOPS]) + more
        cells = (row.machine, short(row.source), short(row.destination), MOVES[row.profile], row.verdict, why)
        made.add_row(*(Text(clean(cell).replace("\n", " ")[:LONGEST]) for cell in cells))
    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    with console.capture() as capture:
        console.print(made)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())
