"""Whether the proxy on the way to Site Recovery wants a sign-in, and what tells that it gets one."""

from __future__ import annotations

from datetime import date

from checks.common.parts import clip
from checks.common.probing import TLS, endpoint, probe
from checks.reach.internet import OK, endpoints
from checks.reach.way_out import Way
from scanner.api import Gap, Verdict, View, passed, unknown
from scanner.facts.host import Service
from scanner.facts.vmm_setup import VmmProcess

SIGN_IN = 407
"""HTTP status by which a proxy wants one"""
WANTED = "the Run As account DRAProxyAccount"


def wants_a_sign_in(view: View, machine: str, way: Way) -> bool | None:
    """Whether the proxy wanted one of an attempt; nothing where no attempt tells."""
    names = [name for name in endpoints(view).names if way.through(name)]
    answers = [probe(view, machine, endpoint(name, TLS, "/tls")) for name in names]
    told = {answer.proxy_status for answer in answers if not isinstance(answer, str)}
    if SIGN_IN in told:
        return True
    return False if told and told <= {OK} else None


def by_witness(view: View, machine: str, day: date, person: str) -> Verdict:
    """The verdict by what somebody saw."""
    if day > view.now.date():
        return unknown(f"the estate says that the sign-in was seen on {day}, which is after this record", wanted=WANTED)
    note = f"by the estate, {clip(person)} saw the proxy take the provider's sign-in on {day}"
    began = _began(view, machine)
    return passed("the provider signs in to the proxy", note=f"{note}{began}")


def _began(view: View, machine: str) -> str:
    """Since when the VMM service runs, where that is told of its very process."""
    services, processes = view.ask(Service, machine), view.ask(VmmProcess, machine)
    if isinstance(services, Gap) or isinstance(processes, Gap):
        return ""
    own = {row.process_id for row in services if row.name.lower() == "scvmmservice"}
    moment = next((row.began for row in processes if row.process in own and row.began), None)
    return (
        f"; the VMM service runs since {moment:%Y-%m-%d %H:%M} UTC, and takes a later password when restarted"
        if moment
        else ""
    )
