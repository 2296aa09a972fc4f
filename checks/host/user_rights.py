"""User rights that policy sets on a host: who has them, where names may stand for SIDs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scanner.api import MissingEvidence, View, tell
from scanner.facts.policy import COMPLETE, PolicyProcessing, PolicyRight

VIRTUAL_MACHINES = "S-1-5-83-0"
NAMED = re.compile(r"nt virtual machine\\(?!\s*[{(]?[0-9a-f]{8}-).+", re.IGNORECASE)
"""how Windows writes it in any language: its authority knows the group besides, and each machine by its GUID"""
EVERYONE = "S-1-1-0"
AMONG_OTHERS = frozenset({EVERYONE, "S-1-2-0", "S-1-5-6", "S-1-5-11", "S-1-5-32-545"})
"""what the sign-in of a virtual machine is besides: Everyone, LOCAL, SERVICE, Authenticated Users, Users"""
ONE_MACHINE = "S-1-5-83-1-"
"""begins the SID of one virtual machine's own account"""
SID = re.compile(r"\*?(S-1(-\d+)+)", re.IGNORECASE)
"""RSoP writes a SID with or without an asterisk."""


def right(view: View, host: str, name: str) -> tuple[str, ...] | None:
    """The accounts that the policy in force gives a right, SIDs without their asterisk; nothing where none sets it.

    Raises:
        MissingEvidence: it could not be read, or two policies say that they are in force.
    """
    rows = sorted((row for row in view.rows(PolicyRight, host) if row.right == name), key=lambda row: row.precedence)
    if not rows:
        return None
    first = {frozenset(map(_plain, row.accounts)) for row in rows if row.precedence == rows[0].precedence}
    if len(first) > 1:
        raise MissingEvidence(tell("PolicyRight of {host}: two policies in force set {name}", host=host, name=name))
    return tuple(sorted(first.pop()))


def _plain(account: str) -> str:
    found = SID.fullmatch(account.strip())
    return found[1].upper() if found else account.strip()


def granted(accounts: Sequence[str], sid: str = VIRTUAL_MACHINES) -> bool | None:
    """Whether a list gives a right to a SID; nothing where a name, or Everyone, may mean it."""
    if sid in accounts or (sid == VIRTUAL_MACHINES and any(map(NAMED.fullmatch, accounts))):
        return True
    if EVERYONE in accounts or not all(map(SID.fullmatch, accounts)):
        return None
    return False


def may_include(accounts: Sequence[str]) -> bool:
    """Whether a list that does not name virtual machines may mean them, or one of them, all the same."""
    wide = any(one in AMONG_OTHERS or one.startswith(ONE_MACHINE) for one in accounts)
    return wide or granted(accounts) is None


def processed(view: View, host: str) -> str:
    """Why no word of policy proves nothing; empty where it was processed and logged.

    Raises:
        MissingEvidence: that could not be read.
    """
    rows = view.rows(PolicyProcessing, host)
    if not rows:
        return tell("{host}: security policy was never processed, or is not logged", host=host)
    if any(row.logging != COMPLETE or row.error != 0 for row in rows):
        return tell(
            "{host}: the last processing of security policy did not end well, or was not logged whole", host=host
        )
    return ""
