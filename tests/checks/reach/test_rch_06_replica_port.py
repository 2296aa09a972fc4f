from __future__ import annotations

import re

import pytest

from checks.reach.rch_06_replica_port import replica_port_reachable
from checks.reach.replica_taking import SAVE_AGAIN
from scanner.api import Finding, Profile, Replica, Route, Status
from scanner.facts.cluster_resources import ClusterParameters, ClusterResource
from scanner.facts.host import ClusterInfo, ComputerSystem, Service
from scanner.facts.neighbour import Neighbour
from scanner.facts.network import EndpointProbe, IPAddress
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer
from scanner.facts.replica_certificates import BrokerCertificate
from scanner.judge.judging import asks_of, judge_check
from tests.checks.common import certified
from tests.checks.common.builders import GONE, NEXT_TO_IT, address, probe
from tests.conftest import HV01, HV02, HV11, Judge, estate, evidence

OWN = ReplicationServer(True, 1, 80, 443)
OFF = ReplicationServer(False, 0, 80, 443)
MODULE, MODULE_OFF = ReplicaBrokerSettings(True, 1, 80, 443), ReplicaBrokerSettings(False, 0, 80, 443)
BOTH = ReplicationServer(True, 3, 8080, 8443)
CERTIFICATE_ONLY = ReplicationServer(True, 2, 80, 443)
ASR = (Profile.ASR_VMM,)


def plan(*profiles: Profile, **words):
    return estate(profiles=frozenset(profiles or {Profile.REPLICA}), replica=Replica(**words))


THERE = {"remote": "10.20.0.5", "local": "10.20.0.9"}


def facts(own=OWN, outcome: str = "Connected", port: int = 80, module=(), services=(), cluster=(), where=THERE):
    return NEXT_TO_IT | {
        (ReplicationServer, HV02): own if own is GONE else [own],
        (ReplicaBrokerSettings, HV02): module if module is GONE else list(module),
        (BrokerCertificate, HV02): [],
        (EndpointProbe, HV01): [probe(f"{HV02}:{port}", outcome, **where)],
        (Service, HV02): services if services is GONE else list(services),
        (ClusterInfo, HV02): list(cluster),
    }


NODE = {"services": [Service("ClusSvc", "Running", "Auto", 4, None)], "cluster": [ClusterInfo("CL1", None, 10)]}


def port_asked(known, where) -> list[str]:
    asks = list(asks_of([replica_port_reachable], evidence(known, where)))
    assert {(ask.fact, ask.target) for ask in asks} <= {(EndpointProbe, HV01)}  # no address is held twice
    return [ask.argument.removeprefix(f"{HV02}:") for ask in asks]


@pytest.mark.parametrize(
    ("own", "module", "where", "port"),
    [
        pytest.param(OWN, (), plan(), "80", id="own"),
        pytest.param(BOTH, (), plan(), "8080", id="own, another port"),
        pytest.param(BOTH, (), plan(authentication="certificate"), "8443", id="own, certificate"),
        pytest.param(OWN, (), plan(authentication="certificate"), "443", id="method not allowed there"),
        pytest.param(ReplicationServer(True, 2, 8080, 8443), (), plan(*ASR), "8083", id="method not allowed, ASR"),
        pytest.param(ReplicationServer(True, 1, None, 443), (), plan(), "80", id="port not told"),
        pytest.param(OFF, (), plan(), "80", id="off"),
        pytest.param(ReplicationServer(False, 3, 8080, 8443), (), plan(), "8080", id="off, the port it will have"),
        pytest.param(OFF, (), plan(*ASR), "8083", id="off, Site Recovery"),
        pytest.param(ReplicationServer(False, 1, 8080, 443), (), plan(*ASR), "8083", id="off, a sign-in left, ASR"),
        pytest.param(OFF, (), plan(*ASR, authentication="certificate"), "8084", id="off, Site Recovery, certificate"),
        pytest.param(BOTH, (), plan(*ASR), "8080", id="own before Site Recovery's"),
        pytest.param(BOTH, (), plan(*ASR, port=9999), "9999", id="planned"),
        pytest.param(BOTH, (), plan(*ASR, configured=False), "8083", id="own before Site Recovery sets it up"),
        pytest.param(
            BOTH, (), plan(*ASR, configured=False, authentication="certificate"), "8084", id="likewise, certificate"
        ),
        pytest.param(BOTH, (), plan(*ASR, configured=False, port=9999), "9999", id="likewise, planned"),
        pytest.param(BOTH, (), plan(configured=False), "8080", id="nobody sets it up but a person"),
        pytest.param(GONE, GONE, plan(*ASR, configured=False), "8083", id="yet to be set up, unread"),
        pytest.param(GONE, (), plan(port=9999), "9999", id="planned, host unread"),
        pytest.param(OFF, [ReplicaBrokerSettings(True, 1, 8888, 443)], plan(), "80", id="its own record first"),
        pytest.param(OFF, [ReplicaBrokerSettings(True, 1, 8888, 443)], plan(*ASR), "8888", id="the one that is set up"),
        pytest.param(OWN, GONE, plan(), "80", id="module unread"),
        pytest.param(GONE, [ReplicaBrokerSettings(True, 1, 8888, 443)], plan(), "8888", id="own unread"),
    ],
)
def test_port(own, module, where, port):
    assert port_asked(facts(own, module=module), where) == [port]


def test_before_site_recovery_each_kind_of_move_has_its_own_port():
    assert port_asked(facts(OWN), plan(*ASR, Profile.REPLICA, configured=False)) == ["8083", "80"]


def test_each_kind_of_move_has_its_own_port():
    assert port_asked(facts(OFF), plan(*ASR, Profile.REPLICA)) == ["8083", "80"]


def test_no_port_no_question(judge: Judge):
    assert port_asked(facts(GONE, module=GONE), plan()) == []
    assert judge(replica_port_reachable, facts(GONE, module=GONE), plan()).status is Status.UNKNOWN
    none = facts() | {(ReplicationServer, HV02): []}
    assert judge(replica_port_reachable, none, plan()).note.endswith("0 rows where one was expected")


@pytest.mark.parametrize("outcome", ["Connected", "Refused", "TimedOut", "Unreachable"])
@pytest.mark.parametrize("profile", [Profile.REPLICA, Profile.ASR_VMM])
@pytest.mark.parametrize(
    ("settings", "where"),
    [
        pytest.param(OFF, {}, id="off"),
        pytest.param(ReplicationServer(False, 1, 80, 443), {"port": 80}, id="off, the rest as planned"),
        pytest.param(CERTIFICATE_ONLY, {"port": 80}, id="the other sign-in"),
        pytest.param(OWN, {"authentication": "certificate", "port": 443}, id="the other sign-in, planned"),
        pytest.param(OWN, {"port": 8083}, id="another port"),
        pytest.param(ReplicationServer(True, 9, 80, 443), {"port": 443, "authentication": "certificate"}, id="odd"),
    ],
)
def test_an_open_port_never_outweighs_settings(judge: Judge, settings, where, profile, outcome):
    estate_ = plan(profile, **where)
    known = facts(settings, outcome, where.get("port") or (80 if profile is Profile.REPLICA else 8083))
    assert judge(replica_port_reachable, known, estate_).status is Status.FAIL
    module = ReplicaBrokerSettings(settings.enabled, settings.authentication, settings.http_port, settings.https_port)
    fine = ReplicationServer(True, 3, where.get("port") or 80, where.get("port") or 443)
    one = facts(fine, outcome, where.get("port") or 80, module=[module])
    assert judge(replica_port_reachable, one, estate_).status is Status.FAIL


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts(), plan(), Status.PASS, id="open"),
        pytest.param(facts(BOTH, port=8443), plan(authentication="certificate"), Status.PASS, id="both sign-ins"),
        pytest.param(facts(outcome="Refused"), plan(), Status.FAIL, id="refused"),
        pytest.param(facts(OFF, "Refused"), plan(configured=False), Status.FAIL, id="nobody sets it up but a person"),
        pytest.param(facts(GONE, "Connected", 9999), plan(port=9999), Status.UNKNOWN, id="open, host unread"),
        pytest.param(facts(GONE, "Refused", 9999), plan(port=9999), Status.FAIL, id="refused, host unread"),
        pytest.param(facts(outcome="TimedOut"), plan(), Status.FAIL, id="filtered"),
        pytest.param(facts(ReplicationServer(True, 1, None, 443)), plan(), Status.UNKNOWN, id="port not told"),
        pytest.param(facts(port=8083), plan(), Status.UNKNOWN, id="another port probed"),
        pytest.param(facts(OFF, port=8083), plan(), Status.FAIL, id="off, not probed"),
        pytest.param(facts() | {(EndpointProbe, HV01): GONE}, plan(), Status.UNKNOWN, id="no probes"),
        pytest.param(facts(**NODE), plan(), Status.UNKNOWN, id="a node of a cluster"),
        pytest.param(facts(OFF, module=[MODULE_OFF], **NODE), plan(), Status.FAIL, id="a node of a cluster, off"),
        pytest.param(facts(OFF, **NODE), plan(), Status.UNKNOWN, id="a node, and the broker's settings unread"),
        pytest.param(facts(services=GONE), plan(), Status.UNKNOWN, id="a node or none"),
    ],
)
def test_replica_port_reachable(judge: Judge, known, where, expected):
    assert judge(replica_port_reachable, known, where).status is expected


@pytest.mark.parametrize(
    ("where", "expected", "seen"),
    [
        pytest.param({"remote": "10.20.0.9", "local": "10.20.0.9"}, Status.FAIL, "met itself", id="itself"),
        pytest.param({"remote": "10.20.0.8", "local": "10.20.0.9"}, Status.FAIL, "is an address of", id="another"),
        pytest.param({"remote": "10.20.0.7", "local": "10.20.0.9"}, Status.UNKNOWN, "", id="nobody knows whom"),
        pytest.param({"remote": "10.20.0.6", "local": "10.20.0.9"}, Status.UNKNOWN, "", id="two hold it"),
        pytest.param(THERE, Status.PASS, "", id="the destination"),
    ],
)
def test_it_must_be_the_destination_that_answers(judge: Judge, where, expected, seen):
    known = facts(where=where) | {
        (IPAddress, HV02): [address("10.20.0.5/24"), address("10.20.0.6/24")],
        (IPAddress, HV11): [address("10.20.0.8/24"), address("10.20.0.6/24")],
        (Neighbour, HV01): [],
    }
    finding = judge(replica_port_reachable, known, plan())
    assert finding.status is expected
    assert seen in finding.seen
    asked = [ask.fact for ask in asks_of([replica_port_reachable], evidence(known, plan()))]
    assert asked == [EndpointProbe, Neighbour]


BEFORE = plan(*ASR, configured=False)
SET_UP = ReplicationServer(True, 1, 8083, 443)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(facts(OFF, "Refused", 8083), Status.WARN, id="refused"),
        pytest.param(facts(OFF, "TimedOut", 8083), Status.FAIL, id="filtered"),
        pytest.param(facts(OFF, "Unresolved", 8083), Status.FAIL, id="no such name"),
        pytest.param(facts(OFF, "Connected", 8083), Status.UNKNOWN, id="something else answers"),
        pytest.param(facts(OFF, "Connected", 80), Status.UNKNOWN, id="not probed"),
        pytest.param(facts(SET_UP, "Connected", 8083), Status.PASS, id="set up already"),
        pytest.param(facts(SET_UP, "Refused", 8083), Status.FAIL, id="set up, and refused"),
        pytest.param(facts(OWN, "Connected", 80), Status.UNKNOWN, id="its port of today says nothing"),
        pytest.param(
            facts(OWN, "TimedOut", 8083), Status.FAIL, id="its port of today is another, and this is filtered"
        ),
        pytest.param(facts(OWN, "Refused", 8083), Status.WARN, id="its port of today is another"),
        pytest.param(facts(OWN, "Connected", 8083), Status.UNKNOWN, id="another, and something answers on this"),
        pytest.param(facts(OFF, "Refused", 8083, **NODE), Status.UNKNOWN, id="a node of a cluster"),
    ],
)
def test_before_site_recovery_sets_the_hosts_up(judge: Judge, known, expected):
    assert judge(replica_port_reachable, known, BEFORE).status is expected


def test_before_it_an_unread_host_costs_no_warning(judge: Judge):
    where = plan(*ASR, configured=False, port=9999)
    assert judge(replica_port_reachable, facts(GONE, "Refused", 9999), where).status is Status.WARN
    assert judge(replica_port_reachable, facts(GONE, "Connected", 9999), where).status is Status.UNKNOWN


def test_each_kind_of_move_is_judged_by_itself():
    known = facts(OFF, "Refused", 8083) | {
        (EndpointProbe, HV01): [probe(f"{HV02}:8083", "Refused"), probe(f"{HV02}:80", **THERE)]
    }
    where = plan(*ASR, Profile.REPLICA, configured=False)
    found: dict[str, Finding] = {f.profile: f for f in judge_check(replica_port_reachable, evidence(known, where))}
    assert {name: f.status for name, f in found.items()} == {"asr-vmm": Status.WARN, "replica": Status.FAIL}


def test_a_warning_says_why_it_works(judge: Judge):
    finding = judge(replica_port_reachable, facts(OFF, "Refused", 8083), BEFORE)
    assert finding.works.startswith("Site Recovery lets the host listen")
    assert finding.seen.startswith("hv02.corp.example:8083: refused")


SET = "Set-VMReplicationServer -ComputerName 'hv02.corp.example' -ReplicationEnabled $true -AllowedAuthenticationType "
CHOOSE = "In the Hyper-V settings of hv02.corp.example, Replication Configuration"
LEFT = ReplicationServer(False, 1, 8080, 443)
CERT = {"authentication": "certificate"}


@pytest.mark.parametrize(
    ("own", "where", "port", "remedy"),
    [
        pytest.param(OFF, plan(), 80, SET + "Kerberos", id="off"),
        pytest.param(OFF, plan(port=9999), 9999, SET + "Kerberos -KerberosAuthenticationPort 9999", id="another port"),
        pytest.param(LEFT, plan(), 8080, SET + "Kerberos$", id="a port left over"),
        pytest.param(LEFT, plan(port=80), 80, SET + "Kerberos -KerberosAuthenticationPort 80", id="another is planned"),
        pytest.param(OFF, plan(**CERT), 443, CHOOSE + ".* allow certificate,.* port 443", id="a certificate"),
        pytest.param(CERTIFICATE_ONLY, plan(), 80, CHOOSE + ".* Kerberos and certificate", id="keeps the other"),
        pytest.param(OWN, plan(**CERT), 443, CHOOSE + ".* Kerberos and certificate", id="keeps Kerberos"),
        pytest.param(OWN, plan(port=9999), 9999, "Plan the port that hv02.corp.example has", id="a port in use"),
        pytest.param(OFF, plan(*ASR), 8083, SAVE_AGAIN.split(":")[0], id="Site Recovery sets it up"),
        pytest.param(OWN, plan(), 80, "$", id="set already"),
    ],
)
def test_what_makes_a_host_take_replicas(judge: Judge, own, where, port, remedy):
    finding = judge(replica_port_reachable, facts(own, "Refused", port), where)
    assert re.match(remedy.replace("$true", r"\$true"), finding.remedy), finding.remedy
    assert "Firewall" not in finding.remedy
    assert "Thumbprint" not in finding.remedy


@pytest.mark.parametrize(("joined", "command"), [(True, True), (False, False)])
def test_kerberos_is_set_on_no_host_that_has_none(judge: Judge, joined, command):
    system = ComputerSystem("HV02", "hv02", "corp.example" if joined else "WORKGROUP", joined, 3)
    known = facts(OFF, "Refused") | {(ComputerSystem, HV02): [system]}
    remedy = judge(replica_port_reachable, known, plan()).remedy
    assert remedy.startswith("Set-VMReplicationServer") is command
    assert ("is in no domain" in remedy) is not command
    chosen = judge(replica_port_reachable, facts(OFF, "Refused", 443) | known, plan(**CERT, port=443)).remedy
    assert chosen.startswith(CHOOSE)


@pytest.mark.parametrize(("own", "module"), [(8080, 80), (80, 8080)])
def test_the_port_is_set_where_one_of_two_tells_another(judge: Judge, own, module):
    told = [ReplicaBrokerSettings(False, 1, module, 443)]
    finding = judge(
        replica_port_reachable, facts(ReplicationServer(False, 1, own, 443), "Refused", module=told), plan(port=80)
    )
    assert finding.remedy == SET + "Kerberos -KerberosAuthenticationPort 80"


def test_what_is_set_and_refused_says_so(judge: Judge):
    finding = judge(replica_port_reachable, facts(OWN, "Refused"), plan())
    assert finding.note == "its settings say that hv02.corp.example takes replicas by Kerberos on port 80"


@pytest.mark.parametrize(
    "more", [NODE | {"module": [MODULE_OFF]}, {"services": GONE}], ids=["a node", "a node or none"]
)
def test_on_a_cluster_no_command(judge: Judge, more):
    finding = judge(replica_port_reachable, facts(OFF, "Refused", **more), plan())
    assert finding.remedy == (
        "Let hv02.corp.example, on a cluster its Replica Broker, take replicas by Kerberos on port 80."
    )


def test_rules_of_the_firewall(judge: Judge):
    def remedy(port: int) -> str:
        known = facts(ReplicationServer(True, 1, port, 0), "TimedOut", port)
        return judge(replica_port_reachable, known, plan(port=port)).remedy

    assert remedy(80) == "Enable-NetFirewallRule -CimSession 'hv02.corp.example' -Name 'VIRT-HVRHTTPL-In-TCP-NoScope'"
    assert remedy(443).endswith("'VIRT-HVRHTTPSL-In-TCP-NoScope'")
    assert remedy(8084) == (
        "New-NetFirewallRule -CimSession 'hv02.corp.example' "
        "-DisplayName 'Hyper-V Replica 8084 from hv01.corp.example' "
        "-Direction Inbound -Protocol TCP -LocalPort '8084' -RemoteAddress '10.20.0.9' -Action Allow"
    )


@pytest.mark.parametrize("port", [80, 443])
def test_a_rule_that_lets_others_in_is_on(judge: Judge, port):
    """It is for all; what filters this source stands elsewhere."""
    known = facts(ReplicationServer(True, 3, 80, 443), "TimedOut", port)
    where = estate(
        hosts=(HV01, HV02, HV11),
        profiles=frozenset({Profile.REPLICA}),
        replica=Replica(port=port, authentication="certificate" if port == 443 else "kerberos"),
    )
    assert judge(replica_port_reachable, known, where).remedy.startswith("Enable-NetFirewallRule")
    other = {(EndpointProbe, HV11): [probe(f"{HV02}:{port}", remote="10.20.0.5", local="10.20.0.7")]}
    remedy = judge(replica_port_reachable, known | other, where).remedy
    assert remedy.startswith(
        f"Let TCP {port} in on hv02.corp.example, from hv01.corp.example and no further, on the way"
    )


@pytest.mark.parametrize(
    "own", [GONE, [], [address("fe80::9/64")], [address(f"10.20.0.{n}/24") for n in range(11)]],
    ids=["unread", "none", "none that is usable", "too many"],
)  # fmt: skip
def test_a_rule_that_would_let_in_everybody_is_words(judge: Judge, own):
    known = facts(ReplicationServer(True, 1, 8084, 0), "TimedOut", 8084) | {(IPAddress, HV01): own}
    remedy = judge(replica_port_reachable, known, plan(port=8084)).remedy
    assert remedy.startswith("Let TCP 8084 in on hv02.corp.example, from hv01.corp.example and no further")


@pytest.mark.parametrize("outcome", ["Unreachable", "Unresolved", "Failed"])
def test_a_rule_helps_only_where_no_answer_came(judge: Judge, outcome):
    assert judge(replica_port_reachable, facts(outcome=outcome), plan()).remedy == ""


HELD_TWICE = {
    (IPAddress, HV01): [address("10.20.0.9/24")],
    (IPAddress, HV02): [address("10.20.0.5/24")],
    (IPAddress, HV11): [address("10.20.0.5/24")],
}


@pytest.mark.parametrize(
    ("method", "shared", "target"),
    [
        ("certificate", True, "8443/tls"),
        ("certificate", False, "8443"),
        ("kerberos", True, "8080"),
    ],
)
def test_a_certificate_is_asked_for_only_where_it_decides(method, shared, target):
    known = facts(BOTH) | (HELD_TWICE if shared else {})
    where = estate(
        profiles=frozenset({Profile.REPLICA}), replica=Replica(authentication=method), hosts=(HV01, HV02, HV11)
    )
    asks = [a.argument for a in asks_of([replica_port_reachable], evidence(known, where)) if a.fact is EndpointProbe]
    assert asks[0] == f"{HV02}:{target}"


@pytest.mark.parametrize(
    ("subject", "status"), [(f"CN={HV02}", Status.PASS), ("CN=*.corp.example", Status.UNKNOWN), (None, Status.UNKNOWN)]
)
def test_the_certificate_tells_who_holds_a_shared_address(judge: Judge, subject, status):
    answer = probe(f"{HV02}:8443/tls", tls_outcome="Ok", certificate_subject=subject, **(THERE | {"addresses": ()}))
    known = facts(BOTH) | HELD_TWICE | {(EndpointProbe, HV01): [answer], (Neighbour, HV01): []}
    where = estate(
        profiles=frozenset({Profile.REPLICA}), replica=Replica(authentication="certificate"), hosts=(HV01, HV02, HV11)
    )
    assert judge(replica_port_reachable, known, where).status is status


BROKER, AT = certified.BROKER_NAME, "10.0.0.50"
HV03 = "hv03.corp.example"


def to_broker(outcome: str = "Connected", port: int = 80, **where):
    met = {"remote": AT, "local": "10.20.0.9", "addresses": (AT,)} if outcome == "Connected" else {}
    return probe(f"{BROKER}:{port}", outcome, **(met | where))


def on_cluster(*tries, own=OFF, module=(MODULE,), table=(), more=None, node_port=80, node="Connected"):
    """HV02 is a node of a cluster with a broker, whose settings the module shows."""
    told = {key: rows for key, rows in certified.node(HV02).items() if key[0] in (ClusterResource, ClusterParameters)}
    known = facts(own, node, node_port, module=module, **NODE) | told
    known |= {
        (ClusterInfo, HV02): [ClusterInfo("CL01", certified.CLUSTER, 10)],
        (ComputerSystem, HV02): [ComputerSystem("HV02", "hv02", "corp.example", True, 3)],
        (BrokerCertificate, HV02): [BrokerCertificate("", tuple(table), ())],
    }
    known[EndpointProbe, HV01] = [*known[EndpointProbe, HV01], *(tries or [to_broker()])]
    return known | (more or {})


def holding(host: str, text: str = AT):
    return {(IPAddress, host): [address(f"{text}/24")]}


FELLOW = {
    **holding(HV03),
    (ClusterInfo, HV03): [ClusterInfo("CL01", certified.CLUSTER, 10)],
    (ComputerSystem, HV03): [ComputerSystem("HV03", "hv03", "corp.example", True, 3)],
}
ELSEWHERE = FELLOW | {(ClusterInfo, HV03): [ClusterInfo("CL02", "cl02.corp.example", 10)]}
ALONE = FELLOW | {(ClusterInfo, HV03): []}
OTHER = "10.0.0.77"


@pytest.mark.parametrize(
    ("known", "expected", "said"),
    [
        pytest.param(on_cluster(), Status.PASS, f"{BROKER}:80", id="both ways"),
        pytest.param(on_cluster(own=GONE), Status.PASS, "", id="a node's own record says nothing"),
        pytest.param(on_cluster(more=FELLOW), Status.PASS, "", id="the other node holds its address now"),
        pytest.param(on_cluster(more=ELSEWHERE), Status.UNKNOWN, "who answered", id="a node of another cluster does"),
        pytest.param(on_cluster(more=ALONE), Status.UNKNOWN, "who answered", id="a host that is no node does"),
        pytest.param(on_cluster(to_broker("Refused")), Status.FAIL, "refused", id="the broker refuses"),
        pytest.param(on_cluster(to_broker("TimedOut")), Status.FAIL, "no answer", id="the broker does not answer"),
        pytest.param(on_cluster(to_broker("Unresolved")), Status.FAIL, "not known", id="its name is not known"),
        pytest.param(on_cluster(node="Refused"), Status.FAIL, f"{HV02}:80", id="the node refuses"),
        pytest.param(on_cluster(module=[MODULE_OFF]), Status.FAIL, "takes no replicas", id="the broker takes none"),
        pytest.param(
            on_cluster(to_broker(remote="10.20.0.9", addresses=("10.20.0.9",))), Status.FAIL, "itself", id="itself"
        ),
        pytest.param(
            on_cluster(to_broker(remote=OTHER, addresses=(OTHER,)), more=ALONE | holding(HV03, OTHER)),
            Status.FAIL, f"{OTHER} is an address of {HV03}", id="another machine",
        ),
        pytest.param(
            on_cluster(to_broker(addresses=(AT, OTHER)), more=ALONE | holding(HV03, OTHER)),
            Status.UNKNOWN, "which one is met next", id="another machine, too",
        ),
        pytest.param(
            on_cluster(to_broker(remote=OTHER, addresses=(OTHER,))), Status.UNKNOWN, AT, id="an address of nobody"
        ),
        pytest.param(
            on_cluster(to_broker(remote="10.20.0.5", addresses=("10.20.0.5",))),
            Status.UNKNOWN, "a node's own", id="the node's own address",
        ),
        pytest.param(on_cluster(to_broker(addresses=(AT, "fe80::1%4"))), Status.PASS, "", id="link-local, too"),
        pytest.param(on_cluster(to_broker(remote=None)), Status.UNKNOWN, "which address", id="not told who answered"),
        pytest.param(
            on_cluster(to_broker(local=None), more={(IPAddress, HV01): GONE}), Status.UNKNOWN, "", id="source unread"
        ),
        pytest.param(on_cluster(to_broker(local=None)), Status.PASS, "", id="not told from where"),
        pytest.param(on_cluster(more={(IPAddress, HV01): GONE}), Status.PASS, "", id="told from where"),
        pytest.param(
            on_cluster(to_broker(remote="fe80::1%4", addresses=(AT,))), Status.UNKNOWN, "fe80::1", id="link-local met"
        ),
        pytest.param(on_cluster(to_broker(addresses=(AT, "fe80::5efe:10.0.0.50"))), Status.PASS, "", id="tunnel, too"),
        pytest.param(
            on_cluster(to_broker(addresses=(AT, "2001:db8::5efe:a00:32"))), Status.PASS, "", id="tunnel of another net"
        ),
        pytest.param(
            on_cluster(to_broker(remote=OTHER, addresses=(OTHER,)), more=FELLOW | holding(HV03, OTHER)),
            Status.UNKNOWN, "a node's own", id="the other node's own address",
        ),
        pytest.param(on_cluster(to_broker(port=8080)), Status.UNKNOWN, "was not probed", id="not tried"),
        pytest.param(on_cluster(more={(ClusterResource, HV02): GONE}), Status.UNKNOWN, "", id="resources unread"),
        pytest.param(on_cluster(more={(ClusterParameters, HV02): GONE}), Status.UNKNOWN, "", id="its name unread"),
        pytest.param(on_cluster(more={(ClusterResource, HV02): []}), Status.UNKNOWN, "CLU-02", id="no broker"),
        pytest.param(on_cluster(more={(BrokerCertificate, HV02): GONE}), Status.UNKNOWN, "", id="table unread"),
        pytest.param(
            on_cluster(to_broker("Refused"), own=OWN, more={(ClusterInfo, HV02): GONE}),
            Status.UNKNOWN, "", id="a node or none",
        ),
    ],
)  # fmt: skip
def test_on_a_cluster_the_broker_counts_too(judge: Judge, known, expected, said):
    where = estate(
        hosts=(HV01, HV02, HV03), routes=(Route(HV01, HV02),), profiles=frozenset({Profile.REPLICA}), replica=Replica()
    )
    finding = judge(replica_port_reachable, known, where)
    assert finding.status is expected, finding
    assert said in f"{finding.seen} {finding.note}"


TABLE = ("HV02.corp.example=8085", f"{BROKER}=8090")


@pytest.mark.parametrize(
    ("table", "words", "asked"),
    [
        pytest.param((), {}, ["80", f"{BROKER}:80"], id="no table"),
        pytest.param(TABLE, {}, ["8085", f"{BROKER}:8090"], id="a table"),
        pytest.param(TABLE[:1], {}, ["8085", f"{BROKER}:80"], id="without the broker"),
        pytest.param(TABLE, {"port": 9000}, ["8085", f"{BROKER}:9000"], id="planned"),
        pytest.param((), {"port": 9000}, ["9000", f"{BROKER}:9000"], id="planned, no table"),
    ],
)
def test_each_name_has_its_own_port(table, words, asked):
    assert port_asked(on_cluster(table=table), plan(**words)) == asked


def test_before_site_recovery_the_table_says_nothing():
    where = plan(*ASR, configured=False)
    assert port_asked(on_cluster(table=TABLE), where) == ["8083", f"{BROKER}:8083"]


def test_ports_of_a_table_are_the_settings(judge: Judge):
    tries = [probe(f"{HV02}:8085", **THERE), to_broker(port=8090)]
    assert judge(replica_port_reachable, on_cluster(*tries, table=TABLE), plan()).status is Status.PASS
    tries = [probe(f"{HV02}:8085", **THERE), to_broker(port=9000)]
    finding = judge(replica_port_reachable, on_cluster(*tries, table=TABLE), plan(port=9000))
    assert (finding.status, "on port 8090" in finding.seen) == (Status.FAIL, True)


def test_before_site_recovery_a_broker_that_refuses_is_a_warning(judge: Judge):
    known = on_cluster(to_broker("Refused", 8083), module=[MODULE_OFF], node="Refused", node_port=8083)
    assert judge(replica_port_reachable, known, BEFORE).status is Status.WARN
    gone = known | {(ClusterResource, HV02): []}
    assert judge(replica_port_reachable, gone, BEFORE).status is Status.UNKNOWN


@pytest.mark.parametrize("name", ["", "a b", "x/tls", "x;y", "x>y", "x" * 300])
def test_a_brokers_name_that_is_none_is_not_tried(judge: Judge, name):
    told = [
        ClusterParameters(row.path, row.name, name if row.dns_name == "broker" else row.dns_name, row.address, 0)
        for row in certified.node(HV02)[ClusterParameters, HV02]
        if isinstance(row, ClusterParameters)
    ]
    known = on_cluster(more={(ClusterParameters, HV02): told})
    assert port_asked(known, plan()) == ["80"]
    assert judge(replica_port_reachable, known, plan()).status is Status.UNKNOWN


def test_what_lets_the_broker_answer(judge: Judge):
    assert judge(replica_port_reachable, on_cluster(to_broker("TimedOut")), plan()).remedy == (
        f"Let TCP 80 in to {BROKER}, on every node of its cluster and on the way from {HV01}."
    )
    assert judge(replica_port_reachable, on_cluster(to_broker("Unresolved")), plan()).remedy == ""
