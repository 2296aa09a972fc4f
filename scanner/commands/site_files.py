"""The files of a site: written so that it never leads nowhere, and removed once they are of nothing that is kept.

Every file is there at once or not at all, and whoever reads on while another run writes finds the pages as they were or
as they are. What nobody needs any more goes last, and only what is ours: by its name, and by how it begins.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from scanner.commands.console import UsageError
from scanner.commands.files import TEMPORARY, NotWritten, write
from scanner.words.inert import inert_html
from scanner.words.site import REPORT_MARK, SITE_MARK
from scanner.words.telling import tell
from scanner.words.wording import reason

INDEX = "index.html"
OURS = re.compile(r"(?:index\.html|style-[0-9a-f]{12}\.css|e-[0-9a-f]{12}/(?:index|(?:run|report)-\d+)\.html)")
"""The names that files of a site may have, within its folder."""
PARTS = re.compile(r"(?:index\.html|style-[0-9a-f]{12}\.css|part-[a-z0-9-]{0,40}-[0-9a-f]{8}\.html)")
"""Those that files of one report may have."""
BEGINNING = 400
"""Octets within which a file of ours says so."""


@dataclass(slots=True)
class SiteFolder:
    """The folder of a site."""

    path: Path
    mode: int
    """of its files"""
    began: float
    """by the clock of the file system: what was written since then is another run's, or this one's"""
    written: set[str] = field(default_factory=set[str])
    removed: int = 0
    names: re.Pattern[str] = OURS
    mark: str = SITE_MARK

    @classmethod
    def at(cls, path: Path) -> SiteFolder:
        """The folder of a site, made if it is not there; nothing of a history is read before.

        Raises:
            UsageError: it cannot be one, or is somebody else's.
        """
        mask = os.umask(0)
        os.umask(mask)
        return cls._begun(cls(path, 0o666 & ~mask, 0), 0o777, f"--site {path}")

    @classmethod
    def of_report(cls, path: Path, mode: int) -> SiteFolder:
        """The folder of one report, made if it is not there, for those who may read its files.

        Raises:
            UsageError: it cannot be one, or is somebody else's.
        """
        return cls._begun(cls(path, mode, 0, names=PARTS, mark=REPORT_MARK), mode | (mode & 0o444) >> 2, str(path))

    @classmethod
    def _begun(cls, made: SiteFolder, mode: int, called: str) -> SiteFolder:
        """The folder, there and ours.

        Raises:
            UsageError: it cannot be one, or is somebody else's.
        """
        path = made.path
        try:
            path.mkdir(mode, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(prefix=TEMPORARY, dir=path) as file:
                made.began = os.fstat(file.fileno()).st_mtime
        except (OSError, ValueError) as error:
            raise UsageError(tell("{called} cannot be written: {why}", called=called, why=_why(error))) from None
        if (path / INDEX).exists() and not made.is_ours(INDEX):
            raise UsageError(
                tell("{called}: its {index} is no page of ours; name a folder of its own", called=called, index=INDEX)
            )
        return made

    def put(self, name: str, text: str) -> None:
        """Write a file; one that says the same already stays.

        Raises:
            NotWritten: it cannot be.
        """
        place = self.path / PurePosixPath(name)
        if self._leads_away(name):
            leads = os.path.realpath(place)
            raise NotWritten(
                tell("{place} is not written: it leads to {leads}; remove the link", place=place, leads=leads)
            )
        data = text.encode("utf-8", "backslashreplace")
        self.written.add(name)
        with suppress(OSError):
            if place.read_bytes() == data:
                return
        with suppress(OSError):  # where it fails, so does what follows, and says why
            place.parent.mkdir(exist_ok=True)
        write(place, data, self.mode)

    def has(self, name: str, key: str) -> bool:
        """Whether a page is there that was made of the same: then it is one of these pages."""
        if self._leads_away(name) or key not in self._beginning(name):
            return False
        self.written.add(name)
        return True

    def is_ours(self, name: str) -> bool:
        """Whether a file is one that a site of ours may have."""
        return self.names.fullmatch(name) is not None and self.mark in self._beginning(name)

    def tidy(self) -> None:
        """Remove what is of nothing that is kept any more: once no page leads there."""
        for name in list(self._there()):
            place = self.path / PurePosixPath(name)
            with suppress(OSError):
                if name not in self.written and place.lstat().st_mtime < self.began and self.is_ours(name):
                    place.unlink()
                    self.removed += 1
                    if place.parent != self.path:
                        place.parent.rmdir()  # fails as long as something is there

    def _leads_away(self, name: str) -> bool:
        """Whether a link within the folder leads elsewhere: whoever may put one here might not write there."""
        place, meant = os.path.realpath(self.path / name), Path(os.path.realpath(self.path)) / name
        return os.path.normcase(place) != os.path.normcase(meant)

    def _there(self) -> Iterator[str]:
        for place in (*self.path.glob("*"), *self.path.glob("e-*/*")):
            if not (place.is_symlink() or place.parent.is_symlink()) and place.is_file():
                yield place.relative_to(self.path).as_posix()

    def _beginning(self, name: str) -> str:
        with suppress(OSError), (self.path / PurePosixPath(name)).open("rb") as file:
            return file.read(BEGINNING).decode("utf-8", "replace")
        return ""


def is_page(path: Path, folder: Path) -> bool:
    """Whether a file is called as one that a report in this folder may have: one would take the other's place."""
    same = os.path.normcase(os.path.realpath(path.parent)) == os.path.normcase(os.path.realpath(folder))
    return same and PARTS.fullmatch(path.name.lower()) is not None


def marked(page: str, key: str) -> str:
    """A page with what it was made of at its beginning, behind the line that says what kind of page it is."""
    first, end, rest = page.partition("\n")
    return f"{first}{end}<!-- {inert_html(f'{SITE_MARK}, {key}')} -->\n{rest}"


def _why(error: OSError | ValueError) -> str:
    return tell("it is no folder") if isinstance(error, FileExistsError | NotADirectoryError) else reason(error)
