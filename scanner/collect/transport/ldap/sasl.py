"""Kerberos sign-in to an LDAP server by SASL GSSAPI (RFC 4752), with the ticket cache: the only import of gssapi.

The service is named as a principal, realm included, and not as a host: so no name is looked up in reverse, and a wrong
PTR record cannot send the sign-in to another service.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.collect.transport.kerberos.ticket import NO_GSSAPI, NO_TICKET, OLD_TICKET, kind_of
from scanner.collect.transport.ldap.answers import LONGEST, DirectoryError
from scanner.collect.transport.ldap.layer import Exchange, Layer, agree
from scanner.words.model import GapReason
from scanner.words.trouble import Kind
from scanner.words.wording import foreign

if TYPE_CHECKING:
    import gssapi
    from gssapi.raw.misc import GSSError

KDC_UNREACHABLE = -1765328228 % 2**32
"""KRB5_KDC_UNREACH of MIT's krb5.h, as an unsigned minor status"""


@dataclass(frozen=True, slots=True)
class _Ticket:
    """The context of gssapi as the layer takes it."""

    context: gssapi.SecurityContext

    @property
    def who(self) -> str:
        return str(self.context.initiator_name)

    @property
    def complete(self) -> bool:
        return self.context.complete

    def step(self, token: bytes | None) -> bytes:
        return self.context.step(token) or b""

    def room(self, limit: int) -> int:
        return self.context.get_wrap_size_limit(limit)

    def wrap(self, data: bytes, *, seal: bool) -> bytes:
        return self.context.wrap(data, seal).message

    def unwrap(self, data: bytes) -> tuple[bytes, bool]:
        plain = self.context.unwrap(data)
        return plain.message, plain.encrypted


def sign_in(host: str, realm: str, exchange: Exchange, *, seal: bool, binding: bytes | None = None) -> Layer:
    """Sign in with the ticket cache.

    Args:
        host: the server's DNS name.
        realm: its Kerberos realm.
        exchange: carries the tokens.
        seal: agree to encrypt everything after; otherwise nothing, because TLS does it.
        binding: the TLS channel's binding (RFC 5929), where there is one.

    Raises:
        DirectoryError: no ticket, no such service, or a server that does not offer what is asked.
    """
    try:
        from gssapi.raw.misc import GSSError
    except ImportError:
        raise DirectoryError(GapReason.NOT_COLLECTED, NO_GSSAPI, final=True, kind=Kind.NO_LIBRARY) from None
    try:
        return agree(_Ticket(_context(host, realm, binding)), exchange, GSSError, seal=seal)
    except GSSError as error:
        raise _failure(error, f"ldap/{host}@{realm}") from None


def _context(host: str, realm: str, binding: bytes | None) -> gssapi.SecurityContext:
    import gssapi
    from gssapi.raw import ChannelBindings

    flags = gssapi.RequirementFlag
    wanted = flags.mutual_authentication | flags.confidentiality | flags.integrity | flags.out_of_sequence_detection
    return gssapi.SecurityContext(
        name=gssapi.Name(f"ldap/{host}@{realm}", gssapi.NameType.kerberos_principal),
        mech=gssapi.MechType.kerberos,
        flags=wanted,
        usage="initiate",
        channel_bindings=ChannelBindings(application_data=binding) if binding else None,
    )


def _failure(error: GSSError, service: str) -> DirectoryError:
    from gssapi.exceptions import ExpiredCredentialsError, MissingCredentialsError

    if isinstance(error, MissingCredentialsError):
        return DirectoryError(GapReason.ACCESS_DENIED, NO_TICKET, final=True, kind=Kind.NO_TICKET)
    if isinstance(error, ExpiredCredentialsError):
        return DirectoryError(GapReason.ACCESS_DENIED, OLD_TICKET, final=True, kind=Kind.NO_TICKET)
    minor = error.min_code % 2**32
    reason = GapReason.UNREACHABLE if minor == KDC_UNREACHABLE else GapReason.ACCESS_DENIED
    said = "; ".join(error.get_all_statuses(error.min_code, False)) if minor else str(error)
    return DirectoryError(reason, f"no Kerberos sign-in to {service}: {foreign(said, LONGEST)}", kind=kind_of(error))
