"""Who may change what lies on the way to a file, by the text form of Windows' access lists."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scanner.estate import access_lists, owners, sddl
from scanner.estate.mistakes import EstateError
from scanner.estate.read import read

ME = "S-1-5-21-1-2-3-1105"
HER = "S-1-5-21-1-2-3-1106"
MINE = f"O:{ME}G:DUD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;{ME})"
PROGRAM = (
    "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:S-1-5-80-956008885-3418522649-1831038044-"
    "1853292631-2271478464D:PAI(A;;0x1200a9;;;BU)(A;;0x1301bf;;;SY)(A;;FA;;;S-1-5-80-956008885-3418522649-1831038044-"
    "1853292631-2271478464)(A;OICIIO;GA;;;CO)(A;;0x1200a9;;;AC)(A;;0x1200a9;;;S-1-15-2-2)"
)
DRIVE = (
    "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
    "(A;OICI;0x1200a9;;;BU)(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)"
)
"""C:\\ as Windows sets it up: any account may make a folder there, and may change what is made in it."""
TOOLS = "O:BAD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)"
"""C:\\tools, made by an administrator: it inherits that."""


@pytest.mark.parametrize(
    ("text", "rights", "who"),
    [
        (MINE, sddl.CHANGE_FILE, ()),
        (PROGRAM, sddl.CHANGE_FILE, ()),
        (PROGRAM, sddl.READ, ("Users", "AC", "S-1-15-2-2")),
        (DRIVE, sddl.CHANGE_FOLDER, ()),
        (DRIVE, sddl.ADD, ()),
        (TOOLS, sddl.CHANGE_FOLDER, ("Authenticated Users",)),
        (f"O:{ME}D:(A;;FR;;;{HER})", sddl.CHANGE_FILE, ()),
        (f"O:{ME}D:(A;;FR;;;{HER})", sddl.READ, (HER,)),
        (f"O:{ME}D:(A;;FW;;;{HER})", sddl.CHANGE_FILE, (HER,)),
        (f"O:{ME}D:(A;;SD;;;{HER})", sddl.CHANGE_FILE, (HER,)),
        (f"O:{ME}D:(A;;WD;;;{HER})", sddl.CHANGE_FILE, (HER,)),
        (f"O:{ME}D:(A;;WO;;;{HER})", sddl.CHANGE_FOLDER, (HER,)),
        (f"O:{ME}D:(A;;GA;;;WD)(A;;GA;;;WD)", sddl.CHANGE_FOLDER, ("Everyone",)),
        (f"O:{ME}D:(A;;0x40;;;{HER})", sddl.CHANGE_FOLDER, (HER,)),
        (f"O:{ME}D:(A;;0x40;;;{HER})", sddl.CHANGE_FILE, ()),
        (f"O:{ME}D:(A;;DC;;;{HER})", sddl.CHANGE_FOLDER, ()),
        (f"O:{ME}D:(A;;DC;;;{HER})", sddl.ADD, (HER,)),
        (f"O:{ME}D:(A;;ZZ;;;{HER})", sddl.CHANGE_FILE, (HER,)),
        (f"O:{ME}D:(D;;FA;;;{HER})", sddl.CHANGE_FILE, ()),
        (f"O:{ME}D:(D;;FA;;;BU)(A;;FA;;;BU)", sddl.CHANGE_FILE, ("Users",)),
        (f'O:{ME}D:(XA;;FA;;;BU;(@User.Title=="a)b" && (Member_of {{SID(BA)}})))(A;;FA;;;AU)', sddl.CHANGE_FILE,
         ("Users", "Authenticated Users")),
        (f"O:{ME}D:(A;;FA;;;S-1-5-21-1-2-3-512)(A;;FA;;;S-1-5-21-1-2-3-513)", sddl.CHANGE_FILE,
         ("S-1-5-21-1-2-3-513",)),
        (f"O:{ME}D:NO_ACCESS_CONTROL", sddl.CHANGE_FILE, ("Everyone",)),
        (f"O:{ME}", sddl.CHANGE_FILE, ("Everyone",)),
        ("", sddl.CHANGE_FILE, ("Everyone",)),
        (f"O:{ME}D:P", sddl.CHANGE_FILE, ()),
    ],
)  # fmt: skip
def test_who_else_may(text: str, rights: int, who: tuple[str, ...]) -> None:
    assert sddl.others(text, rights, ME) == who


def test_who_owns_it() -> None:
    assert sddl.owner_of(MINE) == ME
    assert sddl.owner_of("O:DAG:DAD:(A;;FA;;;SY)") == "DA"
    assert sddl.owner_of(TOOLS) == "BA"
    assert sddl.owner_of("D:(A;;FA;;;SY)") == ""
    assert [sddl.is_ours(who, ME) for who in (ME, "BA", "DA", "S-1-5-21-1-2-3-512", HER, "")] == [True] * 4 + [
        False
    ] * 2


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[Path, str]:
    """What Windows would tell of places; of all others, that they are the system's."""
    told: dict[Path, str] = {}
    monkeypatch.setattr(access_lists, "security", lambda place: told.get(place, PROGRAM))
    monkeypatch.setattr(access_lists, "own", lambda: ME)
    monkeypatch.setattr(owners, "WINDOWS", True)
    return told


def test_one_place_on_the_way_that_others_may_change_is_enough(lists: dict[Path, str], tmp_path: Path) -> None:
    path = tmp_path / "tools" / "estate.toml"
    path.parent.mkdir()
    path.touch()
    assert owners.changeable(path) == ""
    lists[path] = MINE
    assert owners.changeable(path) == ""
    lists[path.parent] = TOOLS
    why = owners.changeable(path)
    assert why.startswith(f"{path.parent} may be changed by Authenticated Users; icacls ")
    beside = path.parent / "waivers.toml"
    beside.touch()
    assert owners.changeable(beside, beyond=path) == ""
    lists[path] = f"O:{HER}D:(A;;FA;;;{HER})"
    assert f"{path} belongs to {HER}; {path} may be changed by {HER}" in owners.changeable(path)


def test_what_is_not_there_yet_is_refused_where_others_may_put_it(lists: dict[Path, str], tmp_path: Path) -> None:
    path = tmp_path / "waivers.toml"
    assert owners.changeable(path) == ""
    lists[tmp_path] = f"O:{ME}D:(A;;FA;;;{ME})(A;;DC;;;BU)"
    assert owners.changeable(path) == f"it is not there, and Users may put it into {tmp_path}"


def test_a_link_is_followed_and_its_own_way_counts(lists: dict[Path, str], tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "secret").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    lists[tmp_path / "real"] = TOOLS
    assert "Authenticated Users" in owners.changeable(tmp_path / "link" / "secret")


def test_a_list_that_cannot_be_read_lets_anybody_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As it is here, where no call of Windows is."""
    monkeypatch.setattr(owners, "WINDOWS", True)
    assert owners.changeable(tmp_path) == "who may change it cannot be told: this is no Windows"
    assert access_lists.readers(tmp_path) == ()


def test_an_estate_that_others_may_change_names_no_command_and_no_file(
    lists: dict[Path, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, secret = tmp_path / "estate.toml", tmp_path / "secret.txt"
    secret.write_text("x")
    path.write_text(
        '[sign_in]\nmethod = "negotiate"\nuser = "u"\npassword = { file = "secret.txt" }\n'
        '[[host]]\nname = "a.b.c"\n[[host]]\nname = "d.b.c"\n[[route]]\nfrom = "a.b.c"\nto = "d.b.c"\n'
    )
    lists[secret] = f"O:{ME}D:(A;;FA;;;{ME})(A;;FR;;;BU)"
    read(path)
    assert "may be read by others (Users)" in caplog.text
    lists[tmp_path] = TOOLS
    with pytest.raises(EstateError, match="a file is not taken from an estate that others may change"):
        read(path)


def test_the_places_on_the_way_begin_where_the_system_begins(tmp_path: Path) -> None:
    places = access_lists._places(Path("x"))
    assert places[0] == Path(os.path.abspath(os.sep))
    assert places[-1].name == "x"
