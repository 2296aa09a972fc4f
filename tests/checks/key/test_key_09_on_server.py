from __future__ import annotations

import pytest

from checks.key.access_list import broad_readers
from checks.key.key_09_on_server import on_server
from scanner.api import GapReason, Status
from scanner.facts.keycopy import KeyFileAccess
from scanner.judge.judging import asks_of
from tests.checks.asr.builders import VMM, plan
from tests.checks.common.builders import GONE, HOSTILE
from tests.conftest import Judge, evidence

PATH = "C:\\Keys\\practice.VaultCredentials"
SAFE = "O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"
BROAD = "O:BAG:SYD:AI(A;ID;FA;;;SY)(A;ID;0x1200a9;;;BU)"


def facts(sddl: str | GapReason | None):
    rows = sddl if isinstance(sddl, GapReason) else [] if sddl is None else [KeyFileAccess(f"FileSystem::{PATH}", sddl)]
    return {(KeyFileAccess, VMM): rows}


@pytest.mark.parametrize(
    ("sddl", "words", "expected"),
    [
        (SAFE, {}, Status.PASS),
        (BROAD, {}, Status.WARN),
        ("O:BAG:SYD:(XA;;FR;;;WD;(x))", {}, Status.UNKNOWN),
        (None, {}, Status.FAIL),
        (GONE, {}, Status.UNKNOWN),
        (GONE, {"key_on_server": ""}, Status.NOT_APPLICABLE),
        (GONE, {"key_on_server": "\\\\files\\keys\\x.VaultCredentials"}, Status.UNKNOWN),
        (GONE, {"registered": True}, Status.NOT_APPLICABLE),
        (GONE, {"keys": ()}, Status.NOT_APPLICABLE),
    ],
)
def test_key(judge: Judge, sddl, words, expected):
    assert judge(on_server, facts(sddl), plan(**({"key_on_server": PATH} | words))).status is expected


def test_who_may_read_it_is_told(judge: Judge):
    assert judge(on_server, facts(BROAD), plan(key_on_server=PATH)).seen == f"{PATH}: Users may read it"


def asked(path: str) -> list[str]:
    where = plan(key_on_server=path)
    asks = asks_of([on_server], evidence({}, where))
    return [query.commands[0].text for query in KeyFileAccess.queries([ask.argument for ask in asks])]


def test_a_file_of_the_server_alone_is_asked_for():
    assert asked(PATH) == [f"Get-Acl -LiteralPath '{PATH}'"]
    for path in ("", "\\\\files\\keys\\x.VaultCredentials", "C:\\x.txt", "C:\\..\\x.VaultCredentials", HOSTILE):
        assert asked(path) == [], path


@pytest.mark.parametrize(
    ("sddl", "readers"),
    [
        ("O:BAD:(A;;FR;;;WD)", ("Everyone",)),
        ("O:BAD:(A;;FA;;;S-1-1-0)(A;;FR;;;WD)", ("Everyone",)),
        ("D:(A;;0x1;;;S-1-5-32-545)(A;;GR;;;AU)", ("Users", "Authenticated Users")),
        ("D:(A;;FR;;;S-1-5-21-1-2-3-513)(A;;FR;;;S-1-5-21-1-2-3-1104)", ("Domain Users",)),
        ("D:(A;;CCSWLO;;;IU)", ("Interactive",)),
        ("D:(A;;1;;;BU)(A;;2032127;;;AU)", ("Users", "Authenticated Users")),
        ("D:(A;;2;;;BU)", ()),
        ("D:(A;;F1;;;BU)", None),
        ("D:(A;;FRX;;;BU)", None),
        ("D:" + "(A;;FR;;;SY)" * 1000, ()),
        ("D:" + "(A;;FR;;;SY)" * 1002, None),
        ("D:(A;;FW;;;WD)(A;;0x2;;;BU)(A;;RC;;;AU)", ()),
        ("D:(A;OICIIO;FA;;;WD)", ()),
        ("D:(A;OICI;FA;;;WD)", ("Everyone",)),
        ("D:(D;;FR;;;BU)(A;;FR;;;BU)", ()),
        ("D:(A;;FR;;;BU)(D;;FR;;;BU)", ("Users",)),
        ("D:(A;;FR;;;NU)(A;;FR;;;S-1-5-15)(A;;FR;;;BG)", ("Network", "This Organization", "Guests")),
        ("D:(D;;FR;;;WD)(A;;FR;;;BU)(A;;FR;;;AU)", ()),
        ("D:(D;;FW;;;WD)(A;;FR;;;BU)", ("Users",)),
        ("D:(A;;FR;;;SY)S:(AU;SA;FR;;;WD)", ()),
        ("D:NO_ACCESS_CONTROL", ("Everyone",)),
        ("O:BAG:SY", ("Everyone",)),
        ("D:", ()),
        ("D:PAI", ()),
        ("D:(A;;0xZZ;;;WD)", None),
        ("D:(A;;odd;;;WD)", None),
        ("D:(OA;;FR;;;WD)", None),
        ("D:(A;;FR;;WD)", None),
        ('D:(A;;FR;;;SY)(XA;;FR;;;WD;(@User.x == "y"))', None),
        ("D:" + "(A;;FR;;;SY)" * 1001, None),
    ],
)
def test_who_of_everybody_may_read(sddl, readers):
    assert broad_readers(sddl) == readers
