"""Secrets: where they come from, and that they go nowhere else.

A secret is read from the environment, a file, the keyring, a command or a prompt; never from the estate file. Its
value is known to ``redact`` from the moment it is read, so that no text that leaves the program can hold it.
"""

from __future__ import annotations

import base64
import html
import json
import os
import threading
import urllib.parse
from dataclasses import dataclass, field

from scanner.estate.secret_text import SecretError, first_line, usable
from scanner.estate.sources import from_command, from_file, from_keyring, from_prompt

__all__ = ["HIDDEN", "SecretError", "SecretSource", "redact", "remember"]

HIDDEN = "[hidden]"
SHORT = 8
"""A secret of fewer characters is hidden only where it is the whole text: inside others it would be found in every
second word, garble names of hosts, and be read off by anybody who knows them."""
NAMED = {
    "env": "the environment variable it names",
    "file": "the file it names",
    "keyring": "the keyring entry it names",
    "command": "the program it names",
}
"""The sources that have a name, by their key."""
_known: tuple[str, ...] = ()
"""every form of every secret, the longest first"""
_lock = threading.Lock()
"""for adding to it; no source is ever read under it"""


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
    key: str = field(default="", compare=False)
    """where the estate file names it, for messages"""
    _outcome: list[str | SecretError] = field(default_factory=list[str | SecretError], repr=False, compare=False)
    _reading: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def value(self, user: str = "") -> str:
        """The secret, read once; what fails is not tried again, either.

        Raises:
            SecretError: the source has none.
        """
        with self._reading:
            if not self._outcome:
                try:
                    secret = usable(self._read(user), self.name)
                    remember(secret, user)
                    self._outcome.append(secret)
                except SecretError as error:
                    place = ".".join(filter(None, (self.key, self.word)))
                    self._outcome.append(SecretError(f"{place}: {error}" if place else str(error)))
            outcome = self._outcome[0]
        if isinstance(outcome, SecretError):
            raise SecretError(str(outcome))
        return outcome

    @property
    def is_at_hand(self) -> bool:
        """Whether a look at it runs nothing and asks nobody: a variable or a file."""
        return bool(self.env or self.file)

    @property
    def word(self) -> str:
        """The key of the estate file that is set; empty of a prompt, which names nothing."""
        return next((word for word in NAMED if getattr(self, word)), "")

    @property
    def name(self) -> str:
        """The source in words, and never by what its key holds: that may be the secret itself, put there by mistake."""
        return NAMED.get(self.word, "prompt")

    def _read(self, user: str) -> str:
        if self.env:
            return first_line(os.environ.get(self.env, ""))
        if self.file:
            return from_file(self.file, self.name)
        if self.keyring:
            return from_keyring(self.keyring, user, self.name)
        return from_command(self.command, self.name) if self.command else from_prompt(user)


def remember(secret: str, user: str = "") -> None:
    """Let ``redact`` know a secret; also one that came another way (key material, a ticket)."""
    global _known  # noqa: PLW0603 - replaced as a whole, so that readers need no lock
    if secret:
        with _lock:
            _known = tuple(sorted({*_known, *_forms(secret, user)}, key=len, reverse=True))


def _forms(secret: str, user: str) -> set[str]:
    """The secret as texts carry it: itself, quoted by Python, JSON, HTML, URLs, and within a basic header."""
    quoted = {repr(secret)[1:-1], repr(repr(secret)[1:-1])[1:-1], json.dumps(secret)[1:-1]}
    header = base64.b64encode(f"{user}:{secret}".encode()).decode()
    return {secret, header, *quoted, html.escape(secret), urllib.parse.quote(secret, safe=""), *_inside(secret)}


def _inside(secret: str) -> set[str]:
    """What base64 makes of it behind any user name: its octets fall on one of three places, and the ends may differ."""
    data = secret.encode()
    if len(data) < SHORT:
        return set()
    found = {base64.b64encode(bytes(place) + data).decode()[-(-place * 4 // 3) :] for place in range(3)}
    return {text.rstrip("=")[:-1] if text.endswith("=") else text for text in found}


def any_known() -> bool:
    """Whether any secret was read so far: without one there is nothing to hide."""
    return bool(_known)


def redact(text: str) -> str:
    """The text without any secret read so far."""
    secrets = _known
    if text in secrets:
        return HIDDEN
    for secret in secrets:
        if len(secret) >= SHORT:
            text = text.replace(secret, HIDDEN)
    return text
