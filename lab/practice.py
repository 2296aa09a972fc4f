"""Brings a practice estate to life: its machines, each in a namespace of its own, on the running directory lab.

    with practice.running("broken") as estate:
        subprocess.run(estate.scanner("hv-preflight", "scan", str(estate.file)), ...)

What the estate says is read from ``lab/estates/<name>``; what is made for a run (key files, certificates, a copy of the
estate file beside them) goes to the lab's work folder.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lab import directory
from lab.keys import write_keys
from lab.windows.machine import read

ROOT = Path(__file__).resolve().parent.parent
ESTATES = ROOT / "lab" / "estates"
ENDPOINTS = ("cloud", "10.77.13.1")
"""The machine that stands for the Site Recovery endpoints: name and address."""
READY_WITHIN = 60.0
"""Seconds a machine may take until it listens, on a busy computer."""


@dataclass(frozen=True)
class MachineFile:
    """A machine file, as far as its surroundings need it."""

    name: str
    path: Path
    addresses: tuple[str, ...]
    dns_name: str

    @classmethod
    def read(cls, path: Path) -> MachineFile:
        """Raises OSError, or msgspec.DecodeError naming the key."""
        state = read(path)
        addresses = tuple(text.partition("/")[0] for adapter in state.adapter for text in adapter.addresses)
        return cls(state.name, path, addresses, f"{state.name}.{state.domain or 'corp.example'}")

    @classmethod
    def all_of(cls, estate: str) -> tuple[MachineFile, ...]:
        """The machines of an estate, by file name."""
        return tuple(cls.read(path) for path in sorted((ESTATES / estate / "machines").glob("*.toml")))


@dataclass(frozen=True)
class Estate:
    """A practice estate that is up."""

    name: str
    file: Path
    lab: directory.Lab
    machines: tuple[MachineFile, ...]
    processes: dict[str, subprocess.Popen[bytes]]
    """what serves each machine, by its name"""

    def reload(self, machine: MachineFile) -> None:
        """Have a machine read its file again, which was changed; it answers so from now on."""
        self.processes[machine.name].send_signal(signal.SIGHUP)
        _wait_until(self.processes[machine.name], b"reloaded")

    @property
    def environment(self) -> dict[str, str]:
        """What the scanner's process finds: its ticket cache among it."""
        cache = self.file.parent / "tickets"
        return os.environ | self.lab.environment | {"KRB5CCNAME": f"FILE:{cache}", "PYTHONPATH": str(ROOT)}

    def scanner(self, *command: str) -> list[str]:
        """The command, made to run where the scanner stands."""
        return directory.in_scanner(command)

    def run(self, *arguments: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run ``hv-preflight`` there and keep what it says."""
        command = self.scanner(sys.executable, "-m", "scanner", *arguments)
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )


def estates() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in ESTATES.glob("*/estate.toml")))


def prepare(name: str, lab: directory.Lab) -> Path:
    """A folder with all the estate file speaks of: certification authority, key files. Returns the estate file."""
    folder = lab.work / "estates" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(ESTATES / name / "estate.toml", folder)
    shutil.copy(lab.ca, folder / "ca.pem")
    write_keys(folder)
    return folder / "estate.toml"


@contextlib.contextmanager
def running(*names: str) -> Iterator[tuple[Estate, ...]]:
    """These estates, up for as long as the block runs; the directory stays up afterwards."""
    lab = directory.up()
    machines = {name: MachineFile.all_of(name) for name in names}
    every = [machine for group in machines.values() for machine in group]
    directory.machines_up({m.name: m.addresses for m in every} | dict([ENDPOINTS]))
    _faults(names)
    with contextlib.ExitStack() as stack:
        starts = {machine.name: partial(_start, machine) for machine in every} | {ENDPOINTS[0]: _start_endpoints}
        processes: dict[str, subprocess.Popen[bytes]] = {}
        for name, start in starts.items():
            processes[name] = start(lab)
            stack.callback(_end, processes[name])  # at once: the next may not start
        for process in processes.values():
            _wait_until(process, b"ready")
        made = tuple(Estate(name, prepare(name, lab), lab, machines[name], processes) for name in names)
        for estate in made:
            _sign_in(estate)
        yield made


def _faults(names: Sequence[str]) -> None:
    """What a file cannot say for ever (faults.toml).

    Packets that vanish, all or those `from` some addresses ([[drop]]), and what is new ([[changed]]).
    """
    for name in names:
        path = ESTATES / name / "faults.toml"
        told = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for row in told.get("drop", ()):
            ways = [f"@{address}" for address in row.get("from", ())] or [""]
            directory.machine("drop", row["machine"], *(f"{port}{way}" for port in row["ports"] for way in ways))
        for row in told.get("changed", ()):
            for controller in row["controllers"]:
                directory.fault("aged", controller, str(row["hours"]), *row["computers"])


def _sign_in(estate: Estate) -> None:
    keytab = estate.lab.keytab(f"{estate.lab.user}@corp.example")
    command = estate.scanner("kinit", "-k", "-t", str(keytab), f"{estate.lab.user}@CORP.EXAMPLE")
    subprocess.run(command, env=estate.environment, check=True, capture_output=True, timeout=60)


def _start(machine: MachineFile, lab: directory.Lab) -> subprocess.Popen[bytes]:
    certificate, key = directory.issue_certificate(machine.name, machine.dns_name, *machine.addresses)
    accounts = lab.work / "estates" / f"{machine.name}.accounts.toml"
    accounts.parent.mkdir(parents=True, exist_ok=True)
    accounts.write_text(f"'{machine.name}\\scanner' = '{lab.user_password}'\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "lab.windows",
        "serve",
        "--machine",
        str(machine.path),
        "--accounts",
        str(accounts),
    ]
    command += ["--certificate", str(certificate), "--key", str(key)]
    command += ["--listen", "0.0.0.0:5985", "0.0.0.0:5986/tls"]
    if lab.keytab(machine.name).exists():
        command += ["--keytab", str(lab.keytab(machine.name)), "--auth", "negotiate", "kerberos"]
    else:
        command += ["--auth", "negotiate", "basic"]
    return _open(directory.in_namespace(machine.name, command), lab, machine.name)


def _start_endpoints(lab: directory.Lab) -> subprocess.Popen[bytes]:
    certificate, key = directory.issue_certificate(ENDPOINTS[0], "login.corp.example", ENDPOINTS[1])
    command = [sys.executable, "-m", "lab.cloud", "0.0.0.0:443", str(certificate), str(key)]
    return _open(directory.in_namespace(ENDPOINTS[0], command), lab, ENDPOINTS[0])


def _open(command: list[str], lab: directory.Lab, name: str) -> subprocess.Popen[bytes]:
    environment = os.environ | lab.environment
    with (lab.work / "log" / f"{name}.err").open("wb") as log:
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
        )


def _wait_until(process: subprocess.Popen[bytes], word: bytes) -> None:
    assert process.stdout is not None
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        ready, _, _ = select.select([process.stdout], [], [], until - time.monotonic())
        line = process.stdout.readline() if ready else b""
        if line.startswith(word):
            return
        if not line:
            break
    raise directory.LabError(f"{process.args}: not {word.decode()}; see the lab's log folder")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()
