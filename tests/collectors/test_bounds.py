"""A hostile machine beside a good one: the good one is read in its time, the process stays small, the reason is told.

Every attack goes over the real wire against the program in a process of its own, whose memory the system counts.
"""

from __future__ import annotations

import gzip
import io
import itertools
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.windows.wsman import ErrorRecord, fragments, records
from lab.windows.wsman.certificates import Certificates, make
from scanner import plugins
from scanner.facts.host import OperatingSystem
from scanner.record import record
from scanner.words.evidence import Evidence
from scanner.words.model import Gap, GapReason
from tests.hostile import Asked, Attack, Hostile, Parts, envelope, http, psrp, receive
from tests.wire import HOSTS, HV01, HV11, address, wire

BLOCK = 93
ROOT = Path(__file__).parents[2]
MIB = 2**20
MEMORY = 300
"""MiB the whole process may take, whatever a machine sends"""
DEADLINE = 20
"""seconds a machine has"""
CHUNK = 16 * 1024
ROW = b'{"query":"Service","errors":[],"rows":['


def endless(part: bytes) -> Iterator[bytes]:
    return itertools.repeat(part)


def at(verb: str, answer: Attack) -> Attack:
    """An attack at one kind of request; a Receive is one of the pipeline's."""
    return lambda asked: answer(asked) if asked.verb == verb and (verb != "Receive" or asked.command) else None


def gzip_bomb(asked: Asked) -> Parts:
    data = io.BytesIO()
    with gzip.GzipFile(fileobj=data, mode="wb", compresslevel=1) as file:
        for _ in range(600):
            file.write(bytes(MIB))
    return [http(data.getvalue(), "Content-Encoding: gzip")]


def flood(part: bytes, head: bytes = b"<r>", size: int = 60 * MIB) -> Attack:
    """A body of equal parts, with its length told."""
    count = size // len(part)
    start = b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: %d\r\n\r\n" % (
        len(head) + count * len(part)
    )
    step = part * (CHUNK // len(part))
    return lambda _: itertools.chain([start + head], itertools.repeat(step, count * len(part) // len(step)))


def endless_body(_: Asked) -> Parts:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nTransfer-Encoding: chunked\r\n\r\n"
    return itertools.chain([head], endless(b"%x\r\n" % CHUNK + b"<a>" * (CHUNK // 3) + b"<\r\n"))


def endless_chunk_head(_: Asked) -> Parts:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nTransfer-Encoding: chunked\r\n\r\n1;"
    return itertools.chain([head], endless(b"x" * CHUNK))


def endless_interim(_: Asked) -> Parts:
    return endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 600)


def long_name_space(asked: Asked) -> Parts:
    """A megabyte in every name of two hundred thousand: one parse of minutes, in C."""
    return [envelope(asked, '<x xmlns="' + "u" * MIB + '">' + "<a/>" * 200_000 + "</x>")]


def entities(_: Asked) -> Parts:
    """What the parser's own limit lets through: nearly a hundred times its size."""
    text = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 9}">' for i in range(1, 3))
    bomb = f'<!DOCTYPE r [<!ENTITY e0 "{"x" * 50_000}">{text}]><!--{" " * (MIB + MIB // 2)}--><r>{"&e2;" * 36}</r>'
    return [http(bomb.encode())]


def own_encoding(asked: Asked) -> Parts:
    """A codec of the machine's choice, in Python and quadratic."""
    return [http(b"a" * 600_000 + b"-" + b"b" * 600_000, kind="text/plain; charset=punycode", status="500 Oops")]


def endless_object(asked: Asked) -> Parts:
    turn = asked.turn - 3
    data = b"".join(
        struct.pack(">QQBI", 9, turn * 12 + place, turn * 12 + place == 0, 32_000) + b"x" * 32_000
        for place in range(12)
    )
    return [receive(asked, data)]


def tiny_fragments(asked: Asked) -> Parts:
    """Each copies the rest of the message, in pypsrp."""
    turn, count = asked.turn - 3, 60_000
    data = b"".join(
        struct.pack(">QQBI", 9, turn * count + place, turn * count + place == 0, 1) + b"x" for place in range(count)
    )
    return [receive(asked, data)]


def progress(asked: Asked) -> Parts:
    text = records.progress_record("x" * 20_000 + "\U0001f5a5", done=False)
    return [receive(asked, psrp(fragments.PROGRESS_RECORD, text) * 18)]


def error_records(asked: Asked) -> Parts:
    error = ErrorRecord("x" * 20_000, 13, "Get-VM", "", "reason", 0, "message", "System.Exception")
    return [receive(asked, psrp(fragments.ERROR_RECORD, records.error_record(error, extended=False)) * 10)]


def nested_error(asked: Asked) -> Parts:
    """Written out once for each object around it, in pypsrp."""
    inner = "<Obj RefId='0'><MS><Obj N='x' RefId='1'><MS>"
    text = inner * 150 + "<S>x</S>" * 25_000 + "</MS></Obj></MS></Obj>" * 150
    return [receive(asked, psrp(fragments.ERROR_RECORD, text))]


def lines(line: bytes) -> Attack:
    """The same answer again and again."""
    text = line.decode().replace("&", "&amp;").replace("<", "&lt;")
    data = psrp(fragments.PIPELINE_OUTPUT, f"<S>{text}</S>")
    pieces = [data[start : start + 12 * 32768] for start in range(0, len(data), 12 * 32768)]
    return lambda asked: [receive(asked, pieces[(asked.turn - 3) % len(pieces)])]


NAMES = ["OperatingSystem", "ComputerSystem", "Service", "VirtualMachineSettings", "VmStorage", "MigrationSettings"]


def rows(count: int) -> Attack:
    """Every question is answered with empty lists without number."""
    sizes = [f'{{"query":"{name}","errors":[],"rows":[{"[]," * count}[]]}}' for name in NAMES]
    data = [psrp(fragments.PIPELINE_OUTPUT, f"<S>{text}</S>") for text in sizes]
    pieces = [part[start : start + 12 * 32768] for part in data for start in range(0, len(part), 12 * 32768)]
    return lambda asked: [receive(asked, pieces[(asked.turn - 3) % len(pieces)])]


LONGER = "longer than"
ATTACKS: dict[str, tuple[Attack, str]] = {
    "gzip": (at("Create", gzip_bomb), "compressed, which nobody asked for"),
    "many tags": (at("Create", flood(b"<a/>")), "one message of the answer is longer than 2 MiB"),
    "deep tags": (at("Create", flood(b"<a>")), "one message of the answer is longer than 2 MiB"),
    "a body without end": (at("Create", endless_body), "one message of the answer is longer than 2 MiB"),
    "a chunk's head without end": (at("Create", endless_chunk_head), "in the middle of an answer"),
    "interim answers without end": (at("Create", endless_interim), "one message of the answer is longer than 2 MiB"),
    "a long name space": (at("Create", long_name_space), "no WS-Management"),
    "entities": (at("Create", entities), "no WS-Management"),
    "its own encoding": (at("Create", own_encoding), "HTTP 500"),
    "an object without end": (at("Receive", endless_object), "one object of the answer is longer than 8 MiB"),
    "tiny fragments": (at("Receive", tiny_fragments), "one object of the answer is longer than 8 MiB"),
    "progress": (at("Receive", progress), ""),
    "errors": (at("Receive", error_records), LONGER),
    "a nested error": (at("Receive", nested_error), "a record of the answer"),
    "a giant line": (at("Receive", lines(ROW + b"[]," * (4 * MIB) + b"[]]}")), LONGER),
    "many values": (at("Receive", rows(2 * MIB)), "any machine"),
}


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make(tmp_path_factory.mktemp("pki"), HOSTS)


COUNTED = """
import pathlib, re, sys
from scanner.cli import main
try:
    main()
finally:
    memory = re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]
    print(memory, file=sys.stderr)
"""


def collect(estate: Path) -> tuple[Evidence, float]:
    """Read the estate in a process of its own: the record, and the MiB it took at most."""
    kept = estate.with_suffix(".hvp")
    command = [sys.executable, "-P", "-c", COUNTED, "collect", str(estate), "--save", str(kept)]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=here, capture_output=True, text=True, check=False)
    assert done.returncode == 3, f"there are gaps, and no crash: {done.stderr}"
    loaded = record.load(kept.read_bytes(), plugins.load(third_party=False).facts)
    return loaded, int(done.stderr.splitlines()[-1]) / 1024


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_harms_neither_the_neighbour_nor_the_process(pki: Certificates, tmp_path: Path, name: str) -> None:
    attack, words = ATTACKS[name]
    place = address(BLOCK, 50)
    with wire(BLOCK, pki, tmp_path) as bench, Hostile(place, pki, attack, 5986):
        evidence, memory = collect(bench.estate(address11=place, deadline=f"{DEADLINE}s"))
    gaps = {(gap.reason, gap.detail) for gap in evidence.gaps() if gap.target == HV11}
    late = {gap for gap in evidence.gaps() if gap.target == HV01 and gap.reason is GapReason.TIMEOUT}
    assert not late
    assert not isinstance(evidence.ask(OperatingSystem, HV01), Gap)
    assert memory < MEMORY, f"{memory:.0f} MiB"
    assert {words in detail for _, detail in gaps} == {True}, gaps
    print(f"{name}: {memory:.0f} MiB, neighbour {evidence.target(HV01).seconds:.1f} s, {gaps}")
    if words:
        assert GapReason.TIMEOUT not in dict(gaps), "it was given up for what it sent, not for its time"
