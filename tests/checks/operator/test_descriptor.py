from __future__ import annotations

import pytest

from checks.operator.descriptor import lets_in

ME, GROUP = "S-1-5-21-1-2-3-4", "S-1-5-32-580"


@pytest.mark.parametrize(
    ("sddl", "expected"),
    [
        (f"D:(A;;GA;;;{ME})", True),
        (f"D:PAI(A;;GA;;;{ME})", True),
        ("D:(A;;GA;;;RM)", True),
        ("D:(A;;0x10000000;;;RM)", True),
        ("D:(A;;0x20000000;;;RM)", True),
        ("D:(A;;268435456;;;RM)", True),
        ("D:(A;;0x80000000;;;RM)", False),
        ("D:(A;;GRGX;;;RM)", True),
        ("D:(A;;GRGW;;;RM)", False),
        ("D:(A;;GXGR;;;RM)", True),
        ("D:(A;;0x1;;;RM)", False),
        ("D:(A;IO;GA;;;RM)", False),
        ("D:(A;;GA;;;BA)", False),
        ("D:(D;;GA;;;RM)(A;;GA;;;RM)", False),
        ("D:(A;;GA;;;RM)(D;;GA;;;RM)", True),
        ("D:(D;;GR;;;RM)(A;;GA;;;RM)", True),
        ("D:", False),
        ("D:P", False),
        ("D:NO_ACCESS_CONTROL", True),
        ("", None),
        ("O:BAG:BA", None),
        ("D:(XA;;GA;;;RM;(Member_of {SID(BA)}))", None),
        ('D:(XA;;GA;;;BU;(@User.Title=="a\nb"))(A;;GA;;;RM)', None),
        ("D:(A;;GA;;;LA)", None),
        ("D:(A;;GA;;;DA)(A;;GA;;;RM)", None),
        ("D:(A;;GA;;;RM)(A;;GA;;;DA)", True),
        ("D:(OA;;GA;;;RM)", None),
        ("D:(A;;GA)", None),
        ("S:(A;;GA;;;RM)", None),
        ("O:BAG:BAD:(A;;GA;;;BA)S:(A;;GA;;;RM)", False),
    ],
)
def test_who_is_let_in(sddl, expected):
    assert lets_in(sddl, {ME, GROUP}) is expected


@pytest.mark.parametrize(
    "row",
    [
        *("WD S-1-1-0", "CO S-1-3-0", "NU S-1-5-2", "IU S-1-5-4", "SU S-1-5-6", "AN S-1-5-7", "AU S-1-5-11"),
        *("SY S-1-5-18", "LS S-1-5-19", "NS S-1-5-20", "BA S-1-5-32-544", "BU S-1-5-32-545", "BG S-1-5-32-546"),
        *("RD S-1-5-32-555", "HA S-1-5-32-578", "RM S-1-5-32-580"),
    ],
)
def test_two_letters_mean_the_sid_that_ms_dtyp_gives(row):
    letters, sid = row.split()
    assert lets_in(f"D:(A;;GA;;;{letters})", {sid}) is True
    assert lets_in(f"D:(D;;GA;;;{letters})(A;;GA;;;{ME})", {sid, ME}) is False
