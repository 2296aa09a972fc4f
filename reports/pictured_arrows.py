"""Arrows of the report as a picture: pairs of hosts, and between the two all that leads from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.drawing import Picture, lines_in
from reports.drawn_pairs import WIDTH, Block, Line, Named, Row, gathered, laid_out, starred
from reports.names import Names
from reports.pictured import HOSTS, SHORT, WRONG, About, Words, end, form, sentence, word
from reports.text import one_line
from scanner.api import ALL_VMS, Status, counted, joined, pictures, tell

MANY = 8
"""Beyond so many pairs, those of which the same is to be said are drawn together."""
ROWS = 24
"""So many boxes stand on the right."""
LISTED = 4
"""So many names stand in one box."""
Ways = Mapping[tuple[str, str], Sequence[pictures.Arrow]]
"""Arrows by their ends."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How arrows are drawn and told."""

    names: Names
    words: Words
    about: About = lambda _: ((), None)

    def picture(self, arrows: Sequence[pictures.Arrow]) -> tuple[Picture | None, str]:
        """The picture, and what of the arrows it does not show, as a sentence."""
        hosts = {name for arrow in arrows for name in (arrow.source, arrow.target)}
        blocks, note = self._blocks(arrows), ""
        if len(hosts) > HOSTS or _rows(blocks) > ROWS:
            pairs = {frozenset((a.source, a.target)) for a in arrows}
            wrong = {frozenset((a.source, a.target)) for a in arrows if a.mark.status in WRONG}
            blocks = self._blocks([a for a in arrows if frozenset((a.source, a.target)) in wrong])
            note = tell(
                "The picture shows the {count:,} of {pairs} where something is wrong or not known.",
                count=len(wrong),
                pairs=counted(len(pairs), "pair"),
            )
        if not blocks:
            return None, tell("No picture is drawn: there are many pairs, and nothing is wrong with any.")
        if (rows := _rows(blocks)) > ROWS:
            blocks = _first(blocks)
            note = tell("{note} Of these it has the first {rows} rows of {rows2:,}.", note=note, rows=ROWS, rows2=rows)
        shapes, height = laid_out(blocks)
        words = self.words
        return Picture(
            words.id,
            words.title,
            tell("{said} {note}", said=words.said, note=note) if note else words.said,
            WIDTH,
            height,
            shapes,
        ), note

    def _blocks(self, arrows: Sequence[pictures.Arrow]) -> list[Block]:
        ways: dict[tuple[str, str], list[pictures.Arrow]] = {}
        for arrow in arrows:
            ways.setdefault((arrow.source, _other(arrow)), []).append(arrow)
        pairs = dict.fromkeys((b, a) if (b, a) in ways and b < a else (a, b) for a, b in ways)
        found: list[Block] = []
        for left, others in starred(pairs):
            same = gathered(others, self._key(ways, left)) if len(pairs) > MANY else [[other] for other in others]
            rows = [self._row(ways, left, each) for each in same]
            found.append(Block(self._named([left]), rows))
        return found

    def _key(self, ways: Ways, left: str) -> Callable[[str], Hashable]:
        def key(other: str) -> tuple[object, ...]:
            both = (ways.get((left, other), ()), ways.get((other, left), ()))
            told = (tuple((a.what, word(a, self.words), form(a), a.planned) for a in some) for some in both)
            return (self.about(other), *told)

        return key

    def _row(self, ways: Ways, left: str, others: Sequence[str]) -> Row:
        lines = [
            line
            for forth, pair in ((True, (left, others[0])), (False, (others[0], left)))
            for line in self._lines(ways.get(pair, ()), forth=forth, several=len(others))
        ]
        return Row(self._named(others), lines)

    def _named(self, hosts: Sequence[str]) -> Named:
        """The box of a host, or of several that stand alike."""
        told, status = self.about(hosts[0])
        called = [end(host, self.names) for host in hosts]
        shown, title = lines_in(called, LISTED), one_line(joined(", ", [*called, *told]))
        return Named(shown[0], [*shown[1:], *told], status=status, judged=status is not None, title=title)

    def _lines(self, arrows: Sequence[pictures.Arrow], *, forth: bool, several: int) -> Iterator[Line]:
        """One line for all arrows of a direction that stand alike."""
        same: dict[tuple[str, str, Status | None, bool], list[pictures.Arrow]] = {}
        for arrow in arrows:
            same.setdefault((word(arrow, self.words), form(arrow), arrow.mark.status, arrow.planned), []).append(arrow)
        for (told, drawn_as, status, planned), some in same.items():
            what = joined(", ", (SHORT.get(arrow.what, arrow.what) for arrow in some))
            title = joined("\n", (sentence(arrow, self.names, self.words) for arrow in some))
            title = (
                tell(
                    "The same of each of {hosts}, as of the first:\n{title}",
                    hosts=counted(several, "host"),
                    title=title,
                )
                if several > 1
                else title
            )
            text = tell("{what}: {told}", what=what, told=told)
            text = text if planned else tell("{text} (no move is planned)", text=text)
            yield Line(forth, text, title, status, drawn_as)


def _rows(blocks: Iterable[Block]) -> int:
    return sum(len(block.rows) for block in blocks)


def _first(blocks: Iterable[Block]) -> list[Block]:
    found: list[Block] = []
    room = ROWS
    for block in blocks:
        if room > 0:
            found.append(Block(block.left, block.rows[:room]))
            room -= len(block.rows)
    return found


def _other(arrow: pictures.Arrow) -> str:
    """The other end; one that is not known is nobody else's."""
    return f"{ALL_VMS}{arrow.source}" if arrow.target == ALL_VMS else arrow.target
