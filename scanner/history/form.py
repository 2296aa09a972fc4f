"""The form of the history: its tables. ``migrations`` makes them, and older ones into these; a test compares both.

What repeats is written once: a text, a subject, the identity of a finding. Of a run stands there only what it changed:
a state begins with the run that has it first and ends with the first that has another. A run that is nobody's
predecessor has states of its own, which begin and end with it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from scanner.history.columns import Instant, Told

VERSION_TABLE = "hv_preflight_form"
"""Where the form's version stands: not under alembic's own name, which another program may have taken."""

FORM = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _number(name: str, to: str = "", *, null: bool = False, primary: bool = False) -> Column[Any]:
    links = [ForeignKey(to)] if to else []
    return Column(name, Integer, *links, nullable=null, primary_key=primary, autoincrement=False)


def _told(name: str) -> Column[Any]:
    return Column(name, Told, nullable=False)


def _instant(name: str, *, null: bool = False) -> Column[Any]:
    return Column(name, Instant, nullable=null)


def _states(name: str, of: str, *columns: Column[Any]) -> Table:
    """What one kind of thing was, from which run on, and until which."""
    return Table(
        name, FORM,
        _number("what", f"{of}.id", primary=True),
        _number("begun", primary=True),
        _number("ended", null=True),
        _instant("since"),
        *columns,
        sqlite_with_rowid=False,
    )  # fmt: skip


def _life() -> tuple[Column[Any], ...]:
    return _instant("first_seen", null=True), _instant("last_seen", null=True), _number("turned")


estates = Table(
    "estates", FORM,
    _number("id", primary=True),
    Column("name", String(200), nullable=False, unique=True),
)  # fmt: skip
runs = Table(
    "runs", FORM,
    _number("number", primary=True),
    _number("estate", "estates.id"),
    _instant("started"),
    _instant("finished"),
    Column("verdict", String(40), nullable=False),
    _number("exit_code"),
    _told("counts"),
    Column("digest", String(64), nullable=False),
    _told("version"),
    _told("runner"),
    Column("chosen", Boolean, nullable=False),
    Column("interrupted", Boolean, nullable=False),
    Column("judged", Boolean, nullable=False),
    _instant("until", null=True),
    Index(None, "estate"),
)  # fmt: skip
records = Table(
    "records", FORM,
    _number("number", "runs.number", primary=True),
    _number("octets"),
    Column("data", LargeBinary, nullable=False),
)  # fmt: skip
texts = Table(
    "texts", FORM,
    _number("id", primary=True),
    Column("digest", LargeBinary(16), nullable=False, unique=True),
    _told("text"),
)  # fmt: skip
subjects = Table(
    "subjects", FORM,
    _number("id", primary=True),
    _number("estate", "estates.id"),
    Column("digest", LargeBinary(16), nullable=False),
    _told("kind"),
    _told("key"),
    _told("names"),
    UniqueConstraint("estate", "digest"),
)  # fmt: skip
cases = Table(
    "cases", FORM,
    _number("id", primary=True),
    _number("subject", "subjects.id"),
    Column("check_id", String(200), nullable=False),
    Column("profile", String(40), nullable=False),
    *_life(),
    UniqueConstraint("subject", "check_id", "profile"),
)  # fmt: skip
case_states = _states(  # its texts bind no text: each one deleted would be looked for in all of them
    "case_states", "cases",
    Column("status", String(20), nullable=False),
    _number("severity"),
    _number("title"),
    _number("name"),
    _number("seen"),
    _number("waived"),
    _number("profiles"),
)  # fmt: skip
routes = Table(
    "routes", FORM,
    _number("id", primary=True),
    _number("estate", "estates.id"),
    Column("source", String(300), nullable=False),
    Column("destination", String(300), nullable=False),
    Column("profile", String(40), nullable=False),
    *_life(),
    UniqueConstraint("estate", "source", "destination", "profile"),
)  # fmt: skip
route_states = _states(
    "route_states", "routes",
    Column("verdict", String(40), nullable=False),
    Column("storage", Boolean, nullable=False),
    Column("machines", Boolean, nullable=False),
)  # fmt: skip
waivers = Table(
    "waivers", FORM,
    _number("id", primary=True),
    _number("estate", "estates.id"),
    Column("digest", LargeBinary(16), nullable=False),
    _told("check_id"),
    _told("subject"),
    _told("reason"),
    _told("owner"),
    Column("until", Date, nullable=False),
    _told("ticket"),
    Column("accept_unknown", Boolean, nullable=False),
    *_life(),
    UniqueConstraint("estate", "digest"),
)  # fmt: skip
waiver_states = _states("waiver_states", "waivers", Column("state", String(20), nullable=False))
