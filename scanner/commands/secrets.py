"""Reads the secrets of a run before it begins: a prompt stands before the progress, and costs no machine its time.

One that cannot be had costs its targets their answers, and the others go on; it is told here, since who waits for an
hour to learn that a variable is not set has lost the hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scanner.collect.plan import first_round
from scanner.collect.transport.answers import file_of
from scanner.commands.console import tell
from scanner.estate.access import Access
from scanner.estate.secret import SecretError, SecretSource
from scanner.judge import judging
from scanner.words.check import Check
from scanner.words.estate import Estate
from scanner.words.model import MACHINES, TargetKind
from scanner.words.wording import counted

Planned = tuple[SecretSource, str, str]
"""A source, the user whose secret it is, and a target that needs it."""


def read_secrets(checks: Iterable[Check], estate: Estate, access: Access) -> None:
    """Read what the planned sign-ins need, each once, and tell what cannot be had, once a cause.

    What is at hand comes first: nobody types a password to learn then that another one is missing.
    """
    planned = list(_planned(checks, estate, access))
    for at_hand in (True, False):
        missing: dict[str, set[str]] = {}
        for source, user, target in planned:
            if source.is_at_hand is at_hand:
                try:
                    source.value(user)
                except SecretError as error:
                    missing.setdefault(str(error), set()).add(target)
        for why, targets in missing.items():
            tell(f"{why}; without it no answer comes from {counted(len(targets), 'target')}")


def _planned(checks: Iterable[Check], estate: Estate, access: Access) -> Iterator[Planned]:
    for want in first_round(judging.enabled(checks, estate.profiles), estate):
        if want.kind in MACHINES and file_of(access.answers, want.target) is None:
            way = access.sign_in(want.target)
            if way.method == "certificate" and way.key_password is not None:
                yield way.key_password, way.certificate_key, want.target
            elif way.method != "certificate" and way.user and way.password is not None:
                yield way.password, way.user, want.target
        elif (
            want.kind is TargetKind.DOMAIN
            and access.directory.method == "simple"
            and access.directory.password is not None
        ):
            yield access.directory.password, access.directory.user, want.target
