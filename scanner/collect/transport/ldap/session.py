"""Kerberos sign-in to an LDAP server as the user of this session: how Windows does it, by pyspnego and SSPI.

No ticket is asked for, and no library but Windows' own is: pyspnego brings the way to it. Elsewhere pyspnego takes
gssapi for the same calls; so this way is tried against a real controller (``tests/collectors/test_directory_lab.py``),
and on Windows the calls below pyspnego alone are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.collect.transport.kerberos.sspi import SIGNED_IN, meaning
from scanner.collect.transport.ldap.answers import LONGEST, DirectoryError
from scanner.collect.transport.ldap.layer import Exchange, Layer, agree
from scanner.words.model import GapReason
from scanner.words.trouble import Kind
from scanner.words.wording import foreign

if TYPE_CHECKING:
    from spnego import ContextProxy

ROOM = 512
"""octets of a sealed buffer that are not of the text: head, checksum and padding take less"""


@dataclass(frozen=True, slots=True)
class _Session:
    """pyspnego's context as the layer takes it."""

    context: ContextProxy

    @property
    def who(self) -> str:
        return SIGNED_IN

    @property
    def complete(self) -> bool:
        return self.context.complete

    def step(self, token: bytes | None) -> bytes:
        return self.context.step(token) or b""

    def room(self, limit: int) -> int:
        return limit - ROOM

    def wrap(self, data: bytes, *, seal: bool) -> bytes:
        return self.context.wrap(data, encrypt=seal).data

    def unwrap(self, data: bytes) -> tuple[bytes, bool]:
        plain = self.context.unwrap(data)
        return plain.data, plain.encrypted


def sign_in(host: str, realm: str, exchange: Exchange, *, seal: bool, binding: bytes | None = None) -> Layer:
    """Sign in as the user of this session; as ``sasl.sign_in``, but that Windows finds the realm by itself.

    Raises:
        DirectoryError: no credentials, no such service, or a server that does not offer what is asked.
    """
    import spnego
    from spnego.channel_bindings import GssChannelBindings
    from spnego.exceptions import SpnegoError

    bindings = GssChannelBindings(application_data=binding) if binding else None
    try:
        context = spnego.client(hostname=host, service="ldap", protocol="kerberos", channel_bindings=bindings)
        return agree(_Session(context), exchange, SpnegoError, seal=seal)
    except ImportError:
        detail = "the library sspilib is not installed"
        raise DirectoryError(GapReason.NOT_COLLECTED, detail, final=True, kind=Kind.NO_LIBRARY) from None
    except SpnegoError as error:
        raise _failure(error, f"ldap/{host} in {realm}") from None


def _failure(error: Exception, service: str) -> DirectoryError:
    known = meaning(error)
    if known is None:
        said = foreign(str(error), LONGEST)
        return DirectoryError(GapReason.ACCESS_DENIED, f"no Kerberos sign-in to {service}: {said}")
    final = known.kind == Kind.NO_TICKET
    return DirectoryError(known.reason, f"no Kerberos sign-in to {service}: {known.text}", final=final, kind=known.kind)
