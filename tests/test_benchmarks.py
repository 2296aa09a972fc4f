"""Every benchmark runs at its smallest size and tells its figures. Whether they keep a budget is not asked here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.api import Profile

ROOT = Path(__file__).resolve().parent.parent
FIGURE = re.compile(r"^(.+): ([\d.e+]+) .*\(budget [<>]= [\d.]+\) (?:met|NOT MET)$", re.MULTILINE)


def figures(name: str, *options: str) -> tuple[dict[str, float], str]:
    """What the benchmark tells about each budget, and all it prints."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *options],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return {what: float(value) for what, value in FIGURE.findall(done.stdout)}, done.stdout


def test_hosts():
    found, text = figures("hosts", "--size", "1", "--rounds", "1")
    assert found["client CPU, ours / bare pypsrp"] > 0
    assert re.search(r"^bare pypsrp +[6-9]", text, re.MULTILINE), "Create, 2 Receive, Command, Receive, Delete"


def test_thousand():
    found, text = figures("thousand", "--size", "6", "--script", "0.05", "--latency", "0.001", "--concurrency", "6")
    assert found["healthy hosts complete"] == 100
    assert found["wall time / ideal"] > 0
    assert found["peak memory"] > 1
    assert "0 shells left" in text


def test_history():
    found, text = figures("history", "--size", "4", "--machines", "1", "--audits", "3")
    assert found["history of all audits"] < 10
    assert re.search(r"^3 +", text, re.MULTILINE)


def test_judging():
    found, text = figures("judging", "--size", "2", "4", "--machines", "2")
    assert found["judging 4 hosts, against a copy"] > 0
    assert "exponent of judging over routes" in found
    assert not re.search(r"\d (FAIL|UNKNOWN|ERROR)", text), "the estate is not healthy"


def test_clouds():
    found, text = figures("clouds", "--size", "2", "4", "--machines", "2")
    assert found["judging 4 clouds, against a copy"] > 0
    assert not re.search(r"\d (FAIL|WARN|UNKNOWN|ERROR)", text), "the clouds are not sound"


def test_reports():
    found, _ = figures("reports", "--size", "60", "--runs", "1")
    assert found["mixed: HTML"] > 0
    assert found["mixed: schemas that JUnit breaks"] == 0
    assert found["red: schemas that JUnit breaks"] == 0


def test_unread():
    found, text = figures("unread", "--hosts", "3")
    assert found["3 hosts: junit, the largest file"] > 0
    assert 10 < found["3 hosts: json, memory"] < 300
    assert {"html", "json"} <= set(text.split())


def test_what_repeats_is_written_once_and_kept_once():
    """Octets, and things in memory, of a finding of an estate of which nothing could be read."""
    from benchmarks import unread
    from scanner.plugins import load

    offer = load(third_party=False)
    few, report = (unread.reported(hosts, [Profile.LIVE_MIGRATION, Profile.REPLICA], offer) for hosts in (5, 10))
    number = len(report.findings)
    sizes = {name: sum(found) * 1e6 / number for name, found in unread.files(report, offer, ["json", "junit"])}
    (page,), (less,) = ([sum(found) * 1e6 for _, found in unread.files(one, offer, ["html"])] for one in (report, few))
    sizes["html"] = (page - less) / (number - len(few.findings))  # beside what stands on every page
    assert sizes["json"] < 580, "527; notes in each finding would add 90, answers 330"
    assert sizes["html"] < 320, "277"
    assert sizes["junit"] < 680, "600"
    found = report.findings
    for least, kept in ((3, "said"), (20, "bears"), (5, "evidence"), (12, "lacks")):
        assert len({id(getattr(one, kept)) for one in found}) < number / least, kept
    assert sys.getsizeof(found[0]) <= 80, "200 where each has its own words"


def test_commands():
    found, _ = figures("commands", "--size", "1")
    assert found["hv-preflight --help"] > 0


@pytest.mark.parametrize(("costs", "slots", "seconds"), [([2, 2, 2], 2, 4), ([1, 1, 5], 2, 6), ([5, 1, 1], 2, 5)])
def test_the_ideal_is_a_schedule_in_order(costs, slots, seconds):
    from benchmarks.thousand import ideal

    assert ideal(costs, slots) == seconds


@pytest.mark.parametrize(("power"), [1, 2])
def test_the_exponent_is_that_of_growth(power):
    from benchmarks.measure import exponent

    assert exponent([2, 4, 8], [3 * n**power for n in (2, 4, 8)]) == pytest.approx(power)
