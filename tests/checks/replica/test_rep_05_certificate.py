from __future__ import annotations

from datetime import timedelta

import pytest

from checks.replica import chains, presented
from checks.replica.rep_05_certificate import replica_certificate
from scanner.api import GapReason, Profile, Status
from scanner.facts.certificates import Authority, OwnCertificate, RevocationCheck, UntrustedCertificate
from scanner.facts.directory import DomainInfo
from scanner.facts.host import ComputerSystem, DnsSuffix
from scanner.facts.network import EndpointProbe
from scanner.facts.replica_certificates import BrokerCertificate, ReplicaCertificate, ReplicationCertificate
from scanner.facts.x509 import issued
from scanner.judge.judging import asks_of
from tests.checks.common.certified import (
    BROKER_NAME,
    LIST,
    REPLICATION,
    ROOT,
    authority,
    certificate,
    connects,
    host,
    node,
    own,
    pair,
    planned,
    stored,
    untrusted,
)  # fmt: skip
from tests.checks.delegation.domain import system
from tests.conftest import CORP, HV01, HV02, NOW, Judge, evidence

ROUTE = f"{HV01}/{HV02}"
PKI = "pki.corp.example:80"


def run(judge: Judge, *more, where=None, **words):
    return judge(replica_certificate, pair(*more), where or planned(), subject=ROUTE, **words)


def shown(judge: Judge, *rows: OwnCertificate, **words):
    """What is said where the destination holds these, and was told to use the first."""
    return run(judge, host(HV02, certificates=rows), **words)


def test_sound(judge: Judge):
    finding = run(judge)
    assert finding.status is Status.PASS
    assert "hv02.corp.example's certificate" in finding.seen
    assert "hv01.corp.example's certificate" in finding.seen
    assert "the list itself was not fetched" in finding.note


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (planned("kerberos"), Status.NOT_APPLICABLE),
        (planned(profile=Profile.ASR_VMM, configured=False), Status.NOT_APPLICABLE),
        (planned(profile=Profile.ASR_VMM), Status.PASS),
        (planned(configured=False), Status.PASS),
    ],
)
def test_plan(judge: Judge, where, expected):
    assert run(judge, where=where).status is expected


@pytest.mark.parametrize(
    ("subject", "names", "expected"),
    [
        (HV02, [], Status.PASS),
        ("x", [HV02.upper()], Status.PASS),
        ("hv02", ["*.corp.example"], Status.PASS),
        ("*.corp.example", [], Status.PASS),
        ("*.example", [], Status.FAIL),
        ("x", ["*.example"], Status.FAIL),
        ("x", ["hv*.corp.example"], Status.FAIL),
        ("x", ["*"], Status.FAIL),
        ("x", ["*.*.example"], Status.FAIL),
        ("hv02", [], Status.FAIL),
        (f"x{HV02}", [], Status.FAIL),
        (HV01, [], Status.FAIL),
    ],
)
def test_names(judge: Judge, subject, names, expected):
    assert shown(judge, own(subject, names=names)).status is expected


def test_a_wildcard_in_the_subject_alone_is_noted(judge: Judge):
    assert "stands in the subject alone" in shown(judge, own("*.corp.example")).note
    assert "stands in the subject alone" not in shown(judge, own("x", names=["*.corp.example"])).note
    assert "stands in the subject alone" not in run(judge).note


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (-timedelta(days=1), timedelta(days=400), Status.PASS),
        (timedelta(seconds=1), timedelta(days=400), Status.FAIL),
        (-timedelta(days=1), timedelta(days=30, seconds=1), Status.PASS),
        (-timedelta(days=1), timedelta(days=30), Status.WARN),
        (-timedelta(days=1), timedelta(0), Status.WARN),
        (-timedelta(days=1), -timedelta(seconds=1), Status.FAIL),
    ],
)
def test_time(judge: Judge, starts, ends, expected):
    row = own(HV02)
    told = row.certificate
    when = told.not_before - starts if expected is Status.FAIL and starts > timedelta(0) else told.not_after - ends
    probes = {(EndpointProbe, one): [connects(PKI)] for one in (HV01, HV02)}
    longer = own(HV01, ends="2100-01-01"), authority(ends="2100-01-01", starts="2000-01-01")
    others = {
        **host(HV01, certificates=[own(HV01, starts="2000-01-01", ends="2100-01-01")]),
        (Authority, HV01): [longer[1]],
        (Authority, HV02): [longer[1]],
    }
    found = judge(replica_certificate, pair(others, probes), planned(), subject=ROUTE, now=when)
    assert found.status is expected, (found.seen, found.note)


@pytest.mark.parametrize(
    ("purposes", "expected"),
    [
        (["server", "client"], Status.PASS),
        (["any", "server", "client"], Status.PASS),
        (None, Status.UNKNOWN),
        (["any"], Status.UNKNOWN),
        (["any", "server"], Status.UNKNOWN),
        (["server"], Status.FAIL),
        (["client"], Status.FAIL),
        (["mail"], Status.FAIL),
    ],
)
def test_purpose(judge: Judge, purposes, expected):
    assert shown(judge, own(HV02, purposes=purposes)).status is expected


@pytest.mark.parametrize(
    ("row", "expected", "says"),
    [
        ({"key_spec": 1}, Status.PASS, ""),
        ({"key_spec": 2}, Status.FAIL, "for signatures alone"),
        ({"key_spec": 0, "provider": "Microsoft Platform Crypto Provider"}, Status.PASS, "Platform Crypto Provider"),
        ({"key_spec": 0xFFFFFFFF}, Status.PASS, "not verified"),
        ({"key_spec": 3}, Status.UNKNOWN, "of the kind 3"),
        ({"private_key": False}, Status.FAIL, "no private key"),
    ],
)
def test_key(judge: Judge, row, expected, says):
    finding = shown(judge, own(HV02, row=row))
    assert finding.status is expected
    assert says in f"{finding.seen} {finding.note}"


def test_a_key_whose_place_is_cut_off(judge: Judge):
    whole = own(HV02)
    head = bytes.fromhex(whole.blob or "")
    size = int.from_bytes(head[8:12], "little")
    cut = (2).to_bytes(4, "little") + head[4:8] + (10).to_bytes(4, "little") + head[12:22] + head[12 + size :]
    assert shown(judge, OwnCertificate(whole.path, cut.hex())).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ({"usage": None}, Status.PASS),
        ({"usage": ["sign"]}, Status.WARN),
        ({"usage": []}, Status.UNKNOWN),
        ({"bits": 1024}, Status.PASS),
        ({"bits": 1016}, Status.FAIL),
        ({"usage": ["sign"], "authority": ""}, Status.PASS),
    ],
)
def test_usage(judge: Judge, made, expected):
    more = {(Authority, HV01): [authority(), *([authority_of(own(HV02, **made))] if "authority" in made else [])]}
    facts = pair(host(HV02, certificates=[own(HV02, **made)]), more)
    assert judge(replica_certificate, facts, planned(), subject=ROUTE).status is expected


def authority_of(row: OwnCertificate) -> Authority:
    return Authority(row.path.replace("\\MY\\", "\\ROOT\\"), row.blob)


ELSEWHERE = "Another CA"
BETWEEN = authority("Issuing CA", store="CA", signed_by=ROOT)
NO_ROOT = authority("Issuing CA", signed_by=ELSEWHERE, is_authority=False, bits=0)
NO_AUTHORITY = authority("Issuing CA", store="CA", signed_by=ROOT, is_authority=False, bits=0)


@pytest.mark.parametrize(
    ("issuer", "looks", "owner", "expected"),
    [
        pytest.param(ROOT, [authority()], [], Status.PASS, id="root"),
        pytest.param(ELSEWHERE, [authority()], [authority(), authority(ELSEWHERE)], Status.FAIL, id="owner alone"),
        pytest.param(ROOT, [authority(f"{ROOT}#2")], [], Status.FAIL, id="another of that name"),
        pytest.param(ROOT, [authority(store="CA")], [], Status.FAIL, id="known and no root"),
        pytest.param(ROOT, [authority(store="AuthRoot")], [], Status.PASS, id="of the program"),
        pytest.param(ROOT, [authority("x")], [authority(store="AuthRoot")], Status.UNKNOWN, id="to be fetched"),
        pytest.param("Issuing CA", [authority(), BETWEEN], [], Status.PASS, id="through one it knows"),
        pytest.param("Issuing CA", [authority()], [BETWEEN], Status.PASS, id="through one that is sent"),
        pytest.param("Issuing CA", [authority()], [], Status.FAIL, id="nobody has it"),
        pytest.param("Issuing CA", [authority()], GapReason.TIMEOUT, Status.UNKNOWN, id="owner's stores unread"),
        pytest.param(ROOT, [authority()], GapReason.TIMEOUT, Status.PASS, id="not needed"),
        pytest.param(
            ROOT, [authority(ends="2026-11-20")], GapReason.TIMEOUT, Status.FAIL, id="no longer valid, whatever is sent"
        ),
        pytest.param("Issuing CA", [NO_ROOT], [], Status.FAIL, id="among the roots, and no authority"),
        pytest.param(
            ROOT, [authority("x"), Authority(authority().path, "00")], [], Status.UNKNOWN, id="one of two is unreadable"
        ),
        pytest.param(ROOT, GapReason.TIMEOUT, [authority()], Status.UNKNOWN, id="stores unread"),
        pytest.param(ROOT, [authority(ends="2026-11-20")], [], Status.FAIL, id="root no longer valid"),
        pytest.param(ROOT, [authority(starts="2026-11-22")], [], Status.FAIL, id="root not yet valid"),
        pytest.param(ROOT, [authority(limited_to=["mail"])], [], Status.UNKNOWN, id="root for mail"),
        pytest.param(ROOT, [authority(limited_to=["server"])], [], Status.UNKNOWN, id="root for servers"),
        pytest.param(ROOT, [authority(limited_to=["server", "client"])], [], Status.PASS, id="root for both"),
        pytest.param(ROOT, [authority(limited_to=["any"])], [], Status.PASS, id="root for all"),
        pytest.param(ROOT, [authority(ends="2026-11-20"), authority()], [], Status.PASS, id="renewed"),
        pytest.param("Issuing CA", [authority(), NO_AUTHORITY], [], Status.FAIL, id="no authority"),
        pytest.param(
            "Issuing CA", [authority(), authority("Issuing CA", store="CA", signed_by=ROOT, ends="2026-11-20")], [],
            Status.FAIL, id="between, no longer valid",
        ),
        pytest.param(ROOT, [Authority(authority().path, "00")], [], Status.UNKNOWN, id="unreadable"),
    ],
)  # fmt: skip
def test_trust(judge: Judge, issuer, looks, owner, expected):
    stores = {(Authority, HV01): looks, (Authority, HV02): owner}
    mine = host(HV01, certificates=[own(HV01)])
    if not isinstance(owner, GapReason):
        stores[Authority, HV02] = [authority(), *owner]  # it trusts the source
    found = run(judge, mine, host(HV02, certificates=[own(HV02, authority=issuer)]), stores)
    if isinstance(owner, GapReason) and expected is Status.PASS:
        assert found.status is Status.UNKNOWN  # of what the source shows
        assert f"{HV01} does not trust" not in found.seen + found.note
    else:
        assert found.status is expected, (found.seen, found.note)


def test_trust_is_judged_on_both_sides(judge: Judge):
    finding = run(judge, {(Authority, HV02): [authority("x")]})
    assert finding.status is Status.FAIL
    assert f"{HV02} does not trust {HV01}'s certificate" in finding.seen
    assert f"the computer {HV02}" in finding.remedy


def test_a_self_signed_one_must_be_a_root_there(judge: Judge):
    mine = own(HV02, authority="")
    assert shown(judge, mine).status is Status.FAIL
    found = run(judge, host(HV02, certificates=[mine]), {(Authority, HV01): [authority(), authority_of(mine)]})
    assert found.status is Status.PASS


@pytest.mark.parametrize("row", [own(HV02), authority()], ids=["itself", "its root"])
def test_untrusted(judge: Judge, row):
    assert run(judge, {(UntrustedCertificate, HV01): [untrusted(row)]}).status is Status.FAIL


def test_untrusted_unread(judge: Judge):
    assert run(judge, {(UntrustedCertificate, HV01): GapReason.TIMEOUT}).status is Status.UNKNOWN


BETA = RevocationCheck(r"HKLM\X\Virtualization\FailoverReplication", 1)


@pytest.mark.parametrize(
    ("lists", "check", "probes", "expected"),
    [
        pytest.param([], [], [], Status.FAIL, id="no list"),
        pytest.param([], [BETA], [], Status.FAIL, id="the beta's name"),
        pytest.param([], [RevocationCheck(REPLICATION.path, 0)], [], Status.FAIL, id="said to look"),
        pytest.param([], [RevocationCheck(REPLICATION.path, None)], [], Status.FAIL, id="not said"),
        pytest.param([], [REPLICATION], [], Status.PASS, id="does not look"),
        pytest.param([], GapReason.ACCESS_DENIED, [], Status.UNKNOWN, id="unread"),
        pytest.param(["http://pki.corp.example/a"], [], [connects(PKI)], Status.PASS, id="reached"),
        pytest.param(["ocsp http://pki.corp.example:80/"], [], [connects(PKI)], Status.PASS, id="ocsp"),
        pytest.param(["http://pki.corp.example/a"], [], [connects(PKI, "TimedOut")], Status.UNKNOWN, id="out of reach"),
        pytest.param(["http://pki.corp.example/a"], [], [], Status.UNKNOWN, id="not tried"),
        pytest.param(["http://pki.corp.example:8080/a"], [], [connects(PKI)], Status.UNKNOWN, id="another port"),
        pytest.param(["https://pki.corp.example/a"], [], [connects(PKI)], Status.UNKNOWN, id="another scheme"),
        pytest.param(["ldap:///CN=x,CN=Configuration,DC=Corp,DC=example?crl"], [], [], Status.PASS, id="the directory"),
        pytest.param(["ldap:///CN=x,DC=example"], [], [], Status.PASS, id="of the forest above"),
        pytest.param(["ldap:///CN=x,DC=dc1,DC=corp,DC=example"], [], [], Status.UNKNOWN, id="of the forest below"),
        pytest.param(["ldap:///CN=x,DC=branch,DC=example"], [], [], Status.UNKNOWN, id="of another forest"),
        pytest.param(["ldap:///CN=x,DC=orp,DC=example"], [], [], Status.UNKNOWN, id="half a name"),
        pytest.param(["ldap:///CN=x?a,DC=corp,DC=example"], [], [], Status.UNKNOWN, id="in what is asked"),
        pytest.param(["ldap:///CN=x"], [], [], Status.UNKNOWN, id="of nobody"),
        pytest.param(["ldap://dc1/CN=x"], [], [], Status.UNKNOWN, id="one controller"),
        pytest.param(["ldap://dc1/CN=x,DC=corp,DC=example"], [], [], Status.UNKNOWN, id="one of its domain"),
        pytest.param(
            ["ldap:///CN=x,DC=branch,DC=example", "ldap:///CN=x,DC=corp,DC=example"], [], [], Status.PASS,
            id="of two forests",
        ),
        pytest.param(
            ["ldap:///CN=x,DC=corp,DC=example", "http://pki.corp.example/a"], [], [connects(PKI, "TimedOut")],
            Status.UNKNOWN, id="out of reach, beside the directory",
        ),
        pytest.param(
            ["http://a.example/a", LIST], [], [connects("a.example:80", "Refused"), connects(PKI)],
            Status.PASS, id="one of two",
        ),
    ],
)  # fmt: skip
def test_revocation(judge: Judge, lists, check, probes, expected):
    facts = {(RevocationCheck, HV01): check, (EndpointProbe, HV01): probes}
    facts[DomainInfo, CORP] = [DomainInfo(CORP, "example", "DC=corp,DC=example", 7)]
    found = run(judge, host(HV02, certificates=[own(HV02, lists=lists)]), facts)
    assert found.status is expected, (found.seen, found.note)


def test_the_partners_setting_counts_and_not_the_owners(judge: Judge):
    mine = host(HV02, certificates=[own(HV02, lists=[])])
    assert run(judge, mine, {(RevocationCheck, HV02): [REPLICATION]}).status is Status.FAIL
    assert run(judge, mine, {(RevocationCheck, HV01): [REPLICATION]}).status is Status.PASS


def test_the_beta_is_told(judge: Judge):
    finding = run(judge, host(HV02, certificates=[own(HV02, lists=[])]), {(RevocationCheck, HV01): [BETA]})
    assert "FailoverReplication counts for nothing" in finding.seen
    assert f"on {HV01}" in finding.remedy


@pytest.mark.parametrize(
    ("own_text", "module", "expected"),
    [
        pytest.param(lambda t: t, lambda t: t, Status.PASS, id="both"),
        pytest.param(lambda t: f"\u200e{t.lower()[:4]} {t[4:]}", lambda _: "", Status.PASS, id="pasted"),
        pytest.param(lambda _: "", lambda t: t, Status.PASS, id="the module alone"),
        pytest.param(lambda _: None, lambda _: None, Status.FAIL, id="none chosen"),
        pytest.param(lambda _: "AB" * 20, lambda _: "AB" * 20, Status.FAIL, id="not there"),
        pytest.param(lambda t: t, lambda _: "AB" * 20, Status.UNKNOWN, id="they differ"),
    ],
)
def test_chosen(judge: Judge, own_text, module, expected):
    thumbprint = own(HV02).thumbprint
    facts = {
        (ReplicaCertificate, HV02): [ReplicaCertificate(own_text(thumbprint))],
        (BrokerCertificate, HV02): [BrokerCertificate(module(thumbprint), (), ())],
    }
    assert run(judge, facts).status is expected


def used(thumbprint: str, *, replica: str = HV02, authentication: int = 2) -> ReplicationCertificate:
    return ReplicationCertificate("Microsoft:X\\HVR\\0", authentication, HV01, replica, thumbprint)


BAD = own(HV01, purposes=["server"])


@pytest.mark.parametrize(
    ("mine", "relations", "expected"),
    [
        pytest.param([own(HV01), BAD], [], Status.PASS, id="one that fits"),
        pytest.param([BAD], [], Status.FAIL, id="none that fits"),
        pytest.param([], [], Status.FAIL, id="none"),
        pytest.param([own("x")], [], Status.FAIL, id="of another name"),
        pytest.param([own(HV01, purposes=None), BAD], [], Status.UNKNOWN, id="one that may fit"),
        pytest.param([own(HV01, usage=["sign"]), BAD], [], Status.WARN, id="one that fits with a warning"),
        pytest.param([own(HV01), BAD], [used(BAD.thumbprint)], Status.FAIL, id="another is used"),
        pytest.param([own(HV01), BAD], [used(BAD.thumbprint, replica="hv09.x")], Status.PASS, id="elsewhere"),
        pytest.param([own(HV01), BAD], [used(BAD.thumbprint, authentication=1)], Status.PASS, id="with Kerberos"),
        pytest.param([own(HV01), BAD], [used(own(HV01).thumbprint)], Status.PASS, id="the good one is used"),
        pytest.param([own(HV01)], [used(own(HV01).thumbprint), used("AB" * 20)], Status.FAIL, id="two, one not there"),
        pytest.param([own(HV01)], GapReason.TIMEOUT, Status.UNKNOWN, id="relations unread"),
        pytest.param(GapReason.TIMEOUT, [], Status.UNKNOWN, id="unread"),
    ],
)
def test_source(judge: Judge, mine, relations, expected):
    facts = {(OwnCertificate, HV01): mine, (ReplicationCertificate, HV01): relations}
    assert run(judge, facts).status is expected


def test_another_certificate_under_the_thumbprint(judge: Judge):
    other = own("x", names=[HV02])
    lying = OwnCertificate(own(HV02).path, other.blob)
    finding = run(judge, {(OwnCertificate, HV02): [lying]})
    assert finding.status is Status.UNKNOWN
    assert "not the one that its key names" in finding.note


@pytest.mark.parametrize("blob", [None, "", "00", "zz", "20000000010000000400000030030201"])
def test_what_is_no_certificate(judge: Judge, blob):
    lying = OwnCertificate(own(HV02).path, blob)
    assert run(judge, {(OwnCertificate, HV02): [lying]}).status is Status.UNKNOWN


@pytest.mark.parametrize("fact", [OwnCertificate, ReplicaCertificate, ComputerSystem])
def test_unread(judge: Judge, fact):
    assert run(judge, {(fact, HV02): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_a_failure_stands_whatever_else_was_not_read(judge: Judge):
    facts = {(Authority, HV01): GapReason.TIMEOUT, (OwnCertificate, HV01): GapReason.TIMEOUT}
    assert run(judge, host(HV02, certificates=[own("x")]), facts).status is Status.FAIL


def test_a_work_group(judge: Judge):
    alone = {
        (ComputerSystem, HV02): [system(HV02, joined=False)],
        (DnsSuffix, HV02): [DnsSuffix("corp.example", None)],
    }
    assert run(judge, alone).status is Status.PASS
    assert run(judge, alone, {(DnsSuffix, HV02): [DnsSuffix("", "")]}).status is Status.FAIL


def test_a_cluster_receives(judge: Judge):
    assert run(judge, node(HV02)).status is Status.PASS
    lost = {(OwnCertificate, HV02): [own(HV02)]}
    assert run(judge, node(HV02), lost).status is Status.FAIL
    other = {(BrokerCertificate, HV02): [BrokerCertificate(own(HV02).thumbprint, (), ())]}
    assert f"a certificate for {BROKER_NAME}" in run(judge, node(HV02), other).wanted
    assert run(judge, node(HV02), {(BrokerCertificate, HV02): []}).status is Status.UNKNOWN
    assert run(judge, node(HV02), {(BrokerCertificate, HV02): GapReason.TIMEOUT}).status is Status.UNKNOWN


def test_a_cluster_sends_in_the_name_of_its_broker(judge: Judge):
    assert run(judge, node(HV01)).status is Status.PASS
    alone = {(OwnCertificate, HV01): [own(HV01)]}
    finding = run(judge, node(HV01), alone)
    assert finding.status is Status.FAIL
    assert f"no certificate for {BROKER_NAME}" in finding.seen


def asked(*more, where=None) -> set[tuple[str, str]]:
    record = evidence(pair(*more), where or planned())
    return {(ask.target, ask.argument) for ask in asks_of([replica_certificate], record)}


def test_each_end_is_asked_to_try_the_lists_of_the_other():
    assert asked() == {(HV01, PKI), (HV02, PKI)}
    assert asked(where=planned("kerberos")) == set()


def test_no_list_leads_to_another_port_nor_to_many_places():
    many = [f"http://a{number}.example/x" for number in range(9)]
    wrong = ["http://b.example:22/", "https://c.example/", "file:///x", "http://user@d.example/", "http://e example/"]
    found = asked(host(HV02, certificates=[own(HV02, lists=[*wrong, *many])]))
    assert {target for who, target in found if who == HV01} == {f"a{number}.example:80" for number in range(4)}


@pytest.mark.parametrize(
    ("mine", "stores", "tried"),
    [
        pytest.param(own(HV02), {}, True, id="an authority that the other end trusts"),
        pytest.param(own(HV02, authority=HV02), {}, False, id="itself"),
        pytest.param(own(HV02, authority="Evil CA"), {}, False, id="one that nobody knows"),
        pytest.param(
            own(HV02, authority="Evil CA"),
            {(Authority, HV02): [authority(), authority("Evil CA")]}, False, id="one that it trusts alone",
        ),
        pytest.param(own(HV02, authority=f"{ROOT}#2"), {}, False, id="one of a trusted name and another key"),
        pytest.param(own(HV02), {(Authority, HV01): GapReason.TIMEOUT}, False, id="nobody knows whom the other trusts"),
    ],
)  # fmt: skip
def test_only_an_authority_that_is_trusted_says_where_revocation_is_looked_up(mine, stores, tried):
    """A host that shows what it, or an accomplice, has signed chooses nobody whom its partner connects to."""
    found = asked(host(HV02, certificates=[mine]), stores)
    assert ((HV01, PKI) in found) is tried


def test_what_others_are_for_is_not_tried():
    more = own("other.corp.example", lists=["http://x.example/"])
    chosen = host(HV02, certificates=[own(HV02), more])
    assert asked(chosen, host(HV01, certificates=[own(HV01), more])) == {(HV01, PKI), (HV02, PKI)}


def test_now_is_within_what_the_lab_makes():
    told = stored(certificate(HV01)).certificate
    assert told.not_before < NOW < told.not_after


def test_an_authority_that_does_not_say_that_it_is_one(judge: Judge):
    silent = authority("Issuing CA", store="CA", signed_by=ROOT, is_authority=None, bits=0)
    assert silent.certificate.authority is None
    stores = {(Authority, HV01): [authority(), silent]}
    found = run(judge, host(HV02, certificates=[own(HV02, authority="Issuing CA")]), stores)
    assert (found.status, "does not say that it is an authority" in found.note) == (Status.UNKNOWN, True)


@pytest.mark.parametrize(("last", "expected"), [("Nobody", Status.FAIL), (ROOT, Status.PASS)])
def test_the_ways_through_many_authorities_of_one_name_are_looked_at_once(judge: Judge, monkeypatch, last, expected):
    """Five names of six authorities each, of one key a name: there are 7,776 ways, and each is a proper one."""
    looked = 0

    def counted(der: str, by: str) -> bool | None:
        nonlocal looked
        looked += 1
        return issued(der, by)

    monkeypatch.setattr(chains, "issued", counted)
    names = [f"CA{number}" for number in range(5)]
    ends = [f"2027-0{number}-01" for number in range(1, 7)]
    sent = [
        authority(name, store="CA", signed_by=by, ends=end)
        for name, by in zip(names, (*names[1:], last), strict=True)
        for end in ends
    ]
    stores = {(Authority, HV01): [authority()], (Authority, HV02): [authority(), *sent]}
    found = run(judge, host(HV02, certificates=[own(HV02, authority=names[0])]), stores)
    assert found.status is expected, (found.seen, found.note)
    assert looked < 400


def test_more_signatures_than_are_looked_at_leave_it_unknown(judge: Judge, monkeypatch):
    monkeypatch.setattr(chains, "MOST", 0)
    assert run(judge).status is Status.UNKNOWN


def test_more_certificates_for_one_name_than_are_looked_at(judge: Judge, monkeypatch):
    monkeypatch.setattr(presented, "MOST", 2)
    bad = [own(HV01, purposes=["server"], ends=f"2027-0{number}-01") for number in (1, 2, 3)]
    assert run(judge, host(HV01, certificates=[*bad[:2], own(HV01)])).status is Status.UNKNOWN
    assert run(judge, host(HV01, certificates=bad[:2])).status is Status.FAIL
    assert run(judge, host(HV01, certificates=[own(HV01), *bad])).status is Status.PASS


def relation(replica: str, thumbprint: str) -> ReplicationCertificate:
    """What a machine of the source uses on its way."""
    return ReplicationCertificate("Microsoft:X\\HVR\\0", 2, HV01, replica, thumbprint)


@pytest.mark.parametrize(
    ("replica", "thumbprint", "expected"),
    [
        pytest.param(BROKER_NAME, "AB" * 20, Status.FAIL, id="to the broker, and it is not there"),
        pytest.param(BROKER_NAME.upper() + ".", "AB" * 20, Status.FAIL, id="in another spelling"),
        pytest.param(HV02, "AB" * 20, Status.FAIL, id="to the node"),
        pytest.param("hv09.corp.example", "AB" * 20, Status.PASS, id="to another host"),
        pytest.param(None, "AB" * 20, Status.PASS, id="to nobody that is told"),
        pytest.param(BROKER_NAME, "", Status.PASS, id="which is not told"),
    ],
)
def test_what_machines_use_on_their_way_to_a_cluster(judge: Judge, replica, thumbprint, expected):
    used = {(ReplicationCertificate, HV01): [relation(replica, thumbprint)]}
    assert run(judge, node(HV02), used).status is expected


def test_a_certificate_that_cannot_be_read_may_be_the_one(judge: Judge):
    broken = OwnCertificate(own(HV01).path, "00")
    assert run(judge, host(HV01, certificates=[broken])).status is Status.UNKNOWN
    assert run(judge, host(HV01, certificates=[broken, own(HV01)])).status is Status.PASS


@pytest.mark.parametrize(
    ("told", "lists", "expected"),
    [
        ([DomainInfo(CORP, "example", "DC=corp,DC=example", 7)], "ldap:///CN=x,DC=example", Status.PASS),
        (GapReason.TIMEOUT, "ldap:///CN=x,DC=corp,DC=example", Status.PASS),
        (GapReason.TIMEOUT, "ldap:///CN=x,DC=example", Status.UNKNOWN),
    ],
)
def test_the_directory_of_its_own_domain_whatever_the_forest_is(judge: Judge, told, lists, expected):
    facts = {(DomainInfo, CORP): told, (EndpointProbe, HV01): []}
    assert run(judge, host(HV02, certificates=[own(HV02, lists=[lists])]), facts).status is expected


def test_a_work_group_has_no_directory(judge: Judge):
    alone = {
        (ComputerSystem, HV01): [system(HV01, joined=False)],
        (DnsSuffix, HV01): [DnsSuffix("corp.example", None)],
        (EndpointProbe, HV01): [],
        (DomainInfo, CORP): [],
    }
    group = alone[ComputerSystem, HV01][0].dns_domain
    lists = ["ldap:///CN=x" + "".join(f",DC={label}" for label in group.split("."))]
    assert run(judge, host(HV02, certificates=[own(HV02, lists=lists)]), alone).status is Status.UNKNOWN


def test_the_place_that_was_reached_is_told(judge: Judge):
    lists = {"lists": ["http://a.example/a", LIST]}
    tried = {(EndpointProbe, HV01): [connects("a.example:80", "Refused"), connects(PKI)]}
    note = run(judge, host(HV02, certificates=[own(HV02, **lists)]), tried).note
    assert PKI in note
    assert "a.example" not in note


def test_of_a_member_its_account_tells_the_name(judge: Judge):
    assert run(judge, {(DnsSuffix, HV02): GapReason.TIMEOUT}).status is Status.PASS


def test_where_one_was_chosen_no_other_of_that_name_leads_anywhere():
    other = own(HV02, lists=["http://x.example/"], ends="2027-01-01")
    assert asked(host(HV02, certificates=[own(HV02), other])) == {(HV01, PKI), (HV02, PKI)}


@pytest.mark.parametrize(
    "facts",
    [
        host(HV02, certificates=[]),
        {(ReplicaCertificate, HV02): [ReplicaCertificate("AB" * 20)], (BrokerCertificate, HV02): []},
        host(HV01, certificates=[]),
    ],
    ids=["none chosen", "not there", "none that fits"],
)
def test_what_mends_a_certificate_that_is_not_there(judge: Judge, facts):
    finding = run(judge, facts)
    assert finding.status is Status.FAIL
    assert "Have a certificate issued for" in finding.remedy
