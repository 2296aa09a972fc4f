"""That a run's evidence ends whole: the steps that are tested by themselves are among those that are taken."""

from __future__ import annotations

from scanner.api import Gap, GapReason
from scanner.facts.host import ClusterInfo, ComputerSystem, Service
from scanner.facts.network import IPAddress
from scanner.facts.vm import VmStorage
from tests.checks.common.builders import address, disk
from tests.checks.delegation.domain import system
from tests.conftest import HV01, Facts, ended, evidence

OWN: Facts = {(ComputerSystem, HV01): [system(HV01)]}


def test_an_answer_that_lacks_the_row_there_always_is_ends_as_a_gap():
    lost = ended(evidence({**OWN, (IPAddress, HV01): []})).ask(IPAddress, HV01)
    assert isinstance(lost, Gap)
    assert lost.reason is GapReason.UNPARSABLE
    told = address("10.20.0.5/24")
    assert ended(evidence({**OWN, (IPAddress, HV01): [told]})).ask(IPAddress, HV01) == (told,)


def test_an_answer_that_others_contradict_ends_as_a_gap():
    services = [Service(name, "Running", "Auto", 4, None) for name in ("vmms", "LanmanServer", "Netlogon", "ClusSvc")]
    facts: Facts = {**OWN, (Service, HV01): services, (ClusterInfo, HV01): []}
    disks: Facts = {(VmStorage, HV01): [disk(r"C:\ClusterStorage\Volume1\web-01.vhdx")]}
    hidden = ended(evidence({**facts, **disks})).ask(ClusterInfo, HV01)
    assert isinstance(hidden, Gap)
    assert hidden.reason is GapReason.HIDDEN
    assert ended(evidence(facts)).ask(ClusterInfo, HV01) == ()
