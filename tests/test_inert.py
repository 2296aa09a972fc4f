"""Nothing that is printed is a command to the program that runs the job, and all of it can still be read.

The other side is written from what the runners themselves do, and looks at what really left, line by line.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports import json_report, junit_report, terminal
from scanner import guard
from scanner.commands import console
from scanner.commands.logs import Record, Tell
from scanner.commands.progress import Live
from scanner.words.inert import WEIGHTLESS, inert, inert_json
from scanner.words.model import Gap, GapReason, Status
from scanner.words.quoting import quote
from tests.reports.conftest import GUIDS, HV01, HV11, build, finding, host, machine, route
from tests.test_query import read_literal

GITLAB = re.compile(r"section_((?:start)|(?:end)):(\d+):([a-zA-Z0-9_.-]+)")
"""lib/gitlab/regex.rb, logs_section_prefix_regex; what must follow (a return) never leaves, and is not waited for."""
TRAVIS = re.compile(r"travis_(fold|time):(start|end):")
"""travis-build, lib/travis/build/bash"""
ENCODINGS = ("ascii", "cp1252", "cp437", "utf-8", "utf-16")
PIECES = [
    "##vso[task.complete result=Succeeded]", "##[error]", "##", "#", "[", "##teamcity[buildStop]", "::error file=a::b",
    "::add-mask::x", "::", ":", "section_start:1:a\r\x1b[0K", "section_end:", "1:a",
    "travis_fold:start:x", "travis_time:",
    "\u034f", "\ufe0f", "\u200b", "\u00ad", "\u115f", "\U000e0100", " ", "\u3000", "\u00a0", "\n", "\r", "\r\n", "\t",
    "\u0600", "\u202a", "\x7f", "\x9f", "\0", "\U000110cd",
    "\u2026", "\u2192", "\u00b7", "x" * 19, "\u034f" * 65, "word ", "\x1b[31m",
    "\x85", "\u2028", "\udc80", "\\", "'", '"',
]  # fmt: skip
HOSTILE = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=()), max_size=3), max_size=12
).map("".join)


def as_culture_has_it(text: str) -> str:
    """The text as a comparison by culture reads it: without what has no weight (.NET's IndexOf without ordinal)."""
    return "".join(
        c for c in text
        if unicodedata.category(c) != "Cf" and (unicodedata.category(c) != "Cc" or c.isspace())
        and not (0xFE00 <= ord(c) <= 0xFE0F or 0xE0000 <= ord(c) <= 0xE0FFF)
        and c not in "\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f"
    )  # fmt: skip


def commands(printed: str) -> Iterator[str]:
    """What the runners would act on. Lines end as their readers have it: at \\n, \\r\\n and \\r."""
    for raw in re.split("\r\n|\n|\r", re.sub(r"\x1b\[[0-9;]*m", "", printed)):
        line = as_culture_has_it(raw)
        if "##vso[" in line or "##[" in line or "##teamcity[" in line:  # anywhere: agent, runner, TeamCity
            yield raw
        if line.lstrip().startswith("::"):  # actions/runner, ActionCommand.TryParseV2
            yield raw
        if GITLAB.search(line) or TRAVIS.search(line):
            yield raw


def test_what_has_no_weight_is_neither_white_space_nor_of_a_word() -> None:
    """Else a search could take it in two ways, and would for ever where it finds nothing."""
    weightless = re.findall(f"[{WEIGHTLESS}]", "".join(map(chr, range(sys.maxunicode + 1))))
    assert len(weightless) > 4096
    assert not [ascii(char) for char in weightless if re.match(r"\w|\s", char)]


@contextmanager
def streams(encoding: str) -> Iterator[io.BytesIO]:
    """Both standard streams, with an encoding."""
    octets, before = io.BytesIO(), (sys.stdout, sys.stderr)
    wrapper = sys.stdout = sys.stderr = io.TextIOWrapper(octets, encoding=encoding, newline="", write_through=True)
    try:
        yield octets
    finally:
        sys.stdout, sys.stderr = before
        wrapper.detach()


def left(octets: io.BytesIO, encoding: str) -> str:
    return octets.getvalue().decode(encoding)


def test_the_other_side_sees_commands() -> None:
    for piece in (
        "a ##vso[x]",
        "##[error]y",
        "  ::error::x",
        "\x1b[1m::error::x",
        "a\r::error::",
        "#\u034f#vso[",
        "##teamcity[x",
    ):
        assert list(commands(piece))
    assert list(commands("section_start:1:a"))
    assert list(commands("travis_fold:start:x"))
    assert not list(commands("fe80::1 is a # of [x] section_start: travis_fold"))


@given(HOSTILE, st.sampled_from(ENCODINGS))
@example("\u2026".join(["::error::", "##vso[x]"]), "ascii")
@example("##vso" + "\u034f" * 65 + "[x]", "utf-8")
@example("##" + "v\ufe0f" * 64 + "[x]", "utf-8")
def test_what_is_said_is_no_command(text: str, encoding: str) -> None:
    with streams(encoding) as octets:
        console.say(text)
        console.tell(text)
        console.write_terminal(f"\x1b[1;31m{text}\x1b[0m")
        Tell().emit(Record("x", logging.ERROR, "", 1, "%s: %s", (text, text), None))
        guard.last_resort(lambda: {}[text], console.tell)
    printed = left(octets, encoding)
    assert not list(commands(printed))
    assert all(char.isprintable() or char in "\n\t\x1b\ufeff" for char in printed)


@given(HOSTILE, st.integers(20, 200), st.sampled_from(ENCODINGS), st.booleans())
def test_no_report_on_a_terminal_holds_one(text: str, width: int, encoding: str, color: bool) -> None:
    gap = Gap("MigrationSettings", text or "x", GapReason.UNREACHABLE, text)
    found = [
        finding("NET-01", host(HV01), Status.FAIL, text, wanted=text, note=text, remedy=text),
        finding("VM-06", machine(GUIDS[0], text), Status.WARN, text),
        finding("DEL-01", route(HV01, HV11), Status.UNKNOWN, note=text),
        finding("ID-01", host(text or "x"), Status.ERROR, note=text),
    ]
    report = build(found, gaps=(gap,), routes=((HV01, HV11), (text or "x", HV01)))
    with streams(encoding) as octets:
        console.write_terminal(terminal.render(report, width=width, color=color, encoding=encoding))
    assert not list(commands(left(octets, encoding)))
    assert not list(commands(terminal.render(report, width=width, color=color, encoding=encoding)))


@given(HOSTILE)
def test_progress_holds_none(text: str) -> None:
    live = Live()
    live._waiting = [text, text]
    assert not list(commands(live._words()))


@given(HOSTILE)
def test_it_can_still_be_read(text: str) -> None:
    """A blank was put in, and nothing else happened."""
    said = inert(text)
    assert inert(said) == said
    assert said.replace(" ", "") == text.replace(" ", "")
    assert len(said) - len(text) <= len(re.findall(r"[#:]", text))


@given(st.recursive(HOSTILE | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(HOSTILE, inner)))
def test_json_says_the_same(value: object) -> None:
    for text in (json.dumps(value), json.dumps(value, indent=1, ensure_ascii=False)):
        assert json.loads(inert_json(text)) == value
    with streams("ascii") as octets:
        console.say_json([value])
    printed = left(octets, "ascii")
    assert json.loads(printed) == [value]
    assert not list(commands(printed))


@given(HOSTILE)
def test_reports_for_programs_hold_none_either(text: str) -> None:
    report = build([finding("NET-01", host(HV01), Status.FAIL, text, wanted=text, note=text, remedy=text)], runner=text)
    printed = json_report.render(report)
    assert not list(commands(printed))
    assert json.loads(printed)["findings"][0]["seen"] == text
    assert not list(commands(junit_report.render(report)))


@given(HOSTILE)
def test_a_literal_to_copy_means_the_same_and_is_printed_as_it_is(text: str) -> None:
    literal = quote(text)
    assert read_literal(literal) == text
    assert inert(f"Get-VM -Name {literal}") == f"Get-VM -Name {literal}"


@pytest.mark.parametrize("text", ["fe80::1", "a::b", "C# [x]", "## heading", "[char]::new", "section", "10:30:00"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text
    assert inert_json(json.dumps(text)) == json.dumps(text)
