"""Keeps a JUnit file below what a dashboard takes: texts go first; where none is left, it goes on in other files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from reports.junit_cases import Length

LIMIT = 60_000_000
"""octets of a file where nobody says otherwise"""
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


def whole(suites: Suites, limit: int = LIMIT) -> str:
    """One file: below the limit if leaving out texts can do it."""
    texts = _fitting(suites, limit)
    return _document([text.encode() for text in suites(max(Length), False)] if texts is None else texts)


def in_files(suites: Suites, limit: int) -> Iterator[tuple[str, bool]]:
    """The files, and whether there is another one; a suite is never torn, and may alone be larger than the limit."""
    texts = _fitting(suites, limit)
    if texts is not None:
        yield _document(texts), False
        return
    part: list[bytes] = []
    size, number = FRAME, 1
    for text in suites(max(Length), True):
        data = text.encode()
        if part and size + len(data) > limit:
            yield _document(part, number), True
            size, number = FRAME, number + 1
        part.append(data)
        size += len(data)
    yield _document(part, number), False


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
    size = FRAME
    for text in suites(length, False):
        data = text.encode()
        size += len(data)
        if size > limit:
            return None
        texts.append(data)
    return texts


def _document(texts: list[bytes], number: int = 1) -> str:
    """The file, for which the texts go: both at once are more than there need be."""
    mark = f"<!-- hv-preflight, part {number} -->\n" if number > 1 else ""
    begin = f'<?xml version="1.0" encoding="UTF-8"?>\n{mark}<testsuites>\n'
    data = b"".join((begin.encode(), *texts, b"</testsuites>\n"))
    texts.clear()
    return data.decode()
