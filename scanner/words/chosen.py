"""Which virtual machines the user wants judged: ``[vms] only`` and ``except``, held against a machine's id and names.

Entries are the user's, names a machine's own word: a name is matched, and never read as a pattern. So the id decides
first, then the names; of two entries of one kind, ``except`` does.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from scanner.words.estate import Estate
from scanner.words.telling import tell


def left_out(estate: Estate, vm_id: str, names: Iterable[str]) -> str:
    """Why the estate leaves a machine out; empty where it is judged. Of several names each must be left out."""
    if not (estate.vms_only or estate.vms_except):
        return ""
    if _names_id(estate.vms_except, vm_id):
        return tell("[vms] except names its id")
    if _names_id(estate.vms_only, vm_id):
        return ""
    told = tuple(names)
    if told and all(any(fits(entry, name) for entry in estate.vms_except) for name in told):
        return tell("[vms] except names it")
    if estate.vms_only and not any(fits(entry, name) for entry in estate.vms_only for name in told):
        return tell("[vms] only does not name it")
    return ""


def means(entry: str, vm_id: str, names: Iterable[str]) -> bool:
    """Whether an entry names this machine, by its id or by a name."""
    return _names_id((entry,), vm_id) or any(fits(entry, name) for name in names)


def id_of(entry: str) -> str:
    """The machine's id that an entry is, as ids are written here; empty where it is a name."""
    text = entry.strip()
    inner = text[1:-1] if text.startswith("{") and text.endswith("}") else text
    try:
        found = str(uuid.UUID(inner))
    except ValueError:
        return ""
    return found if found == inner.lower() else ""


def _names_id(entries: Iterable[str], vm_id: str) -> bool:
    return bool(vm_id) and any(id_of(entry) == vm_id.lower() for entry in entries)


def fits(entry: str, name: str) -> bool:
    """Whether a name is that of the entry, in which ``*`` stands for any text and ``?`` for one character.

    An id fits no name, whatever a machine is called. It takes as many steps as both are long, multiplied, at most.
    """
    if id_of(entry):
        return False
    want, text = entry.casefold(), name.casefold()
    at = place = start = 0
    star = -1
    while place < len(text):
        if at < len(want) and want[at] == "*":
            star, start, at = at, place, at + 1
        elif at < len(want) and want[at] in ("?", text[place]):
            at, place = at + 1, place + 1
        elif star >= 0:
            start, at = start + 1, star + 1
            place = start
        else:
            return False
    return not want[at:].strip("*")
