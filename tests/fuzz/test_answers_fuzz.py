"""Whatever an answers file or a line holds, it becomes facts or gaps, and nothing else."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.collect.transport import bounds
from scanner.collect.transport.answers import NoReply, lines_of, read_json
from scanner.collect.windows.open_questions import OpenQuestions
from scanner.collect.windows.questions import Question
from scanner.facts.base import AskedFact, WindowsFact
from scanner.facts.vm import MOST_MACHINES, VirtualMachineSettings, VmStorage
from scanner.plugins import load
from scanner.words.estate import Estate
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason

HOST = "hv01.corp.example"
FACTS = [f for f in load(third_party=False).facts if issubclass(f, WindowsFact) and not issubclass(f, AskedFact)]
ODD = st.sampled_from(
    [
        *(None, True, -1, 10**30, 1.5, "", "\0", "\ud800", "/Date(999999999999999)/", "/Date(-1)/", "9" * 21),
        *(
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            "2026-11-21",
            [],
            {},
            [None],
            [[]],
            {"value": None},
        ),
        *({"value": [1], "Count": 1}, {"Major": 1}, {"Major": 10**40, "Minor": 1, "Build": -1, "Revision": True}),
    ]
)
JSON: Any = st.recursive(
    ODD | st.text(max_size=10), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner)
)


def settled(fact: type[WindowsFact], lines: list[str]) -> Evidence:
    evidence = Evidence(Estate(), started=datetime.now(UTC), finished=datetime.now(UTC))
    still_open = OpenQuestions(HOST, [Question(fact, fact.query)], evidence)
    for line in lines:
        still_open.take_line(line)
    still_open.settle(GapReason.NOT_COLLECTED, "nothing came")
    assert evidence.has(fact, HOST)
    return evidence


@given(st.sampled_from(FACTS), st.text(max_size=100))
@example(FACTS[0], "[" * 100_000)
@example(FACTS[0], '{"query":' * 50_000)
@example(FACTS[0], '{"query": "x", "rows": ' + "9" * 5000 + "}")
def test_any_line(fact: type[WindowsFact], line: str) -> None:
    settled(fact, [line])


@given(st.sampled_from(FACTS), st.data())
def test_rows_with_odd_values(fact: type[WindowsFact], data: st.DataObject) -> None:
    names = [str(name) for name in fact.query.commands[-1].parameters.get("Property", ())]
    row = {name: data.draw(JSON) for name in names}
    rows = data.draw(st.sampled_from([row, [row], [row, row], [row, 1], {"value": [row], "Count": 1}]))
    errors = data.draw(JSON)
    settled(fact, [json.dumps({"query": fact.__name__, "rows": rows, "errors": errors})])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / f"{HOST}.jsonl"


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]))
def test_any_file(path: Path, data: bytes, mark: bytes) -> None:
    path.write_bytes(mark + data)
    try:
        assert all(line.strip("\r\n \t\0") for line in lines_of(path))
    except NoReply as error:
        assert "neither UTF-8 nor UTF-16" in str(error)  # noqa: PT017 - any other reason would be wrong


@given(st.lists(st.text(min_size=1, max_size=20), max_size=5), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_lines_come_as_they_were_written(path: Path, lines: list[str], encoding: str) -> None:
    kept = [text for line in lines if (text := "".join(c for c in line if c.isalnum()))]
    path.write_bytes("\r\n".join(kept).encode(encoding))
    assert [line.rstrip("\r") for line in lines_of(path)] == kept


def test_bounds_of_a_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"x" * (bounds.MAX_LINE + 1))
    with pytest.raises(NoReply, match="a line is longer than 8 MiB"):
        list(lines_of(path))
    with path.open("wb") as file:
        file.truncate(5 << 30)  # a hole; before its end is reached, enough was read
    with pytest.raises(NoReply, match=r"longer than|larger than"):
        list(lines_of(path))
    path.write_bytes((b"x" * 1000 + b"\n") * (bounds.MAX_ANSWERS_FILE // 1000))
    with pytest.raises(NoReply, match="the file is larger than 64 MiB"):
        list(lines_of(path))
    path.unlink()


def test_bounds_of_answers() -> None:
    with pytest.raises(NoReply, match="longer than any machine's"):
        read_json("[" + "[]," * bounds.MAX_VALUES + "[]]")
    row = '{"InstanceID":"Microsoft:00000000-0000-0000-0000-000000000000","HostResource":[]}'
    many = ",".join([row] * (bounds.MAX_ROWS + 1))
    gap = settled(VmStorage, [f'{{"query":"VmStorage","errors":[],"rows":[{many}]}}']).ask(VmStorage, HOST)
    assert isinstance(gap, Gap)
    assert "no machine has more than 50,000" in gap.detail
    whole = f'{{"query":"VmStorage","errors":[],"rows":[{",".join([row] * 1000)}]}}'
    evidence = settled(VmStorage, ['{"query":"other","rows":[' + "1," * 400_000 + "1]}"] * 3 + [whole])
    assert evidence.ask(VmStorage, HOST).detail == "the machine answers more than any machine holds"


def test_more_virtual_machines_than_a_host_has_are_no_answer() -> None:
    def answer(machines: int, checkpoints: int) -> str:
        rows = [
            {"InstanceID": f"Microsoft:{uuid.UUID(int=n)}", "ElementName": "a", "VirtualSystemType": kind}
            for n, kind in enumerate([None] * machines + ["Microsoft:Hyper-V:Snapshot:Realized"] * checkpoints)
        ]
        return json.dumps({"query": "VirtualMachineSettings", "errors": [], "rows": rows})

    found = settled(VirtualMachineSettings, [answer(MOST_MACHINES, 1000)]).ask(VirtualMachineSettings, HOST)
    assert not isinstance(found, Gap)
    assert len(found) == MOST_MACHINES + 1000
    gap = settled(VirtualMachineSettings, [answer(MOST_MACHINES + 1, 0)]).ask(VirtualMachineSettings, HOST)
    assert isinstance(gap, Gap)
    assert gap.reason is GapReason.UNPARSABLE
    assert gap.detail == "there are 4097 virtual machines, and no host has more than 4096"
