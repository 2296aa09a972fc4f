"""A machine arrives only where a virtual switch has the name of the one that each of its adapters hangs on.

Passes when the destination has one switch of that name, in whichever case, or of the name that the estate gives it
there (``[[switch]]``), and for a machine whose adapters hang on nothing. Fails when it has none (event 21502 or 21125,
message 33012). Unknown when it has two of the name, when an adapter that is not connected still names a switch that is
missing there, when an adapter takes its switch from a resource pool, hangs on one that its host does not list or names
none and is connected, and where switches could not be read, or answers contradict each other. Adapters of checkpoints
do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.parts import clip, combine
from checks.common.switches import SWITCHES, Link, links, there
from scanner.api import Severity, Subject, Verdict, View, Who, check, counted, failed, passed, scopes, tell, unknown


@check(
    id="VM-05",
    title="The destination has the virtual switch of every adapter",
    fails="The destination lacks a virtual switch that an adapter uses",
    severity=Severity.CRITICAL,
    who=Who.HOST,
    of_machines=True,
    scope=scopes.VM_ROUTE,
    seed="beyond seeds",
    needs=SWITCHES,
    remedy="Give the destination a switch of that name, or say in [[switch]] what it is called there, and choose it.",
)
def switches(move: Subject, view: View) -> Verdict:
    """Judge one virtual machine on one route."""
    return combine(_parts(move, view))


def _parts(move: Subject, view: View) -> Iterator[Verdict]:
    found = dict.fromkeys(links(view, move.source, move.vm_id))
    if not found:
        yield passed(tell("no adapter hangs on a switch"))
    for link in found:
        yield view.shared(_judged, move.destination, link)


def _judged(view: View, destination: str, link: Link) -> Verdict:
    if link.doubt:
        return unknown(link.doubt, wanted=tell("a switch of its name on {destination}", destination=destination))
    known = there(view, destination, link.switch)
    name, wanted = (
        clip(link.switch),
        tell("one virtual switch {known} on {destination}", known=clip(known.name), destination=destination),
    )
    if len(known.ids) > 1:
        many = counted(len(known.ids), "switch", "switches")
        return unknown(
            tell(
                "{destination} has {many} called {known}; which is taken no document says",
                destination=destination,
                many=many,
                known=clip(known.name),
            )
        )
    if known.ids:
        chosen = tell("whoever starts the move chooses {known} there", known=clip(known.name)) if known.renamed else ""
        return passed(
            tell("{name}: {known}", name=name, known=clip(known.name) if known.renamed else tell("there")), note=chosen
        )
    if link.connected:
        return failed(tell("{name}: no such switch on {destination}", name=name, destination=destination), wanted)
    return unknown(tell("{name} is missing there; an adapter names it, and is not connected", name=name), wanted=wanted)
