"""What can be a secret, as text, and what only stands in its place."""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),  # as Windows PowerShell's > writes
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NO_TEXT = "no text in the encoding of this system (UTF-8): was it saved in another one?"
PLACEHOLDER = re.compile(r"\$\([\w.-]+\)|\$\{[\w.:-]+\}|\$\{\{[^{}]*\}\}|\$env:\w+|%[A-Za-z_]\w*%")
"""What a pipeline or a shell leaves where a variable is not set: Azure Pipelines writes $(NAME) on."""


class SecretError(Exception):
    """A secret cannot be had; the text says which source and why, never the value."""


class UnusableSecretError(SecretError):
    """A file of certificates or keys cannot be used; the text says why."""


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
    if not secret.isascii() and any("\ud800" <= char <= "\udfff" for char in secret):
        raise SecretError(f"{name} holds octets that are {NO_TEXT}")
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
