"""Take away any one answer of a real record: nothing may turn green by it, and nothing may fail that did not.

The records are scans of the practice estates. Where a check still passes without a fact it had read, it must be one of
those below, each for its reason.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from scanner.api import Evidence, Finding, Gap, GapReason, Status, Subject, scopes
from scanner.judge.judging import judge_check
from scanner.plugins import load
from scanner.record.record import load as read

ROOT = Path(__file__).resolve().parent.parent
RECORDS = (ROOT / "tests" / "data" / "good.hvp", ROOT / "scanner" / "data" / "practice.hvp")
OFFER = load(third_party=False)

NO_SERVICE = "a machine without the cluster service is a node of none"
NO_TABLE = "a host that is no node has no table of ports"
RAW = "the raw settings tell it; the module's answer could only have spoken against them"
MEMBER = "one of the groups is enough, and another shows him"
OTHER_RECORD = "the other record tells how it takes replicas"
CONNECTS = "an attempt connects, and outweighs what the firewall is told to do"
LISTED = "what VMM lists is there, whoever looked; the server's row tells what a missing one would mean"
DOES_WITHOUT = {
    ("ASR-07", "EndpointProbe"): "the clocks of its domain's controllers stand for those of the endpoints",
    ("ASR-07", "RegistrationKey"): "likewise, where it names no endpoint",
    ("CLU-01", "ClusterInfo"): NO_SERVICE,
    ("LM-01", "ClusterInfo"): NO_SERVICE,
    ("RCH-06", "BrokerCertificate"): NO_TABLE,
    ("RCH-06", "ClusterInfo"): NO_SERVICE,
    ("REP-08", "ClusterInfo"): NO_SERVICE,
    ("LM-01", "VMHost"): RAW,
    ("LM-02", "VMHost"): RAW,
    ("LM-03", "VMHost"): RAW,
    ("HOST-01", "MigrationSettings"): "the host's own row shows that its namespace answers",
    ("HOST-01", "VirtualMachineState"): "its migration settings do",
    ("HOST-03", "VMHost"): "the table of its release tells the versions",
    ("HOST-05", "DeviceGuard"): "constrained or resource-based delegation does without what it would block",
    ("HOST-08", "VmRuntime"): "a machine without dynamic memory has what it is set to have",
    ("HOST-09", "VirtualMachineState"): "the list of machines names them; their states could only have told of more",
    ("HOST-11", "ClusterInfo"): NO_SERVICE,
    ("REP-07", "ClusterInfo"): NO_SERVICE,
    ("REP-07", "VirtualMachineState"): "a machine that nobody calls replicated is reckoned as still to be copied",
    ("HOST-13", "Service"): "a hypervisor that runs does so whatever the services are; without Hyper-V, HOST-01 fails",
    (
        "ID-01",
        "Service",
    ): "it is a member with its account; a service that is told to be down is evidence, silence none",
    ("HOST-04", "HyperVModule"): "one of the machines that a move may be started from is enough",
    ("ID-03", "CrossRef"): "a direct trust, or one of roots that are told, needs no list of the forest",
    ("ID-03", "DomainInfo"): "a direct trust needs no root",
    ("ID-04", "ComputerAccount"): "one controller's; the domain's own and other controllers' tell it (see DEL-10)",
    ("ID-04", "DirectoryServer"): "controllers that DNS does not list; those that were asked tell it (see DEL-10)",
    ("ID-05", "ComputerAccount"): "the machine tells it in two ways; the account could only have spoken against them",
    ("ID-06", "ControllerClock"): "one controller's; another of the same domain told its clock",
    ("ID-07", "IPAddress"): "a third machine's, which could only have held an address, too",
    ("ID-02", "CrossRef"): "one name for both domains, or a direct trust, needs no list of the forest",
    ("ID-02", "DomainInfo"): "likewise",
    ("LM-04", "VMHost"): RAW,
    ("LM-06", "ClusterInfo"): NO_SERVICE,
    ("LM-06", "MigrationSettings"): "the number of the other host is a note",
    ("LM-08", "VMHost"): "a listed network is one, whatever the flag says",
    ("LM-10", "IPAddress"): "an address that a source holds itself is a note there; NET-09 judges its way",
    ("LM-11", "VMHost"): "a shared network is one, whatever the flag says",
    ("LM-13", "VMHost"): "the service says where it listens, and a listed network is one",
    ("NET-01", "IPAddress"): "no attempt of the source connected, so it used none of its networks",
    ("NET-01", "MigrationService"): "it may listen at an address beside its list; the good host has none untrusted",
    ("NET-01", "NetworkAdapter"): "a trusted network is trusted, up or down",
    ("NET-02", "NetworkAdapter"): "the category of a network is its own, whether its adapter is up or not",
    ("NET-08", "EndpointProbe"): "two ends that say the same need no attempt",
    ("NET-09", "NetworkAdapter"): "whose adapter is whose counts only where a neighbour entry tells one",
    ("OPR-01", "Administrator"): MEMBER,
    ("OPR-01", "ComputerSystem"): "another host's, which could only have told of one more domain to look for him in",
    ("OPR-01", "OperatorAccount"): "another domain's, which does not hold him",
    ("OPR-02", "Administrator"): MEMBER,
    ("OPR-02", "ComputerSystem"): "another host's, which could only have told of one more domain to look for him in",
    ("OPR-02", "HyperVAdministrator"): MEMBER,
    ("OPR-02", "OperatorAccount"): "another domain's, which does not hold him",
    ("OPR-03", "ComputerSystem"): "a host's, which could only have told of one more domain to look for him in",
    ("OPR-03", "OperatorAccount"): "another domain's, which does not hold him",
    ("OPR-05", "ComputerSystem"): "a host's, which could only have told of one more domain to look for him in",
    ("OPR-05", "OperatorAccount"): "another domain's, which does not hold him",
    ("RCH-01", "IPAddress"): "an attempt tells both its ends, and no other machine holds the far one",
    ("RCH-01", "VMHost"): "the addresses it listens on are told by another fact, and they connect",
    ("RCH-02", "MigrationSettings"): "it connects, needed or not",
    ("RCH-02", "Service"): "it connects; a service that is told to be down is evidence, silence none",
    ("RCH-02", "IPAddress"): "the attempt tells both its ends, and the other machine's addresses whose they are",
    ("RCH-03", "IPAddress"): "the attempt tells both its ends, and the other machine's addresses whose they are",
    ("RCH-04", "IPAddress"): "likewise",
    ("RCH-05", "ConnectionProfile"): CONNECTS,
    ("RCH-05", "EndpointProbe"): "the rules let it in; that nobody tried is RCH-01's to say",
    ("RCH-05", "FirewallProfile"): CONNECTS,
    ("RCH-05", "FirewallRule"): CONNECTS,
    ("RCH-05", "IPAddress"): CONNECTS,
    ("RCH-05", "MigrationService"): CONNECTS,
    ("RCH-05", "NetworkAdapter"): CONNECTS,
    ("RCH-05", "PolicyFirewallProfile"): CONNECTS,
    ("RCH-05", "PolicyFirewallRule"): CONNECTS,
    ("RCH-05", "Service"): CONNECTS,
    ("RCH-06", "IPAddress"): "the attempt tells both its ends, and the other machine's addresses whose they are",
    ("RCH-06", "ReplicaBrokerSettings"): "the other record tells that it takes replicas, and the port, and it connects",
    ("RCH-06", "ReplicationServer"): "likewise",
    ("REP-01", "ClusterInfo"): NO_SERVICE,
    ("REP-01", "ReplicaBrokerSettings"): OTHER_RECORD,
    ("REP-01", "ReplicationServer"): OTHER_RECORD,
    ("REP-02", "BrokerCertificate"): NO_TABLE,
    ("REP-02", "ClusterInfo"): NO_SERVICE,
    ("REP-02", "CrossRef"): "one name for both domains, or a direct trust, needs no list of the forest",
    ("REP-02", "DomainInfo"): "likewise",
    ("REP-02", "NetworkAdapter"): "a network that an attempt crossed is up",
    ("REP-02", "ReplicaBrokerSettings"): OTHER_RECORD,
    ("REP-02", "ReplicationServer"): OTHER_RECORD,
    ("REP-03", "BrokerCertificate"): NO_TABLE,
    ("REP-03", "ClusterInfo"): NO_SERVICE,
    ("REP-03", "ReplicaBrokerSettings"): OTHER_RECORD,
    ("REP-03", "ReplicationServer"): OTHER_RECORD,
    ("REP-03", "Service"): "another destination's, whose own port is then unknown of itself",
    ("REP-04", "BrokerCertificate"): NO_TABLE,
    ("REP-04", "ClusterInfo"): NO_SERVICE,
    ("REP-04", "ConnectionProfile"): CONNECTS,
    ("REP-04", "FirewallProfile"): CONNECTS,
    ("REP-04", "FirewallRule"): CONNECTS,
    ("REP-04", "IPAddress"): CONNECTS,
    ("REP-04", "NetworkAdapter"): CONNECTS,
    ("REP-04", "PolicyFirewallProfile"): CONNECTS,
    ("REP-04", "PolicyFirewallRule"): CONNECTS,
    ("REP-04", "ReplicaBrokerSettings"): OTHER_RECORD,
    ("REP-04", "ReplicationServer"): OTHER_RECORD,
    ("REP-04", "Service"): CONNECTS,
    ("REP-06", "ClusterInfo"): NO_SERVICE,
    ("REP-06", "ReplicaEntries"): "the host's own record names the primary",
    ("VM-02", "VMHost"): "the table of its release tells the versions",
    ("VM-04", "ClusterInfo"): NO_SERVICE,
    ("VM-04", "VmRuntime"): "a host that is no node of a cluster has no roles, whatever the module would say",
    ("VM-11", "VMHost"): "likewise; with an upgrade that is demanded so",
    ("VM-14", "VirtualMachineState"): "what the destination holds is the replica, whatever the source's machine is",
    ("REP-11", "VmmServer"): LISTED,
    ("VMM-03", "VmmServer"): LISTED,
    ("VMM-04", "VmmServer"): LISTED,
    ("VMM-05", "VmmServer"): LISTED,
    ("VMM-06", "VmmServer"): LISTED,
    ("VMM-07", "VmmServer"): LISTED,
    ("VMM-09", "VmmServer"): LISTED,
    ("VMM-11", "VmmServer"): LISTED,
    ("VMM-12", "VmmServer"): LISTED,
    ("VMM-15", "VmmServer"): LISTED,
    ("VMM-16", "VmmServer"): LISTED,
    ("VMM-08", "OperatingSystem"): "VMM tells the version, too",
}
GREEN = (Status.PASS, Status.NOT_APPLICABLE)


def judged(record: Evidence, fact: str) -> dict[tuple[str, Subject, str], Finding]:
    """The findings of every check that the fact can matter to; it may list the machines that are judged."""
    found: dict[tuple[str, Subject, str], Finding] = {}
    for check in OFFER.checks:
        lists = fact == "VirtualMachineSettings" and check.scope in (scopes.VM, scopes.VM_ROUTE)
        if lists or any(need.__name__ == fact for need in check.needs):
            found.update(((f.check, f.subject, f.profile), f) for f in judge_check(check, record))
    return found


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("reason", [GapReason.NOT_COLLECTED, GapReason.ACCESS_DENIED])
def test_take_any_answer_away(path, reason):
    whole = read(path.read_bytes(), OFFER.facts)
    without: Counter[tuple[str, str]] = Counter()
    turned = 0
    for fact, target in [answer.key for answer in whole.answers()]:
        less = whole.amended(gaps=(Gap(fact, target, reason, "taken away"), *whole.gaps()))
        before = judged(whole, fact)
        for key, finding in judged(less, fact).items():
            was = before.get(key)
            if was is None:
                continue  # "all machines of a host", since they cannot be listed any more
            assert finding.status is not Status.ERROR, finding
            if finding.status is not was.status:
                turned += 1
                assert finding.status not in GREEN, (fact, target, was, finding)
                assert finding.status is not Status.FAIL, (fact, target, was, finding)
            elif finding.status is Status.PASS and any((s.fact, s.target) == (fact, target) for s in was.evidence):
                without[finding.check, fact] += 1
    assert set(without) <= set(DOES_WITHOUT), without
    assert turned > len(whole.answers()) // 2, "most answers decide something"


PARTLY = {
    "ComputerAccount": {"sid": "", "user_account_control": 0, "allowed_sids": (), "denied_sids": (), "group_sids": ()},
    "CrossRef": {},
    "Trust": {"direction": 0, "type": 0, "attributes": 0, "suffixes": ()},
}
"""What stands in a row of the directory for a value that could not be read."""
NAMELESS = {"Trust": {"partner": ""}}


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("fact", PARTLY)
@pytest.mark.parametrize("nameless", [False, True])
def test_a_row_that_could_not_be_read_whole_turns_nothing_green_and_fails_nothing(path, fact, nameless):
    """Every row of the directory in turn, as the reader leaves it: there, and saying that it is not whole."""
    whole = read(path.read_bytes(), OFFER.facts)
    before, unknown = judged(whole, fact), 0
    lost = PARTLY[fact] | (NAMELESS.get(fact, {}) if nameless else {})
    for answer in [answer for answer in whole.answers() if answer.fact.__name__ == fact]:
        rows, others = answer.rows, [other for other in whole.answers() if other is not answer]
        for place, row in enumerate(rows):
            broken = replace(row, **lost, unread="broken")
            partly = replace(answer, rows=(*rows[:place], broken, *rows[place + 1 :]))
            less = whole.amended(answers=(*others, partly))
            for name, finding in judged(less, fact).items():
                was = before[name]
                if finding.status is not was.status:
                    assert finding.status is Status.UNKNOWN, (answer.key, row, was, finding)
                    unknown += 1
    assert unknown or fact == "CrossRef"


def test_every_exception_is_one():
    """A line of the list that nothing needs any more has to go."""
    assert {check for check, _ in DOES_WITHOUT} <= {check.id for check in OFFER.checks}
    for check in OFFER.checks:
        names = {need.__name__ for need in check.needs}
        assert {fact for name, fact in DOES_WITHOUT if name == check.id} <= names


def test_a_record_without_any_answer_has_nothing_green_but_what_does_not_apply():
    whole = read(RECORDS[0].read_bytes(), OFFER.facts)
    empty = whole.amended(answers=(), gaps=())
    found = [finding for check in OFFER.checks if check.needs for finding in judge_check(check, empty)]
    assert {finding.status for finding in found} <= {Status.UNKNOWN, Status.NOT_APPLICABLE}
