"""Makes a history's form that of this version, once, and takes none of a later one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from scanner.history.engines import reader, writer
from scanner.history.form import VERSION_TABLE

FORMS = ("0001",)
"""Those that there were, the one of this version last."""
HEAD = FORMS[-1]
MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "its form is of a newer hv-preflight: run that version, or name another history"
STRANGE = "it holds tables of another program: name a database of its own"


class FormError(Exception):
    """It is no form that is known here; the text says why."""


def shape(engine: Engine) -> None:
    """Make the history's form that of this version; of two that come at once, one does, and the other waits for it."""
    with reader(engine) as link:
        if _version(link) == HEAD:
            return
    with writer(engine) as link:
        if _version(link) != HEAD:
            _upgrade(link)


def _version(link: Connection) -> str:
    """The form's version; empty where there is no form yet.

    Raises:
        FormError: it is none that is known here.
    """
    there = set(inspect(link).get_table_names())
    if VERSION_TABLE not in there:
        if there:
            raise FormError(STRANGE)
        return ""
    found = [str(row[0]) for row in link.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))]  # noqa: S608
    version = found[0] if found else ""
    if version and version not in FORMS:
        raise FormError(NEWER)
    return version


def _upgrade(link: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["link"] = link
    command.upgrade(config, "head")
