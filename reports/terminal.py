"""The report on a terminal: what stands in the way with what to do, what is not known; last what stays on the screen.

Commands are never wrapped, so that they can be copied. Nothing a target says reaches the terminal as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from rich.console import Console
from rich.text import Text

from reports.kinds_of_word import who
from reports.lost import chapter, told
from reports.names import Names
from reports.summary import blockers, by_check, causes_first, why
from reports.terminal_last import Part, ending
from reports.terminal_moves import routes
from reports.terminal_waived import in_short
from reports.terminal_words import (
    ALSO,
    DO,
    NARROWEST,
    SEEN,
    WANTED,
    WHO,
    WHY,
    WORKS,
    beginning,
    entry,
    hanging,
    head_of,
    named,
    named_bold,
    some,
)
from reports.text import LINE, command, one_line, step
from reports.unjudged import Unjudged, unjudged
from reports.waived import waived
from scanner.api import Check, Finding, Report, Status, by_text, inert, is_sentence, sayable, tell

GROUPS_IN_DETAIL = 12
"""Up to so many checks, three of their subjects are told in full; beyond, one."""
CAUSES = 3
"""So many causes of one check's failures are told with their remedies."""
CMDLET = re.compile(r"\b[A-Z][a-z]+-[A-Z]\w+|^\w+", re.MULTILINE)
STEP = re.compile(r"^.+(?:(?<=`)\n.+)*", re.MULTILINE)
"""One command of a remedy, with the lines it goes on for."""


def render(
    report: Report, *, width: int = 100, color: bool = False, encoding: str = "utf-8", part: Part = Part.ALL
) -> str:
    """The report, or this part of it, as text that ends with a line end.

    Signs that ``encoding`` cannot say are spelt in ASCII; lines other than commands fit ``width`` columns.
    """
    console = Console(
        file=StringIO(),
        width=max(width, NARROWEST),
        force_terminal=color,
        color_system="standard" if color else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        for line in _Page(report, Names(report), console, part).lines():
            console.print(line, soft_wrap=True)
    return inert(sayable(capture.get(), encoding))


@dataclass(slots=True)
class _Page:
    """One report on its way to the terminal."""

    report: Report
    names: Names
    console: Console
    part: Part
    told: dict[str, str] = field(default_factory=dict[str, str])
    """where each command was printed: it stands on the page once"""

    def lines(self) -> Iterator[Text]:
        """All of it."""
        moves = routes(self.report, self.names, self.console, whole=self.part is Part.WHOLE)
        told = [line for line in moves if line.plain]
        last = ending(self.report, self.names, self.console, told, self.part)
        if self.part is not Part.LAST:
            yield from last.above
            if last.above:
                yield Text()
            yield from self._details()
        yield from last.lines

    def _details(self) -> Iterator[Text]:
        """What was found, one by one."""
        report, console = self.report, self.console
        stops, later = causes_first(blockers(report))
        lesser = [f for f in report.findings if f.status is Status.FAIL and not f.waiver and not report.blocks(f)]
        warned = [f for f in report.findings if f.status is Status.WARN and not f.waiver]
        yield from self._chapter(Text("✖", "bold red"), stops)
        yield from self._consequences(later)
        yield from self._chapter(Text("!", "bold yellow"), [*lesser, *warned])
        yield from chapter(report, self.names, console)
        yield from in_short(waived(report), self.names, console)
        missing = unjudged(report, self.names, told(report))
        for reason, entries in missing:
            for one in entries:
                because = reason if one is entries[0] else tell("as above")
                yield from _missing(one, tell("not judged: {because}", because=one_line(because)), console)
        if missing:
            yield Text()

    def _chapter(self, sign: Text, findings: Sequence[Finding]) -> Iterator[Text]:
        groups, checks = by_check(findings), {check.id: check for check in self.report.checks}
        for check, group in groups:
            yield from self._group(sign, group, 3 if len(groups) <= GROUPS_IN_DETAIL else 1, checks.get(check))
        if groups:
            yield Text()

    def _consequences(self, findings: Sequence[Finding]) -> Iterator[Text]:
        """What follows from other failures, by check: whom it is about, and what to mend first."""
        for check, group in by_check(findings):
            names = some([named(self.names.called(finding)) for finding in group])
            causes = list(dict.fromkeys(self.names.causes(finding) for finding in group))
            follows = tell("follows from {some}", some=some(list(map(one_line, causes))))
            yield from hanging(beginning(Text("✖", "red"), check), named_bold(names, follows), self.console)
        if findings:
            yield Text()

    def _group(self, sign: Text, group: Sequence[Finding], detailed: int, check: Check | None) -> Iterator[Text]:
        """The findings of one check: each cause is told with its own remedy, for what mends one mends no other."""
        causes = _by_cause(group)
        for cause in causes[:CAUSES]:
            told = detailed if len(causes) == 1 else 1
            for finding in cause[:told]:
                yield from self._finding(sign, finding, check if finding is group[0] else None)
            rest = [named(self.names.called(finding)) for finding in cause[told:]]
            yield from entry(ALSO, some(rest), self.console)
        others = [named(self.names.called(finding)) for cause in causes[CAUSES:] for finding in cause]
        yield from entry(ALSO, tell("for other reasons: {some}", some=some(others)) if others else "", self.console)

    def _finding(self, sign: Text, finding: Finding, check: Check | None) -> Iterator[Text]:
        called = named(self.names.called(finding))
        head = beginning(sign, finding.check, finding.severity)
        yield from hanging(head, named_bold(called, one_line(finding.headline)), self.console)
        because = finding.note or (why(check) if check else "")
        general = by_text(check.remedy) if check and not finding.remedy else ""
        for word, text in (
            (SEEN, finding.seen),
            (WANTED, finding.wanted),
            (WHY, because),
            (WORKS, finding.works),
            (DO, general),
        ):
            yield from entry(word, text, self.console)
        yield from self._do(
            finding.remedy, tell("as under {check}, {called}", check=one_line(finding.check), called=called)
        )
        if check:
            yield from entry(WHO, who(finding.who), self.console)

    def _do(self, remedy: str, here: str) -> Iterator[Text]:
        """What to do: commands line by line as they are, what a person has to do as any other text.

        A command that was printed before is not printed again, for who pastes both would run it twice.
        """
        word, before = DO, ""
        for one in STEP.findall(command(remedy)):
            there = self.told.get(one, "")
            if is_sentence(one) or there:
                do = "" if there and there == before else there or step(remedy, one)
                yield from entry(word, do, self.console, limit=LINE)
            else:
                self.told[one] = here
                for line in one.splitlines():
                    yield head_of(word).append(line, "cyan")
                    word = ""
            word, before = "", there


def _by_cause(group: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that say the same of themselves and are mended by the same cmdlets."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for finding in group:
        found.setdefault((finding.note, *CMDLET.findall(finding.remedy)), []).append(finding)
    return list(found.values())


def _missing(about: Unjudged, because: str, console: Console) -> Iterator[Text]:
    what = named_bold(named(about.subjects), because)
    yield from hanging(beginning(Text("?", "bold magenta"), about.checks[0]), what, console)
    yield from entry(ALSO, some([one_line(check) for check in about.checks[1:]]), console)
