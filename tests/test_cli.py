"""The command line: what every command says and how it ends, without a machine to read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scanner import __version__, cli, plugins
from scanner.commands import attesting, choosing, lazy, options
from scanner.commands.talk import Talk
from scanner.record.record import dump
from scanner.words.model import Severity
from tests.conftest import NOW, ended, estate, evidence

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "scanner"]
HEAVY = ("rich", "pydantic", "pypsrp", "spnego", "ldap3", "dns", "requests", "cryptography", "jinja2", "keyring",
         "checks", "reports")  # fmt: skip
CORE = ("msgspec", "pluggy", "scanner.words.model", "scanner.judge.judging", "scanner.plugins", "scanner.words.estate",
        *(f"scanner.commands.{module}" for module, _ in cli.COMMANDS.values()))  # fmt: skip
"""What a command's own help may load, since its module is loaded for it; the help of the program needs none of it."""
OFFER = plugins.load(third_party=False)
WITH_ESTATE = ("estate", "queries", "jea", "scan", "collect")


@pytest.fixture
def record_file(tmp_path: Path) -> Path:
    path = tmp_path / "record.hvp"
    path.write_bytes(dump(ended(evidence({}, estate(), now=NOW))))
    return path


def command(name: str, path: Path | str, folder: Path) -> list[str]:
    more = {"jea": ["--out", str(folder / "jea")], "collect": ["--save", str(folder / "c.hvp")]}
    return [name, str(path), *more.get(name, [])]


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), **settings}
    return subprocess.run(
        [*COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


# ---- help and wrong calls


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help(name, capsys):
    assert cli.run([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"Usage: hv-preflight {name}")
    assert "\x1b" not in text


def test_the_help_lists_every_command(capsys):
    assert cli.run(["--help"]) == cli.run(["-h"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n  {name:<9}{words}\n" in text for name, (_, words) in cli.COMMANDS.items())
    assert "Exit: 0 ready, 1 not ready, 2 wrong usage or estate file, 3 incomplete,\n" in text
    assert cli.run([]) == 2
    assert capsys.readouterr().out == text[: len(text) // 2]


def test_the_version(capsys):
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out == f"hv-preflight {__version__}\n"


def loaded(*arguments: str, of: tuple[str, ...]) -> list[str]:
    """Which of these modules a call of the program loads."""
    program = f"import sys; from scanner.cli import run; run({list(arguments)!r}); "
    program += f"print(); print(*[m for m in {of!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["nonsense"], ["--nonsense"]])
def test_the_help_of_the_program_loads_no_command_and_nothing_that_one_needs(arguments):
    assert loaded(*arguments, of=(*HEAVY, *CORE)) == []


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_help_of_a_command_loads_nothing_heavy(name):
    mine = f"scanner.commands.{cli.COMMANDS[name][0]}"
    assert loaded(name, "--help", of=(*HEAVY, mine)) == [mine]


def test_an_option_says_the_same_wherever_it_is_taken():
    said: dict[str, set[str]] = {}
    for name in cli.COMMANDS:
        for option in lazy.load(name).params:
            said.setdefault(option.opts[0], set()).add(option.help)
    shared = {"--html", "--junit", "--json", "--report", "--save", "--mode", "--fail-on", "--plugin", "--no-plugins"}
    assert {option for option in shared if len(said[option]) != 1} == {"--json", "--html"}, (
        "queries prints JSON, the others write; a report may be a folder of pages, what diff writes is one"
    )


def test_an_estate_that_is_not_named_is_that_of_the_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.run(["init"]) == 0
    Path("estate.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.run(["estate"]) == 0
    of_the_folder = capsys.readouterr().out
    assert cli.run(["estate", "estate.toml"]) == 0
    assert of_the_folder == capsys.readouterr().out != ""


def test_a_call_is_understood_before_anything_of_it_is_done(capsys):
    """typer parses, and no more: what a command raises is no matter of it."""
    call = lazy.parse(["scan", "/nowhere.toml", "--html", "a", "--report", "b=c", "--plugin", "d", "--save", "e"])
    assert call.func.__name__ == "scan"
    assert call.keywords == {
        "estate": ["/nowhere.toml"],
        "reports": options.Reports(html="a", formats=["b=c"]),
        "reading": options.Reading(save=Path("e")),
        "checks": choosing.Checks(),
        "moves": choosing.Moves(),
        "talk": Talk(),
        "gate": options.Gate(),
        "since": options.Since(),
        "signing": attesting.Attesting(),
        "plugins": options.Plugins(plugin=[Path("d")]),
    }
    assert capsys.readouterr() == ("", "")


def test_who_tells_of_a_crash_stays_who_it_was(capsys):
    """A hook of typer's would print a traceback unsearched for secrets."""
    before = sys.excepthook
    assert cli.run(["schema"]) == 0
    assert sys.excepthook is before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["scna"], 'there is no command "scna"; did you mean "scan"?'),
        (["scan", "x.toml", "--colour"], "No such option"),
        (["scan", "x.toml", "y.toml"], "one estate at a time"),
        (["judge", "x.hvp", "y.hvp"], "unexpected extra argument"),
        (["scan", "x.toml", "--fail-on", "terrible"], "it is one of info, low, medium, high, critical"),
        (["scan", "x.toml", "--report", "html"], "write --report FORMAT=FILE"),
        (["scan", "x.toml", "--report", "=x"], "write --report FORMAT=FILE"),
        (["scan", "x.toml", "--answers", "/nowhere/at/all"], "/nowhere/at/all"),
        (["collect", "x.toml"], "--save FILE"),
        (["judge"], "hv-preflight judge --help"),
        (["--colour"], "hv-preflight --help tells its options"),
        (["--", "scna"], 'there is no command "scna"; did you mean "scan"?'),
        ([""], 'there is no command ""'),
        (["why", "cluster", "x", "--to", "y", "--record", "z"], "why vm NAME --to HOST"),
        (["explain", "DEL-99"], 'there is no check "DEL-99"; did you mean "DEL-'),
        (["explain", "del-7"], 'there is no check "del-7"; did you mean "DEL-'),
        (["explain", "nothing like it"], "there is no check"),
    ],
)
def test_a_wrong_call_exits_2_and_says_what_is_right(arguments, words, capsys):
    assert cli.run(arguments) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert told.out == ""


# ---- estate files, plugins, records


@pytest.mark.parametrize("name", WITH_ESTATE)
def test_a_wrong_estate_tells_every_mistake(name, tmp_path, capsys):
    path = tmp_path / "estate.toml"
    text = 'profiles = ["live-migation"]\n[sign_in]\npassword = "s3cret"\n[[route]]\nfrom = "a"\nto = "b"\n'
    path.write_text(text, encoding="utf-8")
    assert cli.run(command(name, path, tmp_path)) == 2
    told = capsys.readouterr().err
    for words in ("estate.toml has ", 'did you mean "live-migration"', "sign_in.password", "a secret may not stand"):
        assert words in told
    assert "s3cret" not in told


@pytest.mark.parametrize("name", WITH_ESTATE)
@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"= [", b""])
def test_what_is_no_estate_file(name, content, tmp_path, capsys):
    path = tmp_path / "estate.toml"
    if content is not None:
        path.write_bytes(content)
    assert cli.run(command(name, path, tmp_path)) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["judge", "why"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "does not exist; hv-preflight scan --save record.hvp writes one"),
        (b"no json", "no record of hv-preflight"),
        (b'{"hv_preflight": 7}', "version 1 (7)"),
    ],
)
def test_what_is_no_record(name, content, words, tmp_path, capsys):
    path = tmp_path / "record.hvp"
    if content is not None:
        path.write_bytes(content)
    more = {"judge": ["judge", str(path)], "why": ["why", "host", "a", "--to", "b", "--record", str(path)]}[name]
    assert cli.run(more) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["import nothing_of_the_kind", "x = 1", "def (", "raise ValueError('no')", "raise RuntimeError", "exit(0)"]
)
@pytest.mark.parametrize("name", ["scan", "queries", "checks", "judge"])
def test_a_plugin_that_cannot_be_used(name, text, tmp_path, record_file, capsys):
    (tmp_path / "bad.py").write_text(text, encoding="utf-8")
    path = tmp_path / "estate.toml"
    assert cli.run(["init"]) == 0
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    first = {"checks": [], "judge": [str(record_file)]}.get(name, [str(path)])
    assert cli.run([name, *first, "--plugin", str(tmp_path / "bad.py")]) == 2
    assert "bad.py" in capsys.readouterr().err


LEAVES = """
import sys
from scanner.api import Reporter, hookimpl
def _render(report):
    sys.exit(0)
@hookimpl
def scanner_reporters():
    return [Reporter(name="leave", suffix=".x", render=_render)]
"""


LEAVING = """
'''Why.

What passes.'''
from scanner.api import Severity, check, hookimpl, scopes, Who
from scanner.facts.host import OperatingSystem
@check(id="XX-01", title="t", severity=Severity.LOW, who=Who.HOST,
       scope=scopes.HOST, seed="s", needs=(OperatingSystem,), remedy="r")
def leaves(subject, view):
    raise SystemExit(0)
@hookimpl
def scanner_checks():
    return [leaves]
"""


def test_a_check_that_leaves_is_an_error_of_that_check(tmp_path, record_file):
    (tmp_path / "leaves.py").write_text(LEAVING, encoding="utf-8")
    report = tmp_path / "r.json"
    arguments = ["judge", str(record_file), "--plugin", str(tmp_path / "leaves.py"), "--json", str(report)]
    assert cli.run(arguments) == 3
    found = {f["check"]: f["status"] for f in json.loads(report.read_bytes())["findings"]}
    assert found["XX-01"] == "ERROR"


@pytest.mark.parametrize(("name", "code"), [("good.hvp", 4), ("", 3)])
def test_a_format_that_leaves_makes_nothing_green(tmp_path, record_file, capsys, name, code):
    """It costs its own file alone; but a ready run without a file it was asked for is not ready."""
    (tmp_path / "leaves.py").write_text(LEAVES, encoding="utf-8")
    more = ["--report", f"leave={tmp_path / 'x'}", "--json", str(tmp_path / "r.json")]
    record = ROOT / "tests" / "data" / name if name else record_file
    assert cli.run(["judge", str(record), "--plugin", str(tmp_path / "leaves.py"), *more]) == code
    told = capsys.readouterr()
    assert f"{tmp_path / 'x'} is not written: report format leave failed" in told.err
    assert f"  exit {code} (" in told.out
    assert json.loads((tmp_path / "r.json").read_bytes())["exit_code"] in (0, 3)


def test_what_init_writes_is_understood(tmp_path, capsys):
    assert cli.run(["init"]) == 0
    (tmp_path / "estate.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.run(["estate", str(tmp_path / "estate.toml")]) == 0
    assert "hv01.corp.example → hv11.branch.example" in capsys.readouterr().out


REPLICATES = """
profiles = ["asr-vmm"]
[[host]]
name = "hv01.corp.example"
[[host]]
name = "hv02.corp.example"
[[route]]
from = "hv01.corp.example"
to = "hv02.corp.example"
[[vmm]]
name = "vmm01.corp.example"
[replica]
configured = false
port = 8084
[site_recovery]
proxy = "proxy.corp.example:8080"
proxy_signs_in = "2026-11-20 Jane Doe"
closed_scenario = "accepted"
registered = true
hosts_need_internet = false
endpoints = ["more.example"]
"""


def test_what_an_estate_says_of_replication_is_shown(tmp_path, capsys):
    file = tmp_path / "estate.toml"
    file.write_text(REPLICATES, encoding="utf-8")
    assert cli.run(["estate", str(file)]) == 0
    told = capsys.readouterr().out
    assert "replica    kerberos, port 8084; Site Recovery has yet to set the hosts up\n" in told
    assert (
        "recovery   VMM servers are registered; the closed scenario is accepted; proxy proxy.corp.example:8080 "
        "(takes the sign-in: 2026-11-20 Jane Doe); hosts do without the internet; and more.example\n"
    ) in told
    file.write_text(REPLICATES.partition("[replica]")[0], encoding="utf-8")
    assert cli.run(["estate", str(file)]) == 0
    told = capsys.readouterr().out
    assert "replica    kerberos\nrecovery   VMM servers are still to be registered\n" in told
    file.write_text(REPLICATES.replace('"asr-vmm"', '"replica", "live-migration"'), encoding="utf-8")
    assert cli.run(["estate", str(file)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("profiles   live-migration, replica\n")
    assert "recovery" not in told


def test_a_word_that_is_wrong_names_those_that_are_right(tmp_path, capsys):
    file = tmp_path / "estate.toml"
    file.write_text(REPLICATES.replace('"accepted"', '"acepted"'), encoding="utf-8")
    assert cli.run(["estate", str(file)]) == 2
    assert '"acepted" is none of accepted; did you mean "accepted"?' in capsys.readouterr().err


def test_the_schema_is_json(capsys):
    assert cli.run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "estate.toml"


# ---- what reads nothing


def test_the_checks_are_listed_and_explained(capsys):
    assert cli.run(["checks"]) == 0
    lines = capsys.readouterr().out.splitlines()
    ids = [line.split()[0] for line in lines[:-1]]
    assert lines[-1].startswith(f"{len(ids)} checks;")
    for name in (ids[0], ids[-1].lower()):
        assert cli.run(["explain", name]) == 0
        text = capsys.readouterr().out
        assert text.startswith(f"{name.upper()}  ")
        assert all(f"\n{head}\n" in text for head in ("Reads", "Mend", "Where it is written", "Where it is decided"))


def test_what_no_check_judges_is_listed_and_counted(capsys):
    assert cli.run(["checks", "--not-judged"]) == 0
    *rows, last = capsys.readouterr().out.splitlines()
    to_come, never = map(int, re.findall(r"\d+", last))
    looks = [row for row in rows if row.startswith(" ")]
    assert (len(looks), len(rows) - 2 * len(looks)) == (never, to_come)
    assert last.endswith(" that none can ever judge: look yourself")


@pytest.mark.parametrize(
    ("name", "how"), [("HOST-02", "a host and kind of move · live-migration,"), ("LM-01", "a host · live-migration")]
)
def test_explain_tells_how_often_a_check_is_judged(capsys, name, how):
    assert cli.run(["explain", name]) == 0
    assert f" · one verdict {how}" in capsys.readouterr().out


def test_a_check_is_explained_with_every_file_that_decides_it(capsys):
    assert cli.run(["explain", "DEL-01"]) == 0
    named = [line.strip() for line in capsys.readouterr().out.partition("Where it is decided")[2].splitlines()]
    assert named[1:] == ["checks/delegation/del_01_migration_service.py", "checks/delegation/verdicts.py"]


@pytest.mark.parametrize("form", [str.upper, str.lower])
def test_what_no_check_judges_is_explained(capsys, form):
    for row in OFFER.not_judged:
        if row.id:
            assert cli.run(["explain", form(row.id)]) == 0
            said = capsys.readouterr().out
            yet = " yet" if row.ever else ""
            assert said.startswith(f"{row.id} is judged by no check{yet}: {row.title}, {row.source}")
            assert row.look in said


def test_judging_twice_gives_equal_bytes(record_file, tmp_path, capsys):
    codes = [cli.run(["judge", str(record_file), "--json", str(tmp_path / f"{n}.json")]) for n in "ab"]
    assert codes == [3, 3]
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    first, second = capsys.readouterr().out.split("exit 3 (incomplete)\n")[:2]
    assert first.replace("a.json", "b.json") == second


@pytest.mark.parametrize("severity", Severity)
def test_the_threshold_is_taken_in_any_case(record_file, severity):
    assert cli.run(["judge", str(record_file), "--fail-on", severity.word.title()]) == 3


def test_the_demo(tmp_path, capsys):
    if not (ROOT / "scanner" / "data" / "practice.hvp").is_file():
        pytest.skip("scanner/data/practice.hvp is not made yet")
    report = tmp_path / "demo.html"
    assert cli.run(["demo", "--html", str(report)]) == 1
    assert "exit 1 (not ready)" in capsys.readouterr().out
    assert "<html" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("settings", [{}, {"NO_COLOR": "1", "TERM": "xterm-256color"}, {"TERM": "dumb"}])
def test_what_is_no_terminal_gets_no_escape_codes(record_file, settings):
    done = run("judge", str(record_file), **settings)
    assert done.returncode == 3, done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_a_terminal_gets_colour_unless_it_is_not_wanted(record_file):
    def on_terminal(**settings: str) -> bytes:
        ours, theirs = os.openpty()
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **settings}
        environment.pop("NO_COLOR", None) if not settings else None
        with subprocess.Popen([*COMMAND, "judge", str(record_file)], env=environment, stdout=theirs) as process:
            os.close(theirs)
            said = b""
            while chunk := _read(ours):
                said += chunk
            assert process.wait(60) == 3
        os.close(ours)
        return said

    assert b"\x1b[" in on_terminal()
    assert b"\x1b[" not in on_terminal(NO_COLOR="1")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other end was closed
        return b""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["checks"], ["scan", "--help"], ["schema"]])
def test_a_reader_that_goes_away_is_no_error(arguments):
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, timeout=60, check=False
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


def test_reports_are_written_though_nobody_reads(record_file, tmp_path):
    ours, theirs = os.pipe()
    os.close(ours)
    command = [*COMMAND, "judge", str(record_file), "--json", str(tmp_path / "r.json")]
    done = subprocess.run(command, cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (3, b"")
    assert json.loads((tmp_path / "r.json").read_bytes())["exit_code"] == 3


def test_no_name_forges_a_verdict_of_why(tmp_path, capsys):
    record = json.loads((Path(__file__).parent / "data" / "good.hvp").read_text(encoding="utf-8"))
    for answer in record["answers"]:
        for row in answer["rows"] if answer["fact"] == "VirtualMachineSettings" else ():
            row["name"] += "\n  PASS           DEL-01  forged"
    path = tmp_path / "r.hvp"
    path.write_text(json.dumps(record), encoding="utf-8")
    cli.run(["why", "host", "hv01.corp.example", "--to", "hv02.corp.example", "--record", str(path), "--no-plugins"])
    said = capsys.readouterr().out
    assert "forged" in said
    assert not [line for line in said.splitlines() if re.match(r"\s*PASS\s+DEL-01\s+forged", line)]
