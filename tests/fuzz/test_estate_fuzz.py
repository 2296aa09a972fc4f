"""Whatever an estate file holds, it is an estate or its mistakes; and a name is one name however it is written."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanner.estate.file import EstateFile
from scanner.estate.mistakes import EstateError, Mistake
from scanner.estate.read import read

GOOD = """
profiles = ["live-migration", "asr-vmm"]
sign_in = { method = "negotiate", user = "u", password = { env = "P" } }
networks = { trusted = ["10.20.0.0/24"], untrusted = ["10.30.0.0/24"] }
names = { servers = ["10.0.0.1"], lifetime = "5s" }
limits = { host_deadline = "60s", connect_timeout = "10s", run_deadline = "30m", concurrency = 32 }
[directory]
domains = ["corp.example"]
controllers = { "corp.example" = ["dc1.corp.example"] }
addresses = { "dc1.corp.example" = "10.0.0.2" }
[site_recovery]
endpoints = ["a.example"]
proxy = "proxy.corp.example:8080"
[[group]]
name = "g"
hosts = ["a.corp.example", "b.corp.example"]
sign_in = { user = "of-g" }
[[host]]
name = "c.corp.example"
address = "10.0.0.11"
sign_in = { user = "of-c" }
[[vmm]]
name = "v.corp.example"
sign_in = { user = "of-v" }
[[key_file]]
path = "k.VaultCredentials"
[[route]]
from = "g"
to = "c.corp.example"
[[route]]
from = "c.corp.example"
to = "b.corp.example"
"""
NAMES = ("corp.example", "dc1.corp.example", "a.corp.example", "b.corp.example", "c.corp.example", "v.corp.example")
KEYS = [*sorted(EstateFile.__struct_encode_fields__), "name", "hosts", "from", "to", "user", "env"]
ODD = st.sampled_from(
    [
        *("nan", "inf", "-inf", "9" * 5000, "0x" + "f" * 5000, "-1", "1e400", "99999999999999999999", "0o7"),
        *("1979-05-27", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "07:32:00", "true"),
        *('"999999999999999h"', '"~\\u0000"', '"~nobody/x"', '"\\u0000"', '"\\u001b[31m"', '""', '"."', '"a..b"'),
        *("[]", "{}", "[[]]", "[" * 2000, "[" * 40 + "]" * 40, "{ a = " * 40 + "1" + " }" * 40, "[{}]", '[1, "a"]'),
        *('"::1"', '"fe80::1%eth0"', '"0.0.0.0/0"', '"1.2.3.4"', '{ env = "A", file = "B" }', "{ prompt = true }"),
    ]
)
VALUES = ODD | st.text(max_size=30).map(lambda text: json.dumps(text.encode("utf-8", "replace").decode()))


def understood(path: Path, data: bytes) -> None:
    """It is an estate, or every mistake has words that a terminal can show."""
    path.write_bytes(data)
    found: tuple[Mistake, ...] = ()
    try:
        read(path)
    except EstateError as error:
        found = error.mistakes
    assert all(mistake.text and mistake.text.isprintable() for mistake in found), found


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "estate.toml"


@given(st.binary(max_size=300))
@example(b"a = " + b"[" * 10_000)
@example(b"a = " + b"9" * 5000)
@example(b"a." * 3000 + b"a = 1")
@example(b"[" + b"a." * 3000 + b"a]")
@example(b"\xff\xfea\x00")
def test_any_octets(path: Path, data: bytes) -> None:
    understood(path, data)


@given(st.lists(st.tuples(st.sampled_from(KEYS), VALUES), max_size=4), st.sampled_from(["", "[", "[["]))
def test_our_keys_with_odd_values(path: Path, lines: list[tuple[str, str]], table: str) -> None:
    head = {"": "", "[": "[limits]\n", "[[": "[[host]]\n"}[table]
    understood(path, (head + "".join(f"{key} = {value}\n" for key, value in lines)).encode())


@given(st.data())
def test_a_good_estate_with_one_odd_value(path: Path, data: st.DataObject) -> None:
    places = [place for place, char in enumerate(GOOD) if char == "=" and GOOD[place + 1] == " "]
    start = data.draw(st.sampled_from(places)) + 2
    stop = min(at for at in (GOOD.find(end, start) for end in (",", "\n", " }")) if at > 0)
    understood(path, (GOOD[:start] + data.draw(VALUES) + GOOD[stop:]).encode())


@given(st.data())
def test_a_good_estate_with_octets_changed(path: Path, data: st.DataObject) -> None:
    octets = bytearray(GOOD.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    understood(path, bytes(octets))


@given(st.data())
def test_a_name_is_one_name_however_it_is_written(path: Path, data: st.DataObject) -> None:
    """A dot at its end and upper case change nothing, at whatever place of the file."""
    path.write_text(GOOD, encoding="utf-8")
    plain, changed = read(path), GOOD
    pieces = GOOD.split('"')
    for place, piece in enumerate(pieces):
        if piece in NAMES:
            pieces[place] = data.draw(st.sampled_from([piece, piece + ".", piece.upper(), piece.title() + "."]))
    changed = '"'.join(pieces)
    path.write_text(changed, encoding="utf-8")
    assert read(path) == plain


def test_the_good_one_is_good(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    assert read(path).access.sign_in("c.corp.example").user == "of-c"
    with contextlib.suppress(OSError):
        path.unlink()
