"""What remedies are written in is read; whatever else stands there is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab.remedy.syntax import (
    Block,
    Command,
    Items,
    Member,
    NotReadError,
    Pipeline,
    Sum,
    Table,
    Text,
    Variable,
    statements,
)
from scanner.words.quoting import quote


def only(script: str) -> Command:
    (statement,) = statements(script)
    assert isinstance(statement.what, Pipeline)
    (command,) = statement.what.commands
    return command


def test_parameters_switches_and_lists():
    command = only("Set-It -Name 'it''s', b -Switch -Number 5 -Off:$false")
    assert command == Command(
        "Set-It",
        (
            ("Name", Items((Text("it's"), Text("b", quoted=False)))),
            ("Switch", None),
            ("Number", Text("5", quoted=False)),
            ("Off", Variable("false")),
        ),
    )


def test_a_table_holds_lists():
    command = only("Set-It -Add @{'msDS-AllowedToDelegateTo' = 'a/b', 'c/d'; Other = 'x'}")
    assert command.arguments == (
        ("Add", Table({"msDS-AllowedToDelegateTo": Items((Text("a/b"), Text("c/d"))), "Other": Text("x")})),
    )


def test_pipelines_comments_and_kept_values():
    first, second = statements("$a = (Get-It 'x').Name\nGet-VM -Id 'y' | Set-It -Value $a  # it must be off")
    assert (first.keep, first.what) == ("a", Member(Pipeline((Command("Get-It", (("", Text("x")),)),)), "Name"))
    assert (second.comment, second.text) == ("it must be off", "Get-VM -Id 'y' | Set-It -Value $a")
    assert isinstance(second.what, Pipeline)
    assert [command.name for command in second.what.commands] == ["Get-VM", "Set-It"]


def test_a_block_holds_statements():
    command = only("Invoke-Command -ComputerName 'h' -ScriptBlock { Set-A -B c; Start-D e }")
    block = command.arguments[1][1]
    assert isinstance(block, Block)
    assert [statement.text for statement in block.statements] == ["Set-A -B c", "Start-D e"]


def test_programs_take_words():
    assert only("netdom trust 'a' '/domain:b' /add /twoway").arguments[-1] == ("", Text("/twoway", quoted=False))


@given(st.text(max_size=20))
def test_every_literal_of_a_remedy_is_its_text(text):
    (_, value), *_ = only(f"Set-It -Value {quote(text)}").arguments
    parts = value.parts if isinstance(value, Sum) else (value,)
    assert "".join(part.value for part in parts if isinstance(part, Text)) == text


@pytest.mark.parametrize(
    "script",
    ["Set-It -Value 'open", 'Set-It "$(Get-It)"', "Set-It )", "Set-It @{a b}", "Get-It |", "Set-It -A { Set-B"],
)
def test_what_is_none_is_refused(script):
    with pytest.raises(NotReadError):
        statements(script)
