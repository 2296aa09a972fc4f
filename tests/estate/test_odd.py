"""Estates no person writes on purpose: one message with the key, never a traceback, never a wait without end."""

from __future__ import annotations

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
    text = f'#{"." * 400}\n# {name}\n[[group]]\nname = "{name}"\nhosts = ["{name}.x", "{name}.y",\n"{name}.z"]\n'
    path = tmp_path / "estate.toml"
    path.write_text(text + f'[[route]]\nfrom = "{name}"\nto = "{name}"\n', encoding="utf-8")
    assert len(read(path).estate.hosts) == 3


def test_more_routes_than_anybody_plans(tmp_path: Path) -> None:
    hosts = ", ".join(f'"h{number}.x"' for number in range(2000))
    path = tmp_path / "estate.toml"
    path.write_text(f'[[group]]\nname = "g"\nhosts = [{hosts}]\n[[route]]\nfrom = "g"\nto = "g"\n', encoding="utf-8")
    with pytest.raises(EstateError, match=r"is 4,000,000 routes, and 250,000 is the most"):
        read(path)
