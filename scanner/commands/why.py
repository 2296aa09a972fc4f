"""why: every check that bears on one move, from a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from scanner.commands import options
from scanner.commands.console import UsageError, say
from scanner.commands.machines import one_of
from scanner.commands.scan import load
from scanner.judge import judging, scopes
from scanner.judge.policy import readiness, tallied, worst_of
from scanner.words.estate import Route
from scanner.words.model import Status
from scanner.words.names import meant
from scanner.words.report import Finding, ProfileState
from scanner.words.scope import Subject
from scanner.words.source import unverified_words
from scanner.words.wording import near

KINDS = ("vm", "host")
Move = tuple[str, str]
"""Source and destination."""


def why(
    kind: Annotated[str, typer.Argument(help="vm or host", autocompletion=lambda: list(KINDS))],
    name: Annotated[str, typer.Argument(help="Name of the virtual machine or the source host.")],
    to: Annotated[str, typer.Option("--to", help="The destination host.")],
    file: Annotated[options.Path, typer.Option("--record", help="The file that scan --save wrote.")],
    *,
    fail_on: options.FailOn = "low",
    plugins: options.Plugins,
) -> int:
    """Show every check that bears on one move, worst first, from a record. Exit 0, 1 or 3, as scan does."""
    if kind not in KINDS:
        raise UsageError(f'why "{kind}": write why vm NAME --to HOST, or why host NAME --to HOST')
    offer = plugins.load()
    evidence = load(file, offer)
    moves = _moves(evidence.estate.routes, to, name if kind == "host" else "", file.name)
    findings = judging.judge(offer.checks, evidence)
    machines = _machines(findings, moves, name) if kind == "vm" else {}
    if kind == "vm":
        moves = set(machines.values())
    if not moves:
        advice = _nearest_machine(findings, name) if kind == "vm" else ""
        raise UsageError(f'no planned move of "{name}" to "{to}" is in this record{advice}')
    if blind := sorted(target.name for target in evidence.targets() if target.unverified):
        say(unverified_words(blind))
    states: list[ProfileState] = []
    for source, destination in sorted(moves):
        bearing = [finding for finding in findings if _matters(finding, source, destination, machines)]  # worst first
        there = readiness(tallied(bearing, options.severity(fail_on)), evidence.estate.profiles)
        say(f"{source} → {destination}: {', '.join(f'{state.profile} {state.verdict}' for state in there)}")
        states += there
        for finding in bearing:
            _tell(finding)
    return worst_of(states)


def _matters(finding: Finding, source: str, destination: str, machines: dict[str, Move]) -> bool:
    vm = finding.subject.vm_id
    if vm and machines and vm not in machines:
        return False
    return finding.bears_on(source, destination)


def _tell(finding: Finding) -> None:
    kind = f" ({finding.profile})" if finding.profile else ""
    say(f"  {finding.status:<15}{finding.check:<8}{_inside(f'{finding.subject.title}: {finding.title}{kind}')}")
    if finding.status in (Status.PASS, Status.NOT_APPLICABLE):
        return
    for word, text in (
        ("seen", finding.seen),
        ("wanted", finding.wanted),
        ("why", finding.note),
        ("works", finding.works),
        ("do", finding.remedy),
    ):
        if text:
            say(f"  {'':<15}{word:<8}{_inside(text)}")


def _inside(text: str) -> str:
    """The text in its own column: a machine may be called by a name with line ends, and none begins a line of ours."""
    return text.replace("\n", "\n" + " " * 25)


def _machines(findings: Iterable[Finding], moves: set[Move], name: str) -> dict[str, Move]:
    """Moves by GUID of the virtual machines of that name."""
    named = (s for s in _moving(findings) if s.label.rpartition(" on ")[0].lower() == name.lower())
    return {s.vm_id: (s.source, s.destination) for s in named if (s.source, s.destination) in moves}


def _moving(findings: Iterable[Finding]) -> set[Subject]:
    return {f.subject for f in findings if f.subject.kind is scopes.VM_ROUTE}


def _nearest_machine(findings: Iterable[Finding], name: str) -> str:
    names = sorted({subject.label.rpartition(" on ")[0] for subject in _moving(findings)})
    found = near(name, [other.lower() for other in names])
    return next((f'; did you mean "{other}"?' for other in names if found and other.lower() == found), "")


def _moves(routes: Iterable[Route], to: str, source: str, where: str) -> set[Move]:
    """The planned moves to a host, from one or from all; none if both ends are planned, and not together."""
    planned = tuple(routes)
    ends = tuple(route.destination for route in planned)
    if source:
        source = one_of(source, (route.source for route in planned), where, "source")
        planned = tuple(route for route in planned if route.source == source)
    from_there = tuple(route.destination for route in planned)
    if not meant(to, from_there):
        one_of(to, ends, where, "destination")
        return set()
    end = one_of(to, from_there, where, "destination")
    return {(route.source, end) for route in planned if route.destination == end}
