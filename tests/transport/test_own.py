"""What this machine lacks is told as its own lack, and no machine is called unreachable for it."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.windows.wsman.certificates import make
from scanner import plugins
from scanner.collect.transport.own import ours
from scanner.collect.transport.psrp.failures import classify
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.model import GapReason

ROOT = Path(__file__).parents[2]
ADDRESS = f"127.86.{os.getpid() % 250}.1"
HOSTS = [f"hv{number:02}.corp.example" for number in range(64)]


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes every connection, keeps it and says nothing."""
    held: list[socket.socket] = []
    with socket.create_server((ADDRESS, 0), backlog=128) as door:

        def take() -> None:
            while True:
                try:
                    held.append(door.accept()[0])
                except OSError:
                    return

        taking = threading.Thread(target=take)
        taking.start()
        yield door.getsockname()[1]
        door.shutdown(socket.SHUT_RDWR)
    taking.join()
    for sock in held:
        sock.close()


def collect(folder: Path, port: int, limits: str) -> Evidence:
    """Read 64 hosts at once, with the shell's words for the limits of open files."""
    pki = make(folder, HOSTS)
    tables = [f'[[host]]\nname = "{name}"\naddress = "{ADDRESS}"\n' for name in HOSTS]
    head = f'[sign_in]\nmethod = "basic"\nuser = "a"\npassword = {{ env = "HV_PW" }}\nport = {port}\nca = "{pki.ca}"\n'
    directory = '[directory]\nmethod = "simple"\nuser = "a"\npassword = { env = "HV_PW" }\n'
    directory += f'controllers = {{ "corp.example" = ["dc"] }}\naddresses = {{ "dc" = "{ADDRESS}" }}\n'
    route = f'[[route]]\nfrom = "{HOSTS[0]}"\nto = "{HOSTS[1]}"\n[limits]\nconcurrency = 65\nhost_deadline = "3s"\n'
    (folder / "estate.toml").write_text(head + directory + "".join(tables) + route, encoding="utf-8")
    program = f"{limits} && exec {sys.executable} -P -m scanner collect estate.toml --save run.hvp"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HV_PW": "Passw0rd-of-a-test"}
    done = subprocess.run(
        ["sh", "-c", program], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stderr
    return record.load((folder / "run.hvp").read_bytes(), plugins.load(third_party=False).facts)


def reasons(evidence: Evidence) -> set[GapReason]:
    return {gap.reason for gap in evidence.gaps() if gap.target in HOSTS}


def test_too_few_descriptors_are_our_own_lack(tmp_path: Path, silent: int) -> None:
    evidence = collect(tmp_path, silent, "ulimit -n 40")
    details = {gap.detail for gap in evidence.gaps() if gap.reason is GapReason.NOT_COLLECTED}
    assert any(
        "no more file descriptors (ulimit -n is 40): raise it, or lower limits.concurrency" in d for d in details
    )
    assert GapReason.UNREACHABLE not in reasons(evidence)


def test_the_soft_limit_is_raised(tmp_path: Path, silent: int) -> None:
    evidence = collect(tmp_path, silent, "ulimit -S -n 40")
    assert reasons(evidence) == {GapReason.TIMEOUT}


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.EADDRNOTAVAIL, errno.ENOBUFS, errno.ENOMEM])
def test_whose_lack_it_is(number: int) -> None:
    reason, detail = classify(OSError(number, os.strerror(number)))
    assert (reason, detail) == (GapReason.NOT_COLLECTED, ours(OSError(number, "")))
    assert "this machine has no" in detail


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(errno.ECONNREFUSED, ""), OSError("no number"), TimeoutError()]
)
def test_what_is_the_others(error: OSError) -> None:
    assert ours(error) == ""
