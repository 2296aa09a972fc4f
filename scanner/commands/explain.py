"""checks, explain, why: what is verified, on what grounds, and what bears on one move."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from scanner.commands import options
from scanner.commands.console import UsageError, say
from scanner.commands.machines import one_of
from scanner.commands.scan import load
from scanner.judge import judging, scopes
from scanner.judge.policy import readiness, worst_of
from scanner.words.check import Check
from scanner.words.estate import Route
from scanner.words.exits import READY
from scanner.words.model import Fact, Status, key_of
from scanner.words.names import meant
from scanner.words.not_judged import NotJudged
from scanner.words.report import Finding, ProfileState
from scanner.words.scope import Subject
from scanner.words.source import unverified_words
from scanner.words.wording import counted, near, nearest, show

KINDS = ("vm", "host")
Move = tuple[str, str]
"""Source and destination."""


NotJudgedFlag = Annotated[bool, typer.Option("--not-judged", help="What no check judges, yet or ever.")]


def checks(*, not_judged: NotJudgedFlag = False, plugins: options.Plugins) -> int:
    """List the checks, or what none of them judges."""
    offer = plugins.load()
    if not_judged:
        return _not_judged(offer.not_judged)
    for check in offer.checks:
        say(f"{check.id:<8}{check.severity.word:<10}{check.scope.name:<11} {check.title}")
    say(f"{counted(len(offer.checks), 'check')}; hv-preflight explain {offer.checks[0].id} tells more")
    return READY


def _not_judged(rows: Iterable[NotJudged]) -> int:
    """List what no check judges, each with its passage and what to do oneself."""
    for row in rows:
        say(f"{row.id or '-':<8}{', '.join(sorted(row.profiles)):<32} {row.title} ({row.source})")
        if row.look:
            say(f"{'':<41}{row.look}")
    return READY


def _ids(incomplete: str) -> list[str]:
    """The built-in checks whose ids begin so, in any case."""
    offer = options.Plugins(no_plugins=True).load()
    return [
        incomplete + check.id[len(incomplete) :] for check in offer.checks if check.id.startswith(incomplete.upper())
    ]


def explain(
    check: Annotated[str, typer.Argument(help="The check's id, as in DEL-01.", autocompletion=_ids)],
    plugins: options.Plugins,
) -> int:
    """Tell what a check verifies, why it matters, what it reads, where that is written, and how to mend it."""
    offer = plugins.load()
    known = {item.id: item for item in offer.checks}
    found = known.get(check.upper())
    if found is None:
        raise UsageError(f"there is no check {show(check)}{nearest(check, [name.lower() for name in known])}")
    say(text_of(found))
    return READY


def text_of(check: Check) -> str:
    """The page of one check, from its own metadata."""
    profiles = ", ".join(sorted(check.profiles))
    lines = [
        f"{check.id}  {check.title}",
        f"{check.severity.word} · one verdict a {check.scope} · {profiles}",
        "",
        check.doc,
        "",
        "Reads",
    ]
    lines += [f"  {key_of(fact):<23} {_how(fact)}" for fact in check.needs]
    lines += ["", "Mend", f"  {check.remedy}", "", "Where it is written", f"  {check.seed}"]
    lines += ["", "Where it is decided", *(f"  {name.replace('.', '/')}.py" for name in _deciding(check))]
    return "\n".join(lines)


def _deciding(check: Check) -> tuple[str, ...]:
    """The check's own module, then those of the same plug-in, or of ours, from which it has what it calls."""
    house = check.module.partition(".")[0]
    used = {getattr(value, "__module__", "") or "" for value in vars(sys.modules[check.module]).values()}
    return (check.module, *sorted(name for name in used if name.startswith(f"{house}.") and name != check.module))


def _how(fact: type[Fact]) -> str:
    """What is asked for it, or in its own words what it is."""
    return fact.question() or next(iter((fact.__doc__ or "").strip().splitlines()), "")


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
        there = readiness(bearing, evidence.estate.profiles, options.severity(fail_on))
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
