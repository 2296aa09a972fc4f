"""Whatever a machine answers, on the wire: a session ends as an answer, or as a failure with its reason, in time."""

from __future__ import annotations

import gc
import os
import re
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lab.windows.wsman import ErrorRecord, fragments, records
from lab.windows.wsman.certificates import Certificates, make
from scanner.collect.transport.psrp.session import RunspaceSession
from scanner.estate.access import Access, Limits, SignIn
from scanner.estate.secret import SecretSource
from scanner.facts.host import OperatingSystem
from scanner.words.channel import ChannelFailure, Output
from scanner.words.model import GapReason
from tests.hostile import END, Asked, Attack, Hostile, Parts, psrp, receive, usual

NAME = "hv01.corp.example"
ADDRESS = f"127.87.{os.getpid() % 250}.1"
SECONDS = 5.0
LINE = f"<S>{'x' * 30}</S>"
ERROR = records.error_record(ErrorRecord("Id,Cmd", 13, "Cmd", "t", "r", 0, "m", "System.Exception"), extended=True)
STATE = records.pipeline_state(4)
KINDS = [
    *(fragments.SESSION_CAPABILITY, fragments.RUNSPACEPOOL_STATE, fragments.PIPELINE_OUTPUT, fragments.ERROR_RECORD),
    *(fragments.PIPELINE_STATE, fragments.WARNING_RECORD, 0x21004, 0x21008, 0x21100, 0x41100, 0x10006, 0x10007, 7),
]
SCALARS = "S ToString C B DT TS By SB U16 I16 U32 I32 U64 I64 Sg Db D BA G URI Nil Version XD SBK SS Ref Obj"
VALUES = [
    *("", "99999999999999999999", "-1", "9" * 5000, "nan", "1e999", "\ud7ff", "_xD800_", "_x0000_", "_xZZZZ_", "true"),
    *("0000-00-00T00:00:00", "10000-01-01T00:00:00Z", "P99999999999999Y", "=", "////", "{0}", "1.2.3.4.5.6", "\u0661"),
]
HEADS = [
    *("Content-Encoding: deflate", "Content-Encoding: gzip, gzip", "Content-Encoding: br", "Content-Encoding: zstd"),
    *("Content-Encoding: identity", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked", "Location: /x"),
    *("Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 1, 2", "Content-Length: x"),
    *("Content-Type: text/xml; charset=punycode", 'Content-Type: multipart/encrypted;boundary="(a+)+"'),
    *('Content-Type: multipart/encrypted;protocol="a/b";boundary="Encrypted Boundary"', "Connection: upgrade", ": x"),
    *("WWW-Authenticate: Negotiate", "WWW-Authenticate: Basic realm=\"" + "x" * 5000, "Set-Cookie: a=b; expires=x"),
    *("Set-Cookie: " + "a=" * 20_000, "Content-Disposition: " + ";" * 20_000, "X" * 70_000 + ": 1", "\xff\x00: \xff"),
]  # fmt: skip
STATUS = [
    "200 OK",
    "100 Continue",
    "204 No",
    "301 Moved",
    "401 No",
    "407 No",
    "500 Oops",
    "503 Off",
    "999 ?",
    "0 x",
    "x",
]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hostile, Access]]:
    folder = tmp_path_factory.mktemp("fuzz")
    pki: Certificates = make(folder, [NAME])
    (folder / "password").write_text("Passw0rd-of-a-test")
    with Hostile(ADDRESS, pki, lambda _: None) as machine:
        password = SecretSource(file=str(folder / "password"))
        way = SignIn(method="basic", user="admin", password=password, ca=pki.ca, port=machine.port)
        yield machine, Access(default=way, addresses={NAME: ADDRESS}, limits=Limits(connect_timeout=5))
    gc.collect()


def talk(bench: tuple[Hostile, Access], attack: Attack) -> list[str | Output] | ChannelFailure:
    """What a session with such a machine brings."""
    machine, access = bench
    machine.attack, machine.turn = attack, 0
    try:
        with closing(RunspaceSession(NAME, access, time.monotonic() + SECONDS)) as session:
            session.open()
            return list(session.run((OperatingSystem.query,)))
    except ChannelFailure as failure:
        return failure


def judged(told: list[str | Output] | ChannelFailure) -> None:
    """It is an answer, or a reason in words that a terminal can show, and not that time ran out."""
    if isinstance(told, ChannelFailure):
        assert told.detail
        assert told.detail.isprintable()
        assert told.reason is not GapReason.TIMEOUT
        assert (
            told.reason is not GapReason.NOT_COLLECTED
            or told.detail.startswith("the script did not end well")
            or "WSMan fault" in told.detail
        )


def at(place: int, parts: Parts) -> Attack:
    """These octets and the end of the connection as one answer, and what is usual before it."""
    return lambda asked: [*parts, END] if asked.turn >= place else None


@given(st.integers(0, 3), st.binary(max_size=400))
def test_any_octets(bench: Any, place: int, data: bytes) -> None:
    judged(talk(bench, at(place, [data])))


@given(
    st.integers(0, 3), st.sampled_from(STATUS), st.lists(st.sampled_from(HEADS), max_size=4),
    st.sampled_from([b"", b"<r/>", b"5\r\n<r/>\n\r\n0\r\n\r\n", b"-5\r\n", b"fffffffffffffffff\r\n", b"<!DOCTYPE r>"]),
)  # fmt: skip
def test_odd_heads(bench: Any, place: int, status: str, heads: list[str], body: bytes) -> None:
    lines = (f"HTTP/1.1 {status}", *heads, "", "")
    judged(talk(bench, at(place, ["\r\n".join(lines).encode("latin-1") + body])))


@given(st.integers(0, 3), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_what_is_usual_with_octets_changed(bench: Any, place: int, changes: list[tuple[float, int]]) -> None:
    def attack(asked: Asked) -> Parts | None:
        if asked.turn < place:
            return None
        if asked.turn > place + 3:
            return [END]
        octets = bytearray(usual(asked))
        for where, value in changes:
            octets[int(where * (len(octets) - 1))] = value
        return [bytes(octets), END]

    judged(talk(bench, attack))


def in_pipeline(data: bytes) -> Attack:
    """These fragments as the first that a pipeline brings, and then its end."""

    def attack(asked: Asked) -> Parts | None:
        if asked.verb != "Receive" or not asked.command:
            return None
        return [receive(asked, data if asked.turn <= 3 else psrp(fragments.PIPELINE_STATE, STATE))]

    return attack


@given(st.binary(max_size=200))
def test_any_fragments(bench: Any, data: bytes) -> None:
    judged(talk(bench, in_pipeline(data)))


@given(
    st.sampled_from(KINDS), st.sampled_from(SCALARS.split()), st.sampled_from(VALUES), st.sampled_from([0, 1, 3, 60])
)
@example(fragments.PIPELINE_OUTPUT, "C", "99999999999999999999", 0)
@example(fragments.ERROR_RECORD, "C", "99999999999999999999", 1)
def test_every_scalar_with_absurd_values(bench: Any, kind: int, tag: str, value: str, depth: int) -> None:
    inner = f'<{tag} RefId="0" N="x">{value}</{tag}>'
    text = '<Obj RefId="1"><MS>' * depth + inner + "</MS></Obj>" * depth
    judged(talk(bench, in_pipeline(psrp(kind, text))))


@given(st.sampled_from([LINE, ERROR, STATE]), st.sampled_from(KINDS), st.data())
def test_records_with_parts_changed(bench: Any, text: str, kind: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, min(len(text), start + 40)))
    put = data.draw(
        st.sampled_from([*VALUES, "<", ">", "<Obj RefId='0'>", "</MS>", "<!DOCTYPE r>", "<Ref RefId='0'/>"])
    )
    judged(talk(bench, in_pipeline(psrp(kind, text[:start] + put + text[stop:]))))


def test_a_char_that_is_none_makes_the_answer_unparsable(bench: Any) -> None:
    """Of an output, it is a line that says nothing; of a record, the session ends."""
    output = psrp(fragments.PIPELINE_OUTPUT, "<C>99999999999999999999</C>")
    assert talk(bench, in_pipeline(output)) == [""]
    text = re.sub('<S N="TargetObject">[^<]*</S>', '<C N="TargetObject">99999999999999999999</C>', ERROR)
    assert text != ERROR
    told = talk(bench, in_pipeline(psrp(fragments.ERROR_RECORD, text)))
    assert isinstance(told, ChannelFailure)
    assert told.reason is GapReason.UNPARSABLE


def test_the_usual_is_an_answer(bench: Any) -> None:
    assert talk(bench, in_pipeline(psrp(fragments.PIPELINE_OUTPUT, LINE))) == ["x" * 30]
