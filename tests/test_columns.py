"""Text beside its head: as wide as the terminal, and commands as they are."""

from __future__ import annotations

import sys

import pytest

from scanner import cli
from scanner.commands.columns import hung, steps
from tests.test_why import GOOD

COMMAND = "Set-ADComputer -Identity 'CN=HV01,OU=Hyper-V,DC=corp,DC=example' -Server 'corp.example' -Add @{'a' = 'b'}"


def test_what_does_not_fit_goes_on_below_its_beginning():
    assert hung("  seen    ", "one two three four five six seven", 40) == (
        "  seen    one two three four five six\n          seven"
    )
    assert hung("  seen    ", "fits", 40) == "  seen    fits"
    assert hung("  seen    ", "a\nb", 40) == "  seen    a b"


def test_a_word_is_never_broken_and_a_narrow_terminal_gets_some_room():
    long = "Microsoft-Virtual-System-Migration-Service/hv01.corp.example"
    assert hung("      ", f"a {long} b", 20) == f"      a\n      {long}\n      b"
    assert hung(" " * 20, "four words of text", 10).count("\n") == 0


def test_commands_are_not_wrapped_and_sentences_are():
    told = list(steps("  do  ", f"{COMMAND}\nStart moves with the full name of the host.", 40))
    assert told == [f"  do  {COMMAND}", "      Start moves with the full name of\n      the host."]
    assert list(steps("  do  ", "", 40)) == []


@pytest.mark.parametrize("columns", [60, 80, 110])
def test_why_fits_the_terminal(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.run(["why", "host", "hv01", "--to", "hv11", "--record", str(GOOD), "--no-plugins"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if len(line) > columns] == []
    assert any(line.startswith(" " * 25) for line in lines)


def test_where_a_program_reads_no_line_is_broken(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert cli.run(["why", "host", "hv01", "--to", "hv11", "--record", str(GOOD), "--no-plugins"]) == 0
    assert any(len(line) > 110 for line in capsys.readouterr().out.splitlines())


def test_help_names_arguments_as_people_do(capsys):
    for name, line in (
        ("why", "why [OPTIONS] KIND NAME\n"),
        ("scan", "scan [OPTIONS] [ESTATE...]\n"),
        ("diff", "OLD NEW\n"),
    ):
        assert cli.run([name, "--help"]) == 0
        page = capsys.readouterr().out
        assert line in page
        assert [word for word in ("<str>", "<path>", "list[", "{") if word in page] == []
        assert page.count("not ready") <= 1, "how it ends is said once"


def test_a_record_without_a_command_says_so(capsys):
    assert cli.run(["fix", str(GOOD), "--for", "azure", "--no-plugins"]) == 2
    assert capsys.readouterr().err.startswith("no command of this record is for azure, nor for any other role\n")
