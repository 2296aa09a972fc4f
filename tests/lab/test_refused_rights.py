"""Who lacks a right on hosts that replicate, or in VMM, is told which; nothing is sound because it was not seen."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from lab import records
from lab.windows.machine.state import Configuration, State
from scanner.collect.role import FILES, NAME, VMM
from scanner.judge import judging
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason
from scanner.words.report import Finding
from tests.field.record import OFFER
from tests.lab.test_least_privilege import PAGE, written

Key = tuple[str, str, str]
ESTATES = ("good", "brokered", "sites", "certified")
"""Replication by Kerberos and by certificate, with and without a broker; one VMM server, and two."""
OF_VMM = ("good", "sites")
SERVICE = "CORP\\svc-hvp$"
ADMINISTRATOR, ROLE = "an administrator of the machine", "the account has no role in VMM (error 1604)"
NOT_ALL = "the account is no administrator of VMM there"


def read(estate: str, change: Callable[[State], State] = lambda state: state, configuration: str = "") -> Evidence:
    return record.load(records.anew(estate, change, configuration), OFFER.facts)


def told(evidence: Evidence) -> dict[Key, Finding]:
    return {(f.check, f.subject.id, f.profile): f for f in judging.judge(OFFER.checks, evidence)}


@pytest.fixture(scope="module")
def full() -> dict[str, dict[Key, Finding]]:
    """What an administrator is told."""
    return {estate: told(read(estate)) for estate in ESTATES}


def no_administrator(state: State) -> State:
    """A machine on which who reads is a user as any other."""
    return msgspec.structs.replace(state, faults=msgspec.structs.replace(state.faults, limited=[records.USER]))


def vmm(**words: object) -> Callable[[State], State]:
    def change(state: State) -> State:
        return state if state.vmm is None else msgspec.structs.replace(state, vmm=_changed(state, words))

    return change


def _changed(state: State, words: dict[str, object]) -> object:
    assert state.vmm is not None
    return msgspec.structs.replace(state.vmm, **words)


def worse(least: dict[Key, Finding], before: dict[Key, Finding]) -> list[Finding]:
    """What is told otherwise; nothing of it is better than what an administrator is told, nor anything but UNKNOWN."""
    other = [f for key, f in least.items() if key not in before or f.status is not before[key].status]
    assert [f for f in other if f.status.value != "UNKNOWN"] == []
    return other


@pytest.mark.parametrize("estate", ESTATES)
def test_a_plain_user_on_the_machines_is_told_which_right_he_lacks(full, estate):
    evidence = read(estate, no_administrator)
    least = told(evidence)
    other = worse(least, full[estate])
    denied = [gap for gap in evidence.gaps() if gap.reason is GapReason.ACCESS_DENIED]
    assert {gap.target for gap in denied} == set(evidence.estate.machines)
    assert [str(gap) for gap in denied if ADMINISTRATOR not in gap.detail] == []
    assert other
    assert [(f.check, f.note) for f in other if ADMINISTRATOR not in f.note] == []
    passed = [f for f in least.values() if f.status.value == "PASS"]
    missed = {(gap.fact, gap.target) for gap in evidence.gaps()}
    read_of = {f.check: {s.target for s in f.evidence if (s.fact, s.target) not in missed} for f in passed}
    assert {check: targets for check, targets in read_of.items() if targets & set(evidence.estate.machines)} == {}


@pytest.mark.parametrize("estate", OF_VMM)
def test_who_has_no_role_in_vmm_is_told_so(full, estate):
    evidence = read(estate, vmm(users=["CORP\\somebody"]))
    other = worse(told(evidence), full[estate])
    assert {"VMM-01", "VMM-03", "VMM-06", "VMM-15", "REP-11"} <= {f.check for f in other}
    assert [(f.check, f.note) for f in other if ROLE not in f.note] == []


@pytest.mark.parametrize("estate", OF_VMM)
@pytest.mark.parametrize("way", ["at the server", "through the role"])
def test_a_read_only_administrator_of_vmm_sees_what_an_administrator_sees(full, estate, way, tmp_path):
    """But for what rests on there being no more than is shown, which only an administrator can tell."""
    reads = vmm(profile="read-only")
    configuration = ""
    if way == "through the role":
        file = written(tmp_path, estate, f"@('{NAME}', '{FILES}', '{VMM}')")
        configuration = NAME

        def reads(state: State) -> State:
            state = msgspec.structs.replace(state, configuration=[Configuration(NAME, [str(file)])])
            return vmm(profile="read-only", users=[SERVICE])(state)

    least = told(read(estate, reads, configuration))
    other = worse(least, full[estate])
    assert {f.check for f in other} == {"VMM-08", "VMM-10"}
    assert [f.note for f in other if NOT_ALL not in f.note] == []
    assert {key: f.seen for key, f in least.items() if f not in other} == {
        key: f.seen for key, f in full[estate].items() if key[0] not in ("VMM-08", "VMM-10")
    }
    row = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if "*Administrator* in VMM" in line)
    assert row.startswith("| VMM-08, VMM-10 |")


def test_a_gap_of_rights_is_no_answer():
    evidence = read("sites", vmm(users=["CORP\\somebody"]))
    assert all(isinstance(evidence.ask(fact, "sim1.corp.example"), Gap) for fact in OFFER.facts if is_of_vmm(fact))


def is_of_vmm(fact: type) -> bool:
    return getattr(fact, "capability", "") == VMM
