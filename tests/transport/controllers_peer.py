"""Domain controllers on loopback, on their real ports, over real TLS, as many as a test likes.

They speak LDAP as far as the scanner asks: the root DSE, a simple sign-in, the searches. What they hold is data.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from tests.transport.ldap_peer import DONE, done, entry, tlv

BIND, BIND_RESPONSE, UNBIND, SEARCH = 0x60, 0x61, 0x42, 0x63
Objects = Mapping[str, Mapping[str, Sequence[str | bytes]]]


@dataclass(slots=True)
class Controller:
    """One controller: what it is, what it holds, and what it heard."""

    domain: str
    forest: str = ""
    password: str = "Passw0rd"
    trusts: Objects = field(default_factory=dict)
    accounts: Objects = field(default_factory=dict)
    partitions: Objects = field(default_factory=dict)
    servers: Objects = field(default_factory=dict)
    """objects of the sites, NTDS settings among them"""
    catalogue: bool = False
    """it says that it is a global catalogue, and is complete"""
    latency: float = 0.0
    """seconds before each answer, as a long way would take"""
    silent: bool = False
    """takes the connection and says nothing"""
    connections: int = 0
    binds: list[str] = field(default_factory=list)
    """the passwords it was sent"""

    def answer(self, tag: int, body: bytes) -> list[bytes]:
        if tag == BIND:
            return [self._bind(body)]
        if tag != SEARCH:
            return [done(2, tag=DONE)]
        return [*(entry(dn, values) for dn, values in self._found(body).items()), done()]

    def _bind(self, body: bytes) -> bytes:
        password = body[body.rindex(b"\x80") + 2 :].decode()
        self.binds.append(password)
        right = password == self.password
        wrong = "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, v4563"
        return done(0 if right else 49, "" if right else wrong, tag=BIND_RESPONSE)

    def _found(self, body: bytes) -> Objects:
        if b"defaultNamingContext" in body:
            return {"": self._root()}
        if b"isGlobalCatalogReady" in body:
            return {"": {"isGlobalCatalogReady": ["TRUE" if self.catalogue else "FALSE"]}}
        if b"currentTime" in body:
            return {"": {"currentTime": [datetime.now(UTC).strftime("%Y%m%d%H%M%S.0Z")]}}
        if b"tokenGroups" in body:
            return {"CN=any": {}}
        for mark, objects in (
            (b"crossRef", self.partitions),
            (b"trustedDomain", self.trusts),
            (b"nTDSDSA", self.servers),
        ):
            if mark in body:
                return objects
        return self.accounts

    def _root(self) -> Mapping[str, Sequence[str]]:
        here, forest = (",".join(f"DC={part}" for part in name.split(".")) for name in (self.domain, self.root))
        return {
            "defaultNamingContext": [here],
            "rootDomainNamingContext": [forest],
            "configurationNamingContext": [f"CN=Configuration,{forest}"],
            "domainFunctionality": ["7"],
        }

    @property
    def root(self) -> str:
        return self.forest or self.domain


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = sock.recv(size - len(data))
        if not more:
            raise ConnectionResetError
        data += more
    return data


def _request(sock: socket.socket) -> tuple[int, bytes, bytes]:
    """One message: tag of its operation, its number as it came, and the operation's body."""
    size = _exactly(sock, 2)[1]
    if size & 0x80:
        size = int.from_bytes(_exactly(sock, size & 0x7F), "big")
    body = _exactly(sock, size)
    end = 2 + body[1]
    return body[end], body[:end], body[end:]


class _Network:
    """Listening sockets, a thread that accepts, a thread a connection; all of it ends together."""

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        self.tls, self.over = tls, threading.Event()
        self.listening = selectors.DefaultSelector()
        self.open: set[socket.socket] = set()
        self.threads = [threading.Thread(target=self._accept)]

    def listen(self, address: str, port: int, controller: Controller) -> None:
        sock = socket.create_server((address, port), backlog=64)
        self.listening.register(sock, selectors.EVENT_READ, controller)

    def _accept(self) -> None:
        while not self.over.is_set():
            for key, _ in self.listening.select(0.05):
                sock, _ = key.fileobj.accept()  # type: ignore[union-attr]
                self.open.add(sock)
                self.threads.append(threading.Thread(target=self._talk, args=(sock, key.data)))
                self.threads[-1].start()

    def _talk(self, sock: socket.socket, controller: Controller) -> None:
        controller.connections += 1
        secured = sock
        try:
            if self.tls is not None:
                secured = self.tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
                self.open.add(secured)
                secured.do_handshake()  # type: ignore[attr-defined]
            while not controller.silent:
                tag, number, body = _request(secured)
                if tag == UNBIND:
                    break
                if self.over.wait(controller.latency):
                    break
                secured.sendall(b"".join(tlv(0x30, number, message) for message in controller.answer(tag, body)))
            self.over.wait(0 if not controller.silent else None)
        except OSError:
            pass
        finally:
            secured.close()
            sock.close()

    def end(self) -> None:
        self.over.set()
        self.threads[0].join()
        for sock in tuple(self.open):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self.threads[1:]:
            thread.join()
        for key in tuple(self.listening.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self.listening.close()


@contextlib.contextmanager
def controllers(
    places: Mapping[str, Controller], certificate: str = "", key: str = "", port: int = 636
) -> Iterator[None]:
    """Listen at these addresses; only root may hold the ports."""
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate, key)
    network = _Network(tls)
    network.threads[0].start()
    try:
        for address, controller in places.items():
            try:
                network.listen(address, port, controller)
            except OSError as error:
                pytest.skip(f"no port {port} for a controller: {error.strerror}")
        yield
    finally:
        network.end()


def account(short: str, domain: str, **more: Sequence[str | bytes]) -> dict[str, dict[str, Sequence[str | bytes]]]:
    """An ordinary computer account, by its name."""
    sid = bytes.fromhex("010500000000000515000000") + b"".join(n.to_bytes(4, "little") for n in (1, 2, 3, 1110))
    values: dict[str, Sequence[str | bytes]] = {
        "sAMAccountName": [f"{short.upper()}$"],
        "dNSHostName": [f"{short}.{domain}"],
        "objectSid": [sid],
        "userAccountControl": ["4096"],
    }
    return {f"CN={short},CN=Computers": values | more}


def trust(partner: str) -> dict[str, dict[str, Sequence[str | bytes]]]:
    """A two-way forest trust."""
    values: dict[str, Sequence[str | bytes]] = {
        "trustPartner": [partner],
        "flatName": [partner.partition(".")[0].upper()],
        "trustDirection": ["3"],
        "trustType": ["2"],
        "trustAttributes": ["8"],
    }
    return {f"CN={partner},CN=System": values}
