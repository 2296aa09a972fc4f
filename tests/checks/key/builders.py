"""Registration keys in short words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scanner.api import KeyFile, Profile
from scanner.facts.keyfile import RegistrationKey
from tests.conftest import estate

PATH = "keys/vault-example.VaultCredentials"
GENERATED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEY = RegistrationKey(
    file_name="vault-example_2026-11-20T09-00-00.VaultCredentials",
    size=4096,
    problem="",
    root="RSVaultAsrCreds",
    namespace=True,
    vault="vault-example",
    subscription="11111111-2222-3333-4444-555555555555",
    location="westeurope",
    resource_group="rg",
    endpoints=("login.windows.net",),
    thumbprint="AB" * 20,
    certificate_problem="",
    not_before=GENERATED - timedelta(minutes=10),
    not_after=GENERATED + timedelta(days=5),
    site="",
    file_time=GENERATED,
)
UNDATED = {"not_before": None, "not_after": None}


def key(**changes: object) -> RegistrationKey:
    return replace(KEY, **changes)  # type: ignore[arg-type]


def plan(**expected: str):
    return estate(profiles=frozenset({Profile.ASR_VMM}), key_files=(KeyFile(PATH, **expected),))


def known(row: RegistrationKey | None):
    return {(RegistrationKey, PATH): [] if row is None else [row]}
