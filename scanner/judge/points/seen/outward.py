"""Values of the registry whose layout is not documented: proxies, the processor's firmware."""

from __future__ import annotations

from scanner.facts.processor import HIDDEN, Processor, ProcessorFirmware
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import HEAD, PROXY, WinHttpProxy
from scanner.judge.points.reading import Untold, needs_octets, settling, some
from scanner.judge.points.values import text
from scanner.words.point import Told
from scanner.words.recording import Held, Recording

MAKERS = {"genuineintel": 4, "authenticamd": 0}
"""Where in the register the revision stands, by the maker's own word."""
WITH_PROXY = "a host on which a proxy is set for WinHTTP"


@settling
def winhttp(recording: Recording) -> Told:
    """The settings with a proxy end where their two texts end."""
    needs_octets(recording)
    for row in some(recording, WinHttpProxy, WITH_PROXY):
        told = text(row, "WinHttpSettings")
        if told is None:
            raise Untold(f"WinHTTP goes directly: {WITH_PROXY} would tell")
        data = _octets(told)
        if data is None or len(data) < HEAD:
            return Held.FAILS, "WinHttpSettings is no list of octets with a version, a counter and flags"
        end = HEAD
        for _ in range(2):
            end += 4 + int.from_bytes(data[end : end + 4], "little")
        if end > len(data):
            return Held.FAILS, "a text of WinHttpSettings is longer than what is left"
        way = WinHttpProxy(told).way
        if not int.from_bytes(data[8:HEAD], "little") & PROXY:
            raise Untold(f"no proxy is set: {WITH_PROXY} would tell")
        if way.problem or not way.proxy:
            return Held.FAILS, "WinHttpSettings says that there is a proxy, and none can be read from it"
        if any(data[end:]):
            return Held.FAILS, "WinHttpSettings goes on behind the exceptions"
    return Held.HOLDS, "a proxy and its exceptions, after their lengths, and nothing behind them"


def _octets(told: str) -> bytes | None:
    try:
        return bytes.fromhex(told)
    except ValueError:
        return None


@settling
def provider_proxy(recording: Recording) -> Told:
    """The provider's proxy stands under the names that are read."""
    for row in some(recording, AsrProxySettings, "a host with the provider behind a proxy"):
        made = AsrProxySettings(text(row, "ProxyAddress"), text(row, "ProxyPort"), text(row, "BypassProxyURLs"))
        if made.endpoint:
            return Held.HOLDS, "ProxyAddress and ProxyPort name a proxy"
        if made.address or made.port:
            return Held.FAILS, "ProxyAddress and ProxyPort together are no host and no port"
    raise Untold("none of the names has a value: a provider that is known to have a proxy would tell")


@settling
def revision(recording: Recording) -> Told:
    """The revision stands in the half of the register that is the maker's."""
    needs_octets(recording)
    makers = {(text(row, "Manufacturer") or "").lower() for row in some(recording, Processor, "a host")}
    (maker, *others) = makers
    if others or maker not in MAKERS:
        raise Untold("a host whose processors are of Intel or AMD would tell")
    for row in some(recording, ProcessorFirmware, "a host"):
        told = text(row, "Update Revision")
        if not told:
            raise Untold("no revision is told: another host would tell")
        data = _octets(told) or b""
        if len(data) != 8:
            return Held.FAILS, "Update Revision is no register of 8 octets"
        start = MAKERS[maker]
        own, other = (int.from_bytes(part, "little") for part in (data[start : start + 4], data[4 - start :][:4]))
        if HIDDEN in (own, other):
            raise Untold("a hypervisor hides the revision: a machine of its own would tell")
        if not own or other:
            return Held.FAILS, "the half of Update Revision that is the maker's is empty, or the other one is not"
    return Held.HOLDS, f"the {'upper' if MAKERS[maker] else 'lower'} half alone has a revision"
