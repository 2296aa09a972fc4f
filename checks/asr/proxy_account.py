"""Whether the proxy on the way to Site Recovery wants a sign-in, and what tells that it gets one."""

from __future__ import annotations

from datetime import date

from checks.common.parts import clip
from checks.common.probing import TLS, endpoint, probe
from checks.reach.internet import OK, endpoints
from checks.reach.way_out import Way
from checks.vmm.clouds import PART_ALONE, answering, sees_all
from scanner.api import Fact, Gap, Verdict, View, failed, passed, tell, unknown
from scanner.facts.host import Service
from scanner.facts.vmm import RunAsAccount
from scanner.facts.vmm_nodes import NODES
from scanner.facts.vmm_setup import VmmProcess

SIGN_IN = 407
"""HTTP status by which a proxy wants one"""
ACCOUNT = "DRAProxyAccount"
"""Name of the Run As account that registering makes (S4, step 3)"""
WANTED = tell("the Run As account {account}", account=ACCOUNT)
ACCOUNTS: tuple[type[Fact], ...] = (*NODES, RunAsAccount)
"""What a check declares that asks for the account."""


def wants_a_sign_in(view: View, machine: str, way: Way) -> bool | None:
    """Whether the proxy wanted one of an attempt; nothing where no attempt tells."""
    names = [name for name in endpoints(view).names if way.through(name)]
    answers = [probe(view, machine, endpoint(name, TLS, "/tls")) for name in names]
    told = {answer.proxy_status for answer in answers if not isinstance(answer, str)}
    if SIGN_IN in told:
        return True
    return False if told and told <= {OK} else None


def by_account(view: View, server: str) -> Verdict:
    """The verdict by the Run As accounts that VMM lists; of a passive node, by what the node that answers lists.

    Raises:
        MissingEvidence: they were not read.
    """
    asked = answering(view, server)
    if any(row.name.strip().casefold() == ACCOUNT.casefold() for row in view.rows(RunAsAccount, asked)):
        began = _began(view, asked)
        note = tell(
            "whether its password is the proxy's, nobody tried; [site_recovery] proxy_signs_in says who saw it{began}",
            began=began,
        )
        return passed(tell("{asked} has the Run As account {account}", asked=asked, account=ACCOUNT), note=note)
    if not sees_all(view, asked):
        return unknown(
            tell(
                "{asked} lists no Run As account {account}; {part_alone}",
                asked=asked,
                account=ACCOUNT,
                part_alone=PART_ALONE,
            ),
            wanted=WANTED,
        )
    return failed(
        tell("the proxy wants a sign-in, and {asked} has no Run As account {account}", asked=asked, account=ACCOUNT),
        WANTED,
    )


def by_witness(view: View, machine: str, day: date, person: str) -> Verdict:
    """The verdict by what somebody saw."""
    if day > view.recorded.date():
        return unknown(
            tell("the estate says that the sign-in was seen on {day}, which is after this record", day=day),
            wanted=WANTED,
        )
    note = tell(
        "by the estate, {person} saw the proxy take the provider's sign-in on {day}", person=clip(person), day=day
    )
    began = _began(view, machine)
    return passed(tell("the provider signs in to the proxy"), note=tell("{note}{began}", note=note, began=began))


def _began(view: View, machine: str) -> str:
    """Since when the VMM service runs, where that is told of its very process."""
    services, processes = view.ask(Service, machine), view.ask(VmmProcess, machine)
    if isinstance(services, Gap) or isinstance(processes, Gap):
        return ""
    own = {row.process_id for row in services if row.name.lower() == "scvmmservice"}
    moment = next((row.began for row in processes if row.process in own and row.began), None)
    return (
        tell(
            "; the VMM service runs since {moment:%Y-%m-%d %H:%M} UTC, and takes a later password when restarted",
            moment=moment,
        )
        if moment
        else ""
    )
