"""The built-in report formats: text for terminals, a page for people, JUnit for pipelines, JSON for programs.

Every file ``NAME_report.py`` of this folder is the format NAME: its ``render(report)`` gives the text.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from scanner.api import Annotation, JunitChoice, PastEstate, Report, Reporter, hookimpl

SUFFIXES = {
    "ctrf": ".ctrf.json",
    "gitlab": ".json",
    "junit": ".xml",
    "markdown": ".md",
    "ocsf": ".ocsf.json",
    "openmetrics": ".om",
    "prometheus": ".prom",
}
"""Of formats whose files end otherwise than in their name."""


def _render(module: str) -> Callable[[Report], str | bytes]:
    """Render of a module, which is loaded only where a report is written: some bring a library along."""

    def render(report: Report) -> str | bytes:
        written: str | bytes = importlib.import_module(f"{__name__}.{module}").render(report)
        return written

    return render


def _junit_files(report: Report, limit: int, choice: JunitChoice | None = None) -> Iterator[tuple[str, bool]]:
    from reports import junit_report

    return junit_report.files(report, limit, choice or JunitChoice())


def _junit(choice: JunitChoice) -> Reporter:
    """The format as a person chose it."""

    def render(report: Report) -> str:
        from reports import junit_report

        return junit_report.render(report, choice)

    return Reporter(name="junit", suffix=SUFFIXES["junit"], render=render, files=partial(_junit_files, choice=choice))


def _painter(part: str) -> Callable[[Report, int, bool], str]:
    """What paints a part of the report on a terminal, by the part's name."""

    def paint(report: Report, width: int, color: bool) -> str:
        from reports import terminal

        encoding, wanted = sys.stdout.encoding or "utf-8", terminal.Part[part]
        return terminal.render(report, width=width, color=color, encoding=encoding, part=wanted).rstrip("\n")

    return paint


def _annotations(report: Report) -> Iterator[Annotation]:
    from reports.annotations import of

    return of(report)


def _pages(estates: Sequence[PastEstate]) -> Iterator[tuple[str, str]]:
    from reports import html_site

    return html_site.pages(estates)


def _folder(report: Report) -> Iterator[tuple[str, str]]:
    from reports import html_folder

    return html_folder.folder(report)


def _json_files(report: Report, _limit: int) -> Iterator[tuple[str, bool]]:
    """In files of the size that it has by itself: the limit that a person names is one of dashboards."""
    from reports import json_report

    return json_report.files(report)


SPEAK = frozenset({"html", "markdown"})
"""Formats that people read; what programs read is English."""
CHOSEN = {"junit": _junit}
"""Of the format of dashboards, of which a person may choose more than the file."""
FILES = {"junit": _junit_files, "json": _json_files}
"""Of formats that keep to a limit."""
FOLDERS = {"html": _folder}
"""Of formats that go into a folder."""
PAGES = {"html": _pages}
"""Of the format that pages of a history are in."""


@hookimpl
def scanner_reporters() -> Iterable[Reporter]:
    """Offer the format of every file, and text; the text is what a terminal shows, too."""
    modules = [module.name for module in pkgutil.iter_modules(__path__) if module.name.endswith("_report")]
    names = {module: module.removesuffix("_report") for module in modules}
    return (
        *(
            Reporter(
                name=n,
                suffix=SUFFIXES.get(n, f".{n}"),
                render=_render(module),
                files=FILES.get(n),
                folder=FOLDERS.get(n),
                pages=PAGES.get(n),
                speaks=n in SPEAK,
                chosen=CHOSEN.get(n),
            )
            for module, n in names.items()
        ),
        Reporter(
            name="text",
            suffix=".txt",
            render=_render("terminal"),
            paint=_painter("ALL"),
            paint_whole=_painter("WHOLE"),
            paint_last=_painter("LAST"),
            annotate=_annotations,
            speaks=True,
        ),
    )
