"""A stream over real sockets: in time, sealed, and never more than agreed."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.windows.wsman.certificates import make
from scanner.collect.transport.bounds import MIB
from scanner.collect.transport.deadline import Budget
from scanner.collect.transport.ldap.stream import Stream
from scanner.collect.transport.tls import Trust, tls_context
from tests.transport.ldap_peer import ends

KEY = 0x5A


def mask(data: bytes) -> bytes:
    """A cipher that can be told from plain text, and is its own inverse."""
    return bytes(octet ^ KEY for octet in data)


def refuse(data: bytes) -> bytes:
    raise ConnectionAbortedError(f"{len(data)} octets that nobody sealed")


@contextmanager
def streaming(seconds: float = 20, most: int = 32 * MIB) -> Iterator[tuple[Stream, socket.socket]]:
    near, far = ends()
    near.budget = Budget(time.monotonic() + seconds, most, most)
    with near, far:
        yield Stream(near), far


@pytest.fixture
def pair() -> Iterator[tuple[Stream, socket.socket]]:
    with streaming() as both:
        yield both


def buffers(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + mask(part) for part in parts)


def test_plain(pair: tuple[Stream, socket.socket]) -> None:
    stream, far = pair
    stream.sendall(b"question")
    far.sendall(b"answer")
    assert (far.recv(99), stream.recv(99)) == (b"question", b"answer")


def test_sealed_in_pieces_of_the_agreed_size(pair: tuple[Stream, socket.socket]) -> None:
    stream, far = pair
    stream.seal(mask, mask, 4)
    stream.sendall(b"question")
    assert far.recv(99) == buffers(b"ques", b"tion")


def test_two_buffers_that_arrive_together(pair: tuple[Stream, socket.socket]) -> None:
    stream, far = pair
    stream.seal(mask, mask, 64)
    far.sendall(buffers(b"first", b"", b"second"))
    assert [stream.recv(99), stream.recv(3), stream.recv(99)] == [b"first", b"sec", b"ond"]


@given(st.lists(st.binary(max_size=40), max_size=8), st.lists(st.integers(1, 30), min_size=1))
def test_any_buffers_however_the_network_cuts_them(parts: list[bytes], cuts: list[int]) -> None:
    data, at = buffers(*parts), 0
    with streaming() as (stream, far):
        stream.seal(mask, mask, 64)
        for cut in cuts:
            far.sendall(data[at : at + cut])
            at += cut
        far.sendall(data[at:])
        far.shutdown(socket.SHUT_WR)
        found = b""
        while len(found) < sum(map(len, parts)):
            found += stream.recv(7)
        assert found == b"".join(parts)


def test_the_end_of_the_connection_is_a_failure(pair: tuple[Stream, socket.socket]) -> None:
    stream, far = pair
    far.close()
    with pytest.raises(ConnectionResetError):
        stream.recv(1)
    assert isinstance(stream.failure, ConnectionResetError)


def test_a_deadline_that_is_over() -> None:
    with streaming(0) as (stream, far):
        far.sendall(b"too late")
        with pytest.raises(TimeoutError):
            stream.recv(1)
        with pytest.raises(TimeoutError):
            stream.sendall(b"x")
        assert isinstance(stream.failure, TimeoutError)


def test_a_peer_that_drips_does_not_move_the_deadline() -> None:
    over = threading.Event()
    with streaming(0.3) as (stream, far):
        stream.seal(mask, mask, 64)
        far.sendall((1000).to_bytes(4, "big"))

        def drip() -> None:
            while not over.wait(0.02):
                far.sendall(b"x")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            with pytest.raises(TimeoutError):
                stream.recv(1)
        finally:
            over.set()
            dripping.join()


def test_a_buffer_that_is_not_the_peers(pair: tuple[Stream, socket.socket]) -> None:
    stream, far = pair
    stream.seal(mask, refuse, 64)
    far.sendall(buffers(b"plain"))
    with pytest.raises(ConnectionAbortedError, match="nobody sealed"):
        stream.recv(1)


def test_a_length_nobody_agreed_to(pair: tuple[Stream, socket.socket]) -> None:
    stream, far = pair
    stream.seal(mask, mask, 64)
    far.sendall(b"\xff\xff\xff\xff")
    with pytest.raises(ConnectionAbortedError, match="longer than agreed"):
        stream.recv(1)


def test_an_answer_without_end() -> None:
    with streaming(most=MIB) as (stream, far):

        def pour() -> None:
            try:
                while True:
                    far.sendall(bytes(65536))
            except OSError:
                pass  # the reader has gone

        pouring = threading.Thread(target=pour)
        pouring.start()
        with pytest.raises(ConnectionAbortedError, match="longer than 1 MiB"):
            list(iter(lambda: stream.recv(65536), b""))
        stream.close()
        pouring.join()


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_peer_that_reads_a_little_now_and_then_does_not_move_the_deadline(encrypted: bool, tmp_path: Path) -> None:
    """What is sent here would take minutes."""
    name, over, pki = "dc1.corp.example", threading.Event(), make(tmp_path, ["dc1.corp.example"])
    with streaming(60) as (stream, far):

        def sip() -> None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pki.server.certificate, pki.server.key)
            with context.wrap_socket(far, server_side=True) if encrypted else far as talk:
                while not over.wait(0.02):
                    talk.recv(65536)

        sipping = threading.Thread(target=sip)
        sipping.start()
        try:
            if encrypted:
                stream.start_tls(tls_context(Trust(pki.ca)), name)
            assert stream.sock.budget
            stream.sock.budget.deadline = time.monotonic() + 1
            with pytest.raises(TimeoutError):
                stream.sendall(bytes(128 * MIB))
        finally:
            over.set()
            stream.close()
            sipping.join()
