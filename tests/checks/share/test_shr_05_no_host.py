from __future__ import annotations

import pytest

from checks.share.shr_05_no_host import no_host as check
from scanner.api import Status
from scanner.facts.host import Service
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.judge.judging import asks_of
from tests.checks.common.builders import address
from tests.checks.share.paths import FOLDER, FS01, GONE, PATH, VMM01, known, plan
from tests.conftest import HV01, HV02, Judge, evidence


def probed(*addresses: str, server: str = FS01) -> EndpointProbe:
    target = f"{server}:445"
    return EndpointProbe(target, "Connected", addresses, None, None, 1, None, None, None, None, None)


def seen(*addresses: str, server: str = FS01, **said):
    more = {
        (EndpointProbe, VMM01): [probed(*addresses, server=server)],
        (IPAddress, HV01): [address("10.0.0.1/24")],
        (IPAddress, HV02): [address("10.0.0.2/24"), address("fe80::2/64")],
    }
    return known(more=more, **said)


def test_a_machine_that_runs_none(judge: Judge):
    assert judge(check, known(), plan()).status is Status.PASS
    assert judge(check, seen("10.0.0.31"), plan()).status is Status.PASS
    assert (
        judge(check, seen("10.0.0.31") | {(IPAddress, FS01): [address("10.0.0.31/24")]}, plan()).status is Status.PASS
    )
    assert judge(check, known(), plan(FOLDER, VMM01)).status is Status.PASS


@pytest.mark.parametrize("server", [HV02, "hv02", HV02.upper()])
def test_a_host_by_its_name(judge: Judge, server):
    assert judge(check, known(), plan(rf"\\{server}\export")).status is Status.FAIL


def test_a_host_by_an_alias(judge: Judge):
    alias = plan(r"\\files.corp.example\export")
    finding = judge(check, seen("10.0.0.9", "10.0.0.2", server="files.corp.example"), alias)
    assert (finding.status, HV02 in finding.seen) == (Status.FAIL, True)
    assert judge(check, seen("fe80::2", server="files.corp.example"), alias).status is Status.UNKNOWN


def test_a_name_of_a_file_server_that_leads_to_a_host(judge: Judge):
    assert judge(check, seen("10.0.0.2"), plan()).status is Status.FAIL


def test_a_folder_of_a_host(judge: Judge):
    assert judge(check, known(), plan(FOLDER, HV01)).status is Status.FAIL


@pytest.mark.parametrize("state", ["Running", "Stopped"])
def test_a_machine_with_hyper_v(judge: Judge, state):
    facts = known(services=[Service("vmms", state, "Auto", 4, "LocalSystem")])
    assert judge(check, facts, plan()).status is Status.FAIL


def test_nobody_knows(judge: Judge):
    assert judge(check, known(services=GONE), plan()).status is Status.UNKNOWN
    assert judge(check, known(), plan(r"\\fs99.corp.example\export")).status is Status.UNKNOWN


def test_who_is_asked():
    asked = [(ask.fact, ask.target, ask.argument) for ask in asks_of([check], evidence(known(), plan()))]
    assert asked == [(EndpointProbe, VMM01, f"{FS01}:445")]
    alone = plan(PATH, vmm_servers=())
    assert [ask.target for ask in asks_of([check], evidence(known(), alone))] == [HV01]
    assert list(asks_of([check], evidence(known(), plan(FOLDER, VMM01)))) == []
