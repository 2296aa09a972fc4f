"""Lays out hosts and networks: hosts in rows, networks in columns, and a mark where a host is in a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reports import kinds_of_word
from reports.drawing import SIZE, Box, Drawn, Path, Shape, Text, badge, css_of, fit
from scanner.api import pictures, tell

SIDE, COLUMN, ROW, HEAD, EDGE = 190, 150, 34, 52, 10
COLUMNS = 6
"""So many networks are drawn."""
TRUSTED = {
    pictures.Trust.TRUSTED: ("pass", ""),
    pictures.Trust.UNTRUSTED: ("fail", "missing"),
    pictures.Trust.UNTOLD: ("unjudged", "unknown"),
}
"""How the line of a network is drawn."""
SIGNS = {True: "M", False: "a", None: "?"}
"""Takes migrations there, has an address there, not known."""


def sign(place: pictures.Place) -> str:
    """The letter of a host in a network."""
    return SIGNS[place.takes] if place.addresses else "L"


def grid(
    networks: Sequence[tuple[str, pictures.Trust]],
    hosts: Sequence[pictures.NetworkHost],
    named: Callable[[str], str],
    titled: Callable[[pictures.NetworkHost, pictures.Place], str],
) -> tuple[list[Drawn], int, int]:
    """What is drawn, how wide and how high."""
    columns = {network: EDGE + SIDE + COLUMN * place + 24 for place, (network, _) in enumerate(networks)}
    height = HEAD + ROW * len(hosts) + EDGE
    drawn = [_column(network, trust, columns[network], height) for network, trust in networks]
    for row, host in enumerate(hosts):
        y = HEAD + ROW * row
        drawn.append(_host(host, y, named(host.name)))
        known = [place for place in host.places if place.network in columns]
        drawn += (_place(place, columns[place.network], y + 13, titled(host, place)) for place in known)
        if not host.places:
            blank = Box(EDGE + SIDE + 4, y, COLUMN - 8, ROW - 8, "unknown")
            text = Text(EDGE + SIDE + 12, y + 17, fit(tell("? networks not known"), COLUMN + EDGE), "said")
            drawn.append(
                Drawn(
                    tell("{named}: its networks are not known", named=named(host.name)),
                    "box unknown",
                    [blank, text],
                )
            )
    return drawn, EDGE * 2 + SIDE + COLUMN * max(1, len(networks)), height


def _column(network: str, trust: pictures.Trust, x: int, height: int) -> Drawn:
    css, dash = TRUSTED[trust]
    told = kinds_of_word.trust(trust)
    head = Text(x - 12, EDGE + SIZE, fit(network, COLUMN - 12), "name")
    word = Text(x - 12, EDGE + SIZE + 16, fit(told, COLUMN - 12, SIZE - 1), "sub", size=SIZE - 1)
    return Drawn(
        tell("{network}: {trust}", network=network, trust=told),
        f"net {css}",
        [head, word, Path(f"M{x} {HEAD - 8}V{height - 6}", dash)],
    )


def _host(host: pictures.NetworkHost, y: int, name: str) -> Drawn:
    mark = host.mark
    shapes: list[Shape] = [
        Box(EDGE, y, SIDE - 16, ROW - 8, "unknown" if host.unread else ""),
        Text(EDGE + 8, y + 17, fit(name, SIDE - 56), "name"),
        badge(EDGE + SIDE - 30, y + 13, mark.status),
    ]
    return Drawn(name, f"box {css_of(mark.status)}", shapes)


def _place(place: pictures.Place, x: int, y: int, title: str) -> Drawn:
    letter = sign(place)
    ring = {"M": "", "a": "", "?": "unknown", "L": "missing"}[letter]
    dot = Path(f"M{x - 8} {y}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z", ring, filled=letter == "M")
    more = tell(" +{rest}", rest=len(place.addresses) - 1) if len(place.addresses) > 1 else ""
    words = (
        fit(place.addresses[0], COLUMN - 36 - 20 * bool(more), SIZE - 1) + more
        if place.addresses
        else fit(tell("listed only"), COLUMN - 36, SIZE - 1)
    )
    text = Text(x + 13, y + 4, words, "sub", size=SIZE - 1)
    on = "on" if letter == "M" else "off"
    return Drawn(
        title,
        f"place {on}",
        [dot, Text(x, y + 4, letter, f"letter {on}", "middle", SIZE - 2), text],
    )
