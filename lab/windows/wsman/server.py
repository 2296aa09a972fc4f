"""The endpoint: listeners for any number of machines, in one loop."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lab.windows.wsman import http
from lab.windows.wsman.authentication import Accounts
from lab.windows.wsman.connection import Connection
from lab.windows.wsman.faults import Fault, FaultBook
from lab.windows.wsman.pipeline import Runner
from lab.windows.wsman.service import Configurations, Service
from lab.windows.wsman.shell import Shell
from lab.windows.wsman.tls import Tls
from lab.windows.wsman.traffic import Traffic

log = logging.getLogger("lab.windows.wsman")
_OPEN_TO_ALL: Configurations = {"Microsoft.PowerShell": None}


@dataclass(frozen=True)
class Listener:
    """Where to listen; port 0 takes a free one."""

    address: str
    port: int
    tls: Tls | None = None


class WsmanServer(Service):
    """WSMan endpoints of machines. Everything public but `faults`, `traffic` and `shells` is set before `start`.

    A machine is told by the address a client connected to: `machines` maps addresses to names; an address that is not
    in it names itself. Settings are those of WinRM: encrypted messages only over http unless `allow_unencrypted`,
    30 shells a user, the schemes in `auth`. Each is told at `Service`.
    """

    def __init__(
        self,
        runner: Runner,
        *,
        listeners: Sequence[Listener],
        machines: Mapping[str, str] | None = None,
        users: Mapping[str, str] | None = None,
        keytab: str | None = None,
        judge: Callable[[str, str], bool] | None = None,
        certificate_users: Mapping[str, str] | None = None,
        auth: Sequence[str] = ("negotiate", "kerberos"),
        configurations: Configurations | Callable[[str], Configurations] = _OPEN_TO_ALL,
        powershell_version: Callable[[str], str] = lambda _host: "5.1.17763.1",
        faults: Mapping[str, Sequence[Fault]] | None = None,
        latency: float = 0.0,
        allow_unencrypted: bool = False,
        max_shells_per_user: int = 30,
        module_progress: bool = True,
        startup_script: bool = False,
    ) -> None:
        self.runner, self.listeners, self.machines = runner, tuple(listeners), dict(machines or {})
        self.accounts = Accounts(users or {}, keytab, judge)
        self.certificate_users = dict(certificate_users or {})
        self.auth = tuple(auth)
        self.configurations_of = configurations if callable(configurations) else lambda _host: configurations
        self.powershell_version = powershell_version
        self.faults = FaultBook(faults)
        self.latency = latency
        self.allow_unencrypted, self.max_shells_per_user = allow_unencrypted, max_shells_per_user
        self.module_progress = module_progress
        self.startup_script = startup_script
        self.traffic = Traffic()
        self.shells: dict[str, Shell] = {}
        self.addresses: list[tuple[str, int]] = []
        """Where it listens, in the order of `listeners`, once started."""
        self._sockets: list[socket.socket] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._connections: set[Connection] = set()
        self._clients: set[socket.socket] = set()
        self._number = 0
        self._fault_tls: dict[Fault, Tls] = {}

    async def start(self) -> None:
        """Listen. OSError if an address cannot be had."""
        for listener in self.listeners:
            family = socket.AF_INET6 if ":" in listener.address else socket.AF_INET
            sock = socket.create_server((listener.address, listener.port), family=family, backlog=1024)
            sock.setblocking(False)
            self._sockets.append(sock)
            self.addresses.append(sock.getsockname()[:2])
            self._listen(sock, listener.tls)

    async def stop(self) -> None:
        """End all connections and shells and stop listening."""
        loop = asyncio.get_running_loop()
        for sock in self._sockets:
            loop.remove_reader(sock)
        clients = list(self._clients)  # tasks that are cancelled before their first step let go of theirs unclosed
        for connection in self._connections:
            connection.drop()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(3):  # transports say goodbye in later turns of the loop
            await asyncio.sleep(0)
        for sock in [*self._sockets, *clients]:
            sock.close()
        for shell in self.shells.values():
            shell.close()
        self.shells.clear()
        self._sockets.clear()
        self.accounts.close()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run `work` in the server's loop until the server stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def reboot(self, host: str) -> None:
        """Reset all connections of `host` and forget its shells. To be called in the server's loop."""
        self.drop_connections(host)
        for shell_id, shell in list(self.shells.items()):
            if shell.host == host:
                del self.shells[shell_id]
                shell.close()

    def drop_connections(self, host: str) -> None:
        """Reset all connections of `host`, as a firewall that forgot them would. To be called in the server's loop."""
        for connection in [each for each in self._connections if each.host == host]:
            connection.drop()

    def _listen(self, sock: socket.socket, tls: Tls | None) -> None:
        if sock.fileno() >= 0:  # it may have stopped since
            asyncio.get_running_loop().add_reader(sock, self._accept, sock, tls)

    def _accept(self, sock: socket.socket, tls: Tls | None) -> None:
        # no sock_accept(): cancelled at the wrong moment, it loses the connection that it took
        loop = asyncio.get_running_loop()
        try:
            client, _ = sock.accept()
        except OSError as error:  # out of file descriptors, or the client is gone already
            log.warning("no connection accepted: %s", error)
            loop.remove_reader(sock)
            loop.call_later(0.1, self._listen, sock, tls)
            return
        client.setblocking(False)
        self._clients.add(client)
        self.spawn(self._serve(client, tls)).add_done_callback(lambda _task: self._clients.discard(client))

    async def _serve(self, client: socket.socket, tls: Tls | None) -> None:
        address: str = client.getsockname()[0]
        host = self.machines.get(address, address)
        self.traffic.connections[host] += 1
        fault = self.faults.match(host, "connect")
        if fault is not None and fault.kind == "certificate" and tls is not None:
            tls = self._fault_tls.setdefault(fault, Tls(fault.certificate, fault.key, tls.client_ca))
        elif fault is not None:
            with client:
                if fault.kind == "silent":
                    await asyncio.get_running_loop().create_future()
                elif fault.kind == "reset":
                    http.reset(client)
            return
        await self._converse(client, host, tls)

    async def _converse(self, client: socket.socket, host: str, tls: Tls | None) -> None:
        loop = asyncio.get_running_loop()
        reader = http.Reader(encrypted=tls is not None)
        protocol = asyncio.StreamReaderProtocol(reader)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            context = tls.context if tls else None
            transport, _ = await loop.connect_accepted_socket(lambda: protocol, client, ssl=context)
        except (OSError, ssl.SSLError) as error:
            log.debug("no TLS with a client of %s: %s", host, error)
            return
        self._number += 1
        writer = asyncio.StreamWriter(transport, protocol, reader, loop)
        connection = Connection(self, self.shells, host, self._number, tls, reader, writer)
        self._connections.add(connection)
        try:
            await connection.serve()
        finally:
            self._connections.discard(connection)
