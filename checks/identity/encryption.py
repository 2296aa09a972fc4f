"""Which encryption types Kerberos has in common: of an account or a trust, of the hosts' policies, of controllers.

KB 5021131: 0x20 asks for AES in session keys and is no support of AES; what a controller takes for an account that says
nothing changed with updates of 2022-11, and with those of 2026-01 (KB 5073381). KB 4492348: a trust without AES and a
client that refuses RC4 have none in common. Windows Server 2025 (build 26100) issues nothing in RC4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from checks.common.parts import listing
from checks.delegation.account import own_account
from scanner.api import Gap, MissingEvidence, Verdict, View, failed, passed, unknown, warned
from scanner.facts.directory import Trust
from scanner.facts.kerberos import KerberosAccount, KerberosPolicy

RC4, AES, SAID = 0x4, 0x18, 0x3F
"""Bits of msDS-SupportedEncryptionTypes (MS-KILE 2.2.7); those above 0x3F are no types."""
DEFAULT = RC4 | AES
"""What Windows takes without a policy, since DES is off (Windows 7 and Windows Server 2008 R2)."""
WITHOUT_RC4 = 26100
WANTED = "AES (0x8, 0x10) in common"


@dataclass(frozen=True, slots=True)
class Sides:
    """What both hosts take, and who issues their tickets."""

    allowed: int
    refusing: tuple[str, ...]
    """the hosts whose policy refuses RC4"""
    without_rc4: tuple[str, ...]
    """controllers that issue no RC4"""
    older: tuple[str, ...]
    """the others, those whose release is not known among them"""
    unknown: tuple[str, ...]


def sides(view: View, hosts: tuple[str, ...], domains: Iterable[str]) -> Sides:
    """The policies of hosts and the controllers of domains. The check must declare KerberosPolicy and KerberosAccount.

    Raises:
        MissingEvidence: a policy was not read.
    """
    policies = {host: _policy(view, host) for host in hosts}
    allowed = DEFAULT
    for policy in policies.values():
        allowed &= policy
    names: dict[str, int] = {}
    for domain in domains:
        if isinstance(view.ask(KerberosAccount, domain), Gap):
            names[f"each controller of {domain}"] = 0
        else:
            names |= view.derived(KerberosAccount, domain, _controllers)
    return Sides(
        allowed,
        tuple(host for host, policy in policies.items() if not policy & RC4),
        tuple(name for name, build in names.items() if build >= WITHOUT_RC4),
        tuple(name for name, build in names.items() if build < WITHOUT_RC4),
        tuple(name for name, build in names.items() if not build),
    )


def _controllers(rows: tuple[KerberosAccount, ...]) -> dict[str, int]:
    return {row.sam_name.rstrip("$"): 0 if row.unread else row.build for row in rows if row.controller}


def _by_name(rows: tuple[KerberosAccount, ...]) -> dict[str, KerberosAccount]:
    return {row.dn.casefold(): row for row in reversed(rows)}  # of two of one name the first


def _policy(view: View, host: str) -> int:
    row = view.maybe(KerberosPolicy, host)
    if row is None or row.encryption_types is None:
        return DEFAULT
    if not row.encryption_types & SAID:
        raise MissingEvidence(f"the policy of {host} names none of the encryption types ({row.encryption_types:#x})")
    return row.encryption_types


def of_account(view: View, host: str, both: Sides) -> Verdict:
    """Judge the account of a host. The check must declare ComputerSystem, ComputerAccount and KerberosAccount."""
    try:
        system, account = own_account(view, host)
        row = view.derived(KerberosAccount, system.dns_domain, _by_name).get(account.dn.casefold())
    except MissingEvidence as missing:
        return unknown(str(missing))
    if row is None or row.unread:
        why = row.unread if row else "it was not told"
        return unknown(f"KerberosAccount of {system.dns_domain}: {account.dn}: {why}")
    return judged(f"the account of {host}", row.encryption_types, both)


def of_trusts(view: View, domains: tuple[str, ...], both: Sides) -> Iterator[Verdict]:
    """Judge both halves of every trust on a way. The check must declare Trust."""
    for near, far in pairwise(domains):
        for holder, partner in ((near, far), (far, near)):
            answer, what = view.ask(Trust, holder), f"the trust of {holder} with {partner}"
            rows = () if isinstance(answer, Gap) else [r for r in answer if r.partner.lower().rstrip(".") == partner]
            if not rows:
                why = answer if isinstance(answer, Gap) else "only the other side has it (see ID-02)"
                yield unknown(f"{what}: {why}")
            yield from (
                unknown(f"{what}: {r.unread}") if r.unread else judged(what, r.encryption_types, both) for r in rows
            )


def judged(what: str, types: int | None, both: Sides) -> Verdict:
    """Judge what an account or one half of a trust says about encryption types, by what both sides take."""
    seen = f"{what}: {types or 0:#x}"
    if types and not types & SAID:
        return unknown(
            f"{seen}, which names no encryption type; what controllers make of it nobody tried", wanted=WANTED
        )
    if not types:
        return _unsaid(what, both)
    shared = types & both.allowed
    if shared & AES:
        return passed(f"{seen}, AES in common")
    if not shared & RC4:
        return _nothing(seen, types, both)
    if both.without_rc4:
        why = f"{seen}, RC4 alone in common, and {listing(both.without_rc4)} (build {WITHOUT_RC4} or later) issues none"
        return unknown(why, wanted=WANTED)
    if both.unknown:
        why = f"{seen}, RC4 alone in common, and whether {listing(both.unknown)} issues it is not known"
        return unknown(why, wanted=WANTED)
    return warned(f"{seen}, RC4 alone in common", WANTED, works="hosts and controllers of these releases take RC4")


def _nothing(seen: str, types: int, both: Sides) -> Verdict:
    if both.refusing:
        return failed(f"{seen}, and {' and '.join(both.refusing)} refuses RC4: none in common", WANTED)
    if types & AES:
        return failed(f"{seen}, and a policy of the hosts ({both.allowed:#x}) leaves none in common", WANTED)
    return unknown(
        f"{seen}, neither RC4 nor AES; whether the hosts still take what is left nobody tried", wanted=WANTED
    )


def _unsaid(what: str, both: Sides) -> Verdict:
    """Judge one that says nothing: controllers then take a default, which updates changed."""
    seen = f"{what} says nothing of encryption types"
    if both.refusing and both.older:
        why = f"{seen}, {' and '.join(both.refusing)} refuses RC4, and which default {listing(both.older)} takes"
        return unknown(f"{why} depends on updates that were not read", wanted=WANTED)
    if not both.allowed & AES:
        return unknown(f"{seen}, and a policy of the hosts refuses AES, the newer default", wanted=WANTED)
    return passed(seen, note=f"{what}: controllers take their default, AES with RC4 or AES alone by their updates")
