"""Reads the secrets of a run before it begins: a prompt stands before the progress, and costs no machine its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from scanner import engine
from scanner.estate.access import Access
from scanner.estate.model import Estate
from scanner.estate.secret import SecretError, SecretSource
from scanner.model import Check
from scanner.planner import DOMAIN, MACHINES, first_round
from scanner.transport.answers import file_of


def read_secrets(checks: Iterable[Check], estate: Estate, access: Access) -> None:
    """Read what the planned sign-ins need, each once; what cannot be had, whoever needs it will tell."""
    for source, user in _planned(checks, estate, access):
        with suppress(SecretError):
            source.value(user)


def _planned(checks: Iterable[Check], estate: Estate, access: Access) -> Iterator[tuple[SecretSource, str]]:
    for want in first_round(engine.enabled(checks, estate.profiles), estate):
        if want.kind in MACHINES and file_of(access.answers, want.target) is None:
            way = access.sign_in(want.target)
            if way.method == "certificate" and way.key_password is not None:
                yield way.key_password, way.certificate_key
            elif way.method != "certificate" and way.password is not None:
                yield way.password, way.user
        elif want.kind == DOMAIN and access.directory.method == "simple" and access.directory.password is not None:
            yield access.directory.password, access.directory.user
