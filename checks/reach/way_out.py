"""How a machine goes to the internet: directly, or through which proxy, and which names it reaches past that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from checks.common.parts import clip
from checks.common.probing import PROXY
from scanner.api import Gap, View, tell
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy

DIRECT, WINHTTP = "direct", "winhttp"
"""words of ``site_recovery.proxy`` beside host and port"""
LOCAL = "<local>"
"""in a list of names past the proxy: all without a dot"""
ADVICE = tell(
    'say how it goes out: [site_recovery] proxy = "{winhttp}", "{direct}", or host and port',
    winhttp=WINHTTP,
    direct=DIRECT,
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a machine goes to the internet."""

    proxy: str = ""
    """host:port; empty: directly"""
    bypass: tuple[str, ...] = ()
    """patterns of names that are reached directly nevertheless, lower case"""
    unread: str = ""
    """why the way is not known; empty when it is"""

    def through(self, name: str) -> str:
        """The proxy on the way to a name; empty when there is none."""
        past = any("." not in name if one == LOCAL else fnmatchcase(name, one) for one in self.bypass)
        return "" if past else self.proxy


def way_of(view: View, machine: str) -> Way:
    """The way that the estate declares, else that of the provider's own proxy, else direct.

    The provider can be told to use the settings of WinHTTP, and no value says whether it was. So where these name a
    proxy and nothing else does, the way is not known. Nor is it where the provider's own proxy is not the declared one.
    """
    said, rows = view.estate.site_recovery.proxy, view.ask(AsrProxySettings, machine)
    row = None if isinstance(rows, Gap) else next((row for row in rows if (row.address or "").strip()), None)
    if said:
        way = _declared(view, machine, said)
        if row is None or way.unread or way.proxy.lower() == row.endpoint.lower():
            return way
        own = clip(row.endpoint or row.address or "")
        return Way(
            unread=tell(
                "the estate says {said}, and the provider on {machine} is set to {own}: mend one of them",
                said=clip(said),
                machine=machine,
                own=own,
            )
        )
    if isinstance(rows, Gap):
        return Way(unread=str(rows))
    if row is None:
        return _undeclared(by_winhttp(view, machine), machine)
    if not row.endpoint:
        return Way(
            unread=tell(
                "AsrProxySettings of {machine}: {address} with this port is no proxy",
                machine=machine,
                address=clip(row.address or ""),
            )
        )
    return _through(machine, row.endpoint, row.bypass or "")


def _declared(view: View, machine: str, said: str) -> Way:
    if said == DIRECT:
        return Way()
    return by_winhttp(view, machine) if said == WINHTTP else _through(machine, said, "")


def _undeclared(winhttp: Way, machine: str) -> Way:
    if winhttp == Way():
        return winhttp
    if winhttp.unread:
        return Way(unread=tell("{unread}; {advice}", unread=winhttp.unread, advice=ADVICE))
    proxy = clip(winhttp.proxy)
    return Way(
        unread=tell(
            "WinHTTP of {machine} goes through {proxy}, and whether the provider does is not told; {advice}",
            machine=machine,
            proxy=proxy,
            advice=ADVICE,
        )
    )


def by_winhttp(view: View, machine: str, scheme: str = "https") -> Way:
    """The way that WinHTTP of a machine takes to servers of a scheme. The check must declare ``WinHttpProxy``."""
    rows = view.ask(WinHttpProxy, machine)
    if isinstance(rows, Gap):
        return Way(unread=str(rows))
    for way in (row.way_by(scheme) for row in rows):
        if way.problem:
            return Way(unread=tell("WinHttpProxy of {machine}: {problem}", machine=machine, problem=way.problem))
        return _through(machine, way.proxy, way.bypass) if way.proxy else Way()
    return Way()


def _through(machine: str, proxy: str, bypass: str) -> Way:
    if not PROXY.fullmatch(proxy):
        return Way(
            unread=tell(
                "the proxy {proxy} of {machine} is not written as host:port", proxy=clip(proxy), machine=machine
            )
        )
    return Way(proxy, tuple(p for p in re.split(r"[;,\s]+", bypass[:10_000].lower()) if p))
