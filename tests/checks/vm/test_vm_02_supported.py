from __future__ import annotations

import pytest

from checks.vm.vm_02_supported import version_supported
from scanner.api import Profile, Route, Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.hyperv import VMHost
from scanner.facts.vm import VirtualMachineSettings
from tests.checks.common.builders import GONE, GUID, HOSTILE, checkpoint, machine, module
from tests.conftest import HV01, HV02, HV11, NOW, Judge, estate

OWN = [module(versions=("8.0", "9.0", "10.0"))]


def system(build: int, kind: ProductType = ProductType.SERVER) -> list[OperatingSystem]:
    return [OperatingSystem(NOW, build, f"10.0.{build}", kind, None)]


def facts(version="9.0", host=OWN, build=17763, name="web-01", here=17763, own=("5.0", "8.0", "9.0")):
    return {
        (OperatingSystem, HV01): here if here is GONE else system(here),
        (VMHost, HV01): [module(versions=own)],
        (VirtualMachineSettings, HV01): [checkpoint(1, "5.0"), machine(1, version, name)],
        (VMHost, HV02): host,
        (OperatingSystem, HV02): build if build is GONE else system(build),
    }


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(), Status.PASS, id="member"),
        pytest.param(facts("8.0"), Status.PASS, id="oldest"),
        pytest.param(facts("10.0"), Status.PASS, id="newest, not older than 9.0"),
        pytest.param(facts("10"), Status.PASS, id="without minor"),
        pytest.param(facts("7.1"), Status.FAIL, id="too old"),
        pytest.param(facts("12.0"), Status.FAIL, id="too new"),
        pytest.param(facts("9.1"), Status.FAIL, id="between, no member"),
        pytest.param(
            facts("254.0", [module(versions=("9.0", "254.0"))]), Status.FAIL, id="of a preview, though listed"
        ),
        pytest.param(facts("254.0", GONE, GONE), Status.FAIL, id="of a preview, whatever the destination is"),
        pytest.param(facts("253.0", [module(versions=("9.0", "253.0"))]), Status.PASS, id="no preview yet"),
        pytest.param(facts("9.0", build=GONE), Status.PASS, id="own list, system unread"),
        pytest.param(facts("10.0", build=17763), Status.PASS, id="own list wins over the table"),
        pytest.param(facts("9.0", [module()]), Status.PASS, id="by table"),
        pytest.param(facts("9.1", [module()]), Status.FAIL, id="by table, too new"),
        pytest.param(facts("5.0", GONE, 20348), Status.FAIL, id="module unread, table of 2022 has no 5.0"),
        pytest.param(facts("5.0", [], 9600), Status.PASS, id="no module, 2012 R2"),
        pytest.param(facts("9.0", GONE, GONE), Status.UNKNOWN, id="nothing known of the destination"),
        pytest.param(facts("9.0", [module()], 9200), Status.FAIL, id="2012 runs 4.0 alone"),
        pytest.param(facts("4.0", [module()], 9200, here=9200), Status.PASS, id="4.0 within 2012"),
        pytest.param(facts("4.0", [module()], 9600, here=9200), Status.PASS, id="4.0 from 2012 to 2012 R2"),
        pytest.param(facts("4.0", [module()], 9600, here=9600), Status.FAIL, id="4.0 from elsewhere"),
        pytest.param(facts("4.0", [module()], 9600, here=GONE), Status.UNKNOWN, id="4.0 from who knows where"),
        pytest.param(facts("4.0", [module()], 14393, here=9200), Status.FAIL, id="4.0 beyond 2012 R2"),
        pytest.param(facts("5.0", [module()], 9200, here=9600), Status.FAIL, id="one way only"),
        pytest.param(facts("9.0", [module()], 25398), Status.UNKNOWN, id="build in no table"),
        pytest.param(facts("9.1", [module(versions=("9.0", "x"))]), Status.UNKNOWN, id="a version that is none"),
        pytest.param(facts("9.0", [module(versions=("9.0", "x"))]), Status.PASS, id="member beside one that is none"),
        pytest.param(facts(None), Status.UNKNOWN, id="no version"),
        pytest.param(facts("?"), Status.UNKNOWN, id="no version in the text"),
    ],
)
def test_version_supported(judge: Judge, known, expected):
    assert judge(version_supported, known).status is expected


def test_a_list_that_no_host_tells_is_unknown(judge: Judge):
    """It would stand in a finding of every machine."""
    told = tuple(f"{major}.{minor}" for major in range(1000) for minor in range(10))
    finding = judge(version_supported, facts("9.0", [module(versions=told)]))
    assert finding.status is Status.UNKNOWN
    assert finding.note == "VMHost of hv02.corp.example: there are 10000 versions, and no host tells more than 32"
    assert judge(version_supported, facts("9.0", [module(versions=told[80:112])])).status is Status.PASS


def test_too_old_can_be_upgraded_where_it_is(judge: Judge):
    finding = judge(version_supported, facts("7.1", name=HOSTILE))
    assert finding.wanted == "one of 8.0, 9.0, 10.0"
    assert finding.note == "upgrade it to 9.0; then no host with older versions alone takes it back"
    assert finding.remedy == (
        f"Get-VM -ComputerName 'hv01.corp.example' -Id '{GUID.format(1)}' | Update-VMVersion -Confirm  "
        "# irreversible; needs it off"
    )


OVER = "move it to a host of Windows Server 2016 or 2019, upgrade it there, and move it on"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        pytest.param(facts("5.0", GONE, 20348, here=9600), OVER, id="2012 R2 has no such command"),
        pytest.param(facts("7.1", here=GONE), OVER, id="release unread"),
        pytest.param(facts("7.1") | {(OperatingSystem, HV01): []}, OVER, id="no release told"),
        pytest.param(facts("7.1", own=("7.1", "11.0")), OVER, id="it would become too new"),
        pytest.param(facts("7.1", own=("7.1",)), OVER, id="it would stay as it is"),
        pytest.param(facts("8.1", own=("8.0",)), OVER, id="newer than what the source makes of it"),
        pytest.param(facts("7.1", own=("7.1", "254.0")), OVER, id="a preview is no newest version"),
        pytest.param(facts("9.1", [module(versions=("8.3", "9.2"))]), "a host whose newest version", id="neither fits"),
        pytest.param(facts("4.0", GONE, 17763, here=9200), "take it to Windows Server 2012 R2", id="of 2012"),
        pytest.param(facts("4.0", GONE, 20348, here=9200), f"on arrival; then {OVER}", id="of 2012, farther"),
    ],
)
def test_else_the_way_is_told_in_words(judge: Judge, known, words):
    finding = judge(version_supported, known)
    assert (finding.status, finding.remedy) == (Status.FAIL, "")
    assert words in finding.note
    assert ("take it to" in finding.note) is finding.seen.endswith("4.0"), "only what 2012 made needs that"
    assert ("on arrival; then" in finding.note) is ("on arrival; then" in words), "2019 runs what comes of it"


@pytest.mark.parametrize(
    ("third", "routes", "lost"),
    [
        pytest.param(("7.1", "8.0"), (HV01, HV11), True, id="the other destination runs the old version alone"),
        pytest.param(("7.1", "9.0"), (HV01, HV11), False, id="it runs both"),
        pytest.param(("8.0",), (HV01, HV11), False, id="it runs neither"),
        pytest.param(("7.1", "8.0"), (HV02, HV11), False, id="it takes machines of another source"),
        pytest.param(None, (HV01, HV11), False, id="unread"),
    ],
)
def test_an_upgrade_that_closes_another_planned_way_is_not_offered(judge: Judge, third, routes, lost):
    where = estate(hosts=(HV01, HV02, HV11), routes=(Route(HV01, HV02), Route(*routes)))
    known = facts("7.1") | {
        (VMHost, HV11): [module(versions=third)] if third else GONE,
        (OperatingSystem, HV11): GONE,
        (VirtualMachineSettings, HV02): [],
    }
    finding = judge(version_supported, known, where, subject=f"{HV01}/{GUID.format(1)}/{HV02}")
    assert finding.status is Status.FAIL
    assert bool(finding.remedy) is not lost
    assert (f"upgraded to 9.0, {HV11} takes it no more" in finding.note) is lost


def test_one_that_cannot_be_read_hides_no_other_way_that_an_upgrade_closes(judge: Judge):
    more = ("hv12.corp.example", "hv13.corp.example")
    where = estate(hosts=(HV01, HV02, *more), routes=tuple(Route(HV01, end) for end in (more[0], HV02, more[1])))
    known = facts("7.1") | {(fact, more[0]): GONE for fact in (VMHost, OperatingSystem)}
    known |= {(VMHost, more[1]): [module(versions=("7.1", "8.0"))], (OperatingSystem, more[1]): GONE}
    finding = judge(version_supported, known, where, subject=f"{HV01}/{GUID.format(1)}/{HV02}")
    assert (finding.status, finding.remedy) == (Status.FAIL, "")
    assert f"upgraded to 9.0, {more[1]} takes it no more" in finding.note


def test_a_source_that_tells_no_versions_goes_by_its_build(judge: Judge):
    known = facts("7.1") | {(VMHost, HV01): GONE, (OperatingSystem, HV01): system(14393)}
    assert judge(version_supported, known).note.startswith("upgrade it to 8.0")
    assert OVER in judge(version_supported, known | {(OperatingSystem, HV01): system(14394)}).note


def test_too_new_cannot_go_back(judge: Judge):
    finding = judge(version_supported, facts("12.0"))
    assert (finding.seen, finding.remedy) == ("web-01: 12.0", "")
    assert "cannot be lowered" in finding.note


def test_in_between_it_can_be_upgraded(judge: Judge):
    finding = judge(version_supported, facts("8.1"))
    assert "Update-VMVersion" in finding.remedy


@pytest.mark.parametrize("profile", Profile)
def test_a_replica_must_run_where_it_arrives(judge: Judge, profile):
    where = estate(profiles=frozenset({profile}))
    assert judge(version_supported, facts("12.0"), where).status is Status.FAIL


def test_the_table_is_named(judge: Judge):
    finding = judge(version_supported, facts("9.0", GONE))
    assert "table for build 17763: VMHost of hv02.corp.example: timeout" in finding.note


def test_machines_unread(judge: Judge):
    known = facts() | {(VirtualMachineSettings, HV01): GONE}
    assert judge(version_supported, known).status is Status.UNKNOWN
