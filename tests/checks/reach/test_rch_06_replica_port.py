from __future__ import annotations

import pytest

from checks.reach.rch_06_replica_port import replica_port_reachable
from scanner.api import Profile, Replica, Status
from scanner.facts.network import EndpointProbe
from scanner.facts.replica import ReplicaBrokerSettings, ReplicationServer
from scanner.judge.judging import asks_of
from tests.checks.common.builders import GONE, probe
from tests.conftest import HV01, HV02, Judge, estate, evidence

OWN = ReplicationServer(True, 1, 80, 443)
OFF = ReplicationServer(False, 0, 80, 443)


def plan(*profiles: Profile, **words):
    return estate(profiles=frozenset(profiles or {Profile.REPLICA}), replica=Replica(**words))


def facts(own=OWN, outcome: str = "Connected", port: int = 80, broker=()):
    return {
        (ReplicationServer, HV02): own if own is GONE else [own],
        (ReplicaBrokerSettings, HV02): broker if broker is GONE else list(broker),
        (EndpointProbe, HV01): [probe(f"{HV02}:{port}", outcome)],
    }


def port_asked(known, where) -> list[str]:
    asks = list(asks_of([replica_port_reachable], evidence(known, where)))
    assert {(ask.fact, ask.target) for ask in asks} <= {(EndpointProbe, HV01)}
    return [ask.argument.removeprefix(f"{HV02}:") for ask in asks]


BOTH = ReplicationServer(True, 3, 8080, 8443)
ASR = (Profile.ASR_VMM,)


@pytest.mark.parametrize(
    ("own", "broker", "where", "port"),
    [
        pytest.param(OWN, (), plan(), "80", id="own"),
        pytest.param(BOTH, (), plan(), "8080", id="own, another port"),
        pytest.param(BOTH, (), plan(authentication="certificate"), "8443", id="own, certificate"),
        pytest.param(OWN, (), plan(authentication="certificate"), "443", id="method not allowed there"),
        pytest.param(ReplicationServer(True, 2, 8080, 8443), (), plan(*ASR), "8083", id="method not allowed, ASR"),
        pytest.param(ReplicationServer(True, 1, None, 443), (), plan(), "80", id="port not told"),
        pytest.param(OFF, (), plan(), "80", id="off"),
        pytest.param(ReplicationServer(False, 3, 8080, 8443), (), plan(), "80", id="off, a port left over"),
        pytest.param(OFF, (), plan(*ASR), "8083", id="off, Site Recovery"),
        pytest.param(OFF, (), plan(*ASR, authentication="certificate"), "8084", id="off, Site Recovery, certificate"),
        pytest.param(BOTH, (), plan(*ASR), "8080", id="own before Site Recovery's"),
        pytest.param(BOTH, (), plan(*ASR, port=9999), "9999", id="planned"),
        pytest.param(GONE, (), plan(port=9999), "9999", id="planned, host unread"),
        pytest.param(OWN, [ReplicaBrokerSettings(True, 1, 8888, 443)], plan(), "8888", id="the broker's"),
        pytest.param(OWN, GONE, plan(), "80", id="broker unread"),
        pytest.param(GONE, [ReplicaBrokerSettings(True, 1, 8888, 443)], plan(), "8888", id="own unread"),
    ],
)
def test_port(own, broker, where, port):
    assert port_asked(facts(own, broker=broker), where) == [port]


def test_no_port_no_question(judge: Judge):
    assert port_asked(facts(GONE, broker=GONE), plan()) == []
    assert judge(replica_port_reachable, facts(GONE, broker=GONE), plan()).status is Status.UNKNOWN
    none = facts() | {(ReplicationServer, HV02): []}
    assert judge(replica_port_reachable, none, plan()).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("known", "where", "expected"),
    [
        pytest.param(facts(), plan(), Status.PASS, id="open"),
        pytest.param(facts(outcome="Refused"), plan(), Status.FAIL, id="refused"),
        pytest.param(facts(OFF, "Refused"), plan(), Status.WARN, id="refused, not enabled"),
        pytest.param(facts(outcome="Refused"), plan(configured=False), Status.WARN, id="refused, to be set up"),
        pytest.param(facts(GONE, "Refused", 9999), plan(port=9999), Status.UNKNOWN, id="refused, host unread"),
        pytest.param(facts(GONE, "Refused", 9999), plan(port=9999, configured=False), Status.WARN, id="to be set up"),
        pytest.param(facts(outcome="TimedOut"), plan(), Status.FAIL, id="filtered"),
        pytest.param(facts(OFF, "TimedOut"), plan(configured=False), Status.FAIL, id="filtered, not enabled"),
        pytest.param(facts(OFF, "Connected"), plan(), Status.PASS, id="open, not enabled"),
        pytest.param(facts(port=8083), plan(), Status.UNKNOWN, id="another port probed"),
        pytest.param(facts() | {(EndpointProbe, HV01): GONE}, plan(), Status.UNKNOWN, id="no probes"),
    ],
)
def test_replica_port_reachable(judge: Judge, known, where, expected):
    assert judge(replica_port_reachable, known, where).status is expected


def test_remedies(judge: Judge):
    def remedy(port: int) -> str:
        known = facts(outcome="TimedOut", port=port)
        return judge(replica_port_reachable, known, plan(port=port)).remedy

    assert remedy(80) == "Enable-NetFirewallRule -CimSession 'hv02.corp.example' -Name 'VIRT-HVRHTTPL-In-TCP-NoScope'"
    assert remedy(443).endswith("'VIRT-HVRHTTPSL-In-TCP-NoScope'")
    assert remedy(8084) == (
        "New-NetFirewallRule -CimSession 'hv02.corp.example' -DisplayName 'Hyper-V Replica 8084' "
        "-Direction Inbound -Protocol TCP -LocalPort '8084' -Action Allow"
    )


def test_warning_says_why(judge: Judge):
    finding = judge(replica_port_reachable, facts(OFF, "Refused"), plan())
    assert "once replication is set up" in finding.note
    assert finding.seen.startswith("hv02.corp.example:80: refused")


SET = "Set-VMReplicationServer -ComputerName 'hv02.corp.example' -ReplicationEnabled $true -AllowedAuthenticationType "
CERT = "name the host's certificate with -CertificateThumbprint, too"
ALREADY = "its settings say that it takes replicas on this port"


@pytest.mark.parametrize(
    ("own", "where", "port", "command", "note"),
    [
        pytest.param(OFF, plan(), 80, SET + "'Kerberos'", "", id="off"),
        pytest.param(OFF, plan(authentication="certificate"), 443, SET + "'Certificate'", CERT, id="certificate"),
        pytest.param(
            OFF, plan(port=9999), 9999, SET + "'Kerberos' -KerberosAuthenticationPort 9999", "", id="another port"
        ),
        pytest.param(
            OFF,
            plan(port=9999, authentication="certificate"),
            9999,
            SET + "'Certificate' -CertificateAuthenticationPort 9999",
            CERT,
            id="certificate, another port",
        ),
        pytest.param(
            ReplicationServer(True, 2, 80, 443), plan(), 80, SET + "'CertificateAndKerberos'", "", id="keeps the other"
        ),
        pytest.param(
            ReplicationServer(False, 1, 8080, 443),
            plan(),
            80,
            SET + "'Kerberos' -KerberosAuthenticationPort 80",
            "",
            id="a port left over",
        ),
        pytest.param(OWN, plan(), 80, "", ALREADY, id="set already"),
        pytest.param(ReplicationServer(False, 1, 80, 443), plan(), 80, SET + "'Kerberos'", "", id="set, but off"),
        pytest.param(
            OWN,
            plan(port=9999),
            9999,
            SET + "'Kerberos' -KerberosAuthenticationPort 9999",
            "",
            id="set, on another port than planned",
        ),
        pytest.param(OFF, plan(*ASR), 8083, "", "Site Recovery sets the host up", id="Site Recovery"),
        pytest.param(GONE, plan(port=9999, configured=False), 9999, "", "what to set there is not known", id="unread"),
    ],
)
def test_a_refused_port_wants_a_listener_and_no_rule(judge: Judge, own, where, port, command, note):
    finding = judge(replica_port_reachable, facts(own, "Refused", port), where)
    assert finding.remedy == command
    assert note in finding.note
    assert "Firewall" not in finding.remedy


@pytest.mark.parametrize("outcome", ["Unreachable", "Unresolved", "Failed"])
def test_a_rule_helps_only_where_no_answer_came(judge: Judge, outcome):
    assert judge(replica_port_reachable, facts(outcome=outcome), plan()).remedy == ""


def test_a_row_too_few_costs_the_command_and_not_the_warning(judge: Judge):
    known = facts(outcome="Refused", port=9999) | {(ReplicationServer, HV02): []}
    finding = judge(replica_port_reachable, known, plan(port=9999, configured=False))
    assert (finding.status, finding.remedy) == (Status.WARN, "")
    assert "0 rows where one was expected" in finding.note
