"""Domain controllers on loopback, on their real ports, over real TLS: many of them in one thread.

They speak LDAP as far as the scanner asks: the root DSE, a simple sign-in, the searches. What they hold is data.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

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
        if b"tokenGroups" in body:
            return {"CN=any": {}}
        for mark, objects in ((b"crossRef", self.partitions), (b"trustedDomain", self.trusts)):
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


async def _talk(controller: Controller, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    controller.connections += 1
    try:
        while not controller.silent:
            tag, number, body = await _request(reader)
            if tag == UNBIND:
                break
            await asyncio.sleep(controller.latency)
            writer.write(b"".join(tlv(0x30, number, message) for message in controller.answer(tag, body)))
            await writer.drain()
        await reader.read()  # until the other side has gone
    except (OSError, EOFError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def _request(reader: asyncio.StreamReader) -> tuple[int, bytes, bytes]:
    """One message: tag of its operation, its number as it came, and the operation's body."""
    head = await reader.readexactly(2)
    size = head[1]
    if size & 0x80:
        size = int.from_bytes(await reader.readexactly(size & 0x7F), "big")
    body = await reader.readexactly(size)
    end = 2 + body[1]
    return body[end], body[:end], body[end:]


@contextmanager
def controllers(
    places: Mapping[str, Controller], certificate: str = "", key: str = "", port: int = 636
) -> Iterator[None]:
    """Listen at these addresses; only root may hold the ports."""
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate, key)
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda _loop, _context: None)  # a client that leaves in a handshake is no fault
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(work: object) -> object:
        return asyncio.run_coroutine_threadsafe(work, loop).result(30)  # type: ignore[arg-type]

    servers: list[asyncio.Server] = []
    try:
        for address, controller in places.items():
            try:
                servers.append(run(_serve(controller, address, port, tls)))  # type: ignore[arg-type]
            except OSError as error:
                pytest.skip(f"no port {port} for a controller: {error.strerror}")
        yield
    finally:
        run(_end(servers))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _serve(controller: Controller, address: str, port: int, tls: ssl.SSLContext | None) -> asyncio.Server:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _talk(controller, reader, writer)

    return await asyncio.start_server(serve, address, port, ssl=tls, backlog=64)


async def _end(servers: Sequence[asyncio.Server]) -> None:
    for server in servers:
        server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


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
