"""Whether two registration keys are of one vault."""

from __future__ import annotations

from checks.common.parts import clip
from scanner.api import Gap, View
from scanner.facts.keyfile import RegistrationKey


def of_another(view: View, path: str, key: RegistrationKey) -> str:
    """Which other key file of the estate is of another vault; empty if none that could be read and tells its vault.

    The check must declare ``RegistrationKey``.
    """
    for file in view.estate.key_files if key.vault.strip() else ():
        rows = view.ask(RegistrationKey, file.path)
        for other in () if file.path == path or isinstance(rows, Gap) else rows:
            if not other.problem and other.vault.strip() and _vault(other) != _vault(key):
                return (
                    f"{clip(other.file_name)} is of vault {clip(other.vault)}, subscription {clip(other.subscription)}"
                )
    return ""


def plain(text: str) -> str:
    """The text as it is compared: in any case, spacing and braces."""
    return text.strip().strip("{}").replace(" ", "").casefold()


def _vault(key: RegistrationKey) -> tuple[str, str]:
    return plain(key.vault), plain(key.subscription)
