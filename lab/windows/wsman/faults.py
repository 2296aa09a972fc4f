"""Faults as data: what a machine does wrong, where, and at which occurrence.

A fault belongs to one machine and takes effect at a place:

    connect   a TCP connection was accepted; nothing was read yet
    request   any request, before it is authenticated
    <action>  a WSMan action: Create, Command, Send, Receive, Signal, Delete, Get
    output    the runner yielded an output
    finish    the runner came to its end

Kinds, and where they may stand:

    silent       never answers, the connection stays open          everywhere
    reset close  the connection ends by RST or by FIN              all but output and finish
    certificate  another TLS certificate (`certificate`, `key`)    connect
    schemes      only these authentication schemes are offered     request
    reboot       all connections reset, all shells forgotten       request, actions
    http         an answer without SOAP: `status`, `body`          request, actions
    wsman        a WSMan fault: `code`, `subcode`, `reason`        actions
    relates      an answer to another message                      actions
    cut          the answer ends in the middle                     actions
    drip         the answer comes byte by byte, `seconds` apart    actions
    delay        the answer comes `seconds` later                  request, actions
    progress     progress records for ever, `seconds` apart        output, finish
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lab.windows.wsman.soap import WsmanFault, access_denied, too_many_shells

Kind = Literal[
    "silent", "reset", "close", "certificate", "schemes", "reboot", "http", "wsman", "relates", "cut", "drip", "delay",
    "progress",
]  # fmt: skip
ACTIONS = ("Create", "Command", "Send", "Receive", "Signal", "Delete", "Get")
_REQUEST = ("request", *ACTIONS)
_PLACES: dict[str, tuple[str, ...]] = {
    "silent": ("connect", *_REQUEST, "output", "finish"),
    "reset": ("connect", *_REQUEST),
    "close": ("connect", *_REQUEST),
    "certificate": ("connect",),
    "schemes": ("request",),
    "progress": ("output", "finish"),
    "reboot": _REQUEST,
    "http": _REQUEST,
    "delay": _REQUEST,
}


@dataclass(frozen=True)
class Fault:
    """One fault. `nth` names the occurrences since it was set, from 1, at which it acts; empty is every one."""

    kind: Kind
    at: str = "Create"
    nth: tuple[int, ...] = ()
    seconds: float = 0.0
    status: int = 500
    body: str = ""
    content_type: str = "text/html"
    code: int = 0
    subcode: str = "w:InternalError"
    reason: str = ""
    schemes: tuple[str, ...] = ()
    certificate: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        if self.at not in _PLACES.get(self.kind, ACTIONS):
            raise ValueError(f"a fault of kind {self.kind!r} cannot stand at {self.at!r}")


def _answered(fault: WsmanFault) -> Fault:
    return Fault("wsman", code=fault.code, subcode=fault.subcode, reason=fault.reason)


CATALOGUE: Mapping[str, Fault] = {
    "silent": Fault("silent", at="connect"),
    "reset": Fault("reset", at="connect"),
    "close": Fault("close", at="connect"),
    "hang": Fault("silent"),
    "hang in pipeline": Fault("silent", at="output", nth=(1,)),
    "endless progress": Fault("progress", at="output", seconds=0.2),
    "drip": Fault("drip", seconds=0.5),
    "cut": Fault("cut"),
    "unavailable": Fault("http", at="request", status=503),
    "forbidden": Fault("http", at="request", status=403),
    "not found": Fault("http", at="request", status=404),
    "error page": Fault("http", status=500, body="<html><body><h1>oops</h1></body></html>"),
    "error text": Fault("http", status=500, body="oops", content_type="text/plain"),
    "captive portal": Fault("http", status=200, body="<html><body>proxy login<br></body></html>"),
    "garbage": Fault("http", status=200, body="<s:Envelope \x00\xff", content_type="application/soap+xml"),
    "access denied": _answered(access_denied()),
    "shell quota": _answered(too_many_shells(30)),
    "wrong relates-to": Fault("relates"),
    "kerberos only": Fault("schemes", at="request", schemes=("kerberos",)),
    "basic only": Fault("schemes", at="request", schemes=("basic",)),
    "reboot": Fault("reboot", at="Receive", nth=(3,)),
}
"""Faults by name, for state files and tables of tests."""


def hang_after(outputs: int) -> Fault:
    """Return the fault of a pipeline that goes silent once it has sent that many outputs."""
    return replace(CATALOGUE["hang in pipeline"], nth=(outputs + 1,))


class FaultBook:
    """The faults of all machines. Any thread may change it at any time; a machine without faults never waits for it."""

    def __init__(self, faults: Mapping[str, Sequence[Fault]] | None = None) -> None:
        self._lock = threading.Lock()
        self._armed: dict[str, list[tuple[Fault, list[int]]]] = {}
        for host, several in (faults or {}).items():
            self.set(host, *several)

    def set(self, host: str, *faults: Fault) -> None:
        """Give `host` these faults instead of those it had; counting starts anew."""
        with self._lock:
            self._armed[host] = [(fault, [0]) for fault in faults]

    def clear(self, host: str | None = None) -> None:
        """Mend `host`, or every machine."""
        with self._lock:
            if host is None:
                self._armed.clear()
            else:
                self._armed.pop(host, None)

    def match(self, host: str, at: str) -> Fault | None:
        """Count an occurrence at `at` and return the first fault that acts now."""
        with self._lock:
            found = None
            for fault, count in self._armed.get(host, ()):
                if fault.at != at:
                    continue
                count[0] += 1
                if found is None and (not fault.nth or count[0] in fault.nth):
                    found = fault
            return found
