"""Certificates as a machine's registry gives them: read whole, cut where they are too large, and hostile ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from lab.windows.machine import Machine
from lab.windows.machine.state import parse
from lab.windows.trial import Trial
from scanner.collect.windows.decoder import Unparsable, decode
from scanner.facts.base import WindowsFact
from scanner.facts.certificates import MOST, Authority, OwnCertificate, RevocationCheck, UntrustedCertificate
from scanner.facts.replica_certificates import BrokerCertificate, ReplicaCertificate, thumbprint_of
from scanner.facts.stored import elements
from scanner.facts.x509 import LARGEST, issued, said
from tests.checks.common.certified import ROOT, authority, own

STATE = """
name = "hv01"
release = "2019"
domain = "corp.example"

[replica]
enabled = true
authentication = "certificate"
thumbprint = "of hv01.corp.example"
certificate_ports = { "hv01.corp.example" = 443, "broker.corp.example" = 444 }

[[certificate]]
friendly_name = "Zertifikat für Replikate"

[certificate.made]
subject = "hv01.corp.example"
authority = "Practice CA"
purposes = ["server", "client"]
lists = ["http://a/"]

[[certificate]]
store = "AuthRoot"
private_key = false
purposes = ["mail"]
made = { subject = "Practice CA", is_authority = true }

[[certificate]]
store = 'SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\CA'
private_key = false
made = { subject = "Issuing CA", authority = "Practice CA", is_authority = true }

[[certificate]]
store = "Disallowed"
private_key = false
made = { subject = "Lost CA", is_authority = true }

[registry]
'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Virtualization\\Replication'.DisableCertRevocationCheck = 1
"""


def asked(fact: type[WindowsFact]) -> tuple[WindowsFact, ...]:
    steps = [(command.name, dict(command.parameters)) for command in fact.query.commands]
    answer = Trial(Machine(parse(STATE))).ask(*steps)
    return decode(fact, answer["rows"])


def test_what_a_machine_answers():
    (mine,) = asked(OwnCertificate)
    assert isinstance(mine, OwnCertificate)
    assert (mine.friendly_name, mine.store) == ("Zertifikat für Replikate", "my")
    assert mine.private_key == ("Microsoft RSA SChannel Cryptographic Provider", 1)
    assert mine.certificate.common_names == ("hv01.corp.example",)
    assert mine.certificate.lists == ("http://a/",)
    assert asked(ReplicaCertificate)[0].thumbprint == mine.thumbprint  # type: ignore[attr-defined]
    (broker,) = asked(BrokerCertificate)
    assert isinstance(broker, BrokerCertificate)
    assert (broker.thumbprint, broker.kerberos_ports) == (mine.thumbprint, ())
    assert set(broker.certificate_ports) == {"hv01.corp.example=443", "broker.corp.example=444"}


def test_whom_a_machine_trusts():
    rows = {row.certificate.subject: row for row in asked(Authority) if isinstance(row, Authority)}
    assert {name: (row.store, row.root, row.limited) for name, row in rows.items()} == {
        "CN=Practice CA": ("authroot", True, True),
        "CN=Issuing CA": ("ca", False, False),
        "CN=Windows Practice Root": ("root", True, False),
    }
    (mine,) = asked(OwnCertificate)
    assert isinstance(mine, OwnCertificate)
    assert issued(mine.der, rows["CN=Practice CA"].der) is True
    assert issued(mine.der, rows["CN=Windows Practice Root"].der) is None
    assert len(asked(UntrustedCertificate)) == 1
    assert [row.counts for row in asked(RevocationCheck) if isinstance(row, RevocationCheck)] == [True]


def test_other_properties_are_not_kept():
    (kept,) = OwnCertificate.expand({"Blob": list(b"".join(element(n, b"x") for n in (1, 2, 3, 9, 11, 20, 32, 104)))})
    assert [number for number, _ in elements(bytes.fromhex(str(kept["Blob"])))] == [2, 9, 11, 32]


def element(number: int, data: bytes) -> bytes:
    return b"".join(part.to_bytes(4, "little") for part in (number, 1, len(data))) + data


def test_what_is_too_large_is_not_kept():
    (kept,) = OwnCertificate.expand({"Blob": list(element(32, b"x" * (LARGEST + 1)) + element(11, b"y"))})
    assert kept["Blob"] == element(11, b"y").hex()
    (cut,) = OwnCertificate.expand({"Blob": list(element(32, b"x" * 99_999)[:-1])})
    assert len(str(cut["Blob"])) == 2 * LARGEST


def test_more_than_any_machine_has():
    row = {"PSPath": "x", "Blob": []}
    assert len(decode(OwnCertificate, [row] * MOST)) == MOST
    with pytest.raises(Unparsable, match="no machine has more than 500"):
        decode(OwnCertificate, [row] * (MOST + 1))


@pytest.mark.parametrize("value", [None, "text", [256], [True, "x"], {"a": 1}])
def test_what_is_no_list_of_octets(value):
    try:
        (row,) = decode(OwnCertificate, [{"PSPath": "A\\MY\\Certificates\\AB", "Blob": value}])
    except Unparsable:
        return
    assert isinstance(row, OwnCertificate)
    assert (row.der, row.has_key, row.friendly_name, row.private_key) == ("", False, "", None)
    assert row.certificate.problem


@given(st.binary(max_size=400), st.integers(0, 700), st.integers(0, 3))
def test_no_octets_are_an_error(junk, at, kind):
    good = bytes.fromhex(own("hv01.corp.example").blob or "")
    data = (junk, good[:at] + junk + good[at:], good[:at] + junk, good[:at] + junk + good[at + len(junk) :])[kind]
    (row,) = decode(OwnCertificate, [{"PSPath": "A\\MY\\Certificates\\AB", "Blob": list(data)}])
    assert isinstance(row, OwnCertificate)
    told = said(row.der)
    assert told.problem or told.not_before <= told.not_after or told.not_before
    assert row.certificate.problem  # its thumbprint is another one
    assert issued(row.der, authority(ROOT).der) in (True, False, None)
    assert row.private_key is None or isinstance(row.private_key[0], str)


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        (None, ()),
        ({}, ()),
        ({"a": 1, "b": "2"}, ("a=1", "b=2")),
        ({"a": None}, None),
        ({"a": {"b": 1}}, None),
        (5, None),
    ],
)
def test_a_table_of_ports(mapping, expected):
    raw = {"CertificateThumbprint": "", "KerberosAuthenticationPortMapping": None,
           "CertificateAuthenticationPortMapping": mapping}  # fmt: skip
    if expected is None:
        with pytest.raises(Unparsable):
            decode(BrokerCertificate, [raw])
    else:
        (row,) = decode(BrokerCertificate, [raw])
        assert isinstance(row, BrokerCertificate)
        assert row.certificate_ports == expected


@pytest.mark.parametrize("text", ["\u200eab cd", "AB:CD", "abcd", " ABCD\n"])
def test_a_thumbprint_as_people_paste_it(text):
    assert thumbprint_of(text) == "ABCD"
    assert thumbprint_of(None) == ""


def made(*extensions: x509.ExtensionType, subject: str = "x") -> str:
    """A certificate with these extensions, in their order."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER).hex()


def url(text: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(text)


def way(kind: x509.ObjectIdentifier, place: x509.GeneralName) -> x509.AccessDescription:
    return x509.AccessDescription(kind, place)


ELSEWHERE = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "list")]))
RELATIVE = x509.RelativeDistinguishedName([x509.NameAttribute(NameOID.COMMON_NAME, "r")])
POINTS = x509.CRLDistributionPoints(
    [
        x509.DistributionPoint([url("http://a/"), ELSEWHERE, url("ldap:///b")], None, None, None),
        x509.DistributionPoint(None, RELATIVE, None, None),
        x509.DistributionPoint([url("http://c/")], None, None, None),
    ]
)
ACCESS = x509.AuthorityInformationAccess(
    [
        way(AuthorityInformationAccessOID.CA_ISSUERS, url("http://issuer/ca.crt")),
        way(AuthorityInformationAccessOID.OCSP, ELSEWHERE),
        way(AuthorityInformationAccessOID.OCSP, url("http://ocsp/")),
    ]
)


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        ((), ()),
        ((POINTS,), ("http://a/", "ldap:///b", "http://c/")),
        ((ACCESS,), ("http://ocsp/",)),
        ((POINTS, ACCESS), ("http://a/", "ldap:///b", "http://c/", "http://ocsp/")),
        ((ACCESS, POINTS), ("http://ocsp/", "http://a/", "ldap:///b", "http://c/")),
    ],
)
def test_where_revocation_is_told(extensions, expected):
    """Where the issuer's own certificate lies is no such place."""
    assert said(made(*extensions)).lists == expected


def test_extensions_that_are_not_known_say_nothing():
    other = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    told = said(made(other, x509.BasicConstraints(ca=True, path_length=None)))
    assert (told.problem, told.authority, told.self_issued, told.purposes) == ("", True, True, None)


@pytest.mark.parametrize(("names", "read"), [(300, True), (520, True), (700, False), (1000, False)])
def test_how_large_a_certificate_may_be(names, read):
    der = made(x509.SubjectAlternativeName([x509.DNSName(f"host-{number:04}.some.example") for number in range(names)]))
    assert (len(der) <= 2 * LARGEST) is read
    told = said(der)
    assert (told.problem == "") is read
    assert len(told.dns_names) == (200 if read else 0)


@pytest.mark.parametrize("der", ["", "3", "30", "zz"])
def test_what_is_no_certificate_is_malformed(der):
    assert said(der).problem == "it is malformed"
    assert issued(der, der) is None


def test_an_element_without_content_counts_and_one_that_is_cut_off_does_not():
    whole = element(11, b"y") + element(2, b"")
    assert list(elements(whole)) == [(11, b"y"), (2, b"")]
    for end in (1, 12):
        with pytest.raises(ValueError, match="it ends within a property"):
            list(elements(whole[:-end] if end == 1 else whole + element(1, b"x")[:end]))


def test_the_largest_element_is_kept():
    (kept,) = OwnCertificate.expand({"Blob": list(element(32, b"x" * LARGEST))})
    assert len(str(kept["Blob"])) == 2 * (LARGEST + 12)
    assert list(OwnCertificate.expand({"PSPath": "x"})) == [{"PSPath": "x"}]
