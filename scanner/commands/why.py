"""why: every check that bears on one move, from a record or from the machines themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from scanner.commands import ahead, choosing, options
from scanner.commands.baseline import earlier, of_file
from scanner.commands.columns import filled
from scanner.commands.console import UsageError, columns, say
from scanner.commands.machines import one_of
from scanner.commands.sources import Move, Sources, as_far
from scanner.commands.waivers import of
from scanner.commands.why_lines import lines_of
from scanner.facts.vm import VirtualMachineSettings
from scanner.judge import judging, scopes
from scanner.judge.comparing import compared
from scanner.judge.machines import called
from scanner.judge.policy import readiness, worst_of
from scanner.judge.tally import tallied
from scanner.judge.waiving import laid
from scanner.words.chosen import left_out
from scanner.words.estate import Route
from scanner.words.evidence import Evidence
from scanner.words.model import ALL_VMS, Gap, Profile, Severity, Status
from scanner.words.moves import MOVES
from scanner.words.names import meant, short
from scanner.words.readiness import ProfileState
from scanner.words.report import AS_FAR, Finding
from scanner.words.scope import Subject
from scanner.words.source import nobody_read, unverified_words
from scanner.words.telling import joined, tell
from scanner.words.wording import near

KINDS = ("vm", "host")


def why(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="vm or host", autocompletion=lambda: list(KINDS))],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the virtual machine or the source host.")],
    *,
    to: Annotated[str, typer.Option("--to", metavar="HOST", help="The destination host.")],
    known: Sources,
    checks: choosing.Checks,
    at: ahead.At = None,
    fail_on: options.FailOn = "low",
    gate: options.Gate,
    baseline: options.KnownSince = None,
    plugins: options.Plugins,
) -> int:
    """Show every check that bears on one move, worst first.

    Without a record it reads what it needs of the estate, and nothing else.
    """
    if kind not in KINDS:
        raise UsageError(tell('why "{kind}": write why vm NAME --to HOST, or why host NAME --to HOST', kind=kind))
    offer = plugins.load()
    start = name if kind == "host" else ""
    waivers, before = of(gate.waivers, offer), earlier(baseline, of_file(baseline, offer))
    evidence, offer = known.evidence(offer, checks, lambda routes, where: _moves(routes, to, start, where))
    moves = _moves(evidence.estate.routes, to, start, known.where)
    time = ahead.instant(at, evidence)
    findings, _ = laid(judging.judge(offer.checks, evidence, time), waivers, time or evidence.finished)
    findings, _ = compared(findings, earlier(baseline, before, evidence.finished), ())
    machines: set[Subject] = set()
    if kind == "vm":
        machines = _named(_moving(findings), name, moves) or _not_listed(findings, evidence, moves)
        moves = {_move(machine) for machine in machines}
        if out := _left_out(evidence, machines):
            raise UsageError(tell('"{name}" is not judged: {out}', name=name, out=out))
    if not moves:
        advice = _planned_otherwise(_moving(findings), name) if kind == "vm" else ""
        raise UsageError(
            tell(
                'no planned move of "{name}" to "{to}" is in {where}{advice}',
                name=name,
                to=to,
                where=known.where,
                advice=advice,
            )
        )
    if blind := sorted(target.name for target in evidence.targets() if target.unverified):
        say(unverified_words(blind))
    for line in as_far(evidence):
        say(line)
    ahead.tell_of(time)
    threshold, ids = options.severity(fail_on), {machine.vm_id for machine in machines}
    return worst_of([state for move in sorted(moves) for state in _shown(findings, evidence, move, ids, threshold)])


def _shown(
    findings: Sequence[Finding], evidence: Evidence, move: Move, ids: set[str], threshold: Severity
) -> tuple[ProfileState, ...]:
    """Tell of one move, all that bears on it, worst first; how ready it is for each kind that it is planned for."""
    kinds = _kinds(evidence, *move)
    bearing = [one for one in findings if one.profiles & kinds and _matters(one, *move, ids)]
    planned = frozenset[Profile]() if nobody_read(evidence.targets()) else kinds
    states = readiness(tallied(bearing, threshold), kinds, planned)
    width, far = columns(), [AS_FAR] if evidence.estate.chosen else []
    said = [tell("{moves} {said}", moves=MOVES[state.profile], said=state.said) for state in states]
    text = tell("{move}: {said}", move=" → ".join(move), said=joined(", ", [*said, *far]))
    say(filled(text, width))
    for finding in bearing:
        for line in lines_of(finding, width):
            say(line)
    return states


def _kinds(evidence: Evidence, source: str, destination: str) -> frozenset[Profile]:
    """The kinds of move that the route is planned for."""
    route = evidence.route(source, destination)
    return evidence.estate.kinds_of(route) if route else frozenset()


def _matters(finding: Finding, source: str, destination: str, machines: set[str]) -> bool:
    vm = finding.subject.vm_id
    if vm and machines and vm not in machines:
        return False
    return finding.bears_on(source, destination)


def _move(machine: Subject) -> Move:
    return machine.source, machine.destination


def _name(machine: Subject) -> str:
    """What it is called; empty of all machines of a host as one."""
    return machine.label.rpartition(" on ")[0]


def _moving(findings: Iterable[Finding]) -> set[Subject]:
    """The virtual machines on planned moves, each once a destination."""
    return {f.subject for f in findings if f.subject.kind is scopes.VM_ROUTE}


def _named(moving: Iterable[Subject], name: str, moves: set[Move]) -> set[Subject]:
    """Those of that name on these moves."""
    return {one for one in moving if _name(one).lower() == name.lower() and _move(one) in moves}


def _not_listed(findings: Iterable[Finding], evidence: Evidence, moves: set[Move]) -> set[Subject]:
    """All machines as one, where nobody knows which of them are on these moves; why is told once a host."""
    found: dict[Subject, str] = {}
    for finding in findings:
        one = finding.subject
        unknown = finding.status in (Status.UNKNOWN, Status.ERROR) and one.vm_id == ALL_VMS
        if unknown and one.kind is scopes.VM_ROUTE and _move(one) in moves:
            gap = evidence.ask(VirtualMachineSettings, one.source)
            whose = tell("virtual machines of {short}", short=short(one.source))
            found[one] = (
                tell("{whose} were not read: {because}", whose=whose, because=gap.because)
                if isinstance(gap, Gap)
                else tell("{whose}: {note}", whose=whose, note=finding.note)
            )
    for text in sorted(set(found.values())):
        say(text)
    return set(found)


def _left_out(evidence: Evidence, machines: Iterable[Subject]) -> str:
    """Why the estate leaves one of these machines out; what bears on its move says nothing about it then."""
    each = ((one.vm_id, called(evidence, one.source).get(one.vm_id, ())) for one in sorted(machines))
    return next(filter(None, (left_out(evidence.estate, vm_id, names) for vm_id, names in each if names)), "")


def _planned_otherwise(moving: Iterable[Subject], name: str) -> str:
    """Where a machine of that name is planned to go; if there is none, the name that comes nearest."""
    known = sorted({_name(one) for one in moving} - {""})
    ends = sorted({one.destination for one in moving if _name(one).lower() == name.lower()})
    if ends:
        return tell("; it is planned to move to {ends}", ends=joined(", ", ends))
    found = near(name, [other.lower() for other in known])
    return next((tell('; did you mean "{other}"?', other=other) for other in known if other.lower() == found), "")


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
