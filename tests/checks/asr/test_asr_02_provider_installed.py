from __future__ import annotations

import pytest

from checks.asr.asr_02_provider_installed import installed
from scanner.api import GapReason, Status
from scanner.facts.provider import ALONE, AsrRegistration, ProviderFile, WindowsUpdateService
from scanner.facts.vmm_setup import VmmSetup
from scanner.judge.judging import asks_of
from tests.checks.asr.builders import AUTO, BIN, DISABLED, FOLDER, HOLDS, OTHER_PLACE, VMM, plan, program, setup
from tests.checks.common.builders import GONE, HOSTILE
from tests.conftest import Judge, evidence

SET_UP = (setup(),)


def facts(files=(), setups=SET_UP, holds=(), updates=AUTO):
    told = {ProviderFile: files, VmmSetup: setups, AsrRegistration: holds, WindowsUpdateService: updates}
    return {(fact, VMM): rows if isinstance(rows, GapReason) else list(rows) for fact, rows in told.items()}


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts([program()]), plan(), Status.PASS, id="beside VMM"),
        pytest.param(facts([program(path=OTHER_PLACE)]), plan(), Status.PASS, id="by itself"),
        pytest.param(facts([program(None)]), plan(), Status.PASS, id="version not told"),
        pytest.param(facts([program()], updates=DISABLED), plan(), Status.PASS, id="installed, updates disabled"),
        pytest.param(facts([program()], setups=GONE, holds=GONE, updates=GONE), plan(), Status.UNKNOWN, id="unread"),
        pytest.param(
            facts([program(path=OTHER_PLACE)], setups=GONE, holds=GONE, updates=GONE), plan(), Status.PASS, id="enough"
        ),
        pytest.param(facts(), plan(), Status.PASS, id="not yet"),
        pytest.param(facts(updates=DISABLED), plan(), Status.WARN, id="not yet, updates disabled"),
        pytest.param(facts(updates=GONE), plan(), Status.UNKNOWN, id="not yet, updates unread"),
        pytest.param(facts(), plan(registered=True), Status.FAIL, id="registered by the estate"),
        pytest.param(facts(holds=HOLDS), plan(), Status.FAIL, id="registered by the machine"),
        pytest.param(facts(holds=GONE), plan(), Status.UNKNOWN, id="registration unread"),
        pytest.param(facts(holds=GONE), plan(registered=True), Status.FAIL, id="unread, and the estate says it"),
        pytest.param(facts(GONE), plan(registered=True), Status.UNKNOWN, id="files unread"),
        pytest.param(facts(setups=GONE), plan(registered=True), Status.UNKNOWN, id="VMM's folder unread"),
        pytest.param(facts(setups=()), plan(registered=True), Status.FAIL, id="no VMM, and not elsewhere"),
        pytest.param(facts(setups=(setup(None),)), plan(registered=True), Status.UNKNOWN, id="no folder told"),
        pytest.param(facts(setups=(setup(" "),)), plan(registered=True), Status.UNKNOWN, id="blank folder"),
        pytest.param(facts(setups=(setup(HOSTILE),)), plan(registered=True), Status.UNKNOWN, id="hostile folder"),
        pytest.param(facts(setups=(setup("\\\\x\\vmm"),)), plan(registered=True), Status.UNKNOWN, id="a share"),
    ],
)
def test_installed(judge: Judge, known, where, expected):
    assert judge(installed, known, where).status is expected


def asked(known) -> list[str]:
    return [ask.argument for ask in asks_of([installed], evidence(known, plan()))]


def test_what_is_asked():
    assert [path.lower() for path in asked(facts())] == [BIN, OTHER_PLACE]
    assert asked(facts(setups=GONE)) == asked(facts(setups=())) == [ALONE]
    for folder in (HOSTILE, "\\\\x\\vmm", "C:\\..\\x", "C:\\a' OR Name LIKE '%", "C:\\a*", "", None):
        assert asked(facts(setups=(setup(folder),))) == [ALONE], folder


def test_texts(judge: Judge):
    assert judge(installed, facts([program(path=OTHER_PLACE), program("5.1.2700.1")]), plan()).seen.endswith(
        "5.1.2700.1"
    )
    disabled = judge(installed, facts(updates=DISABLED), plan())
    assert disabled.remedy == f"Set-Service -ComputerName '{VMM}' -Name wuauserv -StartupType Manual"
    assert FOLDER not in judge(installed, facts(), plan()).seen
