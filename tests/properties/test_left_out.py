"""A machine that one answer of its host leaves out: what the others say of it is not the whole of it."""

from __future__ import annotations

import copy
import json

import pytest

from scanner.api import Gap, Status
from scanner.facts.vm import VirtualMachineSettings
from scanner.record import record
from tests.properties.records import OFFER, before, better, document, judged
from tests.properties.renaming import Document

HOST = "hv01.corp.example"
MAY_BE_MISSING = {
    "SwitchConnection": "a machine may have no adapter",
    "VmProcessor": "read only where the processors of two hosts differ",
    "LastReplication": "judged of a machine that replicates, and none of this host does",
    "ReplicationRelationship": "the machine's own state tells as much, as it does on 2012",
}
"""Facts that need not tell of each machine, or of which another tells the same."""


def machines() -> frozenset[str]:
    """The machines of the host."""
    rows = record.load(json_of(document("good")), OFFER.facts).ask(VirtualMachineSettings, HOST)
    assert not isinstance(rows, Gap)
    return frozenset(row.vm_id for row in rows)


def json_of(edited: Document) -> bytes:
    return json.dumps(edited).encode()


def facts() -> list[str]:
    """The facts of the good record that tell of every machine of the host."""
    told = {answer["fact"]: json.dumps(answer["rows"]).lower() for answer in ANSWERS if answer["target"] == HOST}
    return sorted(fact for fact, text in told.items() if all(vm in text for vm in MACHINES))


def left_out(fact: str, machine: str) -> Document:
    """The record without what this answer tells of the machine."""
    made = copy.copy(document("good"))
    made["answers"] = [
        answer | {"rows": [row for row in answer["rows"] if machine not in json.dumps(row).lower()]}
        if (answer["fact"], answer["target"]) == (fact, HOST)
        else answer
        for answer in made["answers"]
    ]
    return made


ANSWERS = document("good")["answers"]
MACHINES = machines()
FACTS = facts()


def test_the_record_tells_of_machines_in_several_ways() -> None:
    """Else the next one would say nothing."""
    assert {"VirtualMachineSettings", "VirtualMachineState", "VmRuntime", *MAY_BE_MISSING} <= set(FACTS)


@pytest.mark.parametrize("machine", sorted(MACHINES))
@pytest.mark.parametrize("fact", FACTS)
def test_a_machine_that_one_answer_leaves_out(fact: str, machine: str) -> None:
    """Nothing is better for it, and something of the machine or of its host is not known any more."""
    now = judged(left_out(fact, machine))
    assert better(before("good"), now) == []
    was = {(f.check, f.subject) for f in before("good").findings if f.status is Status.UNKNOWN}
    lost = [f for f in now.findings if f.status is Status.UNKNOWN and (f.check, f.subject) not in was]
    assert bool(lost) is (fact not in MAY_BE_MISSING), MAY_BE_MISSING.get(fact)
