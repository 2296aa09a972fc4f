from __future__ import annotations

import pytest

from checks.replica.ports import SHARED
from checks.replica.rep_03_ports import ports
from scanner.api import Route, Status
from scanner.facts.host import Service
from scanner.facts.listening import ListeningPort
from scanner.facts.replica import ReplicationServer
from scanner.facts.replica_certificates import BrokerCertificate
from tests.checks.common.builders import GONE
from tests.checks.replica.builders import (
    ASR,
    BOTH,
    CERTIFICATE,
    ELSE,
    OFF,
    OWN,
    RUNS,
    VMMS,
    module,
    node,
    plan,
    receiving,
)
from tests.conftest import HV01, HV02, HV11, Judge, estate

WINRM = ListeningPort("0.0.0.0", 5985, 4)


def listens(*rows: tuple[str, int, int], on: str = HV02):
    return {(ListeningPort, on): [WINRM, *(ListeningPort(*row) for row in rows)]}


HTTP_SYS = ("0.0.0.0", 80, 4)
HTTPS = ("0.0.0.0", 443, 4)


LEFT = ReplicationServer(False, 1, 80, 443)


@pytest.fixture
def judged(judge: Judge):
    """The verdict on the destination."""
    return lambda known, where: judge(ports, known, where, subject=HV02)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(receiving() | listens(HTTP_SYS), Status.PASS, id="http.sys"),
        pytest.param(receiving() | listens(("::", 80, 4)), Status.PASS, id="http.sys, IPv6"),
        pytest.param(receiving() | listens(("0.0.0.0", 80, VMMS)), Status.PASS, id="vmms"),
        pytest.param(receiving() | listens(("0.0.0.0", 80, ELSE)), Status.FAIL, id="another process"),
        pytest.param(receiving() | listens(("::", 80, ELSE)), Status.FAIL, id="another process, IPv6"),
        pytest.param(receiving() | listens(("10.20.0.5", 80, ELSE), HTTP_SYS), Status.FAIL, id="at one address"),
        pytest.param(receiving() | listens(("127.0.0.1", 80, ELSE), HTTP_SYS), Status.PASS, id="loopback"),
        pytest.param(receiving() | listens(("::1", 80, ELSE), HTTP_SYS), Status.PASS, id="loopback, IPv6"),
        pytest.param(receiving() | listens(("127.0.0.1", 80, ELSE)), Status.FAIL, id="loopback alone"),
        pytest.param(receiving() | listens(("0.0.0.0", 81, ELSE), HTTP_SYS), Status.PASS, id="another port"),
        pytest.param(receiving() | listens(), Status.FAIL, id="nobody listens"),
        pytest.param(receiving(OFF) | listens(), Status.PASS, id="off, and free"),
        pytest.param(receiving(OWN, [module(OFF)]) | listens(), Status.PASS, id="off by the module, and free"),
        pytest.param(receiving(LEFT) | listens(), Status.PASS, id="off, a sign-in left over"),
        pytest.param(receiving(OFF) | listens(("0.0.0.0", 80, ELSE)), Status.FAIL, id="off, and held"),
        pytest.param(node(OFF, [module(OWN)]) | listens(), Status.PASS, id="the broker listens elsewhere"),
        pytest.param(node(OFF, [module(OWN)]) | listens(("0.0.0.0", 80, ELSE)), Status.FAIL, id="held on a node"),
        pytest.param(receiving() | {(ListeningPort, HV02): GONE}, Status.UNKNOWN, id="unread"),
        pytest.param(receiving(GONE, GONE) | listens(HTTP_SYS), Status.UNKNOWN, id="settings unread"),
        pytest.param(receiving(services=GONE) | listens(HTTP_SYS), Status.UNKNOWN, id="services unread"),
    ],
)
def test_ports(judged, known, expected):
    assert judged(known, plan()).status is expected


@pytest.mark.parametrize("name", ["W3SVC", "WinRM"])
def test_the_process_of_another_service_is_another(judged, name):
    known = receiving(services=(RUNS, Service(name, "Running", "Auto", ELSE, None)))
    assert judged(known | listens(("0.0.0.0", 80, ELSE)), plan()).status is Status.FAIL


def test_a_listener_whose_address_is_not_told_is_another(judged):
    assert judged(receiving() | listens(("", 80, ELSE), HTTP_SYS), plan()).status is Status.FAIL


def test_a_vmms_that_does_not_run_has_no_process(judged):
    stopped = receiving(services=(Service("vmms", "Stopped", "Auto", 0, None),))
    assert judged(stopped | listens(("0.0.0.0", 80, 0)), plan()).status is Status.FAIL
    known = receiving(services=()) | listens(("0.0.0.0", 80, 0))
    assert judged(known, plan()).status is Status.FAIL


def test_who_holds_it_is_told(judged):
    finding = judged(receiving() | listens(("0.0.0.0", 80, ELSE)), plan())
    assert f"process {ELSE} at 0.0.0.0" in finding.seen
    assert finding.remedy.startswith(f"Stop what holds TCP 80 on {HV02}")


def test_a_shared_port_is_a_note(judged):
    assert judged(receiving(OFF) | listens(HTTP_SYS), plan()).note == SHARED
    assert judged(receiving(OFF) | listens(), plan()).note == ""


ONE_PORT = {
    "both": (ReplicationServer(True, 3, 443, 443), Status.FAIL),
    "one sign-in": (ReplicationServer(True, 2, 443, 443), Status.PASS),
    "off": (ReplicationServer(False, 3, 443, 443), Status.PASS),
    "not told": (ReplicationServer(True, 3, None, None), Status.PASS),
}


@pytest.mark.parametrize(("own", "expected"), ONE_PORT.values(), ids=ONE_PORT)
def test_each_sign_in_has_its_port(judged, own, expected):
    assert judged(receiving(own) | listens(HTTPS), plan(port=443, **CERTIFICATE)).status is expected


def test_one_port_is_mended_where_the_port_is_set(judged):
    known = receiving(ReplicationServer(True, 3, 443, 443)) | listens(HTTPS)
    assert "name it on every primary" in judged(known, plan(**CERTIFICATE)).remedy
    assert judged(known, plan(*ASR, **CERTIFICATE)).remedy.startswith("Save the settings")


def asr(**words):
    routes = (Route(HV01, HV02), Route(HV01, HV11))
    where = plan(*ASR, routes=routes, **words)
    return estate(hosts=(HV01, HV02, HV11), routes=routes, profiles=where.profiles, replica=where.replica)


def pair(one: int, other: int, peer=None):
    known = receiving(ReplicationServer(True, 1, one, 443)) | listens(("0.0.0.0", one, 4))
    there = receiving(peer or ReplicationServer(True, 1, other, 443), host=HV11)
    return known | there | listens(("0.0.0.0", other, 4), on=HV11)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(pair(8083, 8083), Status.PASS, id="alike"),
        pytest.param(pair(8083, 8085), Status.UNKNOWN, id="not alike"),
        pytest.param(pair(8083, 8085, OFF), Status.PASS, id="the other takes none"),
        pytest.param(pair(8083, 8085, GONE) | receiving(GONE, GONE, host=HV11), Status.PASS, id="the other unread"),
        pytest.param(pair(8083, 8085, ReplicationServer(True, 2, 8085, 443)), Status.PASS, id="by certificate there"),
    ],
)
def test_hosts_of_one_cloud_have_one_port(judged, known, expected):
    assert judged(known, asr()).status is expected


def test_without_site_recovery_each_has_its_own(judged):
    routes = (Route(HV01, HV02), Route(HV01, HV11))
    where = estate(hosts=(HV01, HV02, HV11), routes=routes, profiles=plan().profiles)
    assert judged(pair(8083, 8085), where).status is Status.PASS


def test_destinations_of_other_sources_are_of_another_cloud(judged):
    routes = (Route(HV01, HV02), Route(HV02, HV11))
    where = estate(hosts=(HV01, HV02, HV11), routes=routes, profiles=plan(*ASR).profiles)
    assert judged(pair(8083, 8085), where).status is Status.PASS


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(listens(), Status.PASS, id="free"),
        pytest.param(listens(("0.0.0.0", 8083, ELSE)), Status.FAIL, id="held"),
        pytest.param(listens(("0.0.0.0", 8083, 4)), Status.PASS, id="shared"),
        pytest.param(listens(("0.0.0.0", 80, ELSE)), Status.PASS, id="its port of today"),
    ],
)
def test_before_site_recovery_its_port_must_be_free(judged, rows, expected):
    where = plan(*ASR, configured=False)
    assert judged(receiving(OWN) | rows, where).status is expected


def test_a_cloud_reaches_as_far_as_its_sources_do(judge: Judge):
    routes = (Route(HV01, HV02), Route(HV02, HV11), Route(HV01, HV11))
    where = estate(hosts=(HV01, HV02, HV11), routes=routes, profiles=plan(*ASR).profiles)
    assert judge(ports, pair(8083, 8085), where, subject=HV11).status is Status.UNKNOWN


def test_both_ports_apart(judged):
    assert judged(receiving(BOTH) | listens(HTTP_SYS, HTTPS), plan()).status is Status.PASS


def test_before_site_recovery_sets_it_up_its_ports_of_today_are_no_matter(judged):
    one = ReplicationServer(True, 3, 443, 443)
    assert judged(receiving(one) | listens(), plan(*ASR, configured=False)).status is Status.PASS
    assert judged(pair(8083, 8085), estate(hosts=(HV01, HV02, HV11), profiles=plan(*ASR).profiles,
                                           routes=asr().routes, replica=plan(configured=False).replica)).status is (
        Status.PASS
    )  # fmt: skip


def test_a_host_that_takes_none_agrees_with_everybody(judged):
    known = pair(8083, 8083) | receiving(OFF)
    assert judged(known, asr()).status is Status.PASS


@pytest.mark.parametrize(
    ("table", "words", "port"),
    [
        pytest.param(GONE, {}, 80, id="unread, of a host alone"),
        pytest.param([("", (f"{HV02.upper()}.=8085",), (f"{HV02}=8086",))], {}, 8085, id="Kerberos"),
        pytest.param([("", (f"{HV02}=8085",), (f"{HV02}=8086",))], CERTIFICATE, 8086, id="certificate"),
        pytest.param([("", (f"{HV02}=eighty",), ())], {}, 80, id="no number"),
        pytest.param([("", (f"{HV11}=8085",), ())], {}, 80, id="another's"),
    ],
)
def test_the_port_of_the_table_counts(judged, table, words, port):
    rows = table if table is GONE else [BrokerCertificate(*row) for row in table]
    own = ReplicationServer(True, 3, 80, 443)
    here = receiving(own, table=rows) | listens(("0.0.0.0", port, 4))
    assert judged(here, plan(**words)).status is Status.PASS
    taken = receiving(own, table=rows) | listens(("0.0.0.0", port, ELSE))
    assert judged(taken, plan(**words)).status is Status.FAIL


def test_what_mends_a_port_on_which_nobody_listens(judged):
    assert "take the Replica server off and on again" in judged(receiving() | listens(), plan()).remedy
