"""The report as people see it: in files of the formats, and on their terminal by whichever format offers that."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from scanner.commands.console import say, tell, terminal
from scanner.commands.speech import aloud, wanted
from scanner.commands.talk import Talk
from scanner.guard import made
from scanner.hooks import Reporter
from scanner.plugins import Offer
from scanner.words.inert import inert
from scanner.words.languages import ENGLISH
from scanner.words.report import Report
from scanner.words.telling import tell as phrase
from scanner.words.told import speaking

PAGES = {".html", ".htm"}
"""What a browser shows."""


def painted(report: Report, offer: Offer, talk: Talk, *, aside: bool) -> str:
    """Its text; where that fails, the verdict and the counts."""
    width, color = terminal(aside=aside)
    plain = f"{report.verdict.upper()}: {report.counts}"
    painter = next((reporter for reporter in offer.reporters if reporter.paint), None)
    paint = painter and (
        (talk.verbose and painter.paint_whole) or (talk.summary and painter.paint_last) or painter.paint
    )
    with aloud():
        shown = made(phrase("the terminal's report"), lambda: paint(report, width, color) if paint else plain)
    return shown if isinstance(shown, str) else plain


def look_at(written: Iterable[Path | str], *, aside: bool) -> None:
    """Where to look at the page, on a terminal, which opens such an address."""
    pages = [path for path in written if isinstance(path, Path) and path.suffix in PAGES and path.is_file()]
    stream = sys.stderr if aside else sys.stdout
    if pages and stream.isatty():
        (tell if aside else say)(pages[0].resolve().as_uri())


def rendered(reporter: Reporter, report: Report) -> str | bytes:
    """The report in one format: in a language where people read it, else in English.

    A plug-in's may hold commands to whoever runs the job; ours hold none. Octets are printed into no log.
    """
    with speaking(wanted() if reporter.speaks else ENGLISH):
        text = reporter.render(report)
    return inert(text) if isinstance(text, str) else text
