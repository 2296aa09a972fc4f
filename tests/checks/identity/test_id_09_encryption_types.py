from __future__ import annotations

from dataclasses import replace

import pytest

from checks.identity.id_09_encryption_types import encryption_types
from scanner.api import GapReason, Profile, Replica, Route, Status
from scanner.facts.directory import ComputerAccount, Trust
from scanner.facts.host import ComputerSystem
from scanner.facts.kerberos import KerberosAccount, KerberosPolicy
from tests.checks.delegation.domain import Known, account, system
from tests.conftest import BRANCH, CORP, HV01, HV02, HV11, Judge, estate

RC4, BOTH, AES, DES = 0x4, 0x1C, 0x18, 0x3
SESSION = 0x20
OLD, NEW = "10.0 (17763)", "10.0 (26100)"
APART = estate(hosts=(HV01, HV11), routes=(Route(HV01, HV11),), domains=(CORP, BRANCH))


def row(sam: str, types: int | None, version: str = OLD, *, controller: bool = False) -> KerberosAccount:
    domain = "branch" if sam in ("HV11", "DCB") else "corp"
    return KerberosAccount(f"CN={sam},DC={domain},DC=example", f"{sam}$", controller, types, version)


def known(
    one: int | None = BOTH, other: int | None = BOTH, *controllers: str, policies: tuple[int | None, ...] = (None, None)
) -> Known:
    """Two hosts of one domain: their accounts, the releases of its controllers, their policies."""
    rows = [row("HV01", one), row("HV02", other)]
    rows += [row(f"DC{place}", BOTH, version, controller=True) for place, version in enumerate(controllers or (OLD,))]
    facts: Known = {(KerberosAccount, CORP): rows, (ComputerAccount, CORP): [account(HV01), account(HV02)]}
    for host, policy in zip((HV01, HV02), policies, strict=True):
        facts |= {(ComputerSystem, host): [system(host)]}
        facts |= {(KerberosPolicy, host): [] if policy is None else [KerberosPolicy(policy)]}
    return facts


REFUSES = 0x7FFFFFF8
"""AES and what will come, without RC4: what guides for hardening set."""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(known(), Status.PASS, id="RC4 and AES"),
        pytest.param(known(AES, AES), Status.PASS, id="AES alone"),
        pytest.param(known(0x8, 0x10), Status.PASS, id="one size of AES each"),
        pytest.param(known(AES | SESSION), Status.PASS, id="AES and session keys"),
        pytest.param(known(RC4), Status.WARN, id="RC4 alone"),
        pytest.param(known(BOTH, RC4), Status.WARN, id="RC4 alone on the other"),
        pytest.param(known(RC4 | SESSION), Status.WARN, id="0x20 is no AES"),
        pytest.param(known(SESSION), Status.UNKNOWN, id="0x20 by itself"),
        pytest.param(known(DES), Status.UNKNOWN, id="DES alone"),
        pytest.param(known(DES, policies=(None, REFUSES)), Status.FAIL, id="DES alone, RC4 refused"),
        pytest.param(known(0x1, policies=(None, REFUSES)), Status.FAIL, id="one kind of DES, RC4 refused"),
        pytest.param(known(policies=(0x1, None)), Status.FAIL, id="a policy of one kind of DES"),
        pytest.param(known(0x80000), Status.UNKNOWN, id="bits that are no types"),
        pytest.param(known(RC4, BOTH, OLD, NEW), Status.UNKNOWN, id="RC4 alone, and a controller that issues none"),
        pytest.param(known(RC4, BOTH, "10.0 (26099)"), Status.WARN, id="the build before it"),
        pytest.param(known(RC4, BOTH, "10.0 (26400)"), Status.UNKNOWN, id="a build after it"),
        pytest.param(known(RC4, BOTH, ""), Status.UNKNOWN, id="RC4 alone, and a controller of no known release"),
        pytest.param(known(RC4, BOTH, "4.17.12-Debian"), Status.UNKNOWN, id="RC4 alone, and one that is no Windows"),
        pytest.param(known(RC4, policies=(REFUSES, None)), Status.FAIL, id="RC4 alone and refused"),
        pytest.param(known(RC4, policies=(None, REFUSES)), Status.FAIL, id="RC4 alone and refused by the other"),
        pytest.param(known(RC4 | SESSION, policies=(AES, None)), Status.FAIL, id="0x24 and refused"),
        pytest.param(
            known(RC4, BOTH, NEW, policies=(REFUSES, None)), Status.FAIL, id="refused, whatever controllers do"
        ),
        pytest.param(known(BOTH, AES, policies=(REFUSES, None)), Status.PASS, id="refused, and AES in common"),
        pytest.param(known(AES, policies=(RC4, None)), Status.FAIL, id="AES alone, and a policy of RC4 alone"),
        pytest.param(known(BOTH, policies=(RC4, None)), Status.WARN, id="a policy of RC4 alone"),
        pytest.param(
            known(BOTH, BOTH, NEW, policies=(RC4, None)), Status.UNKNOWN, id="and controllers that issue none"
        ),
        pytest.param(known(0x8, 0x8, policies=(0x10, None)), Status.FAIL, id="two sizes of AES"),
        pytest.param(known(None), Status.PASS, id="nothing said"),
        pytest.param(known(0, 0), Status.PASS, id="0 is nothing said"),
        pytest.param(known(None, BOTH, NEW), Status.PASS, id="nothing said, newest controllers"),
        pytest.param(
            known(None, policies=(REFUSES, None)), Status.UNKNOWN, id="nothing said, RC4 refused, old controller"
        ),
        pytest.param(known(None, BOTH, NEW, policies=(AES, None)), Status.PASS, id="nothing said, refused, new alone"),
        pytest.param(known(None, BOTH, NEW, OLD, policies=(AES, None)), Status.UNKNOWN, id="one of them is old"),
        pytest.param(known(None, policies=(RC4, None)), Status.UNKNOWN, id="nothing said, and a policy of RC4 alone"),
        pytest.param(known(policies=(0, None)), Status.UNKNOWN, id="a policy of nothing"),
    ],
)
def test_in_one_domain(judge: Judge, facts, expected):
    finding = judge(encryption_types, facts, estate())
    assert finding.status is expected, finding
    assert bool(finding.works) is (expected is Status.WARN)


def test_whether_a_controller_that_was_not_read_whole_issues_rc4_is_not_known(judge: Judge):
    facts = known(RC4)
    rows = facts[KerberosAccount, CORP]
    assert isinstance(rows, list)
    facts[KerberosAccount, CORP] = [*rows[:2], replace(rows[2], unread="its version is torn")]
    assert judge(encryption_types, facts, estate()).status is Status.UNKNOWN


def test_what_is_not_said_is_a_note_and_never_rc4(judge: Judge):
    finding = judge(encryption_types, known(None), estate())
    assert "default" in finding.note


def two(*trusts: tuple[str, str, int | None], attributes: int = 0x8, **words: object) -> Known:
    """HV01 in corp and HV11 in branch, and halves of trusts: holder, partner, types."""
    facts = known(**words)  # type: ignore[arg-type]
    for host in (HV02,):
        del facts[ComputerSystem, host]
        facts[KerberosPolicy, HV11] = facts.pop((KerberosPolicy, host))
    facts |= {(ComputerSystem, HV11): [system(HV11)], (ComputerAccount, BRANCH): [account(HV11)]}
    facts |= {(KerberosAccount, BRANCH): [row("HV11", BOTH), row("DCB", BOTH, controller=True)]}
    for domain in dict.fromkeys(holder for holder, _, _ in trusts):
        facts[Trust, domain] = [
            Trust(partner, "X", 3, 2, attributes, (), "", types)
            for holder, partner, types in trusts
            if holder == domain
        ]
    return facts


ROOT = "root.example"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(two((CORP, BRANCH, AES), (BRANCH, CORP, AES)), Status.PASS, id="AES"),
        pytest.param(two((CORP, BRANCH, None), (BRANCH, CORP, 0)), Status.PASS, id="nothing said"),
        pytest.param(two((CORP, BRANCH, AES), (BRANCH, CORP, RC4)), Status.WARN, id="RC4 on the other side"),
        pytest.param(
            two((CORP, BRANCH, RC4), (BRANCH, CORP, AES), policies=(REFUSES, None)), Status.FAIL, id="RC4 and refused"
        ),
        pytest.param(two((CORP, BRANCH, AES)), Status.UNKNOWN, id="the other half unread"),
        pytest.param(
            two((CORP, BRANCH, RC4), policies=(REFUSES, None)), Status.FAIL, id="the other half unread, and it fails"
        ),
        pytest.param(two((CORP, BRANCH, AES)) | {(Trust, BRANCH): []}, Status.UNKNOWN, id="the other half is gone"),
        pytest.param(two(), Status.UNKNOWN, id="no trust was read"),
        pytest.param(two() | {(Trust, CORP): []}, Status.UNKNOWN, id="no trust"),
        pytest.param(
            two((CORP, BRANCH, AES), (BRANCH, CORP, AES), attributes=0), Status.PASS, id="an external trust of the two"
        ),
        pytest.param(
            two((CORP, ROOT, AES), (ROOT, CORP, AES), (ROOT, BRANCH, AES), (BRANCH, ROOT, AES), attributes=0x20)
            | {(KerberosAccount, ROOT): [row("DCR", BOTH, controller=True)]},
            Status.PASS,
            id="by the root",
        ),
        pytest.param(
            two((CORP, ROOT, AES), (ROOT, CORP, AES), (ROOT, BRANCH, RC4), (BRANCH, ROOT, AES), attributes=0x20)
            | {(KerberosAccount, ROOT): [row("DCR", BOTH, controller=True)]},
            Status.WARN,
            id="RC4 behind the root",
        ),
        pytest.param(
            two((CORP, ROOT, AES), (ROOT, CORP, AES), (ROOT, BRANCH, RC4), (BRANCH, ROOT, AES), attributes=0x20)
            | {(KerberosAccount, ROOT): [row("DCR", BOTH, NEW, controller=True)]},
            Status.UNKNOWN,
            id="RC4 behind the root, whose controller issues none",
        ),
        pytest.param(
            two((CORP, ROOT, AES), (ROOT, CORP, AES), (ROOT, BRANCH, RC4), (BRANCH, ROOT, AES), attributes=0x20),
            Status.UNKNOWN,
            id="RC4 behind the root, whose controllers were not read",
        ),
        *(
            pytest.param(
                two((CORP, ROOT, AES), (ROOT, CORP, AES), (ROOT, BRANCH, AES), (BRANCH, ROOT, AES), attributes=bits)
                | {(KerberosAccount, ROOT): [row("DCR", BOTH, controller=True)]},
                Status.PASS if bits == 0x8 else Status.UNKNOWN,
                id=f"trusts of {bits:#x}",
            )
            for bits in (0, 0x1, 0x2, 0x4, 0x7, 0x8, 0x10, 0xD7)
        ),
        pytest.param(
            two(
                *((CORP, ROOT, RC4), (ROOT, CORP, RC4), (ROOT, BRANCH, RC4), (BRANCH, ROOT, RC4)),
                *((CORP, BRANCH, AES), (BRANCH, CORP, AES)),
                attributes=0x20,
            ),
            Status.PASS,
            id="the shortest way",
        ),
    ],
)
def test_between_domains(judge: Judge, facts, expected):
    assert judge(encryption_types, facts, APART).status is expected


WAY_BY_ROOT = ((CORP, ROOT, AES), (ROOT, CORP, AES), (ROOT, BRANCH, AES), (BRANCH, ROOT, AES))
AT_ROOT = {(KerberosAccount, ROOT): [row("DCR", BOTH, controller=True)]}


def test_a_domain_that_was_not_read_hides_no_other_way(judge: Judge):
    facts = two((CORP, "aaa.example", AES), *WAY_BY_ROOT, attributes=0x20) | AT_ROOT
    assert judge(encryption_types, facts, APART).status is Status.PASS


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"partner": "Branch.Example."}, Status.PASS, id="in another spelling"),
        pytest.param({"direction": 1}, Status.UNKNOWN, id="one way"),
        pytest.param({"type": 1}, Status.UNKNOWN, id="without Kerberos"),
        pytest.param({"type": 3}, Status.UNKNOWN, id="with a realm"),
    ],
)
def test_a_ticket_passes_only_by_a_trust_that_leads_both_ways(judge: Judge, changes, expected):
    facts = two(*WAY_BY_ROOT, attributes=0x20) | AT_ROOT
    facts[Trust, ROOT] = [replace(one, **changes) if one.partner == BRANCH else one for one in facts[Trust, ROOT]]
    finding = judge(encryption_types, facts, APART)
    assert finding.status is expected
    assert ("no trust leads from corp.example to branch.example" in finding.note) is (expected is Status.UNKNOWN)


def test_what_hides_the_way_is_told(judge: Judge):
    finding = judge(encryption_types, two(), APART)
    assert "Trust of corp.example" in finding.note
    assert "no trust leads" not in finding.note


def test_a_trust_that_was_not_read_whole(judge: Judge):
    facts = two((CORP, BRANCH, AES), (BRANCH, CORP, AES))
    facts[Trust, BRANCH] = [replace(facts[Trust, BRANCH][0], unread="msDS-SupportedEncryptionTypes is no number")]
    assert judge(encryption_types, facts, APART).status is Status.UNKNOWN


@pytest.mark.parametrize(
    "unread",
    [(ComputerSystem, HV02), (ComputerAccount, CORP), (KerberosAccount, CORP), (KerberosPolicy, HV02)],
    ids=lambda key: key[0].__name__,
)
def test_unread(judge: Judge, unread):
    assert judge(encryption_types, known() | {unread: GapReason.ACCESS_DENIED}, estate()).status is Status.UNKNOWN


def test_an_account_that_is_not_there_or_not_whole(judge: Judge):
    facts = known()
    rows = facts[KerberosAccount, CORP]
    assert judge(encryption_types, facts | {(KerberosAccount, CORP): rows[1:]}, estate()).status is Status.UNKNOWN
    broken = [replace(rows[0], unread="userAccountControl is no number"), *rows[1:]]
    assert judge(encryption_types, facts | {(KerberosAccount, CORP): broken}, estate()).status is Status.UNKNOWN


def test_a_policy_without_the_value_is_none(judge: Judge):
    facts = known() | {(KerberosPolicy, HV01): [KerberosPolicy(None)]}
    assert judge(encryption_types, facts, estate()).status is Status.PASS


def test_a_host_in_no_domain(judge: Judge):
    facts = known(RC4) | {(ComputerSystem, HV02): [system(HV02, joined=False)]}
    assert judge(encryption_types, facts, estate()).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(("way", "expected"), [("kerberos", Status.WARN), ("certificate", Status.NOT_APPLICABLE)])
def test_replication(judge: Judge, way, expected):
    where = estate(profiles=frozenset({Profile.REPLICA}), replica=Replica(authentication=way))
    assert judge(encryption_types, known(RC4), where).status is expected
