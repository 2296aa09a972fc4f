"""What became of every target, as rows of steps: evidence in, rows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from scanner.collect.jobs import silent
from scanner.collect.stepwise import Stepwise
from scanner.collect.windows.errors import TAKES
from scanner.facts.directory import DomainController
from scanner.facts.host import AnsweringMachine
from scanner.facts.kerberos import ControllerClock, HostClock
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason, TargetKind, key_of
from scanner.words.names import within
from scanner.words.step import Row, State, Step
from scanner.words.telling import joined, tell
from scanner.words.trouble import NO_ADVICE, Kind, advise
from scanner.words.wording import counted, lasting

BEARS = timedelta(minutes=5)
"""what Kerberos bears between two clocks, as Windows sets it"""
TOLD = timedelta(seconds=2)
"""less than this is no difference: controllers tell whole seconds"""
RIGHTS = (GapReason.ACCESS_DENIED, GapReason.HIDDEN)
UNSIGNED = frozenset(map(key_of, (AnsweringMachine, DomainController)))
"""facts that are known before anybody signs in"""
NAMED = 4
"""facts that a line names"""


def rows_of(evidence: Evidence, wanted: Mapping[str, TargetKind], way: Stepwise) -> tuple[Row, ...]:
    """A row for each target that was to be asked, and for those beside them of which something would be missing."""
    gaps: dict[str, list[Gap]] = {}
    for gap in evidence.gaps():
        gaps.setdefault(gap.target, []).append(gap)
    spoke = {answer.target for answer in evidence.answers() if answer.key[0] not in UNSIGNED}
    unread = [name for name, kind in wanted.items() if kind is TargetKind.DOMAIN and name not in spoke]
    rows = [Row(name, kind, tuple(_steps(evidence, name, kind, way, gaps.get(name, ()), name in spoke)))
            for name, kind in wanted.items()]  # fmt: skip
    for info in evidence.targets():
        mine = gaps.get(info.name, ())
        with_its_domain = info.kind == TargetKind.CONTROLLER and any(within(info.name, name) for name in unread)
        if info.name not in wanted and mine and not with_its_domain:
            rows.append(Row(info.name, info.kind, tuple(_asked(evidence, info.name, mine, info.name in spoke))))
    return tuple(rows)


def _steps(
    evidence: Evidence, name: str, kind: TargetKind, way: Stepwise, gaps: Sequence[Gap], spoke: bool
) -> Iterator[Step]:
    """What was met on the way, and then what came of asking."""
    before = tuple(way.steps.get(name, ()))
    yield from before
    if any(step.state is State.WRONG for step in before):
        yield Step("sign-in", State.LEFT, "")
    elif name in way.faults:
        yield Step("sign-in", State.LEFT, tell("not signed in: {faults}", faults=way.faults[name]))
    elif kind is TargetKind.KEY_FILE:
        yield from _missing(gaps) if gaps else [Step("file", State.OK, tell("read"))]
    else:
        yield from _asked(evidence, name, gaps, spoke)


def _asked(evidence: Evidence, name: str, gaps: Sequence[Gap], spoke: bool) -> Iterator[Step]:
    """The sign-in, the clock, the rights, the time a query takes."""
    if not spoke:
        gap = silent(evidence).get(name) or next(iter(gaps), None)
        said, advice = (gap.because, gap.advice) if gap else (tell("it gave no answer"), NO_ADVICE)
        yield Step("sign-in", State.WRONG, tell("not read: {said}", said=said), advice)
        return
    yield Step("sign-in", State.OK, tell("signed in"))
    yield from _clock(evidence, name)
    yield from _missing(gaps)
    if not gaps:
        yield Step("rights", State.OK, tell("rights ok"))
    info = evidence.target(name)
    if info and info.queries:
        each = lasting(info.seconds / info.queries)
        yield Step(
            "time",
            State.OK,
            tell(
                "{querys} in {lasting}, {each} each",
                querys=counted(info.queries, "query", "queries"),
                lasting=lasting(info.seconds),
                each=each,
            ),
        )


def _clock(evidence: Evidence, name: str) -> Iterator[Step]:
    """The clock against this machine's; nothing where nobody was told it."""
    told = [row for fact in (HostClock, ControllerClock) if not isinstance(rows := evidence.ask(fact, name), Gap)
            for row in rows]  # fmt: skip
    if not told:
        return
    late, ahead = max((_off(row) for row in told), key=lambda pair: pair[0])
    by = lasting(late.total_seconds())
    words = (
        tell("clock {lasting} ahead of this machine's", lasting=by)
        if ahead
        else tell("clock {lasting} behind this machine's", lasting=by)
    )
    if late > BEARS:
        yield Step("clock", State.WRONG, words, advise(Kind.CLOCK))
    else:
        yield Step("clock", State.OK, words if late >= TOLD else tell("clock ok"))


def _off(row: HostClock | ControllerClock) -> tuple[timedelta, bool]:
    """How far a clock is off at least, and whether it is ahead."""
    ahead, behind = row.told - row.received, row.asked - row.told
    return max(ahead, behind, timedelta()), ahead > behind


def _missing(gaps: Iterable[Gap]) -> Iterator[Step]:
    """What would be missing: what the account may not read, and then the rest by its reason."""
    gaps = tuple(gaps)
    denied = tuple(gap for gap in gaps if gap.reason in RIGHTS)
    if denied:
        needs = dict.fromkeys(gap.detail.partition(TAKES)[2] or gap.because for gap in denied)
        yield _step("rights", denied, tell("needs {needs}", needs=joined("; ", needs)))
    by_reason: dict[str, list[Gap]] = {}
    for gap in gaps:
        if gap.reason not in RIGHTS:
            by_reason.setdefault(gap.because, []).append(gap)
    for because, mine in by_reason.items():
        yield _step("answers", tuple(mine), because)


def _step(name: str, gaps: Sequence[Gap], why: str) -> Step:
    facts = tuple(gap.fact for gap in gaps)
    named = joined(", ", facts[:NAMED])
    if len(facts) > NAMED:
        named = tell("{named} and {rest} more", named=named, rest=len(facts) - NAMED)
    many = counted(len(facts), "fact")
    text = tell("{facts} would be missing, {named} ({why})", facts=many, named=named, why=why)
    text = tell("rights: {text}", text=text) if name == "rights" else text
    return Step(name, State.WRONG, text, gaps[0].advice, facts)
