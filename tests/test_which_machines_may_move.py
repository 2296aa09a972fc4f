"""vms: each machine's own answer agrees with the routes' and with why's, and what it is called harms no table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from scanner import cli, plugins
from scanner.commands import sources, vms
from scanner.judge import judging, policy
from scanner.record import record
from scanner.words.estate import Route
from scanner.words.machine_moves import MachineMove
from scanner.words.model import ALL_VMS, Profile, Severity
from scanner.words.moves import MOVES
from tests.conftest import HV01, HV02, estate

ROOT = Path(__file__).parents[1]
GOOD, BROKEN = ROOT / "tests/data/good.hvp", ROOT / "scanner/data/practice.hvp"
OFFER = plugins.load(third_party=False)
WORST = ("not ready", "incomplete", "ready")


@pytest.fixture(scope="module", params=[GOOD, BROKEN], ids=["good", "broken"])
def judged(request):
    evidence = record.load(request.param.read_bytes(), OFFER.facts, lambda _text: None)
    findings = judging.judge(OFFER.checks, evidence)
    report = policy.report_of(evidence, findings, checks=OFFER.checks, plugins=(), threshold=Severity.LOW)
    plan = evidence.estate
    moves = {(route.source, route.destination): plan.kinds_of(route) for route in plan.routes if route.machines}
    return request.param, report, vms.rows(findings, moves, Severity.LOW)


def test_a_route_is_as_ready_as_the_least_ready_of_its_machines(judged):
    _, report, rows = judged
    assert rows
    for route in report.routes:
        for state in route.profiles:
            own = {
                row.verdict
                for row in rows
                if (row.source, row.destination, row.profile) == (route.source, route.destination, state.profile)
            }
            if own:
                assert min(own, key=WORST.index) == state.verdict


def test_reasons_are_given_where_a_machine_may_not_move_and_nowhere_else(judged):
    _, _, rows = judged
    assert all(bool(row.reasons) == (row.verdict != "ready") for row in rows)


def test_why_says_the_same(judged, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    file, _, rows = judged
    for row in [row for row in rows if row.vm_id][:6]:
        cli.run(["why", "vm", row.machine, "--to", row.destination, "--record", str(file), "--no-plugins"])
        line = next(text for text in capsys.readouterr().out.splitlines() if text.startswith(f"{row.source} →"))
        assert f"{MOVES[row.profile]} {row.verdict}" in line


def test_the_exit_is_the_worst_of_them(capsys):
    assert cli.run(["vms", "--record", str(GOOD), "--no-plugins"]) == 0
    assert cli.run(["vms", "--record", str(BROKEN), "--no-plugins"]) == 1
    assert cli.run(["vms", "--record", str(GOOD), "--to", "hv99"]) == 2
    assert "the destination of no planned move of good.hvp" in capsys.readouterr().err


def test_no_machine_at_all_is_not_ready(tmp_path, capsys):
    evidence = record.load(GOOD.read_bytes(), OFFER.facts, lambda _text: None)
    bare = evidence.amended(
        answers=[one for one in evidence.answers() if one.fact.__name__ != "VirtualMachineSettings"]
    )
    path = tmp_path / "bare.hvp"
    path.write_bytes(record.dump(bare))
    assert cli.run(["vms", "--record", str(path), "--no-plugins"]) == 3
    assert "all of them" in capsys.readouterr().out


ROW = MachineMove("web-01", "hv01.a", "hv02.a", Profile.REPLICA, "ready", vm_id="id")


@pytest.mark.parametrize("name", ['=cmd|" /C calc"!A0', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_name_is_a_formula(name):
    from dataclasses import replace

    text = vms.csv_of([replace(ROW, machine=name)])
    (_, (cell, *_)) = csv.reader(io.StringIO(text))
    assert not cell.startswith(vms.ACTIVE)


@pytest.mark.parametrize("name", ["a\nb", "\x1b[2J", "##vso[task.complete]", "::error::x", "\u202egpj", "x" * 100_000])
def test_no_name_acts_or_begins_a_line(name):
    from dataclasses import replace

    page = vms.table_of([replace(ROW, machine=name)], 80)
    assert "\x1b" not in page
    assert len(page.splitlines()) < 10
    text = vms.csv_of([replace(ROW, machine=name)])
    assert "\x1b" not in text
    assert not any(line.startswith(("##vso[", "::")) for line in text.splitlines())


def test_columns_fit_the_terminal():
    wide = vms.table_of([ROW], 100)
    assert wide.splitlines()[0].split("  ")[0] == "machine"
    assert max(map(len, wide.splitlines())) <= 100


def test_unlisted_machines_are_told_as_all(judged):
    _, _, rows = judged
    assert all(bool(row.vm_id) == (row.machine != "all of them") for row in rows)
    assert ALL_VMS not in {row.vm_id for row in rows}


def test_what_was_chosen_never_passes_for_the_whole(capsys):
    """Machines that a few checks let pass are not called ready without these words."""
    choice = ["--record", str(GOOD), "--no-plugins", "--check", "VM-*,LM-*"]
    cli.run(["vms", *choice])
    shown = capsys.readouterr().out
    assert "of them ready\nas far as chosen: VM-*, LM-* (" in shown
    assert "the rest was left out" in shown
    cli.run(["vms", "--record", str(GOOD), "--no-plugins"])
    assert "as far as chosen" not in capsys.readouterr().out
    cli.run(["vms", "--record", str(GOOD), "--no-plugins", "--check", "HOST-01"])
    assert capsys.readouterr().out.startswith("no machine is judged by what was chosen\nas far as chosen: HOST-01 (1 ")


def test_all_planned_moves_are_no_choice():
    """Without a record only machines of the moves that are meant are read; where these are all, none is left out."""
    both = {(HV01, HV02), (HV02, HV01)}
    routes = tuple(Route(*ends) for ends in sorted(both))
    assert sources.is_whole(both, estate(routes=routes))
    assert not sources.is_whole({(HV01, HV02)}, estate(routes=routes))
    assert not sources.is_whole(both, estate(routes=routes, hosts=(HV01, HV02, "hv03.corp.example")))


def test_why_says_what_was_chosen(judged, capsys):
    path, report, _ = judged
    route = report.routes[0]
    move = ["why", "host", route.source, "--to", route.destination, "--record", str(path), "--no-plugins"]
    cli.run([*move, "--check", "HOST-01"])
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("as far as chosen: HOST-01 (1 of ")
    assert second.endswith("ready, as far as chosen")
    cli.run(move)
    assert "as far as chosen" not in capsys.readouterr().out
