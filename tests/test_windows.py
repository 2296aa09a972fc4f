"""What can be tried without a Windows machine: the program where nothing is that Windows lacks, and what it says there.

What the calls of Windows themselves answer is not tried here; docs/windows.md tells what of it is not proven.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import like_windows
from tests.processes import ROOT, surroundings

GOOD = ROOT / "tests" / "data" / "good.hvp"
PRACTICE = ROOT / "scanner" / "data" / "practice.hvp"
ESTATE = """\
[sign_in]
method = "negotiate"

[directory]
domains = ["corp.invalid"]
controllers = { "corp.invalid" = ["dc1.corp.invalid"] }
addresses = { "dc1.corp.invalid" = "127.0.0.2" }

[[host]]
name = "hv01.corp.invalid"
address = "127.0.0.2"

[[host]]
name = "hv02.corp.invalid"
address = "127.0.0.2"

[[route]]
from = "hv01.corp.invalid"
to = "hv02.corp.invalid"
"""


def tried(folder: Path, *commands: tuple[object, ...], line: str = "") -> subprocess.CompletedProcess[str]:
    asked = "".join(json.dumps(list(map(str, command))) + "\n" for command in commands)
    return subprocess.run(
        [sys.executable, "-m", "tests.like_windows", *([line] if line else [])],
        input=asked, cwd=ROOT, env=surroundings({"HOME": str(folder)}), capture_output=True, text=True,
        timeout=200, check=False,
    )  # fmt: skip


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    path = tmp_path / "estate.toml"
    path.write_text(ESTATE, encoding="utf-8")
    return path


def test_every_module_loads_and_the_commands_run_without_what_windows_lacks(estate: Path, tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    report, save = tmp_path / "report", tmp_path / "run.hvp"
    expected = {
        ("--help",): 0,
        ("help", "scan"): 0,
        ("checks",): 0,
        ("explain", "DEL-01"): 0,
        ("schema",): 0,
        ("init",): 0,
        ("demo", "--html", f"{report}.html", "--junit", f"{report}.xml", "--json", f"{report}.json"): 1,
        ("estate", estate): 0,
        ("queries", estate): 0,
        ("queries", estate, "--target", "hv01.corp.invalid", "--as-script"): 0,
        ("jea", estate, "--out", tmp_path / "jea"): 0,
        ("doctor", estate): 3,
        ("scan", estate, "--html", f"{report}.html", "--save", save, "--log-file", f"{report}.log"): 3,
        ("scan", estate, "--answers", tmp_path / "answers"): 3,
        ("judge", GOOD, "--json", "-"): 0,
        ("judge", save, "--html", f"{report}.html"): 3,
        ("judge", GOOD, "--html", f"{report}.html", "--mode", "0644"): 2,
        ("judge", estate): 2,
        ("diff", GOOD, save): 0,
        ("vms", "--record", GOOD): 0,
        ("fix", PRACTICE, "--for", "directory"): 0,
    }
    done = tried(tmp_path, *expected)
    assert done.returncode == 0, done.stderr
    codes = dict(zip(expected, json.loads(done.stdout.splitlines()[-1]), strict=True))
    assert codes == expected, done.stderr
    assert "Traceback" not in done.stderr
    assert "internal" not in done.stderr
    assert not any(word in done.stderr for word in ("kinit", "gssapi", "libkrb5")), done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "import os; os.geteuid()",
        "import os; os.open('/tmp', os.O_DIRECTORY)",
        "import os; os.open('/dev/tty', os.O_RDWR)",
        "import signal; signal.SIGHUP",
        "import fcntl",
        "import resource",
        "import gssapi",
        "import pathlib; pathlib.Path('~nobody-of-this-name').expanduser()",
    ],
)
def test_what_windows_lacks_would_be_noticed(tmp_path: Path, line: str) -> None:
    done = tried(tmp_path, line=line)
    assert done.returncode != 0
    assert "Error" in done.stderr


def test_a_name_that_is_not_taken_away_is_one_that_this_system_has() -> None:
    """So that a word that is written wrongly takes nothing away in silence."""
    for module, names in like_windows.OF_THEM.items():
        assert [name for name in names if not hasattr(module, name)] == [], module
