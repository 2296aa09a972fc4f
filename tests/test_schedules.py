"""The recipes of docs/schedules.md: each block is what it says it is, and lets no run through that was not ready."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.test_docs import BLOCK, PAGES

PAGE = PAGES["docs/schedules.md"]
BLOCKS = [(found["kind"], found["text"], found["file"] or "") for found in BLOCK.finditer(PAGE)]
FILES = {file: text for _, text, file in BLOCKS if file}
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
KINDS = {"ini", "xml", "sh", "yaml", "groovy", "powershell", "console", "text", "toml keys"}
COMMAND = re.compile(r"hv-preflight(?:\.exe</Command>\s*<Arguments>)? ?audit .*")


def of_kind(kind: str) -> list[str]:
    return [text for one, text, _ in BLOCKS if one == kind]


def whole(text: str) -> str:
    """With lines that go on as one."""
    return re.sub(r"\\\n\s*", "", text)


def test_every_block_has_a_kind_that_is_looked_at_here():
    assert {kind for kind, *_ in BLOCKS} <= KINDS
    assert len(BLOCKS) >= 12


def test_every_recipe_keeps_its_runs_for_a_time_and_no_secret_stands_in_one():
    blocks = [(kind, whole(text)) for kind, text, _ in BLOCKS if COMMAND.search(whole(text))]
    assert len(blocks) == 7, "systemd, Windows, cron, and four pipelines"
    for kind, text in blocks:
        for line in COMMAND.findall(text):
            assert "--keep 400d" in line, kind
            assert "--notify " not in line
        assert "://user:" not in text


@pytest.mark.parametrize("name", ["hv-preflight.service", "hv-preflight.timer"])
def test_the_units_are_ini(name):
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(whole(FILES[name]))
    assert "Unit" in parser
    assert not parser.has_option("Service", "SuccessExitStatus")
    assert not parser.has_option("Service", "Restart"), "a refused password would be tried again and again"


needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")


@pytest.fixture
def units(tmp_path) -> Path:
    """The units, with programs that are on this machine."""
    for name in ("hv-preflight.service", "hv-preflight.timer"):
        text = re.sub(r"/opt/hv-preflight/bin/hv-preflight|/usr/bin/kinit", "/usr/bin/env", FILES[name])
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    return tmp_path


@needs_systemd
def test_systemd_understands_the_units(units):
    files = [str(units / name) for name in ("hv-preflight.service", "hv-preflight.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *files],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(units) in line]) == (0, [])
    (spoilt,) = [units / "hv-preflight.service"]
    spoilt.write_text(spoilt.read_text(encoding="utf-8").replace("ProtectSystem=", "ProtektSystem="), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(spoilt)], capture_output=True, text=True, timeout=60, check=False
    )
    assert "ProtektSystem" in done.stderr, "what is mistyped is seen"


@needs_systemd
def test_the_service_can_do_little_else(units):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(units / "hv-preflight.service")],
        capture_output=True, text=True, timeout=60, check=False, env=os.environ | {"SYSTEMD_PAGER": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-400:] + done.stderr


@needs_systemd
def test_the_timer_rings_every_day():
    (when,) = re.findall(r"^OnCalendar=(.*)$", FILES["hv-preflight.timer"], re.M)
    done = subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, text=True, timeout=60, check=True)
    assert "05:00:00" in done.stdout


def test_the_task_is_of_the_form_that_is_published():
    """MS-TSCH, part 2.5: what its types are, and in which order a trigger's and an action's elements stand."""
    root = ElementTree.fromstring(FILES["hv-preflight.xml"])
    assert (root.tag, root.get("version")) == (f"{TASK}Task", "1.2")
    tags = [child.tag.removeprefix(TASK) for child in root]
    assert tags == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    assert all(element.tag.startswith(TASK) for element in root.iter())

    def within(path: str) -> list[str]:
        (found,) = root.findall("/".join(f"{TASK}{part}" for part in path.split("/")))
        return [child.tag.removeprefix(TASK) for child in found]

    assert within("Triggers/CalendarTrigger") == ["StartBoundary", "Enabled", "RandomDelay", "ScheduleByDay"]
    assert within("Actions/Exec") == ["Command", "Arguments", "WorkingDirectory"]
    assert within("Principals/Principal") == ["UserId", "LogonType", "RunLevel"]
    principal, actions = root.find(f".//{TASK}Principal"), root.find(f"{TASK}Actions")
    assert principal is not None
    assert actions is not None
    assert principal.get("id") == actions.get("Context")
    values = {element.tag.removeprefix(TASK): element.text or "" for element in root.iter()}
    assert values["UserId"].endswith("$"), "a group managed service account"
    assert values["LogonType"] in {"Password", "S4U", "InteractiveToken"}
    assert values["RunLevel"] == "LeastPrivilege"
    assert values["MultipleInstancesPolicy"] in {"Parallel", "Queue", "IgnoreNew", "StopExisting"}
    for name in ("RandomDelay", "ExecutionTimeLimit"):
        assert re.fullmatch(r"PT(\d+H)?(\d+M)?", values[name])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", values["StartBoundary"])
    for name in ("DisallowStartIfOnBatteries", "StopIfGoingOnBatteries", "StartWhenAvailable", "Enabled"):
        assert values[name] in {"true", "false"}


def test_what_nothing_here_can_parse_is_at_least_closed():
    (text,) = of_kind("powershell")
    bare = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "''", text)
    for opens, closes in ("{}", "()", "[]"):
        assert bare.count(opens) == bare.count(closes)
    assert "'" not in bare.replace("''", "")


@pytest.fixture
def bin_folder(tmp_path, monkeypatch) -> Path:
    """In place of the programs, some that end as they are told."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in (
        ("kinit", "exit ${KINIT:-0}"),
        ("hv-preflight", '[ "$1" = audit ] || exit 0\necho "what it says"\nexit $CODE'),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 130])
def test_cron_mails_whatever_is_not_ready_and_nothing_else(bin_folder, tmp_path, code):
    (tmp_path / "audit.sh").write_text(FILES["audit.sh"], encoding="utf-8")
    done = subprocess.run(
        ["sh", str(tmp_path / "audit.sh")], env=os.environ | {"CODE": str(code)}, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == code
    assert done.stdout == (f"hv-preflight: exit {code}\nwhat it says\n" if code else "")
    assert (tmp_path / "audit.txt").stat().st_mode & 0o077 == 0
    refused = subprocess.run(
        ["sh", str(tmp_path / "audit.sh")], env=os.environ | {"CODE": "0", "KINIT": "1"}, check=False, timeout=60
    )
    assert refused.returncode == 2


@pytest.mark.parametrize("code", [0, 1, 3, 4])
def test_gitlabs_job_ends_as_the_audit_did(bin_folder, tmp_path, code):
    (job,) = (
        found["audit"] for text in of_kind("yaml") if "script" in (found := yaml.safe_load(text)).get("audit", {})
    )
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])], env=os.environ | {"CODE": str(code)},
        capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == code


def test_the_shell_can_read_what_is_written_for_it():
    for text in of_kind("sh"):
        subprocess.run(["sh", "-n"], input=text, text=True, check=True, timeout=60)
