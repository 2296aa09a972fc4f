"""The report as people see it: in files of the formats, and on their terminal by whichever format offers that."""

from __future__ import annotations

from scanner.commands.console import terminal
from scanner.commands.speech import aloud, wanted
from scanner.guard import made
from scanner.hooks import Reporter
from scanner.plugins import Offer
from scanner.words.inert import inert
from scanner.words.languages import ENGLISH
from scanner.words.report import Report
from scanner.words.told import speaking


def painted(report: Report, offer: Offer, *, verbose: bool, aside: bool) -> str:
    """Its text; where that fails, the verdict and the counts."""
    width, color = terminal(aside=aside)
    plain = f"{report.verdict.upper()}: {report.counts}"
    painter = next((reporter for reporter in offer.reporters if reporter.paint), None)
    paint = painter and ((verbose and painter.paint_whole) or painter.paint)
    with aloud():
        shown = made("the terminal's report", lambda: paint(report, width, color) if paint else plain)
    return shown if isinstance(shown, str) else plain


def rendered(reporter: Reporter, report: Report) -> str | bytes:
    """The report in one format: in a language where people read it, else in English.

    A plug-in's may hold commands to whoever runs the job; ours hold none. Octets are printed into no log.
    """
    with speaking(wanted() if reporter.speaks else ENGLISH):
        text = reporter.render(report)
    return inert(text) if isinstance(text, str) else text
