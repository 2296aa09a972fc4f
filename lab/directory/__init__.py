"""The directory lab for tests: Samba forests and machine namespaces, brought up and spoken to from Python.

    if reason := directory.available(): pytest.skip(reason)
    lab = directory.up()
    subprocess.run(directory.in_scanner(["hv-preflight", "scan", ...]), env=os.environ | lab.environment)
    with namespace.entered("scanner"): ...

The scripts beside this file do the work; README.md tells what there is. Everything has a timeout, and no daemon
inherits a pipe of the caller: what scripts print goes to a file below `Lab.work`, whose end an error shows.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import dns.resolver

from lab.directory.declarations import SCAN_USER
from lab.directory.namespace import exists, in_namespace

HERE = Path(__file__).resolve().parent
PROGRAMS = (
    *("samba", "samba-tool", "winbindd", "ldapsearch", "kinit"),
    *("dnsmasq", "dig", "nsupdate", "nft", "zstd", "eatmydata", "bc"),
)


class LabError(RuntimeError):
    """A script of the lab failed; the text is the end of what it printed."""


@dataclass(frozen=True)
class Controller:
    """A domain controller."""

    name: str
    domain: str
    address: str

    @property
    def dns_name(self) -> str:
        return f"{self.name}.{self.domain}"

    @property
    def base(self) -> str:
        return ",".join(f"DC={label}" for label in self.domain.split("."))


@dataclass(frozen=True)
class Lab:
    """Where the running lab keeps things, and the account that scans sign in with."""

    work: Path
    controllers: Mapping[str, Controller]
    resolver: str
    user: str
    user_password: str = field(repr=False)

    @property
    def artifacts(self) -> Path:
        return self.work / "state" / "artifacts"

    @property
    def ca(self) -> Path:
        """The authority of corp, branch and the machines. Island's controller made its own: `tls/island-ca.pem`."""
        return self.artifacts / "tls" / "ca.pem"

    @property
    def untrusted_ca(self) -> Path:
        return self.artifacts / "tls" / "untrusted-ca.pem"

    @property
    def krb5_conf(self) -> Path:
        """Controllers by address: for a process that entered the network only (namespace.entered)."""
        return self.artifacts / "krb5.conf"

    @property
    def environment(self) -> dict[str, str]:
        """What `in.sh` and the tests' children want to find."""
        return {"HVLAB_WORK": str(self.work), "HVLAB_PASSWORD": self.user_password}

    def keytab(self, name: str) -> Path:
        """Of a machine ("hv01"), or of a user with domain ("svc-preflight@corp.example")."""
        return self.artifacts / "keytabs" / f"{name.lower()}.keytab"

    def certificate(self, name: str) -> tuple[Path, Path]:
        """Certificate and key that `issue_certificate(name, ...)` made."""
        return self.artifacts / "tls" / f"{name}.pem", self.artifacts / "tls" / f"{name}.key"


def available() -> str | None:
    """Why the lab cannot run here, or None."""
    if os.name != "posix" or os.geteuid() != 0:
        return "the directory lab needs root on Linux"
    missing = [program for program in PROGRAMS if shutil.which(program, path=_path()) is None]
    if missing:
        return f"missing programs: {', '.join(missing)}; run lab/directory/install.sh"
    namespaces = ("--net", "--mount", "--uts", "--ipc", "--pid", "--fork")
    probe = ["unshare", *namespaces, "ip", "link", "add", "hvl-probe", "type", "veth"]
    if subprocess.run(probe, capture_output=True, timeout=20, check=False, env=_environment()).returncode != 0:
        return "this kernel or container allows no network namespaces"
    return None


def settings() -> Lab:
    """The lab as settings.sh describes it, up or not."""
    text = (HERE / "settings.sh").read_text(encoding="utf-8")
    constants = dict(re.findall(r"^(\w+)='([^']*)'", text, re.MULTILINE))
    lines = re.findall(r"^declare -A (\w+)=\((.*)\)$", text, re.MULTILINE)
    tables = {name: dict(re.findall(r"\[(\w+)\]=(\S+)", line)) for name, line in lines}
    domains, addresses = tables["DC_DOMAIN"], tables["DC_ADDRESS"]
    return Lab(
        work=Path(os.environ.get("HVLAB_WORK") or "/var/lib/hv-preflight-lab"),
        controllers={name: Controller(name, domains[name], address) for name, address in addresses.items()},
        resolver=constants["RESOLVER"],
        user=SCAN_USER,
        user_password=constants["USER_PASSWORD"],
    )


def up(files: Iterable[Path | str] = (), *, fresh: bool = False) -> Lab:
    """Bring it up, from whatever state it is in. Without files: every estate's directory.toml and example.toml.

    On a lab that runs with the same files this is a check of a second or two. Raises LabError.
    """
    run("up.sh", *(["--fresh"] if fresh else []), *map(str, files), timeout=900)
    return settings()


def running() -> bool:
    """Is it up already, so that somebody else may be using it?"""
    return exists("hub") and (settings().work / "state" / "complete").exists()


def down() -> None:
    """Take it down with its machines. Who did not bring it up should leave it: see `running()`."""
    run("down.sh", timeout=300)


def machines_up(machines: Mapping[str, str | Sequence[str]]) -> None:
    """Name -> address, or addresses: all of them in one go. Raises LabError."""
    words: list[str] = []
    for name, addresses in machines.items():
        words += [name, addresses if isinstance(addresses, str) else ",".join(addresses)]
    run("machine.sh", "up", *words, timeout=120)


def machine(action: str, name: str, *arguments: str) -> None:
    """`drop`, `reject` (with ports), `undrop` or `down`."""
    run("machine.sh", action, name, *arguments, timeout=60)


def fault(action: str, controller: str, *arguments: str) -> None:
    """See fault.sh. The caller takes it back."""
    run("fault.sh", action, controller, *arguments, timeout=300)


def issue_certificate(name: str, dns_name: str, *addresses: str, trusted: bool = True) -> tuple[Path, Path]:
    """A server certificate and its key."""
    run("certificate.sh", *([] if trusted else ["--untrusted"]), name, dns_name, *addresses, timeout=60)
    return settings().certificate(name)


def in_scanner(command: Sequence[str]) -> list[str]:
    """The command, made to run where a scanner stands: names resolve, Kerberos finds its controllers by DNS."""
    return in_namespace("scanner", command)


def resolver(server: str = "") -> dns.resolver.Resolver:
    """Asks the lab's resolver, or one controller; reads nothing of the host. To be used in a namespace of the lab."""
    result = dns.resolver.Resolver(configure=False)
    result.nameservers = [server or settings().resolver]
    result.lifetime = 10
    return result


def run(script: str, *arguments: str, timeout: float) -> None:
    """Run one of the scripts. Raises LabError with the end of its output, also when the time is over."""
    folder = settings().work / "log"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{script}.{os.getpid()}.log"
    # timeout(1) ends the script together with what it waits for; ours is only for the case that this fails
    command = ["timeout", "--kill-after=10", str(timeout), str(HERE / script), *arguments]
    with path.open("wb") as output:
        status = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            timeout=timeout + 60,
            check=False,
            env=_environment(),
        ).returncode
    tail = path.read_text(encoding="utf-8", errors="replace")[-2000:]
    path.unlink()
    if status != 0:
        reason = f"no end after {timeout} s" if status in (124, 137) else f"exit status {status}"
        raise LabError(f"{script} {' '.join(arguments)}: {reason}\n{tail}")


def _path() -> str:
    return os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin"


def _environment() -> dict[str, str]:
    return os.environ | {"PATH": _path()}
