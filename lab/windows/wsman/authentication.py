"""Who is it: the authentication schemes of WinRM, kept for the life of a connection."""

from __future__ import annotations

import base64
import binascii
import logging
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spnego.channel_bindings import GssChannelBindings
    from spnego.tls import CredSSPTLSContext

log = logging.getLogger("lab.windows.wsman")
CERTIFICATE_HEADER = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"
_CHALLENGES = {
    "negotiate": "Negotiate",
    "kerberos": "Kerberos",
    "ntlm": "NTLM",
    "credssp": "CredSSP",
    "basic": 'Basic realm="WSMAN"',
}
_thread = threading.local()


class Accounts:
    """What sign-ins are checked against.

    `users` maps names ("admin", "CORP\\svc", "svc@corp.example") to passwords, for basic, NTLM and CredSSP.
    `keytab` holds the keys of the machines, for Kerberos. The Kerberos library looks for it in the environment only
    (KRB5_KTNAME), so there it stands, for the whole process, until `close`. `judge`, where given, decides on a user
    and password in place of `users`, for basic: as a machine of a domain hands them on to a controller.
    """

    def __init__(
        self, users: Mapping[str, str], keytab: str | None, judge: Callable[[str, str], bool] | None = None
    ) -> None:
        self._judge = judge
        self._users = {name.casefold(): password for name, password in users.items()}
        if unfit := [name for name, password in users.items() if ":" in name + password or "\n" in name + password]:
            raise ValueError(f"the NTLM store cannot hold a colon or a line break: {', '.join(unfit)}")
        self._folder = tempfile.TemporaryDirectory(prefix="wsman-accounts-")
        self._store = Path(self._folder.name, "ntlm")
        self._store.touch(mode=0o600)
        self._store.write_text("".join(f"{_ntlm_name(name)}:{password}\n" for name, password in users.items()))
        self._keytab, self._keytab_before = keytab, os.environ.get("KRB5_KTNAME")
        if keytab:
            os.environ["KRB5_KTNAME"] = keytab

    def knows(self, user: str, password: str) -> bool:
        """Return whether that is the password of that user."""
        if self._judge is not None:
            return self._judge(user, password)
        return self._users.get(user.casefold()) == password

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Let pyspnego find the NTLM store, in this thread alone, while a step is taken.

        It would look in the environment (NTLM_USER_FILE); but a client in the same process would then take the store
        for its own credentials, and changing the environment while other threads read it breaks them.
        """
        _teach_pyspnego()
        _thread.store = str(self._store)
        try:
            yield
        finally:
            _thread.store = None

    def close(self) -> None:
        """Remove the NTLM store and what the environment was told."""
        self._folder.cleanup()
        if self._keytab:
            if self._keytab_before is None:
                os.environ.pop("KRB5_KTNAME", None)
            else:
                os.environ["KRB5_KTNAME"] = self._keytab_before


@cache
def _teach_pyspnego() -> None:
    """Make pyspnego ask this thread first for an NTLM store; it has no argument for it."""
    from spnego import _ntlm

    ask_environment = _ntlm._get_credential_file
    _ntlm._get_credential_file = lambda: getattr(_thread, "store", None) or ask_environment()


def _ntlm_name(name: str) -> str:
    domain, _, user = name.rpartition("\\")
    return f"{domain}:{user}"


class Authenticator:
    """The sign-in of one connection. `bindings` are checked when given; `certificate_user` came with TLS."""

    def __init__(self, accounts: Accounts, bindings: GssChannelBindings | None, certificate_user: str | None) -> None:
        self._accounts, self._bindings, self._certificate_user = accounts, bindings, certificate_user
        self.user: str | None = None
        self.context: Any = None
        """The security context, in the making or complete; also encrypts messages."""

    def step(self, header: str | None, schemes: tuple[str, ...]) -> tuple[str | None, list[str], str | None]:
        """Take the Authorization header of a request; `schemes` are those offered.

        Returns the user, if one is signed in now; the WWW-Authenticate headers to answer with; and the name offered,
        "" where the token does not tell, if a sign-in was refused.
        """
        offers = [_CHALLENGES[scheme] for scheme in schemes if scheme in _CHALLENGES]
        if header is None:
            return self.user, [] if self.user else offers, None
        if header.startswith(CERTIFICATE_HEADER):
            user = self._certificate_user if "certificate" in schemes else None
            return user, [] if user else offers, None if user else ""
        scheme, _, token = header.partition(" ")
        if scheme.lower() not in schemes:
            return None, offers, None
        try:
            raw = base64.b64decode(token)
        except binascii.Error:
            return None, offers, ""
        if scheme.lower() == "basic":
            user, _, password = raw.decode("utf-8", "replace").partition(":")
            return (user, [], None) if self._accounts.knows(user, password) else (None, offers, user)
        return self._exchange(scheme, raw, offers)

    def _exchange(self, scheme: str, token: bytes, offers: list[str]) -> tuple[str | None, list[str], str | None]:
        import spnego

        if self.context is None or self.context.complete:
            self.user = None
            self.context = None
        try:
            with self._accounts.shown():
                if self.context is None:
                    protocol = scheme.lower()
                    extra = {"credssp_tls_context": _credssp_tls()} if protocol == "credssp" else {}
                    self.context = spnego.server(protocol=protocol, channel_bindings=self._bindings, **extra)
                answer = self.context.step(token)
        except Exception as error:  # spnego, gssapi and krb5 raise kinds of their own; each is a refused sign-in
            log.debug("sign-in by %s refused: %r", scheme, error)
            self.context = None
            return None, offers, _name_in(token)
        headers = [] if answer is None else [f"{scheme} {base64.b64encode(answer).decode()}"]
        if self.context.complete:
            self.user = self.context.client_principal or "unknown"
        told = scheme.lower() == "credssp" and self.context.get_extra_info("auth_stage") == "Authentication failure"
        return self.user, headers, "" if told else None


def _name_in(token: bytes) -> str:
    """The user that an NTLM token names; "" where it is none or does not tell."""
    from spnego._ntlm_raw.messages import Authenticate

    at = token.find(b"NTLMSSP\0\x03\0\0\0")
    try:
        message = Authenticate.unpack(token[at:]) if at >= 0 else None
    except (ValueError, IndexError):
        return ""
    if message is None or not message.user_name:
        return ""
    return f"{message.domain_name}\\{message.user_name}" if message.domain_name else message.user_name


@cache
def _credssp_tls() -> CredSSPTLSContext:
    """Return the TLS side of CredSSP; one for all, because making its key takes long."""
    from spnego.tls import default_tls_context, generate_tls_certificate

    certificate, key, public_key = generate_tls_certificate()
    context = default_tls_context(usage="accept")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "credssp.pem")
        file.write_bytes(certificate + key)
        context.context.load_cert_chain(file)
    context.public_key = public_key
    return context
