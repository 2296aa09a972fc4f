from __future__ import annotations

import pytest

from checks.reach.replica_taking import SAVE_AGAIN
from checks.replica.rep_01_enabled import enabled
from scanner.api import Status
from scanner.facts.host import ComputerSystem
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer
from tests.checks.common.builders import GONE
from tests.checks.replica.builders import (
    ASR,
    BOTH,
    BY_CERTIFICATE,
    CERTIFICATE,
    OFF,
    OWN,
    member,
    module,
    node,
    plan,
    receiving,
)
from tests.conftest import HV02, Judge

NEVER = ReplicationServer(True, 0, 80, 443)
LEFT = ReplicationServer(False, 1, 80, 443)


@pytest.fixture
def judged(judge: Judge):
    """The verdict on the destination."""
    return lambda known, where: judge(enabled, known, where, subject=HV02)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(receiving(), Status.PASS, id="enabled, no module"),
        pytest.param(receiving(OWN, [module(OWN)]), Status.PASS, id="both say so"),
        pytest.param(receiving(OFF), Status.FAIL, id="off"),
        pytest.param(receiving(LEFT), Status.FAIL, id="off, a sign-in left over"),
        pytest.param(receiving(NEVER), Status.FAIL, id="no sign-in"),
        pytest.param(receiving(OWN, [module(OFF)]), Status.FAIL, id="the module says otherwise"),
        pytest.param(receiving(OFF, [module(OWN)]), Status.FAIL, id="its own record says otherwise"),
        pytest.param(receiving(OWN, [module(NEVER)]), Status.FAIL, id="the module tells no sign-in"),
        pytest.param(receiving(NEVER, [module(OWN)]), Status.FAIL, id="its own record tells none"),
        pytest.param(receiving(OWN, GONE), Status.PASS, id="module unread"),
        pytest.param(receiving(GONE, [module(OWN)]), Status.PASS, id="own record unread"),
        pytest.param(receiving(GONE, GONE), Status.UNKNOWN, id="both unread"),
        pytest.param(receiving(GONE, ()), Status.UNKNOWN, id="unread, no module"),
        pytest.param(receiving(OWN) | {(ReplicationServer, HV02): []}, Status.UNKNOWN, id="no row"),
        pytest.param(receiving(OWN, services=GONE), Status.UNKNOWN, id="a node or none"),
        pytest.param(node(OFF, [module(OWN)]), Status.PASS, id="a node: the broker takes them"),
        pytest.param(node(OWN, [module(OFF)]), Status.FAIL, id="a node: the broker takes none"),
        pytest.param(node(OWN, GONE), Status.UNKNOWN, id="a node: the broker's are unread"),
        pytest.param(node(OWN, ()), Status.UNKNOWN, id="a node: no module tells the broker's"),
    ],
)
@pytest.mark.parametrize("profile", [(), ASR], ids=["replica", "asr"])
def test_enabled(judged, known, expected, profile):
    assert judged(known, plan(*profile)).status is expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(receiving(OFF), Status.WARN, id="off"),
        pytest.param(receiving(NEVER), Status.WARN, id="no sign-in"),
        pytest.param(receiving(OWN), Status.PASS, id="enabled already"),
        pytest.param(receiving(GONE, GONE), Status.UNKNOWN, id="unread"),
    ],
)
def test_before_site_recovery_sets_it_up(judged, known, expected):
    finding = judged(known, plan(*ASR, configured=False))
    assert finding.status is expected
    assert ("Site Recovery enables" in finding.works) is (expected is Status.WARN)


def test_nobody_but_a_person_sets_up_what_site_recovery_does_not(judged):
    assert judged(receiving(OFF), plan(configured=False)).status is Status.FAIL


@pytest.mark.parametrize(
    ("known", "where", "remedy"),
    [
        pytest.param(receiving(OFF), plan(), "Set-VMReplicationServer -ComputerName 'hv02.corp.example'", id="off"),
        pytest.param(
            receiving(OFF), plan(**CERTIFICATE), "In the Hyper-V settings of", id="a certificate is to choose"
        ),
        pytest.param(receiving(OFF), plan(*ASR), SAVE_AGAIN, id="Site Recovery"),
        pytest.param(node(OWN, [module(OFF)]), plan(), "Let hv02.corp.example, on a cluster its Replica", id="a node"),
        pytest.param(
            receiving(OFF) | {(ComputerSystem, HV02): [member(HV02, "WORKGROUP", joined=False)]},
            plan(),
            "hv02.corp.example is in no domain",
            id="no Kerberos there",
        ),
    ],
)
def test_what_mends_it(judged, known, where, remedy):
    assert judged(known, where).remedy.startswith(remedy)


@pytest.mark.parametrize(("own", "said"), [(OWN, "Kerberos"), (BY_CERTIFICATE, "certificate"), (BOTH, "and")])
def test_what_it_takes_is_told(judged, own, said):
    assert said in judged(receiving(own), plan()).seen


def test_the_broker_s_word_alone_counts_on_a_node(judged):
    finding = judged(node(GONE, [ReplicaBrokerSettings(True, 1, 80, 443)]), plan())
    assert finding.status is Status.PASS
