from __future__ import annotations

import pytest

from checks.key.key_02_kind import kind
from scanner.api import Status
from scanner.facts.keyfile import RegistrationKey
from tests.checks.common.builders import GONE
from tests.checks.key.builders import PATH, key, known, plan
from tests.conftest import Judge


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(known(key()), Status.PASS, id="of today"),
        pytest.param(known(key(namespace=False)), Status.UNKNOWN, id="no namespace"),
        pytest.param(known(key(root="ASRVaultCreds")), Status.UNKNOWN, id="retired"),
        pytest.param(known(key(root="RSBackupVaultAADCreds")), Status.FAIL, id="backup"),
        pytest.param(known(key(root="BackupVaultCreds")), Status.FAIL, id="classic backup"),
        pytest.param(known(key(root="BackupVaultCreds", problem="odd")), Status.FAIL, id="backup, and odd"),
        pytest.param(known(key(root="html")), Status.FAIL, id="something else"),
        pytest.param(known(key(root="", problem="the file is empty")), Status.NOT_APPLICABLE, id="not well formed"),
        pytest.param(known(key(problem="cut off")), Status.NOT_APPLICABLE, id="right root, not well formed"),
        pytest.param(known(key(site="Site A")), Status.UNKNOWN, id="for a Hyper-V site"),
        pytest.param(known(key(site="Site A", root="html")), Status.FAIL, id="for a site, and something else"),
        pytest.param({(RegistrationKey, PATH): GONE}, Status.UNKNOWN, id="gap"),
    ],
)
def test_kind(judge: Judge, facts, expected):
    assert judge(kind, facts, plan()).status is expected


def test_texts(judge: Judge):
    finding = judge(kind, known(key(root="BackupVaultCreds")), plan())
    assert finding.seen == "BackupVaultCreds: credentials of Azure Backup"
    assert finding.wanted == "RSVaultAsrCreds"
    assert "retired" in judge(kind, known(key(root="ASRVaultCreds")), plan()).note
    assert "namespace" in judge(kind, known(key(namespace=False)), plan()).note
    assert "the Hyper-V site Site A;" in judge(kind, known(key(site="Site A")), plan()).note


@pytest.mark.parametrize(("root", "seen"), [("html", "root element html"), ("", "root element missing")])
def test_another_root_is_told(judge: Judge, root, seen):
    assert judge(kind, known(key(root=root)), plan()).seen == seen
