"""A source that signs in with CredSSP: whoever starts the move must be signed in there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from checks.common.client import is_client
from checks.common.parts import listing
from checks.delegation.file_servers import file_servers_verdict
from checks.delegation.guard import unless_guarded
from checks.delegation.service_names import NAMES, names_verdict
from checks.delegation.verdicts import ALL_PARTS, attempt, parts
from checks.migration.tied import obstacle, tied
from scanner.api import Status, Subject, Verdict, View, failed, is_sentence, joined, powershell, tell, warned
from scanner.facts.delegation import NamedAccount

KERBEROS = "Set-VMHost -ComputerName <host> -VirtualMachineMigrationAuthenticationType Kerberos"
FILE_SERVERS = tell("cifs to file servers")
BY_NAME = ("DEL-01", "DEL-02", "DEL-08")
"""parts whose warning may mean that one name of two can be used"""
NEEDS = tuple(dict.fromkeys((*ALL_PARTS, *NAMES, NamedAccount)))
"""What ``kerberos_parts`` and ``credssp_verdict`` read."""
WANTED = tell("Kerberos and delegation")
Found = Mapping[tuple[str, str], Mapping[str, Verdict]]
"""What Kerberos needs, by way and part."""


def credssp_verdict(view: View, route: Subject) -> Verdict:
    """Judge one direction from a source that uses CredSSP; the check must declare ``NEEDS``."""
    states = {part.status for part in kerberos_parts(view, route.source, route.destination).values()}
    note = tell("every move, and every move back, needs a sign-in on the host it starts from")
    if states.isdisjoint((Status.FAIL, Status.UNKNOWN)):
        note += tell("; delegation is complete, and CredSSP does not use it")
    remedy = to_kerberos(view, route.source)
    if view.estate.remote_initiated:
        return failed("CredSSP", WANTED, remedy, note=note)
    works = tell(
        "the estate says that it is started while signed in on the source, whose Credential Guard does not run"
    )
    return unless_guarded(view, route.source, warned("CredSSP", WANTED, remedy, works=works, note=note))


def to_kerberos(view: View, host: str) -> str:
    """What gives a host with CredSSP Kerberos, and all that are tied to it; the check must declare ``NEEDS``."""
    return view.aside(_together, min(view.aside(tied, host)))


def _together(view: View, first: str) -> str:
    """What lets all hosts that are tied to one of them use Kerberos, of whose moves each must work by it then.

    Delegation first: a host that uses Kerberos without it moves nothing, and with CredSSP it did. What only a person
    can mend, or what must be seen to have worked first, is words.
    """
    hosts = sorted(tied(view, first))
    ways = [(way.source, way.destination) for way in view.estate.routes if way.source in hosts]
    blocked = obstacle(view, hosts)
    if blocked:
        return blocked
    found = {way: kerberos_parts(view, *way) for way in ways}
    if told := _lacking(found, _is_unknown):
        return tell(
            "Find out first what could not be read of that which Kerberos needs: {told}. Only then let all of these "
            "use Kerberos together: {hosts}",
            told=told,
            hosts=listing(hosts),
        )
    if told := _lacking(found, _by_hand):
        return tell(
            "Complete first what Kerberos needs, delegation and names of services: {told}. Only then let all of these "
            "use Kerberos together: {hosts}",
            told=told,
            hosts=listing(hosts),
        )
    lacking = [part.remedy for parts in found.values() for name, part in parts.items() if _short(name, part)]
    commands = [powershell(KERBEROS, host=host) for host in hosts if not is_client(view, host)]
    return joined("\n", dict.fromkeys((*lacking, *commands)))


def kerberos_parts(view: View, source: str, destination: str) -> dict[str, Verdict]:
    """All that a move with Kerberos needs of delegation and names, by part; the check must declare ``NEEDS``."""
    return {
        **parts(view, source, destination),
        FILE_SERVERS: attempt(lambda: file_servers_verdict(view, source, destination)),
        "DEL-08": attempt(lambda: names_verdict(view, destination)),
    }


def _lacking(found: Found, stands: Callable[[str, Verdict], bool]) -> str:
    """The ways of which a part stands so, with these parts; empty if none does."""
    lack = {way: [name for name, part in parts.items() if stands(name, part)] for way, parts in found.items()}
    return listing(
        tell("{way} ({names})", way=joined(" → ", way), names=joined(", ", names))
        for way, names in lack.items()
        if names
    )


def _is_unknown(_name: str, part: Verdict) -> bool:
    return part.status is Status.UNKNOWN


def _short(name: str, part: Verdict) -> bool:
    """Whether something is missing: with one name of two, moves by the other break that CredSSP let through."""
    return part.status is Status.FAIL or (part.status is Status.WARN and name in BY_NAME)


def _by_hand(name: str, part: Verdict) -> bool:
    return _short(name, part) and (name == "DEL-08" or not part.remedy or is_sentence(part.remedy))
