"""Reads a secret where it is kept, within bounds of time and size."""

from __future__ import annotations

import errno
import getpass
import os
import queue
import shutil
import stat
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, TypeVar, cast

from scanner.estate.secret_text import NO_TEXT, SecretError, text_of
from scanner.files.waiting import next_of
from scanner.words.inert import inert
from scanner.words.system import WINDOWS
from scanner.words.wording import reason, show

SECONDS = 60.0
"""that a command or the keyring may take"""
LONGEST = 1 << 16
"""octets of a secret's file, and of what a command prints"""
KEYRING = {
    "NoKeyringError": "this machine has no keyring that this account can use",
    "KeyringLocked": "the keyring is locked",
    "InitError": "the keyring cannot be opened",
}
"""What the keyring's library calls a failure, and how we say it; its own texts may quote what was stored."""
NOBODY = (
    "prompt = true, and nobody is there to type a password: this is no terminal; in its place write "
    '{ env = "HV_PASSWORD" }, { file = "..." }, { keyring = "..." } or { command = [...] }'
)
PLAINLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""as it is, and without waiting"""
T = TypeVar("T")


def from_file(path: str, name: str) -> str:
    """The first line of a plain file, called by this name; from a pipe or a device nothing may ever come.

    Raises:
        SecretError: it cannot be read.
    """
    try:
        handle = os.open(Path(path).expanduser(), PLAINLY)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise SecretError(f"{name} cannot be read: it is no plain file")
            data = file.read(LONGEST + 1)
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name; no home for ~
        raise SecretError(f"{name} cannot be read: {reason(error)}") from None
    if len(data) > LONGEST:
        raise SecretError(f"{name} cannot be read: it is longer than {LONGEST >> 10} KiB")
    return text_of(data, name)


def from_command(command: tuple[str, ...], name: str) -> str:
    """The first line that a command prints; its errors are not shown, and what it prints is bounded.

    Raises:
        SecretError: it failed, or gave none in time.
    """
    none, until = f"{name} gave no secret", time.monotonic() + SECONDS
    if WINDOWS:  # which would look in this program's folder and in the current one first, and for .exe alone
        command = (shutil.which(command[0]) or command[0], *command[1:])
    try:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except (OSError, ValueError) as error:
        raise SecretError(f"{none}: {reason(error)}") from None
    stream = cast("IO[bytes]", child.stdout)
    try:
        data = _in_time(partial(_all, stream), none, until, unread=stream.close)
        code = child.wait(timeout=max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise SecretError(f"{none}: no answer within {SECONDS:g} s") from None
    finally:
        child.kill()
        child.wait()
    if code != 0:  # nothing that it printed is said, for it may hold the secret
        raise SecretError(
            f"{none}: it was ended by signal {-code}" if code < 0 else f"{none}: it ended with exit code {code}"
        )
    return text_of(data, name)


def _all(stream: IO[bytes]) -> bytes:
    with stream:
        data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise SecretError(f"it printed more than {LONGEST >> 10} KiB")
    return data


def _in_time(work: Callable[[], T], name: str, until: float, unread: Callable[[], None] = lambda: None) -> T:
    """What is made in a thread of its own, since it cannot be interrupted; ``unread`` is called if there is none.

    Raises:
        SecretError: it failed, is not there in time, or this machine starts no thread.
    """
    given: queue.SimpleQueue[tuple[T] | SecretError] = queue.SimpleQueue()

    def run() -> None:
        try:
            given.put((work(),))
        except (SecretError, OSError) as error:
            given.put(error if isinstance(error, SecretError) else SecretError(reason(error)))
        finally:
            given.put(SecretError("it gives no reason"))  # the first word counts

    try:
        threading.Thread(target=run, name="secret", daemon=True).start()
        found = next_of(given, max(0.1, until - time.monotonic()))
    except queue.Empty:
        raise SecretError(f"{name}: no answer within {SECONDS:g} s") from None
    except RuntimeError:
        unread()
        raise SecretError(f"{name}: this machine starts no more threads") from None
    if isinstance(found, SecretError):
        raise SecretError(f"{name}: {found}")
    return found[0]


def from_keyring(service: str, user: str, name: str) -> str:
    """An entry of the keyring, which may ask somebody to unlock it, and cannot be interrupted.

    Raises:
        SecretError: it has none, or gave none in time.
    """
    import keyring
    from keyring.errors import KeyringError

    def ask() -> str:
        try:
            return keyring.get_password(service, user) or ""
        except KeyringError as error:
            raise SecretError(KEYRING.get(type(error).__name__, "the keyring gives no reason")) from None

    found = _in_time(ask, f"{name} cannot be read", time.monotonic() + SECONDS)
    if not found:
        raise SecretError(f"{name} holds no password of {show(user) if user else 'the sign-in'}")
    return found


def from_prompt(user: str) -> str:
    """What somebody types at a terminal that does not show it; the name stands there as text that does nothing.

    Raises:
        SecretError: there is no such terminal; then nothing is read.
        KeyboardInterrupt: the terminal went away meanwhile; its signal may come a moment later.
    """
    if WINDOWS and not (sys.stdin and sys.stdin.isatty()):
        raise SecretError(NOBODY)
    had = _has_terminal()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # else it is read where everybody can see it
            return getpass.getpass(f"password of {inert(show(user)) if user else 'the sign-in'}: ")
    except UnicodeError:
        raise SecretError(f"prompt: what was typed is {NO_TEXT}") from None
    except (EOFError, OSError, getpass.GetPassWarning) as error:
        if had and _went_away(error):
            raise KeyboardInterrupt from None
        raise SecretError(NOBODY) from None


def _went_away(error: BaseException | None) -> bool:
    """Whether the terminal hung up: to read or set it gives EIO, or the end of the text, and it cannot be opened."""
    if isinstance(error, EOFError):
        return not _has_terminal()
    while error and errno.EIO not in error.args:
        error = error.__context__
    return error is not None


def _has_terminal() -> bool:
    if WINDOWS:  # a console that is closed takes its programs along
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError as error:
        return error.errno not in {errno.EIO, errno.ENXIO}
    return True
