"""Secrets: where they come from, and that they go nowhere else.

A secret is read from the environment, a file, the keyring, a command or a prompt; never from the estate file. Its
value is known to ``redact`` from the moment it is read, so that no text that leaves the program can hold it.
"""

from __future__ import annotations

import base64
import getpass
import html
import json
import os
import subprocess
import threading
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

HIDDEN = "[hidden]"
SHORT = 8
"""A secret of fewer characters is hidden only where it is the whole text: inside others it would be found in every
second word, garble names of hosts, and be read off by anybody who knows them."""
_known: set[str] = set()
_lock = threading.Lock()


class SecretError(Exception):
    """A secret cannot be had; the text says which source and why, never the value."""


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where a secret is to be read; exactly one of the fields is set."""

    env: str = ""
    file: str = ""
    keyring: str = ""
    """service name; the user name of the sign-in is the entry"""
    command: tuple[str, ...] = ()
    """its first line of output is the secret"""
    prompt: bool = False
    _value: list[str] = field(default_factory=list[str], repr=False, compare=False)

    def value(self, user: str = "") -> str:
        """The secret, read once.

        Raises:
            SecretError: the source has none.
        """
        with _lock:
            if not self._value:
                secret = self._read(user)
                if not secret:
                    raise SecretError(f"{self.name} is not set or empty")
                _known.update(_forms(secret, user))
                self._value.append(secret)
            return self._value[0]

    @property
    def name(self) -> str:
        """The source in words, without the secret."""
        if self.env:
            return f"environment variable {self.env}"
        if self.file:
            return f"file {self.file}"
        if self.keyring:
            return f"keyring entry {self.keyring}"
        return f"command {self.command[0]}" if self.command else "prompt"

    def _read(self, user: str) -> str:
        if self.env:
            return os.environ.get(self.env, "")
        if self.file:
            return _from_file(self.file)
        if self.keyring:
            return _from_keyring(self.keyring, user)
        if self.command:
            return _from_command(self.command)
        return getpass.getpass(f"password of {user or 'the sign-in'}: ")


def _from_file(path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise SecretError(f"file {path} cannot be read: {type(error).__name__}") from None


def _from_keyring(service: str, user: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(service, user) or ""
    except KeyringError as error:
        raise SecretError(f"keyring entry {service} cannot be read: {type(error).__name__}") from None


def _from_command(command: tuple[str, ...]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.splitlines()[0]
    except (OSError, subprocess.SubprocessError, IndexError) as error:
        raise SecretError(f"command {command[0]} gave no secret: {type(error).__name__}") from None


def remember(secret: str) -> None:
    """Let ``redact`` know a secret that came another way (key material, a ticket)."""
    if secret:
        with _lock:
            _known.update(_forms(secret))


def _forms(secret: str, user: str = "") -> set[str]:
    """The secret as texts carry it: itself, quoted by Python, JSON, HTML, URLs, and in a basic header."""
    header = base64.b64encode(f"{user}:{secret}".encode()).decode()
    quoted = {repr(secret)[1:-1], repr(repr(secret)[1:-1])[1:-1], json.dumps(secret)[1:-1]}
    return {secret, header, *quoted, html.escape(secret), urllib.parse.quote(secret, safe="")}


def redact(text: str) -> str:
    """The text without any secret read so far."""
    with _lock:
        secrets = sorted(_known, key=len, reverse=True)
    if text in secrets:
        return HIDDEN
    for secret in secrets:
        if len(secret) >= SHORT:
            text = text.replace(secret, HIDDEN)
    return text
