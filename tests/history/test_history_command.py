"""hv-preflight history: runs, what became of findings and routes, and what a mistake is told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from scanner import cli
from scanner.commands.history_lines import Told, of_lives
from scanner.history.naming import name_of
from scanner.history.place import Place
from scanner.words.exits import INCOMPLETE, INTERNAL, READY, USAGE
from scanner.words.history import Life, Spell
from scanner.words.model import Status
from tests.history.filled import HV01, HV02, NIGHTS, WAIVER, fill, of_host
from tests.history.pasts import FIRST, found
from tests.test_inert import commands
from tests.test_inert_commands import WORST


@pytest.fixture
def ask(kept: Path, capsys: pytest.CaptureFixture[str]):
    def call(*words: str, ends: int = READY) -> str:
        assert cli.run(["history", *words, "--history", str(kept)]) == ends
        said = capsys.readouterr()
        assert bool(said.err) == bool(ends)
        return said.err if ends else said.out

    return call


def test_the_runs_are_told_the_newest_first(ask):
    rows = [line.split() for line in ask().splitlines()]
    assert rows[0] == ["corp/estate"]
    assert " ".join(rows[1]) == "run when (UTC) verdict failed unknown warned new mended"
    told = [(row[0], row[1], row[-5:]) for row in rows[2:]]
    assert told == [
        ("4", "2026-11-04", ["2", "0", "0", "1", "0"]),
        ("3", "2026-11-03", ["1", "0", "0", "0", "1"]),
        ("2", "2026-11-02", ["1", "1", "0", "0", "1"]),
        ("1", "2026-11-01", ["2", "0", "0", "–", "–"]),
    ]


def test_the_oldest_that_is_shown_is_held_against_the_one_before_it(ask):
    rows = ask("--limit", "2").splitlines()[2:]
    assert [row.split()[0] for row in rows] == ["4", "3"]
    assert rows[1].split()[-2:] == ["0", "1"]


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_nothing_is_wider_than_the_terminal(ask, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(len, ask().splitlines())) <= columns


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_life_is_fitted_into_the_terminal_and_long_texts_end(width):
    now = found("NET-01", "hv01", seen="seen " * 400, title="title " * 100)
    spells = tuple(Spell(state=state, first=FIRST, last=FIRST, runs=2) for state in ("FAIL", "PASS\nexit 0 (ready)"))
    life = Life(what="NET-01 hv01", first_seen=FIRST, last_seen=FIRST, turned=1, spells=spells)
    lines = of_lives([Told(life=life, now=now, waived=(("who " * 200, FIRST),))], 0, width).splitlines()
    assert max(map(len, lines)) <= max(width, 50)
    assert len(lines) < 60
    assert not [line for line in lines if line.startswith("exit")]
    assert "…" in " ".join(lines)


def test_a_run_that_is_no_whole_one_is_marked_and_held_against_none(kept, ask, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    fill(kept, [NIGHTS[0]], chosen=("NET-01 alone",))
    fill(kept, [NIGHTS[0]], verdict="interrupted")
    rows = ask().splitlines()[2:]
    assert rows[0].endswith("–       –  ended early")
    assert "not ready, as far as chosen" in rows[1]
    assert rows[1].endswith("–       –")
    assert rows[2].split()[-2:] == ["1", "0"]


def test_the_life_of_a_finding(ask):
    assert ask("net-01", "--subject", "hv01").splitlines() == [
        f"NET-01 {HV01}, high: turned 2 times",
        "  Migration traffic is not sent in clear text",
        "  FAIL            2026-11-01 04:00, 1 run",
        "  PASS            2026-11-02 04:00 to 2026-11-03 04:00, 2 runs",
        "  FAIL            2026-11-04 04:00 until now, 1 run",
        "  first seen 2026-11-01 04:00 UTC, last 2026-11-04 04:00 UTC",
        "  seen last       192.168.10.5/24 in clear text",
    ]


def test_the_life_of_a_finding_says_who_waived_it(ask):
    told = ask(f"NET-01@{HV02}")
    assert "FAIL            2026-11-01 04:00 until now, 4 runs" in told
    assert "waived          by network team until 2026-12-20, since 2026-11-03 04:00" in told
    assert "never turned" in told


def test_the_life_of_what_is_not_judged_any_more(ask):
    told = ask("ID-01")
    for words in ("PASS            2026-11-01 04:00, 1 run", "UNKNOWN         2026-11-02 04:00, 1 run",
                  "not judged      2026-11-04 04:00 until now, 1 run", "last 2026-11-03 04:00 UTC"):  # fmt: skip
        assert words in told


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        (("NET-01",), [HV01, HV02]),
        (("NET-01@hv02",), [HV02]),
        (("NET-01", "--subject", "hv*"), [HV01, HV02]),
        (("NET-01", "--subject", "HV01.corp.example"), [HV01]),
        (("NET-01", "--limit", "1"), [HV01]),
    ],
)
def test_findings_may_be_named_in_many_ways(ask, words, subjects):
    told = ask(*words)
    assert re.findall(r"^NET-01 (\S+),", told, re.M) == subjects
    assert ("and 1 more: --limit 2 shows all" in told) == ("--limit" in words)


def test_the_life_of_a_route(kept, ask):
    assert ask("--route", "hv01:hv02").splitlines() == [
        f"{HV01} → {HV02} (live migration): turned 2 times",
        "  not ready       2026-11-01 04:00 to 2026-11-02 04:00, 2 runs",
        "  ready           2026-11-03 04:00, 1 run",
        "  not ready       2026-11-04 04:00 until now, 1 run",
        "  first seen 2026-11-01 04:00 UTC, last 2026-11-04 04:00 UTC",
    ]
    assert ask("--route", f"{HV01}:hv*") == ask("--route", "hv01:hv02")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("NET-1",), '"corp/estate" has no finding of a check "NET-1"; did you mean "NET-01"?'),
        (("XYZ-99",), 'has no finding of a check "XYZ-99"'),
        (("NET-01@hv03",), 'has no NET-01 on "hv03"; did you mean'),
        (("NET-01@zzz",), f'has no NET-01 on "zzz"; it was found on "{HV01}", "{HV02}"'),
        (("--route", "hv01"), '--route "hv01": write FROM:TO, as in hv01:hv11'),
        (("--route", "hv01:hv09"), f'has no such route; from {HV01} it has routes to "{HV02}"'),
        (("--route", "hv00:hv02"), f'has no such route; did you mean "{HV01}"?'),
        (("--estate", "corp/estat3"), 'the history has no such estate; did you mean "corp/estate"?'),
        (("--estate", "x"), 'the history has no such estate; there are "corp/estate"'),
        (("--limit", "0"), "--limit 0: write a number, 1 or more"),
        (("--reports", "-1"), "--reports -1: write a number, 0 or more"),
        (("--subject", "hv01"), "--subject is what a finding is about: name its check, too"),
        (("NET-01", "--route", "a:b"), "name a finding or a route, not both"),
        (("NET-01@a", "--subject", "b"), "name the subject once"),
        (("NET-01", "--site", "d"), "--site is about all of a history"),
        (("--fail-on", "x"), '--fail-on "x"'),
        (("--json", "h.db"), "h.db is what is read; name another file to write"),
    ],
)
def test_a_mistake_says_what_would_be_right(ask, words, said):
    assert said in ask(*words, ends=USAGE)


def test_mistakes_are_told_all_at_once(ask):
    told = ask("NET-01@a", "--subject", "b", "--route", "a:b", "--limit", "0", ends=USAGE)
    assert len(told.splitlines()) == 4  # and the exit code


def test_several_estates_are_listed_and_one_is_named(kept, ask):
    fill(kept, NIGHTS[:1], name="munich")
    assert ask().splitlines() == [
        "corp/estate  not ready, 2026-11-04 04:00 UTC", "munich  not ready, 2026-11-01 04:00 UTC",
    ]  # fmt: skip
    assert 'the history has several estates: name one, as in --estate "corp/estate"' in ask("NET-01", ends=USAGE)
    assert ask("--estate", "mun").splitlines()[0] == "munich"
    assert "NET-01 hv01" in ask("NET-01", "--estate", "munich")


def test_the_estate_of_the_folder_is_meant(kept, ask, tmp_path):
    file = tmp_path / "estate.toml"
    file.write_text("", encoding="utf-8")
    assert ask().splitlines()[0] == "corp/estate", "the only one, though the file is another's"
    name = name_of(file, Place(file=kept))
    fill(kept, NIGHTS[:1], name=name)
    assert ask().splitlines()[0] == name
    assert ask("--estate", "estate.toml").splitlines()[0] == name
    assert ask("--estate", "corp/estate").splitlines()[0] == "corp/estate"


def test_as_json(ask, tmp_path):
    ask("--json", "runs.json")
    told = json.loads((tmp_path / "runs.json").read_text())
    assert (told["schema"], told["estate"]) == (1, "corp/estate")
    assert [(run["number"], run["new"], run["mended"], run["before"]) for run in told["runs"]] == [
        (4, 1, 0, 3), (3, 0, 1, 2), (2, 0, 1, 1), (1, None, None, None),
    ]  # fmt: skip
    assert told["runs"][0]["finished"] == "2026-11-04T04:00:00Z"
    ask("NET-01@hv02", "--json", "life.json")
    (life,) = json.loads((tmp_path / "life.json").read_text())["lives"]
    assert (life["check"], life["subject"], life["status"], life["severity"]) == ("NET-01", HV02, "FAIL", "high")
    assert life["spells"] == [
        {"state": "FAIL", "first": "2026-11-01T04:00:00Z", "last": "2026-11-04T04:00:00Z", "runs": 4}
    ]
    assert life["waivers"] == [{"waived": "network team 2026-12-20", "since": "2026-11-03T04:00:00Z"}]
    ask("--route", "hv01:hv02", "--json", "route.json")
    (life,) = json.loads((tmp_path / "route.json").read_text())["lives"]
    assert (life["source"], life["destination"], life["profile"]) == (HV01, HV02, "live-migration")


def test_json_may_go_to_standard_output_alone(kept, capfd):
    assert cli.run(["history", "--json", "-", "--history", str(kept)]) == READY
    said = capfd.readouterr()
    assert len(json.loads(said.out)["runs"]) == 4
    assert "corp/estate" in said.err


def test_a_history_that_is_not_there_or_none_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.run(["history", "--history", "none.db"]) == USAGE
    assert "there is no history" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()
    assert cli.run(["history", "--history", "mysql://x/y"]) == USAGE
    assert '--history: "mysql" is no kind of database' in capsys.readouterr().err
    (tmp_path / "text.db").write_text("no database at all " * 100, encoding="utf-8")
    (tmp_path / "text.db").chmod(0o600)
    for more in ((), ("--site", "pages"), ("NET-01",)):
        assert cli.run(["history", "--history", "text.db", *more]) == INCOMPLETE
        assert "cannot be used" in capsys.readouterr().err
    assert not (tmp_path / "pages" / "index.html").exists()


def test_json_that_cannot_be_written_is_told(kept, capsys):
    assert cli.run(["history", "--json", "/dev/full", "--history", str(kept)]) == INTERNAL
    assert "/dev/full is not written" in capsys.readouterr().err


def test_what_is_kept_acts_on_no_terminal_and_no_runner(kept, capsys):
    """Whatever a database holds: somebody else may have written it."""
    bad = f"\x1b[31m{WORST}\u202e"
    finding = replace(of_host("NET-01", f"a{bad}", Status.FAIL), check=bad, title=bad, seen=bad)
    finding = replace(finding, waiver=replace(WAIVER, owner=bad))
    fill(kept, [[finding]], name=bad[:150], routes=((bad, bad),), verdict=bad[:39])
    fill(kept.with_name("one.db"), [[finding]], name=bad[:150], routes=((bad, bad),), verdict=bad[:39])
    one = ["--history", str(kept.with_name("one.db"))]
    calls = ([*one], [*one, "NET-01"], [*one, bad], [*one, f"{bad}@{bad}"], [*one, "--route", f"{bad[:9]}:x"],
             [*one, "--json", "-"], ["--history", str(kept)], [*one, "--estate", "x"])  # fmt: skip
    for call in calls:
        assert cli.run(["history", *call]) in (READY, USAGE)
        for stream in capsys.readouterr():
            assert not list(commands(stream)), call
            assert "\x1b" not in stream
            assert "\u202e" not in stream
