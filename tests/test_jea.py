"""The least-privilege endpoint: it allows every query of the enabled checks, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from lab.windows.machine import Machine, parse
from lab.windows.machine.state import Configuration
from lab.windows.role import Role
from lab.windows.runner import SCRIPTS, MachineRunner
from lab.windows.wsman import ErrorRecord, Failed, Output, PipelineRequest, Step
from scanner import cli, plugins
from scanner.collect import datafile
from scanner.collect.preview import PlannedQuery, planned
from scanner.collect.role import FILES as OF_FILES
from scanner.collect.role import FUNCTIONS, NAME, OF_VMM, PATTERNS, VMM, endpoint, is_optional
from scanner.estate.read import read
from scanner.facts.local_group import Administrator, LocalGroup
from scanner.facts.vmm import Cloud, VmmServer
from scanner.judge import judging
from scanner.words.model import Profile
from scanner.words.query import QUALIFIED_SELECT, Command, Query, sendable
from scanner.words.readonly import Value
from tests.test_asking import OFFER, write_estate
from tests.test_query import read_literal

GROUP = "CORP\\HvPreflight-Scanners"
EXAMPLE = Path(__file__).parents[1] / "lab" / "windows" / "machine" / "examples" / "hv01-2019.toml"
FILES = {f"{NAME}.pssc", f"{NAME}/{NAME}.psd1", f"{NAME}/{NAME}.psm1", f"{NAME}/RoleCapabilities/{NAME}.psrc"}
ROLE = f"{NAME}/RoleCapabilities/{NAME}.psrc"
OPTIONAL = f"{NAME}/RoleCapabilities/{OF_FILES}.psrc"
OF_SERVERS = f"{NAME}/RoleCapabilities/{VMM}.psrc"


def queries_of(folder: Path, *profiles: str) -> list[PlannedQuery]:
    estate = read(write_estate(folder, *profiles)).estate
    return list(planned(judging.enabled(OFFER.checks, estate.profiles), estate))


class Bench:
    """A machine whose only endpoint of ours is the generated one."""

    def __init__(self, folder: Path, queries: list[Query], group: str = GROUP) -> None:
        self.files = endpoint(queries, group)
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        example = Machine.load(EXAMPLE)
        state = msgspec.structs.replace(example.state, configuration=[Configuration(NAME, [f"{NAME}.pssc"])])
        self.runner = MachineRunner({"hv01": Machine(state, folder)})
        self.role = Role.load([folder / f"{NAME}.pssc"])
        self.table: dict[str, Any] = datafile.parse(self.files[ROLE])

    def run(self, *commands: tuple[str, dict[str, Any]], script: bool = False) -> str:
        """How a pipeline ends: the id of its first error, else "ok"."""
        steps = tuple(Step(name, script, dict(given)) for name, given in commands)
        events = list(self.runner.run(PipelineRequest("hv01", "CORP\\svc", NAME, "shell-1", steps)))
        for event in events:
            if isinstance(event, Failed):
                return event.error.id
            if isinstance(event, ErrorRecord):
                return event.id
        assert all(isinstance(event, Output) for event in events)
        return "ok"

    def entry(self, name: str) -> dict[str, Any]:
        added = datafile.parse(self.files[OF_SERVERS]) if name.startswith(OF_VMM) else {}
        shown = [*listed(self.table["VisibleCmdlets"]), *listed(self.table["VisibleFunctions"])]
        shown = listed(added["VisibleCmdlets"]) if added else shown
        (found,) = [item for item in shown if isinstance(item, dict) and item["Name"] == name]
        return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path, [item.query for item in queries_of(tmp_path, *Profile)])
    yield made
    made.runner.stop()


def literals(queries: list[Query]) -> dict[str, dict[str, set[str]]]:
    """Every literal the queries hold, by command and parameter; switches have none."""
    found: dict[str, dict[str, set[str]]] = {}
    for query in queries:
        for command in query.commands:
            shown = found.setdefault(command.name, {})
            for name, value in command.parameters.items():
                items: tuple[Value, ...] = value if isinstance(value, tuple) else (value,)
                shown.setdefault(name, set()).update(str(item) for item in items if not isinstance(item, bool))
    return found


@pytest.mark.parametrize("profiles", [*((p,) for p in Profile), tuple(Profile)])
def test_every_query_of_the_enabled_checks_is_allowed(tmp_path, profiles):
    items = queries_of(tmp_path, *profiles)
    bench = Bench(tmp_path, [item.query for item in items])
    first = [q for item in items if item.round == 1 and not is_optional((q := item.query).commands[0].name)]
    assert first
    for query in first:
        ended = bench.run(*sendable(query).pipeline())
        refused = ("CommandNotFound", "NamedParameterNotFound", "ParameterArgumentValidation", "DriveNotFound")
        assert not ended.startswith((*refused, "ProviderNotFound")), (query.text, ended)


def test_a_probe_of_any_target_is_allowed(bench):
    probe = ("Test-Endpoint", {"Target": ["127.0.0.1:1"], "TimeoutMilliseconds": 3000, "Proxy": "127.0.0.1:1"})
    assert bench.run(probe, ("ConvertTo-Json", {"Compress": True, "Depth": 2})) == "ok"


CIM = "Get-CimInstance"
ANY_GROUP = (
    'ASSOCIATORS OF {Win32_Group.Domain="HV01",Name="Amministratori Hyper-V"} WHERE AssocClass=Win32_GroupUser'
    " Role=GroupComponent"
)
PROPERTY = "Get-ItemProperty"


@pytest.mark.parametrize(
    ("command", "given", "error"),
    [
        (CIM, {"ClassName": "Win32_Thread"}, "ParameterArgumentValidationError"),
        (CIM, {"ClassName": "Win32_Service", "Namespace": r"root\SecurityCenter2"}, "ParameterArgumentValidationError"),
        (CIM, {"ClassName": "Win32_Service", "Filter": "Name LIKE '%'"}, "ParameterArgumentValidationError"),
        (CIM, {"ClassName": "Win32_Service", "ComputerName": "other"}, "NamedParameterNotFound"),
        (CIM, {"ClassName": "Win32_Service", "CimSession": "x"}, "NamedParameterNotFound"),
        (CIM, {"Query": "SELECT * FROM Win32_Process"}, "ParameterArgumentValidationError"),
        (CIM, {"ResourceUri": "http://x"}, "NamedParameterNotFound"),
        (PROPERTY, {"LiteralPath": [r"Registry::HKEY_LOCAL_MACHINE\SECURITY"]}, "ParameterArgumentValidationError"),
        (PROPERTY, {"Path": [r"Registry::HKEY_LOCAL_MACHINE\SOFTWARE"]}, "ParameterArgumentValidationError"),
        ("Get-VMHost", {"ComputerName": "other"}, "NamedParameterNotFound"),
        ("Get-SmbServerConfiguration", {"CimSession": "x"}, "NamedParameterNotFound"),
        ("Invoke-CimMethod", {"ClassName": "Win32_Process", "MethodName": "Create"}, "CommandNotFoundException"),
        ("Get-Content", {"Path": "C:\\x"}, "CommandNotFoundException"),
        ("ForEach-Object", {"MemberName": "Delete"}, "CommandNotFoundException"),
        ("Get-Item", {"LiteralPath": "C:\\x"}, "CommandNotFoundException"),
        ("Get-Acl", {"LiteralPath": "C:\\x"}, "CommandNotFoundException"),
        ("Set-VMHost", {}, "CommandNotFoundException"),
        ("Select-Object", {"Property": ["DomainRole"]}, "ParameterArgumentValidationError"),
        ("ConvertTo-Json", {"Depth": 100}, "ParameterArgumentValidationError"),
    ],
)
def test_anything_else_is_refused(bench, command, given, error):
    assert bench.run((command, given)).startswith(error)


def test_who_is_in_a_group_may_be_asked_by_any_name_of_a_group_and_nothing_else(tmp_path):
    bench = Bench(tmp_path, [LocalGroup.query, Administrator.query])
    (pattern,) = (p["ValidatePattern"] for p in bench.entry(CIM)["Parameters"] if p["Name"] == "Query")
    for query in (LocalGroup.query, Administrator.query):
        assert re.match(pattern, str(query.commands[0].parameters["Query"]))
    assert "ParameterArgument" not in bench.run((CIM, {"Query": ANY_GROUP}))
    for other in (
        "SELECT * FROM Win32_Process",
        "SELECT SID,Name,Domain FROM Win32_Group",
        ANY_GROUP.replace("Role", "ResultRole"),
        f"{ANY_GROUP} X",
    ):
        assert bench.run((CIM, {"Query": other})).startswith("ParameterArgumentValidationError")


@pytest.mark.parametrize("text", ["Get-VMHost", (SCRIPTS / "Invoke-Query.ps1").read_text(encoding="utf-8")])
def test_no_script_is_taken(bench, text):
    assert bench.run((text, {}), script=True) == "ScriptsNotAllowed"


@pytest.mark.parametrize("profiles", [*((p,) for p in Profile), tuple(Profile)])
def test_the_values_shown_are_exactly_those_of_the_queries(tmp_path, profiles):
    items = queries_of(tmp_path, *profiles)
    bench = Bench(tmp_path, [item.query for item in items])
    wanted = literals([item.query for item in items])
    shown = {entry.name for entry in bench.role.entries.values()}
    assert shown == {
        QUALIFIED_SELECT, "ConvertTo-Json", *(n for n in wanted if n != "Select-Object" and not is_optional(n)),
    }  # fmt: skip
    for name, parameters in wanted.items():
        if name in ("Select-Object", "Test-Endpoint", *PATTERNS):
            continue
        entry = bench.entry(name)
        sets = {p["Name"]: set(listed(p.get("ValidateSet", []))) for p in listed(entry["Parameters"])}
        whole = {query for query in parameters.get("Query", ()) if name == CIM}  # these a pattern stands for
        assert sets | ({"Query": whole} if whole else {}) == parameters
    depth = {p["Name"]: p.get("ValidateSet") for p in bench.entry("ConvertTo-Json")["Parameters"]}
    assert set(listed(depth["Depth"])) == {str(item.query.depth) for item in items}


def test_an_entry_without_parameters_takes_none(bench):
    for name in ("Get-VMHost", *sorted(FUNCTIONS)):
        assert bench.entry(name)["Parameters"] == []
        assert bench.run((name, {"ThrottleLimit": 1})).startswith("NamedParameterNotFound")


def test_a_role_grows_with_its_queries_only(tmp_path):
    small = Bench(tmp_path, [Query("Q", (Command(CIM, {"ClassName": "Win32_Battery"}),), depth=3)])
    assert small.table["VisibleFunctions"] == []
    assert small.run((CIM, {"ClassName": "Win32_Service"})).startswith("ParameterArgumentValidationError")
    assert small.run(("Get-VMHost", {})).startswith("CommandNotFoundException")
    assert [p.get("ValidateSet") for p in small.entry("ConvertTo-Json")["Parameters"]] == [None, ["3"], None]


def with_files(folder: Path) -> Bench:
    """The bench after somebody added the optional role, as its file says."""
    made = Bench(folder, [item.query for item in queries_of(folder)])
    configuration = folder / f"{NAME}.pssc"
    text = configuration.read_text(encoding="utf-8")
    added = text.replace(f"RoleCapabilities = '{NAME}'", f"RoleCapabilities = @('{NAME}', '{OF_FILES}')")
    assert added != text
    configuration.write_text(added, encoding="utf-8")
    made.runner.stop()
    made.runner = MachineRunner({"hv01": made.runner.machines["hv01"]})
    return made


DISK = "D:\\VMs\\app-01.vhdx"


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        (DISK, "PathNotFound"),
        ("C:\\ClusterStorage\\Volume1\\a b\\x_0.AVHDX", "PathNotFound"),
        ("\\\\files\\share\\x.vhdx", "ParameterArgumentValidationError"),
        ("D:\\VMs\\..\\x.vhdx", "ParameterArgumentValidationError"),
        ("D:\\VMs\\*.vhdx", "ParameterArgumentValidationError"),
        ("D:\\VMs\\x.txt:y.vhdx", "ParameterArgumentValidationError"),
        ("C:\\Windows\\win.ini", "ParameterArgumentValidationError"),
        ("\\\\?\\C:\\x.vhdx", "ParameterArgumentValidationError"),
    ],
)
def test_files_of_disks_need_the_optional_role_and_nothing_else_is_listed(tmp_path, path, ends):
    plain = Bench(tmp_path, [item.query for item in queries_of(tmp_path)])
    plain.runner.stop()
    assert plain.run(("Get-Item", {"LiteralPath": [path]})).startswith("CommandNotFoundException")
    more = with_files(tmp_path)
    assert more.run(("Get-Item", {"LiteralPath": [path]})).startswith(ends)
    assert more.run(("Get-Item", {"Path": [DISK]})).startswith("NamedParameterNotFound")
    more.runner.stop()


GMSA = "CORP\\svc-hvp$"
SERVER = """
name = "vmm01"
release = "2016"
hyper_v = false
[vmm]
users = ['CORP\\svc-hvp$']
cloud = [{ name = "Primary" }]
"""


def of_vmm(folder: Path, *, own_account: bool) -> MachineRunner:
    """A VMM server whose endpoint shows the optional role, as its file says, or with the usual virtual account."""
    files = endpoint([VmmServer.query, Cloud.query], GROUP)
    assert "GroupManagedServiceAccount" in files[OF_SERVERS]
    text = files[f"{NAME}.pssc"].replace(f"RoleCapabilities = '{NAME}'", f"RoleCapabilities = @('{NAME}', '{VMM}')")
    if own_account:
        text = text.replace("RunAsVirtualAccount = $true", f"GroupManagedServiceAccount = '{GMSA}'")
    for name, content in (files | {f"{NAME}.pssc": text}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    state = msgspec.structs.replace(parse(SERVER), configuration=[Configuration(NAME, [f"{NAME}.pssc"])])
    return MachineRunner({"vmm01": Machine(state, folder)})


def ends(runner: MachineRunner, *commands: tuple[str, dict[str, Any]]) -> str:
    steps = tuple(Step(name, False, dict(given)) for name, given in commands)
    (event,) = runner.run(PipelineRequest("vmm01", "CORP\\svc", NAME, "shell-1", steps))
    error = getattr(event, "error", event)
    return error.id if isinstance(error, ErrorRecord) else "ok"


def test_what_vmm_knows_needs_the_optional_role_and_an_account_that_vmm_knows(tmp_path):
    plain = Bench(tmp_path / "plain", [VmmServer.query, Cloud.query])
    assert plain.run(*sendable(Cloud.query).pipeline()).startswith("CommandNotFoundException")
    for query in (VmmServer.query, Cloud.query):
        assert ends(of_vmm(tmp_path / "a", own_account=True), *sendable(query).pipeline()) == "ok"
        assert ends(of_vmm(tmp_path / "b", own_account=False), *sendable(query).pipeline()).startswith("1604,")
    own = of_vmm(tmp_path / "a", own_account=True)
    for command, given, error in (
        ("Get-SCCloud", {"VMMServer": "vmm02"}, "ParameterArgumentValidationError"),
        ("Get-SCCloud", {"VMMServer": "localhost", "Name": "x"}, "NamedParameterNotFound"),
        ("Get-SCVMMServer", {"ComputerName": "localhost", "Credential": "x"}, "NamedParameterNotFound"),
        ("Get-SCVMHost", {"VMMServer": "localhost"}, "CommandNotFoundException"),
    ):
        assert ends(own, (command, given)).startswith(error)


def test_what_shapes_takes_the_pipeline(tmp_path):
    where = Command("Where-Object", {"Property": "Name", "EQ": True, "Value": "vmms"})
    bench = Bench(tmp_path, [Query("Q", (Command(CIM, {"ClassName": "Win32_Service"}), where))])
    assert {p["Name"] for p in bench.entry("Where-Object")["Parameters"]} == {"Property", "EQ", "Value", "InputObject"}


def test_the_configuration_is_the_strictest(bench):
    table = datafile.parse(bench.files[f"{NAME}.pssc"])
    assert (table["SessionType"], table["LanguageMode"]) == ("RestrictedRemoteServer", "NoLanguage")
    assert table["RunAsVirtualAccount"] is True
    assert table["RoleDefinitions"] == {GROUP: {"RoleCapabilities": NAME}}
    assert bench.table["VisibleProviders"] == "Registry"
    manifest = datafile.parse(bench.files[f"{NAME}/{NAME}.psd1"])
    assert (manifest["RootModule"], manifest["FunctionsToExport"]) == (f"{NAME}.psm1", ["Test-Endpoint"])
    assert bench.files[f"{NAME}/{NAME}.psm1"] == (SCRIPTS / "Test-Endpoint.ps1").read_text(encoding="utf-8")


def test_the_command_writes_the_files(tmp_path, capsys):
    path = write_estate(tmp_path)
    folder = tmp_path / "new" / "endpoint"
    assert cli.run(["jea", str(path), "--out", str(folder)]) == 0
    assert {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()} == FILES | {OPTIONAL}
    wanted = endpoint([item.query for item in queries_of(tmp_path)], GROUP)
    assert {name: (folder / name).read_text(encoding="utf-8") for name in FILES | {OPTIONAL}} == wanted
    assert 'configuration = "HvPreflight"' in capsys.readouterr().out


@pytest.mark.parametrize("group", ["x'; Remove-Item C:\\ #", "x' = @{} }\u2019; @{ '", "$(Get-Date)", 'a" b'])
def test_a_hostile_group_stays_in_its_quotes(tmp_path, group):
    folder = tmp_path / "out"
    assert cli.run(["jea", str(write_estate(tmp_path)), "--out", str(folder), "--group", group]) == 0
    data = (folder / f"{NAME}.pssc").read_bytes()
    line = next(line for line in data.decode("utf-8-sig").splitlines() if "RoleDefinitions" in line)
    literal = (
        line.strip().removeprefix("RoleDefinitions = @{ ").removesuffix(f" = @{{ RoleCapabilities = '{NAME}' }} }}")
    )
    assert read_literal(literal) == group
    assert data.isascii() or data.startswith(b"\xef\xbb\xbf"), "without a mark it would be read as ANSI"
    assert datafile.parse(data.decode("utf-8-sig"))["RoleDefinitions"] == {group: {"RoleCapabilities": NAME}}


@pytest.mark.parametrize("group", ["", " ", "a\nb", "a\x1bb", "\u202egnp"])
def test_what_is_no_group_is_refused(tmp_path, capsys, group):
    assert cli.run(["jea", str(write_estate(tmp_path)), "--out", str(tmp_path / "out"), "--group", group]) == 2
    assert "--group" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert cli.run(["jea", str(write_estate(tmp_path)), "--out", str(tmp_path / "file" / "x")]) == 2
    assert "cannot be" in capsys.readouterr().err


def test_what_is_there_is_kept(tmp_path, capsys):
    command = ["jea", str(write_estate(tmp_path)), "--out", str(tmp_path / "out")]
    assert cli.run(command) == cli.run(command) == 0
    role = tmp_path / "out" / ROLE
    role.write_text("# our own\n", encoding="utf-8")
    (tmp_path / "out" / f"{NAME}.pssc").unlink()
    capsys.readouterr()
    assert cli.run(command) == 2
    told = capsys.readouterr()
    assert f"{role} is there and says something else" in told.err
    assert told.out == ""
    assert role.read_text(encoding="utf-8") == "# our own\n"
    assert not (tmp_path / "out" / f"{NAME}.pssc").exists(), "nothing is written where not all can be"


def test_the_offer_is_the_one_the_commands_use():
    assert {check.id for check in OFFER.checks} == {check.id for check in plugins.load(third_party=False).checks}
