"""Who starts moves and where: names of accounts and of a machine, of which every part must be there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from scanner.estate.file import EstateFile
from scanner.estate.mistakes import Mistake
from scanner.words.names import is_host_name, short, valid_host_name
from scanner.words.wording import show

ADVICE = r'write it as in "CORP\\ops" or "ops@corp.example"'
ILLEGAL = re.compile(r'["/\[\]:;|=,+*?<>\x00-\x1f]')
"""No account's name in Active Directory holds one of these."""
ACCOUNT_SID = re.compile(r"S-1-5-21(-\d{1,10}){4}", re.IGNORECASE)
SID = re.compile(r"S-1(-\d+)+", re.IGNORECASE)
NO_DOMAIN = frozenset({".", "builtin", "nt authority", "nt service", "nt virtual machine", "workgroup"})
LONGEST = 512
"""signs; a user's name has 20 before Windows 2000's way of writing it, and 1024 with its suffix in theory"""


def accounts(file: EstateFile) -> tuple[str, ...]:
    """The accounts as they are written, each once."""
    account = file.operator.account
    found = map(str.strip, (account,) if isinstance(account, str) else account)
    return tuple({name.casefold(): name for name in reversed([*found])}.values())[::-1]


def mistakes_of_operators(file: EstateFile, hosts: Collection[str]) -> Iterator[Mistake]:
    """What is wrong with the accounts, and with the machine that moves are started from."""
    account = file.operator.account
    one = isinstance(account, str)
    machines = {short(host) for host in hosts}
    for place, text in enumerate([account] if isinstance(account, str) else account, 1):
        if why := wrong_account(text.strip(), machines):
            yield Mistake("operator.account" if one else f"operator.account[{place}]", f"{show(text)} {why}")
    started_from = file.live_migration.started_from
    if started_from and not valid_host_name(started_from):
        advice = 'write the DNS name of one machine, as in "admin01.corp.example"'
        yield Mistake("live_migration.started_from", f"{show(started_from)} is no host name; {advice}")


def wrong_account(text: str, machines: Collection[str], *, managed: bool = False) -> str:
    """What is wrong with the name of an account; nothing if it may be one. ``managed`` ones end in $, too."""
    if not text:
        return f"names nobody; {ADVICE}"
    if ACCOUNT_SID.fullmatch(text):
        return ""
    if SID.fullmatch(text):
        return f"is the SID of no account in a domain; {ADVICE}"
    domain, backslash, name = text.partition("\\")
    if not backslash:
        name, at, domain = text.rpartition("@")
        if not at:
            return f"does not say of which domain it is; {ADVICE}"
    if not name or not domain or "\\" in name or ILLEGAL.search(name) or len(text) > LONGEST:
        return f"is no account's name; {ADVICE}"
    if name.endswith("$") and not managed:
        return f"is a computer's account, and no computer starts a move; {ADVICE}"
    if domain.casefold() in machines or domain.casefold() in NO_DOMAIN:
        return f"is known to one machine alone, and an account of a domain is needed; {ADVICE}"
    if not is_host_name(domain.casefold()):
        return f"names a domain that cannot be one; {ADVICE}"
    return ""
