"""A Kerberos server for tests: what one says, over TCP and UDP at one port."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from tests.transport.ldap_peer import tlv

REALM = "CORP.EXAMPLE"


def number(tag: int, value: int) -> bytes:
    return tlv(0xA0 + tag, tlv(0x02, bytes([value])))


PROOF = number(1, 2)
"""the type of what shows that one knows the password: PA-ENC-TIMESTAMP"""


def general(text: str) -> bytes:
    return tlv(0x1B, text.encode())


def name(kind: int, *parts: str) -> bytes:
    return tlv(0x30, number(0, kind), tlv(0xA1, tlv(0x30, *map(general, parts))))


def error(code: int, realm: str = REALM, client: str = "", data: bytes = b"") -> bytes:
    """KRB-ERROR (RFC 4120 part 5.9.1); the client's realm is given where it is another."""
    now = time.strftime("%Y%m%d%H%M%SZ", time.gmtime()).encode()
    parts = [number(0, 5), number(1, 30), tlv(0xA4, tlv(0x18, now)), number(5, 0), number(6, code)]
    if client:
        parts += [tlv(0xA7, general(client)), tlv(0xA8, name(1, "svc"))]
    parts += [tlv(0xA9, general(realm)), tlv(0xAA, name(2, "krbtgt", realm))]
    if data:
        parts.append(tlv(0xAC, tlv(0x04, data)))
    return tlv(0x7E, tlv(0x30, *parts))


def proof_wanted(realm: str = REALM) -> bytes:
    """How the password is to be shown, with a salt of the server's choice (RFC 4120 part 5.2.7.5)."""
    salted = tlv(0x30, tlv(0x30, number(0, 18), tlv(0xA1, general(f"{realm}svc"))))
    ways = [tlv(0x30, PROOF, tlv(0xA2, tlv(0x04))), tlv(0x30, number(1, 19), tlv(0xA2, tlv(0x04, salted)))]
    return error(25, realm, data=tlv(0x30, *ways))


@contextmanager
def serving(answer: Callable[[bytes], bytes], address: str) -> Iterator[int]:
    """Answer each question, or keep silent where the answer is empty; gives the port."""
    over = threading.Event()

    class Tcp(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while size := self.rfile.read(4):
                said = answer(self.rfile.read(int.from_bytes(size, "big")))
                if not said:
                    over.wait(60)
                    return
                self.wfile.write(len(said).to_bytes(4, "big") + said)

    class Udp(socketserver.DatagramRequestHandler):
        def handle(self) -> None:
            self.wfile.write(answer(self.rfile.read()))

    with ExitStack() as undo:
        tcp = undo.enter_context(socketserver.ThreadingTCPServer((address, 0), Tcp))
        udp = undo.enter_context(socketserver.ThreadingUDPServer((address, tcp.server_address[1]), Udp))
        for server in (tcp, udp):
            threading.Thread(target=server.serve_forever, args=(0.05,)).start()
            undo.callback(server.shutdown)
        undo.callback(over.set)
        yield int(tcp.server_address[1])
