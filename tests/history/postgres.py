"""Debian's PostgreSQL, started for the tests: as an account without rights, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql")
ACCOUNTS = ("postgres", "nobody")
"""Whom it runs as where we are root, which it refuses to be."""
MEMORY = Path("/dev/shm")
"""A thousand small files a database: elsewhere they take longest."""
CONF = """
listen_addresses = ''
fsync = off
max_connections = 40
log_line_prefix = '%m '
"""


def missing() -> str:
    """Why it cannot be started here; empty if it can."""
    if not _binaries():
        return f"no PostgreSQL in {BINARIES} (apt-get install postgresql)"
    if not shutil.which("setpriv"):
        return "no setpriv (apt-get install util-linux): PostgreSQL refuses to be root"
    return ""


def _binaries() -> Path | None:
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class Server:
    """One behind a socket in a folder."""

    folder: Path
    account: str
    password: str = "Passw0rd-of-the-history"

    @property
    def socket(self) -> Path:
        """The folder of its socket."""
        return self.folder / "socket"

    def _command(self, *words: object) -> list[str]:
        """One of its programs; the kernel ends it with the tests, however these end."""
        binaries = _binaries()
        assert binaries
        name, *rest = map(str, words)
        drop: list[str] = []
        if os.geteuid() == 0:
            who = pwd.getpwnam(self.account)
            drop = [f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
        return ["setpriv", "--pdeathsig=QUIT", *drop, str(binaries / name), *rest]

    def do(self, *words: object) -> str:
        """Run one of PostgreSQL's own programs."""
        done = subprocess.run(
            self._command(*words), capture_output=True, text=True, timeout=60, check=False, cwd=self.folder
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def up(self) -> Iterator[subprocess.Popen[bytes]]:
        """Let it run, and be gone when the block is left."""
        with (
            (self.folder / "log").open("ab") as log,
            subprocess.Popen(
                self._command("postgres", "-D", self.folder / "data"), cwd=self.folder, stdout=log, stderr=log
            ) as process,
        ):
            try:
                while subprocess.run(self._command("pg_isready", "-q", "-h", self.socket), check=False).returncode:
                    assert process.poll() is None, (self.folder / "log").read_text()
                yield process
            finally:
                process.send_signal(signal.SIGCONT)
                process.send_signal(signal.SIGQUIT)
                process.wait(30)

    def fresh(self, name: str) -> str:
        """A new database; its URL."""
        self.do("createdb", "-h", self.socket, "-U", "keeper", name)
        return self.url(name)

    def url(self, name: str) -> str:
        """The URL of a database."""
        return f"postgresql+psycopg://keeper@/{name}?host={self.socket}"


@contextmanager
def made() -> Iterator[Server]:
    """A server that does not run yet, gone with all it wrote when the block is left, however that is."""
    account = next((name for name in ACCOUNTS if _is_there(name)), "nobody")
    with tempfile.TemporaryDirectory(prefix="hv-history-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name)
        server = Server(folder, account)
        server.socket.mkdir()
        word = folder / "password"
        word.write_text(server.password)
        if os.geteuid() == 0:
            for path in (folder, server.socket, word):
                shutil.chown(path, account)
        words = ("--auth=trust", "--username=keeper", f"--pwfile={word}", "--encoding=UTF8", "--locale=C", "--no-sync")
        server.do("initdb", "-D", folder / "data", *words)
        with (folder / "data" / "postgresql.conf").open("a") as conf:
            conf.write(f"{CONF}unix_socket_directories = '{server.socket}'\n")
        yield server


def _is_there(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
