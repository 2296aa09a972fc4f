"""The machines to be asked: the lab's endpoint in a process of its own, with answers made once and then replayed.

The answers are those of the lab's machine to the first plan that comes. Whatever is asked later gets them again, after
so many seconds of "script time", so that a benchmark measures who asks and not who answers.

    python -m benchmarks.endpoint '{"addresses": {"127.1.2.3": "hv01"}, ...}'

prints a line ``ready``, then answers every line on standard input (``traffic`` or ``reset``) with one line of JSON, and
ends with it. ``running`` starts it and speaks with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.measure import ROOT
from lab.windows.machine import Machine, parse
from lab.windows.runner import MachineRunner
from lab.windows.wsman import CATALOGUE, Event, Listener, PipelineRequest, ServerThread, Tls, WsmanServer

USER, PASSWORD = "admin", "Passw0rd-of-the-lab!"
PORT = 5986
EXAMPLE = ROOT / "lab" / "windows" / "machine" / "examples" / "hv01-2019.toml"
GUEST = """
[[vm]]
name = "guest-{number:02}"
disks = ['D:\\VMs\\guest-{number:02}.vhdx']
switch = "Production"
"""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the endpoint is to be."""

    addresses: dict[str, str]
    """name of the machine by address"""
    certificate: str
    key: str
    core: int
    guests: int = 20
    """virtual machines on every host"""
    latency: float = 0.0
    """seconds every answer is late"""
    script_seconds: float = 0.0
    """seconds the script takes"""
    spread: bool = False
    """these seconds pass between the answers, not before the first"""
    faults: dict[str, str] = field(default_factory=dict[str, str])
    """name in the lab's catalogue of faults by machine"""


class Replay:
    """A runner that lets the lab's machine answer the first plan, and repeats that for whoever asks for anything."""

    def __init__(self, machine: Machine, seconds: float, *, spread: bool) -> None:
        self._machine, self._seconds, self._spread = MachineRunner({machine.name: machine}), seconds, spread
        self._lock = threading.Lock()
        self._events: list[Event] = []
        self.powershell_version = self._machine.powershell_version

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        """The answers, late as the settings say."""
        with self._lock:
            self._events = self._events or list(self._machine.run(request))
        pause = self._seconds / len(self._events) if self._spread else 0.0
        time.sleep(0.0 if self._spread else self._seconds)
        for event in self._events:
            time.sleep(pause)
            yield event


def serve(settings: Settings) -> None:
    """Serve until standard input ends."""
    os.sched_setaffinity(0, {settings.core})
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    guests = "".join(GUEST.format(number=number) for number in range(1, settings.guests + 1))
    text = EXAMPLE.read_text(encoding="utf-8").replace("\n[replica]", f"{guests}\n[replica]", 1)
    runner = Replay(Machine(parse(text)), settings.script_seconds, spread=settings.spread)
    tls = Tls(settings.certificate, settings.key)
    server = WsmanServer(
        runner,
        listeners=[Listener(address, PORT, tls) for address in settings.addresses],
        machines=settings.addresses,
        users={USER: PASSWORD},
        auth=("basic",),
        powershell_version=runner.powershell_version,
        faults={name: [CATALOGUE[fault]] for name, fault in settings.faults.items()},
        latency=settings.latency,
        max_shells_per_user=100_000,
    )
    with ServerThread(server):
        print("ready", flush=True)
        for line in sys.stdin:
            if line.strip() == "reset":
                server.traffic.reset()
            requests, connections = server.traffic.requests(), sum(server.traffic.connections.values())
            told = {"requests": requests, "connections": connections, "cpu": time.process_time()}
            print(json.dumps(told | {"shells": len(server.shells)}), flush=True)


class Endpoint:
    """The running endpoint, as the benchmark sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, word: str) -> Mapping[str, float]:
        """``traffic`` or ``reset``: requests and connections since the last reset, CPU seconds, shells left open."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextlib.contextmanager
def running(settings: Settings) -> Iterator[Endpoint]:
    """The endpoint, for as long as the block runs."""
    command = [sys.executable, "-m", "benchmarks.endpoint", json.dumps(asdict(settings))]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    assert process.stdout
    try:
        if process.stdout.readline() != "ready\n":
            raise SystemExit("the endpoint did not start")
        yield Endpoint(process)
    finally:
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def block(number: int) -> str:
    """The first two parts of loopback addresses that no other process uses for this."""
    return f"127.{200 + (os.getpid() + number) % 50}"


def password_file(folder: Path) -> str:
    """A file with the password of the endpoint's user."""
    path = folder / "password"
    path.touch(mode=0o600)
    path.write_text(PASSWORD, encoding="utf-8")
    return str(path)


if __name__ == "__main__":
    serve(Settings(**json.loads(sys.argv[1])))
