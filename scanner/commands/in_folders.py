"""A report in several files of a folder: what leads to them last, and nothing of an earlier run among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from scanner.commands.files import NotWritten
from scanner.commands.site_files import INDEX, SiteFolder
from scanner.guard import made
from scanner.words.telling import tell

Pages = Callable[[], Iterator[tuple[str, str]]]
"""The files, each with its name, the one that leads to all others last."""


Wrote = Callable[[Path, bytes], None]
"""Is told what was written where."""


def put_folder(
    folder: SiteFolder, what: str, begin: Pages, written: list[Path | str], failures: list[str], wrote: Wrote
) -> None:
    """Write all of them, and then remove what an earlier run left there; tells what leads to them, or why not.

    Where one cannot be made or written, nothing is removed, and what led to the pages of before still does.
    """
    pages: Iterator[tuple[str, str]] | None = None
    while True:
        found: list[tuple[str, str]] = []

        def take(found: list[tuple[str, str]] = found) -> str:
            nonlocal pages
            pages = begin() if pages is None else pages
            found += [page for page in (next(pages, None),) if page]
            return ""

        if made(what, take) is None:
            failures.append(tell("{path} is not written: {what} failed, as told above", path=folder.path, what=what))
            return
        if not found:
            break
        try:
            folder.put(*found[0])
            wrote(folder.path / found[0][0], found[0][1].encode("utf-8", "backslashreplace"))
        except NotWritten as error:
            failures.append(str(error))
            return
    folder.tidy()
    written.append(folder.path / INDEX)
