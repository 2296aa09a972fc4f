"""The security layer of a Kerberos sign-in to an LDAP server by SASL GSSAPI (RFC 4752), whatever library speaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from scanner.collect.transport.ldap.answers import DirectoryError
from scanner.words.model import GapReason

NO_LAYER, CONFIDENTIALITY = 1, 4
LEAST = 1024
"""octets a buffer may have, whatever a server says"""

Exchange = Callable[[bytes], bytes]
"""Sends one token to the server and gives the server's; raises when the server refuses."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What the sign-in agreed upon."""

    who: str
    """the principal that signed in"""
    size: int
    """octets of plain text that one sealed buffer may hold; 0 when nothing is sealed"""
    wrap: Callable[[bytes], bytes]
    unwrap: Callable[[bytes], bytes]


class Context(Protocol):
    """The security context of a library."""

    @property
    def who(self) -> str:
        """As whom it signed in."""
        ...

    @property
    def complete(self) -> bool:
        """Whether it is established."""
        ...

    def step(self, token: bytes | None) -> bytes:
        """Our next token."""
        ...

    def room(self, limit: int) -> int:
        """Octets of plain text that a sealed buffer of so many may hold."""
        ...

    def wrap(self, data: bytes, *, seal: bool) -> bytes:
        """Sign, or seal."""
        ...

    def unwrap(self, data: bytes) -> tuple[bytes, bool]:
        """What was signed or sealed, and whether it was sealed."""
        ...


def agree(context: Context, exchange: Exchange, broken: type[Exception], *, seal: bool) -> Layer:
    """Sign in, and agree upon a layer.

    Args:
        context: of the library.
        exchange: carries the tokens.
        broken: what the library raises.
        seal: agree to encrypt everything after; otherwise nothing, because TLS does it.

    Raises:
        DirectoryError: the server does not offer what is asked.
    """
    token = exchange(context.step(None))
    while not context.complete:
        token = exchange(context.step(token))
    offer, _sealed = context.unwrap(token)
    layer = CONFIDENTIALITY if seal else NO_LAYER
    if len(offer) != 4 or not offer[0] & layer:
        raise DirectoryError(GapReason.ACCESS_DENIED, "the controller does not offer the security layer asked for")
    limit = int.from_bytes(offer[1:], "big")
    exchange(context.wrap(bytes([layer]) + (offer[1:] if seal else bytes(3)), seal=False))

    def wrap(data: bytes) -> bytes:
        try:
            return context.wrap(data, seal=True)
        except broken:
            raise ConnectionAbortedError("the sealed session has ended") from None

    def unwrap(data: bytes) -> bytes:
        try:
            plain, sealed = context.unwrap(data)
        except broken:
            raise ConnectionAbortedError("a sealed buffer cannot be opened") from None
        if not sealed:
            raise ConnectionAbortedError("a buffer is not sealed")
        return plain

    return Layer(context.who, context.room(max(limit, LEAST)) if seal else 0, wrap, unwrap)
