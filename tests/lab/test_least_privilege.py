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
from scanner.collect.role import FILES, NAME, OF_VMM, PATTERNS, VMM
from scanner.facts.base import WindowsFact
from scanner.judge import judging
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.model import key_of
from scanner.words.report import Finding
from tests.field.record import OFFER

NONE = "NOT_APPLICABLE"
PAGE = Path(__file__).parents[2] / "docs" / "least-privilege.md"


def read(folder: Path | None, capabilities: str = "") -> Evidence:
    """The good estate: with full rights, or through an endpoint in a folder, whose role names these capabilities."""
    if folder is None:
        return record.load(records.anew("good"), OFFER.facts)
    file = with_roles(folder, capabilities) if capabilities else folder / f"{NAME}.pssc"

    def change(state: State) -> State:
        return msgspec.structs.replace(state, configuration=[Configuration(NAME, [str(file)])])

    return record.load(records.anew("good", change, NAME), OFFER.facts)


def with_roles(folder: Path, capabilities: str) -> Path:
    """The configuration in a folder, whose role names these capabilities; one of VMM runs as an account of its own."""
    file = folder / f"{NAME}.pssc"
    text = file.read_text(encoding="utf-8")
    changed = text.replace(f"RoleCapabilities = '{NAME}'", f"RoleCapabilities = {capabilities}")
    assert changed != text
    if VMM in capabilities:
        changed = changed.replace("RunAsVirtualAccount = $true", "GroupManagedServiceAccount = 'CORP\\svc-hvp$'")
        assert "GroupManagedServiceAccount" in changed
    file.write_text(changed, encoding="utf-8")
    return file


def written(folder: Path, name: str, capabilities: str = "") -> Path:
    """The configuration that ``hv-preflight jea`` writes for an estate."""
    estate = Path(shutil.copy(practice.ESTATES / name / "estate.toml", folder))
    for named in ("ca.pem", "practice_2026.VaultCredentials"):
        (folder / named).touch()
    assert cli.run(["jea", str(estate), "--out", str(folder / "endpoint")]) == 0
    return with_roles(folder / "endpoint", capabilities) if capabilities else folder / "endpoint" / f"{NAME}.pssc"


def findings(evidence: Evidence) -> dict[tuple[str, str, str], Finding]:
    return {(f.check, f.subject.id, f.profile): f for f in judging.judge(OFFER.checks, evidence)}


@pytest.fixture
def endpoint(tmp_path: Path) -> Path:
    return written(tmp_path, "good").parent


@pytest.fixture(scope="module")
def full() -> dict[tuple[str, str, str], Finding]:
    return findings(read(None))


def optional() -> dict[str, set[str]]:
    """Checks that need facts beyond the usual role, or whose subjects do, and the capabilities that have them."""
    facts = {check.id: (*check.scope.needs, *check.needs) for check in OFFER.checks}
    found = {id_: {f.capability for f in of if issubclass(f, WindowsFact)} - {""} for id_, of in facts.items()}
    return {check: capabilities for check, capabilities in found.items() if capabilities}


def test_what_differs_names_the_right_that_it_needs(endpoint, full):
    evidence = read(endpoint)
    least = findings(evidence)
    needed = optional()
    blind = {check for check, _, _ in least.keys() - full.keys()}
    """of whose subjects nobody told: one finding on the run stands for them"""
    assert blind <= needed.keys()
    assert {key for key in full.keys() - least.keys() if key[0] not in blind} == set()
    other = [f for key, f in least.items() if key not in full or f.status is not full[key].status]
    assert {finding.status.value for finding in other} == {"UNKNOWN"}
    idle = {check for check in needed if {f.status.value for f in full.values() if f.check == check} == {NONE}}
    assert needed.keys() - idle <= {finding.check for finding in other} <= needed.keys()
    assert [f.note for f in other if not any(capability in f.note for capability in needed[f.check])] == []
    same = [key for key, f in least.items() if f not in other and f.seen != full[key].seen]
    assert same == []
    refused = {(gap.fact, gap.detail.rpartition(" ")[0].split()[-1]) for gap in evidence.gaps() if NAME in gap.detail}
    assert refused == {(key_of(fact), f"{fact.capability},") for fact in asked() if fact.capability}


def asked() -> list[type[WindowsFact]]:
    return [fact for fact in OFFER.facts if issubclass(fact, WindowsFact) and hasattr(fact, "query")]


def test_with_the_optional_roles_nothing_differs(endpoint, full):
    least = findings(read(endpoint, f"@('{NAME}', '{FILES}', '{VMM}')"))
    told = {key: (f.status, f.seen, f.note) for key, f in least.items()}
    assert told == {key: (f.status, f.seen, f.note) for key, f in full.items()}


def test_a_fact_whose_command_only_the_optional_role_has_says_so():
    for fact in asked():
        names = {command.name for command in fact.query.commands}
        of_vmm = VMM if any(name.startswith(OF_VMM) for name in names) else ""
        assert fact.capability == (FILES if names & PATTERNS.keys() else of_vmm), fact.__name__


def test_the_page_lists_just_the_checks_that_differ():
    row = re.compile(r"^ *\| ([A-Z]+-\d+(?:, [A-Z]+-\d+)*) \| ((?:`\w+`(?:, )?)+) \|", re.MULTILINE)
    rows = row.findall(PAGE.read_text(encoding="utf-8"))
    told = {check: set(re.findall(r"\w+", rights)) for checks, rights in rows for check in checks.split(", ")}
    assert told == optional()
