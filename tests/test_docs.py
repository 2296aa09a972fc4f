"""The documentation agrees with the code: generated pages are current, examples run, names and links exist."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import msgspec
import pytest

from docs.generate import FOLDER, pages
from docs.headlines import HEADLINES
from docs.markdown import anchor
from scanner.collect.rounds import collect
from scanner.commands import COMMANDS, lazy
from scanner.estate.access import Access
from scanner.estate.file import EstateFile
from scanner.estate.mistakes import mistakes_in
from scanner.estate.read import read
from scanner.hooks import Collector, Hooks, Reporter, Transport
from scanner.judge import policy
from scanner.judge.judging import judge, judge_check
from scanner.plugins import load
from scanner.record import record
from scanner.words import exits
from scanner.words.estate import Estate, Route
from scanner.words.model import GapReason, Profile, Severity, Status
from scanner.words.readonly import READ_ONLY
from tests.conftest import HV01, HV02, ended, evidence
from tests.octets import readable

ROOT = FOLDER.parent
NUMBERS = ("openmetrics", "prometheus")
"""Formats that name no subject."""
WRITTEN = sorted([*ROOT.glob("*.md"), *FOLDER.glob("*.md")])
PAGES = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in WRITTEN}
ALL = "\n".join(PAGES.values())
CHECKS = load(third_party=False).checks

BLOCK = re.compile(
    r"^ *(?:<!-- file: (?P<file>\S+) -->\n)?(?P<indent> *)```(?P<kind>[^\n]*)\n(?P<text>.*?)\n *```$", re.M | re.S
)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)


def blocks(page: str, kind: str) -> list[str]:
    return [found["text"] for found in BLOCK.finditer(PAGES[page]) if found["kind"] == kind]


def of_kind(kind: str) -> list[tuple[str, str]]:
    return [(page, text) for page in PAGES for text in blocks(page, kind)]


def examples(page: str) -> dict[str, str]:
    return {found["file"]: found["text"] for found in BLOCK.finditer(PAGES[page]) if found["file"]}


@pytest.mark.parametrize(
    "name",
    [
        *("catalogue.md", "not-judged.md", "warnings.md", "facts.md", "estate.md", "remedies.md", "troubleshooting.md"),
        "unproven.md",
        *(headline.page for headline in HEADLINES),
    ],
)
def test_generated_pages_are_current(name):
    assert PAGES[f"docs/{name}"] == pages()[name], "stale: run make docs"


def test_the_generator_writes_what_is_compared(tmp_path, monkeypatch, capsys):
    from docs import generate

    monkeypatch.setattr(generate, "FOLDER", tmp_path)
    generate.main()
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == pages()
    assert capsys.readouterr().out.count("docs/") == len(pages())


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_the_catalogue_tells_all_about_a_check(check):
    page = PAGES["docs/catalogue.md"]
    section = page.split(f"### {check.id}: ")[1].split("\n### ")[0]
    for told in (check.title, check.severity.word, check.scope.name, check.seed, check.remedy, *check.profiles):
        assert told in section
    assert check.doc.split("\n\n", maxsplit=1)[1] in section
    assert all(f"[{fact.__name__}](facts.md#" in section for fact in check.needs)
    assert (ROOT / re.findall(r"\(\.\./(checks/\S+\.py)\)", section)[-1]).is_file()


def test_every_key_of_the_estate_file_is_told():
    schema = msgspec.json.schema(EstateFile)["$defs"]
    keys = {key for table in schema.values() for key in table["properties"]}
    assert len(keys) > 40
    assert {key for key in keys if f"| `{key}` |" not in PAGES["docs/estate.md"]} == set()


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda headline: headline.check)
def test_a_headline_page_leads_from_the_wire_to_the_line(headline):
    page = PAGES[f"docs/{headline.page}"]
    assert page.count("  # <- here") == 1
    (line,) = (text for text in page.splitlines() if text.endswith("  # <- here"))
    assert any(word in line for word in ("failed(", "passed(", "warned(", "unknown(")), line
    assert f"\nFAIL {headline.check} " in page


def test_the_links_are_seen():
    assert sum(len(LINK.findall(text)) for text in PAGES.values()) > 100


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    here = (ROOT / page).parent
    for target, section in LINK.findall(PAGES[page]):
        path = (here / target).resolve() if target else ROOT / page
        name = path.relative_to(ROOT).as_posix()
        assert path.exists(), target
        if section and path.suffix == ".py":
            assert 0 < int(section.removeprefix("L")) <= len(path.read_text(encoding="utf-8").splitlines())
        elif section:
            assert section in {anchor(heading) for heading in HEADING.findall(PAGES[name])}, f"{target}#{section}"


@pytest.mark.parametrize("page", ["security.md", "connections.md"])
def test_what_is_said_to_hold_is_held_by_tests_that_exist(page):
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    rows = [line for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = {name for line in rows for name in re.findall(r"`(test_\w+)`", line)}
    assert len(named) > 15
    assert {name for name in named if f"def {name}(" not in tests} == set()


def test_the_readme_shows_the_two_commands_that_set_up_and_no_other():
    first, *others = (text for _, text in of_kind("sh") if _ == "README.md")
    assert first.splitlines() == ["make demo", "make test"]
    assert not any(re.search(r"\b(make|apt-get|apt) ", text) for text in others)
    assert "![" in PAGES["README.md"].split("\n## ")[0], "a picture of the report comes first"
    assert "docs/unproven.md" in PAGES["README.md"].split("\n## ")[0], "so does what is not proven"


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)$", ALL, re.M))
    assert {one or other for one, other in named} <= targets


def test_every_command_is_told_and_every_command_told_exists():
    told = set(re.findall(r"hv-preflight ([a-z]+)\b", ALL))
    shell = "\n".join(text for kind in ("sh", "yaml", "groovy") for _, text in of_kind(kind))
    assert set(COMMANDS) <= told
    assert set(re.findall(r"\bhv-preflight ([a-z]+)\b", shell)) <= set(COMMANDS)


def _options(command: str) -> set[str]:
    return {option for parameter in lazy.load(command).params for option in parameter.opts}


def test_every_option_that_is_shown_exists():
    shown = re.findall(r"hv-preflight ([a-z]+)\b([^\n`|]*)", ALL)
    used = {(command, option) for command, rest in shown for option in re.findall(r"--[a-z-]+", rest)}
    assert len(used) > 10
    assert {(c, o) for c, o in used if c in COMMANDS and o not in _options(c) | {"--help"}} == set()


def test_exit_codes_are_told():
    codes = {exits.READY, exits.NOT_READY, exits.USAGE, exits.INCOMPLETE, exits.INTERNAL, exits.INTERRUPTED}
    table = PAGES["README.md"].split("## How it ends")[1]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.M)} == codes


def test_every_hook_is_told_and_every_hook_told_exists():
    hooks = {name for name in vars(Hooks) if not name.startswith("_")}
    assert set(re.findall(r"\bscanner_[a-z_]+(?=\()", PAGES["docs/plugins.md"])) == hooks
    for made in (Collector, Reporter, Transport):
        assert made.__name__ in PAGES["docs/plugins.md"]


def test_words_of_the_reports_are_told():
    page = PAGES["docs/reports.md"]
    assert all(f"`{status}`" in page for status in Status)
    assert all(f"`{severity.word}`" in page for severity in Severity)
    schema = json.loads((ROOT / "reports" / "schema" / "report.schema.json").read_text(encoding="utf-8"))
    counted = {status.value for status in Status}
    objects = [schema, *schema["$defs"].values()]
    keys = {key for made in objects for key in made.get("properties", {})} - counted
    assert len(keys) > 30
    assert {key for key in keys if f"`{key}`" not in page} == set()


def test_words_of_the_record_are_told():
    page = PAGES["docs/record.md"]
    written = json.loads(record.dump(ended(evidence({}))))
    assert {key for key in written if f"`{key}`" not in page} == set()
    assert all(f"`{reason}`" in page for reason in GapReason)
    assert f"version of the form: {record.FORM}" in page


def test_profiles_are_told():
    assert all(f"`{profile}`" in ALL for profile in Profile)


def test_the_list_of_what_only_reads_is_told_whole():
    section = PAGES["docs/facts.md"].split("## What may be asked of Windows at all")[1]
    rows = {
        name: set(re.findall(r"`-(\w+)`", rest))
        for name, rest in re.findall(r"^\| `([A-Z][\w-]+)` \|(.*)$", section, re.M)
    }
    assert rows == {name: set(rules) for name, rules in READ_ONLY.items()}


@pytest.mark.parametrize(("page", "text"), of_kind("toml estate"), ids=lambda text: text[:20])
def test_estate_files_shown_are_right(tmp_path, page, text):
    path = tmp_path / "estate.toml"
    path.write_text(text, encoding="utf-8")
    assert read(path).estate.routes, page


@pytest.mark.parametrize(("page", "text"), of_kind("toml keys"), ids=lambda text: text[:20])
def test_parts_of_estate_files_shown_are_right(page, text):
    assert list(mistakes_in(EstateFile, tomllib.loads(text))) == [], page


@pytest.mark.parametrize(("page", "text"), of_kind("toml"), ids=lambda text: text[:20])
def test_other_toml_is_toml(page, text):
    assert tomllib.loads(text), page


def test_the_plugin_of_the_page_takes_part_and_passes_its_own_test(tmp_path):
    made = examples("docs/plugins.md")
    for name in ("site_rules.py", "test_site_rules.py"):
        (tmp_path / name).write_text(made[name], encoding="utf-8")
    offer = load([tmp_path / "site_rules.py"], third_party=False)
    room = next(check for check in offer.checks if check.id == "SITE-01")
    (volume,) = room.needs
    record_of = evidence({(volume, "hv02.corp.example"): [volume("D:\\", 2**40)]})
    findings = {finding.subject.id: finding.status for finding in judge_check(room, record_of)}
    assert findings == {HV01: Status.NOT_APPLICABLE, "hv02.corp.example": Status.PASS}
    assert room.doc.count("\n\n") == 1
    found = judge([room], record_of)
    report = policy.report_of(record_of, found, checks=[room], plugins=offer.plugins, threshold=Severity.LOW)
    written = next(made for made in offer.reporters if made.name == "rows").render(report)
    assert "SITE-01,hv02.corp.example,PASS,1024 GiB free on D:\\" in written
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_site_rules.py"],
        cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_queries_of_the_plugin_are_answered_as_its_fact_says(tmp_path):
    from lab.windows.trial import Trial
    from scanner.collect.windows.decoder import decode

    path = tmp_path / "site_rules.py"
    path.write_text(examples("docs/plugins.md")["site_rules.py"], encoding="utf-8")
    (volume,) = next(c for c in load([path], third_party=False).checks if c.id == "SITE-01").needs
    trial = Trial.of('name = "hv01"\nrelease = "2019"\n[[volume]]\nname = "D:\\\\"\nfree = 300\n')
    answer = trial.plan(volume.query.plan())[volume.query.name]
    assert answer["errors"] == []
    assert (300 * 2**30) in {row.free for row in decode(volume, answer["rows"])}


def test_the_collector_of_the_page_collects(tmp_path, monkeypatch):
    path = tmp_path / "freeze.py"
    path.write_text(examples("docs/plugins.md")["freeze.py"], encoding="utf-8")
    (tmp_path / "corp.example.txt").write_text("year end\n", encoding="utf-8")
    monkeypatch.setenv("FREEZE_FOLDER", str(tmp_path))
    offer = load([path], third_party=False)
    checks = [check for check in offer.checks if check.id == "SITE-02"]
    where = Estate(domains=("corp.example", "branch.example"))
    record_of = collect(checks, offer.collectors, where, Access())
    assert [(gap.target, gap.reason) for gap in record_of.gaps()] == [
        ("branch.example", GapReason.UNREACHABLE),
    ]
    findings = judge(checks, record_of)
    assert {(f.subject.id, f.status, f.seen) for f in findings} == {
        ("corp.example", Status.FAIL, "year end"),
        ("branch.example", Status.UNKNOWN, ""),
    }


def test_the_scope_of_the_page_judges_each_volume_and_says_where_it_could_not(tmp_path):
    path = tmp_path / "site_volumes.py"
    path.write_text(examples("docs/plugins.md")["site_volumes.py"], encoding="utf-8")
    offer = load([path], third_party=False)
    unmarked = next(check for check in offer.checks if check.id == "SITE-03")
    (volume,) = unmarked.needs
    both = Estate(hosts=(HV01, HV02), routes=(Route(HV01, HV02), Route(HV02, HV01)))
    rows = [volume("C:\\", marked=True), volume("D:\\", marked=False)]
    record_of = evidence({(volume, HV01): rows, (volume, HV02): GapReason.TIMEOUT}, both)
    found = judge([unmarked], record_of)
    assert [(f.subject.kind.name, f.subject.id, f.status) for f in found] == [
        ("site_volumes.volume", f"{HV01}/C:\\", Status.FAIL),
        ("run", "run", Status.UNKNOWN),
        ("site_volumes.volume", f"{HV01}/D:\\", Status.PASS),
    ]
    assert found[0].bears_on(HV02, HV01)
    assert not found[0].bears_on(HV01, HV02)
    assert found[1].note == f"site_volumes.MarkedVolume of {HV02}: timeout"
    report = policy.report_of(record_of, found, checks=[unmarked], plugins=offer.plugins, threshold=Severity.LOW)
    for reporter in offer.reporters:
        said = readable(reporter.render(report)).replace("\\\\", "\\")
        assert (f"C:\\ of {HV01}" in said) == (reporter.name not in NUMBERS), reporter.name
    nothing = judge([unmarked], evidence({}, Estate(hosts=(HV01,))))
    assert [(f.status, f.note) for f in nothing] == [(Status.NOT_APPLICABLE, "no move is planned")]


def test_the_files_of_the_endpoint_are_told():
    from scanner.collect.role import endpoint

    page = PAGES["docs/least-privilege.md"]
    names = endpoint([], "CORP\\Scanners")
    assert all(Path(name).name in page or Path(name).suffix in page for name in names)
    assert "HvPreflight/RoleCapabilities/HvPreflight.psrc" in names


ABSOLUTE = re.compile(r"(?<![\w.:/<~*$}-])/[a-z][\w.-]*(?:/[\w.*-]+)+")
OWN = ("/etc", "/etc/systemd/system", "/opt", "/run", "/run/credentials", "/var/lib")
PATHS = ("/run/secrets/", "/dev/stdout", "/usr/bin/kinit", "/bin/sh", *(f"{folder}/hv-preflight" for folder in OWN))
"""Where absolute paths that pages show may lie."""
ADDRESS = re.compile(r"\bhttps?://([^/\s)>\"'`]+)")
NAMED = {
    "keepachangelog.com", "semver.org", "schemas.microsoft.com",
    "github.com", "token.actions.githubusercontent.com", "www.sigstore.dev",
}  # fmt: skip
"""Hosts of the addresses that pages show; the estate's own end in .example."""


def foreign(text: str) -> list[str]:
    """Absolute paths and hosts that no page has a reason to show."""
    paths = [path for path in ABSOLUTE.findall(text) if not path.startswith(PATHS)]
    hosts = [host for host in ADDRESS.findall(text) if host not in NAMED and not host.endswith(".example")]
    return [*paths, *hosts]


def test_a_page_says_nothing_of_the_machine_it_was_written_on():
    assert foreign("cd /home/me/code; see <https://registry.test/x> and `/srv/a`") == [
        "/home/me/code", "/srv/a", "registry.test",
    ]  # fmt: skip
    assert foreign(ALL) == []


def test_the_words_that_documentation_quotes_are_said():
    """Texts that pages tell readers to look for stand in the source."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "scanner").rglob("*.py"))
    for quoted in ("the script did not end well", "is its role older than the scanner", "holds no answer to it"):
        assert quoted in ALL
        assert quoted in source
