"""`python -m lab.windows serve`: one machine as a process, asked by a real client over the wire."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from lab.windows.probe import probe
from lab.windows.runner import SCRIPTS
from tests.processes import started

ADDRESS = f"127.83.{os.getpid() % 250}.1"
ROOT = Path(__file__).parents[2]
MACHINE = f"""
name = "hv01"
domain = "corp.example"
release = "2019"
[migration]
listening = ["{ADDRESS}"]
[services]
LanmanServer = "stopped"
[replica]
enabled = true
port = 8083
[[configuration]]
name = "HvPreflight"
files = ["role.pssc"]
"""
ROLE = """@{ LanguageMode = 'NoLanguage'; SessionType = 'RestrictedRemoteServer'
VisibleCmdlets = 'Get-VMHost', 'Microsoft.PowerShell.Utility\\Select-Object', 'ConvertTo-Json' }"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    (tmp_path / "hv01.toml").write_text(MACHINE, encoding="utf-8")
    (tmp_path / "role.pssc").write_text(ROLE, encoding="utf-8")
    (tmp_path / "accounts.toml").write_text('admin = "secret"', encoding="utf-8")
    command = [sys.executable, "-m", "lab.windows", "serve", "--machine", str(tmp_path / "hv01.toml")]
    command += ["--listen", f"{ADDRESS}:5985", "--service-address", ADDRESS, "--also-listen", "8099"]
    command += ["--accounts", str(tmp_path / "accounts.toml"), "--auth", "basic", "--allow-unencrypted"]
    with started(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"ready HV01 {ADDRESS}:5985\n"
        yield process, tmp_path / "hv01.toml"
        process.terminate()
        assert process.wait(30) == 0


def _client(configuration: str = "Microsoft.PowerShell") -> RunspacePool:
    wsman = WSMan(ADDRESS, port=5985, ssl=False, auth="basic", username="admin", password="secret", encryption="never")
    return RunspacePool(wsman, configuration_name=configuration)


def _outcomes(*ports: int) -> list[str]:
    return [answer["Outcome"] for answer in probe([f"{ADDRESS}:{port}" for port in ports])]


def test_doors_and_answers_follow_the_file(served: tuple[subprocess.Popen[str], Path]) -> None:
    process, file = served
    assert _outcomes(6600, 8083, 8099, 445, 443) == ["Connected", "Connected", "Connected", "Refused", "Refused"]
    plan = [{"name": "VMHost", "commands": [{"command": "Get-VMHost", "parameters": {}}]}]
    plan.append(
        {"name": "door", "commands": [{"command": "Test-Endpoint", "parameters": {"Target": [f"{ADDRESS}:6600"]}}]}
    )
    with _client() as pool:
        for name in ("Test-Endpoint.ps1", "Invoke-Query.ps1"):
            shell = PowerShell(pool)
            shell.add_script((SCRIPTS / name).read_text(encoding="utf-8"), use_local_scope=False)
            if name == "Invoke-Query.ps1":
                shell.add_parameter("Plan", json.dumps(plan))
            lines = [json.loads(line) for line in shell.invoke()]
    assert [line["query"] for line in lines] == ["VMHost", "door"]
    assert lines[0]["rows"][0]["VirtualMachineMigrationEnabled"] is True
    assert lines[1]["rows"][0]["Outcome"] == "Connected"
    file.write_text(MACHINE.replace("[migration]", "[migration]\nenabled = false"), encoding="utf-8")
    process.send_signal(signal.SIGHUP)
    assert process.stdout is not None
    assert process.stdout.readline() == "reloaded\n"
    assert _outcomes(6600, 8083) == ["Refused", "Connected"]
    file.write_text("name = ", encoding="utf-8")
    process.send_signal(signal.SIGHUP)
    assert process.stdout.readline().startswith("not reloaded: ")
    assert _outcomes(6600, 8083) == ["Refused", "Connected"]


def test_a_role_is_enforced_over_the_wire(served: tuple[subprocess.Popen[str], Path]) -> None:
    assert served[0].poll() is None
    with _client("HvPreflight") as pool:
        shell = PowerShell(pool)
        shell.add_cmdlet("Get-VMHost").add_cmdlet("ConvertTo-Json").add_parameter("Compress", True)
        (line,) = shell.invoke()
        assert json.loads(line)["Name"] == "HV01"
        refused = PowerShell(pool)
        refused.add_cmdlet("Get-VM").add_cmdlet("ConvertTo-Json")
        refused.invoke()
        assert [error.fq_error for error in refused.streams.error] == ["CommandNotFoundException"]
        script = PowerShell(pool)
        script.add_script("Get-VMHost")
        script.invoke()
        assert [error.fq_error for error in script.streams.error] == ["ScriptsNotAllowed"]


def test_a_mistake_in_the_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "hv.toml"
    file.write_text('name = "hv01"\nrelease = "2020"\n', encoding="utf-8")
    command = [sys.executable, "-m", "lab.windows", "serve", "--machine", str(file), "--listen", f"{ADDRESS}:1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"lab.windows: {file}: ")
    assert "release" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_is_not_here_is_named(tmp_path: Path) -> None:
    (tmp_path / "hv.toml").write_text('name = "hv01"\nrelease = "2019"\n[migration]\nlistening = ["192.0.2.7"]\n')
    with socket.create_server((ADDRESS, 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lab.windows", "serve", "--machine", str(tmp_path / "hv.toml")]
    command += ["--listen", f"{ADDRESS}:{port}"]
    with started(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("ready")
        process.terminate()
        _, complaints = process.communicate(timeout=30)
    assert "not listening on 192.0.2.7:6600" in complaints
