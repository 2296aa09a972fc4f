"""A hyphen in place of a file that is read is standard input: an estate or a record may come out of a program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, surroundings

RECORD = ROOT / "scanner" / "data" / "practice.hvp"
PAIR = """\
[[group]]
name = "berlin"
hosts = ["hv01.corp.example", "hv02.corp.example"]
[[route]]
from = "berlin"
to = "berlin"
"""


def led(into: object, *words: object, folder: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """The program with something led into it."""
    given = {"input": into} if isinstance(into, str) else {"stdin": into}
    how = {"cwd": folder, "env": surroundings(more), "timeout": 120, "text": True}
    return subprocess.run(
        [sys.executable, "-m", "scanner", *map(str, words)], capture_output=True, check=False, **how, **given
    )


@pytest.mark.parametrize("command", [("estate", "-"), ("scan", "-", "--answers", ".")])
def test_a_hyphen_is_standard_input_for_an_estate(command, tmp_path):
    done = led(PAIR.replace("berlin", "munchen", 1), *command, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("stdin has 2 mistakes:\n")
    good = led(PAIR, "estate", "-", folder=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert "route      hv01.corp.example → hv02.corp.example, disks move too\n" in good.stdout


def test_files_that_an_estate_from_standard_input_names_are_found_from_where_it_is_called(tmp_path):
    words = 'method = "basic"\nuser = "u"\npassword = { env = "HV_GOOD" }\nca = "mine.pem"\n'
    text = f"{PAIR}[sign_in]\n{words}"
    (tmp_path / "mine.pem").write_text("no certificate", encoding="utf-8")
    (tmp_path / "waivers.toml").write_text("no = 'waiver'\n", encoding="utf-8")
    alone = led(text, "scan", "-", folder=tmp_path, HV_GOOD="a-long-one")
    assert f"authorities {tmp_path / 'mine.pem'} cannot be used" in alone.stderr
    assert "waivers.toml" not in alone.stderr, "none lies beside a stream"
    named = led(f'waivers = "waivers.toml"\n{text}', "scan", "-", folder=tmp_path, HV_GOOD="a-long-one")
    assert named.stderr.startswith("waivers.toml")


@pytest.mark.parametrize("command", [("judge", "-"), ("why", "host", "hb01", "--to", "hb02", "--record", "-")])
def test_a_hyphen_is_standard_input_for_a_record(command):
    with RECORD.open("rb") as file:
        assert led(file, *command).returncode == 1
    done = led(subprocess.DEVNULL, *command)
    assert (done.returncode, done.stderr) == (
        2,
        "/dev/stdin cannot be read: it is empty: nothing was led into it\nexit 2\n",
    )


def test_a_terminal_is_told_what_to_lead_into_it():
    ours, theirs = os.openpty()
    try:
        done = led(theirs, "judge", "-")
    finally:
        os.close(ours)
        os.close(theirs)
    said = "/dev/stdin cannot be read: it is a terminal: lead a file or a program into it, as in < FILE\nexit 2\n"
    assert (done.returncode, done.stderr) == (2, said)


def test_what_is_led_into_it_is_bounded(tmp_path):
    done = led("x" * ((4 << 20) + 1), "estate", "-", folder=tmp_path)
    assert done.stderr == "stdin is larger than 4 MiB: is it an estate file?\nexit 2\n"


def test_a_file_that_is_led_into_standard_input_is_looked_at_as_one_that_is_named(tmp_path):
    """What others may change names no command that is run; of a pipe whoever leads it in answers for it."""
    words = 'method = "basic"\nuser = "u"\npassword = { command = ["sh", "-c", "touch ran; echo a-long-one"] }\n'
    file = tmp_path / "estate.toml"
    file.write_text(f"{PAIR}[sign_in]\n{words}", encoding="utf-8")
    file.chmod(0o666)
    with file.open("rb") as stream:
        done = led(stream, "scan", "-", folder=tmp_path)
    assert done.returncode == 2
    assert "a command is not taken from an estate that others may change" in done.stderr
    assert not (tmp_path / "ran").exists()
