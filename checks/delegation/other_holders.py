"""Who else holds a host's service names: Kerberos finds no host by a name that two accounts hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checks.delegation.account import Member, dns_domain
from scanner.api import Everything, Gap, Verdict, View, failed, joined, powershell, tell, unknown, warned
from scanner.facts.directory import ComputerAccount, DomainInfo
from scanner.facts.host import ComputerSystem

MOST = 4
"""names of other accounts that are told one by one"""
RENAME = tell("Two machines of one forest are called the same: rename one, or let it leave the forest")
ONE_NAME = tell(
    "Another account bears the host's full name, too: find out whose it is. Delete it if "
    "no machine uses it any more, else rename that machine"
)
FULL_NAME = tell("Call the destination by its full name in every tool that starts a move")


@dataclass(frozen=True, slots=True)
class Holder:
    """An account that holds a name, and how it writes it."""

    account: ComputerAccount
    spn: str
    target: str
    """the domain or controller that told it"""

    def differs(self, host: Member) -> bool | None:
        """Whether this is another account than the host's; nothing where that cannot be told.

        An object keeps its SID wherever it is moved. Another SID in the same place, or under the same account name in
        the same domain, is the account before the machine was joined anew, or the one after: a domain holds no two.
        """
        mine, theirs = host.account, self.account
        same_place = theirs.dn.lower() == mine.dn.lower()
        if mine.sid and theirs.sid and mine.sid == theirs.sid:
            return False
        if same_place and not (mine.sid and theirs.sid):
            return False
        one_domain = dns_domain(theirs.dn) == dns_domain(mine.dn)
        return None if same_place or (one_domain and theirs.sam_name.lower() == mine.sam_name.lower()) else True


def holders(everything: Everything) -> dict[str, list[Holder]]:
    """The accounts that hold each service name, as any domain or controller tells; names in lower case."""
    found: dict[str, list[Holder]] = {}
    for target, row in everything.rows(ComputerAccount):
        for spn in row.spns:
            found.setdefault(spn.strip().lower(), []).append(Holder(row, spn, target))
    return found


def shared(view: View, host: Member, names: tuple[str, ...]) -> Iterator[Verdict]:
    """Judge the names of the host that other accounts hold, too; the check must declare DomainInfo.

    A full name is one machine's alone, and so is any name within a domain: another account that holds it is wrong. A
    short name must be unique in the forest; in another forest a machine may well be called the same, and each domain
    looks among its own accounts first. Which of two accounts of one name is the host's is not known, and no command
    is printed that could strip the right one.
    """
    index = view.across((ComputerAccount,), holders)
    wrong, alike, near, doubted = list[Holder](), list[Holder](), list[Holder](), list[Holder]()
    for name in names:
        for holder in index.get(name.lower(), ()):
            domain, differs = dns_domain(holder.account.dn), holder.differs(host)
            if differs is None:
                doubted.append(holder)
            elif not differs:
                continue
            elif domain == host.domain or name.lower().endswith(f"/{host.fqdn}"):
                wrong.append(holder)
            elif _forest(view, domain) & _forest(view, host.domain):
                alike.append(holder)
            elif _comes_from(view, host, domain):
                near.append(holder)
    alone = tell("these names on {dn} alone", dn=host.account.dn)
    if doubted:
        why = tell("the same account by name, and another by SID; which of the two is the host's now is not known")
        yield unknown(tell("{told}: {why}", told=_told(view, doubted), why=why), wanted=alone)
    if wrong:
        yield failed(_told(view, wrong), alone, _cure(host, wrong))
    if alike:
        yield failed(_told(view, alike), alone, RENAME)
    if near:
        works = tell("the full name is held by the destination alone; call it by that")
        yield warned(
            _told(view, near), alone, FULL_NAME, works=works, note=tell("a move that uses the short name fails")
        )


def _told(view: View, found: list[Holder]) -> str:
    for holder in found:
        view.ask(ComputerAccount, holder.target)  # so that the report names where it was read
    texts = list(dict.fromkeys(tell("{dn} holds {spn}, too", dn=holder.account.dn, spn=holder.spn) for holder in found))
    more = tell("; and {rest} more", rest=len(texts) - MOST) if len(texts) > MOST else ""
    return joined("; ", texts[:MOST]) + more


def _forest(view: View, domain: str) -> set[str]:
    """The root of the domain's forest; nothing if it was not read."""
    rows = view.ask(DomainInfo, domain)
    return set() if isinstance(rows, Gap) else {row.forest_root.lower() for row in rows}


def _cure(host: Member, found: list[Holder]) -> str:
    """What takes the names from the other accounts; words where one is called so itself: they are its own, too."""
    if any(holder.account.dns_name.lower().rstrip(".") == host.fqdn for holder in found):
        return ONE_NAME
    by_account: dict[str, dict[str, None]] = {}
    for holder in found:
        by_account.setdefault(holder.account.dn, {})[holder.spn] = None
    accounts = [(dn, dns_domain(dn), tuple(spns)) for dn, spns in by_account.items()]
    command = "Set-ADComputer -Identity <dn> -Server <domain> -Remove @{'servicePrincipalName' = <names>}"
    return joined("\n", (powershell(command, dn=dn, domain=domain, names=names) for dn, domain, names in accounts))


def _comes_from(view: View, host: Member, domain: str) -> bool:
    """Whether moves to the host come from a machine of this domain; of one that was not read its name tells it."""
    for source in (route.source for route in view.estate.routes if route.destination == host.host):
        systems = view.ask(ComputerSystem, source)
        named = [source.partition(".")[2].lower()] if isinstance(systems, Gap) else [row.dns_domain for row in systems]
        if domain in named:
            return True
    return False
