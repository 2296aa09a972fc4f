"""What is printed: signs that an encoding lacks, and what an estate file means."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner import cli
from scanner.words.wording import sayable

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "scanner"]


def test_certificates_that_are_not_verified_are_told(tmp_path, capsys):
    path = tmp_path / "estate.toml"
    text = '[[host]]\nname = "a.x"\n[[host]]\nname = "b.x"\nsign_in = { verify = false }\n'
    path.write_text(
        text + '[[route]]\nfrom = "a.x"\nto = "b.x"\n[directory]\ntransport = "ldaps"\nverify = false\n',
        encoding="utf-8",
    )
    assert cli.run(["estate", str(path)]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.endswith("certificates are NOT verified")]
    assert [line.split()[:2] for line in lines] == [["host", "b.x"], ["directory", "certificates"]]


@pytest.mark.parametrize(("encoding", "arrow"), [("utf-8", "→"), ("cp437", "->"), ("cp1252", "->"), ("ascii", "->")])
def test_signs_are_spelt_where_the_encoding_has_none(tmp_path, encoding, arrow):
    path = tmp_path / "estate.toml"
    text = '[[host]]\nname = "a.x"\n[[host]]\nname = "b.x"\n[[route]]\nfrom = "a.x"\nto = "b.x"\n'
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "estate", str(path)], cwd=ROOT, env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert f"route      a.x {arrow} b.x, disks move too" in done.stdout.decode(encoding), done.stderr


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "→ ↔ ✖ · … ü 文"), ("latin-1", r"-> <-> x · ... ü \u6587"), ("ascii", r"-> <-> x - ... \xfc \u6587")],
)
def test_what_an_encoding_can_say(encoding, said):
    assert sayable("→ ↔ ✖ · … ü 文", encoding) == said
