"""A domain controller that answers over real TLS on 636 of a loopback address, in real BER, whatever a test wants."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from lab.windows.wsman.certificates import Pair
from tests.transport.ldap_peer import done, entry, tlv

CONTEXT = "DC=corp,DC=example"
ROOT = {
    "defaultNamingContext": [CONTEXT],
    "rootDomainNamingContext": [CONTEXT],
    "configurationNamingContext": [f"CN=Configuration,{CONTEXT}"],
    "domainFunctionality": ["7"],
}


@dataclass(slots=True)
class Directory:
    """What it holds, and who signed in to it."""

    computers: Sequence[str] = ()
    """dNSHostName of each"""
    partners: Sequence[str] = ()
    """trustPartner of each trust, both ways"""
    bound: list[bytes] = field(default_factory=list[bytes])

    def answer(self, request: bytes) -> list[bytes]:
        """The messages to answer one request with."""
        if b"Migration Service" in request:
            rows = [
                entry(f"CN=H{place},{CONTEXT}", {"dNSHostName": [name], "userAccountControl": ["4096"]})
                for place, name in enumerate(self.computers)
            ]
            return [*rows, done()]
        if b"trustedDomain" in request:
            words = {"trustDirection": ["3"], "trustType": ["2"], "trustAttributes": ["8"], "flatName": ["X"]}
            return [
                *(
                    entry(f"CN=T{place},{CONTEXT}", {"trustPartner": [name], **words})
                    for place, name in enumerate(self.partners)
                ),
                done(),
            ]
        if b"defaultNamingContext" in request:
            return [entry("", ROOT), done()]
        self.bound.append(request)
        return [done(tag=0x61)]


@contextmanager
def listening(address: str, certificate: Pair, directory: Directory) -> Iterator[None]:
    """Serve until the end; one connection after the other, as this program makes them."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    with socket.create_server((address, 636)) as server:
        serving = threading.Thread(target=_serve, args=(server, context, directory))
        serving.start()
        try:
            yield
        finally:
            with closing(socket.create_connection((address, 636))) as last:
                last.sendall(b"end")
            serving.join()


def _serve(server: socket.socket, context: ssl.SSLContext, directory: Directory) -> None:
    while True:
        near, _ = server.accept()
        with closing(near):
            if near.recv(3, socket.MSG_PEEK) == b"end":
                return
            try:
                with context.wrap_socket(near, server_side=True) as stream:
                    _talk(stream, directory)
            except OSError:
                continue


def _talk(stream: ssl.SSLSocket, directory: Directory) -> None:
    while request := stream.recv(65536):
        start = request.index(b"\x02")
        number = request[start : start + 2 + request[start + 1]]
        if request[start + 2 + request[start + 1]] == 0x42:  # unbind
            return
        stream.sendall(b"".join(tlv(0x30, number, message) for message in directory.answer(request)))
