"""Two practice machines behind real endpoints on loopback, and an estate file that reaches them and nothing else."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lab.windows.machine import Machine
from lab.windows.machine.state import parse
from lab.windows.runner import MachineRunner
from lab.windows.wsman import Fault, Listener, ServerThread, Tls, WsmanServer
from lab.windows.wsman.certificates import Certificates

HV01, HV11 = "hv01.corp.example", "hv11.corp.example"
HOSTS = (HV01, HV11)
PASSWORD = "Passw0rd-of-the-lab!"
EXAMPLES = Path(__file__).parents[1] / "lab" / "windows" / "machine" / "examples"
MACHINES = {HV01: "hv01-2019.toml", HV11: "hv11-2012r2.toml"}
NOBODYS = "password-that-nobody-is-sent"
"""Of the directory: without one no run begins, and no controller of theirs answers."""
STARTED = datetime.now(UTC)
STILL = f"clock = {STARTED:%Y-%m-%dT%H:%M:%SZ}\nbooted = 2026-11-01T00:00:00Z\n"
"""The machines' clock stands, so that two readings of it are equal; it is right, for answers by file are as old."""
NAMES = '\n[[vm]]\nname = "B\u00fcro \u2713 \u65e5\u672c \U0001f5a5 <b>\\u202eo\'x"\n'
"""A virtual machine whose name no code page holds whole."""
ESTATE = """
[sign_in]
method = "{method}"
{sign_in}
ca = "{ca}"

[directory]
method = "simple"
user = "nobody"
password = {{ env = "HV_TEST_UNSET" }}
controllers = {{ "corp.example" = ["dc.corp.example"] }}
addresses = {{ "dc.corp.example" = "{nobody}" }}

[names]
servers = ["{nobody}"]
lifetime = "500ms"

[limits]
host_deadline = "{deadline}"

[[host]]
name = "{hv01}"
address = "{address01}"

[[host]]
name = "{hv11}"
address = "{address11}"

[[route]]
from = "{hv01}"
to = "{hv11}"
both_ways = true
storage = false
"""


def address(block: int, number: int) -> str:
    """A loopback address of this process alone; `block` keeps test files apart."""
    return f"127.{block}.{os.getpid() % 250}.{number}"


def machine(name: str, block: int, folder: Path = Path()) -> Machine:
    """A practice machine whose every address is on loopback, and which has no disk that would have to move.

    So no probe of it can leave this computer. Its virtual machines are off: one that runs without a disk is no answer.
    """
    text = (EXAMPLES / MACHINES[name]).read_text(encoding="utf-8")
    here = address(block, 1 + HOSTS.index(name))
    for there in ("10.10.0.11/24", "10.20.0.11/24", "10.30.0.11/24"):
        text = text.replace(there, f"{here}/24")
    text = (
        text.replace(', "fd00:30::11/64"', "").replace('"10.30.0.1"', "true").replace("branch.example", "corp.example")
    )
    text = text.replace("10.20.0.0/24", f"{here.rpartition('.')[0]}.0/24")
    text = re.sub(r"^disks = .*$", "", text, flags=re.MULTILINE)
    text = (text + NAMES).replace("[[vm]]\n", '[[vm]]\nstate = "off"\n')
    return Machine(parse(STILL + text), folder)


class Wire:
    """The endpoints, while they run."""

    def __init__(self, block: int, pki: Certificates, folder: Path, machines: dict[str, Machine]) -> None:
        self.block, self.pki, self.folder, self.machines = block, pki, folder, machines
        self.runner = MachineRunner(machines)
        self.server: WsmanServer

    def where(self, name: str) -> str:
        return address(self.block, 1 + HOSTS.index(name))

    def estate(self, *, sign_in: str = "", more: str = "", file: str = "estate.toml", **words: str) -> Path:
        """Write an estate file; basic over TLS with the password in a file unless said otherwise."""
        (self.folder / "password").write_text(PASSWORD, encoding="utf-8")
        defaults = {
            "method": "basic",
            "sign_in": sign_in or 'user = "admin"\npassword = { file = "%s" }' % (self.folder / "password"),
            "ca": self.pki.ca,
            "nobody": address(self.block, 99),
            "deadline": "30s",
            "hv01": HV01,
            "hv11": HV11,
            "address01": self.where(HV01),
            "address11": self.where(HV11),
        }
        path = self.folder / file
        path.write_text(ESTATE.format(**(defaults | words)) + more, encoding="utf-8")
        return path


@contextmanager
def wire(
    block: int, pki: Certificates, folder: Path, *, machines: dict[str, Machine] | None = None, **settings: Any
) -> Iterator[Wire]:
    """Start both endpoints; settings are the server's."""
    made = Wire(block, pki, folder, machines or {name: machine(name, block, folder) for name in HOSTS})
    tls = Tls(pki.server.certificate, pki.server.key, pki.ca)
    defaults: dict[str, Any] = {
        "listeners": [Listener(made.where(name), 5986, tls) for name in HOSTS],
        "machines": {made.where(name): name for name in HOSTS},
        "users": {"admin": PASSWORD},
        "auth": ("negotiate", "ntlm", "basic", "certificate"),
        "configurations": made.runner.configurations,
        "powershell_version": made.runner.powershell_version,
    }
    faults: dict[str, list[Fault]] = settings.pop("faults", {})
    made.server = WsmanServer(made.runner, faults=faults, **(defaults | settings))
    unset = "HV_TEST_UNSET" not in os.environ
    os.environ.setdefault("HV_TEST_UNSET", NOBODYS)
    try:
        with ServerThread(made.server):
            yield made
            made.runner.stop()
    finally:
        if unset:
            os.environ.pop("HV_TEST_UNSET", None)
    gc.collect()  # the client leaves a socket to the collector when its peer went away in a handshake
