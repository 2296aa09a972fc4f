"""LDAP answers, regular and hostile: objects whole or a failure with its reason, never a part taken for the whole."""

from __future__ import annotations

import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.collect.directory.basics import escape
from scanner.collect.transport.dialer import NO_TIME
from scanner.collect.transport.ldap.answers import DirectoryError, not_connected, refusal
from scanner.words.model import GapReason
from tests.transport.ldap_peer import DONE, EXTENDED, REFERENCE, Answer, connected, done, entry, head_of, text, tlv

BIND_RESPONSE = 0x61
BASE, DN = "DC=corp,DC=example", "CN=HV01,DC=corp,DC=example"
CONFLICT = "CN=HV01\\0ACNF:b7b6bc3b-7d1f-4d0f-8f4e-0c9b2f4a7d11,DC=corp,DC=example"
NAMES = ("servicePrincipalName",)


def failing(answer: Answer, seconds: float = 20) -> DirectoryError:
    with connected(answer, seconds) as (session, _), pytest.raises(DirectoryError) as caught:
        session.search(BASE, "(cn=*)", NAMES)
    return caught.value


def test_objects_and_references() -> None:
    messages = [
        entry(DN, {"servicePrincipalName": ["HOST/HV01", "HOST/hv01.corp.example"], "objectSid": [b"\x01\xff"]}),
        tlv(REFERENCE, text("ldap://elsewhere.example/DC=elsewhere")),
        entry(CONFLICT, {}),
        done(),
    ]
    with connected(lambda _: messages) as (session, peer):
        first, second = session.search(BASE, "(cn=*)", NAMES)
        assert len(peer.asked) == 1  # the reference is not followed
    assert (first.dn, second.dn) == (DN, CONFLICT)
    assert first.texts("ServicePrincipalName") == ("HOST/HV01", "HOST/hv01.corp.example")
    assert first.raw("objectSid") == (b"\x01\xff",)
    assert (second.texts("servicePrincipalName"), second.text("cn")) == ((), "")


@pytest.mark.parametrize("tag", [DONE, BIND_RESPONSE, EXTENDED])
def test_no_referral_is_followed(tag: int) -> None:
    """Neither as the result of a search, a sign-in or an extended operation, nor beside objects."""
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        url = text(f"ldap://127.0.0.1:{elsewhere.getsockname()[1]}/{BASE}")
        body = (tlv(0x0A, b"\x0a"), text(""), text("over there"), tlv(0xA3, url))
        with connected(lambda _: [tlv(REFERENCE, url), tlv(tag, *body)]) as (session, peer):
            ways = {
                DONE: lambda: session.search(BASE, "(cn=*)", NAMES),
                EXTENDED: lambda: session.extended("1.3.6.1.4.1.1466.20037"),
                BIND_RESPONSE: lambda: session.bind("somebody", "Pl4nted-word"),
            }
            with pytest.raises(DirectoryError) as caught:
                ways[tag]()
            assert len(peer.asked) == 1
        assert caught.value.reason is GapReason.UNPARSABLE
        elsewhere.settimeout(0)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


def test_a_conflict_objects_name_is_sent_as_it_came() -> None:
    with connected(lambda _: [entry(CONFLICT, {"tokenGroups": []}), done()]) as (session, peer):
        assert session.read(CONFLICT, ("tokenGroups",)).dn == CONFLICT
    assert CONFLICT.encode() in peer.asked[0]


def ranged(limit: int, whole: list[str], asked: bytes) -> list[bytes]:
    """As Windows does: at most ``limit`` values, and which."""
    start = int(asked.partition(b";range=")[2].partition(b"-")[0]) if b";range=" in asked else 0
    last = start + limit >= len(whole)
    name = f"servicePrincipalName;range={start}-{'*' if last else start + limit - 1}"
    return [entry(DN, {name: whole[start : start + limit]}), done()]


@pytest.mark.parametrize("count", [1, 1499, 1500, 1501, 4000])
def test_ranged_values_are_read_to_the_end(count: int) -> None:
    whole = [f"cifs/host{number}" for number in range(count)]
    with connected(lambda request: ranged(1500, whole, request)) as (session, _):
        (found,) = session.search(BASE, "(cn=*)", NAMES)
    assert found.texts("servicePrincipalName") == tuple(whole)


def test_a_range_that_never_ends_is_a_failure() -> None:
    def again(_: bytes) -> list[bytes]:
        return [entry(DN, {"servicePrincipalName;range=0-1": ["a", "b"]}), done()]

    error = failing(again)
    assert (error.reason, "did not give all values" in error.detail) == (GapReason.UNPARSABLE, True)


def test_a_range_that_is_none() -> None:
    error = failing(lambda _: [entry(DN, {"servicePrincipalName;range=x-y": ["a"]}), done()])
    assert error.reason is GapReason.UNPARSABLE


def test_pages() -> None:
    told: list[bytes] = []

    def page(_: bytes) -> list[bytes] | bytes:
        told.append(b"")
        cookie = b"next" if len(told) < 3 else b""
        control = tlv(0xA0, tlv(0x30, text("1.2.840.113556.1.4.319"), text(tlv(0x30, b"\x02\x01\x00", text(cookie)))))
        number = tlv(0x02, bytes([len(told)]))
        return b"".join([tlv(0x30, number, entry(f"CN={len(told)}", {})), tlv(0x30, number, done(), control)])

    with connected(lambda request: numbered(request, page(request))) as (session, _):
        found = session.search(BASE, "(cn=*)", NAMES)
    assert [each.dn for each in found] == ["CN=1", "CN=2", "CN=3"]


def numbered(request: bytes, answer: list[bytes] | bytes) -> bytes:
    """The answer with the request's own message number, which is counted over all sessions of the process."""
    assert isinstance(answer, bytes)
    own, _ = head_of(request)
    messages: list[bytes] = []
    while answer:
        size = int.from_bytes(answer[2:6], "big") + 6 if answer[1] == 0x84 else answer[1] + 2
        head = 6 if answer[1] == 0x84 else 2
        body, answer = answer[head:size], answer[size:]
        messages.append(tlv(0x30, own, body[2 + body[1] :]))
    return b"".join(messages)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (1, GapReason.ACCESS_DENIED),
        (3, GapReason.TIMEOUT),
        (4, GapReason.UNPARSABLE),
        (10, GapReason.UNPARSABLE),
        (32, GapReason.ACCESS_DENIED),
        (50, GapReason.ACCESS_DENIED),
        (51, GapReason.UNREACHABLE),
    ],
)
def test_a_refusal_after_some_objects_is_no_answer(code: int, reason: GapReason) -> None:
    error = failing(lambda _: [entry(DN, {}), done(code, "why\x1b[2J\u202e not")])
    assert (error.reason, error.final) == (reason, False)
    assert "\x1b" not in error.detail
    assert "\u202e" not in error.detail
    assert "why" in error.detail


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, v2580\0", "wrong user"),
        ("80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 775, v4563\0", "locked"),
        ("something else", "invalidCredentials"),
    ],
)
def test_a_refused_password_is_final_and_a_ticket_is_not(message: str, words: str) -> None:
    result = {"result": 49, "description": "invalidCredentials", "message": message}
    error = refusal("dc1.corp.example", result)
    assert (error.final, error.reason, words in error.detail) == (True, GapReason.ACCESS_DENIED, True)
    assert not refusal("dc1.corp.example", result, ticket=True).final


def test_an_answer_cut_short() -> None:
    error = failing(lambda _: b"\x30\x84\x00\x00\xff\xff\x02\x01", seconds=0.3)
    assert (error.reason, error.detail) == (GapReason.TIMEOUT, "dc1.corp.example did not answer in time")


@pytest.mark.parametrize(
    "octets",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x30\x00", b"\x30\x03\x02\x01\x00", b"\x30\x05\x02\x01\x07\x64\x00"],
    ids=range(4),
)
def test_what_is_no_ldap(octets: bytes) -> None:
    error = failing(lambda _: octets, seconds=0.5)
    assert error.reason in (GapReason.UNPARSABLE, GapReason.TIMEOUT)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=1, max_size=120))
def test_any_octets_are_a_failure_with_a_reason(octets: bytes) -> None:
    assert failing(lambda _: octets, seconds=0.05).reason in (
        GapReason.UNPARSABLE, GapReason.TIMEOUT, GapReason.UNREACHABLE
    )  # fmt: skip


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 60), st.binary(min_size=1, max_size=8))
def test_a_damaged_answer_is_an_answer_or_a_failure(at: int, noise: bytes) -> None:
    def damaged(request: bytes) -> bytes:
        number, _ = head_of(request)
        whole = tlv(0x30, number, entry(DN, {"servicePrincipalName": ["a", "b"]})) + tlv(0x30, number, done())
        return whole[:at] + noise + whole[at:]

    with connected(damaged, 0.05) as (session, _):
        try:
            found = session.search(BASE, "(cn=*)", NAMES)
        except DirectoryError:
            return
    assert all(isinstance(value, bytes) for each in found for values in each.values.values() for value in values)


def test_an_address_that_nobody_tried_did_not_time_out() -> None:
    tried = [("10.0.0.1", TimeoutError("timed out")), ("10.0.0.2", TimeoutError(NO_TIME))]
    error = not_connected("dc1.corp.example", 389, tried)
    assert error.reason is GapReason.TIMEOUT
    assert error.detail.endswith("10.0.0.1 timed out, 10.0.0.2 was not tried: no time was left to connect")


def test_a_port_that_a_controller_refuses_says_what_to_look_at() -> None:
    refused = ("10.0.0.1", ConnectionRefusedError())
    for tried in ([refused], [refused, ("10.0.0.2", TimeoutError("timed out"))]):
        error = not_connected("dc1.corp.example", 636, tried)
        assert error.reason is GapReason.UNREACHABLE
        assert "dc1 -Port 636, from here" in error.advice.for_target("dc1")
    assert not not_connected("dc1.corp.example", 636, []).advice.text


@pytest.mark.parametrize("value", ["müller", "a*b", "a(b)c", "a\\b", "x@y.z", "O'Brien, J.", "\x00\x01", "ops"])
def test_a_value_of_a_filter_goes_out_as_the_octets_it_stands_for(value: str) -> None:
    """ldap3 2.10.2rc4 by itself sends each escape as three signs: whoever is called so is never found."""
    with connected(lambda _: [done()]) as (session, peer):
        session.search(BASE, f"(|(cn={escape(value)})(cn:1.2.3:={escape(value)})(!(cn={escape(value)})))", NAMES)
        (asked,) = peer.asked
    whole = tlv(0x04, value.encode())
    assert asked.count(whole) == 2
    assert tlv(0x83, value.encode()) in asked
    assert b"\\" not in asked.replace(value.encode(), b"")
