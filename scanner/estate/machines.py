"""Finds what is wrong with what an estate file says about virtual machines and their switches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.estate.mistakes import Mistake
from scanner.estate.tables import SwitchTable, VmsTable
from scanner.words.chosen import id_of
from scanner.words.wording import show


def in_machines(vms: VmsTable, switches: Sequence[SwitchTable]) -> Iterator[Mistake]:
    """Entries of ``[vms]`` that say nothing or take each other back, and switches that are called alike."""
    only = {_meant(entry) for entry in vms.only}
    for name, entries in (("only", vms.only), ("except", vms.except_)):
        for place, entry in enumerate(entries, 1):
            key = f"vms.{name}[{place}]"
            if not entry.strip():
                yield Mistake(key, f"{show(entry)} names no virtual machine")
            elif entry != entry.strip():
                yield Mistake(key, f'{show(entry)} has blanks at its ends; did you mean "{entry.strip()}"?')
            elif name == "except" and not entry.strip("*"):
                yield Mistake(key, f"{show(entry)} leaves out every virtual machine, so that nothing could be judged")
            elif name == "except" and _meant(entry) in only:
                yield Mistake(key, f"{show(entry)} stands in only, too; leave it out of one of them")
    for place, row in enumerate(switches, 1):
        key = f"switch[{place}].to"
        if not row.from_.strip() or not row.to.strip():
            yield Mistake(key, "from and to are the names of virtual switches, and one of them is blank")
        elif row.from_.casefold() == row.to.casefold():
            yield Mistake(key, f"{show(row.to)} is what the source calls it, too; a row is for names that differ")


def _meant(entry: str) -> str:
    return id_of(entry) or entry.casefold()
