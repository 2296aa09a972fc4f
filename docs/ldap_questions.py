"""What a domain controller is asked for each fact: the readers are run against a controller that only listens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from scanner.collect.directory.basics import Root
from scanner.collect.directory.rows import READERS
from scanner.facts.operator import OperatorAccount, OperatorElsewhere
from scanner.words.model import Fact

ROOT = Root("corp.example", "corp.example", "DC=corp,DC=example", "CN=Configuration,DC=corp,DC=example", 7)
MACHINES = ("hv01.corp.example",)
ARGUMENTS: dict[type[Fact], tuple[str, ...]] = {
    OperatorAccount: (r"corp.example\ops",),
    OperatorElsewhere: ("S-1-5-21-1-2-3-1601",),
}
"""What is asked about, where it is no machine."""
DISCOVERY = "DNS: SRV _ldap._tcp.dc._msdcs.corp.example (or the controllers that estate.toml names)"


CATALOGUE = (
    "ldap://dc01.corp.example:3268/??sub?(|(servicePrincipalName=HOST/HV01)(servicePrincipalName=HOST/hv01.corp.example)"
    ")\nand so on, of the migration service and cifs, too\nattributes: servicePrincipalName, objectSid"
)


class _Listener:
    """Takes a reader's searches for a session's, answers none, and keeps the attributes asked for."""

    controller = "dc01.corp.example"

    def __init__(self) -> None:
        self.attributes: list[str] = []

    def search(self, base: str, text: str, attributes: Iterable[str], scope: str = "") -> tuple[()]:
        """Note what is wanted."""
        del base, text, scope
        self.attributes += attributes
        return ()

    def read(self, dn: str, attributes: Iterable[str]) -> _Any:
        """Likewise, for one object."""
        self.search(dn, "", attributes)
        return _Any()


class _Any:
    """An object that tells any attribute in a form that readers take."""

    def text(self, _attribute: str) -> str:
        """A moment, the one thing that is read so."""
        return "20261121120000.0Z"


def _questions() -> dict[str, str]:
    found = {"DomainController": DISCOVERY}
    for fact, reader in READERS.items():
        listener = _Listener()
        asked = reader(cast("Any", listener), ROOT, ARGUMENTS.get(fact, MACHINES))
        wanted = f"\nattributes: {', '.join(listener.attributes)}" if listener.attributes else ""
        found[fact.__name__] = asked.query + wanted
    found["ServiceName"] = CATALOGUE
    found["NamedAccount"] += "\nin the second round, for the names that answers told"
    found["ComputerAccount"] += "\nthen tokenGroups of each account found"
    found["OperatorAccount"] += "\nthen tokenGroups, and the groups that hold it, of each account found"
    return found


LDAP = _questions()
"""The question by name of the fact, with example names."""
