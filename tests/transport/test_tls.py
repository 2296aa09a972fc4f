"""Which certificates are believed: the same ones for hosts and for controllers, and by every release of Python."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from scanner.collect.transport.ldap import sign_in
from scanner.collect.transport.psrp import http
from scanner.collect.transport.tls import no_tls
from scanner.estate.access import DirectoryAccess, SignIn

NAME = "hv01.corp.example"
CONTEXTS: dict[str, Callable[[str], ssl.SSLContext]] = {
    "hosts": lambda ca: http.context_of(SignIn(ca=ca)),
    "controllers": lambda ca: sign_in.context_of(DirectoryAccess(ca=ca)),
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """An authority and a server without any extension but the name: what small and old authorities issue."""
    now, keys = dt.datetime.now(dt.UTC), [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    for name, key, file in (("authority", keys[0], "ca"), (NAME, keys[1], "server")):
        common = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]) for text in ("authority", name)]
        extension = (
            x509.BasicConstraints(ca=True, path_length=None)
            if file == "ca"
            else x509.SubjectAlternativeName([x509.DNSName(NAME)])
        )
        certificate = (
            x509.CertificateBuilder(*common, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(1))
            .add_extension(extension, critical=file == "ca")
            .sign(keys[0], hashes.SHA256())
        )
        (tmp_path / f"{file}.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "server.key").write_bytes(
        keys[1].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return tmp_path


def handshake(context: ssl.SSLContext, files: Path) -> str:
    """What the client makes of the server's certificate."""
    offering = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    offering.load_cert_chain(files / "server.pem", files / "server.key")
    inbound, outbound = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(inbound, outbound, server_hostname=NAME)
    server = offering.wrap_bio(outbound, inbound, server_side=True)
    try:
        for side in (client, server, client):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    return "believed"


@pytest.mark.parametrize("way", CONTEXTS)
def test_an_authority_that_writes_no_identifiers_is_believed(way: str, files: Path) -> None:
    assert handshake(CONTEXTS[way](str(files / "ca.pem")), files) == "believed"


@pytest.mark.parametrize("way", CONTEXTS)
def test_a_certificate_below_an_unknown_authority_is_no_end_of_a_chain(way: str, files: Path) -> None:
    assert handshake(CONTEXTS[way](str(files / "server.pem")), files) == "unable to get local issuer certificate"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "what answers on that port does not speak it"),
        (b"\x15\x03\x03\x00\x02\x02\x28", "HANDSHAKE_FAILURE"),
    ],
)
def test_what_does_not_speak_tls_is_told_as_such(answer: bytes, words: str) -> None:
    incoming = ssl.MemoryBIO()
    talk = ssl.create_default_context().wrap_bio(incoming, ssl.MemoryBIO(), server_hostname="hv01.corp.example")
    with pytest.raises(ssl.SSLWantReadError):
        talk.do_handshake()
    incoming.write(answer)
    with pytest.raises(ssl.SSLError) as caught:
        talk.do_handshake()
    assert words in no_tls(caught.value)
