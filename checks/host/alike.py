"""How far the virtual switches of two hosts are alike: those on which machines that move hang, and the others."""

from __future__ import annotations

from collections.abc import Iterator

from checks.common.chosen import chosen
from checks.common.parts import clip, listing
from checks.common.switches import kinds, links, names_of, there
from scanner.api import Verdict, View, failed, passed, tell, unknown, warned
from scanner.facts.switches import VirtualSwitch


def used(view: View, source: str, end: str) -> Iterator[Verdict]:
    """The verdicts on the switches of the source that machines hang on. The check must declare ``SWITCHES``.

    Raises:
        MissingEvidence: the machines, or the switches of either host, could not be read.
    """
    doubts, hung = view.shared(_hung, source)
    if doubts:
        yield unknown(tell("what a machine of {source} hangs on is not known: see VM-05", source=source))
    here, far = view.shared(kinds, source), view.shared(kinds, end)
    for own, name in hung:
        found = there(view, end, name)
        if len(found.ids) != 1:
            seen = tell(
                "{name} of {source}: {count} on {end}",
                name=clip(name),
                source=source,
                count=len(found.ids) or tell("none"),
                end=end,
            )
            yield (
                unknown(seen)
                if found.ids
                else failed(seen, tell("a switch {name} on {end}", name=clip(name), end=end), note=tell("see VM-05"))
            )
        elif here[own] == (kind := far[found.ids[0]]):
            yield passed(tell("{name}: {kind} on both", name=clip(name), kind=kind))
        else:
            seen = tell(
                "{name} is {here} on {source}, and {found} {kind} on {end}",
                name=clip(name),
                here=here[own],
                source=source,
                found=clip(found.name),
                kind=kind,
                end=end,
            )
            note = tell("it may arrive where its network is not")
            yield warned(
                seen,
                tell("{here} on both", here=here[own]),
                works=tell("a switch is looked for by its name alone"),
                note=note,
            )


def _hung(view: View, host: str) -> tuple[bool, list[tuple[str, str]]]:
    """Whether a machine hangs on what is not known, and the switches that machines hang on, each once."""
    hung = [link for vm in chosen(view, host) for link in links(view, host, vm.vm_id)]
    found = {link.id: link.switch for link in hung if link.id and link.connected}
    return any(link.doubt for link in hung), sorted(found.items())


def alone(view: View, host: str, other: str) -> str:
    """The switches that the other host has under no name."""
    names = dict.fromkeys(view.derived(VirtualSwitch, host, names_of).values())
    missing = [name for name in names if not there(view, other, name).ids]
    return tell("on {host} alone: {missing}", host=host, missing=listing(missing)) if missing else ""
