"""Hosts and networks of the report as a picture."""

from __future__ import annotations

from functools import partial

from reports.drawing import Picture
from reports.drawn_grid import COLUMNS, grid
from reports.names import Names
from reports.pictured import HOSTS, WRONG
from reports.text import one_line
from scanner.api import counted, joined, pictures, tell

SAID = tell(
    "Hosts stand in rows, networks in columns. M: the host takes migrations there. a: it "
    "has an address there, and takes none. L: its list names the network, and no address "
    "of its own in it is known. ?: not known."
)
IN_WORDS = {
    True: tell("takes migrations there"),
    False: tell("has an address there alone"),
    None: tell("takes migrations there: not known"),
}


def grid_of(found: pictures.Networks, names: Names) -> tuple[Picture | None, tuple[str, ...]]:
    """The picture, and what it does not show, each a sentence."""
    hosts, notes = found.hosts, list[str]()
    if len(hosts) > HOSTS:
        wrong = [host for host in hosts if host.unread or host.mark.status in WRONG]
        hosts = tuple(wrong[:HOSTS])
        whole = counted(len(found.hosts), "host")
        notes.append(
            tell("The picture shows {count:,} of {whole}, of which something is wrong.", count=len(hosts), whole=whole)
        )
    if not hosts:
        return None, (
            tell("No picture is drawn: there are many hosts, and nothing is wrong with where they take migrations."),
        )
    if len(found.networks) > COLUMNS:
        whole = counted(len(found.networks), "network")
        notes.append(
            tell("The picture has the first {columns} of {whole}; the table has all.", columns=COLUMNS, whole=whole)
        )
    shapes, width, height = grid(found.networks[:COLUMNS], hosts, names.host, partial(titled, names))
    said = joined(" ", (SAID, *notes))
    return Picture("networks", tell("Hosts and their networks"), said, width, height, shapes), tuple(notes)


def titled(names: Names, host: pictures.NetworkHost, place: pictures.Place) -> str:
    """What a mark says: ``hv01 in 10.20.0.0/24: takes migrations there; 10.20.0.11``."""
    told = in_words(place)
    return one_line(tell("{host} in {network}: {told}", host=names.host(host.name), network=place.network, told=told))


def in_words(place: pictures.Place) -> str:
    """How a host is in a network."""
    if not place.addresses:
        return tell("its list names it, and no address of its own in it is known")
    return tell("{in_words}; {addresses}", in_words=IN_WORDS[place.takes], addresses=joined(", ", place.addresses))
