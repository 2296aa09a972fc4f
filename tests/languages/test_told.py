"""Texts that remember how they were made: the English is what an f-string would be, others say it in their way."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime

import pytest

from scanner.facts.host import Service
from scanner.judge.bounded import MOST, bounded
from scanner.record import record
from scanner.words.check import Verdict
from scanner.words.languages import ENGLISH, LANGUAGES, Language
from scanner.words.model import Gap, GapReason, Status
from scanner.words.telling import by_text, counted, joined, plural, tell, upper_first
from scanner.words.told import Told, language, mapped, plain, said, speaking, spoken
from tests.conftest import HV01, HV02, evidence

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "{host} may not delegate to {peer}"
msgstr "an {peer} darf {host} nicht delegieren"

#, fuzzy
msgid "doubtful"
msgstr "zweifelhaft"

msgid "{number:,} host"
msgid_plural "{number:,} hosts"
msgstr[0] "{number:,} Rechner"
msgstr[1] "{number:,} Rechner, viele"

msgctxt "who"
msgid "host"
msgstr "Betrieb des Rechners"

msgid "host"
msgstr "der Rechner"

msgid ""
"in two "
"parts"
msgstr ""
"in zwei "
"\\"Teilen\\""

msgid "broken {place}"
msgstr "kaputt {another}"

msgctxt "between texts"
msgid " and "
msgstr " und "

#~ msgid "gone"
#~ msgstr "fort"
"""


@pytest.fixture
def german(tmp_path) -> Language:
    file = tmp_path / "de" / "LC_MESSAGES" / "hv_preflight.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO, encoding="utf-8")
    return Language("de", "Deutsch", ".", ",", folder=tmp_path)


def test_it_is_the_english_for_everybody_who_knows_no_more():
    text = tell("{host} may not delegate to {peer}", host=HV01, peer=HV02)
    same = f"{HV01} may not delegate to {HV02}"
    assert text == same
    assert hash(text) == hash(same)
    assert {same: 1}[text] == 1
    assert json.dumps(text) == json.dumps(same)
    assert f"{text}!" == f"{same}!"
    assert sorted([text, "a"]) == ["a", same]
    assert type(plain(text)) is str


def test_it_stays_told_where_a_text_is_asked_for_or_put_behind_another():
    text = tell("so")
    assert isinstance(str(text), Told)
    assert isinstance(str(ValueError(text)), Told)
    assert isinstance(text + " it is", Told)
    assert isinstance("and " + text, Told)
    assert "and " + text + " on" == "and so on"


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda text: pickle.loads(pickle.dumps(text))])
def test_a_copy_says_the_same(copied, german):
    text = copied(tell("{host} may not delegate to {peer}", host="a", peer="b"))
    assert text == "a may not delegate to b"
    assert said(text, german) == "an b darf a nicht delegieren"


def test_values_may_be_told_themselves(german):
    text = tell("{host} may not delegate to {peer}", host=tell("host"), peer=counted(2, "host"))
    assert text == "host may not delegate to 2 hosts"
    assert said(text, german) == "an 2 Rechner, viele darf der Rechner nicht delegieren"


def test_a_plural_is_the_one_of_its_language(german):
    assert [counted(n, "host") for n in (0, 1, 1200)] == ["0 hosts", "1 host", "1,200 hosts"]
    assert [said(counted(n, "host"), german) for n in (1, 1200)] == ["1 Rechner", "1.200 Rechner, viele"]
    assert plural(1, "{number} of {x}", "{number} of {x}s", x="y") == "1 of y"
    assert plural(2, "{number} of {x}", "{number} of {x}s", x="y") == "2 of ys"


def test_one_word_of_two_kinds(german):
    assert said(tell("host"), german) == "der Rechner"
    assert said(tell("host", within="who"), german) == "Betrieb des Rechners"
    assert said(by_text("host", "who"), german) == "Betrieb des Rechners"


@pytest.mark.parametrize("pattern", ["doubtful", "gone", "no such text"])
def test_what_is_not_surely_translated_is_english(pattern, german):
    assert said(tell(pattern), german) == pattern


def test_a_translation_that_does_not_fit_is_english(german):
    assert said(tell("broken {place}", place="x"), german) == "broken x"


def test_lines_of_a_catalogue_are_joined(german):
    assert said(tell("in two parts"), german) == 'in zwei "Teilen"'


def test_what_a_target_says_is_never_a_pattern(german):
    hostile = "{0} {peer} {peer.__class__} %s {"
    text = tell("{host} may not delegate to {peer}", host=hostile, peer="b")
    assert text == f"{hostile} may not delegate to b"
    assert said(text, german) == f"an b darf {hostile} nicht delegieren"
    assert tell(hostile) == hostile


def test_lists_and_capitals(german):
    assert not isinstance(joined(", ", ["a", 1]), Told)
    assert said(joined(", ", [tell("host"), "b"]), german) == "der Rechner, b"
    assert said(joined("; ", [tell("host"), "b"]), LANGUAGES["ja"]) == "host。b"
    assert said(upper_first(tell("host")), german) == "Der Rechner"
    assert said(joined(" and ", ["a", "b"]), german) == "a und b"
    assert upper_first("host") == upper_first(tell("host")) == "Host"
    assert upper_first("") == ""


def test_dates_and_other_values_are_as_in_an_f_string():
    when = datetime(2026, 11, 30, 8, 5, tzinfo=UTC)
    assert tell("{at:%H:%M} {reason} {ok}", at=when, reason=GapReason.TIMEOUT, ok=True) == "08:05 timeout True"


def test_somebody_speaks_for_a_while(german):
    text = tell("host")
    assert language() is ENGLISH
    with speaking(german):
        assert spoken(text) == "der Rechner"
        assert f"{text}" == "host", "what compares texts meets the English"
    assert spoken(text) == "host"


def test_what_changes_a_text_changes_its_values(german):
    text = tell("{host} may not delegate to {peer}", host="old", peer=tell("{x} here", x="old"))
    assert mapped(text, lambda part: part) is text
    new = mapped(text, lambda part: part.replace("old", "new"))
    assert new == "new may not delegate to new here"
    assert said(new, german) == "an new here darf new nicht delegieren"


def test_a_change_that_crosses_values_leaves_plain_english():
    text = tell("{a}{b}", a="sec", b="ret")
    new = mapped(text, lambda part: part.replace("secret", "-"))
    assert new == "-"
    assert not isinstance(new, Told)


def test_a_long_text_is_cut_in_every_language(german):
    long = tell("{host} may not delegate to {peer}", host="h" * MOST, peer="p")
    cut = bounded(Verdict(Status.FAIL, long)).seen
    assert cut == f"{long[:MOST]}… (4,022 characters)"
    assert len(said(cut, german)) < MOST + 30


def test_a_record_takes_what_is_told():
    run = evidence({})
    run.miss(Service, HV01, GapReason.TIMEOUT, tell("{n} s", n=3))
    run.close()
    assert record.dump(run)


def test_a_gap_says_its_reason_in_every_language():
    gap = Gap("Fact", HV01, GapReason.TOO_OLD, "an hour")
    assert str(gap) == f"Fact of {HV01}: answered too long ago: an hour"
    assert str(Gap("Fact", HV01, GapReason.TIMEOUT, "10 s")) == f"Fact of {HV01}: timeout (10 s)"
    assert str(Gap("Fact", HV01, GapReason.TIMEOUT)) == f"Fact of {HV01}: timeout"
    assert isinstance(str(gap), Told)
