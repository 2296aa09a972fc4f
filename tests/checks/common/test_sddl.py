"""Access lists as text: what they grant, to whom, and that nothing is made of a text that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.common.sddl import CHANGE, FULL, LONGEST, READ, Entry, entries, granted

DOMAIN = "S-1-5-21-1-2-3"
ME, GROUP, OTHER = f"{DOMAIN}-1001", f"{DOMAIN}-1002", "S-1-5-21-7-8-9-1001"
EVERYONE = "S-1-1-0"


def is_he(sid: str) -> bool | None:
    """I am myself, everyone, and may be of another domain's group."""
    return None if sid == OTHER else sid in (ME, EVERYONE)


@pytest.mark.parametrize(
    ("sddl", "full", "change"),
    [
        (f"D:(A;;FA;;;{ME})", True, True),
        (f"O:BAG:SYD:PAI(A;OICI;FA;;;{ME})(A;OICIIO;FA;;;CO)S:AI(ML;;NW;;;LW)", True, True),
        (f"D:(A;;0x1f01ff;;;{ME})", True, True),
        (f"D:(A;;GA;;;{ME})", True, True),
        (f"D:(A;;0x10000000;;;{ME})", True, True),
        (f"D:(A;;268435456;;;{ME})", True, True),
        ("D:NO_ACCESS_CONTROL", True, True),
        ("D:(A;;FA;;;WD)", True, True),
        (f"D:(A;;0x1301bf;;;{ME})", False, True),
        (f"D:(A;;0x50000000;;;{ME})", True, True),
        (f"D:(A;;0x90000000;;;{ME})", True, True),
        (f"D:(A;;0xE0010040;;;{ME})", False, True),
        (f"D:(A;;FRFWSDFX;;;{ME})(A;;DT;;;WD)(A;;WDWO;;;{ME})", True, True),
        (f"D:(A;;FR;;;{ME})", False, False),
        (f"D:(A;;FA;;;{GROUP})", False, False),
        (f"D:(A;OICIIO;FA;;;{ME})", False, False),
        ("D:", False, False),
        ("D:P", False, False),
        (f"D:(D;;FA;;;{ME})(A;;FA;;;WD)", False, False),
        (f"D:(A;;FA;;;{ME})(D;;FA;;;WD)", True, True),
        (f"D:(D;;WO;;;{ME})(A;;FA;;;WD)", False, True),
        (f"D:(D;OICIIO;FA;;;{ME})(A;;FA;;;WD)", True, True),
        (f"D:(A;;FA;;;{OTHER})", None, None),
        (f"D:(D;;FA;;;{OTHER})(A;;FA;;;{ME})", None, None),
        (f"D:(A;;FR;;;{ME})(A;;FA;;;{OTHER})", None, None),
        (f'D:(XA;;FA;;;{ME};(@User.Title=="PM (all)"))', None, None),
        (f'D:(XD;;FA;;;{ME};(@User.Title=="PM"))(A;;FA;;;{ME})', None, None),
    ],
)
def test_what_is_granted(sddl, full, change):
    found = entries(sddl, DOMAIN)
    assert found is not None
    assert granted(found, FULL, is_he) is full
    assert granted(found, CHANGE, is_he) is change


@pytest.mark.parametrize(
    "sddl",
    [
        "", "O:BAG:SY", "D:(A;;FA;;;XX)", "D:(A;;FA;;;S-1)", "D:(A;;FA;;;S-1-5-21-1-2-3-x)", "D:(A;;FA;;WD)",
        "D:(A;;QQ;;;WD)", "D:(A;;F;;;WD)", "D:(A;QQ;FA;;;WD)", "D:(A;O;FA;;;WD)", "D:(AU;;FA;;;WD)",
        "D:(OA;;FA;bf967aba-0de6-11d0-a285-00aa003049e2;;WD)", "D:(A;;FA;;;WD", "D:A;;FA;;;WD)", "D:((A;;FA;;;WD)",
        "D:(A;;FA;;;WD))", "D:(A;;FA;;;WD)x(A;;FA;;;WD)", "D:(A;;FA;;;WD;x)", "D:(XA;;FA;;;WD)", "(A;;FA;;;WD)",
        "D:(A;;FA;x;;WD)", "D:(A;;FA;;x;WD)", "D:(A;;FA)", "D:(A;;FA;;)", "D:(;;FA;;;WD)", "D:(X;;FA;;;WD)",
        "D:(A;;0x1f01ff0000;;;WD)", "D:(A;;-1;;;WD)", "D:(A;;FA;;;WD)\n", " D:(A;;FA;;;WD)", "D:(A;;FA;;;wd)",
        "D:(A;;0x001f01ff0;;;WD)", "D:(A;;26843545600;;;WD)", "D:(A;;٢٦٨٤٣٥٤٥٦;;;WD)", "D:(A;;FA;;;S-1-5-١٨)",
        "D:(A;;FA;;;S-1-10000000000-1)", "D:(A;;FA;;;S-1-0x0000000000051-1)", "D:(A;;FA;;;S-1-0x00000000051-1)",
        "D:(A;;FA;;;S-1-5-10000000000)", f"D:(A;;FA;;;S-1-5{'-1' * 16})",
        "D:" + "(A;;FA;;;WD)" * (LONGEST // 12 + 1),
    ],
)  # fmt: skip
def test_what_is_no_list(sddl):
    assert entries(sddl, DOMAIN) is None


@pytest.mark.parametrize(("word", "sid"), [("DA", f"{DOMAIN}-512"), ("BA", "S-1-5-32-544"), ("LA", "LA"), ("EA", "EA")])
def test_whom_two_letters_mean(word, sid):
    assert entries(f"D:(A;;FA;;;{word})", DOMAIN) == (Entry(True, True, True, False, FULL, sid),)


def test_two_letters_of_an_unknown_domain_stay():
    found = entries("D:(A;;FA;;;DA)")
    assert found is not None
    assert [entry.who for entry in found] == ["DA"]


@pytest.mark.parametrize(
    ("flags", "here", "below"),
    [("", True, False), ("OICI", True, True), ("OI", True, False), ("CI", True, False), ("OICIIO", False, True),
     ("OICIID", True, True)],
)  # fmt: skip
def test_where_an_entry_counts(flags, here, below):
    found = entries(f"D:(A;{flags};FA;;;{ME})")
    assert found is not None
    assert granted(found, FULL, is_he) is here
    assert granted(found, FULL, is_he, below=True) is below


def test_rights_add_up():
    found = entries(f"D:(A;;0x{FULL & ~READ:x};;;{ME})(A;;FR;;;WD)")
    assert found is not None
    assert granted(found, FULL, is_he) is True


@given(st.text(alphabet="DOGSA:;()PIWXBRF0x19-\n é", max_size=80))
def test_any_text_is_read_or_refused(text):
    found = entries(f"D:{text}", DOMAIN)
    assert found is None or all(isinstance(entry, Entry) for entry in found)


def test_a_hostile_text_takes_no_long_time():
    assert entries("D:" + "(" * 100_000, DOMAIN) is None
    assert entries("D:(A;;FA;;;WD)S:" + "(" * 100_000, DOMAIN) is not None
    assert entries("O:S-1-" + "1-" * 100_000, DOMAIN) is None


def test_no_list_at_all_grants_below_the_folder_too():
    assert granted(entries("D:NO_ACCESS_CONTROL") or (), FULL, is_he, below=True) is True
    assert granted(entries("D:(A;;FA;;;WD)") or (), FULL, is_he, below=True) is False


def test_what_is_denied_to_others_under_a_condition_denies_him_nothing():
    found = entries(f'D:(XD;;FA;;;{GROUP};(@User.Title=="PM"))(A;;FA;;;{ME})', DOMAIN)
    assert granted(found or (), FULL, is_he) is True
