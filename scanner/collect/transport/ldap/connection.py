"""Reads one domain controller over LDAP: the only import of ldap3.

ldap3 writes and reads the messages; socket, deadline, TLS and sealing are ours (``deadline``, ``tls``, ``stream``), so
that every failure has one cause and no answer is lost. Referrals are never followed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import ldap3 as _ldap3  # pyright: ignore[reportMissingTypeStubs]
from ldap3.core import exceptions as _exceptions  # pyright: ignore[reportMissingTypeStubs]
from ldap3.protocol.sasl import sasl as _sasl  # pyright: ignore[reportMissingTypeStubs]

from scanner.collect.transport.bounds import MAX_ENTRIES
from scanner.collect.transport.deadline import Budget, DeadlineSocket
from scanner.collect.transport.ldap.answers import DirectoryError, Entry, broken, entry_of, range_of, refusal
from scanner.collect.transport.ldap.ber import Messages
from scanner.collect.transport.ldap.library import mend
from scanner.collect.transport.ldap.stream import Stream
from scanner.guard import is_defect
from scanner.words.model import GapReason
from scanner.words.wording import counted

ldap3, sasl = cast("Any", _ldap3), cast("Any", _sasl)
mend()
BASE, LEVEL, SUBTREE = "BASE", "LEVEL", "SUBTREE"
PAGE = 500
"""objects asked for at once; Active Directory gives at most 1000 (MaxPageSize)"""
PAGED_RESULTS, SUCCESS, SASL_IN_PROGRESS = "1.2.840.113556.1.4.319", 0, 14
ROOT = ("defaultNamingContext", "rootDomainNamingContext", "configurationNamingContext", "domainFunctionality")
NO_LDAP = (
    cast("type[Exception]", cast("Any", _exceptions).LDAPException),
    *(ValueError, TypeError, LookupError, AttributeError, RecursionError),
)
"""what ldap3 raises on octets that are no LDAP message, and on a connection that broke"""


@dataclass(slots=True)
class Connection:
    """A connection to one controller, signed in by ``sign_in``."""

    controller: str
    stream: Stream
    budget: Budget
    _library: Any = field(repr=False)
    who: str = ""
    """as whom, as the sign-in told it"""
    how: str = ""
    """the way in words"""

    def root(self) -> Entry:
        """The root DSE: which domain and forest this is."""
        return self.read("", ROOT)

    def read(self, dn: str, attributes: Sequence[str]) -> Entry:
        """One object.

        Raises:
            DirectoryError: it cannot be read.
        """
        found = self._find(dn, "(objectClass=*)", BASE, attributes)
        if len(found) != 1:
            many = counted(len(found), "object")
            raise DirectoryError(GapReason.UNPARSABLE, f"{self.controller} gave {many} for one name")
        return found[0]

    def search(self, base: str, text: str, attributes: Sequence[str], scope: str = SUBTREE) -> tuple[Entry, ...]:
        """Every object that matches the filter, page by page, each with all its values.

        Raises:
            DirectoryError: the controller refused, or the connection broke: a part is never taken for the whole.
        """
        found: list[Entry] = []
        cookie: bytes | None = None
        while cookie is None or cookie:
            page = {"paged_size": PAGE, "paged_criticality": True, "paged_cookie": cookie}
            found += self._find(base, text, scope, attributes, **page)
            if len(found) > MAX_ENTRIES:
                raise DirectoryError(GapReason.UNPARSABLE, f"{self.controller} gave more than {MAX_ENTRIES} objects")
            with self.failures():
                controls: Any = self._library.result.get("controls")
                control = controls.get(PAGED_RESULTS) if controls else None
                cookie = bytes(control["value"]["cookie"]) if control else b""
        return tuple(self._whole(entry) for entry in found)

    def exchange(self, token: bytes) -> bytes:
        """Send one token of a SASL sign-in, give the controller's.

        Raises:
            DirectoryError: the controller refused, or the connection broke.
        """
        with self.failures():
            result = sasl.send_sasl_negotiation(self._library, None, token)
            if result["result"] not in (SUCCESS, SASL_IN_PROGRESS):
                raise refusal(self.controller, result, ticket=True)
            return bytes(result.get("saslCreds") or b"")

    def bind(self, user: str, password: str) -> None:
        """Sign in with a password; the caller has made sure that nobody overhears it.

        Raises:
            DirectoryError: the controller refused, or the connection broke.
        """
        with self.failures():
            self._library.authentication, self._library.user = ldap3.SIMPLE, user
            self._library.password = password.encode()  # as octets, it goes out as it is
            try:
                self._library.bind(read_server_info=False)
            finally:
                self._library.password = self._library.request = None
            self._succeeded(self._library.result)

    def extended(self, oid: str) -> None:
        """Ask for an extended operation.

        Raises:
            DirectoryError: the controller refused, or the connection broke.
        """
        with self.failures():
            self._library.extended(oid)
            self._succeeded(self._library.result)

    def close(self) -> None:
        """End it; that it is broken already is no matter."""
        with contextlib.suppress(OSError, *NO_LDAP):
            self._library.unbind()
        with contextlib.suppress(OSError):
            self.stream.close()

    @contextlib.contextmanager
    def failures(self) -> Generator[None]:
        """Turn what goes wrong inside into a ``DirectoryError``."""
        try:
            yield
        except OSError as error:
            raise broken(self.controller, self.stream.failure or error) from None
        except NO_LDAP as error:
            if is_defect(error):
                raise
            if self.stream.failure is not None:
                raise broken(self.controller, self.stream.failure) from None
            detail = f"{self.controller} answered no LDAP"
            self.stream.failure = ConnectionAbortedError(detail)  # nothing more can be understood on this connection
            raise DirectoryError(GapReason.UNPARSABLE, detail) from None

    def _succeeded(self, result: dict[str, Any]) -> None:
        if result["result"] != SUCCESS:
            raise refusal(self.controller, result)

    def _find(self, base: str, text: str, scope: str, attributes: Sequence[str], **page: object) -> list[Entry]:
        with self.failures():
            self._library.search(base, text, scope, ldap3.DEREF_NEVER, list(attributes), **page)
            self._succeeded(self._library.result)
            answers = self._library.response or ()
            return [entry_of(answer) for answer in answers if answer["type"] == "searchResEntry"]

    def _whole(self, entry: Entry) -> Entry:
        """The entry with its ranged attributes read to the end (``member;range=0-1499`` until ``*``)."""
        values = dict(entry.values)
        for key in [key for key in values if ";range=" in key]:
            name = key.partition(";")[0]
            values[name] = (*values.get(name, ()), *self._rest(entry.dn, key, values.pop(key)))
        return Entry(entry.dn, values)

    def _rest(self, dn: str, key: str, values: tuple[bytes, ...]) -> tuple[bytes, ...]:
        with self.failures():
            name, end = range_of(key)
        while end is not None:
            part = self.read(dn, [f"{name};range={end + 1}-*"]).values
            key = next((key for key in part if key.startswith(f"{name};range={end + 1}-")), "")
            if not key or not part[key]:
                raise DirectoryError(GapReason.UNPARSABLE, f"{self.controller} did not give all values of {name}")
            values += part[key]
            with self.failures():
                end = range_of(key)[1]
        return values


def connection(controller: str, sock: DeadlineSocket, budget: Budget) -> Connection:
    """A connection over a connected socket, which keeps the budget from now on; not signed in yet."""
    sock.budget, stream = budget, Stream(sock)
    server = ldap3.Server("unused", get_info=ldap3.NONE)  # the library opens nothing and resolves nothing
    library = ldap3.Connection(
        server,
        client_strategy=ldap3.SYNC,
        auto_referrals=False,
        auto_range=False,
        return_empty_attributes=False,  # else it drops ranged values
        check_names=False,
    )
    library.sasl_mechanism = "GSSAPI"
    library.socket, library.closed, library.listening = Messages(stream), False, True
    library.strategy._outstanding = {}  # what its own open() does beside connecting
    return Connection(controller, stream, budget, library)
