"""What a certificate says of itself: for whom it is, when, for what, and whether its key serves; with what mends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from checks.common.certificates import covers, names_part, own_parts
from scanner.api import Status, Verdict, worst
from scanner.facts.certificates import OwnCertificate
from scanner.facts.x509 import CLIENT, SERVER, Said
from tests.checks.common.certified import own
from tests.conftest import HV01, NOW

MEND = "another certificate"


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("hv01.corp.example", "HV01.corp.example", True),
        ("HV01.corp.example.", "hv01.corp.example", True),
        ("hv01.corp.example", "hv01.corp.example.", True),
        (".hv01.corp.example", "hv01.corp.example", False),
        ("hv01.corp.example", ".hv01.corp.example", False),
        ("*.corp.example", "hv01.corp.example", True),
        ("*.Corp.Example.", "hv01.corp.example", True),
        ("*.corp.example", "corp.example", False),
        ("*.corp.example", ".corp.example", False),
        ("*.corp.example", "a.hv01.corp.example", False),
        ("*.*.example", "hv01.*.example", False),
        ("*.*", "hv01.*", False),
        ("*", "*", False),
        ("*", "hv01", False),
        ("*.", "hv01", False),
        ("*.", "*", False),
        ("hv*.corp.example", "hv*.corp.example", False),
        ("hv01.*.example", "hv01.*.example", False),
    ],
)
def test_covers(pattern, name, expected):
    assert covers(pattern, name) is expected


@pytest.mark.parametrize(
    ("common", "dns", "seen"),
    [
        ((), (), "it is for no name"),
        (("a",), ("b", "a"), "it is for a, b"),
        (("*.x.example",), (), "it is for *.x.example"),
    ],
)
def test_whose_it_is_instead(common, dns, seen):
    verdict = names_part(Said(common_names=common, dns_names=dns), HV01, "it", MEND)
    assert (verdict.status, verdict.seen, verdict.remedy) == (Status.FAIL, seen, MEND)


def parts(row: OwnCertificate, after: timedelta = timedelta(0)) -> Verdict:
    return worst(own_parts(row, NOW + after, "it", MEND))


def at(row: OwnCertificate, before: timedelta) -> Verdict:
    """Judged so long before its end."""
    return worst(own_parts(row, row.certificate.not_after - before, "it", MEND))


def test_the_first_and_the_last_second():
    row = own(HV01)
    said = row.certificate
    starts = worst(own_parts(row, said.not_before, "it", MEND))
    assert starts.status is Status.PASS
    assert f"it is valid until {said.not_after:%Y-%m-%d %H:%M} UTC" in starts.seen
    early = worst(own_parts(row, said.not_before - timedelta(seconds=1), "it", MEND))
    assert (early.status, early.remedy) == (Status.FAIL, MEND)
    assert at(row, timedelta(0)).status is Status.WARN
    late = at(row, -timedelta(seconds=1))
    assert (late.status, late.remedy) == (Status.FAIL, MEND)


def test_one_that_ends_soon():
    row = own(HV01)
    soon, later = at(row, timedelta(days=30)), at(row, timedelta(days=30, seconds=1))
    assert (soon.status, soon.remedy) == (Status.WARN, MEND)
    assert soon.seen == f"it is valid until {row.certificate.not_after:%Y-%m-%d %H:%M} UTC"
    assert later.status is Status.PASS


@pytest.mark.parametrize(
    ("purposes", "status", "seen"),
    [
        (["server"], Status.FAIL, "it is for servers alone"),
        (["client"], Status.FAIL, "it is for clients alone"),
        (["mail"], Status.FAIL, "it is for neither servers nor clients"),
        (["any"], Status.UNKNOWN, "it is for any purpose"),
        (None, Status.UNKNOWN, "it says nothing of what it is for"),
    ],
)
def test_purpose(purposes, status, seen):
    verdict = parts(own(HV01, purposes=purposes))
    assert verdict.status is status
    assert seen in verdict.seen + verdict.note
    assert verdict.remedy == (MEND if status is Status.FAIL else "")


def test_purposes_are_these_two():
    assert (SERVER, CLIENT) == ("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")


@pytest.mark.parametrize(
    ("row", "status"),
    [({"private_key": False}, Status.FAIL), ({"key_spec": 2}, Status.FAIL), ({"key_spec": 3}, Status.UNKNOWN)],
)
def test_key(row, status):
    verdict = parts(own(HV01, row=row))
    assert (verdict.status, verdict.remedy) == (status, MEND if status is Status.FAIL else "")


@pytest.mark.parametrize(
    ("made", "status"),
    [({"bits": 1016}, Status.FAIL), ({"bits": 1024}, Status.PASS), ({"usage": ["sign"]}, Status.WARN)],
)
def test_usage(made, status):
    verdict = parts(own(HV01, **made))
    assert (verdict.status, verdict.remedy) == (status, "" if status is Status.PASS else MEND)
