"""The planned routes of one host. Estates of many hosts have thousands: who judges each may not look through all."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from scanner.api import Route, View

START, END = attrgetter("source"), attrgetter("destination")
By = dict[str, tuple[Route, ...]]


def routes_from(view: View, source: str) -> tuple[Route, ...]:
    """The planned routes that start on a host, in the estate's order."""
    return view.shared(_by, START).get(source, ())


def routes_to(view: View, destination: str) -> tuple[Route, ...]:
    """The planned routes that end on a host, in the estate's order."""
    return view.shared(_by, END).get(destination, ())


def _by(view: View, end: Callable[[Route], str]) -> By:
    found: dict[str, list[Route]] = {}
    for route in view.estate.routes:
        found.setdefault(end(route), []).append(route)
    return {host: tuple(its) for host, its in found.items()}
