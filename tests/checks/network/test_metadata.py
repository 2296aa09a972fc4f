"""What the checks on machines, settings, networks, reachability and keys say of themselves."""

from __future__ import annotations

import pytest

import checks
from scanner.api import Profile, Severity, scopes

LIVE, REPLICA, ASR = Profile.LIVE_MIGRATION, Profile.REPLICA, Profile.ASR_VMM
CATALOGUE = {
    "VM-01": (Severity.CRITICAL, scopes.VM, {LIVE}),
    "VM-02": (Severity.CRITICAL, scopes.VM_ROUTE, {LIVE, REPLICA, ASR}),
    "LM-01": (Severity.CRITICAL, scopes.HOST, {LIVE}),
    "LM-02": (Severity.CRITICAL, scopes.PAIR, {LIVE}),
    "LM-08": (Severity.CRITICAL, scopes.DESTINATION, {LIVE}),
    "LM-09": (Severity.HIGH, scopes.DESTINATION, {LIVE}),
    "LM-10": (Severity.CRITICAL, scopes.DESTINATION, {LIVE}),
    "LM-11": (Severity.HIGH, scopes.ROUTE, {LIVE}),
    "NET-01": (Severity.HIGH, scopes.ROUTE, {LIVE}),
    "NET-09": (Severity.CRITICAL, scopes.ROUTE, {LIVE}),
    "RCH-01": (Severity.CRITICAL, scopes.ROUTE, {LIVE}),
    "RCH-02": (Severity.CRITICAL, scopes.ROUTE, {LIVE}),
    "RCH-06": (Severity.CRITICAL, scopes.ROUTE, {REPLICA, ASR}),
    "RCH-07": (Severity.CRITICAL, scopes.VMM_SERVER, {ASR}),
    "RCH-08": (Severity.HIGH, scopes.HOST, {ASR}),
    "KEY-01": (Severity.CRITICAL, scopes.KEY_FILE, {ASR}),
    "KEY-02": (Severity.CRITICAL, scopes.KEY_FILE, {ASR}),
    "KEY-03": (Severity.CRITICAL, scopes.KEY_FILE, {ASR}),
    "KEY-04": (Severity.LOW, scopes.KEY_FILE, {ASR}),
    "KEY-07": (Severity.HIGH, scopes.KEY_FILE, {ASR}),
}


@pytest.mark.parametrize("id_", CATALOGUE)
def test_catalogue(id_):
    (found,) = [check for check in checks.scanner_checks() if check.id == id_]
    assert (found.severity, found.scope, set(found.profiles)) == CATALOGUE[id_]
    assert found.remedy.endswith(".")
    assert found.seed.startswith("S") or (id_ in ("RCH-01", "NET-09") and found.seed == "beyond seeds")
    reason, rules = found.doc.split("\n\n", 1)
    assert reason.endswith(".")
    assert rules.startswith(("Pass", "Appl", "Every", "The ", "As "))
