"""A hostile controller: the process stays small, and it is given up for what it sent, or at the deadline.

A real socket, and a process of its own that searches: the system counts its memory.
"""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.transport.ldap_peer import entry, tlv

ROOT = Path(__file__).parents[2]
MIB = 2**20
MEMORY = 256
"""MiB; a process that was sent nothing holds about 50, Kerberos' libraries among them"""
BOUND = 60
"""seconds of the whole process: the deadline of its search is 10 s, and one message may be on its way"""
SEARCH = """
import pathlib, re, sys, time
from scanner.collect.transport.bounds import MAX_LDAP_TOTAL
from scanner.collect.transport.deadline import Budget
from scanner.collect.transport.dialer import Dialer
from scanner.collect.transport.ldap.connection import connection
from scanner.collect.transport.ldap.answers import DirectoryError
budget = Budget(time.monotonic() + 10, MAX_LDAP_TOTAL, MAX_LDAP_TOTAL)
sock = Dialer(("127.0.0.1",), int(sys.argv[1]), 10, budget).dial()
try:
    connection("dc1", sock, budget).search("DC=x", "(cn=*)", ("cn",))
    print("no failure")
except DirectoryError as error:
    print(error.reason, error.detail)
print(re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1])
"""
Answer = Callable[[bytes], Iterable[bytes]]
"""The octets that answer a search, given the octets of its number."""


def of_length(length: int) -> bytes:
    return b"\x30\x84" + length.to_bytes(4, "big")


def giant(_number: bytes) -> Iterable[bytes]:
    return itertools.chain([of_length(200 * MIB)], itertools.repeat(bytes(65536), 3200))


def no_length(_number: bytes) -> Iterable[bytes]:
    return itertools.chain([b"\x30\x80"], itertools.repeat(bytes(65536)))


def small_elements(number: bytes) -> Iterable[bytes]:
    inner = tlv(0x64, b"\x04\x00" * (MIB // 2 - 40))
    return itertools.repeat(tlv(0x30, number, inner))


def long_number(_number: bytes) -> Iterable[bytes]:
    return itertools.repeat(tlv(0x30, tlv(0x02, b"\x01" * (MIB - 20))))


def objects(number: bytes) -> Iterable[bytes]:
    """Objects without number in one page."""
    return itertools.repeat(tlv(0x30, number, entry("CN=A", {})) * 100)


def values(number: bytes) -> Iterable[bytes]:
    message = tlv(0x30, number, entry("CN=A", {"cn": [b""] * (MIB // 2 - 100)}))
    return itertools.repeat(message)


ATTACKS: dict[str, tuple[Answer, str]] = {
    "a giant message": (giant, "one message is longer than 1 MiB"),
    "a message without length": (no_length, "a message has no length"),
    "small elements": (small_elements, ""),
    "a number of a megabyte": (long_number, ""),
    "objects without end": (objects, "one request was answered with more than 2000 messages"),
    "values without end": (values, ""),
}


def serve(door: socket.socket, answer: Answer) -> None:
    client, _ = door.accept()
    with client:
        request = client.recv(65536)
        place = request.index(b"\x02")
        try:
            for part in answer(request[place : place + 2 + request[place + 1]]):
                client.sendall(part)
        except OSError:  # the scanner has had enough
            return


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_controller_fills_neither_memory_nor_time(name: str) -> None:
    answer, words = ATTACKS[name]
    with socket.create_server(("127.0.0.1", 0)) as door:
        serving = threading.Thread(target=serve, args=(door, answer))
        serving.start()
        done = subprocess.run(
            [sys.executable, "-c", SEARCH, str(door.getsockname()[1])],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=BOUND,
        )  # fmt: skip
        serving.join()
    assert done.returncode == 0, done.stderr
    told, memory = done.stdout.splitlines()
    print(name, told, memory)
    assert told != "no failure"
    assert words in told
    assert int(memory) / 1024 < MEMORY
