"""Whose password a sign-in sends: the account behind a user name, however it is spelt.

Two spellings are taken for two accounts only where the estate proves it. Else a refusal of one stops the other, too:
that costs answers, while the opposite mistake costs the account a logon more than it may fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

NETBIOS = 15
"""characters of a NetBIOS name"""
COMPONENT = re.compile(r"(?i)(?:^|,)\s*dc\s*=\s*([^,]+)")
"""One domain component of a distinguished name."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a domain, or of one machine."""

    name: str
    """lower case; empty where the spelling does not tell: a distinguished name"""
    domain: str
    """a declared domain; empty where the spelling does not tell which one it is"""
    said: str = ""
    """the domain as the user name has it, lower case"""
    host: str = ""
    """of a local account: its machine"""
    user: str = field(default="", compare=False)
    """as the estate spells it"""

    def may_be(self, other: Account) -> bool:
        """Whether both may be one account."""
        if self.host or other.host:
            return (self.host, self.name) == (other.host, other.name)
        return _alike(self.name, other.name) and _alike(self.domain, other.domain)

    def may_be_with_one_password(self, other: Account) -> bool:
        """Whether both may be one account if their passwords are equal.

        A user's UPN and account name are two attributes, so ``CORP\\jdoe`` may be ``john.doe@corp.example``.
        """
        forms = "@" in self.user, "@" in other.user
        return not (self.host or other.host) and forms[0] != forms[1] and _alike(self.domain, other.domain)

    @property
    def principal(self) -> str:
        """Its Kerberos principal; empty where the spelling does not tell."""
        login = re.split(r"[\\@]", self.user.strip())[1 if "\\" in self.user else 0]
        fit = self.name and self.domain and not self.host and "/" not in login
        return f"{login}@{self.domain.upper()}" if fit else ""


def _alike(one: str, other: str) -> bool:
    return one == other or not one or not other


def one_account(account: Account, secret: str, other: Account, its_secret: str) -> bool:
    """Whether a word on one of them, with its password, is a word on the other."""
    return other.may_be(account) or (bool(secret) and secret == its_secret and other.may_be_with_one_password(account))


def account_of(user: str, host: str, domains: Iterable[str], machines: Iterable[str]) -> Account:
    """The account that a user name means on a machine.

    ``CORP\\svc`` and ``svc@corp.example`` are one where the first label of one declared domain tells so. ``.\\svc`` and
    ``HV01\\svc`` are local: an account of its own on each machine. A plain name may be local or the domain's (Windows
    looks in both), so it is shared by all.

    Args:
        user: as the estate spells it.
        host: the machine that is signed in to.
        domains: those the estate declares.
        machines: its hosts and VMM servers.
    """
    text = user.strip().lower()
    said, slash, name = text.partition("\\")
    if not slash:
        name, _, said = text.rpartition("@") if "@" in text else (text, "", "")
    if (slash and said in ("", ".")) or (said and _is_machine(said, (*machines, host), domains)):
        return Account(name, "", host=host, user=user)
    parts = COMPONENT.findall(text)
    if parts:
        name, said = "", ".".join(part.strip() for part in parts)
    said = said.removesuffix(".")
    fitting = [domain for domain in domains if said == domain or (slash and said == domain.split(".")[0][:NETBIOS])]
    domain = fitting[0] if len(fitting) == 1 else ""
    return Account(name, domain, domain or said, user=user)


def _is_machine(said: str, machines: Iterable[str], domains: Iterable[str]) -> bool:
    if any(said in (domain, domain.split(".")[0][:NETBIOS]) for domain in domains):
        return False
    return any(said in (machine, machine.split(".")[0][:NETBIOS]) for machine in machines)
