"""Which language people are told in, how each writes numbers, and who is told in it."""

from __future__ import annotations

import json
import re

import pytest
from babel.numbers import format_decimal

from reports import html_languages
from reports.html_templates import templates
from reports.text import brief, clean, closed, command, one_line, step
from scanner.commands import console, speech
from scanner.commands.lazy import parse
from scanner.commands.painting import rendered
from scanner.hooks import Reporter
from scanner.words import languages
from scanner.words.languages import ENGLISH, LANGUAGES, Language
from scanner.words.telling import counted, joined, tell
from scanner.words.told import said, speaking
from scanner.words.wording import sayable, visible

PLACE = re.compile(r"\{\w+[^}]*\}|%\(\w+\)\w")


@pytest.fixture
def there(tmp_path, monkeypatch):
    """German, of a few words, and no other language beside English."""
    file = tmp_path / "de" / "LC_MESSAGES" / "hv_preflight.po"
    file.parent.mkdir(parents=True)
    words = {
        "Look at {it}": "{it} ansehen",
        "the host": "der Rechner",
        "%(n)s of <b>%(it)s</b>": "<b>%(it)s</b>: %(n)s",
    }
    file.write_text("\n\n".join(f'msgid "{a}"\nmsgstr "{b}"' for a, b in words.items()), encoding="utf-8")
    found = {code: Language(code, one.name, one.grouping, one.decimal, one.stop, one.plurals, one.separators, tmp_path)
             for code, one in LANGUAGES.items() if one is not ENGLISH}  # fmt: skip
    monkeypatch.setattr(languages, "LANGUAGES", {"en": ENGLISH, **found})
    return found["de"]


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de"}, "de"),
        ({"LANG": "de_CH@euro"}, "de"),
        ({"LC_ALL": "", "LC_MESSAGES": "de_AT", "LANG": "en_GB"}, "de"),
        ({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "de_AT", "LANG": "de_DE"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "de_DE"}, "en"),
        ({"LANG": "xx_YY"}, "en"),
        ({"LANG": "fr_FR"}, "en"),  # no catalogue is there
    ],
)
def test_the_environment_names_one(there, environment, code):
    assert languages.of_environment(environment).code == code


def test_what_is_asked_for_wins_over_the_environment(there, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    assert speech.choose("de-DE") == ""
    assert speech.wanted() is there
    assert speech.choose(None) == ""
    assert speech.wanted() is ENGLISH


@pytest.mark.parametrize("code", ["xx", "fr", "../de"])
def test_one_that_is_not_there_is_told(there, code):
    assert "there are en, de" in speech.choose(code)


def test_every_command_takes_it(there, capsys, monkeypatch):
    call = parse(["checks", "--lang", "de"])
    assert speech.wanted() is there
    assert callable(call)
    parse(["checks", "--lang", "en"])
    assert speech.wanted() is ENGLISH


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_numbers_are_as_unicode_has_them(code):
    language = LANGUAGES[code]
    shown = [said(tell("{n:,}", n=1234567), language), said(tell("{n:.1f}", n=0.5), language)]
    assert shown == [format_decimal(1234567, locale=code), format_decimal(0.5, locale=code)]
    assert said(tell("port {n}", n=6600), language) == "port 6600"


def test_plurals_are_as_gettext_has_them():
    from babel import Locale

    for code, language in LANGUAGES.items():
        rule, forms = Locale(code).plural_form, sorted({"one": 0, "other": 1}.items())
        for number in (0, 1, 2, 5, 100):
            wanted = dict(forms)[rule(number)] if code != "ja" else 0
            assert language.plurals(number) == wanted, (code, number)


def test_people_are_told_in_it_and_programs_are_not(there):
    speech.choose("de")
    seen: list[str] = []
    for speaks in (True, False):
        reporter = Reporter(
            name="x", suffix=".x", speaks=speaks, render=lambda _: clean(tell("Look at {it}", it=tell("the host")))
        )
        seen.append(str(rendered(reporter, None)))  # pyright: ignore[reportArgumentType]
    speech.choose("en")
    assert seen == ["der Rechner ansehen", "Look at the host"]
    assert json.loads(json.dumps({"seen": tell("Look at {it}", it="x")})) == {"seen": "Look at x"}


def test_what_passes_texts_on_speaks(there):
    text = tell("Look at {it}", it=tell("the host"))
    with speaking(there):
        assert clean(text) == one_line(text) == brief(text) == "der Rechner ansehen"
        assert closed(text) == "der Rechner ansehen."
        assert brief(text, 8) == "der Rech…"
        remedy = joined("\n", [text, "Get-VM"])
        assert command(remedy) == "Look at the host\nGet-VM", "lines are told apart in English"
        assert [step(remedy, line) for line in command(remedy).splitlines()] == ["der Rechner ansehen", "Get-VM"]
    with speaking(LANGUAGES["ja"]):
        assert closed(tell("Words that no catalogue has")) == "Words that no catalogue has。"


HOSTILE = "<script>alert(1)</script>\x1b[31m\u202e%(n)s{n}"


def test_a_template_speaks_and_is_as_careful(there):
    source = "{% trans n=n, it=it %}{{ n }} of <b>{{ it }}</b>{% endtrans %}|{{ [it, told]|join(', ') }}|{{ told }}"
    template = templates().from_string(source + "|{{ language().code }}")
    words = {"n": 3, "it": HOSTILE, "told": tell("Look at {it}", it=HOSTILE)}
    safe = "&lt;script&gt;alert(1)&lt;/script&gt;\\u202e%(n)s{n}"
    english = f"3 of <b>{safe}</b>|{safe}, Look at {safe}|Look at {safe}|en"
    assert template.render(words) == english
    with speaking(there):
        german = f"<b>{safe}</b>: 3|{safe}, {safe} ansehen|{safe} ansehen|de"
        assert template.render(words) == german


def test_a_template_counts(there):
    template = templates().from_string(
        "{% trans count=n %}{{ count }} host{% pluralize %}{{ count }} hosts{% endtrans %}"
    )
    assert [template.render(n=n) for n in (1, 2)] == ["1 host", "2 hosts"]
    assert html_languages.of_kind("who", "host") == "host"


@pytest.mark.parametrize(
    "language", [one for one in LANGUAGES.values() if one is not ENGLISH], ids=lambda one: one.code
)
def test_every_language_has_the_word_that_stands_between_names(language):
    text = joined(" and ", ["hv01", "hv02"])
    assert text == "hv01 and hv02"
    assert said(text, language) not in (text, "hv01hv02")


def test_no_break_spaces_are_shown_as_what_they_are(capsys):
    text = tell("{number:,} hosts\N{NO-BREAK SPACE}: on", number=1200)
    with speaking(LANGUAGES["fr"]):
        assert clean(text) == "1\N{NARROW NO-BREAK SPACE}200 hosts\N{NO-BREAK SPACE}: on"
    console.say(clean(said(text, LANGUAGES["fr"])))
    assert capsys.readouterr().out == "1\N{NARROW NO-BREAK SPACE}200 hosts\N{NO-BREAK SPACE}: on\n"
    assert sayable("1\N{NARROW NO-BREAK SPACE}200\N{NO-BREAK SPACE}:", "ascii") == "1 200 :"


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])
@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda one: one.code)
def test_a_name_with_a_no_break_space_is_seen_to_be_another(language, space, capsys):
    escape = f"\\u{ord(space):04x}"
    for name in (f"SQL{space}01", f"{space}SQL", f"SQL{space}", f"1{space}2", f"#{space}#vso[x]"):
        told = tell("{host} may not delegate to {peer}", host=name, peer="hv02")
        with speaking(language):
            assert clean(name) == one_line(name) == brief(name) == name.replace(space, escape)
            assert space not in clean(told)
            assert name.replace(space, escape) in one_line(told)
        console.say(said(told, language))
        assert name.replace(space, escape) in capsys.readouterr().out


def test_a_sentence_of_french_is_cut_before_the_space_of_a_sign():
    text = "un\N{NO-BREAK SPACE}: deux\N{NARROW NO-BREAK SPACE}; « trois »"
    for limit in range(1, len(text)):
        assert "\\u" not in clean(text, limit) + one_line(text, limit) + brief(text, limit)
    quoted = "«\N{NO-BREAK SPACE}Oui\N{NO-BREAK SPACE}», 10\N{NO-BREAK SPACE}%\N{NARROW NO-BREAK SPACE}?"
    assert clean(quoted) == quoted


def test_no_catalogue_has_a_no_break_space_that_would_be_escaped():
    for language in LANGUAGES.values():
        for forms in language.catalogue.values():
            for form in forms:
                shown = visible(PLACE.sub("x", form))
                assert "\\u00a0" not in shown
                assert "\\u202f" not in shown


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda one: one.code)
def test_a_number_of_any_size_is_said(language):
    for number in (10**400, -(10**400), 0, 2**64):
        assert str(number) in said(tell("{number} octets", number=number), language)
        grouped = said(tell("{number:,} octets", number=number), language)
        assert grouped == f"{number:,} octets".replace(",", language.grouping)
        assert grouped.split(" ")[0] in said(counted(number, "host"), language)


def test_no_translation_ends_an_attribute(monkeypatch):
    monkeypatch.setattr(Language, "pattern", lambda *_, **__: '%(num)s" onclick="x')
    with speaking(LANGUAGES["de"]):
        for said in (
            html_languages.one("%(num)s shown", num=2),
            html_languages.of_kind("a kind", "%(num)s shown", num=2),
            html_languages.many("%(num)s shown", "%(num)s are shown", 2),
        ):
            assert said == "2&#34; onclick=&#34;x"
