"""One TCP connection: sign-in, decryption, faults, and the way to the WSMan actions."""

from __future__ import annotations

import asyncio
import logging
import ssl
import uuid
import xml.etree.ElementTree as ET

from lab.windows.wsman import encryption, http, soap
from lab.windows.wsman.actions import Actions
from lab.windows.wsman.authentication import Authenticator
from lab.windows.wsman.faults import Fault
from lab.windows.wsman.http import HttpAnswer, HttpRequest
from lab.windows.wsman.service import Service
from lab.windows.wsman.shell import Shell
from lab.windows.wsman.soap import Request, WsmanFault
from lab.windows.wsman.tls import Tls, client_name

log = logging.getLogger("lab.windows.wsman")


class Dropped(Exception):  # noqa: N818
    """The connection is to end without an answer."""

    def __init__(self, *, by_reset: bool) -> None:
        super().__init__()
        self.by_reset = by_reset


class Connection:
    """Serves the requests of one connection to `host`, one after the other."""

    def __init__(
        self, service: Service, shells: dict[str, Shell], host: str, number: int, tls: Tls | None,
        reader: http.Reader, writer: asyncio.StreamWriter,
    ) -> None:  # fmt: skip
        self.host = host
        self._service, self._number, self._tls = service, number, tls
        self._reader, self._writer = reader, writer
        self._actions = Actions(service, shells, host, str(writer.get_extra_info("peername")[0]))
        name = client_name(writer.get_extra_info("ssl_object"))
        user = service.certificate_users.get(name, name) if name else None
        self._sign_in = Authenticator(service.accounts, tls.bindings if tls else None, user)
        self._first = True

    def drop(self) -> None:
        """End the connection by RST."""
        sock = self._writer.get_extra_info("socket")
        if sock is not None and sock.fileno() >= 0:
            http.reset(sock)
        self._writer.transport.abort()

    async def serve(self) -> None:
        """Serve until either side ends the connection."""
        try:
            while await self._exchange():
                pass
        except Dropped as dropped:
            if dropped.by_reset:
                self.drop()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            log.debug("connection %d to %s broke", self._number, self.host)
        except Exception:
            log.exception("the endpoint of %s broke", self.host)
        finally:
            self._writer.close()

    async def _exchange(self) -> bool:
        message = await http.read(self._reader, self._writer)
        if message is None:
            if self._reader.tls_hello:  # http.sys answers TLS on a plain port in clear
                await http.write(self._writer, HttpAnswer(400, "400", close=True))
            return False
        answer = await self._unless_gone(message)
        if answer is None:
            return False
        if self._service.latency:
            # The first answer also pays for the round trips of the handshakes.
            trips = 1 + (2 if self._tls else 1) * self._first
            await asyncio.sleep(self._service.latency * trips)
        self._first = False
        self._service.traffic.add(self.host, answer.action)
        return await http.write(self._writer, answer) and message.headers.get("connection", "").lower() != "close"

    async def _unless_gone(self, message: HttpRequest) -> HttpAnswer | None:
        """Answer `message`; None if the client goes meanwhile, as it may during a long poll."""
        task = asyncio.create_task(self._answer(message))
        try:
            await asyncio.wait({task, self._reader.gone}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            task.cancel()

    async def _answer(self, message: HttpRequest) -> HttpAnswer:
        fault = self._service.faults.match(self.host, "request")
        if fault is not None and (answer := await self._disturb(fault)) is not None:
            return answer
        if message.path.split("?")[0].strip("/") != "wsman":
            return HttpAnswer(404, "404")
        if message.method != "POST":
            return HttpAnswer(405, "405")
        if b"wsmanidentity.xsd" in message.body[:400] and b"Identify" in message.body[:1024]:
            return HttpAnswer(200, "Identify", soap.IDENTIFY_RESPONSE.encode(), soap.CONTENT_TYPE)
        schemes = fault.schemes if fault is not None and fault.kind == "schemes" else self._service.auth
        user, challenges, refused = self._sign_in.step(message.headers.get("authorization"), schemes)
        if refused is not None:
            self._service.traffic.refused_logons[self.host, refused] += 1
        if user is None:
            return HttpAnswer(401, "401", challenges=challenges)
        if not message.body:
            return HttpAnswer(200, "sign-in", challenges=challenges)
        answer = await self._open(user, message)
        answer.challenges = challenges
        return answer

    async def _open(self, user: str, message: HttpRequest) -> HttpAnswer:
        """Answer a message of a user who has signed in, decrypting it first where need be."""
        body, protocol = message.body, None
        if message.headers.get("content-type", "").startswith("multipart/"):
            try:
                body, protocol = encryption.unwrap(self._sign_in.context, body)
            except Exception as error:  # whatever the context raises, http.sys answers 400 and no XML
                log.debug("message to %s not decrypted: %r", self.host, error)
                return HttpAnswer(400, "undecryptable")
        elif self._tls is None and not self._service.allow_unencrypted:
            return HttpAnswer(500, "unencrypted refused")
        try:
            request = Request.parse(body)
        except (ET.ParseError, ValueError):
            return HttpAnswer(400, "no envelope")
        answer = await self._perform(user, request)
        if protocol and answer.content_type == soap.CONTENT_TYPE:
            answer.content_type, answer.body = encryption.wrap(self._sign_in.context, answer.body, protocol)
        return answer

    async def _perform(self, user: str, request: Request) -> HttpAnswer:
        fault = self._service.faults.match(self.host, request.verb)
        if fault is not None and (answer := await self._disturb(fault)) is not None:
            return answer
        status, action = 200, request.verb
        try:
            if fault is not None and fault.kind == "wsman":
                raise WsmanFault(fault.code, fault.subcode, fault.reason)
            if fault is not None and fault.kind == "relates":
                text = soap.answer(f"{request.action}Response", f"uuid:{uuid.uuid4()}", "")
            else:
                text = await self._actions.perform(user, request)
        except WsmanFault as error:
            text, status = soap.fault(error, request.message_id, self.host), 500
            action = f"{request.verb}-fault{error.code}"
        answer = HttpAnswer(status, action, text.encode(), soap.CONTENT_TYPE)
        answer.cut = fault is not None and fault.kind == "cut"
        answer.drip = fault.seconds if fault is not None and fault.kind == "drip" else None
        return answer

    async def _disturb(self, fault: Fault) -> HttpAnswer | None:
        """Do what the fault does before the request is looked at; None if the request is to go on."""
        match fault.kind:
            case "delay":
                await asyncio.sleep(fault.seconds)
            case "silent":
                await asyncio.get_running_loop().create_future()  # until the client or the server ends it
            case "reset" | "close":
                raise Dropped(by_reset=fault.kind == "reset")
            case "reboot":
                self._service.reboot(self.host)
                raise Dropped(by_reset=True)
            case "http":
                return HttpAnswer(fault.status, f"injected {fault.status}", fault.body.encode(), fault.content_type)
            case _:
                pass
        return None
