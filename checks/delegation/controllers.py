"""What each controller of a domain says about one account's delegation, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checks.delegation.account import accounts_of, find
from checks.delegation.coverage import shorten
from scanner.api import Gap, MissingEvidence, View
from scanner.facts.directory import ComputerAccount, DomainController
from scanner.facts.host import ComputerSystem, DomainControllerHint


@dataclass(frozen=True, slots=True)
class Said:
    """What one controller says, each statement in lower case with the text as written."""

    grants: Mapping[str, str]
    """what allows something: an entry, a right, the account itself"""
    limits: Mapping[str, str]
    """what forbids or widens: deny entries, a disabled account, delegation to any service"""

    @property
    def all(self) -> frozenset[str]:
        """Every statement."""
        return frozenset((*self.grants, *self.limits))


def statements(account: ComputerAccount | None) -> Said:
    """An account's delegation as statements that can be compared; none when the controller has no such account."""
    if account is None:
        return Said({}, {})
    grants = ["the account", *(entry.strip() for entry in account.delegates_to)]
    grants += ["any authentication protocol"] * account.protocol_transition
    grants += [f"allows {sid}" for sid in account.allowed_sids]
    limits = [f"denies {sid}" for sid in account.denied_sids]
    limits += ["disabled"] * account.disabled + ["delegation to any service"] * account.unconstrained
    return Said({text.lower(): text for text in grants}, {text.lower(): text for text in limits})


def ask_all(view: View, system: ComputerSystem) -> tuple[dict[str, Said], list[str]]:
    """What the controllers of the host's domain say about its account, and why others say nothing.

    Raises:
        MissingEvidence: the controllers are not known.
    """
    said: dict[str, Said] = {}
    silent: list[str] = []
    for name in dict.fromkeys(row.name for row in view.rows(DomainController, system.domain.lower())):
        rows = view.ask(ComputerAccount, name)
        if isinstance(rows, Gap):
            silent.append(str(rows))
            continue
        try:
            said[name] = statements(find(view.derived(ComputerAccount, name, accounts_of), system))
        except MissingEvidence as unclear:
            silent.append(f"{name}: {unclear}")
    return said, silent


def lacking(said: Mapping[str, Said]) -> dict[str, str]:
    """Controllers that lack what another one says, each with what it lacks."""
    texts: dict[str, str] = {}
    for answer in said.values():
        texts |= {**answer.grants, **answer.limits}
    found = {name: [text for key, text in texts.items() if key not in answer.all] for name, answer in said.items()}
    return {name: shorten(missing) for name, missing in found.items() if missing}


def lacks_grant(said: Mapping[str, Said], controller: str) -> bool:
    """Whether this controller lacks something that another one grants."""
    return any(key not in said[controller].grants for answer in said.values() for key in answer.grants)


def own_controller(view: View, host: str, said: Mapping[str, Said]) -> str | Gap:
    """Which of the controllers the host uses, as its last policy run tells; empty when that is none of them."""
    rows = view.ask(DomainControllerHint, host)
    if isinstance(rows, Gap):
        return rows
    hints = [row.name for row in rows if row.name]
    for name in said:
        if any(hint in (name, name.partition(".")[0]) for hint in hints):
            return name
    return ""
