"""Where a run's results go: the record and the reports first, each for itself, then the terminal, then what failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self

from scanner import plugins
from scanner.commands import options
from scanner.commands.attesting import Attestor
from scanner.commands.console import UsageError, say, tell
from scanner.commands.files import NotWritten, writable, write
from scanner.commands.handles import is_standard_output, output
from scanner.commands.in_files import put_all, splits
from scanner.commands.in_folders import put_folder
from scanner.commands.junit_choice import choice
from scanner.commands.painting import rendered
from scanner.commands.signals import latch
from scanner.commands.site_files import SiteFolder, is_page
from scanner.commands.talk import AS_EVER, Talk
from scanner.guard import made
from scanner.record import record
from scanner.record.digest import digest_of
from scanner.words import exits
from scanner.words.evidence import Evidence
from scanner.words.junit_choice import JunitChoice
from scanner.words.model import Severity
from scanner.words.report import Report
from scanner.words.telling import tell as phrase


@dataclass(slots=True)
class Outputs:
    """The files that a run was asked for, and what became of them."""

    paths: tuple[tuple[str, Path], ...] = ()
    """reports, by format"""
    threshold: Severity = Severity.LOW
    save: Path | None = None
    mode: int | None = None
    junit: JunitChoice = field(default_factory=JunitChoice)
    talk: Talk = AS_EVER
    """how much of the report for people is printed"""
    aside: bool = False
    """standard output is one of the files: what is for people goes to standard error, to leave it whole"""
    attestor: Attestor | None = None
    """what signs it all at the end"""
    digest: str = ""
    """of the record that is judged, once it is written or was read"""
    written: list[Path | str] = field(default_factory=list[Path | str])
    dirs: tuple[Path, ...] = ()
    """of the paths those that are folders"""
    folders: dict[Path, SiteFolder] = field(default_factory=dict[Path, SiteFolder])  # once they are known to be ours
    failures: list[str] = field(default_factory=list[str])
    """one line for each file that was not written"""

    @classmethod
    def of(
        cls, reports: options.Reports, save: Path | None = None, *, reads: Iterable[Path] = (), talk: Talk = AS_EVER,
        attestor: Attestor | None = None,
    ) -> Self:  # fmt: skip
        """Check the options; ``reads`` are the files the command reads, which none may overwrite.

        From here on a signal ends the run with its reports.

        Raises:
            UsageError: a file that cannot be written, an unknown severity or mode, or a wrong form of ``--report``.
        """
        latch.hold()
        talk.begin()
        named = [(name, output(path)) for name, path in reports.named()]
        save = output(save) if save else None
        dirs, more = reports.folders(), [attestor.file] if attestor else []
        paths = [*(path for _, path in named if path not in dirs), *([save] if save else []), *more]
        writable(paths, reads)
        for page, folder in ((path, folder) for path in paths for folder in dirs if is_page(path, folder)):
            raise UsageError(phrase("{page} is a page of {folder}; name a file that is none", page=page, folder=folder))
        printed = [path for path in paths if is_standard_output(path)]
        if printed[1:]:
            raise UsageError(
                phrase(
                    "{printed} and {printed2} are both standard output; only one file can be that",
                    printed=printed[0],
                    printed2=printed[1],
                )
            )
        return cls(
            tuple(named),
            options.severity(reports.fail_on),
            save,
            options.permissions(reports.mode),
            choice(reports.junit_names, reports.junit_profile, reports.junit_limit),
            talk=talk,
            dirs=tuple(dirs),
            aside=bool(printed),
            attestor=attestor,
        )

    def keep(self, evidence: Evidence) -> None:
        """Write the record, if it was asked for; before anything is judged, no defect of a judge can lose it."""
        if self.save:
            data: list[bytes] = []
            if self._deliver(self.save, phrase("the record"), lambda: data.append(record.dump(evidence)) or data[0]):
                self.digest = digest_of(data[0])

    def deliver(self, report: Report, offer: plugins.Offer) -> None:
        """Write every report."""
        reporters = {one.name: one.chosen(self.junit) if one.chosen else one for one in offer.reporters}
        for name, path in self.paths:
            reporter, what = reporters[name], phrase("report format {name}", name=name)
            if reporter.folder and path in self.folders:
                pages = partial(reporter.folder, report)
                put_folder(self.folders[path], what, pages, self.written, self.failures, self._wrote)
            elif reporter.files and splits(path):
                put_all(path, what, partial(reporter.files, report, self.junit.limit), self._deliver)
            else:
                self._deliver(path, what, partial(rendered, reporter, report))

    def _deliver(self, path: Path, what: str, make: Callable[[], str | bytes]) -> bool:
        content = made(what, make)
        if content is None:
            self.failures.append(phrase("{path} is not written: {what} failed, as told above", path=path, what=what))
            return False
        data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
        try:
            write(path, data, self.mode)
        except NotWritten as error:
            self.failures.append(str(error))
        else:
            self.written.append(path)
            self._wrote(path, data)
        return path in self.written

    def _wrote(self, path: Path, data: bytes) -> None:
        if self.attestor:
            self.attestor.wrote(path, data)

    def attest(self, report: Report) -> None:
        """Sign what was written, where all of it was."""
        if self.attestor and (signed := self.attestor.signed(report, self.failures)):
            self._deliver(self.attestor.file, phrase("the attestation"), lambda: signed)

    def say(self, text: str) -> None:
        """Print for people."""
        (tell if self.aside else say)(text)

    def close(self, code: int) -> int:
        """The exit code, now that every file is written or not; from here on a signal ends the program.

        A ready run is not ready without its files: a gate must not be green on last week's report.
        """
        latch.release()
        if latch.signalled:
            return exits.INTERRUPTED
        return exits.INTERNAL if self.failures and code == exits.READY else code

    def last_words(self, evidence: Evidence, code: int) -> None:
        """Tell what was not written, and what an interrupted run left."""
        for line in self.failures:
            tell(line)
        reports = bool(self.paths or not self.save)
        if evidence.interrupted and reports:
            tell(phrase("interrupted: the reports hold what was read until then"))
        elif evidence.interrupted:
            tell(phrase("interrupted: the record holds what was read until then"))
        elif code == exits.INTERRUPTED and reports:
            tell(phrase("interrupted when all was read: the reports hold all of it"))
        elif code == exits.INTERRUPTED:
            tell(phrase("interrupted when all was read: the record holds all of it"))
