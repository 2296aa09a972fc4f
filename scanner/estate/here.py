"""Where an estate file lies, as formats name it that link to a file: from here, where its repository begins."""

from __future__ import annotations

import os
from pathlib import Path

from scanner.files.reading import STREAM


def from_here(path: Path, here: Path | None = None) -> str:
    """Its path from the folder we are called in; of one that lies elsewhere its name alone; empty of a stream."""
    if STREAM.fullmatch(path.as_posix()):
        return ""
    whole = Path(os.path.abspath(path))  # links stay as they are: a repository may hold one
    try:
        return whole.relative_to(here or Path.cwd()).as_posix()
    except ValueError:
        return whole.name
