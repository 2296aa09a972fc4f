from __future__ import annotations

import pytest

from checks.key.key_01_well_formed import well_formed
from scanner.api import Status
from scanner.facts.keyfile import NO_FILE, NOT_THERE, RegistrationKey
from tests.checks.common.builders import GONE, HOSTILE
from tests.checks.key.builders import PATH, key, known, plan
from tests.conftest import Judge


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(known(key()), Status.PASS, id="of today"),
        pytest.param(known(key(root="ASRVaultCreds")), Status.PASS, id="of yesterday"),
        pytest.param(known(key(root="RSBackupVaultAADCreds")), Status.PASS, id="backup is KEY-02's"),
        pytest.param(known(key(root="BackupVaultCreds")), Status.PASS, id="classic backup"),
        pytest.param(known(key(root="html")), Status.FAIL, id="another root"),
        pytest.param(known(key(root="rsvaultasrcreds")), Status.FAIL, id="XML minds case"),
        pytest.param(known(key(root="")), Status.FAIL, id="no root"),
        pytest.param(known(key(problem="the file is empty", root="", size=0)), Status.FAIL, id="empty"),
        pytest.param(known(key(problem="it has a document type")), Status.FAIL, id="document type"),
        pytest.param({(RegistrationKey, PATH): GONE}, Status.UNKNOWN, id="gap"),
        pytest.param(known(None), Status.UNKNOWN, id="no row"),
    ],
)
def test_well_formed(judge: Judge, facts, expected):
    assert judge(well_formed, facts, plan()).status is expected


def test_texts(judge: Judge):
    finding = judge(well_formed, known(key(problem="the file is empty", size=0)), plan())
    assert finding.seen == "the file is empty (0 bytes)"
    assert "Generate a new key" in finding.remedy
    long = judge(well_formed, known(key(root=HOSTILE * 10_000)), plan())
    assert len(long.seen) < 200
    assert "RSVaultAsrCreds" in long.wanted


@pytest.mark.parametrize(("root", "seen"), [("html", "root element html"), ("", "root element missing")])
def test_another_root_is_told(judge: Judge, root, seen):
    assert judge(well_formed, known(key(root=root)), plan()).seen == seen


@pytest.mark.parametrize("problem", [NOT_THERE, NO_FILE])
def test_a_path_that_is_mistyped_needs_no_new_key(judge: Judge, problem):
    finding = judge(well_formed, known(key(problem=problem, root="", size=0)), plan())
    assert (finding.status, finding.seen) == (Status.FAIL, problem)
    assert finding.remedy.startswith("Mend path in its [[key_file]]")
    assert "new key" not in finding.remedy
