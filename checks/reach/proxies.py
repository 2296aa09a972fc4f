"""Whether what the estate says of the proxy, what the provider is set to, and what WinHTTP is set to, go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.common.parts import clip
from checks.common.probing import PROXY, TLS, attempts, endpoint, probe, reached, reason
from checks.reach.internet import endpoints
from checks.reach.way_out import DIRECT, WINHTTP, Way, way_of
from scanner.api import Ask, MissingEvidence, Verdict, View, failed, passed, tell, unknown, warned
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy

MEND = tell(
    "Correct [site_recovery] proxy, or set the provider's proxy to the declared one: "
    "register again with /proxyAddress and /proxyport (DRConfigurator.exe)."
)
ONE = tell("one proxy, for all that say which")


@dataclass(frozen=True, slots=True)
class Said:
    """What each says, as host:port in small letters; empty: no proxy."""

    estate: str
    """or one of the words of ``site_recovery.proxy``; empty: nothing said"""
    provider: str
    winhttp: str


def proxy_asks(view: View, machine: str) -> Iterator[Ask]:
    """The question whether the machine reaches the proxy; none where an attempt through it tells, as RCH-07's."""
    way = way_of(view, machine)
    if way.proxy and not way.unread and not _through(view, way):
        yield from attempts(machine, _door(way.proxy))


def _through(view: View, way: Way) -> list[str]:
    """The endpoints that are reached through the proxy."""
    return [name for name in endpoints(view).names if way.through(name)]


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
        yield _answers(view, machine, way)
    else:
        yield passed(
            tell("directly"),
            note=tell("WinHTTP is set to {winhttp}", winhttp=clip(said.winhttp)) if said.winhttp else "",
        )
    if way.proxy and said.winhttp not in ("", way.proxy.lower()):
        works = tell("the way goes through {proxy}, and RCH-07 and RCH-08 try that", proxy=clip(way.proxy))
        yield warned(
            tell("WinHTTP is set to {winhttp}, and the way is another", winhttp=clip(said.winhttp)), ONE, works=works
        )
    if provider and way.proxy and not said.provider and said.winhttp != way.proxy.lower():
        yield _untold(view, way.proxy)


def _answers(view: View, machine: str, way: Way) -> Verdict:
    """Whether the proxy answers, be it with a refusal."""
    names, seen = _through(view, way), tell("through {proxy}", proxy=clip(way.proxy))
    told = [probe(view, machine, endpoint(name, TLS, "/tls")) for name in names]
    rows = [row for row in told if isinstance(row, EndpointProbe)]
    if any(row.outcome == "ProxyRefused" or row.proxy_status is not None for row in rows):
        return passed(tell("{seen}, which answers", seen=seen))
    if rows and len(rows) == len(told) and all(reason(row.outcome, machine) for row in rows):
        return failed(
            tell("{proxy}: {reason}", proxy=clip(way.proxy), reason=reason(rows[0].outcome, machine)),
            tell("{machine} connects to the proxy", machine=machine),
            MEND,
        )
    if names:
        return unknown(
            tell("{seen}: no attempt tells whether it answers", seen=seen),
            wanted=tell("{machine} connects to the proxy", machine=machine),
        )
    return reached(view, machine, _door(way.proxy))


def _untold(view: View, proxy: str) -> Verdict:
    """What it means that the provider was not told of the declared proxy, nor finds it set for WinHTTP."""
    if view.estate.site_recovery.registered:
        reason = tell("the estate says {proxy}, and neither the provider nor WinHTTP is set to it", proxy=clip(proxy))
        return unknown(reason, wanted=ONE)
    return passed(
        "", note=tell("the proxy is given before the provider is installed, or when the server is registered")
    )


def _provider(view: View, machine: str) -> str:
    for row in view.rows(AsrProxySettings, machine):
        if row.address is None and row.port is None and row.bypass is None:
            raise MissingEvidence(
                tell("AsrProxySettings of {machine}: it holds values, and none that is known", machine=machine)
            )
        if row.address and not row.endpoint:
            raise MissingEvidence(
                tell(
                    "AsrProxySettings of {machine}: {address} with this port is no proxy",
                    machine=machine,
                    address=clip(row.address),
                )
            )
        return row.endpoint.lower()
    return ""


def _winhttp(view: View, machine: str) -> str:
    for row in view.rows(WinHttpProxy, machine):
        if row.way.problem:
            raise MissingEvidence(
                tell("WinHttpProxy of {machine}: {problem}", machine=machine, problem=row.way.problem)
            )
        return row.way.proxy.lower()
    return ""


def _against(said: Said) -> str:
    """What the estate says against the provider's own proxy; empty if nothing, or one of them says nothing."""
    meant = {DIRECT: "", WINHTTP: said.winhttp}.get(said.estate, said.estate)
    if not said.estate or not said.provider or meant == said.provider:
        return ""
    of_winhttp = (
        tell(", which is set to {winhttp}", winhttp=clip(said.winhttp) or tell("no proxy"))
        if said.estate == WINHTTP
        else ""
    )
    return tell(
        "the estate says {estate}{of_winhttp}, and the provider is set to {provider}",
        estate=clip(said.estate),
        of_winhttp=of_winhttp,
        provider=clip(said.provider),
    )
