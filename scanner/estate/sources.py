"""Reads a secret where it is kept, within a bound, and tells a secret from what only stands in its place."""

from __future__ import annotations

import codecs
import getpass
import os
import queue
import re
import stat
import subprocess
import sys
import threading
import warnings
from pathlib import Path

from scanner.inert import inert
from scanner.wording import reason, show

SECONDS = 60.0
"""that a command or the keyring may take"""
LONGEST = 1 << 16
"""octets of a secret's file"""
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),  # as Windows PowerShell's > writes
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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
PLACEHOLDER = re.compile(r"\$\([\w.-]+\)|\$\{[\w.:-]+\}|\$\{\{[^{}]*\}\}|\$env:\w+|%[A-Za-z_]\w*%")
"""What a pipeline or a shell leaves where a variable is not set: Azure Pipelines writes $(NAME) on."""


class SecretError(Exception):
    """A secret cannot be had; the text says which source and why, never the value."""


def usable(secret: str, name: str) -> str:
    """The secret, if it can be one.

    Raises:
        SecretError: it is empty, or a placeholder nobody replaced: to sign in with it would count against the account.
    """
    if not secret.strip():
        raise SecretError(f"{name} is not set or empty")
    if PLACEHOLDER.fullmatch(secret.strip()):
        hint = "is that variable set, and handed on to this step?"
        raise SecretError(f"{name} holds the name of a variable in place of a secret, as a pipeline leaves it: {hint}")
    if "\0" in secret:
        raise SecretError(f"{name} holds a NUL character, which no password has: save it as UTF-8")
    return secret


def first_line(text: str) -> str:
    """The text without a byte order mark, up to its first line end: LF, or CR and LF."""
    return text.removeprefix("\ufeff").partition("\n")[0].removesuffix("\r")


def text_of(data: bytes, name: str) -> str:
    """The first line of what a file or a command gave: UTF-8, or as its byte order mark says.

    Raises:
        SecretError: it is no such text.
    """
    mark, encoding = next(((mark, encoding) for mark, encoding in MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        return first_line(data[len(mark) :].decode(encoding))
    except UnicodeDecodeError:
        raise SecretError(f"{name} cannot be read: it is no UTF-8") from None


def from_file(path: str) -> str:
    """The first line of a plain file; from a pipe or a device nothing may ever come.

    Raises:
        SecretError: it cannot be read.
    """
    try:
        handle = os.open(Path(path).expanduser(), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise SecretError(f"file {path} cannot be read: it is no plain file")
            data = file.read(LONGEST + 1)
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name; no home for ~
        raise SecretError(f"file {path} cannot be read: {reason(error)}") from None
    if len(data) > LONGEST:
        raise SecretError(f"file {path} cannot be read: it is longer than {LONGEST >> 10} KiB")
    return text_of(data, f"file {path}")


def from_command(command: tuple[str, ...]) -> str:
    """The first line that a command prints.

    Raises:
        SecretError: it failed, or gave none in time.
    """
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise SecretError(f"command {command[0]} gave no secret: {_of_command(error)}") from None
    return text_of(done.stdout, f"command {command[0]}")


def _of_command(error: Exception) -> str:
    """Why; nothing that the command printed is said, for it may hold the secret."""
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it took longer than {SECONDS:.0f} s"
    if isinstance(error, subprocess.CalledProcessError):
        code = error.returncode
        return f"it was ended by signal {-code}" if code < 0 else f"it ended with exit code {code}"
    return reason(error)


def from_keyring(service: str, user: str) -> str:
    """An entry of the keyring, which may ask somebody to unlock it, and cannot be interrupted.

    Raises:
        SecretError: it has none, or gave none in time.
    """
    import keyring
    from keyring.errors import KeyringError

    given: queue.SimpleQueue[str | SecretError] = queue.SimpleQueue()

    def work() -> None:
        try:
            given.put(keyring.get_password(service, user) or "")
        except KeyringError as error:
            why = KEYRING.get(type(error).__name__, "the keyring gives no reason")
            given.put(SecretError(f"keyring entry {service} cannot be read: {why}"))
        finally:
            given.put(SecretError(f"keyring entry {service} cannot be read"))  # the first word counts

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        found = given.get(timeout=SECONDS)
    except queue.Empty:
        raise SecretError(f"keyring entry {service} cannot be read: no answer within {SECONDS:.0f} s") from None
    if isinstance(found, SecretError):
        raise found
    if not found:
        raise SecretError(f"keyring entry {service} holds no password of {show(user) if user else 'the sign-in'}")
    return found


def from_prompt(user: str) -> str:
    """What somebody types at a terminal that does not show it; the name stands there as text that does nothing.

    Raises:
        SecretError: there is no such terminal; then nothing is read.
    """
    if os.name == "nt" and not (sys.stdin and sys.stdin.isatty()):
        raise SecretError(NOBODY)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # else it is read where everybody can see it
            return getpass.getpass(f"password of {inert(show(user)) if user else 'the sign-in'}: ")
    except (EOFError, OSError, getpass.GetPassWarning):
        raise SecretError(NOBODY) from None
