"""Whether a certificate serves Hyper-V Replica for a name, by what it says itself and where its key lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from checks.common.parts import clip, listing
from scanner.api import Verdict, failed, passed, unknown, warned
from scanner.facts.certificates import BOTH, OwnCertificate
from scanner.facts.x509 import ANY, CLIENT, SERVER, Said

SOON = timedelta(days=30)
EXCHANGE, SIGNATURE, CNG = 1, 2, (0, 0xFFFFFFFF)
"""dwKeySpec: AT_KEYEXCHANGE, AT_SIGNATURE; of a key of CNG none, or CERT_NCRYPT_KEY_SPEC (wincrypt.h)"""
LEAST_RSA = 1024
"""bits; Windows takes no certificate with fewer (KB 2661254)"""
ANOTHER = (
    "Have a certificate issued for {name} that is for server and client authentication, with a private key for"
    " exchange, put it into LocalMachine\\My of {host}, and choose it for replication there."
)


def covers(pattern: str, name: str) -> bool:
    """Whether a name in a certificate is this one; ``*`` alone as the first label covers exactly one label."""
    written, wanted = pattern.lower().rstrip("."), name.lower().rstrip(".")
    head, _, rest = written.partition(".")
    if head == "*" and rest and "*" not in rest:
        label, _, suffix = wanted.partition(".")
        return bool(label) and suffix == rest
    return written == wanted and "*" not in written


def names_part(told: Said, name: str, seen: str, remedy: str) -> Verdict:
    """Judge whose name a certificate bears."""
    if any(covers(one, name) for one in told.dns_names):
        return passed(f"{seen} is for {name}")
    common = next((one for one in told.common_names if covers(one, name)), None)
    if common is None:
        borne = listing(dict.fromkeys((*told.common_names, *told.dns_names))) or "no name"
        return failed(f"{seen} is for {borne}", f"a certificate for {name}", remedy)
    note = f"{seen}: {clip(common)} stands in the subject alone, which Hyper-V's own analyzer reports"
    return passed(f"{seen} is for {name}", note=note if "*" in common else "")


def own_parts(stored: OwnCertificate, now: datetime, seen: str, remedy: str) -> Iterator[Verdict]:
    """Judge what a certificate says of itself: its time, what it is for, and its key; whoever it is for."""
    told = stored.certificate
    yield _time(told, now, seen, remedy)
    yield _purpose(told, seen, remedy)
    yield _key(stored, seen, remedy)
    yield from _usage(told, seen, remedy)


def _time(told: Said, now: datetime, seen: str, remedy: str) -> Verdict:
    if now < told.not_before:
        return failed(f"{seen} is valid from {told.not_before:%Y-%m-%d %H:%M} UTC on", "one that is valid", remedy)
    until = f"{seen} is valid until {told.not_after:%Y-%m-%d %H:%M} UTC"
    if now > told.not_after:
        return failed(f"{seen} was valid until {told.not_after:%Y-%m-%d %H:%M} UTC", "one that is valid", remedy)
    if told.not_after - now <= SOON:
        works = "it is valid until then; replication stops where no other was chosen before"
        return warned(until, "more than 30 days left", remedy, works=works)
    return passed(until)


def _purpose(told: Said, seen: str, remedy: str) -> Verdict:
    wanted = "a certificate for server and client authentication"
    if told.purposes is None or (ANY in told.purposes and not BOTH.issubset(told.purposes)):
        why = "says nothing of what it is for" if told.purposes is None else "is for any purpose"
        return unknown(f"{seen} {why}; Hyper-V's own analyzer takes none such, and nobody tried", wanted=wanted)
    if BOTH.issubset(told.purposes):
        return passed(f"{seen} is for servers and clients")
    what = {(True, False): "servers alone", (False, True): "clients alone"}
    kind = what.get((SERVER in told.purposes, CLIENT in told.purposes), "neither servers nor clients")
    return failed(f"{seen} is for {kind}", wanted, remedy)


def _key(stored: OwnCertificate, seen: str, remedy: str) -> Verdict:
    wanted = "a private key for exchange"
    if not stored.has_key:
        return failed(f"{seen} has no private key on the machine", wanted, remedy)
    if stored.private_key is None:
        return unknown(f"{seen}: where its private key lies could not be read", wanted=wanted)
    provider, kind = stored.private_key
    if kind == SIGNATURE:
        return failed(f"{seen} has a private key for signatures alone (AT_SIGNATURE)", wanted, remedy)
    if kind in CNG:
        return passed(f"{seen} has a key", note=f"{seen}: its key lies in {clip(provider)}; not verified")
    if kind != EXCHANGE:
        return unknown(f"{seen}: its private key is of the kind {kind}, which is not known", wanted=wanted)
    return passed(f"{seen} has a key")


def _usage(told: Said, seen: str, remedy: str) -> Iterator[Verdict]:
    """What of an RSA key's length and its key usage stands against it."""
    if not told.rsa_bits:
        return
    if told.rsa_bits < LEAST_RSA:
        yield failed(f"{seen} has a key of {told.rsa_bits} bits", f"{LEAST_RSA} bits at least (KB 2661254)", remedy)
    if told.enciphers is False:
        seen, wanted = f"{seen} may not encipher keys (keyEncipherment)", "digitalSignature and keyEncipherment"
        if not told.signs:
            yield unknown(f"{seen}, nor sign (digitalSignature); nobody tried", wanted=wanted)
        else:
            works = "TLS agrees on keys by ECDHE, for which a key that signs will do"
            yield warned(seen, wanted, remedy, works=works)


def find(rows: Iterable[OwnCertificate], thumbprint: str) -> OwnCertificate | None:
    """The certificate of this thumbprint."""
    return next((row for row in rows if row.thumbprint == thumbprint), None)
