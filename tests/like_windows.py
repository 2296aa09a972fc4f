"""Runs the program on this system with what Windows lacks taken away, as far as that is honest: a script of its own.

Libraries are loaded first, and stay those of this system. Then go the names of ``os``, ``signal`` and ``select`` that
Windows has not, the modules that it has not, Kerberos' libraries and the files under /dev; and what the program asks to
learn where it runs says Windows. Paths, consoles, SSPI and access lists stay those of this system.

Each line of standard input is a command of the program as a list in JSON; what each ended with stands on the last line.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import select
import signal
import sys
from typing import Any

LIBRARIES = (
    *("alembic", "cryptography.x509", "dns.resolver", "getpass", "jinja2", "keyring", "ldap3", "msgspec", "pluggy"),
    *(
        "pypsrp.powershell",
        "pypsrp.wsman",
        "requests",
        "rich.progress",
        "selectors",
        "spnego",
        "spnego.channel_bindings",
    ),
    *("sqlalchemy", "subprocess", "tempfile", "tomlkit", "typer.main", "typer.completion", "urllib3"),
)
MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty")
KERBEROS = ("gssapi", "krb5")
"""They are absent before any library is loaded, too."""
OF_OS = """
O_CLOEXEC O_DIRECTORY O_DSYNC O_NOCTTY O_NOFOLLOW O_NONBLOCK O_SYNC P_PID WNOHANG chroot chown confstr
copy_file_range eventfd fchdir fchmod fchown fdatasync fork forkpty fpathconf fstatvfs getegid geteuid getgid
getgrouplist getgroups getloadavg getpgid getpgrp getpriority getrandom getresgid getresuid getsid getuid getxattr
initgroups killpg lchown listxattr lockf major makedev memfd_create minor mkfifo mknod nice openpty pathconf
pidfd_open pipe2 posix_fadvise posix_fallocate posix_spawn posix_spawnp pread preadv pwrite pwritev readv
register_at_fork removexattr sched_getaffinity sched_setaffinity sched_yield sendfile setegid seteuid setgid
setgroups setpgid setpriority setregid setresgid setresuid setreuid setsid setuid setxattr splice statvfs sync
sysconf tcgetpgrp tcsetpgrp ttyname uname wait wait3 wait4 waitid writev
"""
OF_SIGNAL = """
SIGALRM SIGBUS SIGCHLD SIGCONT SIGHUP SIGIO SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGUSR1 SIGUSR2
SIGWINCH alarm getitimer pause pthread_kill pthread_sigmask setitimer siginterrupt sigpending sigtimedwait sigwait
sigwaitinfo
"""
OF_SELECT = """
epoll poll
"""
OF_THEM = {os: OF_OS.split(), signal: OF_SIGNAL.split(), select: OF_SELECT.split()}


def take_away() -> None:
    """Take away what Windows has not."""
    sys.modules.update(dict.fromkeys(KERBEROS))  # type: ignore[arg-type]
    for name in LIBRARIES:
        importlib.import_module(name)
    for module, names in OF_THEM.items():
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    for name in MODULES:
        for loaded in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
            del sys.modules[loaded]
        sys.modules[name] = None  # type: ignore[assignment]
    opened = os.open

    def without_devices(path: Any, *rest: Any, **named: Any) -> int:
        if str(path).startswith(("/dev/", "/proc/")) and str(path) != os.devnull:
            raise FileNotFoundError(2, f"no {path} on Windows")
        return opened(path, *rest, **named)

    os.open = without_devices
    from scanner.words import system

    system.WINDOWS = True


def run() -> list[int]:
    """Load every module that ships, then run the commands."""
    from scanner import cli
    from scanner.commands import signals

    for package in ("scanner", "checks", "reports", "hv_preflight"):
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    signals.take()
    codes: list[int] = []
    for line in sys.stdin.read().splitlines():
        print(f"== {line}", flush=True)
        codes.append(cli.run(json.loads(line)))
        signals.latch.release()
    return codes


if __name__ == "__main__":
    take_away()
    if sys.argv[1:]:
        exec(sys.argv[1])  # a line that a test tries
    print(json.dumps(run()))
