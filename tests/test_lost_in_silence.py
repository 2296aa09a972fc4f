"""No check is lost and no fact is taken for another: what stands at a wrong place or bears a taken name is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scanner import cli
from scanner.plugins import PluginError, load
from scanner.words.model import key_of
from tests.conftest import HV01, HV02
from tests.json_report import findings as told_findings

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "tests" / "data" / "good.hvp"
ESTATE = f'[[group]]\nname = "all"\nhosts = ["{HV01}", "{HV02}"]\n[[route]]\nfrom = "{HV01}"\nto = "{HV02}"\n'

HEAD = '''"""Why.

What passes."""
from dataclasses import dataclass
from scanner.api import *
from scanner.api import scopes
from scanner.facts.hyperv import MigrationSettings
'''
CHECK = """
@check(id="{id}", title="t", severity=Severity.{severity}, who=Who.HOST,
       scope={scope}, seed="s", needs=({needs},), remedy="r")
def {name}(subject, view):
    view.rows({needs}, subject.host)
    return passed("yes")
"""
HOOK = """
@hookimpl
def scanner_checks():
    return [{}]
"""
BATTERY = '''
@windows_fact(cim("Win32_Battery"))
class {}(WindowsFact):
    """A battery."""
    name: str = prop("Name")
'''


def check(name: str = "judged", **words: str) -> str:
    usual = {"id": "XX-01", "severity": "CRITICAL", "scope": "scopes.HOST", "needs": "MigrationSettings"}
    return CHECK.format(name=name, **(usual | words))


def plugin(path: Path, *parts: str, checks: str = "judged") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "".join(parts) + HOOK.format(checks), encoding="utf-8")
    return path


# A fact of a plugin


@pytest.fixture
def namesake(tmp_path: Path) -> Path:
    """A plugin whose fact is called as one of ours."""
    return plugin(tmp_path / "mine.py", BATTERY.format("Service"), check(needs="Service"))


def test_a_plugins_fact_of_a_name_of_ours_is_not_given_our_rows(namesake: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert cli.run(["judge", str(RECORD), "--plugin", str(namesake), "--json", str(report)]) == 3
    findings = [f for f in told_findings(json.loads(report.read_text(encoding="utf-8"))) if f["check"] == "XX-01"]
    assert {f["status"] for f in findings} == {"UNKNOWN"}
    assert {source["fact"] for f in findings for source in f["evidence"]} == {"mine.Service"}


def test_its_query_is_sent_beside_ours(namesake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    estate = tmp_path / "estate.toml"
    estate.write_text(ESTATE, encoding="utf-8")
    assert cli.run(["queries", str(estate), "--json", "--target", HV01, "--plugin", str(namesake)]) == 0
    asked = {row["name"]: row["text"] for row in json.loads(capsys.readouterr().out)}
    assert "Win32_Service" in asked["Service"]
    assert "Win32_Battery" in asked["mine.Service"]


def test_what_two_plugins_call_alike_are_two_facts(tmp_path: Path) -> None:
    files = [
        plugin(tmp_path / f"{name}.py", BATTERY.format("Battery"), check(id=f"XX-0{number}", needs="Battery"))
        for number, name in enumerate(("one", "two"))
    ]
    facts = {key_of(fact) for fact in load(files, third_party=False).facts}
    assert {"one.Battery", "two.Battery"} <= facts


def test_our_facts_keep_their_bare_names() -> None:
    facts = load(third_party=False).facts
    assert {key_of(fact) for fact in facts} == {fact.__name__ for fact in facts}


ASKED = '''
class Asked(Fact):
    """Of nobody."""
'''
UNASKED = "XX-01 needs mine.Asked, which does not say whom it is asked of, so nobody would be: write kinds = frozenset"
OWN = "OWN = Scope({!r}, 'volume', (Part.MACHINE,), Role.EITHER_END, lambda scope, evidence: ())\n"
FAULTS: Mapping[str, tuple[str, str]] = {
    "asked of nobody": (ASKED + check(needs="Asked"), UNASKED),
    "asked of no kind that there is": (
        ASKED + "    kinds = frozenset({'domian'})\n" + check(needs="Asked"),
        "mine.Asked: kinds of target are host, vmm-server, file-server, management-machine, domain, controller, "
        "key-file; not domian",
    ),
    "two classes of one name": (
        BATTERY.format("Battery") + "First = Battery\n" + BATTERY.format("Battery")
        + check(needs="First") + check("other", id="XX-02", needs="Battery"),
        "two facts are called mine.Battery, hv_preflight_plugin_mine.Battery and hv_preflight_plugin_mine.Battery",
    ),
    "no query": (
        "class Battery(WindowsFact): ...\n" + check(needs="Battery"),
        "mine.Battery has no query: put @windows_fact(...) above the class",
    ),
    "the query of another": (
        "from scanner.facts.host import OperatingSystem as Ours\nclass Battery(Ours): ...\n" + check(needs="Battery"),
        "mine.Battery has the query of OperatingSystem: put @windows_fact(...) above the class",
    ),
    "a service that nobody reads": (
        BATTERY.format("Battery").replace('"))', '"), service="Spooler")') + check(needs="Battery"),
        "mine.Battery: the service Spooler is not among those that are read: vmms, ClusSvc",
    ),
    "no fact": (check(needs="int"), "XX-01 needs <class 'int'>, which is no Fact"),
    "a fact that only the scanner would make": (
        "@dataclass(frozen=True)\nclass Made(DerivedFact):\n    name: str\n" + check(needs="Made"),
        "XX-01 needs mine.Made, a DerivedFact that nobody makes",
    ),
    "asked of controllers alone": (
        ASKED + "    kinds = frozenset({TargetKind.CONTROLLER})\n" + check(needs="Asked"),
        "XX-01 needs mine.Asked, which only controllers are asked for, beside their domain: say DOMAIN, too",
    ),
    "a fact that says it is ours": (
        BATTERY.format("Battery") + "    __module__ = 'scanner.facts.host'\n" + check(needs="Battery"),
        "scanner.facts.host.Battery does not stand there, and so is none of ours",
    ),
    "an id that cannot be asked for": (check(id="xx-01"), "'xx-01': an id is capital letters, digits and dashes"),
    "no severity": (check().replace("Severity.CRITICAL", "'critical'"), "XX-01: its severity is one of Severity"),
    "no title": (check().replace('title="t"', "title=None"), "XX-01: its title is text, not None"),
    "a scope that bears upon no move": (
        OWN.format("mine.volume").replace("MACHINE", "OTHER") + check(scope="OWN"),
        "{path} cannot be loaded: ValueError: the scope mine.volume bears upon the moves that start or end on the host",
    ),
    "a second report for the terminal": (
        check() + "@hookimpl\ndef scanner_reporters():\n    return [Reporter(name='mine', suffix='.x', render=str, "
        "paint=lambda report, width, color: '')]\n",
        "reports and {path} offer the same report for the terminal twice: paint",
    ),
    "no profile": (
        check().replace("remedy=", "profiles=['live-migratoin'], remedy="),
        "XX-01: profiles are live-migration, replica, asr-vmm, one at least; not live-migratoin",
    ),
    "for no profile": (check().replace("remedy=", "profiles=(), remedy="), "one at least; not none"),
    "a scope of a plain name": (
        OWN.format("volume") + check(scope="OWN"),
        'XX-01: its scope is called "volume": a plugin calls its own PLUGIN.NAME, as in site_rules.volume',
    ),
    "a scope of a name of ours": (
        OWN.format("host") + check(scope="OWN"), 'XX-01: its scope is called "host", as one of ours is',
    ),
    "two scopes of one name": (
        OWN.format("mine.volume") + check(scope="OWN") + "FIRST = OWN\n" + OWN.format("mine.volume")
        + check("other", id="XX-02", scope="OWN"),
        'XX-02: its scope is called "mine.volume", as another is',
    ),
    "no scope": (check(scope="'host'"), "XX-01: its scope 'host' is none; ours are scopes.HOST and so on"),
    "an id twice": (check() + check("other"), "offers the same check twice: XX-01"),
    "an id of ours": (check(id="ID-01"), "checks and {path} offer the same check twice: ID-01"),
    "what cannot be looked at": (
        check(needs="MigrationSettings").replace("(MigrationSettings,)", "MigrationSettings"),
        "{path}: what it offers cannot be looked at: TypeError",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_would_get_lost_is_refused(tmp_path: Path, fault: str) -> None:
    text, words = FAULTS[fault]
    checks = "judged, other" if "other(" in text else "judged"
    path = plugin(tmp_path / "mine.py", text, checks=checks)
    with pytest.raises(PluginError, match=re.escape(words.replace("{path}", str(path)))):
        load([path], third_party=False)


def test_all_of_it_is_told_at_once(tmp_path: Path) -> None:
    first = plugin(tmp_path / "mine.py", ASKED, check(needs="Asked"))
    second = plugin(tmp_path / "other.py", OWN.format("volume"), check(scope="OWN", id="ID-01"))
    with pytest.raises(PluginError) as caught:
        load([first, second], third_party=False)
    assert len(str(caught.value).splitlines()) == 3
    for words in (UNASKED, 'called "volume"', "same check twice: ID-01"):
        assert words in str(caught.value)


def test_every_plugin_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").write_text(f"raise ValueError('{name}')", encoding="utf-8")
    with pytest.raises(PluginError) as caught:
        load([tmp_path / "one.py", tmp_path / "two.py", tmp_path / "gone.py"], third_party=False)
    assert re.findall(r"(\w+)\.py cannot be loaded: (\w+)", str(caught.value)) == [
        ("one", "ValueError"), ("two", "ValueError"), ("gone", "No"),
    ]  # fmt: skip


def test_two_files_of_one_name_are_told_apart_or_refused(tmp_path: Path) -> None:
    first = plugin(tmp_path / "a" / "rules.py", check())
    second = plugin(tmp_path / "b" / "rules.py", check(id="XX-02"))
    words = f"{first} and {second} are both called rules, and that names their facts: give one another name"
    with pytest.raises(PluginError, match=re.escape(words)):
        load([first, second], third_party=False)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installed package whose entry point is called ``rules``."""
    plugin(tmp_path / "site_pack" / "hooks.py", BATTERY.format("Battery"), check(needs="Battery"))
    about = tmp_path / "site_pack-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: site_pack\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[hv_preflight]\nrules = site_pack.hooks\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in ("site_pack", "site_pack.hooks"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("package")
def test_a_packages_fact_bears_its_module() -> None:
    offer = load()
    assert "site_pack.hooks.Battery" in {key_of(fact) for fact in offer.facts}
    assert [(p.name, p.version) for p in offer.plugins if p.origin == "package"] == [("rules", "1.0")]


@pytest.mark.usefixtures("package")
def test_a_file_that_is_called_as_a_package_is_refused(tmp_path: Path) -> None:
    file = plugin(tmp_path / "rules.py", check(id="XX-02"))
    with pytest.raises(PluginError, match=re.escape(f"rules and {file} are both called rules")):
        load([file])


def test_a_scope_that_two_checks_share_is_one(tmp_path: Path) -> None:
    text = OWN.format("mine.volume") + check(scope="OWN") + check("other", id="XX-02", scope="OWN")
    offer = load([plugin(tmp_path / "mine.py", text, checks="judged, other")], third_party=False)
    assert len({id(check.scope) for check in offer.checks if check.id.startswith("XX-")}) == 1


def test_whatever_a_plugin_raises_is_its_own_and_exits_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.py"
    path.write_text("class Odd(Exception): ...\nraise Odd('in its first lines')\n", encoding="utf-8")
    assert cli.run(["checks", "--plugin", str(path)]) == 2
    assert f"{path} cannot be loaded: Odd: in its first lines\nexit 2\n" in capsys.readouterr().err


# A check of ours


class House:
    """A copy of the checks that somebody works on, with the scanner as it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "checks", folder / "checks", ignore=shutil.ignore_patterns("__pycache__"))

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def list(self) -> subprocess.CompletedProcess[str]:
        """Run ``hv-preflight checks`` there."""
        return subprocess.run(
            [sys.executable, "-P", "-m", "scanner", "checks"],
            cwd=self.folder, env={**os.environ, "PYTHONPATH": f"{self.folder}{os.pathsep}{ROOT}"},
            capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


MISPLACED = {
    "checks/network/lm_20_jumbo.py": (
        HEAD + check(id="LM-20"), "holds LM-20: its right name is checks/migration/lm_20_jumbo.py",
    ),
    "checks/migration/lm_21_other.py": (
        HEAD + check(id="LM-22"), "holds LM-22: its right name is checks/migration/lm_22_other.py",
    ),
    "checks/migration/simultaneous.py": (
        HEAD + check(id="LM-23"), "holds LM-23: its right name is checks/migration/lm_23_simultaneous.py",
    ),
    "checks/migration/several.py": (
        HEAD + "ALL = []\n" + check(id="LM-28").replace("@check", "@(lambda **k: lambda f: ALL.append(check(**k)(f)))"),
        "holds LM-28: its right name is checks/migration/lm_28_several.py",
    ),
    "checks/vm/__init__.py": (HEAD + check(id="VM-20"), "holds VM-20: its right name is checks/vm/vm_20_in_"),
    "checks/migration/lm_24_two.py": (
        HEAD + check(id="LM-24") + check("other", id="LM-25"), "holds LM-24 and LM-25: one file is one check",
    ),
    "checks/migration/lm_26_none.py": (HEAD, "is called as a check is and holds none: it lacks @check"),
    "checks/migration/lm_7_short.py": (HEAD + check(id="LM-7"), "holds LM-7: an id is the letters of an area, a dash"),
    "checks/site/site_01_x.py": (HEAD + check(id="SITE-01"), "holds SITE-01: there is no area SITE among AREAS"),
    "checks/identity/id_01_again.py": (HEAD + check(id="ID-01"), "and checks/identity/id_01_domain_joined.py hold"),
    "checks/migration/lm_27_borrowed.py": (
        HEAD + "from checks.migration.far import far\n"
        + check(id="LM-27").partition("\ndef ")[0].replace("@check", "held = check") + "(far)\n",
        "holds LM-27, which a function of checks.migration.far judges: it stands in one file",
    ),
}  # fmt: skip


def test_a_check_in_a_file_of_another_name_is_not_passed_over(house: House) -> None:
    house.write("checks/migration/simultaneous.py", HEAD + check(id="LM-23"))
    done = house.list()
    assert done.returncode == 4, done.stdout
    words = "checks/migration/simultaneous.py holds LM-23: its right name is checks/migration/lm_23_simultaneous.py"
    assert words in done.stderr


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of a house with all these faults."""
    house = House(tmp_path_factory.mktemp("house"))
    house.write("checks/migration/far.py", "def far(subject, view): ...\n")
    for path, (text, _) in MISPLACED.items():
        house.write(path, text)
    done = house.list()
    assert done.returncode == 4, done.stdout
    return done.stderr


@pytest.mark.parametrize("path", MISPLACED)
def test_a_check_at_a_wrong_place_is_told_its_right_name(told: str, path: str) -> None:
    _, words = MISPLACED[path]
    assert f"{path} {words}" in told


def test_a_check_in_a_folder_that_is_no_package_yet_is_found(house: House) -> None:
    shutil.move(house.folder / "checks" / "key", house.folder / "key")
    for path in (house.folder / "key").glob("*.py"):
        if path.name != "__init__.py":
            house.write(f"checks/key/{path.name}", path.read_text(encoding="utf-8"))
    done = house.list()
    assert done.returncode == 0, done.stderr
    assert "KEY-01" in done.stdout


BROKEN: Mapping[str, tuple[str, str, str]] = {
    "its own lines": ("checks/migration/lm_20_broken.py", "passd('x')\n", "NameError: name 'passd' is not defined"),
    "an import": ("checks/migration/lm_20_broken.py", "import no_such_module\n", "No module named 'no_such_module'"),
    "its grammar": ("checks/migration/lm_20_broken.py", "def (\n", "SyntaxError"),
    "an area's package": ("checks/vm/__init__.py", "import no_such_module\n", "No module named 'no_such_module'"),
    "its name": (
        "checks/vm/vm_20.new.py",
        "",
        "checks/vm/vm_20.new.py: the name of a module has letters, digits and _",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_of_ours_that_cannot_be_loaded_is_a_defect_of_ours(house: House, what: str) -> None:
    path, text, words = BROKEN[what]
    house.write(path, text)
    done = house.list()
    assert done.returncode == 4, done.stdout + done.stderr
    assert path in done.stderr
    assert words in done.stderr
    assert "exit 2" not in done.stderr


def test_a_fault_in_our_own_offer_is_not_told_as_a_plugins(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    known = load(third_party=False).checks[0]
    monkeypatch.setattr("checks.below", lambda _folder, _package: (known, known))
    assert cli.run(["checks"]) == 4
    assert "checks offers the same check twice" in capsys.readouterr().err
