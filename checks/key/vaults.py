"""Of which vaults the keys of an estate are meant to be, where it does not say so of each."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip
from scanner.api import KeyFile, View, tell
from scanner.facts.keyfile import RegistrationKey

Vault = tuple[str, str]
"""Its name and its subscription; empty where that is not known."""


def another(view: View, path: str, key: RegistrationKey) -> str:
    """Which other key file is meant for another vault, or is of one; empty if none that tells its vault.

    The check must declare ``RegistrationKey``.

    Raises:
        MissingEvidence: another key file, of which no vault is expected, could not be read.
    """
    for file in view.estate.key_files if key.vault.strip() else ():
        for vault in _vaults(view, file) if file.path != path else ():
            if _differ(vault, (key.vault, key.subscription)):
                return tell(
                    "{path} is for vault {vault}, subscription {vault2}",
                    path=clip(file.path),
                    vault=clip(vault[0]),
                    vault2=clip(vault[1]) or tell("(any)"),
                )
    return ""


def _vaults(view: View, file: KeyFile) -> Iterator[Vault]:
    if file.vault.strip():
        yield file.vault, file.subscription
        return
    for row in view.rows(RegistrationKey, file.path):
        if not row.problem and row.vault.strip():
            yield row.vault, row.subscription


def _differ(one: Vault, other: Vault) -> bool:
    return any(plain(a) != plain(b) for a, b in zip(one, other, strict=True) if plain(a) and plain(b))


def plain(text: str) -> str:
    """The text as it is compared: in any case, spacing and braces."""
    return text.strip().strip("{}").replace(" ", "").casefold()
