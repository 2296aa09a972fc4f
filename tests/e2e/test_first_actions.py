"""What to do first, done on the wire: the commands of the first two actions free the moves that they promised.

Directory commands change the real Samba, the others the machines' states; it proves our model of these commands, and no
more (docs/remedies.md).
"""

from __future__ import annotations

from typing import Any

import pytest

from lab import directory
from lab.remedy.interpreter import commands_of, run
from tests.json_report import findings as told_findings
from tests.remedies.estates import FAULTS
from tests.remedies.live import Living

pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]
FAULTY = (
    ("no protocol transition", "hv01.corp.example"),
    ("migration off", "hv02.corp.example"),
    ("replica off", "hv11.branch.example"),
)
VERDICTS = ("ready", "incomplete", "not ready")
Move = tuple[str, str, str]


@pytest.fixture
def living(estate, tmp_path):
    """The sound estate, up; the directory is put back afterwards."""
    try:
        yield Living(estate, tmp_path, {}, waits=True)
    finally:
        directory.run("reset.sh", "all", timeout=600)


def verdicts(report: dict[str, Any]) -> dict[Move, str]:
    return {
        (route["source"], route["destination"], state["profile"]): state["verdict"]
        for route in report["routes"]
        for state in route["profiles"]
    }


def remedies(report: dict[str, Any], action: dict[str, Any]) -> list[str]:
    """What the report prints for what an action mends."""
    named = [(cause["check"], cause["subject"]) for cause in action["findings"]]
    found = {
        (one["check"], one["subject"]["id"]): one["remedy"] for one in report["findings"] if one["status"] == "FAIL"
    }
    return [found[cause] for cause in named]


def test_the_first_two_actions_free_the_moves_that_they_promised(living):
    assert set(verdicts(living.json).values()) == {"ready"}
    for fault, host in FAULTY:
        FAULTS[fault](living.world, living.world.hosts[host])
    living.judged(living.world)
    report = living.json
    before = verdicts(report)
    first, second, third, *_ = report["actions"]
    whose = {first["who"], second["who"]}
    assert whose == {"directory", "host"}, [(one["check"], one["about"], one["reach"]) for one in report["actions"]]
    together = 0
    for action in (first, second):
        reach = action["reach"]
        assert reach["of"] == list(before.values()).count("not ready")
        assert reach["unsure"] == 0
        assert reach["frees"] > 0
        texts, done = remedies(report, action), set[str]()
        assert all(map(commands_of, texts))
        assert [refused for text in texts for refused in run(living.world, text, done)] == []
        living.judged(living.world)
        together += reach["frees"]
        assert reach["together"] == together
        now = verdicts(living.json)
        freed = [move for move, verdict in now.items() if verdict == "ready" and before[move] == "not ready"]
        assert len(freed) == together, (action["check"], action["about"])
        assert all(VERDICTS.index(now[move]) <= VERDICTS.index(verdict) for move, verdict in before.items())
        assert failing(living.json) < failing(report), "nothing fails that did not before"
    assert {(one["check"], *one["about"]) for one in living.json["actions"]} >= {(third["check"], *third["about"])}


def failing(report: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {
        (one["check"], one["subject"]["id"], one["profile"]) for one in told_findings(report) if one["status"] == "FAIL"
    }
