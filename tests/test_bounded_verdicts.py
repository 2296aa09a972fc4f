"""No text of a finding is longer than a person reads; a command is whole, or none."""

from __future__ import annotations

import pytest

from scanner.api import failed, powershell
from scanner.judge.bounded import MOST, NAME, NO_COMMAND, bounded

LONG = "A" * (MOST + 1)


@pytest.mark.parametrize("name", ["seen", "wanted", "note"])
def test_a_long_text_is_cut_and_says_so(name):
    words = {"seen": "s", "wanted": "w", name: LONG}
    told = getattr(bounded(failed(**words)), name)
    assert told == "A" * MOST + "… (4,001 characters)"
    whole = failed(**(words | {name: LONG[1:]}))
    assert bounded(whole) is whole


def test_a_sentence_for_people_is_cut():
    told = bounded(failed("s", "w", f"Look at {LONG}")).remedy
    assert told.startswith("Look at AAA")
    assert told.endswith("… (4,009 characters)")


def test_a_command_that_names_much_is_whole():
    names = [f"cifs/host-{number:03}.corp.example" for number in range(200)]
    remedy = powershell("Set-ADComputer -Identity <who> -Add @{'x' = <names>}", who="hv01", names=names)
    assert len(remedy) > MOST
    assert bounded(failed(LONG, "w", remedy)).remedy == remedy


@pytest.mark.parametrize("last", ["A", "\x1b"])
def test_a_command_that_would_name_what_nothing_is_called_is_none(last):
    remedy = powershell("Restart-It\nSet-It -Name <name>", name="A" * MOST + last)
    assert bounded(failed("s", "w", remedy)).remedy == NO_COMMAND


def test_a_long_name_may_be_named_where_the_command_is_short():
    remedy = powershell("Set-It -Name <name>", name="A" * NAME * 2)
    assert bounded(failed("s", "w", remedy)).remedy == remedy
