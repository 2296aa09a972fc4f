from __future__ import annotations

import pytest

from checks.host.host_15_ciphers import ciphers
from scanner.api import GapReason, Status
from scanner.facts.upkeep import CipherConfiguration
from tests.conftest import HV01, estate


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([CipherConfiguration(("TLS_AES_256_GCM_SHA384",))], Status.PASS, id="there"),
        pytest.param([], Status.FAIL, id="absent"),
        pytest.param([CipherConfiguration(())], Status.UNKNOWN, id="no suites"),
        pytest.param([CipherConfiguration(("", " "))], Status.UNKNOWN, id="nothing but blanks"),
        pytest.param(GapReason.ACCESS_DENIED, Status.UNKNOWN, id="denied"),
        pytest.param(GapReason.TIMEOUT, Status.UNKNOWN, id="unread"),
    ],
)
def test_ciphers(judge, rows, expected):
    finding = judge(ciphers, {(CipherConfiguration, HV01): rows}, estate(hosts=(HV01,), routes=()))
    assert finding.status is expected
