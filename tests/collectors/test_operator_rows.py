"""From an operator's name to questions, and from what a controller says to rows; no controller needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from scanner.collect.directory.operators import elsewhere, operators
from scanner.collect.directory.security import sid_octets, sid_text
from scanner.facts.operator import OperatorAccount, OperatorElsewhere
from tests.collectors.test_directory_rows import GROUP, ROOT, SID
from tests.transport.ldap_peer import connected, done, entry

ME, FOREIGN = "CN=ops,DC=corp,DC=example", "CN=S-1-5-21-9-9-9-1,CN=ForeignSecurityPrincipals,DC=corp,DC=example"
USER: Mapping[str, list[str | bytes]] = {
    "sAMAccountName": ["ops"], "objectClass": ["top", "person", "user"], "objectSid": [SID],
    "userAccountControl": ["1049088"],
}  # fmt: skip


def told(read: Any, arguments: tuple[str, ...], *, user: Mapping[str, Any] = USER, netbios: str = "CORP") -> Any:
    """The rows, and what was asked."""

    def answer(request: bytes) -> list[bytes]:
        if b"tokenGroups" in request:
            return [entry(ME, {"tokenGroups": [GROUP]}), done()]
        if b"nCName" in request:
            return [entry("CN=CORP", {"nETBIOSName": [netbios]}), done()]
        if b"foreignSecurityPrincipal" in request:
            return [entry(FOREIGN, {"objectSid": [SID]}), done()]
        if b"1.2.840.113556.1.4.1941" in request:
            return [entry("CN=movers,DC=corp,DC=example", {"objectSid": [GROUP]}), done()]
        return [entry(ME, user), done()]

    with connected(answer) as (session, peer):
        return read(session, ROOT, arguments).rows, b"".join(peer.asked)


def test_an_account() -> None:
    (row,), asked = told(operators, ("CORP\\ops",))
    assert row == OperatorAccount(
        operator="CORP\\ops", dn=ME, account="CORP\\ops", sid="S-1-5-21-1-2-3-1110", user_account_control=0x100200,
        is_group=False, group_sids=("S-1-5-21-1-2-3-515",), group_names=("CN=movers,DC=corp,DC=example",),
    )  # fmt: skip
    assert (row.sensitive, row.disabled, row.domain_sid) == (True, False, "S-1-5-21-1-2-3")
    assert b"sAMAccountName\x04\x03ops" in asked


@pytest.mark.parametrize(
    ("operator", "asked"),
    [
        ("corp\\ops", b"sAMAccountName\x04\x03ops"),
        ("CORP.Example\\ops", b"sAMAccountName\x04\x03ops"),
        ("CORP\\M\u00fcller (x)*", b"M\xc3\xbcller (x)*"),
        ("ops@corp.example", b"sAMAccountName\x04\x03ops"),
        ("ops@corp.example", b"userPrincipalName\x04\x10ops@corp.example"),
        ("ops@elsewhere.example", b"userPrincipalName\x04\x15ops@elsewhere.example"),
        ("S-1-5-21-1-2-3-1110", b"objectSid\x04\x1c" + SID),
    ],
)
def test_every_way_of_writing_it(operator: str, asked: bytes) -> None:
    rows, said = told(operators, (operator,))
    assert [row.operator for row in rows] == [operator]
    assert asked in said


def test_another_domains_account_is_not_looked_for() -> None:
    rows, asked = told(operators, ("BRANCH\\ops",))
    assert rows == ()
    assert b"ops" not in asked
    rows, asked = told(operators, ("ops@elsewhere.example",))
    assert b"sAMAccountName\x04\x03ops" not in asked


def test_without_operators_nothing_is_asked() -> None:
    assert told(operators, ()) == ((), b"")


def test_a_group_has_no_bits() -> None:
    group = {"sAMAccountName": ["movers"], "objectClass": ["top", "group"], "objectSid": [SID]}
    ((row,), _) = told(operators, ("CORP\\movers",), user=group)
    assert (row.is_group, row.user_account_control, row.unread) == (True, 0, "")


def test_what_cannot_be_read_is_told() -> None:
    ((row,), _) = told(operators, ("CORP\\ops",), user={"sAMAccountName": ["ops"], "objectClass": ["user"]})
    assert "objectSid" in row.unread
    assert "userAccountControl" in row.unread
    policies = {**USER, "msDS-AssignedAuthNPolicy": ["CN=p"], "msDS-AssignedAuthNPolicySilo": ["CN=s"]}
    ((row,), _) = told(operators, ("CORP\\ops",), user=policies)
    assert row.policies == ("CN=p", "CN=s")


def test_groups_that_hold_an_account_of_another_domain() -> None:
    lines = (
        "S-1-5-21-9-9-9-1",
        "S-1-5-21-9-9-9-2",
        "S-1-5-32-545",
        "CN=x,DC=branch,DC=example",
        "CN=y,DC=corp,DC=example",
    )
    ((row,), asked) = told(elsewhere, ("\n".join(lines),))
    assert row == OperatorElsewhere("S-1-5-21-9-9-9-1", ("S-1-5-21-1-2-3-515",))
    assert sid_octets("S-1-5-21-9-9-9-2") in asked
    assert b"CN=x,DC=branch,DC=example" in asked
    assert FOREIGN.encode() in asked
    assert b"CN=y" not in asked, "an object of the domain itself is none of another"
    assert sid_octets("S-1-5-32-545") not in asked


@pytest.mark.parametrize("text", ["S-1-5-21-1-2-3-1110", "S-1-5-32-544", "S-1-1-0", "S-1-5-21-4294967295-0-1-500"])
def test_a_sid_and_its_octets(text: str) -> None:
    assert sid_text(sid_octets(text)) == text


@pytest.mark.parametrize("text", ["", "S-1", "S-1-x", "S-1-5-4294967296", "S-1-5--1", "S-300-5-1"])
def test_what_is_no_sid(text: str) -> None:
    with pytest.raises(ValueError, match="no security identifier"):
        sid_octets(text)
