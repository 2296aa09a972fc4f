"""history --site: static pages of a history. Pages first and what leads to them last; see ``site_files``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from scanner import __version__
from scanner.commands.auditing import auditable
from scanner.commands.console import UsageError, say, tell
from scanner.commands.files import NotWritten
from scanner.commands.site_files import INDEX, SiteFolder, marked
from scanner.guard import made
from scanner.judge import judging, planning, policy
from scanner.judge.hide import hidden
from scanner.plugins import Offer
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.exits import INCOMPLETE, INTERNAL, READY
from scanner.words.history import PastFinding, PastRoute, PastRun
from scanner.words.model import Severity
from scanner.words.report import Report
from scanner.words.site import PastEstate, folder_of, report_file
from scanner.words.telling import by_text, joined
from scanner.words.telling import tell as phrase
from scanner.words.waivers import Waivers
from scanner.words.wording import counted


class Kept(Protocol):
    """A history, as far as pages are made of it; each call sees one state of it."""

    def estates(self) -> tuple[str, ...]:
        """The names of the estates."""
        ...

    def runs(self, estate: str) -> tuple[PastRun, ...]:
        """Their runs, the newest first."""
        ...

    def findings(self, run: PastRun) -> tuple[PastFinding, ...]:
        """What a run found."""
        ...

    def routes(self, run: PastRun) -> tuple[PastRoute, ...]:
        """How ready a run found each route."""
        ...

    def record(self, run: PastRun) -> bytes | None:
        """The evidence of a run; nothing where it is not kept."""
        ...

    def waivers(self, run: PastRun) -> Waivers:
        """Those in force in a run."""
        ...


@dataclass(slots=True)
class Site:
    """A site that is being written."""

    kept: Kept
    folder: SiteFolder
    offer: Offer
    threshold: Severity
    key: str
    """what reports are made by: one that was made by the same is not made again"""
    failures: list[str] = field(default_factory=list[str])
    """why a report is not there"""
    notes: dict[str, None] = field(default_factory=dict[str, None])
    """what was to be told of records, each once"""

    def reports(self, estate: str, runs: Iterable[PastRun], most: int) -> frozenset[int]:
        """Write the whole reports of the newest runs of which the record is kept."""
        with_record = [run for run in runs if run.has_record][:most]
        return frozenset(run.number for run in with_record if self._report(estate, run))

    def _report(self, estate: str, run: PastRun) -> bool:
        name = f"{folder_of(estate)}/{report_file(run.number)}"
        key = f"report of {run.digest} by {self.key}"
        if self.folder.has(name, key):
            return True
        reporter = next(one for one in self.offer.reporters if one.pages)
        try:
            data = self.kept.record(run)
            if data is None:
                return False
            evidence = record.load(data, self.offer.facts, self.notes.setdefault)
        except record.RecordError as error:
            self.failures.append(phrase("run {number} has no report: {error}", number=run.number, error=error))
            return False
        waivers = self.kept.waivers(run)
        text = made(
            phrase("the report of run {number}", number=run.number),
            lambda: reporter.render(self._judged(run, evidence, waivers)),
        )
        if not isinstance(text, str):
            self.failures.append(
                phrase("run {number} has no report: making it failed, as told above", number=run.number)
            )
            return False
        self.folder.put(name, marked(text, key))
        return True

    def findings(self, run: PastRun) -> tuple[PastFinding, ...]:
        """What a run found, in the words of the checks of today as far as they demand the same."""
        known = {(check.id, check.title): check for check in self.offer.checks}
        found = self.kept.findings(run)
        checks = (known.get((one.check, one.title)) for one in found)
        return tuple(
            replace(one, headline=check.headline(one.status)) if check else one
            for one, check in zip(found, checks, strict=True)
        )

    def _judged(self, run: PastRun, evidence: Evidence, waivers: Waivers) -> Report:
        """The report of a record by the checks of today, which says so."""
        report = policy.report_of(
            evidence,
            hidden(judging.judge(self.offer.checks, evidence)),
            checks=hidden(judging.enabled(self.offer.checks, evidence.estate.profiles)),
            plugins=self.offer.plugins,
            threshold=self.threshold,
            not_judged=self.offer.not_judged,
            passages=self.offer.passages,
            waivers=hidden(waivers),
        )
        words = phrase(
            "Judged again, by version {version} and its checks, from the record of run {number}",
            version=__version__,
            number=run.number,
        )
        if run.verdict != report.verdict:
            words = phrase("{words}, which said {verdict}", words=words, verdict=by_text(run.verdict, "verdict"))
        return auditable(planning.planned(replace(report, besides=(words,)), evidence), run.digest)


def write_site(kept: Kept, path: Path, offer: Offer, threshold: Severity, *, limit: int, reports: int) -> int:
    """Write the pages, and say what stands there; gives the exit code.

    Args:
        kept: the history.
        path: the folder of the pages.
        offer: the checks by which records are judged, and the formats.
        threshold: from which severity on a failure stops the gate.
        limit: of each estate so many runs, the newest.
        reports: of each estate so many whole reports.

    Raises:
        UsageError: the folder cannot be one of a site.
    """
    reporter = next((one for one in offer.reporters if one.pages), None)
    if reporter is None or reporter.pages is None:
        raise UsageError("--site: no format that is loaded makes pages")
    folder = SiteFolder.at(path)
    site = Site(kept, folder, offer, threshold, _key(offer, threshold))
    try:
        estates = [_estate(site, name, limit, reports) for name in kept.estates()]
        for name, text in reporter.pages(estates):
            folder.put(name, text)
    except NotWritten as error:
        tell(str(error))
        return INTERNAL
    folder.tidy()
    for line in (*site.notes, *site.failures):
        tell(line)
    say(_told(path, estates, folder.removed))
    return INCOMPLETE if site.failures else READY


def _estate(site: Site, name: str, limit: int, reports: int) -> PastEstate:
    runs = site.kept.runs(name)
    shown = runs[:limit]
    return PastEstate(
        name=name,
        runs=shown,
        left_out=len(runs) - len(shown),
        findings=site.findings,
        routes=site.kept.routes,
        reports=site.reports(name, shown, reports),
    )


def _key(offer: Offer, threshold: Severity) -> str:
    """By what reports are made, short: another check, plug-in or version makes another one."""
    parts = [
        __version__,
        threshold.word,
        *(f"{one.name} {one.version}" for one in offer.plugins),
    ]
    parts += [f"{check.id} {check.doc} {check.fails} {check.warns} {check.module}" for check in offer.checks]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _told(path: Path, estates: Sequence[PastEstate], removed: int) -> str:
    runs, reports = sum(len(one.runs) for one in estates), sum(len(one.reports) for one in estates)
    told = (counted(len(estates), "estate"), counted(runs, "run"), counted(reports, "whole report"))
    said = phrase("{path}: {told}", path=path / INDEX, told=joined(", ", told))
    return phrase("{said}; {pages} of before removed", said=said, pages=counted(removed, "page")) if removed else said
