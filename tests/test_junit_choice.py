"""``--junit-names`` and ``--junit-profile``: who asks for a form has it, and no plug-in is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from lab.windows.wsman.certificates import make
from scanner import cli
from scanner.commands import junit_choice
from scanner.commands.console import UsageError
from scanner.hooks import Reporter
from scanner.words import junit_choice as words
from scanner.words.estate import Estate
from scanner.words.exits import USAGE
from scanner.words.junit_choice import JunitChoice
from tests.test_junit_limit import cases
from tests.wire import HOSTS, HV01, wire

PLUGIN = """
from scanner.api import Reporter, hookimpl

@hookimpl
def scanner_reporters():
    return [Reporter(name="sizes", suffix=".x", render=str, files=lambda report, limit: iter([(str(limit), False)]))]
"""
BLOCK = 61
EXTENDED = JunitChoice(profile=words.EXTENDED)


def suites(path: Path) -> set[str]:
    return {name.split(".")[0] for name, _ in cases(path) if name}


def root(path: Path):
    return etree.parse(path).getroot()


def test_the_form_and_the_profile_that_are_asked_for_are_written(tmp_path, capsys):
    one, two, more = tmp_path / "1.xml", tmp_path / "2.xml", tmp_path / "more.xml"
    cli.run(["demo", "--junit", str(one), "--junit-names", "1", "-q"])
    cli.run(["demo", "--junit", str(two), "-q"])
    cli.run(["demo", "--report", f"junit={more}", "--junit-profile", "extended", "-q"])
    assert suites(one) == {"asr-vmm_live-migration_replica"}
    assert suites(two) == suites(more) == {"hv-preflight"}
    assert cases(two) == cases(more)
    assert [bool(root(path).xpath("//testcase/properties")) for path in (one, two, more)] == [False, False, True]
    assert root(more).get("tests") == str(len(cases(more)))
    capsys.readouterr()


def test_a_stream_has_the_same(tmp_path, capfd):
    more = tmp_path / "more.xml"
    words = ["demo", "--junit-profile", "extended", "--junit-names", "1", "-q", "--junit"]
    cli.run([*words, str(more)])
    capfd.readouterr()
    cli.run([*words, "-"])
    assert capfd.readouterr().out == more.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--junit-names", "3"], '--junit-names "3": it is 2, or 1 for names as they were before'),
        (["--junit-profile", "Strict"], '--junit-profile "Strict": it is one of strict, extended'),
        (["--junit-limit", "0"], '--junit-limit "0": write megabytes, 1 or more'),
    ],
)
def test_what_there_is_not_is_told(words, said, capsys):
    assert cli.run(["demo", *words]) == USAGE
    assert said in capsys.readouterr().err


def test_a_choice_is_told_from_a_mistake():
    assert junit_choice.choice(2, "strict", 60) == JunitChoice()
    with pytest.raises(UsageError):
        junit_choice.choice(0, "strict", 60)


def test_a_reporter_of_a_plugin_that_knows_no_choice_goes_on(tmp_path, capsys):
    plugin, made = tmp_path / "p.py", tmp_path / "r.x"
    plugin.write_text(PLUGIN, encoding="utf-8")
    record = Path(junit_choice.__file__).parents[1] / "data" / "practice.hvp"
    call = ["judge", str(record), "--plugin", str(plugin), "--junit-profile", "extended", "--junit-limit", "7", "-q"]
    assert cli.run([*call, "--report", f"sizes={made}"]) == 1
    assert made.read_text(encoding="utf-8") == "7000000"
    assert Reporter(name="x", suffix=".x", render=str).chosen is None
    capsys.readouterr()


TEXT = """
# hv02 is none of them
hosts = ["hv01.corp.example",
  'HV02.corp.example']  # "hv03.corp.example"
[[route]]
source = "hv01.corp.example"
"""


def test_the_estate_file_and_the_lines_of_its_hosts_are_known_below_the_working_directory(tmp_path, monkeypatch):
    folder = tmp_path / "repository"
    file = folder / "ci" / "estate.toml"
    file.parent.mkdir(parents=True)
    estate = Estate(hosts=("hv01.corp.example", "hv02.corp.example", "hv04.corp.example"))
    lines = {"hv01.corp.example": 3, "hv02.corp.example": 4}
    monkeypatch.chdir(folder)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file.write_text(TEXT, encoding=encoding)
        placed = junit_choice.placed(EXTENDED, file, estate)
        assert (placed.file, placed.lines) == ("ci/estate.toml", lines)
    assert junit_choice.placed(EXTENDED, Path("ci/estate.toml"), estate).file == "ci/estate.toml"
    assert junit_choice.placed(JunitChoice(), file, estate) == JunitChoice(), "nobody asked"


@pytest.mark.parametrize("file", [None, Path("/dev/stdin"), Path("gone.toml"), Path("..", "outside.toml")])
def test_an_estate_file_that_stands_elsewhere_is_not_named(file, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "outside.toml").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "in")
    assert junit_choice.placed(EXTENDED, file, Estate()) == EXTENDED


def test_a_scan_names_the_file_it_was_called_with(tmp_path, monkeypatch, capsys):
    with wire(BLOCK, make(tmp_path / "pki", HOSTS), tmp_path) as lab:
        estate, made = lab.estate(), lab.folder / "r.xml"
        monkeypatch.chdir(estate.parent)
        cli.run(["scan", estate.name, "--junit", str(made), "--junit-profile", "extended", "-q"])
    found = {(c.get("file"), c.get("line")) for c in root(made).iter("testcase")}
    named = [n for n, line in enumerate(estate.read_text(encoding="utf-8").splitlines(), 1) if f'"{HV01}"' in line]
    assert {(estate.name, "1"), (estate.name, str(named[0]))} <= found
    capsys.readouterr()
