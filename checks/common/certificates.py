"""Whether a certificate serves Hyper-V Replica for a name, by what it says itself and where its key lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from checks.common.parts import clip, listing
from scanner.api import Verdict, failed, passed, tell, unknown, warned
from scanner.facts.certificates import BOTH, OwnCertificate
from scanner.facts.x509 import ANY, CLIENT, SERVER, Said

SOON = timedelta(days=30)
EXCHANGE, SIGNATURE, CNG = 1, 2, (0, 0xFFFFFFFF)
"""dwKeySpec: AT_KEYEXCHANGE, AT_SIGNATURE; of a key of CNG none, or CERT_NCRYPT_KEY_SPEC (wincrypt.h)"""
LEAST_RSA = 1024
"""bits; Windows takes no certificate with fewer (KB 2661254)"""


def another(name: str, host: str) -> str:
    """What to do about a certificate that will not do."""
    return tell(
        "Have a certificate issued for {name} that is for server and client authentication, with a private key for "
        "exchange, put it into LocalMachine\\My of {host}, and choose it for replication there.",
        name=name,
        host=host,
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
        return passed(tell("{seen} is for {name}", seen=seen, name=name))
    common = next((one for one in told.common_names if covers(one, name)), None)
    if common is None:
        borne = listing(dict.fromkeys((*told.common_names, *told.dns_names))) or tell("no name")
        return failed(
            tell("{seen} is for {borne}", seen=seen, borne=borne), tell("a certificate for {name}", name=name), remedy
        )
    note = tell(
        "{seen}: {common} stands in the subject alone, which Hyper-V's own analyzer reports",
        seen=seen,
        common=clip(common),
    )
    return passed(tell("{seen} is for {name}", seen=seen, name=name), note=note if "*" in common else "")


def own_parts(stored: OwnCertificate, now: datetime, seen: str, remedy: str) -> Iterator[Verdict]:
    """Judge what a certificate says of itself: its time, what it is for, and its key; whoever it is for."""
    told = stored.certificate
    yield _time(told, now, seen, remedy)
    yield _purpose(told, seen, remedy)
    yield _key(stored, seen, remedy)
    yield from _usage(told, seen, remedy)


def _time(told: Said, now: datetime, seen: str, remedy: str) -> Verdict:
    if now < told.not_before:
        return failed(
            tell("{seen} is valid from {not_before:%Y-%m-%d %H:%M} UTC on", seen=seen, not_before=told.not_before),
            tell("one that is valid"),
            remedy,
        )
    until = tell("{seen} is valid until {not_after:%Y-%m-%d %H:%M} UTC", seen=seen, not_after=told.not_after)
    if now > told.not_after:
        return failed(
            tell("{seen} was valid until {not_after:%Y-%m-%d %H:%M} UTC", seen=seen, not_after=told.not_after),
            tell("one that is valid"),
            remedy,
        )
    if told.not_after - now <= SOON:
        works = tell("it is valid until then; replication stops where no other was chosen before")
        return warned(until, tell("more than 30 days left"), remedy, works=works)
    return passed(until)


def _purpose(told: Said, seen: str, remedy: str) -> Verdict:
    wanted = tell("a certificate for server and client authentication")
    if told.purposes is None or (ANY in told.purposes and not BOTH.issubset(told.purposes)):
        why = tell("says nothing of what it is for") if told.purposes is None else tell("is for any purpose")
        return unknown(
            tell("{seen} {why}; Hyper-V's own analyzer takes none such, and nobody tried", seen=seen, why=why),
            wanted=wanted,
        )
    if BOTH.issubset(told.purposes):
        return passed(tell("{seen} is for servers and clients", seen=seen))
    what = {(True, False): tell("servers alone"), (False, True): tell("clients alone")}
    kind = what.get((SERVER in told.purposes, CLIENT in told.purposes), tell("neither servers nor clients"))
    return failed(tell("{seen} is for {kind}", seen=seen, kind=kind), wanted, remedy)


def _key(stored: OwnCertificate, seen: str, remedy: str) -> Verdict:
    wanted = tell("a private key for exchange")
    if not stored.has_key:
        return failed(tell("{seen} has no private key on the machine", seen=seen), wanted, remedy)
    if stored.private_key is None:
        return unknown(tell("{seen}: where its private key lies could not be read", seen=seen), wanted=wanted)
    provider, kind = stored.private_key
    if kind == SIGNATURE:
        return failed(tell("{seen} has a private key for signatures alone (AT_SIGNATURE)", seen=seen), wanted, remedy)
    if kind in CNG:
        return passed(
            tell("{seen} has a key", seen=seen),
            note=tell("{seen}: its key lies in {provider}; not verified", seen=seen, provider=clip(provider)),
        )
    if kind != EXCHANGE:
        return unknown(
            tell("{seen}: its private key is of the kind {kind}, which is not known", seen=seen, kind=kind),
            wanted=wanted,
        )
    return passed(tell("{seen} has a key", seen=seen))


def _usage(told: Said, seen: str, remedy: str) -> Iterator[Verdict]:
    """What of an RSA key's length and its key usage stands against it."""
    if not told.rsa_bits:
        return
    if told.rsa_bits < LEAST_RSA:
        yield failed(
            tell("{seen} has a key of {rsa_bits} bits", seen=seen, rsa_bits=told.rsa_bits),
            tell("{least_rsa} bits at least (KB 2661254)", least_rsa=LEAST_RSA),
            remedy,
        )
    if told.enciphers is False:
        seen, wanted = (
            tell("{seen} may not encipher keys (keyEncipherment)", seen=seen),
            tell("digitalSignature and keyEncipherment"),
        )
        if not told.signs:
            yield unknown(tell("{seen}, nor sign (digitalSignature); nobody tried", seen=seen), wanted=wanted)
        else:
            works = tell("TLS agrees on keys by ECDHE, for which a key that signs will do")
            yield warned(seen, wanted, remedy, works=works)


def find(rows: Iterable[OwnCertificate], thumbprint: str) -> OwnCertificate | None:
    """The certificate of this thumbprint."""
    return next((row for row in rows if row.thumbprint == thumbprint), None)
