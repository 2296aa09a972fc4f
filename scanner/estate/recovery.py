"""What the estate file says of Site Recovery, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from scanner.estate.mistakes import Mistake
from scanner.estate.tables import SiteRecoveryTable
from scanner.words.patterns import KEY_COPY
from scanner.words.recovery import SiteRecovery, witness
from scanner.words.wording import show

PROXY = r"[\w.-]+:\d{1,5}|\[[0-9A-Fa-f:.]+\]:\d{1,5}"
SHARE = r"\\\\[\w.-]+(\\[^\\/:*?\"<>|\x00-\x1f]+){2,}\.VaultCredentials"
WITNESS = 'does not tell when it was seen, and by whom; write the day and who saw it: "2026-11-20 Jane Doe"'

ENDPOINT = 'write one (no wildcard, no URL), as in "login.microsoftonline.com"'


def mistakes_of_recovery(table: SiteRecoveryTable) -> Iterator[Mistake]:
    """What is wrong with values of the right form."""
    proxy = table.proxy
    if proxy not in ("", "direct", "winhttp") and not re.fullmatch(PROXY, proxy):
        advice = 'write "proxy.corp.example:8080", "winhttp" or "direct"'
        yield Mistake("site_recovery.proxy", f"{show(proxy)} is no host and port; {advice}")
    for place, text in enumerate(table.endpoints, 1):
        if not re.fullmatch(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?", text):
            yield Mistake(f"site_recovery.endpoints[{place}]", f"{show(text)} is no host name; {ENDPOINT}")
    for key, said in (("proxy_signs_in", table.proxy_signs_in), ("ip_ranges", table.ip_ranges)):
        if said and witness(said) is None:
            yield Mistake(f"site_recovery.{key}", f"{show(said)} {WITNESS}")
    path = table.key_on_server
    if path and not re.fullmatch(f"{KEY_COPY}|{SHARE}", path, re.IGNORECASE | re.ASCII):
        advice = r"write 'C:\Keys\vault.VaultCredentials', in single quotes"
        yield Mistake(
            "site_recovery.key_on_server", f"{show(path)} is no whole path of a *.VaultCredentials file; {advice}"
        )


def site_recovery(table: SiteRecoveryTable) -> SiteRecovery:
    """What the table says; one name, or several, each once."""
    words: dict[str, Any] = msgspec.structs.asdict(table)
    said: str | list[str] = words.pop("friendly_name")
    words["friendly_names"] = tuple(dict.fromkeys([said] if isinstance(said, str) else said))
    words["endpoints"] = tuple(table.endpoints)
    return SiteRecovery(**words)
