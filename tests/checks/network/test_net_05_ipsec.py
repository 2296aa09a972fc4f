from __future__ import annotations

import pytest

from checks.network.net_05_ipsec import ipsec
from scanner.api import Route, Status
from scanner.facts.hyperv import MigrationNetwork, MigrationSettings, VMHost
from scanner.facts.network import ConnectionSecurityRule, IPAddress, NetworkAdapter
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import GONE, adapter, address, disk, module, network, settings
from tests.checks.common.smb_ends import BY_SMB, MODULE_SMB
from tests.conftest import HV01, HV02, Judge, estate

REQUIRES = "v2.31|Action=Secure|Active=TRUE|"
SHARED, LOCAL = [disk(r"\\fs01\vms\web-01.vhdx")], [disk(r"D:\VMs\web-01.vhdx")]
FACTS = {
    (MigrationNetwork, HV02): [network("10.20.0.0/24")],
    (VMHost, HV02): [module()],
    (MigrationSettings, HV01): [settings()],
    (IPAddress, HV01): [address("10.20.0.9/24"), address("10.77.0.9/16", interface=4)],
    (IPAddress, HV02): [address("10.20.0.5/24"), address("10.77.0.5/16", interface=4)],
    (NetworkAdapter, HV01): [adapter(), adapter(4)],
    (NetworkAdapter, HV02): [adapter(), adapter(4)],
    (VmStorage, HV01): SHARED,
    (ConnectionSecurityRule, HV01): [],
    (ConnectionSecurityRule, HV02): [],
}
STAYS = (Route(HV01, HV02, storage=False),)


def claimed(*networks, routes=STAYS):
    return estate(ipsec=networks or ("10.20.0.0/24",), routes=routes)


def rules(*texts):
    return {(ConnectionSecurityRule, h): [ConnectionSecurityRule(t, t) for t in texts] for h in (HV01, HV02)}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param((), Status.FAIL, id="no rule"),
        pytest.param((REQUIRES,), Status.WARN, id="of everything"),
        pytest.param((REQUIRES + "Protocol=6|EP2Port=6600|",), Status.WARN, id="of the port"),
        pytest.param((REQUIRES + "Protocol=6|EP1Port=6600|",), Status.WARN, id="of the port, told from there"),
        pytest.param((REQUIRES + "Protocol=6|EP2Port=445|",), Status.FAIL, id="of another port"),
        pytest.param((REQUIRES + "EP1_4=10.20.0.9|EP2_4=10.20.0.5|",), Status.WARN, id="of the two"),
        pytest.param((REQUIRES + "EP1_4=10.20.0.5|EP2_4=10.20.0.9|",), Status.WARN, id="of the two, turned"),
        pytest.param((REQUIRES + "EP1_4=10.77.0.0/16|EP2_4=10.77.0.0/16|",), Status.FAIL, id="of their other network"),
        pytest.param(("v2.31|Action=Secure|Active=FALSE|",), Status.FAIL, id="switched off"),
        pytest.param(("v2.31|Action=Boundary|Active=TRUE|",), Status.FAIL, id="one that only asks"),
        pytest.param((REQUIRES + "Protocol=17|",), Status.FAIL, id="of UDP"),
        pytest.param((REQUIRES + "EP2Port=445|", REQUIRES + "EP2Port=6600|"), Status.WARN, id="one of two"),
    ],
)
def test_rules(judge: Judge, texts, expected):
    finding = judge(ipsec, FACTS | rules(*texts), claimed())
    assert finding.status is expected
    if expected is Status.FAIL:
        ends = ", ".join(f"TCP 6600 at 10.20.0.5 by {host}" for host in (HV01, HV02))
        assert finding.seen == f"no rule requires protection of {ends}"


def test_it_never_passes(judge: Judge):
    finding = judge(ipsec, FACTS | rules(REQUIRES), claimed())
    assert "whether the rules encrypt is not examined" in finding.note


@pytest.mark.parametrize(
    ("where", "more", "expected"),
    [
        pytest.param(estate(), {}, Status.NOT_APPLICABLE, id="no claim"),
        pytest.param(claimed("10.99.0.0/24"), {}, Status.NOT_APPLICABLE, id="of another network"),
        pytest.param(claimed("10.77.0.0/16"), {}, Status.NOT_APPLICABLE, id="of one that takes no migration"),
        pytest.param(claimed("10.99.0.0/24", "10.20.0.5/32"), {}, Status.FAIL, id="of its address"),
        pytest.param(claimed("10.20.0.6/32"), {}, Status.NOT_APPLICABLE, id="of another address"),
        pytest.param(claimed("fd00::/8"), {}, Status.NOT_APPLICABLE, id="of another family"),
        pytest.param(
            claimed("10.77.0.0/16", routes=(Route(HV01, HV02, machines=False),)), {}, Status.FAIL, id="disks alone"
        ),
        pytest.param(claimed(), {(ConnectionSecurityRule, HV01): GONE}, Status.UNKNOWN, id="rules unread"),
        pytest.param(claimed(), {(ConnectionSecurityRule, HV02): GONE}, Status.UNKNOWN, id="the other's rules unread"),
        pytest.param(claimed(), {(IPAddress, HV02): GONE}, Status.UNKNOWN, id="addresses unread"),
        pytest.param(claimed(), {(MigrationNetwork, HV02): GONE}, Status.UNKNOWN, id="networks unread"),
        pytest.param(claimed(), {(VmStorage, HV01): GONE}, Status.UNKNOWN, id="whether disks move is not known"),
        pytest.param(claimed(), {(MigrationSettings, HV01): GONE}, Status.UNKNOWN, id="whether SMB is not known"),
    ],
)
def test_what_is_claimed(judge: Judge, where, more, expected):
    assert judge(ipsec, FACTS | more, where).status is expected


BY_PORT = "EP2Port=6600|"


@pytest.mark.parametrize(
    ("more", "routes", "bare"),
    [
        pytest.param({(VmStorage, HV01): LOCAL}, STAYS, True, id="a local disk moves by SMB"),
        pytest.param({}, (Route(HV01, HV02),), True, id="the plan moves disks"),
        pytest.param(
            {(MigrationSettings, HV01): [BY_SMB], (VMHost, HV01): [MODULE_SMB]}, STAYS, True, id="memory goes by SMB"
        ),
        pytest.param({}, STAYS, False, id="nothing does"),
    ],
)
def test_what_goes_by_smb_must_be_covered_too(judge: Judge, more, routes, bare):
    one, other = FACTS | more | rules(REQUIRES + BY_PORT), rules(REQUIRES + BY_PORT, REQUIRES + "EP2Port=445|")
    finding = judge(ipsec, one, claimed(routes=routes))
    assert finding.status is (Status.FAIL if bare else Status.WARN)
    assert ("TCP 445 at 10.20.0.5" in finding.seen) is bare
    assert judge(ipsec, one | other, claimed(routes=routes)).status is Status.WARN


@pytest.mark.parametrize("host", [HV01, HV02])
def test_each_end_needs_rules_of_its_own(judge: Judge, host):
    other = HV02 if host == HV01 else HV01
    finding = judge(ipsec, FACTS | rules(REQUIRES) | {(ConnectionSecurityRule, host): []}, claimed())
    assert finding.status is Status.FAIL
    assert f"by {host}" in finding.seen
    assert f"by {other}" not in finding.seen


def test_what_is_not_claimed_is_not_judged(judge: Judge):
    unclaimed = estate(routes=STAYS)
    assert judge(ipsec, {}, unclaimed).note == "the estate does not claim that IPsec protects moves"
