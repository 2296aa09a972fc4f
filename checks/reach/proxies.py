"""Whether what the estate says of the proxy, what the provider is set to, and what WinHTTP is set to, go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.common.parts import clip
from checks.common.probing import PROXY, attempts, endpoint, reached
from checks.reach.way_out import DIRECT, WINHTTP, way_of
from scanner.api import Ask, MissingEvidence, Verdict, View, failed, passed, unknown, warned
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy

MEND = (
    "Correct [site_recovery] proxy, or set the provider's proxy to the declared one: register again with /proxyAddress"
    " and /proxyport (DRConfigurator.exe)."
)
ONE = "one proxy, for all that say which"


@dataclass(frozen=True, slots=True)
class Said:
    """What each says, as host:port in small letters; empty: no proxy."""

    estate: str
    """or one of the words of ``site_recovery.proxy``; empty: nothing said"""
    provider: str
    winhttp: str


def proxy_asks(view: View, machine: str) -> Iterator[Ask]:
    """The question whether the machine reaches the proxy that it goes through; none while that is not known."""
    way = way_of(view, machine)
    if way.proxy and not way.unread:
        yield from attempts(machine, _door(way.proxy))


def _door(proxy: str) -> str:
    host, _, port = proxy.rpartition(":")
    return endpoint(host.strip("[]"), int(port)) if PROXY.fullmatch(proxy) else ""


def proxies(view: View, machine: str, *, provider: bool) -> Iterator[Verdict]:
    """The verdicts on a machine, on which the provider runs or not.

    Raises:
        MissingEvidence: its settings could not be read, or are not understood.
    """
    said = Said(view.estate.site_recovery.proxy.lower(), _provider(view, machine), _winhttp(view, machine))
    if problem := _against(said):
        yield failed(problem, ONE, MEND)
        return
    way = way_of(view, machine)
    if way.unread:
        yield unknown(way.unread, wanted=ONE)
        return
    if way.proxy:
        yield reached(view, machine, _door(way.proxy))
    else:
        yield passed("directly", note=f"WinHTTP is set to {clip(said.winhttp)}" if said.winhttp else "")
    if way.proxy and said.winhttp not in ("", way.proxy.lower()):
        works = f"the way goes through {clip(way.proxy)}, and RCH-07 and RCH-08 try that"
        yield warned(f"WinHTTP is set to {clip(said.winhttp)}, and the way is another", ONE, works=works)
    if provider and way.proxy and not said.provider and said.winhttp != way.proxy.lower():
        yield _untold(view, way.proxy)


def _untold(view: View, proxy: str) -> Verdict:
    """What it means that the provider was not told of the declared proxy, nor finds it set for WinHTTP."""
    if view.estate.site_recovery.registered:
        reason = f"the estate says {clip(proxy)}, and neither the provider nor WinHTTP is set to it"
        return unknown(reason, wanted=ONE)
    return passed("", note="the proxy is given before the provider is installed, or when the server is registered")


def _provider(view: View, machine: str) -> str:
    for row in view.rows(AsrProxySettings, machine):
        if row.address is None and row.port is None and row.bypass is None:
            raise MissingEvidence(f"AsrProxySettings of {machine}: it holds values, and none that is known")
        if row.address and not row.endpoint:
            raise MissingEvidence(f"AsrProxySettings of {machine}: {clip(row.address)} with this port is no proxy")
        return row.endpoint.lower()
    return ""


def _winhttp(view: View, machine: str) -> str:
    for row in view.rows(WinHttpProxy, machine):
        if row.way.problem:
            raise MissingEvidence(f"WinHttpProxy of {machine}: {row.way.problem}")
        return row.way.proxy.lower()
    return ""


def _against(said: Said) -> str:
    """What the estate says against the provider's own proxy; empty if nothing, or one of them says nothing."""
    meant = {DIRECT: "", WINHTTP: said.winhttp}.get(said.estate, said.estate)
    if not said.estate or not said.provider or meant == said.provider:
        return ""
    of_winhttp = f", which is set to {clip(said.winhttp) or 'no proxy'}" if said.estate == WINHTTP else ""
    return f"the estate says {clip(said.estate)}{of_winhttp}, and the provider is set to {clip(said.provider)}"
