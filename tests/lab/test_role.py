"""PowerShell data files, and the roles of session configurations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lab import contract
from lab.windows.errors import Terminating
from lab.windows.machine import Machine
from lab.windows.machine import parse as machine_of
from lab.windows.role import Role
from lab.windows.trial import Trial, script
from lab.windows.wsman.pipeline import Failed, Output
from scanner.collect.datafile import DataFileError, parse

PSSC = """\ufeff# a session configuration
@{
SchemaVersion = '2.0.0.0'
GUID = '0f4b7f4e-9a51-4b9e-8f39-0d6ac8a8a009'   <# several
lines #>
SessionType = 'RestrictedRemoteServer'; LanguageMode = 'NoLanguage'
RunAsVirtualAccount = $true
RoleDefinitions = @{ 'CORP\\Scanners' = @{ RoleCapabilities = 'Reader', 'Host' } }
}
"""
READER = """@{
VisibleCmdlets = 'Microsoft.PowerShell.Utility\\Select-Object',
    @{ Name = 'Get-CimInstance'; Parameters = @{ Name = 'ClassName'; ValidateSet = 'Win32_Service', 'Win32_Volume' },
                                              @{ Name = 'Filter'; ValidatePattern = "Name='[a-z]+'" } },
    @{ Name = 'Get-ItemProperty'; Parameters = @( @{ Name = 'LiteralPath' } ) },
    @{ Name = 'ConvertTo-Json'; Parameters = @{ Name = 'Compress' }, @{ Name = 'Depth' } }
VisibleFunctions = @('Test-Endpoint')
VisibleProviders = 'Registry'
}
"""
HOST = """@{
VisibleFunctions = 'Get-SmbServerConfiguration', 'Get-CimInstance'
VisibleCmdlets = 'Hyper-V\\Get-VMHost', @{ Name = 'Get-VM'; Parameters = @() }, 'Get-SmbClientConfiguration',
    @{ Name = 'Get-CimInstance'; Parameters = @{ Name = 'ClassName'; ValidateSet = 'Msvm_ComputerSystem' },
                                              @{ Name = 'Namespace' } }
}
"""
MACHINE = """
name = "hv01"
release = "2019"
[[configuration]]
name = "HvPreflight"
files = ["HvPreflight.pssc"]
users = ['CORP\\scanner']
"""
KEY = "Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
SERVICES = ("Get-CimInstance", {"ClassName": "Win32_Service"})


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "HvPreflight" / "RoleCapabilities").mkdir(parents=True)
    (tmp_path / "HvPreflight.pssc").write_text(PSSC, encoding="utf-8")
    (tmp_path / "HvPreflight" / "RoleCapabilities" / "Reader.psrc").write_text(READER, encoding="utf-8")
    (tmp_path / "HvPreflight" / "RoleCapabilities" / "Host.psrc").write_text(HOST, encoding="utf-8")
    return tmp_path


@pytest.fixture
def trial(files: Path) -> Trial:
    return Trial(Machine(machine_of(MACHINE), files), configuration="hvpreflight")


def _outcome(trial: Trial, *commands: tuple[str, dict[str, Any]]) -> str:
    """ "ok", or the id of the error that ended it."""
    failed = [event.error.id for event in trial.command(*commands) if isinstance(event, Failed)]
    return failed[0] if failed else "ok"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("@{}", {}),
        ("@{ A = 'it''s'; B = \"a`nb\"\"c\" }", {"A": "it's", "B": 'a\nb"c'}),
        ("@{ A = 1, -2, 3.5\nB = $TRUE, $null }", {"A": [1, -2, 3.5], "B": [True, None]}),
        ("@{ A = @(); B = @('x'\n'y', 'z') }", {"A": [], "B": ["x", "y", "z"]}),
        ("@{ 'quoted key' = @{ C = 'd' }\r\n# end\r\n}", {"quoted key": {"C": "d"}}),
        ("@{\nA =\n'x',\n'y'\n}", {"A": ["x", "y"]}),
    ],
)
def test_a_data_file_is_read(text: str, wanted: dict[str, Any]) -> None:
    assert parse(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "'x'", "@{ A = Get-Item }", "@{ A = $env:X }", "@{ A 'x' }", "@{ A = 'x' B = 'y' }", "@{ A = 'x'", "@{}@{}"],
)
def test_what_is_no_data_file(text: str) -> None:
    with pytest.raises(DataFileError):
        parse(text)


def test_visible_commands_run(trial: Trial) -> None:
    assert _outcome(trial, SERVICES) == "ok"
    assert _outcome(trial, ("Get-VMHost", {})) == "ok"
    assert _outcome(trial, ("Hyper-V\\Get-VMHost", {})) == "ok"
    assert _outcome(trial, ("Get-SmbServerConfiguration", {})) == "ok"
    assert _outcome(trial, ("Get-ItemProperty", {"LiteralPath": [KEY]})) == "ok"
    assert _outcome(trial, ("Get-CimInstance", {"ClassName": "Win32_Volume", "ErrorAction": "Stop"})) == "ok"


def test_two_roles_for_one_command_add_up(trial: Trial) -> None:
    asked = {"ClassName": "msvm_computersystem", "Namespace": "root\\virtualization\\v2"}
    assert _outcome(trial, ("Get-CimInstance", asked)) == "ok"


def test_what_is_not_shown(trial: Trial) -> None:
    missing, unknown, refused = (
        "CommandNotFoundException",
        "NamedParameterNotFound,{}",
        "ParameterArgumentValidationError,{}",
    )
    cim = "Get-CimInstance"
    assert _outcome(trial, ("Get-Module", {"ListAvailable": True})) == missing
    assert _outcome(trial, ("Where-Object", {"Property": "A"})) == missing
    assert _outcome(trial, ("Microsoft.PowerShell.Utility\\ConvertTo-Json", {})) == missing
    assert _outcome(trial, ("Get-SmbClientConfiguration", {})) == missing  # a function listed among the cmdlets
    assert _outcome(trial, (cim, {"ClassName": "Win32_Service", "ComputerName": "x"})) == unknown.format(cim)
    assert _outcome(trial, (cim, {"ClassName": "Win32_Process"})) == refused.format(cim)
    pattern = {"ClassName": "Win32_Service", "Filter": "Name='x' OR Name='y'"}
    assert _outcome(trial, (cim, pattern)) == refused.format(cim)
    assert _outcome(trial, ("Get-VM", {"Name": "x"})) == unknown.format("Get-VM")
    assert _outcome(trial, ("Get-VM", {"ErrorAction": "Stop"})) == "ok"


def test_the_short_select_object_is_the_sessions_own(trial: Trial) -> None:
    wanted = {"Property": ["Name", "State"]}
    assert _outcome(trial, SERVICES, ("Select-Object", wanted)) == "ParameterArgumentValidationError,Select-Object"
    assert _outcome(trial, SERVICES, ("Select-Object", {"Property": ["Name"]})) == "ok"
    assert _outcome(trial, SERVICES, ("Select-Object", {"First": 1})) == "NamedParameterNotFound,Select-Object"
    assert _outcome(trial, SERVICES, ("Microsoft.PowerShell.Utility\\Select-Object", wanted)) == "ok"


def test_the_qualified_select_object_must_be_shown(files: Path) -> None:
    short = READER.replace("Microsoft.PowerShell.Utility\\Select-Object", "Select-Object")
    (files / "HvPreflight" / "RoleCapabilities" / "Reader.psrc").write_text(short, encoding="utf-8")
    trial = Trial(Machine(machine_of(MACHINE), files), configuration="HvPreflight")
    qualified = ("Microsoft.PowerShell.Utility\\Select-Object", {"Property": ["Name"]})
    assert _outcome(trial, SERVICES, qualified) == "CommandNotFoundException"


def test_a_role_without_the_registry_provider(files: Path) -> None:
    bare = READER.replace("VisibleProviders = 'Registry'", "")
    (files / "HvPreflight" / "RoleCapabilities" / "Reader.psrc").write_text(bare, encoding="utf-8")
    trial = Trial(Machine(machine_of(MACHINE), files), configuration="HvPreflight")
    assert _outcome(trial, ("Get-ItemProperty", {"LiteralPath": [KEY]})) == "ProviderNotFound,Get-ItemProperty"


def test_no_script_runs_without_language(trial: Trial) -> None:
    for step in (script("Invoke-Query.ps1", Plan="[]"), script("Test-Endpoint.ps1")):
        (event,) = trial.pipeline(step)
        assert isinstance(event, Failed)
        assert (event.error.id, event.error.category) == ("ScriptsNotAllowed", 17)


def test_a_shown_function_is_there_without_its_text(trial: Trial) -> None:
    (event,) = trial.command(("Test-Endpoint", {"Target": ["127.0.0.1:1"]}))
    assert isinstance(event, Output)
    assert json.loads(str(event.value))["Outcome"] == "Refused"


def test_the_usual_configuration_is_not_restricted(files: Path) -> None:
    trial = Trial(Machine(machine_of(MACHINE), files))
    assert _outcome(trial, ("Get-Module", {"ListAvailable": True})) == "ok"
    assert trial.runner.configurations("hv01") == {"Microsoft.PowerShell": None, "HvPreflight": ["CORP\\scanner"]}


def test_a_missing_role_capability_is_a_mistake(files: Path) -> None:
    (files / "HvPreflight" / "RoleCapabilities" / "Host.psrc").unlink()
    with pytest.raises(FileNotFoundError, match=r"Host\.psrc"):
        Role.load([files / "HvPreflight.pssc"])


def test_a_role_made_from_the_plan_shows_the_plan(tmp_path: Path) -> None:
    """Every query of the plan passes a role with exactly its literals; another namespace, key or parameter does not."""
    listed = [
        s
        for s in contract.load("plan")["statements"]
        if "<" not in json.dumps([c["parameters"] for c in s["commands"]])
    ]
    path = tmp_path / "all.psrc"
    path.write_text(_role_of(listed), encoding="utf-8")
    role = Role.load([path], stand_ins=True)
    trial = Trial.of('name = "hv01"\nrelease = "2019"')
    for statement in listed:
        for command in statement["commands"]:
            name = command["command"]
            asked = "Microsoft.PowerShell.Utility\\Select-Object" if name == "Select-Object" else name
            role.check(asked, command["parameters"], None, trial.machine.powershell)
    for name, given in (
        ("Get-CimInstance", {"Namespace": "root\\default", "ClassName": "Win32_Service"}),
        ("Get-ItemProperty", {"LiteralPath": ["Registry::HKEY_LOCAL_MACHINE\\SAM"]}),
        ("Get-CimInstance", {"ClassName": "Win32_Service", "ComputerName": "x"}),
        ("Invoke-CimMethod", {}),
    ):
        with pytest.raises(Terminating):
            role.check(name, given, None, "5.1")


def _role_of(statements: list[dict[str, Any]]) -> str:
    limits: dict[str, dict[str, set[str]]] = {}
    for command in (c for s in statements for c in s["commands"]):
        for name, value in command["parameters"].items():
            known = limits.setdefault(command["command"], {}).setdefault(name, set())
            known |= {str(item) for item in (value if isinstance(value, list) else [value])}
        limits.setdefault(command["command"], {})
    limits.pop("Select-Object")
    entries = ["'Microsoft.PowerShell.Utility\\Select-Object'"]
    for command, parameters in limits.items():
        shown = [f"@{{ Name = '{p}'; ValidateSet = {_quoted(values)} }}" for p, values in parameters.items()]
        entries.append(f"@{{ Name = '{command}'; Parameters = @({', '.join(shown)}) }}")
    return "@{\nVisibleFunctions = " + ",\n  ".join(entries) + "\n}\n"


def _quoted(values: set[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in sorted(values))


def test_the_role_that_was_tried_on_a_real_powershell_shows_what_it_showed_there() -> None:
    """There 80 queries came past the role (functions stood behind all names); so they do here."""
    role = Role.load([Path(__file__).parents[1] / "data" / "generated-role.pssc"], stand_ins=True)
    assert role.language == "NoLanguage"
    statements = contract.load("plan")["statements"]
    for statement in statements:
        for command in statement["commands"]:
            name = command["command"]
            asked = f"Microsoft.PowerShell.Utility\\{name}" if name == "Select-Object" else name
            role.check(asked, command["parameters"], None, "7")
    assert len(statements) == 80
