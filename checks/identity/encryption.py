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
from scanner.api import Gap, MissingEvidence, Verdict, View, failed, joined, passed, tell, unknown, warned
from scanner.facts.directory import Trust
from scanner.facts.kerberos import KerberosAccount, KerberosPolicy

RC4, AES, SAID = 0x4, 0x18, 0x3F
"""Bits of msDS-SupportedEncryptionTypes (MS-KILE 2.2.7); those above 0x3F are no types."""
DEFAULT = RC4 | AES
"""What Windows takes without a policy, since DES is off (Windows 7 and Windows Server 2008 R2)."""
WITHOUT_RC4 = 26100
WANTED = tell("AES (0x8, 0x10) in common")


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
            names[tell("each controller of {domain}", domain=domain)] = 0
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
        raise MissingEvidence(
            tell(
                "the policy of {host} names none of the encryption types ({encryption_types:#x})",
                host=host,
                encryption_types=row.encryption_types,
            )
        )
    return row.encryption_types


def of_account(view: View, host: str, both: Sides) -> Verdict:
    """Judge the account of a host. The check must declare ComputerSystem, ComputerAccount and KerberosAccount."""
    try:
        system, account = own_account(view, host)
        row = view.derived(KerberosAccount, system.dns_domain, _by_name).get(account.dn.casefold())
    except MissingEvidence as missing:
        return unknown(str(missing))
    if row is None or row.unread:
        why = row.unread if row else tell("it was not told")
        return unknown(
            tell("KerberosAccount of {dns_domain}: {dn}: {why}", dns_domain=system.dns_domain, dn=account.dn, why=why)
        )
    return judged(tell("the account of {host}", host=host), row.encryption_types, both)


def of_trusts(view: View, domains: tuple[str, ...], both: Sides) -> Iterator[Verdict]:
    """Judge both halves of every trust on a way. The check must declare Trust."""
    for near, far in pairwise(domains):
        for holder, partner in ((near, far), (far, near)):
            answer, what = (
                view.ask(Trust, holder),
                tell("the trust of {holder} with {partner}", holder=holder, partner=partner),
            )
            rows = () if isinstance(answer, Gap) else [r for r in answer if r.partner.lower().rstrip(".") == partner]
            if not rows:
                why = answer if isinstance(answer, Gap) else tell("only the other side has it (see ID-02)")
                yield unknown(tell("{what}: {why}", what=what, why=why))
            yield from (
                unknown(tell("{what}: {unread}", what=what, unread=r.unread))
                if r.unread
                else judged(what, r.encryption_types, both)
                for r in rows
            )


def judged(what: str, types: int | None, both: Sides) -> Verdict:
    """Judge what an account or one half of a trust says about encryption types, by what both sides take."""
    seen = tell("{what}: {types:#x}", what=what, types=types or 0)
    if types and not types & SAID:
        return unknown(
            tell("{seen}, which names no encryption type; what controllers make of it nobody tried", seen=seen),
            wanted=WANTED,
        )
    if not types:
        return _unsaid(what, both)
    shared = types & both.allowed
    if shared & AES:
        return passed(tell("{seen}, AES in common", seen=seen))
    if not shared & RC4:
        return _nothing(seen, types, both)
    if both.without_rc4:
        why = tell(
            "{seen}, RC4 alone in common, and {without_rc4} (build {without_rc42} or later) issues none",
            seen=seen,
            without_rc4=listing(both.without_rc4),
            without_rc42=WITHOUT_RC4,
        )
        return unknown(why, wanted=WANTED)
    if both.unknown:
        why = tell(
            "{seen}, RC4 alone in common, and whether {unknown} issues it is not known",
            seen=seen,
            unknown=listing(both.unknown),
        )
        return unknown(why, wanted=WANTED)
    return warned(
        tell("{seen}, RC4 alone in common", seen=seen),
        WANTED,
        works=tell("hosts and controllers of these releases take RC4"),
    )


def _nothing(seen: str, types: int, both: Sides) -> Verdict:
    if both.refusing:
        return failed(
            tell(
                "{seen}, and {refusing} refuses RC4: none in common", seen=seen, refusing=joined(" and ", both.refusing)
            ),
            WANTED,
        )
    if types & AES:
        return failed(
            tell(
                "{seen}, and a policy of the hosts ({allowed:#x}) leaves none in common",
                seen=seen,
                allowed=both.allowed,
            ),
            WANTED,
        )
    return unknown(
        tell("{seen}, neither RC4 nor AES; whether the hosts still take what is left nobody tried", seen=seen),
        wanted=WANTED,
    )


def _unsaid(what: str, both: Sides) -> Verdict:
    """Judge one that says nothing: controllers then take a default, which updates changed."""
    seen = tell("{what} says nothing of encryption types", what=what)
    if both.refusing and both.older:
        why = tell(
            "{seen}, {refusing} refuses RC4, and which default {older} takes",
            seen=seen,
            refusing=joined(" and ", both.refusing),
            older=listing(both.older),
        )
        return unknown(tell("{why} depends on updates that were not read", why=why), wanted=WANTED)
    if not both.allowed & AES:
        return unknown(
            tell("{seen}, and a policy of the hosts refuses AES, the newer default", seen=seen), wanted=WANTED
        )
    return passed(
        seen, note=tell("{what}: controllers take their default, AES with RC4 or AES alone by their updates", what=what)
    )
