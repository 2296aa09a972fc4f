"""The internet endpoints of Site Recovery: which names are known, through which proxy, and what an attempt means.

Wildcards of the published list cannot be tried. Names come from the registration key and the estate alone; a name that
only might exist is never tried. Each of them is needed. Of a certificate the issuer is known and no more: an authority
that is not the service's is told, a copied name cannot be, and trust of the chain is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checks.common.issued import parts_of
from checks.common.own import is_itself
from checks.common.parts import clip, combine, listing
from checks.common.probing import TLS, attempts, endpoint, probe, reason
from checks.reach.way_out import way_of
from scanner.api import Ask, Gap, Status, Verdict, View, by_text, failed, joined, passed, tell, unknown
from scanner.facts.keyfile import RegistrationKey
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import AsrProxySettings
from scanner.facts.winhttp import WinHttpProxy

FACTS = (RegistrationKey, AsrProxySettings, WinHttpProxy, EndpointProbe)
"""What a check that uses this module must declare."""

PUBLIC = (
    "login.microsoftonline.com", "*.hypervrecoverymanager.windowsazure.com", "*.backup.windowsazure.com",
    "*.blob.core.windows.net", "*.store.core.windows.net", "time.windows.com", "time.nist.gov",
)  # fmt: skip
GOVERNMENT = (
    "login.microsoftonline.us", "*.hypervrecoverymanager.windowsazure.us", "*.backup.windowsazure.us",
    "*.blob.core.usgovcloudapi.net", "time.nist.gov",
)  # fmt: skip
CHINA = (
    "login.chinacloudapi.cn", "*.hypervrecoverymanager.windowsazure.cn", "*.backup.windowsazure.cn",
    "*.blob.core.chinacloudapi.cn", "time.windows.com",
)  # fmt: skip
FORMER, FORMER_SIGN_IN = "accesscontrol.windows.net", "*.accesscontrol.windows.net"
"""where a key of the former kind signs in, in place of the first of the list"""
GOVERNMENT_NAMES = (".windowsazure.us", ".microsoftonline.us", ".usgovcloudapi.net")
CHINA_NAMES = (".windowsazure.cn", ".chinacloudapi.cn")
AUTHORITIES = ("Microsoft Corporation", "DigiCert Inc", "DigiCert, Inc.", "DigiCert Inc.")
"""Organisations whose authorities issue the service's certificates; another one hints at inspection of TLS."""
OK = 200
"""HTTP status by which a proxy lets a CONNECT through."""
NO_TLS = tell(
    "Let TLS 1.2 through: enable it on the machine (SCHANNEL, client side), and on what inspects TLS on the way."
)
NAMED = tell("a key file names them, or [site_recovery] endpoints")


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
        unread += [
            tell("RegistrationKey of {path}: {problem}", path=key.path, problem=clip(by_text(r.problem)))
            for r in rows
            if r.problem and not r.endpoints
        ]
    return Endpoints(tuple(names), tuple(unread), _published(locations, names))


def _published(locations: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    places = [location.replace(" ", "").lower() for location in locations]
    if any(p.startswith(("usgov", "usdod")) for p in places) or any(n.endswith(GOVERNMENT_NAMES) for n in names):
        return GOVERNMENT
    if any(p.startswith("china") for p in places) or any(n.endswith(CHINA_NAMES) for n in names):
        return CHINA
    return (FORMER_SIGN_IN, *PUBLIC[1:]) if any(n.endswith(f".{FORMER}") for n in names) else PUBLIC


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
        return unknown(
            tell("no endpoint is known by name: {named}; allow {allow} on TCP {tls}", named=NAMED, allow=allow, tls=TLS)
        )
    verdict = combine(parts)
    if verdict.status is Status.PASS:
        return replace(
            verdict, note=joined("; ", filter(None, (verdict.note, tell("allow also {allow}", allow=allow))))
        )
    return verdict


def _reached(view: View, machine: str, name: str, proxy: str) -> Verdict:
    target = endpoint(name, TLS, "/tls")
    answer = probe(view, machine, target)
    through = tell(" through {proxy}", proxy=proxy) if proxy else ""
    wanted = tell(
        "{machine} reaches {name} on TCP {tls}{through}", machine=machine, name=clip(name), tls=TLS, through=through
    )
    if isinstance(answer, str):
        return unknown(answer, wanted=wanted)
    if answer.outcome == "Connected":
        return _connected(answer, tell("{name}{through}", name=name, through=through), wanted, proxy)
    if answer.outcome == "ProxyRefused":
        if answer.proxy_status == 407:
            return _wants_a_sign_in(
                view, tell("{name}: the proxy {proxy} wants a sign-in (407)", name=name, proxy=proxy), wanted
            )
        return failed(
            tell(
                "{name}: the proxy {proxy} answers {proxy_status}",
                name=name,
                proxy=proxy,
                proxy_status=answer.proxy_status or tell("with no HTTP status"),
            ),
            wanted,
        )
    why = reason(answer.outcome, machine)
    if not why:
        return unknown(
            tell(
                "EndpointProbe of {machine}: {target}: outcome {clip}",
                machine=machine,
                target=target,
                clip=clip(answer.outcome, 40),
            ),
            wanted=wanted,
        )
    met = tell("the proxy {proxy} to {name}", proxy=proxy, name=name) if proxy else name
    return failed(tell("{met}: {reason}", met=met, reason=why), wanted)


def _wants_a_sign_in(view: View, seen: str, wanted: str) -> Verdict:
    """No attempt bears a password, so a person must have seen that the provider's is taken."""
    witness = view.estate.site_recovery.proxy_seen
    if witness is None:
        how = tell(
            'whoever has seen the provider sign in says so: [site_recovery] proxy_signs_in = "2026-11-20 Jane Doe"'
        )
        return unknown(tell("{seen}, and nobody tried one; {how}", seen=seen, how=how), wanted=wanted)
    day, person = witness
    if day > view.recorded.date():
        return unknown(
            tell("{seen}; the estate says that it was seen on {day}, which is after this record", seen=seen, day=day),
            wanted=wanted,
        )
    return passed(
        seen,
        note=tell("by the estate, {person} saw it take the provider's sign-in on {day}", person=clip(person), day=day),
    )


def _connected(answer: EndpointProbe, met: str, wanted: str, proxy: str) -> Verdict:
    if proxy and answer.proxy_status != OK:
        return unknown(
            tell("{met}: connected, and no proxy said that it let the attempt through ({ok})", met=met, ok=OK),
            wanted=wanted,
        )
    if not proxy and is_itself(answer):
        return unknown(
            tell("{met}: the machine met itself at {remote}; what is there is not told", met=met, remote=answer.remote),
            wanted=wanted,
        )
    if answer.tls_outcome == "Failed":
        return failed(tell("{met}: connected, but TLS 1.2 failed", met=met), wanted, NO_TLS)
    if answer.tls_outcome != "Ok":
        return unknown(tell("{met}: connected, but TLS was not tried: the time was over", met=met), wanted=wanted)
    issuer = answer.certificate_issuer or ""
    foreign = issuer and not _is_known(issuer)
    note = (
        tell("certificate of {met} issued by {issuer}: TLS may be inspected on the way", met=met, issuer=clip(issuer))
        if foreign
        else ""
    )
    return passed(tell("{met} reached", met=met), note=note)


def _is_known(issuer: str) -> bool:
    """Whether the distinguished name is of an authority of the service, by its one organisation."""
    organisations = parts_of(issuer, "O")
    return len(organisations) == 1 and organisations[0] in AUTHORITIES
