"""The file that a command reads, an estate or a record, as a person names it; ``options`` gives them on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scanner.files.reading import named

ESTATE = Path("estate.toml")
"""What is read where no estate is named."""


def source(path: Path | None) -> Path | None:
    """What a person named to be read."""
    return named(path) if path else path


EstatePath = Annotated[
    Path, typer.Argument(help="The estate file; - is standard input.", metavar="ESTATE", callback=source)
]
EstateOrHosts = Annotated[
    list[str] | None,
    typer.Argument(
        help=f"The estate file, {ESTATE} if none is named; or hosts, judged each with the others.", metavar="ESTATE"
    ),
]
RecordFile = Annotated[
    Path,
    typer.Argument(
        help="A record: the file that --save wrote; - is standard input.", metavar="RECORD", callback=source
    ),
]
