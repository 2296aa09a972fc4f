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
from scanner.api import Severity, Subject, Verdict, View, Who, check, counted, failed, passed, scopes, unknown


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
        yield passed("no adapter hangs on a switch")
    for link in found:
        yield view.shared(_judged, move.destination, link)


def _judged(view: View, destination: str, link: Link) -> Verdict:
    if link.doubt:
        return unknown(link.doubt, wanted=f"a switch of its name on {destination}")
    known = there(view, destination, link.switch)
    name, wanted = clip(link.switch), f"one virtual switch {clip(known.name)} on {destination}"
    if len(known.ids) > 1:
        many = counted(len(known.ids), "switch", "switches")
        return unknown(f"{destination} has {many} called {clip(known.name)}; which is taken no document says")
    if known.ids:
        chosen = f"whoever starts the move chooses {clip(known.name)} there" if known.renamed else ""
        return passed(f"{name}: {clip(known.name) if known.renamed else 'there'}", note=chosen)
    if link.connected:
        return failed(f"{name}: no such switch on {destination}", wanted)
    return unknown(f"{name} is missing there; an adapter names it, and is not connected", wanted=wanted)
