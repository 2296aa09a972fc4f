"""The lock files: what is released, and what it is developed with; whole, with hashes, within what is declared."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = re.compile(
    r"^([a-z0-9-]+)==(\S+)((?: ; [^\\]+)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)((?:    #.*\n)+)",
    re.MULTILINE,
)
EXTRAS = {name: tuple(map(Requirement, lines)) for name, lines in PROJECT["optional-dependencies"].items()}
RELEASED = (
    *map(Requirement, PROJECT["dependencies"]),
    *(one for name in ("kerberos", "credssp", "postgresql", "notify", "sigstore") for one in EXTRAS[name]),
)
LOCKS = {"requirements.lock": RELEASED, "requirements-dev.lock": (*RELEASED, *EXTRAS["test"], *EXTRAS["dev"])}
WANTED = [
    pytest.param(lock, wanted, id=f"{lock}: {wanted}")
    for lock, declared in LOCKS.items()
    for wanted in declared
    if wanted.name != PROJECT["name"]
]
AGAIN = "`make lock` writes the lock files again"


def text(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def locked(lock: str) -> dict[str, Version]:
    return {name: Version(version) for name, version, *_ in PINNED.findall(text(lock))}


@pytest.mark.parametrize(("lock", "wanted"), WANTED)
def test_what_is_declared_is_locked_within_its_range(lock, wanted):
    assert wanted.specifier.contains(locked(lock)[canonicalize_name(wanted.name)], prereleases=True), AGAIN


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_locked_as_declared_is_declared(lock):
    named = {name for name, *_, why in PINNED.findall(text(lock)) if f"{PROJECT['name']} (pyproject.toml)" in why}
    declared = {canonicalize_name(wanted.name) for wanted in LOCKS[lock]} - {PROJECT["name"]}
    assert named == declared, AGAIN


def test_what_is_developed_with_is_what_is_released():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items(), AGAIN


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_the_lock_is_pinned_with_hashes(lock):
    named = [line.partition("==")[0] for line in text(lock).splitlines() if line and line[0].isalnum()]
    assert named == list(locked(lock))
    assert not re.search(r"https?://|^-", text(lock), re.MULTILINE), (
        "no index, no option: only names, versions and hashes"
    )


@pytest.mark.parametrize("wanted", [one for one in LOCKS["requirements-dev.lock"] if not one.extras], ids=str)
def test_whatever_is_declared_names_its_oldest_version(wanted):
    assert {clause.operator for clause in wanted.specifier} & {">=", "=="}, "`make oldest` tries that very version"


def test_a_version_before_its_release_is_there_for_a_reason_that_is_written_down():
    early = {name for name, version in locked("requirements.lock").items() if version.is_prerelease}
    assert early == {"ldap3"}
    assert "release candidate" in (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(locked("requirements-dev.lock")))
def test_what_is_tested_with_is_what_is_locked(name):
    """A release of today would else break a set-up that was whole yesterday: `make` takes the versions of the lock."""
    try:
        installed = Version(version(name))
    except PackageNotFoundError:
        pytest.skip("another system or Python needs it")
    assert installed == locked("requirements-dev.lock")[name], "`make .venv/ready-test` takes the locked versions"
