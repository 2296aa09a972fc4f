"""history: the runs that are kept, what became of a finding or a route, and pages about all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.commands import history_asked as asked
from scanner.commands import history_json, history_lines, options
from scanner.commands.console import UsageError, columns, say, tell, terminal
from scanner.commands.files import NotWritten, writable, write
from scanner.commands.handles import is_standard_output, output
from scanner.commands.history_lines import Told
from scanner.commands.history_options import Asked, Made, Where
from scanner.words.exits import INCOMPLETE, INTERNAL, READY
from scanner.words.telling import joined
from scanner.words.telling import tell as phrase
from scanner.words.wording import show

if TYPE_CHECKING:
    from scanner.history.place import Place
    from scanner.history.reading import Link

RUNS, LIVES, PAGES = 20, 20, 100
"""So many are shown where nobody says how many."""


def history(what: Asked, *, place: Where = None, made: Made, plugins: options.Plugins) -> int:
    """Show the runs that audits kept, what became of a finding or a route, or write pages about all of it."""
    if wrong := what.wrong(made):
        raise UsageError(joined("\n", wrong))
    threshold = options.severity(made.fail_on)
    from scanner.history.opening import HistoryError, NoHistory
    from scanner.history.place import PlaceError, place_of

    try:
        found = place_of(place)
        if made.site is None:
            return _shown(what, found, made.limit, made.json)
        from scanner.commands.history_kept import Kept
        from scanner.commands.history_site import write_site

        most, offer = made.limit or PAGES, plugins.load()
        return write_site(Kept(found), made.site, offer, threshold, limit=most, reports=made.reports)
    except (PlaceError, NoHistory) as error:
        raise UsageError(str(error)) from None
    except HistoryError as error:
        tell(str(error))
        return INCOMPLETE


def _shown(what: Asked, place: Place, limit: int | None, json: Path | None) -> int:
    file = output(json) if json else None
    writable([file] if file else [], [place.file] if place.file else [])
    from scanner.history.reading import reading

    with reading(place) as link:
        text, document = _told(link, what, place, limit)
    aside = file is not None and is_standard_output(file)
    (tell if aside else say)(text())
    try:
        if file:
            write(file, document())
    except NotWritten as error:
        tell(str(error))
        return INTERNAL
    return READY


Answer = tuple[Callable[[], str], Callable[[], str]]
"""What is asked for, for people and for programs; put into words once the history is closed."""


def _told(link: Link, what: Asked, place: Place, limit: int | None) -> Answer:
    from scanner.history import reading

    names = reading.estates(link)
    if not names:
        raise UsageError(phrase("the history {place} holds no run yet: hv-preflight audit adds one", place=place))
    estate = _estate(what.estate, names, place)
    if not estate:
        if what.finding or what.route:
            raise UsageError(
                phrase("the history has several estates: name one, as in --estate {names}", names=show(names[0]))
            )
        lasts = [(name, next(iter(reading.runs(link, name, 1)), None)) for name in names]
        return partial(history_lines.of_estates, lasts, columns()), partial(history_json.of_estates, names)
    if what.finding or what.route:
        return _lives(link, what, estate, limit or LIVES)
    from scanner.commands.history_rows import rows_of

    rows = rows_of(link, estate, limit or RUNS)
    return partial(history_lines.of_runs, estate, rows, terminal()[0]), partial(history_json.of_runs, estate, rows)


def _estate(word: str, names: tuple[str, ...], place: Place) -> str:
    """The estate that is meant: the one that is named, else that of ./estate.toml, else the only one; or none.

    Raises:
        UsageError: one is named, and not there.
    """
    from scanner.history.naming import name_of

    file = Path(word or options.ESTATE)
    if word not in names and file.is_file() and (name := name_of(file, place)) in names:
        return name
    if word:
        return asked.estate_of(word, names)
    return "" if names[1:] else names[0]


def _lives(link: Link, what: Asked, estate: str, most: int) -> Answer:
    from scanner.history import reading
    from scanner.history.waived import waived_of

    found: list[Told] = []
    if what.route:
        meant = asked.routes_of(what.route, reading.routes_known(link, estate), estate)
        for route in meant[:most]:
            life = reading.life_of_route(link, estate, route.source, route.destination, route.profile)
            found += [Told(life=life, route=route)] if life else []
    else:
        known = reading.known(link, estate)
        check = asked.check_of(what.check, (one.check for one in known), estate)
        meant = asked.findings_of(check, what.about, known, estate)
        for one in meant[:most]:
            life = reading.life_of_finding(link, estate, one.key)
            found += [Told(life=life, now=one, waived=waived_of(link, estate, one.key))] if life else []
    text = partial(history_lines.of_lives, found, len(meant) - len(found), columns())
    return text, partial(history_json.of_lives, estate, found)
