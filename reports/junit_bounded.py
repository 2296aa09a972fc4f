"""Keeps a JUnit file below what a dashboard takes: texts go first; where none is left, it goes on in other files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from reports.junit_cases import Length

FRAME = 200
"""octets around the suites of a file"""
SAID = {
    Length.NO_ASIDES: "warnings and what does not apply say their message alone",
    Length.NO_UNKNOWNS: "what could not be judged says its message, and which case tells why",
    Length.NO_REASONS: "failures leave out reasons and evidence",
}
OTHERWISE = "the JSON report has all of it"
PARTS = "it goes on in files beside this one, whose names say .part2 and so on"

Suites = Callable[[Length, bool], Iterable[str]]
"""The suites as text, so short, and whether they are spread over files."""


def _plain(_first: int, _behind: int) -> str:
    return "<testsuites>"


@dataclass(frozen=True, slots=True)
class Root:
    """The tag that opens a file, of the suites from one place up to another, and how many octets it may have."""

    tag: Callable[[int, int], str] = _plain
    octets: int = len("<testsuites>")

    @property
    def frame(self) -> int:
        """Octets around the suites of a file."""
        return FRAME + self.octets - len("<testsuites>")


PLAIN = Root()


def whole(suites: Suites, limit: int, root: Root = PLAIN) -> str:
    """One file: below the limit if leaving out texts can do it."""
    texts = _fitting(suites, limit - root.frame)
    return _document([text.encode() for text in suites(max(Length), False)] if texts is None else texts, root)


def in_files(suites: Suites, limit: int, root: Root = PLAIN) -> Iterator[tuple[str, bool]]:
    """The files, and whether there is another one; a suite is never torn, and may alone be larger than the limit."""
    texts = _fitting(suites, limit - root.frame)
    if texts is not None:
        yield _document(texts, root), False
        return
    part: list[bytes] = []
    size, number, first = root.frame, 1, 0
    for text in suites(max(Length), True):
        data = text.encode()
        if part and size + len(data) > limit:
            behind = first + len(part)
            yield _document(part, root, first, number), True
            size, number, first = root.frame, number + 1, behind
        part.append(data)
        size += len(data)
    yield _document(part, root, first, number), False


def said(length: Length, *, parts: bool) -> str:
    """What was left out to keep below the limit; empty where nothing was."""
    if not length:
        return ""
    cut = "; ".join(SAID[step] for step in Length if 0 < step <= length)
    return f"shortened, since it would be too large: {cut}; {OTHERWISE}" + (f"; {PARTS}" if parts else "")


def _fitting(suites: Suites, limit: int) -> list[bytes] | None:
    """The longest texts that fit in one file; nothing if not even the shortest do."""
    return next(filter(None, map(partial(_all, suites, limit), Length)), None)


def _all(suites: Suites, limit: int, length: Length) -> list[bytes] | None:
    texts: list[bytes] = []
    size = 0
    for text in suites(length, False):
        data = text.encode()
        size += len(data)
        if size > limit:
            return None
        texts.append(data)
    return texts


def _document(texts: list[bytes], root: Root, first: int = 0, number: int = 1) -> str:
    """The file, for which the texts go: both at once are more than there need be."""
    mark = f"<!-- hv-preflight, part {number} -->\n" if number > 1 else ""
    begin = f'<?xml version="1.0" encoding="UTF-8"?>\n{mark}{root.tag(first, first + len(texts))}\n'
    data = b"".join((begin.encode(), *texts, b"</testsuites>\n"))
    texts.clear()
    return data.decode()
