"""What an LDAP server answers: objects, refusals, failures; in the project's own words."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.collect.transport.dialer import NO_TIME
from scanner.collect.transport.own import ours
from scanner.collect.transport.tls import distrusted, kind_of_tls, no_tls
from scanner.estate.secret import redact
from scanner.words.model import GapReason
from scanner.words.system import WINDOWS
from scanner.words.trouble import Advice, Kind, advise
from scanner.words.wording import foreign
from scanner.words.wording import reason as reason_of

LONGEST = 200
"""characters of a server's own text that are kept"""
REFUSED = {
    1: GapReason.ACCESS_DENIED,  # operationsError: what Windows says to a search without a sign-in
    3: GapReason.TIMEOUT,
    7: GapReason.ACCESS_DENIED,  # authMethodNotSupported
    8: GapReason.ACCESS_DENIED,  # strongerAuthRequired
    13: GapReason.ACCESS_DENIED,  # confidentialityRequired
    32: GapReason.ACCESS_DENIED,  # noSuchObject: what may not be seen is not there
    49: GapReason.ACCESS_DENIED,  # invalidCredentials
    50: GapReason.ACCESS_DENIED,
    51: GapReason.UNREACHABLE,  # busy
    52: GapReason.UNREACHABLE,  # unavailable
    53: GapReason.ACCESS_DENIED,  # unwillingToPerform
}
"""Result codes of RFC 4511 that say more than "that is no usable answer"."""
INVALID_CREDENTIALS = 49
NEW_TICKET = "klist purge has new ones made" if WINDOWS else "run kinit for a new one"
NUMBER = re.compile(r"-?[0-9]{1,19}")
SIGN_IN_ERRORS = {
    "525": "no such user",
    "52e": "wrong user or password",
    "530": "not at this hour",
    "531": "not from this computer",
    "532": "the password has expired",
    "533": "the account is disabled",
    "701": "the account has expired",
    "773": "the password must be changed",
    "775": "the account is locked",
}
"""The "data" of Active Directory's answer to a refused sign-in: Windows error numbers, hexadecimal."""


class DirectoryError(Exception):
    """A controller, or the way to it, failed. ``final``: asking another controller would not help, or do harm."""

    def __init__(
        self, reason: GapReason, detail: str, *, final: bool = False, kind: str = "", port: int = 0, user: str = ""
    ) -> None:
        super().__init__(detail)
        self.reason, self.detail, self.final, self.kind = reason, redact(detail), final, kind
        self.advice = advise(kind, table="directory", port=port, user=redact(user))

    def again(self) -> DirectoryError:
        """The same, final, to be raised once more."""
        said = DirectoryError(self.reason, self.detail, final=True, kind=self.kind)
        said.advice = self.advice
        return said

    @property
    def why(self) -> tuple[GapReason, str, Advice]:
        """What a gap holds of it."""
        return self.reason, self.detail, self.advice


@dataclass(frozen=True, slots=True)
class Entry:
    """One object: its name and its values, by attribute in lower case."""

    dn: str
    values: Mapping[str, tuple[bytes, ...]]

    def raw(self, name: str) -> tuple[bytes, ...]:
        """All values; none when there is no such attribute."""
        return self.values.get(name.lower(), ())

    def texts(self, name: str) -> tuple[str, ...]:
        r"""All values as text; an octet that is no UTF-8 is written ``\xff``, so that no name equals such a value."""
        return tuple(value.decode(errors="backslashreplace") for value in self.raw(name))

    def text(self, name: str) -> str:
        """The first value as text; empty when there is none."""
        return next(iter(self.texts(name)), "")

    def number(self, name: str) -> int:
        """The first value as a number.

        Raises:
            ValueError: there is none, or it is no decimal number.
        """
        text = self.text(name)
        if not NUMBER.fullmatch(text):
            raise ValueError(f"{name} is no number" if text else f"{name} is not there")
        return int(text)


def entry_of(answer: Mapping[str, Any]) -> Entry:
    """The object in one answer of ldap3."""
    values = {str(name).lower(): tuple(map(bytes, found or ())) for name, found in answer["raw_attributes"].items()}
    return Entry(str(answer["dn"]), values)


def range_of(key: str) -> tuple[str, int | None]:
    """Attribute and last index of ``member;range=0-1499``; no index when the range ends with ``*``.

    Raises:
        ValueError: it is no such key.
    """
    name, _, span = key.partition(";range=")
    _, _, end = span.partition("-")
    return name, None if end == "*" else int(end)


def refusal(controller: str, result: Mapping[str, Any], *, ticket: bool = False) -> DirectoryError:
    """What a result other than success means.

    A refused password is final: repeating it on another controller would lock the account. A refused ``ticket`` is
    that controller's own answer; its key may just not be the one the ticket was made for.
    """
    code, text = int(result["result"]), str(result.get("message") or "")
    reason = REFUSED.get(code, GapReason.UNPARSABLE)
    if code == INVALID_CREDENTIALS and ticket:
        said = f"{controller} refused the Kerberos ticket; {NEW_TICKET}"
        return DirectoryError(reason, said, kind=Kind.NO_TICKET)
    if code == INVALID_CREDENTIALS:
        data = text.rpartition("data ")[2].partition(",")[0].strip(" \0").lower()
        why = SIGN_IN_ERRORS.get(data, "invalidCredentials")
        return DirectoryError(reason, f"{controller} refused the sign-in: {why}", final=True, kind=Kind.SIGN_IN_REFUSED)
    said = f"{result.get('description') or code}: {foreign(text, LONGEST)}".rstrip(": .")
    return DirectoryError(reason, f"{controller} refused: {said}")


def broken(controller: str, cause: OSError) -> DirectoryError:
    """What a failure of the connection means."""
    if ours(cause):
        return own(cause)
    if isinstance(cause, ssl.SSLCertVerificationError):
        detail = f"the certificate of {controller} is not trusted: {distrusted(cause, 'directory')}"
        return DirectoryError(GapReason.UNREACHABLE, detail, kind=kind_of_tls(cause))
    if isinstance(cause, TimeoutError):
        return DirectoryError(GapReason.TIMEOUT, f"{controller} did not answer in time", kind=Kind.SLOW)
    if isinstance(cause, ssl.SSLError):
        return DirectoryError(GapReason.UNREACHABLE, f"no TLS with {controller}: {no_tls(cause)}")
    said = foreign(reason_of(cause), LONGEST)
    return DirectoryError(GapReason.UNREACHABLE, f"the connection to {controller} broke: {said}")


def own(cause: OSError) -> DirectoryError:
    """A failure of this machine: no word about the controller."""
    return DirectoryError(GapReason.NOT_COLLECTED, ours(cause))


def not_connected(controller: str, port: int, tried: Sequence[tuple[str, OSError]]) -> DirectoryError:
    """What it means that none of a controller's addresses took the connection."""
    lacking = next((cause for _, cause in tried if ours(cause)), None)
    if lacking is not None:
        return own(lacking)
    silent = all(isinstance(cause, TimeoutError) for _, cause in tried)
    said = ", ".join(f"{address} {_word(cause)}" for address, cause in tried) or "it has no address"
    reason = GapReason.TIMEOUT if silent and tried else GapReason.UNREACHABLE
    closed = any(isinstance(cause, ConnectionRefusedError) for _, cause in tried)
    kind = Kind.DROPPED if silent and tried else Kind.CLOSED if closed else ""
    return DirectoryError(reason, f"{controller} cannot be reached on port {port}: {said}", kind=kind, port=port)


def _word(cause: OSError) -> str:
    if isinstance(cause, TimeoutError):
        return f"was not tried: {NO_TIME}" if str(cause) == NO_TIME else "timed out"
    if isinstance(cause, ConnectionRefusedError):
        return "refused"
    return foreign(reason_of(cause), LONGEST).lower()
