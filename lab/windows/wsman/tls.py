"""The TLS side of a listener, and the channel binding that ties a sign-in to its certificate."""

from __future__ import annotations

import hashlib
import ssl
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spnego.channel_bindings import GssChannelBindings


@dataclass(frozen=True)
class Tls:
    """PEM files of a listener. `client_ca` lets clients sign in with certificates of that authority.

    `require_binding`: a sign-in must be bound to this certificate (CbtHardeningLevel strict). The Kerberos library
    refuses a wrong binding only; NTLM refuses a missing one too, as Windows does for both.
    """

    certificate: str
    key: str
    client_ca: str | None = None
    require_binding: bool = False

    @cached_property
    def context(self) -> ssl.SSLContext:
        """The server's context, made once."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        if self.client_ca:
            context.load_verify_locations(self.client_ca)
            context.verify_mode = ssl.CERT_OPTIONAL
        return context

    @cached_property
    def bindings(self) -> GssChannelBindings | None:
        """The tls-server-end-point binding (RFC 5929) where it is required."""
        if not self.require_binding:
            return None
        from cryptography import x509
        from cryptography.hazmat.primitives.serialization import Encoding
        from spnego.channel_bindings import GssChannelBindings

        certificate = x509.load_pem_x509_certificate(Path(self.certificate).read_bytes())
        algorithm = certificate.signature_hash_algorithm
        name = "sha256" if algorithm is None or algorithm.name in ("md5", "sha1") else algorithm.name
        digest = hashlib.new(name, certificate.public_bytes(Encoding.DER)).digest()
        return GssChannelBindings(application_data=b"tls-server-end-point:" + digest)


def client_name(ssl_object: Any) -> str | None:
    """Return the common name of the certificate a client showed, None without one."""
    certificate = ssl_object.getpeercert() if ssl_object is not None else None
    if not certificate:
        return None
    return dict(pair for names in certificate["subject"] for pair in names).get("commonName")
