"""The lock file is the environment that is released: whole, with hashes, and within what is declared."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(
    r"^([a-z0-9-]+)==(\S+)((?: ; [^\\]+)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)
LOCKED = {name: Version(version) for name, version, _, _ in PINNED.findall(LOCK)}
EXTRAS = PROJECT["optional-dependencies"]
DECLARED = [Requirement(text) for text in (*PROJECT["dependencies"], *EXTRAS["kerberos"], *EXTRAS["credssp"])]


@pytest.mark.parametrize("wanted", DECLARED, ids=str)
def test_what_is_declared_is_locked_within_its_range(wanted):
    assert wanted.specifier.contains(LOCKED[canonicalize_name(wanted.name)], prereleases=True)


def test_every_line_of_the_lock_is_pinned_with_hashes():
    named = [line.partition("==")[0] for line in LOCK.splitlines() if line and line[0].isalnum()]
    assert named == list(LOCKED)
    assert not re.search(r"https?://|^-", LOCK, re.MULTILINE), "no index, no option: only names, versions and hashes"


def test_a_version_before_its_release_is_there_for_a_reason_that_is_written_down():
    early = {name for name, version in LOCKED.items() if version.is_prerelease}
    assert early == {"ldap3"}
    assert "release candidate" in (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
