"""What a shell completes: commands, options, severities and ids of checks; and what that loads."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scanner import cli
from scanner.plugins import load
from tests.processes import surroundings
from tests.test_cli import CORE, HEAVY, ROOT

IDS = [check.id for check in load(third_party=False).checks]
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home, and in its bin the program under the name that people call."""
    program = tmp_path / "bin" / "hv-preflight"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m scanner "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def bash(home: Path, script: str) -> subprocess.CompletedProcess[str]:
    environment = surroundings({"HOME": str(home), "PATH": f"{home / 'bin'}:/usr/bin:/bin"})
    return subprocess.run(
        ["bash", "--norc", "-c", f"{script}\n:"],  # without a second command bash would become the first one
        cwd=home, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def completed(home: Path, *words: str) -> list[str]:
    """What bash offers for the last word."""
    typed = shlex.join(["hv-preflight", *words])
    script = f"""
        source <(hv-preflight --show-completion)
        COMP_WORDS=({typed}); COMP_CWORD={len(words)}
        set -- $(complete -p hv-preflight)
        while [ "$1" != -F ]; do shift; done
        "$2" hv-preflight
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = bash(home, script)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ([""], list(cli.COMMANDS)),
        (["s"], ["schema", "scan", "show"]),
        (["demo", "--js"], ["--json"]),
        (["judge", "x.hvp", "--fail-on", "h"], ["high"]),
        (["explain", "DEL-0"], [name for name in IDS if name.startswith("DEL-0")]),
        (["explain", "net-"], [name.lower() for name in IDS if name.startswith("NET-")]),
        (["why", ""], ["vm", "host"]),
        (["nonsense", "--j"], []),
    ],
    ids=repr,
)
def test_what_bash_offers(home, words, offered):
    assert completed(home, *words) == offered


def test_it_is_installed_where_bash_looks(home):
    done = bash(home, "hv-preflight --install-completion; echo $?")
    assert done.stdout.startswith("bash completion installed in ")
    assert done.stdout.endswith("\n0\n")
    assert done.stderr == ""
    assert bash(home, "source ~/.bashrc; complete -p hv-preflight").stdout.startswith("complete ")


def test_a_shell_that_is_none_is_told(home):
    done = subprocess.run(
        [str(home / "bin" / "hv-preflight"), "--show-completion"],
        env=surroundings({"HOME": str(home), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert "hv-preflight --help tells its options\nexit 2\n" in done.stderr


def test_names_are_completed_without_the_load_of_a_command():
    program = "import sys; from scanner.cli import run; code = run([]); "
    program += f"print(); print(code, *[m for m in {(*HEAVY, *CORE)!r} if m in sys.modules])"
    words = {"_HV_PREFLIGHT_COMPLETE": "complete_bash", "COMP_WORDS": "hv-preflight\n", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=surroundings(words), capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    *offered, said = done.stdout.splitlines()
    assert [name for name in offered if name] == list(cli.COMMANDS)
    assert said == "0"


def asked(home: Path, **words: str) -> subprocess.CompletedProcess[str]:
    """What the program says where a shell asks it."""
    environment = surroundings({"HOME": str(home), "PATH": f"{home / 'bin'}:/usr/bin:/bin", **words})
    program = str(home / "bin" / "hv-preflight")
    return subprocess.run([program], env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("shell", "register"),
    [
        ("bash", "complete -o default -F _hv_preflight_completion hv-preflight"),
        ("zsh", "compdef _hv_preflight_completion hv-preflight"),
        ("fish", "complete --command hv-preflight --no-files"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName hv-preflight"),
        ("pwsh", "Register-ArgumentCompleter -Native -CommandName hv-preflight"),
    ],
)
def test_every_shell_has_its_script(home, shell, register):
    done = asked(home, _HV_PREFLIGHT_COMPLETE=f"source_{shell}")
    assert (done.returncode, done.stderr) == (0, "")
    assert register in done.stdout
    assert "_HV_PREFLIGHT_COMPLETE" in done.stdout


SCAN = ("scan", "Read the estate, judge it, write the reports.")
TOLD = {
    "zsh": '"{}":"{}"',
    "fish": "{}\t{}",
    "powershell": "{}:::{}",
    "pwsh": "{}:::{}",
}
"""How each is told a word, and what it means."""


@pytest.mark.parametrize("shell", TOLD)
def test_what_other_shells_are_told(home, shell):
    more = {"_TYPER_COMPLETE_FISH_ACTION": "get-args", "_HV_PREFLIGHT_COMPLETE": f"complete_{shell}"}
    command = asked(home, **more, _TYPER_COMPLETE_ARGS="hv-preflight sca", _TYPER_COMPLETE_WORD_TO_COMPLETE="sca")
    assert (command.returncode, command.stderr) == (0, "")
    assert TOLD[shell].format(*SCAN) in command.stdout
    assert "demo" not in command.stdout
    words = "hv-preflight explain DEL-0"
    checks = asked(home, **more, _TYPER_COMPLETE_ARGS=words, _TYPER_COMPLETE_WORD_TO_COMPLETE="DEL-0").stdout
    assert all(name in checks for name in IDS if name.startswith("DEL-0"))
    assert "NET-01" not in checks
