"""Carries out what findings print, in an order in which a cause comes before what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from lab.remedy.interpreter import commands_of, run
from lab.remedy.world import World
from scanner.words.model import Status
from scanner.words.report import Finding

CAUSES = ("ID", "HOST", "CLU", "VM", "DEL", "LM", "NET", "REP", "RCH")
"""Who a host is and that its service runs, before what its service is set to, before who reaches it."""
TIMES = 3
"""How often the estate is scanned again."""
Key = tuple[str, str, str]
Judge = Callable[[World], tuple[Finding, ...]]


@dataclass(frozen=True)
class Problem:
    """What a remedy does not hold to."""

    finding: Key
    what: str

    def __str__(self) -> str:
        return f"{' '.join(filter(None, self.finding))}: {self.what}"


def key_of(finding: Finding) -> Key:
    """What stays the same of a finding from scan to scan."""
    return finding.check, finding.subject.id, finding.profile


def ordered(findings: Iterable[Finding], mixed: Random | None = None) -> list[Finding]:
    """The findings with a command, causes first; those of one area by check, or mixed."""
    asks = [f for f in findings if f.status is not Status.PASS and commands_of(f.remedy)]
    asks.sort(key=lambda f: (f.check, f.subject.id, f.profile))
    if mixed is not None:
        mixed.shuffle(asks)
    return sorted(asks, key=lambda f: _place(f.check))


def _place(check: str) -> int:
    area = check.partition("-")[0]
    return CAUSES.index(area) if area in CAUSES else len(CAUSES)


def carry_out(world: World, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Carry out every command once, each remedy as it is printed, in this order; gives what is refused."""
    done: set[str] = set()
    for finding in findings:
        yield from (Problem(key_of(finding), refused) for refused in run(world, finding.remedy, done, finding.note))


def cure(
    world: World, judge: Judge, by_hand: Mapping[Key, Finding] | None = None, mixed: Random | None = None
) -> list[Problem]:
    """Scan, carry out, scan again, up to three times; gives whatever a remedy does not hold to.

    What ever had a command passes at the end, or does not apply; or it warns of something else, for which no command is
    printed; or it says what ``by_hand`` says, the findings about what only a person can mend. Nothing that ever passed
    fails or is unclear at the end.
    """
    found = judge(world)
    passed = _passed(found)
    problems: dict[Problem, None] = {}
    commanded: dict[Key, Finding] = {}
    for _ in range(TIMES):
        asking = ordered(found, mixed)
        if not asking:
            break
        commanded |= {key_of(f): f for f in asking}
        problems |= dict.fromkeys(carry_out(world, asking))
        found = judge(world)
        passed |= _passed(found)
    last = {key_of(f): f for f in found}
    problems |= dict.fromkeys(_left(commanded, last, by_hand or {}))
    problems |= dict.fromkeys(_worse(passed, last))
    return list(problems)


def _left(commanded: dict[Key, Finding], last: dict[Key, Finding], by_hand: Mapping[Key, Finding]) -> Iterator[Problem]:
    for key, asked in commanded.items():
        end = last.get(key)
        if end is None or not (_settled(asked, end) or _same(end, by_hand.get(key))):
            seen = f"{end.status}: {end.seen or end.note}" if end else "gone"
            yield Problem(key, f"not cured: {seen}; printed: {asked.remedy}")


def _settled(asked: Finding, end: Finding) -> bool:
    if end.status is Status.WARN:
        return not commands_of(end.remedy) and end.seen != asked.seen
    return end.status in (Status.PASS, Status.NOT_APPLICABLE)


def _same(end: Finding, left: Finding | None) -> bool:
    return left is not None and end.status is left.status and not commands_of(end.remedy)


def _passed(findings: Iterable[Finding]) -> dict[Key, None]:
    return {key_of(finding): None for finding in findings if finding.status is Status.PASS}


def _worse(passed: Iterable[Key], last: dict[Key, Finding]) -> Iterator[Problem]:
    for key in passed:
        after = last.get(key)
        if after is None or after.status in (Status.FAIL, Status.ERROR, Status.UNKNOWN):
            seen = f"{after.status}: {after.seen or after.note}" if after else "gone"
            yield Problem(key, f"harmed: passed before, and now {seen}")
