"""Queries as data: only what reads can be built, and no text leaves its quotes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.api import powershell
from scanner.words.query import Command, Query, cim, sendable
from scanner.words.quoting import quote
from scanner.words.readonly import READ_ONLY, NotReadOnlyError

FORBIDDEN_PARAMETERS = {"ComputerName", "CimSession", "Credential", "AsJob", "Repair", "ScriptBlock", "MemberName"}
READING_VERBS = {"Get", "Select", "Where", "Test"}


@pytest.mark.parametrize(
    "name",
    ["Set-VMHost", "Get-Certificate", "Test-Cluster", "ForEach-Object", "Invoke-CimMethod", "get-ciminstance"],
)
def test_a_command_that_is_not_listed_cannot_be_built(name):
    with pytest.raises(NotReadOnlyError, match=re.escape(name)):
        Command(name)


@pytest.mark.parametrize("parameter", sorted(FORBIDDEN_PARAMETERS))
@pytest.mark.parametrize("name", sorted(READ_ONLY))
def test_a_parameter_that_could_act_or_go_elsewhere_cannot_be_given(name, parameter):
    with pytest.raises(NotReadOnlyError, match=parameter):
        Command(name, {parameter: "x"})


def test_the_list_holds_only_verbs_that_read():
    assert {name.split("-")[0] for name in READ_ONLY} <= READING_VERBS
    elsewhere = {name: there for name, rules in READ_ONLY.items() if (there := rules.keys() & FORBIDDEN_PARAMETERS)}
    assert elsewhere == {"Get-SCVMMServer": {"ComputerName"}}, "which takes no name but localhost, and must have one"
    assert Command("Get-SCVMMServer", {"ComputerName": "localhost"}).parameters


def test_a_shallow_query_is_made_text_on_the_machine_in_both_ways():
    query = Query("Q", (cim("Win32_C"), Command("Select-Object", {"Property": ("A",)})), depth=1, shallow=True)
    plan, (*_, last) = query.plan()["commands"], sendable(query).pipeline()
    assert isinstance(plan, list)
    assert plan[-1] == {"command": last[0], "parameters": last[1]}
    assert last == ("ConvertTo-Json", {"Compress": True, "Depth": 1})
    assert "ConvertTo-Json" not in query.text


def test_text_and_plan_tell_the_same():
    given = {"Namespace": r"root\cimv2", "ClassName": "Win32_C", "Filter": "A='b'"}
    read = cim("Win32_C", namespace=r"root\cimv2", where="A='b'")
    query = Query("Q", (read, Command("Select-Object", {"Property": ("A", "B")})))
    asked = r"Get-CimInstance -Namespace root\cimv2 -ClassName Win32_C -Filter 'A=''b'''"
    assert query.text == f"{asked} | Select-Object -Property A, B"
    assert query.plan() == {
        "name": "Q",
        "commands": [
            {"command": "Get-CimInstance", "parameters": given},
            {"command": "Select-Object", "parameters": {"Property": ["A", "B"]}},
        ],
    }


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", "''"),
        ("hv01", "'hv01'"),
        ("O'Brien", "'O''Brien'"),
        ("smart \u2019 quote", "'smart \u2019\u2019 quote'"),
        ("a\nb", "('a' + [char]10 + 'b')"),
        ("\x1b[31m", "('' + [char]27 + '[31m')"),
        ("\u202egnp", "('' + [char]8238 + 'gnp')"),
        ("\U000e0001", "('' + [char]::ConvertFromUtf32(917505))"),
        ('$(Remove-Item) `n "', "'$(Remove-Item) `n \"'"),
    ],
)
def test_quote(text, literal):
    assert quote(text) == literal


def read_literal(text: str) -> str:
    """What PowerShell makes of a literal that ``quote`` wrote: the same grammar, the other way round."""
    token = re.compile(
        r"'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'|\[char\](\d+)|\[char\]::ConvertFromUtf32\((\d+)\)"
    )
    body = text[1:-1] if text.startswith("(") else text
    out, position = "", 0
    while position < len(body):
        match = token.match(body, position)
        assert match, f"{body[position:]!r} is outside every literal"
        plain, code, wide = match.groups()
        out += re.sub(r"(['\u2018-\u201b])\1", r"\1", plain) if plain is not None else chr(int(code or wide))
        position = match.end()
        if position < len(body):
            assert body.startswith(" + ", position)
            position += 3
    return out


@given(st.text() | st.text(alphabet="'\u2018\u2019\u201a\u201b\n;$`\"(){}\x1b"))
def test_no_text_leaves_its_quotes(text):
    literal = quote(text)
    assert read_literal(literal) == text
    assert literal.isprintable()


def test_powershell_quotes_every_value():
    command = powershell("Set-X -Identity <host> -Add <names>", host="a'; Remove-Item C:\\ #", names=["x", "y'z"])
    assert command == "Set-X -Identity 'a''; Remove-Item C:\\ #' -Add 'x', 'y''z'"
