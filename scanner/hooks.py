"""The hooks by which built-ins and plugins offer collectors, transports, checks and report formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pluggy

from scanner.estate.access import WINRM, Access, Opener
from scanner.words.annotation import Annotation
from scanner.words.check import Check
from scanner.words.intake import Intake
from scanner.words.junit_choice import JunitChoice
from scanner.words.model import Fact, TargetKind
from scanner.words.not_judged import NotJudged
from scanner.words.passage import Passage
from scanner.words.report import Report
from scanner.words.site import PastEstate

PROJECT = "hv_preflight"
"""Marker of the hooks, and the entry-point group of third-party plugins."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one collector shall read from one target in one round."""

    target: str
    kind: TargetKind
    facts: tuple[type[Fact], ...]
    arguments: dict[type[Fact], tuple[str, ...]]
    """for facts of the second round: what their queries are about"""
    evidence: Intake
    """where answers go, as soon as they are there; in the second round it holds the first round's answers"""
    deadline: float
    """monotonic seconds after which nothing more is waited for"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collector:
    """Reads facts from targets. ``collect`` runs in a thread of its own and puts answers and gaps into the evidence.

    It raises only on defects: every failure of a target becomes a gap with its reason. Facts it says nothing about
    become gaps, too.
    """

    name: str
    kinds: frozenset[TargetKind]
    """the kinds of target it knows how to ask"""
    provides: Callable[[type[Fact]], bool]
    collect: Callable[[Task, Access], None]
    """given the task and the access settings the command line read"""
    prepare: Callable[[tuple[str, ...], Access], None] | None = None
    """given the targets it will be asked for, before any of them is: whose deadlines have not begun"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """A way to Windows machines beside WinRM, for those whose ``sign_in`` names it as ``transport``."""

    name: str
    """not one of WinRM's own"""
    channel: Opener

    def __post_init__(self) -> None:
        """Raises ValueError where the name is taken."""
        if self.name in WINRM:
            raise ValueError(f"the transport {self.name} comes with the scanner, and no plugin takes its place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Writes a report in one format."""

    name: str
    suffix: str
    """as in .html"""
    render: Callable[[Report], str | bytes]
    """its text; octets of a format that is no text"""
    paint: Callable[[Report, int, bool], str] | None = None
    """for a terminal of so many columns, in colour or not; at most one format offers it"""
    paint_whole: Callable[[Report, int, bool], str] | None = None
    """the same with all that ``--verbose`` asks for, beside ``paint``"""
    paint_last: Callable[[Report, int, bool], str] | None = None
    """no more than the last lines, those that stay on a screen of 24, beside ``paint``"""
    annotate: Callable[[Report], Iterator[Annotation]] | None = None
    """what the page of a job shall show of it, on GitHub Actions and Azure Pipelines"""
    files: Callable[[Report, int], Iterator[tuple[str, bool]]] | None = None
    """its text in files of at most so many octets, each with whether there is another one; where a limit is kept"""
    folder: Callable[[Report], Iterator[tuple[str, str]]] | None = None
    """its text in files of a folder, each with its name, in the order in which they are to be written, the one that
    leads to all others last: what is written where a folder is named"""
    pages: Callable[[Sequence[PastEstate]], Iterator[tuple[str, str]]] | None = None
    """of a history: each with its path within their folder, in the order in which they are to be written, the page that
    leads to all of them last; at most one format offers them"""
    speaks: bool = False
    """people read it: it is rendered in their language, which ``scanner.api.spoken`` and ``language`` know"""
    chosen: Callable[[JunitChoice], Reporter] | None = None
    """the same format as a person wants it who said how dashboards shall have it"""


class Hooks:
    """The hooks, as pluggy reads them."""

    @hookspec
    def scanner_collectors(self) -> Iterable[Collector]:
        """Offer collectors. Called once, before any target is contacted."""
        return ()

    @hookspec
    def scanner_transports(self) -> Iterable[Transport]:
        """Offer transports. Called once, before any target is contacted."""
        return ()

    @hookspec
    def scanner_checks(self) -> Iterable[Check]:
        """Offer checks. Ids must be unique across all plugins."""
        return ()

    @hookspec
    def scanner_not_judged(self) -> Iterable[NotJudged]:
        """Tell what no check judges yet, or ever can: every report says it beside its verdict."""
        return ()

    @hookspec
    def scanner_passages(self) -> Iterable[Passage]:
        """Tell which demands the checks judge by, and where each is written: reports count what became of each."""
        return ()

    @hookspec
    def scanner_reporters(self) -> Iterable[Reporter]:
        """Offer report formats. Names must be unique across all plugins."""
        return ()
