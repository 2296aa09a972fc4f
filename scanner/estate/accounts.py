"""Whose password a sign-in sends: the account behind a user name, however it is spelt.

Two spellings are taken for two accounts only where the estate proves it. Else a refusal of one stops the other, too:
that costs answers, while the opposite mistake costs the account a logon more than it may fail.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

NETBIOS = 15
"""characters of a NetBIOS name"""
COMPONENT = re.compile(r"(?i)(?:^|,)\s*dc\s*=\s*([^,]+)")
"""One domain component of a distinguished name."""
LOGIN = re.compile(r"""[^\\/@,;=<>"\x00-\x1f]+""")
"""An account's own name, or its domain's; a sign beyond is of another kind of name, which a directory takes, too."""
PLAIN = re.compile(r"(?!s-1-|\{)\S+")
"""What stands alone and is neither a SID nor an id nor, for its blanks, a display name."""
HIDDEN = re.compile(r"""\\.|"[^"]*"?""")
"""What a distinguished name writes in other signs."""
HIRAGANA = {number: number + 0x60 for number in range(0x3041, 0x3097)}
"""to katakana"""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a domain, or of one machine."""

    name: str
    """lower case; empty where the spelling does not tell: a distinguished or canonical name, a SID, an id ..."""
    domain: str
    """a declared domain; empty where the spelling does not tell which one it is"""
    said: str = ""
    """the domain as the user name has it, lower case"""
    host: str = ""
    """of a local account: its machine; ``said`` is then what a domain would be called that it may be of after all"""
    user: str = field(default="", compare=False)
    """as the estate spells it"""

    def may_be(self, other: Account) -> bool:
        """Whether both may be one account."""
        if self.host and other.host:
            return (self.host, self.name) == (other.host, other.name)
        if self.host or other.host:
            return bool(self.said) and (self.said, self.name) == (other.said, other.name)
        return _alike(self.name, other.name) and _alike(self.domain, other.domain)

    def may_be_with_one_password(self, other: Account) -> bool:
        """Whether both may be one account if their passwords are equal.

        A user has a UPN besides that of the account name, and a display name, and a UPN's suffix need not be the
        domain: ``CORP\\jdoe`` may be ``john.doe@branch.example``. Only two as ``CORP\\x`` are surely two accounts.
        """
        users = self.user, other.user
        if self.host or other.host or all("\\" in user for user in users):
            return False
        return any("@" in user for user in users) or _alike(self.domain, other.domain)

    @property
    def apart(self) -> str:
        """The machine whose account it is and nobody else's; empty where it may be a domain's."""
        return "" if self.said else self.host

    @property
    def principal(self) -> str:
        """Its Kerberos principal; empty where the spelling does not tell."""
        login = re.split(r"[\\@]", self.user.strip())[1 if "\\" in self.user else 0]
        fit = self.name and self.domain and not self.host
        return f"{login}@{self.domain.upper()}" if fit else ""


def _folded(name: str) -> str:
    """A name as a directory compares it: without case, accents, width and the kind of kana ([MS-ADTS])."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold().translate(HIRAGANA)


def _alike(one: str, other: str) -> bool:
    return one == other or not one or not other


def one_account(account: Account, secret: str, other: Account, its_secret: str) -> bool:
    """Whether a word on one of them, with its password, is a word on the other."""
    return other.may_be(account) or (bool(secret) and secret == its_secret and other.may_be_with_one_password(account))


def account_of(user: str, host: str, domains: Iterable[str]) -> Account:
    """The account that a user name means on a machine.

    ``CORP\\svc`` and ``svc@corp.example`` are one where the first label of one declared domain tells so. ``.\\svc`` is
    local, and ``HV01\\svc`` is on HV01: an account of its own on each machine. Elsewhere ``HV01`` is what may be a
    domain's NetBIOS name. A plain name may be local or the domain's (Windows looks in both), so it is shared by all.
    What is none of these may be any account of its domain: [MS-ADTS] 5.1.1.1.1 lists what a directory takes for a name.

    Args:
        user: as the estate spells it.
        host: the machine that is signed in to.
        domains: those the estate declares.
    """
    text = _folded(user.strip())
    said, slash, name = text.partition("\\")
    if not slash:
        name, _, said = text.rpartition("@") if "@" in text else (text, "", "")
    if slash and said in ("", "."):
        return Account(name, "", host=host, user=user)
    if said and _is_machine(said, host, domains):
        return Account(name, "", said.split(".")[0], host, user)
    alone = not slash and "@" not in text
    if not (LOGIN.fullmatch(name) and (PLAIN.fullmatch(name) if alone else LOGIN.fullmatch(said))):
        name, slash, said = "", "", _domain_in(text)
    said = said.removesuffix(".")
    fitting = [domain for domain in domains if said == domain or (slash and said == domain.split(".")[0][:NETBIOS])]
    domain = fitting[0] if len(fitting) == 1 else ""
    return Account(name, domain, domain or said, user=user)


def _domain_in(text: str) -> str:
    """The domain that a distinguished or a canonical name tells; empty for a SID, an id, or a display name."""
    parts = COMPONENT.findall(HIDDEN.sub("?", text))
    return ".".join(part.strip() for part in parts) or (text.partition("/")[0] if "/" in text else "")


def _is_machine(said: str, machine: str, domains: Iterable[str]) -> bool:
    if any(said in (domain, domain.split(".")[0][:NETBIOS]) for domain in domains):
        return False
    return said in (machine, machine.partition(".")[0][:NETBIOS])
