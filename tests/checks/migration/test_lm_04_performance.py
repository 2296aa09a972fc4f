from __future__ import annotations

from dataclasses import replace

import pytest

from checks.migration.lm_04_performance import CHOOSE, same_performance
from scanner.api import Route, Status
from scanner.facts.host import OperatingSystem, ProductType
from scanner.facts.hyperv import MigrationPerformance, MigrationSettings, VMHost
from tests.checks.common.builders import GONE, module, settings
from tests.checks.common.smb_ends import BY_SMB, system
from tests.conftest import HV01, HV02, Judge, estate

COMPRESSION = settings()
TCPIP = settings(compression=False, smb=False)
BOTH = settings(compression=True, smb=True)
OLD = settings(compression=None, smb=None)


def facts(one, other, **more):
    found = {(MigrationSettings, HV01): [one], (MigrationSettings, HV02): [other]}
    found |= {(OperatingSystem, host): [system(17763)] for host in (HV01, HV02)}
    return found | {(fact, HV01): rows for fact, rows in more.pop("of_one", {}).items()} | more


@pytest.mark.parametrize(
    ("one", "other", "expected", "seen"),
    [
        pytest.param(COMPRESSION, COMPRESSION, Status.PASS, "both use compression", id="compression"),
        pytest.param(TCPIP, TCPIP, Status.PASS, "both use TCP/IP", id="TCP/IP"),
        pytest.param(BY_SMB, BY_SMB, Status.PASS, "both use SMB", id="SMB"),
        pytest.param(COMPRESSION, BY_SMB, Status.WARN, f"{HV01}: compression; {HV02}: SMB", id="differ"),
        pytest.param(TCPIP, BY_SMB, Status.WARN, f"{HV01}: TCP/IP; {HV02}: SMB", id="TCP/IP and SMB"),
        pytest.param(BOTH, BY_SMB, Status.WARN, "SMB and compression at once", id="both flags"),
        pytest.param(BOTH, BOTH, Status.WARN, "SMB and compression at once", id="both flags on both"),
        pytest.param(replace(TCPIP, compression=None), TCPIP, Status.UNKNOWN, "", id="one flag not told"),
        pytest.param(replace(BY_SMB, compression=None), BY_SMB, Status.UNKNOWN, "", id="SMB and the other not told"),
        pytest.param(replace(COMPRESSION, smb_transport=None), COMPRESSION, Status.UNKNOWN, "", id="SMB not told"),
        pytest.param(OLD, COMPRESSION, Status.UNKNOWN, "", id="neither told by a release that has both"),
    ],
)
def test_options(judge: Judge, one, other, expected, seen):
    finding = judge(same_performance, facts(one, other))
    assert finding.status is expected
    assert seen in finding.seen


@pytest.mark.parametrize(("build", "expected"), [(9200, Status.WARN), (9599, Status.WARN), (9600, Status.UNKNOWN)])
def test_2012_has_no_setting_and_knows_tcp_ip_alone(judge: Judge, build, expected):
    told = facts(OLD, COMPRESSION, of_one={OperatingSystem: [system(build)]})
    finding = judge(same_performance, told)
    assert (finding.status, finding.remedy) == (expected, "")
    assert (finding.note == f"{HV01}: Windows Server 2012 knows TCP/IP alone") is (expected is Status.WARN)


def test_two_of_2012(judge: Judge):
    told = {(MigrationSettings, host): [OLD] for host in (HV01, HV02)}
    told |= {(OperatingSystem, host): [system(9200)] for host in (HV01, HV02)}
    finding = judge(same_performance, told)
    assert (finding.status, finding.seen) == (Status.PASS, "both use TCP/IP")
    assert finding.note == f"{HV01} and {HV02}: Windows Server 2012 knows TCP/IP alone"


@pytest.mark.parametrize(
    ("raw", "says", "expected"),
    [
        (COMPRESSION, MigrationPerformance.COMPRESSION, Status.PASS),
        (COMPRESSION, MigrationPerformance.SMB, Status.UNKNOWN),
        (COMPRESSION, MigrationPerformance.TCPIP, Status.UNKNOWN),
        (TCPIP, MigrationPerformance.COMPRESSION, Status.UNKNOWN),
        (BY_SMB, MigrationPerformance.COMPRESSION, Status.UNKNOWN),
        (BOTH, MigrationPerformance.COMPRESSION, Status.WARN),
        (COMPRESSION, None, Status.PASS),
    ],
)
def test_the_module_may_not_say_otherwise(judge: Judge, raw, says, expected):
    row = replace(module(), performance=says)
    assert judge(same_performance, facts(raw, raw, of_one={VMHost: [row]})).status is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({(MigrationSettings, HV02): GONE}, Status.UNKNOWN),
        ({(MigrationSettings, HV02): []}, Status.UNKNOWN),
        ({(VMHost, HV02): GONE}, Status.PASS),
        ({(OperatingSystem, HV02): GONE}, Status.PASS),
    ],
)
def test_unread(judge: Judge, rows, expected):
    assert judge(same_performance, facts(COMPRESSION, COMPRESSION) | rows).status is expected


def test_of_no_setting_the_release_decides(judge: Judge):
    assert judge(same_performance, facts(OLD, OLD) | {(OperatingSystem, HV01): GONE}).status is Status.UNKNOWN


def test_where_smb_is_in_play_a_person_chooses(judge: Judge):
    for one, other in ((COMPRESSION, BY_SMB), (TCPIP, BY_SMB), (BOTH, COMPRESSION)):
        assert judge(same_performance, facts(one, other)).remedy == CHOOSE


def test_plain_tcp_ip_is_turned_to_compression(judge: Judge):
    command = f"Set-VMHost -ComputerName '{HV02}' -VirtualMachineMigrationPerformanceOption Compression"
    assert judge(same_performance, facts(COMPRESSION, TCPIP)).remedy == command
    client = {(OperatingSystem, HV02): [system(22631, ProductType.CLIENT)]}
    assert judge(same_performance, facts(COMPRESSION, TCPIP) | client).remedy == ""


def test_disks_alone(judge: Judge):
    where = estate(routes=(Route(HV01, HV02, machines=False),))
    assert judge(same_performance, facts(COMPRESSION, TCPIP), where).status is Status.NOT_APPLICABLE
