"""The machines' half of the practice records follows from their states, on any computer, without root."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lab import records
from lab.__main__ import main

SHIPPED = {name: path.read_bytes() for name, (path, _) in records.RECORDS.items()}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Path]]:
    """Copies of the records in place of the shipped ones, without the answers about some facts, and without a field."""

    def make(*facts: str, field: str = "") -> dict[str, Path]:
        for name, data in SHIPPED.items():
            document: dict[str, Any] = json.loads(data)
            document["answers"] = [answer for answer in document["answers"] if answer["fact"] not in facts]
            for answer in document["answers"]:
                for row in answer["rows"]:
                    row.pop(field, None)
            path = tmp_path / f"{name}.hvp"
            path.write_text(json.dumps(document), encoding="utf-8")
            monkeypatch.setitem(records.RECORDS, name, (path, records.RECORDS[name][1]))
        return {name: path for name, (path, _) in records.RECORDS.items()}

    return make


def untimed(data: bytes) -> dict[str, Any]:
    document = json.loads(data)
    for answer in document["answers"]:
        del answer["at"]
    return document


def test_the_records_are_what_their_machines_say(kept, capsys):
    paths = kept(field="build")
    assert main(["machines"]) == 0
    assert capsys.readouterr().out.split() == [str(path) for path in paths.values()]
    for name, path in paths.items():
        assert path.read_bytes() == SHIPPED[name], f"a machine of {name} was changed: run `make records`"


def test_a_fact_that_a_check_came_to_need_is_brought_and_all_else_is_as_it_was(kept):
    paths = kept("VmSecurity", "ConnectionProfile")
    assert main(["machines"]) == 0
    for name, path in paths.items():
        assert untimed(path.read_bytes()) == untimed(SHIPPED[name])


def test_what_only_the_whole_lab_tells_is_asked_for_and_nothing_is_written(kept, capsys):
    paths = kept("Trust")
    before = {name: path.read_bytes() for name, path in paths.items()}
    assert main(["machines"]) == 1
    said = capsys.readouterr().out
    assert "nothing is written" in said
    assert "good: ID-02 hv01.corp.example/hv11.branch.example: UNKNOWN" in said
    assert "python -m lab record" in said
    assert {name: path.read_bytes() for name, path in paths.items()} == before
