"""waivers.toml: every mistake at once, and what ends by itself is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scanner import plugins
from scanner.estate.mistakes import EstateError
from scanner.estate.waivers import read
from scanner.words.estate import Estate, Route
from scanner.words.waivers import Waiver

CHECKS = {check.id: check for check in plugins.load(third_party=False).checks}
TODAY = date(2026, 11, 30)
HV01, HV02 = "hv01.corp.example", "hv02.corp.example"
ESTATE = Estate(hosts=(HV01, HV02), routes=(Route(HV01, HV02),))
GOOD = {
    "check": '"ID-01"', "subject": f'"{HV01}"', "reason": '"VLAN is ordered"', "owner": '"team"', "until": "2027-01-31",
}  # fmt: skip


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "waivers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def entry(**words: str) -> str:
    return "[[waiver]]\n" + "".join(f"{word} = {value}\n" for word, value in (GOOD | words).items() if value)


def mistakes(tmp_path: Path, text: str, estate: Estate | None = None, *, ended: bool = True) -> dict[str, str]:
    with pytest.raises(EstateError) as error:
        read(written(tmp_path, text), CHECKS, TODAY, estate, ended=ended)
    return {mistake.key: mistake.text for mistake in error.value.mistakes}


def test_a_file_that_is_right(tmp_path):
    text = "[waivers]\nwarn_days = 7\n" + entry() + entry(ticket='"CHG-1"', accept_unknown="true", subject='"hv*"')
    found = read(written(tmp_path, text), CHECKS, TODAY, ESTATE)
    first = Waiver("ID-01", HV01, "VLAN is ordered", "team", date(2027, 1, 31))
    second = Waiver("ID-01", "hv*", "VLAN is ordered", "team", date(2027, 1, 31), "CHG-1", accept_unknown=True)
    assert (found.entries, found.warn_days, found.file) == ((first, second), 7, "waivers.toml")
    assert read(written(tmp_path, ""), CHECKS, TODAY).entries == ()


def test_every_mistake_is_told_at_once(tmp_path):
    text = (
        entry(check='"DEL-1"', owner="", reason='" "', until='"soon"')
        + entry(until="2028-01-01", owner='"<who answers for it>"')
        + entry(check='"nothing"', subject='""', acept_unknown="true")
        + "[waivers]\nwarn_days = -1\n"
    )
    assert mistakes(tmp_path, text) == {
        "waivers.warn_days": "-1 is out of range; write a whole number from 0 to 366",
        "waiver[1].until": '"soon" is no date; write the day without quotes, as in 2027-01-31',
        "waiver[1].owner": "is missing",
        "waiver[1].reason": '" " says nothing; write why it is accepted',
        "waiver[1].check": 'there is no check "DEL-1"; did you mean "DEL-01"?',
        "waiver[2].until": "2028-01-01 is more than a year ahead: nobody looks at it again by then",
        "waiver[2].owner": '"<who answers for it>" says nothing; write who answers for it',
        "waiver[3].check": 'there is no check "nothing"',
        "waiver[3].subject": "is empty",
        "waiver[3].acept_unknown": 'there is no such key; did you mean "accept_unknown"?',
    }


@pytest.mark.parametrize("pattern", ["DEL-*", "DEL-0?", "DEL-0[12]"])
def test_a_check_is_no_pattern(tmp_path, pattern):
    """Subjects may be; a team that accepts whatever an area will ever find accepts what it does not know."""
    found = mistakes(tmp_path, entry(check=f'"{pattern}"'))
    assert found == {"waiver[1].check": f'there is no check "{pattern}"; a waiver names one check'}


@pytest.mark.parametrize("word", ["check", "subject", "reason", "owner", "until"])
def test_five_keys_must_be_there(tmp_path, word):
    assert mistakes(tmp_path, entry(**{word: ""})) == {f"waiver[1].{word}": "is missing"}


@pytest.mark.parametrize(
    ("until", "wrong"), [("2027-12-01", False), ("2027-12-02", True), ("2026-12-01", False), ("2026-11-30", False)]
)
def test_a_year_is_the_most(tmp_path, until, wrong):
    if wrong:
        assert mistakes(tmp_path, entry(until=until)).keys() == {"waiver[1].until"}
    else:
        assert read(written(tmp_path, entry(until=until)), CHECKS, TODAY).entries


def test_one_that_has_ended_is_no_mistake_of_a_run_and_one_of_whoever_looks(tmp_path):
    for until, ended in (("2026-11-30", True), ("2020-01-01", True), ("2026-12-01", False)):
        text = entry(until=until)
        assert len(read(written(tmp_path, text), CHECKS, TODAY).entries) == 1
        if ended:
            said = mistakes(tmp_path, text, ended=False)["waiver[1].until"]
            assert said == f"{until} has come: it no longer acts; take it out, or decide anew"
        else:
            read(written(tmp_path, text), CHECKS, TODAY, ended=False)


@pytest.mark.parametrize(
    ("check", "subject", "said"),
    [
        ("ID-01", "hv03.corp.example", 'no host of the estate is called "hv03.corp.example"; did you mean "hv0'),
        ("ID-01", "HV01.corp.example", f'; did you mean "{HV01}"?'),
        ("ID-01", "hx*", f'no host of the estate is called "hx*"; write it as in "{HV01}"'),
        ("DEL-01", "hv01->hv02", f'is called "hv01->hv02"; write it as in "{HV01} → {HV02}"'),
        ("DEL-01", f"{HV01}/hv2.corp.example", f'did you mean "{HV01}/{HV02}"?'),
        ("DEL-01", HV02, ""),
        ("DEL-01", f"{HV01} → {HV02}", ""),
        ("DEL-01", f"{HV01}/{HV02}", ""),
        ("ID-01", "*.corp.example", ""),
        ("ID-01", "run", ""),
        ("VM-06", "a machine that only an answer names", ""),
    ],
)
def test_a_subject_nobody_has_is_told_as_far_as_the_estate_tells(tmp_path, check, subject, said):
    text = entry(check=f'"{check}"', subject=f'"{subject}"')
    if said:
        assert said in mistakes(tmp_path, text, ESTATE)["waiver[1].subject"]
    else:
        read(written(tmp_path, text), CHECKS, TODAY, ESTATE)
    read(written(tmp_path, text), CHECKS, TODAY)  # a record may be of another day's estate


def test_other_files_in_its_place_are_recognised(tmp_path):
    for text, what in (('profiles = ["replica"]\n', "is an estate file"), ('{"hv_preflight": 1}', "is a record")):
        assert what in mistakes(tmp_path, text)[""]
    with pytest.raises(EstateError, match="hv-preflight waive CHECK"):
        read(tmp_path / "none.toml", CHECKS, TODAY)
