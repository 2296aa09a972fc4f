"""What two letters mean in an access list: every SID, right and flag, written down once more from [MS-DTYP] 2.5.1.1."""

from __future__ import annotations

import pytest

from checks.common.sddl import CHANGE, FULL, Entry, entries

DOMAIN = "S-1-5-21-1-2-3"
EVERYWHERE = [
    *("WD S-1-1-0", "CO S-1-3-0", "CG S-1-3-1", "OW S-1-3-4", "AC S-1-15-2-1"),
    *("NU S-1-5-2", "IU S-1-5-4", "SU S-1-5-6", "AN S-1-5-7", "ED S-1-5-9", "PS S-1-5-10", "AU S-1-5-11"),
    *("RC S-1-5-12", "SY S-1-5-18", "LS S-1-5-19", "NS S-1-5-20", "WR S-1-5-33"),
]
BUILT_IN = [
    *("BA 544", "BU 545", "BG 546", "PU 547", "AO 548", "SO 549", "PO 550", "BO 551", "RE 552", "RU 554", "RD 555"),
    *("NO 556", "MU 558", "LU 559", "IS 568", "CY 569", "ER 573", "CD 574", "RA 575", "ES 576", "MS 577", "HA 578"),
    *("AA 579", "RM 580"),
]
OF_DOMAIN = ["DA 512", "DU 513", "DG 514", "DC 515", "DD 516", "CA 517", "PA 520", "AP 525", "KA 526"]
ELSEWHERE = ["EA", "SA", "RO", "EK", "CN", "RS", "LA", "LG"]
RIGHTS = [
    *("GA 1f01ff", "GR 120089", "GW 120116", "GX 1200a0", "FA 1f01ff", "FR 120089", "FW 120116", "FX 1200a0"),
    *("KA f003f", "KR 20019", "KW 20006", "KX 20019", "RC 20000", "SD 10000", "WD 40000", "WO 80000"),
    *("CC 1", "DC 2", "LC 4", "SW 8", "RP 10", "WP 20", "DT 40", "LO 80", "CR 100"),
]


def one(sddl: str) -> Entry:
    found = entries(sddl, DOMAIN)
    assert found is not None, sddl
    (entry,) = found
    return entry


@pytest.mark.parametrize(
    "row",
    [
        *EVERYWHERE,
        *(row.replace(" ", " S-1-5-32-") for row in BUILT_IN),
        *(row.replace(" ", f" {DOMAIN}-") for row in OF_DOMAIN),
        *(f"{letters} {letters}" for letters in ELSEWHERE),
    ],
)
def test_whom_two_letters_mean(row):
    letters, sid = row.split()
    assert one(f"D:(A;;FA;;;{letters})").who == sid


@pytest.mark.parametrize("row", RIGHTS)
def test_which_rights_two_letters_mean(row):
    letters, mask = row.split()
    assert one(f"D:(A;;{letters};;;WD)").mask == int(mask, 16)


@pytest.mark.parametrize(("bit", "rights"), [(0x10000000, FULL), (0x20000000, 0x1200A0), (0x40000000, 0x120116)])
def test_a_generic_bit_brings_its_rights(bit, rights):
    assert one(f"D:(A;;{bit:#x};;;WD)").mask == bit | rights


def test_reading_and_changing_by_number():
    assert one("D:(A;;0x80000000;;;WD)").mask == 0x80000000 | 0x120089
    assert one("D:(A;;FRFWFXSD;;;WD)").mask == CHANGE == 0x1301BF


@pytest.mark.parametrize("number", ["0x1", "1", "4294967295", "0x00000001"])
def test_a_number_is_its_rights(number):
    found = one(f"D:(A;;{number};;;WD)").mask
    assert found == (1 if number != "4294967295" else 0xFFFFFFFF)


@pytest.mark.parametrize(
    "sid",
    ["S-1-4294967295-1", "S-1-0x0000FFFFFFFF-1", "S-1-5-4294967295", f"S-1-5{'-1' * 15}", "S-1-0x000000000005-18"],
)
def test_a_sid_of_any_length_is_one(sid):
    assert one(f"D:(A;;FA;;;{sid})").who == sid.upper()


def test_a_condition_of_several_lines_is_one():
    entry = one('D:(XA;;FA;;;s-1-5-18;(@User.Title=="a\nb"))')
    assert (entry.who, entry.certain) == ("S-1-5-18", False)


@pytest.mark.parametrize("flag", ["OI", "CI", "NP", "IO", "ID", "SA", "FA", "TP", "CR"])
def test_every_flag_is_known(flag):
    assert one(f"D:(A;{flag};FA;;;WD)").here is (flag != "IO")
