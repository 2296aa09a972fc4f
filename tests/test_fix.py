"""The commands of one role as one script: what reports print, each with what it mends, and nothing that breaks out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import lab.remedy.interpreter  # noqa: F401 - brings every command in
from lab.remedy.command import COMMANDS
from lab.remedy.syntax import Pipeline, statements
from scanner import cli
from scanner.api import Finding, Profile, Severity, Status, Subject, Who, powershell, scopes
from scanner.commands.fixing import LOOKS, TOLD, UNTOLD, commands_of, script
from tests.conftest import HV01, HV02
from tests.properties.records import FILES, before

READ = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
MIGRATE = "Enable-VMMigration -ComputerName 'hv01.corp.example'"
ESCAPES = [
    "x\nRemove-Item C:\\ -Recurse", "x\r\nRemove-Item C:\\", "x\u2028Remove-Item C:\\", "x\x85Remove-Item C:\\",
    "#> Remove-Item C:\\ <#", "'; Remove-Item C:\\ #", "\u2019; Remove-Item C:\\ #", "$(Remove-Item C:\\)", "`",
    "Requires -Modules Evil", "SIG # Begin signature block", "##vso[task.complete]", "\x1b[2J\u202e\udc80\U000e0041",
]  # fmt: skip


def finding(check="LM-01", host=HV01, remedy=MIGRATE, status=Status.FAIL, **words) -> Finding:
    facts = {"severity": Severity.HIGH, "title": "All is well", "who": Who.HOST, "seen": "it is not"}
    facts |= {"bears": (), "profiles": frozenset({Profile.LIVE_MIGRATION})}
    return Finding(  # type: ignore[arg-type]
        check=check, subject=Subject(scopes.HOST, (host,)), status=status, remedy=remedy, **(facts | words)
    )


def made(*found: Finding) -> str:
    return script("host", found, READ, READ)


def acting(text: str) -> list[str]:
    """The lines that PowerShell would do something with, after the head."""
    lines = text.split("$WhatIfPreference = [bool]$WhatIf\n")[1].splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def test_a_command_stands_as_it_is_behind_what_it_mends():
    text = made(finding())
    assert acting(text) == [MIGRATE]
    assert "# FAIL LM-01 hv01.corp.example: All is well\n# seen: it is not\n" + MIGRATE in text


def test_its_head():
    head = made(finding(), finding(remedy="repadmin /syncall 'dc1' /Ade")).split("# ----")[0]
    assert "\n[CmdletBinding()]\nparam([switch]$WhatIf)\n" in head
    assert "\n$WhatIfPreference = [bool]$WhatIf\n" in head
    assert "# Record of 2026-11-30 12:00 UTC" in head
    assert "2 findings, 2 commands" in head
    assert "(repadmin) is not run" in head
    assert "(none of these) is not run" in made(finding())


def test_commands_that_agree_stand_once_with_all_they_mend():
    text = made(finding(), finding("LM-02"), finding("LM-03", HV02, f"{MIGRATE}\nEnable-VMMigration -ComputerName 'x'"))
    assert acting(text) == [MIGRATE, "Enable-VMMigration -ComputerName 'x'"]
    for check in ("LM-01", "LM-02", "LM-03"):
        assert text.index(f"# FAIL {check}") < text.index(f"\n{MIGRATE}")


def test_many_findings_of_one_command_are_counted():
    text = made(*(finding(f"A-{number:02}") for number in range(1, 31)))
    assert text.count("# FAIL") == 20
    assert "# and 10 more findings\n" in text


def test_causes_come_before_what_follows_from_them():
    later = finding("A-01", remedy="Set-VMHost -ComputerName 'x'", follows_from=(("LM-01", HV01),))
    assert acting(made(later, finding())) == [MIGRATE, "Set-VMHost -ComputerName 'x'"]


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("repadmin /syncall 'dc1' /Ade  # at once; and Set-VMHost", "repadmin"),
        ("New-NetFirewallRule -CimSession 'x' -Name 'y'", "New-NetFirewallRule"),
        ("Invoke-Command -ComputerName 'x' -ScriptBlock { Restart-Service -Name vmms }", "Invoke-Command"),
        ("Get-VM -Id 'x' | Set-VMProcessor -CompatibilityForMigrationEnabled $true", ""),
        ("Set-ADComputer -Identity 'x' -Add @{'y' = 'z', 'repadmin'}", ""),
        ("Set-ADComputer -Identity 'x' -Allow (Get-ADComputer 'y')  # the whole list", ""),
        ("Grant-SmbShareAccess `\n  -Name 'x' -Force", "Grant-SmbShareAccess"),
        ("Set-VMHost -ComputerName 'a  # b' | repadmin", "repadmin"),
    ],
)
def test_what_does_not_know_the_switch_is_not_run_with_it(command, named):
    text = made(finding(remedy=command))
    guarded = f"if ($WhatIf) {{\n    Write-Host 'command 1 is not run: {named} does not know -WhatIf'\n}} else {{\n"
    assert (f"{guarded}{command}\n}}" in text) is bool(named)
    assert command in text


@pytest.mark.parametrize("remedy", ["Remove-Item C:\\ -Recurse", "& 'evil.exe'", "$x = 5", "evil", MIGRATE + "\x00"])
def test_what_is_no_command_of_ours_is_left_out(remedy):
    text = made(finding(remedy=remedy))
    assert acting(text) == []
    assert "# look: not a command that hv-preflight prints, so it is left out" in text


@pytest.mark.parametrize("evil", ESCAPES)
def test_no_text_ends_the_comment_that_it_stands_in(evil):
    words = {"title": evil, "seen": evil, "note": evil, "works": evil, "check": evil}
    for status in (Status.FAIL, Status.WARN):
        one = replace(finding(status=status), subject=Subject(scopes.HOST, (HV01,), evil), **words)
        text = made(replace(one, remedy=f"Look at {evil.splitlines()[0]}.\n{MIGRATE}"))
        assert acting(text) == [MIGRATE]
        assert text.isascii()
        assert "##vso[" not in text
        assert not any(line.startswith(("# SIG", "#Req", "# Req")) for line in text.splitlines())


@pytest.mark.parametrize("value", [*ESCAPES, "HV Bücher", "日本\U0001f600", "’é’"])
def test_a_value_is_the_same_text_in_ascii(value):
    """Read by the lab's own reader of PowerShell: one command, with the value for its argument."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return
    command = powershell("Enable-VMMigration -ComputerName <host>", host=value)
    (line,) = acting(made(finding(remedy=command)))
    assert line.isascii()
    said, written = statements(line)[0].what, statements(command)[0].what
    assert isinstance(said, Pipeline)
    assert isinstance(written, Pipeline)
    assert [_text(argument) for _, argument in said.commands[0].arguments] == [value]


def _text(value) -> str:
    return "".join(map(_text, value.parts)) if hasattr(value, "parts") else value.value


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_command_of_a_record_is_in_the_script_of_its_role_and_no_other(name):
    found = [f for f in before(name).findings if f.status in (Status.FAIL, Status.WARN) and commands_of(f.remedy)]
    for who in {f.who for f in found}:
        own = [f for f in found if f.who == who]
        lines = acting(script(who, own, READ, READ))
        printed = {line for f in own for command in commands_of(f.remedy) for line in command.splitlines()}
        ours = {"if ($WhatIf) {", "} else {", "}"}
        assert {line for line in lines if line not in ours and not line.startswith("    Write-Host '")} == printed
        for line in printed:
            assert statements(line)


def test_what_remedies_may_be_made_of_is_known():
    """Every command that the lab carries out is one that knows the switch, or one that does not."""
    names = {known.name for known in COMMANDS.values() if not known.name.startswith(LOOKS)}
    assert names <= TOLD | UNTOLD
    assert not TOLD & UNTOLD


def test_the_command_line(capsys):
    record = str(FILES["practice"])
    assert cli.run(["fix", record, "--for", "directory"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# Commands of hv-preflight for: directory\n")
    assert "Set-ADComputer" in out
    assert "have no command: see the report" in err
    for word in ("all", "bogus", ""):
        assert cli.run(["fix", record, "--for", word]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert f'--for "{word}" is no role; a script is for one role: "directory" (15 commands), "host" (' in err
    assert cli.run(["fix", record, "--for", "virtual-machine"]) == 2
    assert "no command of this record is for virtual machine; " in capsys.readouterr().err
    assert cli.run(["fix", str(FILES["good"]), "--for", "host", "--at", "2020-01-01"]) == 2
