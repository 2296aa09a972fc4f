"""The way of WinHTTP to the internet, which services of a machine take that are told to use its settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scanner.facts.base import WindowsFact, prop, windows_fact
from scanner.facts.octets import as_hex
from scanner.words.query import registry
from scanner.words.telling import tell

PROXY, SCRIPT, SEARCH = 2, 4, 8
"""Flags of the settings: a proxy is named; a script names it; it is searched for. 1 is always set."""
HEAD = 12
"""bytes before the first text: version, counter, flags"""
LONGEST = 100_000
"""digits that are looked at"""


@dataclass(frozen=True, slots=True)
class WinHttpWay:
    """How WinHTTP goes to servers of one scheme."""

    proxy: str = ""
    """``host:port``, as it stands there; empty: directly"""
    bypass: str = ""
    """names that are reached directly nevertheless, as they stand there"""
    problem: str = ""
    """why the way is not known; empty when it is"""


@windows_fact(
    registry(r"SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections"),
    absent=("key",),
    yields="REG",
    no_row="WinHTTP was never told of a proxy: it goes directly",
)
class WinHttpProxy(WindowsFact):
    """What ``netsh winhttp show proxy`` tells in the language of the machine; the layout is not documented.

    Source: public readers of the value; the form of direct access is Microsoft's
    (use-group-policy-apply-winhttp-proxy-settings).
    """

    settings: str | None = prop("WinHttpSettings", "bytes in hexadecimal digits; none: no proxy was ever set")

    @classmethod
    def expand(cls, raw: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
        """Its bytes as text: their order is their meaning, unlike that of a list."""
        yield {**raw, "WinHttpSettings": as_hex(raw["WinHttpSettings"])} if "WinHttpSettings" in raw else raw

    @property
    def way(self) -> WinHttpWay:
        """The way to TLS servers."""
        return self.way_by("https")

    def way_by(self, scheme: str) -> WinHttpWay:
        """The way to servers of ``http`` or of ``https``, which may have proxies of their own."""
        if not self.settings:
            return WinHttpWay()
        try:
            data = bytes.fromhex(self.settings[:LONGEST])
        except ValueError:
            return WinHttpWay(problem=tell("they are no settings of WinHTTP"))
        flags = int.from_bytes(data[8:HEAD], "little")
        servers, after = _text(data, HEAD)
        bypass, _ = _text(data, after)
        if len(data) < HEAD or servers is None or bypass is None:
            return WinHttpWay(problem=tell("they are no settings of WinHTTP, or end too early"))
        if flags & (SCRIPT | SEARCH):
            return WinHttpWay(problem=tell("a script names the proxy, or it is searched for, and neither is followed"))
        return _named(servers, bypass, scheme) if flags & PROXY else WinHttpWay()


def _text(data: bytes, at: int) -> tuple[str | None, int]:
    """A text after its length of 4 bytes, and where it ends; nothing if the data end before."""
    start = at + 4
    end = start + int.from_bytes(data[at:start], "little")
    if start > len(data) or end > len(data):
        return None, len(data)
    return data[start:end].decode("latin-1"), end


def _named(servers: str, bypass: str, scheme: str) -> WinHttpWay:
    """The proxy for a scheme in a list as ``http=p:80;https=p:8080``; one without a scheme is for all."""
    found: dict[str, str] = {}
    for entry in filter(None, re.split(r"[;\s]+", servers)):
        name, equals, server = entry.rpartition("=")
        found.setdefault(name.lower() if equals else "", re.sub(r"^[A-Za-z]+://", "", server).rstrip("/"))
    if not found:
        return WinHttpWay(problem="they name no proxy, and say that there is one")
    return WinHttpWay(found.get(scheme, found.get("", "")), bypass)
