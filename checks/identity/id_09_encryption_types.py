"""Kerberos needs a type of encryption that host, account, trust and controller all take; without, no ticket is issued.

The accounts of both hosts and, between domains, both halves of each trust on the shortest way are looked at
(msDS-SupportedEncryptionTypes), against the hosts' policies. Passes where AES is in common, and with a note where
nothing is said, since that is not RC4. Without AES in common it fails where a host's policy refuses RC4, is unknown
where a controller of these domains is of build 26100 or later, which issues no RC4, or tells no build, and else warns.
Nothing said is unknown where a host refuses RC4 and a controller is older: its default depends on its updates. 0x20
asks for session keys and is no AES. Does not apply to a host in no domain, and to certificates.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import combine
from checks.identity.domains import domain_of
from checks.identity.encryption import of_account, of_trusts, sides
from checks.identity.kerberos import EVERY, without_kerberos
from checks.identity.paths import way
from scanner.api import Severity, Subject, Verdict, View, Who, check, scopes, unknown
from scanner.facts.directory import ComputerAccount, CrossRef, DomainInfo, Trust
from scanner.facts.host import ComputerSystem
from scanner.facts.kerberos import KerberosAccount, KerberosPolicy


@check(
    id="ID-09",
    title="Trust and computer accounts share an encryption type",
    fails="A trust or a host's account has no encryption type in common with the hosts",
    warns="A trust or a host's account has RC4 alone in common with the hosts",
    severity=Severity.HIGH,
    who=Who.DIRECTORY,
    follows=("ID-01", "ID-02"),
    profiles=EVERY,
    by_profile=True,
    scope=scopes.PAIR,
    seed="beyond seeds",
    needs=(ComputerSystem, ComputerAccount, DomainInfo, CrossRef, Trust, KerberosAccount, KerberosPolicy),
    remedy="Let accounts and trusts take AES (msDS-SupportedEncryptionTypes), then give the trust a new password.",
)
def encryption_types(pair: Subject, view: View) -> Verdict:
    """Judge two hosts once for one kind of move."""
    return without_kerberos(view, *pair.names) or combine(_parts(pair, view))


def _parts(pair: Subject, view: View) -> Iterator[Verdict]:
    here, there = (view.one(ComputerSystem, host) for host in pair.names)
    one, other = domain_of(view, here, there), domain_of(view, there, here)
    domains, lost = way(view, one, other)
    both = sides(view, pair.names, dict.fromkeys((one, other, *domains)))
    yield from (of_account(view, host, both) for host in pair.names)
    yield from of_trusts(view, domains, both)
    if lost:
        yield unknown(lost)
