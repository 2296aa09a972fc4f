"""The internet endpoints of Site Recovery: which names are known, through which proxy, and what an attempt means.

Wildcards of the published list cannot be tried. Names come from the registration key and the estate alone; a name that
only might exist is never tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from checks.common.parts import clip, combine, listing
from checks.common.probing import PROXY, REASONS, TLS, attempts, endpoint, probe
from scanner.api import Ask, Gap, Status, Verdict, View, failed, not_applicable, passed, unknown, warned
from scanner.facts.keyfile import RegistrationKey
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings

FACTS = (RegistrationKey, AsrProxySettings, EndpointProbe)
"""What a check that uses this module must declare."""

PUBLIC = (
    "login.microsoftonline.com", "*.hypervrecoverymanager.windowsazure.com", "*.backup.windowsazure.com",
    "*.blob.core.windows.net", "*.store.core.windows.net",
)  # fmt: skip
GOVERNMENT = (
    "login.microsoftonline.us", "*.hypervrecoverymanager.windowsazure.us", "*.backup.windowsazure.us",
    "*.blob.core.usgovcloudapi.net",
)  # fmt: skip
CHINA = (
    "login.chinacloudapi.cn", "*.hypervrecoverymanager.windowsazure.cn", "*.backup.windowsazure.cn",
    "*.blob.core.chinacloudapi.cn",
)  # fmt: skip
GOVERNMENT_NAMES = ("windowsazure.us", "microsoftonline.us", "usgovcloudapi.net")
CHINA_NAMES = ("windowsazure.cn", "chinacloudapi.cn")
ISSUERS = ("microsoft", "digicert", "baltimore")
"""Words in the issuers of the service's own certificates; another issuer hints at inspection of TLS."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """What is known of the service's endpoints."""

    names: tuple[str, ...]
    unread: tuple[str, ...]
    """key files whose endpoints are not known, and why"""
    allow: tuple[str, ...]
    """the published list of the cloud concerned, wildcards included"""


def endpoints(view: View) -> Endpoints:
    """The endpoints that the estate and its key files name."""
    names = dict.fromkeys(n.strip().lower() for n in view.estate.site_recovery.endpoints if "*" not in n)
    locations = [key.location for key in view.estate.key_files]
    unread: list[str] = []
    for key in view.estate.key_files:
        rows = view.ask(RegistrationKey, key.path)
        if isinstance(rows, Gap):
            unread.append(str(rows))
            continue
        names.update((name.lower(), None) for row in rows for name in row.endpoints)
        locations += [row.location for row in rows]
        unread += [f"RegistrationKey of {key.path}: {clip(r.problem)}" for r in rows if r.problem and not r.endpoints]
    return Endpoints(tuple(names), tuple(unread), _published(locations, names))


def _published(locations: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    places = [location.replace(" ", "").lower() for location in locations]
    if any(p.startswith(("usgov", "usdod")) for p in places) or any(n.endswith(GOVERNMENT_NAMES) for n in names):
        return GOVERNMENT
    if any(p.startswith("china") for p in places) or any(n.endswith(CHINA_NAMES) for n in names):
        return CHINA
    return PUBLIC


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
        return "" if any(fnmatchcase(name, pattern) for pattern in self.bypass) else self.proxy


def way_of(view: View, machine: str) -> Way:
    """The machine's way: the proxy that the estate declares, else the one set for the provider on the machine."""
    proxy, bypass = view.estate.site_recovery.proxy, ""
    if not proxy:
        rows = view.ask(AsrProxySettings, machine)
        if isinstance(rows, Gap):
            return Way(unread=str(rows))
        row = next((row for row in rows if (row.address or "").strip()), None)
        if row is None:
            return Way()
        proxy, bypass = row.endpoint, row.bypass or ""
        if not proxy:
            return Way(unread=f"AsrProxySettings of {machine}: {clip(row.address or '')} with this port is no proxy")
    if not PROXY.fullmatch(proxy):
        return Way(unread=f"the proxy {clip(proxy)} of {machine} is not written as host:port")
    return Way(proxy, tuple(p for p in re.split(r"[;,\s]+", bypass[:10_000].lower()) if p))


def internet_asks(view: View, machine: str) -> Iterator[Ask]:
    """The questions whether a machine reaches every endpoint; none while its way is not known."""
    way = way_of(view, machine)
    if not way.unread:
        for name in endpoints(view).names:
            yield from attempts(machine, endpoint(name, TLS, "/tls"), way.through(name))


def reaches_service(view: View, machine: str) -> Verdict:
    """Whether a machine reaches the endpoints of Site Recovery, one verdict for all of them."""
    known = endpoints(view)
    allow = listing(known.allow)
    parts = [unknown(reason) for reason in known.unread]
    way = way_of(view, machine)
    if known.names and way.unread:
        parts.append(unknown(way.unread))
    elif known.names:
        parts += [_reached(view, machine, name, way.through(name)) for name in known.names]
    if not parts:
        return not_applicable(f"no endpoint is known by name; allow {allow} on TCP {TLS}")
    verdict = combine(parts)
    if verdict.status is Status.PASS:
        return replace(verdict, note="; ".join(filter(None, (verdict.note, f"allow also {allow}"))))
    return verdict


def _reached(view: View, machine: str, name: str, proxy: str) -> Verdict:
    target = endpoint(name, TLS, "/tls")
    answer = probe(view, machine, target)
    through = f" through {proxy}" if proxy else ""
    wanted = f"{machine} reaches {clip(name)} on TCP {TLS}{through}"
    if isinstance(answer, str):
        return unknown(answer, wanted=wanted)
    if answer.outcome == "Connected":
        return _connected(answer, f"{name}{through}", wanted)
    if answer.outcome == "ProxyRefused":
        if answer.proxy_status == 407:
            return warned(f"{proxy} wants authentication (407)", wanted, note="signing in to the proxy was not tested")
        return failed(f"{name}: the proxy {proxy} answers {answer.proxy_status or 'with no HTTP status'}", wanted)
    reason = REASONS.get(answer.outcome)
    if reason is None:
        return unknown(f"EndpointProbe of {machine}: {target}: outcome {clip(answer.outcome, 40)}", wanted=wanted)
    met = f"the proxy {proxy} to {name}" if proxy else name
    return failed(f"{met}: {reason.format(machine=machine)}", wanted)


def _connected(answer: EndpointProbe, met: str, wanted: str) -> Verdict:
    if answer.tls_outcome == "Failed":
        return warned(f"{met}: connected, but TLS 1.2 failed", wanted, note="something on the way may inspect TLS")
    issuer = answer.certificate_issuer or ""
    foreign = issuer and not any(word in issuer.lower() for word in ISSUERS)
    note = f"certificate of {met} issued by {clip(issuer)}: TLS may be inspected on the way" if foreign else ""
    return passed(f"{met} reached", note=note)
