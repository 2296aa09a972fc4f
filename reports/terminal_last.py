"""The last lines on a terminal, which stay on its screen: each kind of move, what to do first, what nobody knows.

All that a person has to know before anything else is within 24 lines, the prompt and how the run ended among them.
The verdict of each kind of move, and that nobody was read or verified, never give way; what does stands above.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rich.console import Console
from rich.text import Text

from reports.ahead import holds, looks_ahead
from reports.beside import beside, surest
from reports.first import First, first
from reports.lost import costs, whom
from reports.names import Names
from reports.reach import MOVES, limits
from reports.summary import counts_line, moves_ready, route_counts, sentence
from reports.terminal_moves import STYLES, upper
from reports.terminal_room import Choices, Lines, cut, fitted, within
from reports.terminal_words import DO, hanging, named_bold, padded, widest, words
from reports.text import brief, closed, one_line
from scanner.api import Lost, Report, joined, spoken, tell

LINES = 20
"""Of a screen of 24: four are the files, where to look at one, how the run ended, and the prompt."""
ACTIONS = 3
"""So many are told here; one more line says how many are left."""
CAUSES = 3
"""So many causes of missing verdicts are told here."""
NOTES = 2
"""So many lines beside the verdict are told where there is no room for all."""
WHO = 20
"""Characters of whose work it is: ours are shorter."""
COUNTED = 4
"""Lines of the numbers, at most."""


class Part(Enum):
    """How much of the report is wanted."""

    LAST = auto()
    """no more than what stays on the screen"""
    ALL = auto()
    WHOLE = auto()
    """every move of groups, too, host by host"""


@dataclass(frozen=True, slots=True)
class Ending:
    """What stands last, and what of it had to be shortened and stands whole above."""

    lines: Lines
    above: Lines


def ending(report: Report, names: Names, console: Console, moves: Lines, part: Part = Part.ALL) -> Ending:
    """The last lines: with every move where there is room for them, else with a line for each kind of move."""
    makes = _Ending(
        report, names, console, tell("in the report without --summary") if part is Part.LAST else tell("above")
    )
    kinds = makes.kinds()
    more = moves[len(kinds) :]
    sure, until, limited = _notes(makes.sure(), console), _notes(makes.until(), console), makes.limits()
    beside = [*_notes(makes.beside(), console), makes.few_beside()]
    # by how much each is needed: the moves least, for their kinds are told whatever happens
    parts: list[Choices] = [sure, makes.counted(), makes.doing(), until, makes.causes(), beside, limited, [more, []]]
    told = fitted(parts, LINES - len(kinds))
    every = told[-1] is more
    sure_, counted, doing, until_, causes, beside_, limited_, _ = told
    lines = [*(moves if every else kinds), *sure_, *until_, *doing, *causes, *beside_, *counted, *limited_]
    shortened = [choices[0] for choices, taken in zip(parts, told, strict=True) if taken is not choices[0]]
    whole = [part[0] for part in (sure, until, beside, limited)]
    above = [line for part in shortened if any(part is one for one in whole) for line in part]
    return Ending([cut(line, console) for line in lines], [*([] if every else moves), *above])


def _notes(lines: Iterable[Text], console: Console) -> Choices:
    """Whole, or a line each."""
    told = list(lines)
    whole = [part for line in told for part in hanging(Text("! ", "bold yellow"), line, console)]
    return whole, [cut(Text("! ", "bold yellow").append_text(line), console) for line in told]


def _fewer(most: int) -> list[tuple[int, bool]]:
    """All of them whole, then so many in a line each."""
    return [(most, True), *((number, False) for number in range(most, 0, -1))] if most else []


@dataclass(frozen=True, slots=True)
class _Ending:
    """What the parts say, each in several ways."""

    report: Report
    names: Names
    console: Console
    where: str
    """where that is told for which there is no room here"""

    def kinds(self) -> Lines:
        report, found = self.report, list[Text]()
        if report.estate:
            found.append(cut(Text(one_line(report.estate, 100), "bold"), self.console))
        if report.verdict == "interrupted" or not report.readiness:
            head = Text(f"{upper(report)}   ", STYLES[report.verdict])
            found += within(2, head, words(sentence(report)), self.console)
        wide = widest(MOVES[state.profile] for state in report.readiness) + 3
        verdicts = widest(map(upper, report.readiness)) + 3
        for state in report.readiness:
            told = joined(", ", filter(None, (moves_ready(report, state.profile), route_counts(state))))
            head = Text(padded(MOVES[state.profile], wide))
            head.append(padded(upper(state), verdicts), STYLES[state.verdict])
            found += within(2, head, words(told, "dim"), self.console)
        return found

    def sure(self) -> list[Text]:
        """What a verdict is never told without."""
        ahead = looks_ahead(self.report)
        lines = (*surest(self.report, self.names), closed(ahead) if ahead else "")
        return [Text(one_line(line), "bold yellow") for line in lines if line]

    def until(self) -> list[Text]:
        return [Text(closed(line), "bold") for line in holds(self.report, self.names)]

    def beside(self) -> list[Text]:
        causes = " ".join(lost.cause for lost in self.report.lost[:CAUSES])
        firm = surest(self.report, self.names)
        lines = [line for line in beside(self.report, self.names, causes) if line not in firm]
        return [Text(one_line(line), "bold yellow") for line in lines]

    def few_beside(self) -> Lines:
        """The first of them, and how many are left."""
        lines = self.beside()
        _, short = _notes(lines[:NOTES], self.console)
        return [*short, *self._more(len(lines) - NOTES)]

    def counted(self) -> Choices:
        read = tell(
            "{counts_line}. Read {finished:%Y-%m-%d %H:%M} UTC",
            counts_line=counts_line(self.report),
            finished=self.report.finished,
        )
        return (within(COUNTED, Text(), words(read), self.console),)

    def limits(self) -> Choices:
        """Whole, a line each, or the last of them alone: that nothing was tried against real Windows."""
        lines = [Text(one_line(line), "dim") for line in limits(self.report)]
        short = [cut(line, self.console) for line in lines]
        return [part for line in lines for part in hanging(Text(), line, self.console)], short, short[-1:]

    def doing(self) -> Choices:
        """What to do first."""
        actions, _ = first(self.report, self.names, least=1)
        most = min(ACTIONS, len(actions))
        return [self._actions(actions, number, whole=whole) for number, whole in _fewer(most)] or [[]]

    def _actions(self, actions: Sequence[First], number: int, *, whole: bool) -> Lines:
        left = len(self.report.actions) - number
        more = tell("… and {left:,} more: the HTML and the JSON report list them.", left=left) if left else ""
        told = [line for place in range(number) for line in self._action(actions, place, whole=whole)]
        return [words(tell("What to do first:"), "bold"), *told, *self._aside(more)]

    def _action(self, actions: Sequence[First], place: int, *, whole: bool) -> Lines:
        action, whose = actions[place], [brief(one.who, WHO) for one in actions[:ACTIONS]]
        head = Text(f"{place + 1} ").append(padded(whose[place], widest(whose) + 2), "dim")
        text = named_bold(f"{action.check} {action.about}" if action.check else action.about, action.words)
        if whole:
            return list(hanging(head, text.append(f" ({spoken(action.frees)})", "not bold dim"), self.console))
        return [cut(head.append_text(text), self.console)]

    def causes(self) -> Choices:
        """Why verdicts are missing, the dearest cause first; whole: with what to do about each."""
        lost = self.report.lost
        if not lost:
            return [[]]
        head, few = words(tell("Not judged, and why:"), "bold"), min(CAUSES, len(lost))
        whole = [line for one in lost[:few] for line in self._cause(one, whole=True)]
        short = [line for one in lost[:few] for line in self._cause(one, whole=False)]
        least = [[head, *short[:most], *self._more(len(lost) - most)] for most in range(few, 0, -1)]
        return [[head, *whole, *self._more(len(lost) - few)], *least]

    def _cause(self, lost: Lost, *, whole: bool) -> Lines:
        head = Text("? ", "bold magenta")
        what = named_bold(whom(lost, self.names), f"{spoken(costs(lost))}   {one_line(lost.cause)}")
        if not whole:
            return [cut(head.append_text(what), self.console)]
        do = Text(f"  {spoken(DO)}  ", "dim")
        advice = hanging(do, Text(one_line(lost.advice)), self.console) if lost.advice else ()
        return [*hanging(head, what, self.console), *advice]

    def _more(self, left: int) -> Lines:
        return self._aside(tell("… and {left:,} more: {where}.", left=left, where=self.where) if left > 0 else "")

    def _aside(self, text: str) -> Lines:
        return [cut(Text(f"  {spoken(text)}", "dim"), self.console)] if text else []
