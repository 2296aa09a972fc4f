"""Audits as processes: of two hosts that answer by files, on no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.processes import HEARING, LONG, surroundings
from tests.test_guards import ESTATE, line

HOSTS = ("hv01.corp.example", "hv02.corp.example")
SECRETS = {"HV_GUARDS": "a-long-enough-password"}
REPORTS = {"html": "</html>", "junit": "</testsuites>", "json": "}"}


def answers(name: str, *, runs: bool = True) -> str:
    """What a host says of itself."""
    short = name.split(".", maxsplit=1)[0]
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    names = {"LanmanServer": True, "Netlogon": True, "vmms": runs}
    services = [
        {"Name": name, "State": "Running" if up else "Stopped", "StartMode": "Auto", "ProcessId": 7 * up,
         "StartName": "LocalSystem"}
        for name, up in names.items()
    ]  # fmt: skip
    domain = {"Domain": "corp.example", "PartOfDomain": True, "DomainRole": 3}
    system = line("ComputerSystem", Name=short.upper(), DNSHostName=short, **domain)
    release = {"BuildNumber": "20348", "Version": "10.0.20348", "ProductType": 3, "OperatingSystemSKU": 8}
    own = line("OperatingSystem", LocalDateTime=now, LastBootUpTime=now, **release)
    return "\n".join((system, own, json.dumps({"query": "Service", "rows": services}), ""))


@dataclass
class Audits:
    """An estate, and what audits of it leave."""

    folder: Path
    address: str
    number: int = 0
    said: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        text = ESTATE.replace("[sign_in.unused]\n", "")
        text += '[[route]]\nfrom = "hv01.corp.example"\nto = "hv02.corp.example"\n[directory]\nmethod = "simple"\n'
        text += 'user = "u"\npassword = { env = "HV_GUARDS" }\ncontrollers = { "corp.example" = ["dc.corp.example"] }\n'
        text += 'addresses = { "dc.corp.example" = "127.0.0.1" }\n'  # nobody there, and no name to look up
        text += '[limits]\nhost_deadline = "5s"\nconnect_timeout = "1s"\n'
        self.estate = self.folder / "estate.toml"
        self.estate.write_text(text, encoding="utf-8")
        (self.folder / "answers").mkdir()
        for host in HOSTS:
            self.answer(host)

    def answer(self, host: str, *, runs: bool = True) -> None:
        (self.folder / "answers" / f"{host}.jsonl").write_text(answers(host, runs=runs), encoding="utf-8")

    def silent(self, host: str) -> None:
        (self.folder / "answers" / f"{host}.jsonl").write_text("", encoding="utf-8")

    def out(self) -> Path:
        """A folder for what one audit writes."""
        self.number += 1
        out = self.folder / f"run{self.number}"
        out.mkdir()
        return out

    def words(self, out: Path, *more: object, address: str = "") -> list[str]:
        files = [text for name in REPORTS for text in (f"--{name}", str(out / f"r.{name}"))]
        words = ["audit", self.estate, "--answers", self.folder / "answers", "--no-plugins", *files, "--save",
                 out / "r.hvp", "--history", address or self.address, *more]  # fmt: skip
        return [str(word) for word in words]

    def run(
        self, *more: object, at: int = -1, out: Path | None = None, before: tuple[str, ...] = HEARING, address: str = ""
    ) -> Audit:
        """An audit that ends; ``at``: killed at that instant, 0 counts them."""
        out = out or self.out()
        with self.started(*more, at=at, out=out, before=before, address=address) as process:
            said, told = process.communicate(timeout=LONG)
        return Audit(process.returncode, said, told, out)

    def started(
        self, *more: object, at: int = -1, out: Path, before: tuple[str, ...] = HEARING, address: str = ""
    ) -> subprocess.Popen[str]:
        program = ["scanner"] if at < 0 else ["tests.history.killed", str(at), str(out / "instants")]
        return subprocess.Popen(
            [*before, sys.executable, "-m", *program, *self.words(out, *more, address=address)],
            env=surroundings(SECRETS), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=os.curdir,
        )  # fmt: skip


@dataclass(frozen=True)
class Audit:
    """One that ended."""

    code: int
    said: str
    told: str
    out: Path

    @property
    def report(self) -> dict[str, object]:
        return json.loads((self.out / "r.json").read_bytes())

    def whole(self) -> list[str]:
        """Formats of the reports that are there; each is whole, and nothing else of ours is left but by a kill."""
        found = [name for name in REPORTS if (self.out / f"r.{name}").exists()]
        for name in found:
            assert (self.out / f"r.{name}").read_text(encoding="utf-8").rstrip().endswith(REPORTS[name]), name
        if (self.out / "r.hvp").exists():
            assert json.loads((self.out / "r.hvp").read_bytes())["hv_preflight"]
        return found
