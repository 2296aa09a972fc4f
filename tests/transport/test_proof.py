"""What a sign-in proves about who answered."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from spnego import ContextReq

from scanner.collect.transport.psrp.proof import names_of, proof_of
from scanner.estate.access import SignIn

HOST = "hv01.corp.example"
OWN = frozenset({HOST})


@pytest.mark.parametrize(
    ("certified", "expected"),
    [
        ([OWN], "certificate"),
        ([OWN, OWN | {"hv01"}], "certificate"),
        ([], ""),
        ([frozenset()], ""),
        ([frozenset({"*.corp.example"})], ""),
        ([OWN | {"*.corp.example"}], ""),
        ([OWN | {"hv02.corp.example"}], ""),
        ([frozenset({"hv01"})], ""),
        ([OWN, frozenset({"*.corp.example"})], ""),
    ],
)
def test_a_certificate_proves_a_host_that_it_names_alone(certified, expected):
    assert proof_of(SignIn(method="basic"), HOST, certified, None) == expected
    assert proof_of(SignIn(method="basic", verify=False), HOST, certified, None) == ""


def test_only_dns_names_of_a_verified_certificate_count():
    alternative = (("DNS", "HV01.corp.example"), ("IP Address", "10.0.0.1"), ("URI", "https://hv02.corp.example"))
    assert names_of({"subject": ((("commonName", "hv09.corp.example"),),), "subjectAltName": alternative}) == OWN
    assert names_of({"subject": ((("commonName", HOST),),)}) == names_of({}) == names_of(None) == frozenset()


def signed_in(service: str = "WSMAN/HV01.corp.example@CORP.EXAMPLE", *, complete: bool = True, mutual: bool = True):
    """What pypsrp keeps of a Kerberos sign-in."""
    flags = ContextReq.mutual_auth | ContextReq.integrity if mutual else ContextReq.integrity
    inner = SimpleNamespace(target_name=service)
    return SimpleNamespace(contexts={HOST: SimpleNamespace(complete=complete, context_attr=flags, _context=inner)})


@pytest.mark.parametrize(
    ("authentication", "expected"),
    [
        (signed_in(), "kerberos"),
        (signed_in(complete=False), ""),
        (signed_in(mutual=False), ""),
        (signed_in("WSMAN/hv02.corp.example@CORP.EXAMPLE"), ""),
        (SimpleNamespace(contexts={}), ""),
        (None, ""),
    ],
)
def test_kerberos_proves_a_host_that_signed_in_to_us_under_this_very_name(authentication, expected):
    assert proof_of(SignIn(method="kerberos"), HOST, [], authentication) == expected
    assert proof_of(SignIn(method="negotiate"), HOST, [], authentication) == "", "it may have been NTLM"
