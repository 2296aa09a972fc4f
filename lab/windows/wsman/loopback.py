"""An endpoint on loopback to try out: a runner made of a function, and a pypsrp client for every way to sign in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from lab.windows.wsman.certificates import Certificates
from lab.windows.wsman.pipeline import Event, Output, PipelineRequest
from lab.windows.wsman.server import Listener, WsmanServer
from lab.windows.wsman.thread import ServerThread
from lab.windows.wsman.tls import Tls

HTTP, HTTPS = 5985, 5986
PASSWORD = "Passw0rd!"
USERS = {"admin": PASSWORD, "CORP\\svc": PASSWORD}
MODES = (
    "basic-http", "basic-https", "ntlm-http", "ntlm-https", "negotiate-http", "negotiate-https",
    "negotiate-https-encrypted", "credssp-http", "credssp-https", "certificate-https",
)  # fmt: skip
Events = Callable[[PipelineRequest], Iterator[Event]]


class Function:
    """A runner made of a function."""

    def __init__(self, answer: Events) -> None:
        self._answer = answer

    def run(self, request: PipelineRequest) -> Iterator[Event]:
        """Run one pipeline."""
        return self._answer(request)


def echo(request: PipelineRequest) -> Iterator[Event]:
    """Answer the first command itself."""
    yield Output(request.steps[0].name)


def outputs(*values: object) -> Events:
    """Return a function that answers these values."""
    return lambda _request: iter([Output(value) for value in values])


def address(block: int, number: int = 1) -> str:
    """Return a loopback address of this process alone; `block` (1-254) keeps test files apart."""
    return f"127.{block}.{os.getpid() % 250}.{number}"


def serve(where: str, certificates: Certificates, answer: Events = echo, **settings: Any) -> ServerThread:
    """Return a server of one machine on the two ports of WinRM, open to every sign-in; `settings` change it."""
    tls = Tls(certificates.server.certificate, certificates.server.key, certificates.ca)
    defaults: dict[str, Any] = {
        "listeners": [Listener(where, HTTP), Listener(where, HTTPS, tls)],
        "users": USERS,
        "auth": ("negotiate", "kerberos", "ntlm", "credssp", "basic", "certificate"),
    }
    return ServerThread(WsmanServer(Function(answer), **(defaults | settings)))


def connect(where: str, certificates: Certificates, mode: str = "basic-https", **settings: Any) -> WSMan:
    """Return a client that signs in by one of `MODES`; `settings` are pypsrp's."""
    scheme, _, rest = mode.partition("-")
    options: dict[str, Any] = {
        "auth": scheme, "no_proxy": True, "reconnection_retries": 0,
        "operation_timeout": 5, "read_timeout": 8, "connection_timeout": 4,
    }  # fmt: skip
    if rest.startswith("https"):
        options |= {"ssl": True, "port": HTTPS, "cert_validation": certificates.ca}
    else:
        options |= {"ssl": False, "port": HTTP}
    if scheme == "certificate":
        client = certificates.client
        options |= {"certificate_pem": client.certificate, "certificate_key_pem": client.key}
    else:
        options |= {"username": "admin", "password": PASSWORD}
    if scheme == "credssp":
        options["credssp_auth_mechanism"] = "ntlm"
    if mode == "basic-http":
        options["encryption"] = "never"
    if rest.endswith("encrypted"):
        options["encryption"] = "always"
    return WSMan(where, **(options | settings))


def ask(wsman: WSMan, script: str = "x", **pool_settings: Any) -> list[Any]:
    """Run one script in a pool of its own, as a scan does; returns its outputs."""
    with wsman, RunspacePool(wsman, **pool_settings) as pool:
        return PowerShell(pool).add_script(script).invoke()
