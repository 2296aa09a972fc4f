"""The good estate read through the endpoint that ``hv-preflight jea`` writes: what differs names the right it needs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import msgspec
import pytest

from lab import practice, records
from lab.windows.machine.state import Configuration, State
from scanner import cli
from scanner.collect.role import FILES, NAME, PATTERNS
from scanner.facts.base import WindowsFact
from scanner.judge import judging
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.report import Finding
from tests.field.record import OFFER

PAGE = Path(__file__).parents[2] / "docs" / "least-privilege.md"


def read(folder: Path | None, capabilities: str = "") -> Evidence:
    """The good estate: with full rights, or through an endpoint in a folder, whose role names these capabilities."""
    if folder is None:
        return record.load(records.anew("good"), OFFER.facts)
    file = folder / f"{NAME}.pssc"
    if capabilities:
        text = file.read_text(encoding="utf-8")
        changed = text.replace(f"RoleCapabilities = '{NAME}'", f"RoleCapabilities = {capabilities}")
        assert changed != text
        file.write_text(changed, encoding="utf-8")

    def change(state: State) -> State:
        return msgspec.structs.replace(state, configuration=[Configuration(NAME, [str(file)])])

    return record.load(records.anew("good", change, NAME), OFFER.facts)


def findings(evidence: Evidence) -> dict[tuple[str, str, str], Finding]:
    return {(f.check, f.subject.id, f.profile): f for f in judging.judge(OFFER.checks, evidence)}


@pytest.fixture
def endpoint(tmp_path: Path) -> Path:
    estate = Path(shutil.copy(practice.ESTATES / "good" / "estate.toml", tmp_path))
    for named in ("ca.pem", "practice_2026.VaultCredentials"):
        (tmp_path / named).touch()
    assert cli.run(["jea", str(estate), "--out", str(tmp_path / "endpoint")]) == 0
    return tmp_path / "endpoint"


@pytest.fixture(scope="module")
def full() -> dict[tuple[str, str, str], Finding]:
    return findings(read(None))


def optional() -> dict[str, str]:
    """Checks that need a fact beyond the usual role, and the capability that has it."""
    facts = {c.id: [f.capability for f in c.needs if issubclass(f, WindowsFact) and f.capability] for c in OFFER.checks}
    return {check: found[0] for check, found in facts.items() if found}


def test_what_differs_names_the_right_that_it_needs(endpoint, full):
    evidence = read(endpoint)
    least = findings(evidence)
    assert least.keys() == full.keys()
    other = [finding for key, finding in least.items() if finding.status is not full[key].status]
    assert {finding.status.value for finding in other} == {"UNKNOWN"}
    assert {finding.check for finding in other} == set(optional())
    assert [f.note for f in other if FILES not in f.note] == []
    same = [key for key, finding in least.items() if finding.seen != full[key].seen and finding not in other]
    assert same == []
    refused = {(gap.fact, gap.detail.endswith(f"{FILES}, too")) for gap in evidence.gaps() if NAME in gap.detail}
    assert refused == {("DiskFile", True), ("KeyFileAccess", True)}


def test_with_the_optional_role_nothing_differs(endpoint, full):
    least = findings(read(endpoint, f"@('{NAME}', '{FILES}')"))
    told = {key: (f.status, f.seen, f.note) for key, f in least.items()}
    assert told == {key: (f.status, f.seen, f.note) for key, f in full.items()}


def test_a_fact_whose_command_only_the_optional_role_has_says_so():
    for fact in OFFER.facts:
        if issubclass(fact, WindowsFact) and hasattr(fact, "query"):
            wanted = FILES if {c.name for c in fact.query.commands} & PATTERNS.keys() else ""
            assert fact.capability == wanted, fact.__name__


def test_the_page_lists_just_the_checks_that_differ():
    rows = re.findall(
        r"^ *\| ([A-Z]+-\d+(?:, [A-Z]+-\d+)*) \| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {check: right for checks, right in rows for check in checks.split(", ")} == optional()
