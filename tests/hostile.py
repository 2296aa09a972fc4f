"""A machine that opens a session as Windows does, and then answers whatever an attack says."""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
import uuid
from collections.abc import Callable, Iterable

from lab.windows.wsman import fragments, soap, versions
from lab.windows.wsman.certificates import Certificates

Parts = Iterable[bytes]
"""Octets of one HTTP answer, status line included, as they are sent."""
END = b"end"
"""In place of octets: the machine hangs up."""
OPENED = '<Obj RefId="0"><MS><I32 N="RunspaceState">2</I32></MS></Obj>'
RUNNING = 'State="http://schemas.microsoft.com/wbem/wsman/1/windows/shell/CommandState/Running"'


class Asked:
    """One request, as far as an attack wants to know it."""

    def __init__(self, body: bytes, turn: int) -> None:
        action = re.search(rb"<wsa:Action[^>]*>[^<]*/(\w+)</wsa:Action>", body)
        self.verb = action[1].decode() if action else ""
        message = re.search(rb"<wsa:MessageID>([^<]*)<", body)
        self.relates = message[1].decode() if message else ""
        command = re.search(rb'CommandId="([^"]+)"', body)
        self.command = command[1].decode() if command else ""
        self.turn = turn
        """how many requests came before it"""


Attack = Callable[[Asked], "Parts | None"]
"""The answer to a request; nothing: what Windows would say."""


def http(body: bytes, *headers: str, status: str = "200 OK", kind: str = soap.CONTENT_TYPE) -> bytes:
    """A whole HTTP answer."""
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1") + body


def envelope(asked: Asked, body: str) -> bytes:
    return http(soap.answer(f"{asked.verb}Response", asked.relates, body).encode())


def receive(asked: Asked, data: bytes) -> bytes:
    """The answer to a Receive that holds these fragments."""
    text = base64.b64encode(data).decode()
    stream = f'<rsp:Stream Name="stdout" CommandId="{asked.command}">{text}</rsp:Stream>'
    return envelope(asked, f"<rsp:ReceiveResponse>{stream}<rsp:CommandState {RUNNING}/></rsp:ReceiveResponse>")


def psrp(kind: int, text: str, number: int = 9) -> bytes:
    """The fragments of one message."""
    return b"".join(fragments.encode(number, kind, uuid.UUID(int=1), uuid.UUID(int=2), text))


def usual(asked: Asked) -> bytes:
    """What Windows would say; a pipeline runs, and says nothing."""
    match asked.verb:
        case "":  # a request without a credential, before any with one
            return http(b"", 'WWW-Authenticate: Basic realm="WSMAN"', status="401 Unauthorized")
        case "Create":
            return envelope(asked, f"<rsp:Shell><rsp:ShellId>{uuid.UUID(int=1)}</rsp:ShellId></rsp:Shell>")
        case "Command":
            number = f"<rsp:CommandId>{uuid.UUID(int=2)}</rsp:CommandId>"
            return envelope(asked, f"<rsp:CommandResponse>{number}</rsp:CommandResponse>")
        case "Receive" if not asked.command:
            capability = psrp(fragments.SESSION_CAPABILITY, versions.session_capability("5.1.17763.1"), 1)
            return receive(asked, capability + psrp(fragments.RUNSPACEPOOL_STATE, OPENED, 2))
        case "Receive":
            return receive(asked, b"")
        case _:
            return envelope(asked, "")


class Hostile:
    """The machine, while it runs; ``with Hostile(...) as machine``."""

    def __init__(self, address: str, pki: Certificates | None, attack: Attack, port: int = 0) -> None:
        self.attack, self.turn = attack, 0
        self._context = None
        if pki is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(pki.server.certificate, pki.server.key)
        self._door = socket.create_server((address, port), backlog=64)
        self.port: int = self._door.getsockname()[1]
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> Hostile:
        self._threads[0].start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._over.set()
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._talk, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _talk(self, client: socket.socket) -> None:
        client.settimeout(10)
        try:
            with client, self._context.wrap_socket(client, server_side=True) if self._context else client as sock:
                while (body := _request(sock)) is not None:
                    asked = Asked(body, self.turn)
                    self.turn += bool(body)  # one without a credential does not count
                    for part in self.attack(asked) or (usual(asked),):
                        if self._over.is_set() or part is END:
                            return
                        sock.sendall(part)
        except OSError:  # the scanner has had enough
            return


def _request(sock: socket.socket) -> bytes | None:
    """The body of the next request; nothing when there is none."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        more = sock.recv(65536)
        if not more:
            return None
        body += more
    return body
