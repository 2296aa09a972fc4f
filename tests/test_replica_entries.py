from __future__ import annotations

import pytest

from lab.windows.trial import Trial
from scanner.api import WindowsFact
from scanner.collect.windows.decoder import Unparsable, decode
from scanner.facts.listening import ListeningPort
from scanner.facts.replica_entries import Entry, ReplicaEntries

KERBEROS, CERTIFICATE = "KerberosAuthenticationPortMapping", "CertificateAuthenticationPortMapping"
ONE = {"AllowedPrimaryServer": "HV01.corp.example.", "ReplicaStorageLocation": "D:\\R", "TrustGroup": "G", "x": 1}


def row(entries, **more):
    base = {
        "ReplicationAllowedFromAnyServer": False,
        "AuthorizationEntries": entries,
        KERBEROS: None,
        CERTIFICATE: None,
    }
    return base | more


def read(entries, **more) -> ReplicaEntries:
    (fact,) = decode(ReplicaEntries, [row(entries, **more)])
    assert isinstance(fact, ReplicaEntries)
    return fact


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param([ONE], (Entry("hv01.corp.example", "D:\\R", "G"),), id="a list"),
        pytest.param(ONE, (Entry("hv01.corp.example", "D:\\R", "G"),), id="one came alone"),
        pytest.param({"value": [ONE], "Count": 1}, (Entry("hv01.corp.example", "D:\\R", "G"),), id="wrapped"),
        pytest.param([ONE | {"TrustGroup": None}], (Entry("hv01.corp.example", "D:\\R", ""),), id="no group"),
        pytest.param([], (), id="none"),
        pytest.param(None, (), id="null"),
        pytest.param({"value": [], "Count": 0}, (), id="none, wrapped"),
    ],
)
def test_entries(entries, expected):
    assert read(entries).entries == expected


@pytest.mark.parametrize(
    "entries",
    [["VMReplicationAuthorizationEntry (Name = '*')"], [{"TrustGroup": "x"}], [ONE | {"TrustGroup": "a|b"}], [7]],
    ids=["a text", "no server", "what stands between", "a number"],
)
def test_what_is_no_entry_makes_the_answer_unparsable(entries):
    with pytest.raises(Unparsable, match="AuthorizationEntries"):
        read(entries)


def test_ports_of_nodes():
    fact = read([], **{KERBEROS: {"n1.corp.example": 8083, "broker.corp.example": 8085}})
    assert fact.kerberos_ports == ("n1.corp.example=8083", "broker.corp.example=8085")
    assert fact.certificate_ports == ()


def told(trial: Trial, fact: type[WindowsFact]):
    return trial.plan(fact.query.plan())[fact.query.name]["rows"]


def test_a_practice_machine_answers_both():
    trial = Trial.of(
        'name = "hv01"\nrelease = "2019"\ndomain = "corp.example"\n[replica]\nenabled = true\nport = 8083\n'
        'allow = [{ primary = "*" }, { primary = "hv02.corp.example", folder = "E:\\\\R", group = "Prod" }]'
    )
    (entries,) = decode(ReplicaEntries, told(trial, ReplicaEntries))
    assert isinstance(entries, ReplicaEntries)
    assert entries.from_any
    assert entries.entries == (Entry("*", "D:\\Replica", "DEFAULT"), Entry("hv02.corp.example", "E:\\R", "Prod"))
    ports = decode(ListeningPort, told(trial, ListeningPort))
    assert {(p.port, p.process) for p in ports if isinstance(p, ListeningPort) and p.port == 8083} == {(8083, 4)}


@pytest.mark.parametrize(("text", "loopback"), [("0.0.0.0", False), ("::1", True), ("fe80::1%7", False), ("x", None)])
def test_the_address_of_a_port(text, loopback):
    address = ListeningPort(text, 80, 4).address
    assert (address.is_loopback if address else None) is loopback
