"""vms: which virtual machines may move now, where to, and why not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from scanner.commands import choosing, options
from scanner.commands.console import UsageError, clean, hand_over, say, tell, terminal
from scanner.commands.sources import Move, Sources, as_far
from scanner.commands.speech import in_words
from scanner.judge import judging
from scanner.judge.machine_moves import MachineMoves
from scanner.judge.policy import worst_of
from scanner.words.estate import Route
from scanner.words.inert import inert
from scanner.words.machine_moves import MachineMove
from scanner.words.model import Profile, Severity
from scanner.words.moves import MOVES
from scanner.words.names import short
from scanner.words.report import Finding
from scanner.words.telling import by_text, joined
from scanner.words.telling import tell as phrase
from scanner.words.told import plain
from scanner.words.wording import counted

LONGEST = 80
"""characters of a name in the table"""
HEAD = (
    phrase("machine"),
    phrase("on", within="column"),
    phrase("to", within="column"),
    phrase("kind of move"),
    phrase("may it move"),
    phrase("why not"),
)
IDENTITY = "machine id"
"""The CSV's last column: two machines may have one name."""
KINDS = tuple(Profile)
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a cell of a table's program begins with that is taken for a formula (OWASP: CSV injection)."""
STOPS = 3
"""checks that are named in the table; the CSV names all"""


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
            raise UsageError(phrase('"{to}" is the destination of no planned move of {where}', to=to, where=where))
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
    words = phrase(
        "{machines} planned, {ready:,} of them ready",
        machines=counted(len(found), "move of a machine", "moves of machines"),
        ready=ready,
    )
    none = (
        phrase("no machine is judged by what was chosen")
        if estate.chosen
        else phrase("no virtual machine is on a planned move")
    )
    for line in (words if found else none, *as_far(evidence)):
        (tell if as_csv else say)(line)
    return worst_of(found)


def rows(
    findings: Iterable[Finding], moves: Mapping[Move, frozenset[Profile]], threshold: Severity
) -> list[MachineMove]:
    """A row for each machine, planned move and kind of move that it is planned for, by the machine's name."""
    return sorted(MachineMoves(findings, moves, threshold)(), key=_order)


def _order(row: MachineMove) -> tuple[str, str, str, str, int]:
    return row.machine.casefold(), row.vm_id, row.source, row.destination, KINDS.index(row.profile)


def csv_of(found: Iterable[MachineMove]) -> str:
    """The rows as CSV; what a program would take for a formula is text there."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*map(plain, HEAD), IDENTITY))
    for row in found:
        cells = (row.machine, row.source, row.destination, row.profile, row.verdict, " ".join(row.reasons), row.vm_id)
        writer.writerow(["'" + cell if cell.startswith(ACTIVE) else cell for cell in map(clean, cells)])
    return inert(text.getvalue())


def table_of(found: Iterable[MachineMove], width: int) -> str:
    """The rows as a table for people, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="")
    for word in HEAD:
        made.add_column(in_words(word), overflow="fold")
    for row in found:
        why = joined(", ", row.reasons[:STOPS])
        if len(row.reasons) > STOPS:
            why = phrase("{named} and {rest:,} more", named=why, rest=len(row.reasons) - STOPS)
        verdict = by_text(row.verdict, "verdict")
        cells = (row.machine, short(row.source), short(row.destination), MOVES[row.profile], verdict, why)
        made.add_row(*(Text(clean(in_words(cell)).replace("\n", " ")[:LONGEST]) for cell in cells))
    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    with console.capture() as capture:
        console.print(made)
    return joined("\n", (line.rstrip() for line in capture.get().splitlines()))
