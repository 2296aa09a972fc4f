"""What an action is: which failures are mended by the same work, and which verdicts wait for the same answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from scanner.words.actions import Action, Reach
from scanner.words.bearing import Role
from scanner.words.finding import Cause, Finding
from scanner.words.model import Gap, Status
from scanner.words.names import short
from scanner.words.report import Report
from scanner.words.wording import is_sentence

Key = tuple[str, str, str]


class Mending:
    """The failures of a report by who mends them where; what follows from others goes with them."""

    def __init__(self, report: Report) -> None:
        self.general = {check.id: check.remedy for check in report.checks}
        self.failed: dict[Cause, list[Finding]] = defaultdict(list)
        self.alike: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
        """by what mends them, then by check"""
        self.found: dict[Key, dict[Cause, Finding]] = defaultdict(dict)
        self.leads: dict[tuple[str, str], Key] = {}
        for finding in report.findings:
            if finding.status is Status.FAIL:
                self.failed[finding.check, finding.subject.id].append(finding)
                self.alike[finding.remedy][finding.check].append(finding)

    def keys(self, finding: Finding) -> Iterable[Key]:
        """What has to be done for a failure to go: each of its causes that follows from no other."""
        for root in self._roots(finding):
            key = self._work(root)
            self.found[key].setdefault((root.check, root.subject.id), root)
            yield key

    def _work(self, root: Finding) -> Key:
        """Its own check and place; where the same commands mend failures of several checks there, those of one of them.

        That is the one about fewest machines: what is wrong with one of them is why their moves fail.
        """
        place, alike = _place(root), self.alike[root.remedy]
        if len(alike) < 2 or not _is_done_by_commands(root.remedy):
            return root.check, root.who, place
        if (place, root.remedy) not in self.leads:
            there = (one for found in alike.values() for one in found if _place(one) == place)
            first = min(there, key=lambda one: (bool(one.follows_from), bool(one.waiver), len(one.subject.machines)))
            self.leads[place, root.remedy] = first.check, first.who, place
        return self.leads[place, root.remedy]

    def _roots(self, finding: Finding) -> Iterable[Finding]:
        """Its causes that follow from nothing else, and those that follow from one another alone; else itself."""
        reached = self._reached(finding)
        last = [one for one in reached if not one.follows_from or all(o.follows_from for o in self._reached(one))]
        return last or (finding,)

    def _reached(self, finding: Finding) -> list[Finding]:
        """All that it follows from, however far away."""
        seen, ahead, reached = dict[Cause, None](), list(finding.follows_from), list[Finding]()
        while ahead:
            cause = ahead.pop()
            if cause not in seen:
                seen[cause] = None
                reached += self.failed.get(cause, ())
                ahead += (further for one in self.failed.get(cause, ()) for further in one.follows_from)
        return reached

    def words(self, keys: Sequence[Key], reach: Reach) -> Action:
        """The action that these keys are together."""
        check, who, _ = keys[0]
        found = {cause: finding for key in keys for cause, finding in self.found[key].items()}
        words = self.general.get(check, "") or next(iter(found.values())).title
        return Action(
            check=check, who=who, words=words, about=tuple(place for _, _, place in keys), findings=tuple(found),
            reach=reach,
        )  # fmt: skip


def _is_done_by_commands(remedy: str) -> bool:
    return any(line.strip() and not is_sentence(line) for line in remedy.splitlines())


def _place(finding: Finding) -> str:
    """The machine that is acted on: of two the one that the remedy names first; else what the finding is about."""
    subject = finding.subject
    if subject.kind.role in (Role.ROUTE, Role.PAIR):
        named = ((_named(machine, finding.remedy), machine) for machine in subject.machines)
        first = min(((place, machine) for place, machine in named if place >= 0), default=None)
        if first:
            return first[1]
        return subject.source if subject.vm_id else subject.title
    return subject.host if subject.machines else subject.title


def _named(machine: str, remedy: str) -> int:
    found = _pattern(short(machine)).search(remedy)
    return found.start() if found else -1


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)


LISTED = 100
"""So many verdicts that wait for one answer are listed: there may be millions, and each says itself what it lacks."""


class Reading:
    """The verdicts that are missing by what was not read."""

    def __init__(self, report: Report) -> None:
        self.gaps = {(gap.fact, gap.target): gap for gap in report.gaps}
        self.said = {str(gap): gap for gap in report.gaps}
        self.found: dict[Key, dict[Cause, None]] = defaultdict(dict)
        self.more: set[Key] = set()

    def keys(self, finding: Finding) -> Iterable[Key]:
        """What has to be read for a verdict."""
        read = (self.gaps.get((source.fact, source.target)) for source in finding.evidence)
        gaps = [gap for gap in (*read, self.said.get(finding.note)) if gap]
        for key in {_read(gap) for gap in gaps} or {("", finding.note, finding.subject.title)}:
            found = self.found[key]
            if len(found) < LISTED:
                found[finding.check, finding.subject.id] = None
            elif (finding.check, finding.subject.id) not in found:
                self.more.add(key)
            yield key

    def words(self, keys: Sequence[Key], reach: Reach) -> Action:
        """The action that these keys are together."""
        return Action(
            check="", who="", words=keys[0][1], about=tuple(place for _, _, place in keys),
            findings=tuple(dict.fromkeys(cause for key in keys for cause in self.found[key])), reach=reach,
            more=not self.more.isdisjoint(keys),
        )  # fmt: skip


def _read(gap: Gap) -> Key:
    return "", gap.because, gap.target
