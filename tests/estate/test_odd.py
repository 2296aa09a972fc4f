"""Estates no person writes on purpose: one message with the key, never a traceback, never a wait without end."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import pytest

from scanner import cli
from scanner.estate.mistakes import EstateError
from scanner.estate.read import read

GOOD = '[[host]]\nname = "a.x"\n[[host]]\nname = "b.x"\n[[route]]\nfrom = "a.x"\nto = "b.x"\n'
LONG = "9" * 5000


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("a = " + "[" * 10_000, "", "is nested too deeply"),
        ("a = " + "[" * 100 + "]" * 100, "a[1]", "is nested too deeply"),
        ("a." * 200 + "b = 1", "", "is nested too deeply"),
        (f"a = {LONG}", "", "a number that is too long"),
        (f"[sign_in]\nport = 0x{LONG}\n" + GOOD, "sign_in.port", "too large"),
        ("[limits]\nconcurrency = 99999999999999999999\n" + GOOD, "limits.concurrency", "too large"),
        ('[limits]\nrun_deadline = "999999999999h"\n' + GOOD, "limits.run_deadline", "is longer than a week"),
        (f'[limits]\nhost_deadline = "{LONG}h"\n' + GOOD, "limits.host_deadline", "is no duration"),
        ('[limits]\nhost_deadline = "-1s"\n' + GOOD, "limits.host_deadline", "is no duration"),
        ('[limits]\nhost_deadline = "٣s"\n' + GOOD, "limits.host_deadline", "is no duration"),
        ("[limits]\nhost_deadline = nan\n" + GOOD, "limits.host_deadline", "is no duration"),
        ("[limits]\nconcurrency = inf\n" + GOOD, "limits.concurrency", "inf"),
        ("[sign_in]\nport = 1979-05-27\n" + GOOD, "sign_in.port", "1979-05-27"),
        ('[sign_in]\nca = "~\\u0000"\n' + GOOD, "sign_in.ca", "no path holds"),
        ('[[key_file]]\npath = "~\\u0000"\n' + GOOD, "key_file[1].path", "no path holds"),
        ('[directory.addresses]\n"dc.x" = "here"\n' + GOOD, "directory.addresses", "is no address"),
        ('[directory]\nsite = "a.b"\n' + GOOD, "directory.site", "is no name of a site"),
        ('[[host]]\nname = "\\u212A.x"\n' + GOOD, "host[1].name", "is no host name"),
    ],
)
def test_one_message(tmp_path: Path, text: str, key: str, words: str) -> None:
    path = tmp_path / "estate.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EstateError) as caught:
        read(path)
    (mistake,) = caught.value.mistakes
    assert mistake.key.startswith(key)
    assert words in mistake.text
    assert len(str(caught.value)) < 400
    assert cli.run(["estate", str(path)]) == 2


@pytest.mark.parametrize("part", ["a", '"a"', "'a'", '"\\""', "-"])
@pytest.mark.parametrize(
    "form",
    [
        *("{}b = 1", "\t {}b = 1", "[{}b]\nb.c = 1\nb.d = 1", "[[ {}b ]]\nb.c = 1"),
        *("x = {{{}b = 1}}", "x = {{ y = 1, {}b = 1 }}", "x = [\n{{ {}b = 1 }}]", "x = '''\n'''\r\n{}b = 1"),
    ],
)
@pytest.mark.parametrize("dot", [".", " .\t"])
def test_a_long_key_takes_no_memory(tmp_path: Path, part: str, form: str, dot: str) -> None:
    """20 KB of it were 400 MB, and twice as much four times that: the parser never sees it."""
    path = tmp_path / "estate.toml"
    path.write_text(form.format((part + dot) * 2_000), encoding="utf-8")
    tracemalloc.start()
    try:
        with pytest.raises(EstateError, match="is nested too deeply: is it an estate file"):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_long_texts_and_rows_of_dots_are_no_long_keys(tmp_path: Path) -> None:
    name = ".".join(["a"] * 40)
    text = f'#{"." * 400}\n# {name}\n[[group]]\nname = "{name}"\nhosts = ["x.{name}", "y.{name}",\n"z.{name}"]\n'
    path = tmp_path / "estate.toml"
    path.write_text(text + f'[[route]]\nfrom = "{name}"\nto = "{name}"\n', encoding="utf-8")
    assert len(read(path).estate.hosts) == 3


def groups(*sizes: int) -> str:
    """So many groups, of so many hosts."""
    hosts = (", ".join(f'"h{number}.g{group}"' for number in range(size)) for group, size in enumerate(sizes))
    return "".join(f'[[group]]\nname = "g{group}"\nhosts = [{names}]\n' for group, names in enumerate(hosts))


def route(source: int, destination: int, more: str = "") -> str:
    return f'[[route]]\nfrom = "g{source}"\nto = "g{destination}"\n{more}\n'


def refused_within(octets: int, path: Path, text: str) -> EstateError:
    """What is wrong with an estate, told in so much memory, the message included."""
    path.write_text(text, encoding="utf-8")
    tracemalloc.start()
    try:
        with pytest.raises(EstateError) as caught:
            read(path)
        str(caught.value)
        assert tracemalloc.get_traced_memory()[1] < octets
    finally:
        tracemalloc.stop()
    return caught.value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (groups(2000) + route(0, 0), r"^  route\[1\]  is 4,000,000 routes, and 250,000 is the most"),
        (groups(400, 400) + route(0, 1, "both_ways = true"), r"^  route\[1\]  is 320,000 routes"),
        (
            groups(400, 400) + route(0, 1) * 2,
            r"^  route\[1\] to route\[2\]  are 320,000 routes, and 250,000 is the most",
        ),
        (groups(2, 400, 700) + route(0, 0) + route(1, 2) + route(2, 0), r"^  route\[2\]  is 280,000 routes"),
        (
            groups(*[100] * 16) + "".join(route(a, b) for a in range(16) for b in range(16)),
            r"^  route\[1\] to route\[256\]  are 2,560,000 routes, and 250,000 is the most: split the estate$",
        ),
    ],
)
def test_more_routes_than_anybody_plans(tmp_path: Path, text: str, words: str) -> None:
    """All tables together; they are counted, and not made."""
    refused = refused_within(16 << 20, tmp_path / "estate.toml", text)
    assert re.search(words, str(refused), re.MULTILINE)
    assert len(refused.mistakes) == 1


@pytest.mark.parametrize("text", [groups(250, 250) + route(0, 1, "both_ways = true"), groups(500) + route(0, 0)])
def test_as_many_routes_as_somebody_may_plan(tmp_path: Path, text: str) -> None:
    path = tmp_path / "estate.toml"
    path.write_text(text, encoding="utf-8")
    assert len(read(path).estate.routes) in (125_000, 249_500)


NUMBER = 4_000


@pytest.mark.parametrize(
    "text",
    [
        '"' + "k" * 50 * NUMBER + '" = [' + "1, " * NUMBER + "]",
        '"' + "k" * 50 * NUMBER + '" = 1\n' + "".join(f"x{n} = 1\n" for n in range(NUMBER)),
        '[directory.controllers]\n"' + "k" * 50 * NUMBER + '" = [' + '"", ' * NUMBER + "]",
        '"' + "." * 50 * NUMBER + '" = 1\n[[route]]\nfrom = "a"\nto = "b"\n',
    ],
)
def test_a_long_name_takes_no_memory_for_each_of_many_items(tmp_path: Path, text: str) -> None:
    """160 KB of it were 3 GB."""
    assert len(str(refused_within(50 << 20, tmp_path / "estate.toml", text))) < 10 << 20


@pytest.mark.parametrize(
    "text",
    [
        groups(NUMBER) + "".join(f'[[route]]\nfrom = "hg{n}"\nto = "g0"\n' for n in range(NUMBER)),
        "".join(f"[[host]]\nname = {n}\n[[route]]\nfrom = 1\nto = {n}\n" for n in range(NUMBER)),
        "".join(f'[[host]]\nname = 1\n[[host]]\nname = "_{n}"\naddress = "x"\n' for n in range(NUMBER)),
    ],
)
def test_many_mistakes_take_no_time_by_their_square(tmp_path: Path, text: str) -> None:
    """Seconds; each compared with each was an hour."""
    path = tmp_path / "estate.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EstateError) as caught:
        read(path)
    assert len(caught.value.mistakes) >= NUMBER
