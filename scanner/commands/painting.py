"""The report as people see it on their terminal, by whichever format offers that."""

from __future__ import annotations

from scanner.commands.console import terminal
from scanner.guard import made
from scanner.plugins import Offer
from scanner.words.report import Report


def painted(report: Report, offer: Offer, *, verbose: bool, aside: bool) -> str:
    """Its text; where that fails, the verdict and the counts."""
    width, color = terminal(aside=aside)
    plain = f"{report.verdict.upper()}: {report.counts}"
    painter = next((reporter for reporter in offer.reporters if reporter.paint), None)
    paint = painter and ((verbose and painter.paint_whole) or painter.paint)
    shown = made("the terminal's report", lambda: paint(report, width, color) if paint else plain)
    return shown if isinstance(shown, str) else plain
