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

from reports.lost import chapter, told
from reports.names import Names
from reports.summary import NAMED, blockers, by_check, causes_first, why
from reports.terminal_last import Part, ending
from reports.terminal_moves import NARROWEST, hanging, routes
from reports.terminal_waived import in_short
from reports.text import LINE, command, one_line
from reports.unjudged import Unjudged, unjudged
from reports.waived import waived
from scanner.api import Check, Finding, Report, Severity, Status, inert, is_sentence, sayable

GROUPS_IN_DETAIL = 12
"""Up to so many checks, three of their subjects are told in full; beyond, one."""
CAUSES = 3
"""So many causes of one check's failures are told with their remedies."""
CMDLET = re.compile(r"\b[A-Z][a-z]+-[A-Z]\w+|^\w+", re.MULTILINE)
STEP = re.compile(r"^.+(?:(?<=`)\n.+)*", re.MULTILINE)
"""One command of a remedy, with the lines it goes on for."""
TITLE, FIELD_TEXT, INDENT, FIELD = 120, 300, 10, 8
"""Characters shown of a subject's name, and of what was seen or wanted; columns before a field, and of its word."""
SEVERITY = max(len(severity.word) for severity in Severity)


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
            for entry in entries:
                because = one_line(reason) if entry is entries[0] else "as above"
                yield from _missing(entry, f"not judged: {because}", console)
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
            names = _some([_named(self.names.called(finding)) for finding in group])
            causes = list(dict.fromkeys(self.names.causes(finding) for finding in group))
            what = Text(names, "bold").append(f"   follows from {_some(list(map(one_line, causes)))}", "not bold")
            yield from hanging(_head(Text("✖", "red"), check), what, self.console)
        if findings:
            yield Text()

    def _group(self, sign: Text, group: Sequence[Finding], detailed: int, check: Check | None) -> Iterator[Text]:
        """The findings of one check: each cause is told with its own remedy, for what mends one mends no other."""
        causes = _by_cause(group)
        for cause in causes[:CAUSES]:
            told = detailed if len(causes) == 1 else 1
            for finding in cause[:told]:
                yield from self._finding(sign, finding, check if finding is group[0] else None)
            rest = [_named(self.names.called(finding)) for finding in cause[told:]]
            yield from _field("also", _some(rest), self.console)
        others = [_named(self.names.called(finding)) for cause in causes[CAUSES:] for finding in cause]
        yield from _field("also", f"for other reasons: {_some(others)}" if others else "", self.console)

    def _finding(self, sign: Text, finding: Finding, check: Check | None) -> Iterator[Text]:
        called = _named(self.names.called(finding))
        what = Text(called, "bold").append(f"   {one_line(finding.headline)}", "not bold")
        head = _head(sign, finding.check).append(f"{finding.severity.word.ljust(SEVERITY)}  ", "dim")
        yield from hanging(head, what, self.console)
        because = finding.note or (why(check) if check else "")
        general = check.remedy if check and not finding.remedy else ""
        for word, text in (
            ("seen", finding.seen),
            ("wanted", finding.wanted),
            ("why", because),
            ("works", finding.works),
            ("do", general),
        ):
            yield from _field(word, text, self.console)
        yield from self._do(finding.remedy, f"as under {one_line(finding.check)}, {called}")
        if check:
            yield from _field("who", finding.who, self.console)

    def _do(self, remedy: str, here: str) -> Iterator[Text]:
        """What to do: commands line by line as they are, what a person has to do as any other text.

        A command that was printed before is not printed again, for who pastes both would run it twice.
        """
        word, before = "do", ""
        for step in STEP.findall(command(remedy)):
            there = self.told.get(step, "")
            if is_sentence(step) or there:
                yield from _field(word, "" if there and there == before else there or step, self.console, limit=LINE)
            else:
                self.told[step] = here
                for line in step.splitlines():
                    yield Text(" " * INDENT).append(word.ljust(FIELD), "dim").append(line, "cyan")
                    word = ""
            word, before = "", there


def _by_cause(group: Sequence[Finding]) -> list[list[Finding]]:
    """Findings that say the same of themselves and are mended by the same cmdlets."""
    found: dict[tuple[str, ...], list[Finding]] = {}
    for finding in group:
        found.setdefault((finding.note, *CMDLET.findall(finding.remedy)), []).append(finding)
    return list(found.values())


def _missing(entry: Unjudged, because: str, console: Console) -> Iterator[Text]:
    what = Text(_named(entry.subjects), "bold").append(f"   {because}", "not bold")
    yield from hanging(_head(Text("?", "bold magenta"), entry.checks[0]), what, console)
    yield from _field("also", _some([one_line(check) for check in entry.checks[1:]]), console)


def _head(sign: Text, check: str) -> Text:
    return sign.copy().append(f" {one_line(check).ljust(INDENT - 3)} ", "bold")


def _named(title: str) -> str:
    return one_line(title, TITLE)


def _some(items: Sequence[str]) -> str:
    more = [f"{len(items) - NAMED:,} more"] if len(items) > NAMED else []
    return ", ".join([*items[:NAMED], *more])


def _field(word: str, text: str, console: Console, *, limit: int = FIELD_TEXT) -> Iterator[Text]:
    if text:
        head = Text(" " * INDENT).append(word.ljust(FIELD), "dim")
        yield from hanging(head, Text(one_line(text, limit)), console)
