"""Which computer accounts of its domain bear a host's name."""

from __future__ import annotations

from checks.common.parts import clip, listing
from scanner.api import Verdict, View, failed, joined, quote, tell, unknown
from scanner.facts.directory import ComputerAccount
from scanner.facts.host import NETBIOS, ComputerSystem

COPY = "\\0ACNF:"
"""Within the name of an object that replication kept beside another of the same name (MS-ADTS 3.1.1.5.1.3)."""
WANTED = tell("exactly one enabled computer account")
Own = ComputerAccount | None


def accounts(view: View, host: str) -> tuple[Own, tuple[ComputerAccount, ...]]:
    """The account by which a host signs in, if its domain tells one, and others that bear its DNS name.

    The check must declare ComputerSystem and ComputerAccount.

    Raises:
        MissingEvidence: the host or its domain was not read.
    """
    system = view.one(ComputerSystem, host)
    rows = view.rows(ComputerAccount, system.dns_domain)
    own = next((row for row in rows if row.sam_name.lower() == _sam(system.name) and COPY not in row.dn), None)
    names = {host.lower().rstrip("."), own.dns_name.lower().rstrip(".") if own else ""} - {""}
    named = [row for row in rows if row.dns_name.lower().rstrip(".") in names]
    return own, tuple(row for row in named if own is None or row.dn != own.dn)


def not_one(view: View, host: str, own: Own, others: tuple[ComputerAccount, ...]) -> Verdict:
    """Judge a host without an account, or with others beside it.

    A domain is asked by the name that the estate gives the host. For one that signs in by another, nobody looked.
    """
    system = view.one(ComputerSystem, host)
    dns = tuple(row.dn for row in (own, *others) if row is not None)
    copies = tell(", of which replication left a copy") if any(COPY in dn for dn in dns) else ""
    if own is not None:
        seen = tell("the name of {host} is borne by {dns}{copies}", host=host, dns=listing(dns), copies=copies)
        remedy = tell(
            "Have whoever administers {domain} find out which of {dns} is in use, and take the others away.",
            domain=quote(system.dns_domain),
            dns=joined(", ", map(quote, dns)),
        )
        return failed(seen, WANTED, remedy)
    beside = tell("; its DNS name is borne by {dns}", dns=listing(dns)) if dns else ""
    if _sam(host.partition(".")[0]) != _sam(system.name):
        return unknown(
            tell(
                "{dns_domain} was not asked for {system}$, by which {host} signs in{beside}",
                dns_domain=system.dns_domain,
                system=clip(system.name),
                host=host,
                beside=beside,
            )
        )
    return failed(
        tell(
            "{dns_domain} tells no account {system}$ of {host}{beside}",
            dns_domain=system.dns_domain,
            system=clip(system.name),
            host=host,
            beside=beside,
        ),
        WANTED,
    )


def _sam(name: str) -> str:
    return f"{name[:NETBIOS]}$".lower()
