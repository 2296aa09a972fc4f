"""What is told of a run where something changed: numbers, checks of our own catalogue, the verdict. Never evidence.

A notice leaves for a service that may keep it for ever, so nothing that a target told is in it: no name, no value, no
text. Names of hosts, as the estate has them, come along where a person asks for them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from enum import StrEnum

from scanner.words.baseline import Change, Difference, Key
from scanner.words.check import Check
from scanner.words.exits import INTERRUPTED, NOT_READY, WORDS
from scanner.words.inert import inert
from scanner.words.model import Status
from scanner.words.report import Report
from scanner.words.waivers import OPEN, WaiverState
from scanner.words.wording import counted, foreign

SOON = timedelta(days=14)
"""So long before it, that a verdict turns is told."""
CHECKS, NAMES = 12, 8
"""So many checks of one kind of change are named, and so many machines of each."""
OURS = "checks."
"""Where our own checks are: what one of a plug-in is called is not told."""
NO_NAME = re.compile(r"[^A-Za-z0-9.-]")


class Mood(StrEnum):
    """How a service shows it."""

    WORSE = "failure"
    BETTER = "success"
    OTHER = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message."""

    title: str
    text: str
    mood: Mood


def notice_of(report: Report, *, names: bool = False, link: str = "") -> Notice | None:
    """What to tell of a run that was held against the one before; None: nothing changed, or there is none before.

    Args:
        report: whole and to its end, else there is none.
        names: whether machines are named.
        link: where people find the report.
    """
    since = report.baseline
    if since is None or report.chosen or report.at or report.verdict == WORDS[INTERRUPTED]:
        return None
    told = _Told(report, since, names)
    lines = [*told.lines()]
    if not lines:
        return None
    failed, unknown = report.counts.get(Status.FAIL, 0), sum(report.counts.get(status, 0) for status in OPEN)
    lines.append(f"In all: {counted(failed, 'failure')}, {unknown:,} not judged, {report.waived.findings:,} waived.")
    lines += [f"Report: {inert(link)}"] if link else []
    return Notice(title=f"hv-preflight: {told.heading()}", text="\n".join(lines), mood=told.mood())


class _Told:
    """What changed between two runs."""

    def __init__(self, report: Report, since: Difference, names: bool) -> None:
        self.report, self.since, self.names = report, since, names
        counts = {
            (one.check, one.subject.id, one.profile)
            for one in report.findings
            if report.blocks(one) or report.lacks(one)
        }
        self.new = [one for one in since.new if one.now is Status.FAIL and _key(one) in counts]
        self.mended = [one for one in since.mended if one.before is Status.FAIL]
        self.again = [one for one in since.mended if one.before in OPEN]
        self.lost = [one for one in since.unjudged if (_key(one) in counts if one.now else one.last == since.taken)]
        self.lost += [one for one in since.new if one.now in OPEN and _key(one) in counts]

    @property
    def turned(self) -> bool:
        """Whether the verdict is another one."""
        return self.since.verdict not in ("", self.report.verdict)

    def heading(self) -> str:
        """The verdict, what it was, and the numbers."""
        numbers = [
            f"{len(changes):,} {word}"
            for word, changes in (("new", self.new), ("mended", self.mended), ("not judged", self.lost))
            if changes
        ]
        was = f" (was {self.since.verdict})" if self.turned else ""
        return f"{self.report.verdict}{was}" + (f": {', '.join(numbers)}" if numbers else "")

    def mood(self) -> Mood:
        """Worse than before, better, or neither to be said."""
        if self.new or self.lost or (self.turned and self.since.verdict == "ready"):
            return Mood.WORSE
        stopped = self.turned and self.report.verdict == WORDS[NOT_READY]  # a host is back, with what was known of it
        return Mood.BETTER if (self.mended or self.turned) and not stopped else Mood.OTHER

    def lines(self) -> Iterator[str]:
        """All of it; nothing where nothing changed."""
        if self.turned:
            yield f"The verdict is {self.report.verdict}, and was {self.since.verdict}."
        yield from self._listed("new failure", "new failures", self.new)
        yield from self._listed("failure is mended", "failures are mended", self.mended)
        yield from self._listed("finding could not be judged", "findings could not be judged", self.lost)
        yield from self._listed("finding could be judged again", "findings could be judged again", self.again)
        yield from self._waivers()
        yield from self._turning()

    def _listed(self, one: str, several: str, changes: Iterable[Change]) -> Iterator[str]:
        by_check: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_check[change.check].append(change)
        many = sum(map(len, by_check.values()))
        if not many:
            return
        yield f"{counted(many, one, several)}:"
        for check, found in [*by_check.items()][:CHECKS]:
            called = self._called(check, {change.now for change in found})
            yield f"- {called}" + (f" ({len(found):,})" if len(found) > 1 else "") + self._where(found)
        if len(by_check) > CHECKS:
            yield f"- and {counted(len(by_check) - CHECKS, 'more check')}"

    def _called(self, check: str, states: Collection[Status | None]) -> str:
        """A check by its id, of our own with what is, as far as all of these ended alike."""
        ours, (state, *others) = self._ours.get(check), states
        said = ours.headline(state) if ours and state and not others else ours.title if ours else ""
        return f"{_plain(check)} {inert(said)}".rstrip()

    def _named(self, check: str) -> str:
        """The same within a sentence."""
        ours = self._ours.get(check)
        return _plain(check) + (f" ({inert(ours.title)})" if ours else "")

    @property
    def _ours(self) -> Mapping[str, Check]:
        ours = (check for check in self.report.checks if getattr(check.judge, "__module__", "").startswith(OURS))
        return {check.id: check for check in ours}

    def _where(self, changes: Iterable[Change]) -> str:
        """The machines, as the estate names them, where they are asked for."""
        if not self.names:
            return ""
        found = Counter(_plain(" and ".join(one.subject.machines)) for one in changes if one.subject.machines)
        named = ", ".join([*found][:NAMES]) + (f", and {len(found) - NAMES:,} more" if len(found) > NAMES else "")
        return f": {named}" if named else ""

    def _waivers(self) -> Iterator[str]:
        then = self.since.taken.astimezone(UTC).date()
        for use in self.report.waivers:
            until = use.waiver.until
            if use.state is WaiverState.ENDS_SOON and (until - then).days > use.warn_days:
                yield f"A waiver of {self._named(use.waiver.check)} ends on {until}."
            elif use.state is WaiverState.EXPIRED and until > then:
                yield f"A waiver of {self._named(use.waiver.check)} has ended on {until}."

    def _turning(self) -> Iterator[str]:
        """That the verdict turns soon, once: when that day comes near, or is another one."""
        until, since = self.report.until, self.since
        if until is None or until.time - self.report.finished > SOON:
            return
        crossed = until.time - since.taken > SOON
        if crossed or (since.turns is not None and until.time not in since.turns):
            when = f"{until.time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            yield f"The verdict turns at {when}, and is {until.verdict} then, by {self._named(until.check)}."


def _key(change: Change) -> Key:
    return change.check, change.subject.id, change.profile


def _plain(text: str) -> str:
    """A name without what a service might read as markup, a link or a call; spaces between names stay."""
    return " ".join(NO_NAME.sub("_", word) for word in foreign(text, 120).split(" "))
