"""An answer belongs to the machine that gave it: another machine's answers never let a move start."""

from __future__ import annotations

import copy
import itertools

import pytest

from tests.properties.records import DIRECTORY, answers_of, before, both, document, judged
from tests.properties.renaming import Document

PROOFS = ("", "kerberos", "certificate")
"""What the sign-in proved; it proves who was asked, and the machine's own word stands against it."""


def answered_by(edited: Document, target: str, other: str, proof: str = "") -> Document:
    """All that the target was asked, answered by another machine, its identity included."""
    made = copy.copy(edited)
    own = [answer for answer in edited["answers"] if answer["target"] != target or answer["fact"] in DIRECTORY]
    made["answers"] = own + [answer | {"target": target} for answer in answers_of(edited, other)]
    made["gaps"] = [gap for gap in edited["gaps"] if gap["target"] != target]
    made["targets"] = [t | {"proof": proof} if t["name"] == target else t for t in edited["targets"]]
    return made


@pytest.mark.parametrize(("name", "proof"), [*(("good", proof) for proof in PROOFS), ("practice", "")])
def test_all_answers_of_another_machine(name: str, proof: str) -> None:
    """Each host and VMM server answered by each other one: its routes are ready for no kind of move that reads it."""
    base = document(name)
    estate = base["estate"]
    pairs = [*itertools.permutations([*estate["hosts"], *estate["vmm_servers"]], 2)]
    for target, other in pairs if name == "good" else pairs[::11]:
        report = judged(answered_by(base, target, other, proof))
        assert report.verdict != "ready", (target, other)
        for route in report.routes:
            ready = [state.profile for state in route.profiles if state.verdict == "ready"]
            if target in (route.source, route.destination):
                assert ready == [], (target, other)
            elif target in estate["vmm_servers"]:
                assert "asr-vmm" not in ready, (target, other)


@both
def test_two_machines_answer_each_other(name: str) -> None:
    """Two names that lead crosswise: nothing of it is taken for the right machine's."""
    base = document(name)
    for one, other in itertools.combinations(base["estate"]["hosts"][:4], 2):
        crossed = answered_by(base, one, other)
        crossed["answers"] += [answer | {"target": other} for answer in answers_of(base, one)]
        crossed["answers"] = [
            answer
            for answer in crossed["answers"]
            if answer["target"] != other or answer["fact"] in DIRECTORY or answer not in answers_of(base, other)
        ]
        report = judged(crossed)
        for route in report.routes:
            if {one, other} & {route.source, route.destination}:
                assert "ready" not in {state.verdict for state in route.profiles}, (one, other)


@both
def test_a_few_answers_of_another_machine_without_its_name(name: str) -> None:
    """Where the machine's own identity is gone, too, what is left of its answers proves nothing."""
    base = document(name)
    for host in base["estate"]["hosts"]:
        made = copy.copy(base)
        gone = ("ComputerSystem", "AnsweringMachine")
        made["answers"] = [a for a in base["answers"] if a["target"] != host or a["fact"] not in gone]
        for route in judged(made).routes:
            if host in (route.source, route.destination):
                assert "ready" not in {state.verdict for state in route.profiles}, host


def test_the_good_record_is_ready_otherwise() -> None:
    """Else the other properties would say nothing."""
    assert before("good").verdict == "ready"
