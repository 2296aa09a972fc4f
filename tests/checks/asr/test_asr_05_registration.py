from __future__ import annotations

import pytest

from checks.asr.asr_05_registration import no_other_registration
from scanner.api import Status
from scanner.facts.host import ClusterInfo
from scanner.facts.provider import AsrRegistration
from tests.checks.asr.builders import CLUSTER, HOLDS, VMM, VMM2, plan
from tests.checks.common.builders import GONE
from tests.conftest import Judge


@pytest.mark.parametrize(
    ("here", "there", "clusters", "registered", "expected"),
    [
        ([], [], ([], []), False, Status.PASS),
        (HOLDS, [], ([], []), False, Status.UNKNOWN),
        (HOLDS, GONE, (GONE, GONE), True, Status.PASS),
        ([], HOLDS, ([], []), True, Status.UNKNOWN),
        ([], HOLDS, (CLUSTER, CLUSTER), True, Status.PASS),
        ([], [], (CLUSTER, CLUSTER), True, Status.UNKNOWN),
        ([], HOLDS, (CLUSTER, []), True, Status.UNKNOWN),
        ([], HOLDS, (GONE, CLUSTER), True, Status.UNKNOWN),
        ([], HOLDS, (CLUSTER, GONE), True, Status.UNKNOWN),
        ([], GONE, (CLUSTER, CLUSTER), True, Status.UNKNOWN),
        (GONE, HOLDS, (CLUSTER, CLUSTER), True, Status.UNKNOWN),
        (GONE, [], ([], []), False, Status.UNKNOWN),
    ],
)
def test_registration(judge: Judge, here, there, clusters, registered, expected):
    known = {
        (AsrRegistration, VMM): here,
        (AsrRegistration, VMM2): there,
        (ClusterInfo, VMM): clusters[0],
        (ClusterInfo, VMM2): clusters[1],
    }
    assert judge(no_other_registration, known, plan(VMM, VMM2, registered=registered), subject=VMM).status is expected


def test_what_to_do_is_told(judge: Judge):
    finding = judge(no_other_registration, {(AsrRegistration, VMM): HOLDS, (ClusterInfo, VMM): []}, plan())
    assert "KB 3093574" in finding.note
    assert "registered = true" in finding.note


def test_only_the_key_is_asked_for_and_none_of_its_values():
    (shape,) = AsrRegistration.query.commands[1:]
    assert shape.parameters == {"Property": ("PSPath",)}
