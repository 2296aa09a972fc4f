"""What the checks on machines, settings, networks, reachability and keys say of themselves."""

from __future__ import annotations

import pytest

import checks
from scanner.api import Profile, Scope, Severity

LIVE, REPLICA, ASR = Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM
CATALOGUE = {
    "VM-01": (Severity.CRITICAL, Scope.VM, {LIVE}),
    "VM-02": (Severity.CRITICAL, Scope.VM_ROUTE, {LIVE}),
    "LM-01": (Severity.CRITICAL, Scope.HOST, {LIVE}),
    "LM-02": (Severity.CRITICAL, Scope.PAIR, {LIVE}),
    "LM-08": (Severity.CRITICAL, Scope.DESTINATION, {LIVE}),
    "LM-09": (Severity.HIGH, Scope.DESTINATION, {LIVE}),
    "LM-10": (Severity.CRITICAL, Scope.DESTINATION, {LIVE}),
    "LM-11": (Severity.HIGH, Scope.ROUTE, {LIVE}),
    "NET-01": (Severity.HIGH, Scope.DESTINATION, {LIVE}),
    "RCH-01": (Severity.CRITICAL, Scope.ROUTE, {LIVE}),
    "RCH-02": (Severity.CRITICAL, Scope.ROUTE, {LIVE}),
    "RCH-06": (Severity.CRITICAL, Scope.ROUTE, {REPLICA, ASR}),
    "RCH-07": (Severity.CRITICAL, Scope.VMM_SERVER, {ASR}),
    "RCH-08": (Severity.HIGH, Scope.HOST, {ASR}),
    "KEY-01": (Severity.CRITICAL, Scope.KEY_FILE, {ASR}),
    "KEY-02": (Severity.CRITICAL, Scope.KEY_FILE, {ASR}),
    "KEY-03": (Severity.CRITICAL, Scope.KEY_FILE, {ASR}),
    "KEY-04": (Severity.LOW, Scope.KEY_FILE, {ASR}),
    "KEY-07": (Severity.HIGH, Scope.KEY_FILE, {ASR}),
}


@pytest.mark.parametrize("id_", CATALOGUE)
def test_catalogue(id_):
    (found,) = [check for check in checks.scanner_checks() if check.id == id_]
    assert (found.severity, found.scope, set(found.profiles)) == CATALOGUE[id_]
    assert found.remedy.endswith(".")
    assert found.seed.startswith("S") or (id_ == "RCH-01" and found.seed == "beyond seeds")
    reason, rules = found.doc.split("\n\n", 1)
    assert reason.endswith(".")
    assert rules.startswith(("Pass", "Appl", "Every", "The ", "As "))
