"""What every test may use: facts in, verdict out, through the real engine."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from lab import directory
from scanner.api import Check, Estate, Evidence, Fact, Finding, GapReason, Route
from scanner.estate import secret
from scanner.judge.judging import judge_check
from scanner.judge.settling import settle
from tests import told_by_checks
from tests.asked_of import watch

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
HV01, HV02, HV11 = "hv01.corp.example", "hv02.corp.example", "hv11.branch.example"
CORP, BRANCH = "corp.example", "branch.example"

Facts = Mapping[tuple[type[Fact], str], Sequence[Fact] | GapReason]
"""What is known: rows (none included), or why there are none to be had, by fact and target."""


def estate(**words: object) -> Estate:
    """An estate of hv01 -> hv02, or as the words say."""
    defaults: dict[str, object] = {
        "hosts": (HV01, HV02),
        "routes": (Route(HV01, HV02),),
        "domains": (CORP,),
    }
    return Estate(**(defaults | words))  # type: ignore[arg-type]


def evidence(facts: Facts, where: Estate | None = None, *, now: datetime = NOW) -> Evidence:
    """A record that holds exactly these facts and gaps."""
    record = Evidence(estate=where or estate(), started=now, finished=now)
    for (fact, target), rows in facts.items():
        if isinstance(rows, GapReason):
            record.miss(fact, target, rows)
        else:
            record.put(fact, target, rows, at=now)
    return record


def ended(record: Evidence) -> Evidence:
    """A record as a run ends with it, settled."""
    record.close()
    return settle(record)


@pytest.fixture(autouse=True)
def no_secret_of_another_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test names a secret is hidden from no other: a text that happens to be the same stays as it is."""
    monkeypatch.setattr(secret, "_known", ())


@pytest.fixture(autouse=True)
def reads_what_is_asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test of a check sees, too, that it reads of a host only what that is asked for, and tells what it says."""
    of_checks = {"checks", "field"} & set(request.path.relative_to(request.config.rootpath).parts[:2])
    wrong = watch(monkeypatch) if of_checks else []
    plain = told_by_checks.watch(monkeypatch) if of_checks else []
    yield
    assert wrong == []
    assert plain == []


Judge = Callable[..., Finding]


@pytest.fixture
def judge() -> Judge:
    """``judge(check, facts, estate, subject="hv01…")``: the one finding about the subject, or the only one there is."""

    def run(
        check: Check, facts: Facts, where: Estate | None = None, *, subject: str | None = None, now: datetime = NOW
    ) -> Finding:
        findings = list(judge_check(check, evidence(facts, where, now=now)))
        if subject is not None:
            findings = [f for f in findings if f.subject.id == subject]
        assert len(findings) == 1, [f.subject.id for f in findings]
        return findings[0]

    return run


@pytest.fixture(scope="session")
def kerberos_libraries() -> None:
    """Skips, with the reason, where the extra `kerberos` is not installed, or the C libraries beneath it are not."""
    for name in ("gssapi", "krb5"):
        try:
            importlib.import_module(name)
        except (ImportError, OSError) as error:
            pytest.skip(f"Kerberos' libraries are not installed: {error}")


@pytest.fixture(scope="session")
def directory_lab() -> directory.Lab:
    """The running directory lab; skipped, with the reason, where it cannot run."""
    reason = directory.available()
    if reason:
        pytest.skip(reason)
    return directory.up()


os.umask(0o022)  # estates that tests write name password files, and are refused where others may write them

for name in ("GITHUB_ACTIONS", "TF_BUILD"):
    os.environ.pop(name, None)  # what runs print is no other under a runner, which takes commands from it

# no example is a failure for being slow; in CI the same ones every time, elsewhere new ones; HV_FUZZ says how many
os.environ["LC_ALL"] = "C.UTF-8"  # texts are English here, whoever runs the tests
FUZZ = int(os.environ.get("HV_FUZZ") or 0)
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")) and not FUZZ)
if FUZZ:
    settings.register_profile("project", settings.get_profile("project"), max_examples=FUZZ)
settings.load_profile("project")

NEEDS = ("lab", "browser")
"""markers of tests that a machine may be unable to run"""
SKIPPED: list[str] = []
RAN: list[str] = []
UP_BEFORE = directory.running()
"""a lab that was up before the run stays up"""


class Sharing(LoadFileScheduling):
    """Shares out whole files among processes; all that need the lab, of which there is one, to the same."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        path = self.config.rootpath / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return "lab" if "mark.lab" in text or "directory_lab" in text else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Sharing:
    """How files are shared out where several processes run them."""
    return Sharing(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Note who needs what; a report's keywords would tell the folder ``lab`` from its marker by nothing."""
    for item in items:
        item.user_properties += [("needs", marker) for marker in NEEDS if item.get_closest_marker(marker)]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember which of the tests that need the lab or a browser were skipped, and whether one ran."""
    needs = [value for name, value in report.user_properties if name == "needs"]
    if report.when == "call" and "lab" in needs:
        RAN.append(report.nodeid)
    if report.skipped and needs:
        SKIPPED.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that must have the lab (CI) is no success without it; what a run brought up it takes down."""
    if hasattr(session.config, "workerinput"):  # one of several processes: the one that started them hears all reports
        return
    if SKIPPED and os.environ.get("HV_PREFLIGHT_LAB") == "required":
        print(f"\nthe lab is required here, and {len(SKIPPED)} of its tests were skipped, as {SKIPPED[0]}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if RAN and not UP_BEFORE and not os.environ.get("HV_PREFLIGHT_LAB_KEEP"):
        directory.down()
