"""The options of ``history``: what is asked of it, and what is made of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scanner.commands import options
from scanner.commands.explain import ids
from scanner.words.telling import tell

REPORTS = 10
"""So many whole reports of an estate are among its pages where nobody says how many."""

Where = Annotated[
    str | None,
    typer.Option(
        "--history", metavar="FILE", help="The history, else this account's: a file, or postgresql+psycopg://..."
    ),
]


@dataclass(frozen=True)
class Made:
    """What is made of the answer."""

    limit: Annotated[
        int | None, typer.Option("--limit", metavar="NUMBER", help="Show no more runs or findings than that.")
    ] = None
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write it as JSON here, too; - is standard output.")
    ] = None
    site: Annotated[
        Path | None, typer.Option("--site", metavar="DIR", help="Write static pages about all of it into this folder.")
    ] = None
    reports: Annotated[
        int, typer.Option("--reports", metavar="NUMBER", help="Of each estate, so many whole reports among the pages.")
    ] = REPORTS
    fail_on: options.FailOn = "low"

    @property
    def numbers(self) -> tuple[tuple[str, int, int], ...]:
        """Each number that was named, with its option and what it may be at least."""
        limit = () if self.limit is None else (("limit", self.limit, 1),)
        return (*limit, ("reports", self.reports, 0))


@dataclass(frozen=True)
class Asked:
    """What is asked of a history; nothing: its runs."""

    finding: Annotated[
        str | None,
        typer.Argument(
            help="What became of a finding: a check's id, as in NET-01, or CHECK@SUBJECT.",
            metavar="FINDING",
            autocompletion=ids,
        ),
    ] = None
    subject: Annotated[
        str, typer.Option("--subject", metavar="NAME", help="What the finding is about, or a pattern over such names.")
    ] = ""
    route: Annotated[
        str, typer.Option("--route", metavar="FROM:TO", help="What became of this route, as in hv01:hv11.")
    ] = ""
    estate: Annotated[
        str,
        typer.Option("--estate", metavar="ESTATE", help="Where the history has several: its file, or its name there."),
    ] = ""

    @property
    def check(self) -> str:
        """The check that was named."""
        return (self.finding or "").partition("@")[0].strip()

    @property
    def about(self) -> str:
        """The subject that was named."""
        return (self.finding or "").partition("@")[2].strip() or self.subject.strip()

    def wrong(self, made: Made) -> list[str]:
        """What cannot be meant together, or at all."""
        at = (self.finding or "").partition("@")[2].strip()
        narrowed = any((self.finding, self.route, self.estate, made.json))
        return [
            *([tell("name a finding or a route, not both")] if self.finding and self.route else []),
            *(["--subject is what a finding is about: name its check, too"] if self.subject and not self.check else []),
            *(
                [tell("name the subject once: CHECK@SUBJECT, or CHECK --subject SUBJECT")]
                if at and self.subject
                else []
            ),
            *(["--site is about all of a history: leave everything else out"] if made.site and narrowed else []),
            *(f"--{name} {n}: write a number, {least} or more" for name, n, least in made.numbers if n < least),
        ]
