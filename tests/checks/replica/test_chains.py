"""Whether a machine trusts a certificate: the ways from leaf to root, where each ends, and what mends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checks.replica import chains
from checks.replica.chains import AUTHORITIES, LONGEST, Stores, trust_part
from scanner.api import GapReason, Status, Verdict, View
from scanner.facts.certificates import Authority, OwnCertificate, UntrustedCertificate
from scanner.facts.x509 import issued
from tests.checks.common.certified import ROOT, authority, own, untrusted
from tests.conftest import HV01, HV02, NOW, evidence

ISSUING, ELSEWHERE = "Issuing CA", "Another CA"
LEAF = own(HV02, authority=ISSUING)
ANCHOR = authority()
BETWEEN = authority(ISSUING, store="CA", signed_by=ROOT)
STRAY = authority(ISSUING, signed_by=ROOT)


def trusted(leaf: OwnCertificate, looks, owner=(), refused=(), *, now=NOW) -> Verdict:
    rows = {
        (Authority, HV01): looks,
        (UntrustedCertificate, HV01): [untrusted(row) for row in refused],
        (Authority, HV02): owner if isinstance(owner, GapReason) else list(owner),
    }
    return trust_part(View(evidence(rows, now=now), AUTHORITIES), HV01, HV02, leaf, "it")


def chain(length: int) -> tuple[OwnCertificate, list[Authority]]:
    """A leaf and this many authorities up to the root, the root not among them."""
    names = [f"CA{number}" for number in range(length)]
    pairs = zip(names, (*names[1:], ROOT), strict=True)
    return own(HV02, authority=names[0]), [authority(name, store="CA", signed_by=by) for name, by in pairs]


@pytest.mark.parametrize(
    ("between", "expected"), [(LONGEST - 2, Status.PASS), (LONGEST - 1, Status.PASS), (LONGEST, Status.FAIL)]
)
def test_how_long_a_way_may_be(between, expected):
    leaf, sent = chain(between)
    assert trusted(leaf, [ANCHOR], sent).status is expected


def test_authorities_that_sign_each_other_lead_nowhere():
    ring = [authority("CA0", store="CA", signed_by="CA1"), authority("CA1", store="CA", signed_by="CA0")]
    assert trusted(own(HV02, authority="CA0"), [ANCHOR], ring).status is Status.FAIL


def test_signatures_that_were_looked_at_count_once(monkeypatch):
    monkeypatch.setattr(chains, "MOST", 2)
    stores = Stores({}, {}, frozenset(), NOW)
    assert [stores.signed(LEAF, BETWEEN), stores.signed(BETWEEN, ANCHOR), stores.signed(LEAF, BETWEEN)] == [True] * 3
    assert stores.signed(LEAF, ANCHOR) is None
    stores.looked.add(("more", "than that"))
    assert stores.signed(ANCHOR, ANCHOR) is None


@pytest.mark.parametrize(
    ("looks", "owner", "expected", "says"),
    [
        pytest.param([STRAY], [], Status.UNKNOWN, "lies among the roots there", id="no root above"),
        pytest.param([STRAY, ANCHOR], [], Status.PASS, "", id="the root above"),
        pytest.param([STRAY, authority(ends="2026-11-20")], [], Status.FAIL, "is valid from", id="a root of the past"),
        pytest.param([STRAY], [ANCHOR], Status.UNKNOWN, "lies among the roots there", id="the root elsewhere"),
        pytest.param([ANCHOR], [STRAY], Status.FAIL, "is among no roots there", id="among the owner's roots"),
        pytest.param([authority(ISSUING, signed_by=ROOT, is_authority=None, bits=0), ANCHOR], [], Status.UNKNOWN,
                     "does not say that it is an authority", id="which does not say what it is"),
        pytest.param([authority(ISSUING, signed_by=ROOT, is_authority=False, bits=0), ANCHOR], [], Status.FAIL,
                     "is no authority", id="which is none"),
    ],
)  # fmt: skip
def test_one_among_the_roots_that_another_signed_is_no_root(looks, owner, expected, says):
    """Windows ends a chain at a certificate that signed itself, whatever else lies in that store."""
    verdict = trusted(LEAF, looks, owner)
    assert verdict.status is expected, verdict
    assert says in verdict.seen + verdict.note


@pytest.mark.parametrize("said", [None, False])
def test_a_root_need_not_say_that_it_is_an_authority(said):
    old = authority(is_authority=said, **({"bits": 0} if said is None else {}))
    assert trusted(own(HV02), [old]).status is Status.PASS


def test_a_root_is_valid_from_its_first_second_to_its_last():
    told, second = ANCHOR.certificate, timedelta(seconds=1)
    for when in (told.not_before, told.not_after):
        assert trusted(own(HV02), [ANCHOR], now=when).status is Status.PASS
    for when in (told.not_before - second, told.not_after + second):
        assert trusted(own(HV02), [ANCHOR], now=when).status is Status.FAIL


def as_root(leaf: OwnCertificate) -> Authority:
    return Authority(leaf.path.replace("\\MY\\", "\\ROOT\\"), leaf.blob)


def test_one_that_signed_itself_must_lie_there_itself():
    leaf = own(HV02, authority="")
    assert trusted(leaf, [as_root(leaf)]).status is Status.PASS
    renewed = as_root(own(HV02, authority="", ends="2027-01-01"))
    assert (renewed.certificate.subject, issued(leaf.der, renewed.der)) == (leaf.certificate.subject, True)
    assert trusted(leaf, [renewed]).status is Status.FAIL
    assert trusted(leaf, [renewed, as_root(leaf)]).status is Status.PASS
    assert trusted(leaf, [as_root(leaf)], refused=[as_root(leaf)]).status is Status.FAIL
    longer = authority(leaf.certificate.subject.removeprefix("CN=") + "#2")
    assert trusted(leaf, [longer]).status is Status.FAIL


def test_a_root_of_the_same_name_may_have_signed_it():
    name = f"{HV02}#2"
    leaf = own(HV02, authority=name)
    assert leaf.certificate.self_issued
    assert trusted(leaf, [authority(name)]).status is Status.PASS


def test_one_that_signed_itself_goes_through_nobody():
    """Of one name and one key, sent along, and vouched for by a root that the other end trusts."""
    leaf = own(HV02, authority="")
    cross = authority(leaf.certificate.subject.removeprefix("CN="), store="CA", signed_by=ROOT)
    assert trusted(leaf, [ANCHOR], [cross]).status is Status.FAIL


@pytest.mark.parametrize(
    "sent", [BETWEEN, authority(f"{ISSUING}#2", store="CA", signed_by=ROOT)], ids=["it", "another"]
)
def test_what_did_not_sign_it_leads_nowhere(sent):
    expected = Status.PASS if sent is BETWEEN else Status.FAIL
    assert trusted(LEAF, [ANCHOR], [sent]).status is expected


def test_signatures_that_cannot_be_verified_leave_it_unknown(monkeypatch):
    monkeypatch.setattr(chains, "issued", lambda _one, _by: None)
    assert trusted(own(HV02), [ANCHOR]).status is Status.UNKNOWN
    verdict = trusted(LEAF, [ANCHOR], [BETWEEN])
    assert (verdict.status, "signed it could not be verified" in verdict.note) == (Status.UNKNOWN, True)


def test_what_cannot_be_read_leads_nowhere_and_leaves_a_doubt():
    broken = Authority(ANCHOR.path, "00")
    assert trusted(own(HV02), [broken]).status is Status.UNKNOWN
    assert trusted(own(HV02), [ANCHOR, broken]).status is Status.PASS


@pytest.mark.parametrize(
    ("looks", "refused", "remedy"),
    [
        pytest.param([ANCHOR], [LEAF], f"Choose another certificate on {HV02}.", id="held for untrusted"),
        pytest.param([ANCHOR], [], "CN=Issuing CA, or the root above it", id="no way"),
        pytest.param(
            [authority(ends="2026-11-20")], [], "CN=Issuing CA, or the root above it", id="a way that is broken"
        ),
    ],
)
def test_what_mends_it(looks, refused, remedy):
    owner = [BETWEEN] if looks[0] is not ANCHOR else []
    verdict = trusted(LEAF, looks, owner, refused)
    assert (verdict.status, remedy in verdict.remedy) == (Status.FAIL, True), verdict


def test_whose_root_windows_fetches_is_not_known():
    fetched = authority(store="AuthRoot")
    assert trusted(own(HV02), [authority(ELSEWHERE)], [fetched]).status is Status.UNKNOWN
    assert trusted(own(HV02), [authority(ELSEWHERE)], [ANCHOR]).status is Status.FAIL
    assert trusted(own(HV02), [authority(ELSEWHERE)], [fetched], [fetched]).status is Status.FAIL
