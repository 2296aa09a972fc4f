from __future__ import annotations

import pytest

from checks.common.brokers import replica_name
from scanner.api import MissingEvidence, View
from scanner.facts.host import ClusterInfo, Service
from tests.checks.common.builders import GONE
from tests.conftest import HV01, evidence

NODE = Service("ClusSvc", "Running", "Auto", 5, None)


def view(services, cluster=()) -> View:
    return View(evidence({(Service, HV01): services, (ClusterInfo, HV01): list(cluster)}), (Service, ClusterInfo))


def test_a_host_alone_has_its_own_name():
    assert replica_name(view([]), HV01) == HV01


@pytest.mark.parametrize(
    ("known", "why"),
    [
        pytest.param(view([NODE], [ClusterInfo("CL1", None, 10)]), "that name is not read", id="a node"),
        pytest.param(view(GONE), "Service of", id="unread"),
    ],
)
def test_that_of_a_broker_is_not_read(known, why):
    with pytest.raises(MissingEvidence, match=why):
        replica_name(known, HV01)
