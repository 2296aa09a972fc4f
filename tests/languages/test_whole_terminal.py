"""No word of ours is printed that no catalogue could say: each is told, and what is left are values."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len

from reports import lost, terminal
from scanner.cli import run
from scanner.commands import why_lines
from scanner.commands.lazy import parse
from scanner.judge import judging
from scanner.plugins import load
from scanner.record import record
from scanner.words import languages
from scanner.words.languages import ENGLISH, Language
from scanner.words.report import Finding
from scanner.words.told import Told

PRACTICE = Path(__file__).parents[2] / "scanner" / "data" / "practice.hvp"
GREEK = str.maketrans(string.ascii_letters, "αβγδεζηθικλμνξοπρςστυφχψω" + "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΐΰά")
PLACE = re.compile(r"(\{[^{}]*\})")


class Shifted(Language):
    """Says each word in other letters, so that what nobody told is seen by its own."""

    is_there = True

    def pattern(self, one: str, many: str = "", within: str = "", number: object = 0) -> str:
        """The English in other letters; places stay."""
        parts = PLACE.split(many if many and number != 1 else one)
        return "".join(part if PLACE.fullmatch(part) else part.translate(GREEK) for part in parts)


VALUES = re.compile(
    r"""Practice,\ full\ of\ faults                     # what the estate is called
      |\b[A-Z]+-\d\d\b                                 # ids of checks
      |\S*\b(?:[\w-]+\.)+(?:example|invalid|toml|hvp|VaultCredentials|py|md)\b\S*  # names of machines and files
      |\b(?:h|vmm)b\d+\b|\b\w+-01\b                    # the same in short
      |\b(?:live-migration|replica|asr-vmm)\b          # kinds of move, as the estate file names them
      |\[\w+\]|\b\w+\ =\ \S+                           # keys of files
      |\b[A-Z][a-z]+(?:-[A-Z]\w+)+\b.*                 # commands of Windows, to the end of the line
      |\b(?:repadmin|setspn|klist|w32tm|gpupdate|icacls)\ .*
      |(?<=φαυμτ\ )(?:other|practice)\b                # which vault a key is for, as its file says it
      |\([^()]*\ sign-in\ to\ ldap/[^…]*…              # what a controller said, cut
      |hv-preflight(?:\ [a-z-]+)*                      # commands of ours
      |(?<=\ \ )[A-Z]\w+\ +(?=Get|Test|A\ )|(?<=^\ \ )[A-Z]\w+\ .*$  # facts, and what is asked for them""",
    re.VERBOSE | re.MULTILINE,
)
WORD = re.compile(r"[A-Za-z]{2,}")


def leaves(text: str) -> Iterator[str]:
    """The values of a text; one that nobody told is a value as a whole."""
    if not isinstance(text, Told):
        yield " ".join(text.split())
        return
    for value in text.values:
        if isinstance(value, str):
            yield from leaves(value)


@cache
def of_findings() -> tuple[str, ...]:
    """Whatever stands in verdicts of the practice run without being ours: checks have a test of their own."""
    offer = load(third_party=False)
    evidence = record.load(PRACTICE.read_bytes(), offer.facts)
    found: tuple[Finding, ...] = tuple(judging.judge(offer.checks, evidence))
    texts = {text for one in found for text in (one.seen, one.wanted, one.note, one.works, one.subject.label)}
    texts |= {step for one in found for step in one.remedy.splitlines()} | {one.remedy for one in found}
    texts |= {gap.detail for gap in evidence.gaps()} | {name for one in found for name in one.subject.names}
    known = {leaf for text in texts for leaf in leaves(text)}
    sure = (leaf for leaf in known if len(leaf) > 3 and WORD.search(leaf) and not re.fullmatch("[a-z]{,12}", leaf))
    return tuple(sorted(sure, key=len, reverse=True))


def untold(text: str) -> list[str]:
    """The lines in which something stands that is neither told nor a value."""
    for leaf in of_findings():
        text = text.replace(leaf, "-")
    return [line for line in text.splitlines() if WORD.search(VALUES.sub("", line))]


@pytest.fixture
def says(monkeypatch, capsys):
    """What a command prints in that language."""
    monkeypatch.setattr(languages, "LANGUAGES", {"en": ENGLISH, "xx": Shifted("xx", "shifted")})
    monkeypatch.setenv("COLUMNS", "100000")

    def printed(*words: str) -> str:
        run([*words, "--lang", "xx"])
        return capsys.readouterr().out

    yield printed
    parse(["checks", "--lang", "en"])


WHY = ("why", "host", "hb02", "--to", "hb01", "--record", str(PRACTICE))


@pytest.mark.parametrize(
    "words",
    [
        ("demo",),
        ("demo", "--summary"),
        ("demo", "--at", "2026-12-20T09:00Z", "--summary"),
        ("checks",),
        WHY,
        ("vms", "--record", str(PRACTICE)),
    ],
    ids=" ".join,
)
def test_all_that_is_no_value_is_told(says, words):
    text = says(*words)
    assert len(text.splitlines()) > 10
    assert untold(text) == []


def test_a_check_is_explained_but_for_what_exactly_it_takes(says):
    text = says("explain", "DEL-01")
    before, passes, after = text.partition("\nPasses when")
    assert passes, "the rest of what is written about it is English in every language"
    heads = [word.translate(GREEK) for word in ("Reads", "Mend", "Where it is written")]
    reads, mend, decided = (after[after.index(head) :] for head in heads)
    facts = reads.removesuffix(mend).splitlines()[1:]
    assert all(line.startswith("  ") or not line for line in facts), "facts, and what is asked for them"
    assert untold(before) == untold(mend.removesuffix(decided)) == []


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        (terminal, "SEEN", ("demo",)),
        (lost, "CHECKS", ("demo",)),
        (why_lines, "DO", WHY),
    ],
)
def test_a_word_that_nobody_told_is_found(says, monkeypatch, module, name, words):
    monkeypatch.setattr(module, name, "planted")
    assert "planted" in " ".join(untold(says(*words)))


class Wide(Language):
    """Says each word of ours in signs of two columns, as Japanese does, and puts no blank between them."""

    is_there = True

    def pattern(self, one: str, many: str = "", within: str = "", number: object = 0) -> str:
        """As many signs as the English has words, and its places."""
        text = many if many and number != 1 else one
        return "".join(
            part if PLACE.fullmatch(part) else re.sub(r"\w[^\s{}]*\s*", "語", part) for part in PLACE.split(text)
        )


def test_columns_hold_where_signs_are_two_columns_wide(monkeypatch, capsys):
    monkeypatch.setattr(languages, "LANGUAGES", {"en": ENGLISH, "xx": Wide("xx", "wide")})
    monkeypatch.setenv("COLUMNS", "80")
    run(["demo", "--lang", "xx"])
    lines = capsys.readouterr().out.splitlines()
    parse(["checks", "--lang", "en"])
    moves = [line for line in lines[: lines.index("")] if re.search(r"語 +hb\d+ → ", line)]
    assert len({cell_len(line[: line.index("hb")]) for line in moves}) == 1
    fields = [found[0] for line in lines if (found := re.match(r" {10}語 +(?=\S)", line))]
    assert len(fields) > 20
    assert {cell_len(head) for head in fields} == {14}
    copied = re.compile(r"[A-Z][a-z]+-[A-Z]\w+|repadmin")
    assert [line for line in lines if cell_len(line) > 80 and not copied.search(line)] == []
