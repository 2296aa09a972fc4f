"""Connections to both kinds of database, and how transactions begin there."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.pool import NullPool

PATIENCE = 30
"""Seconds that one writer waits for another."""
LOCK = 0x68762D70
"""Number of the lock of all that write."""


@lru_cache(4)
def sqlite(file: str) -> Engine:
    """A file; whoever writes there does so alone."""
    url = sqlalchemy.URL.create("sqlite", database=file)
    engine = sqlalchemy.create_engine(url, poolclass=NullPool, connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def begun(connection: Any, _record: object) -> None:  # pyright: ignore[reportUnusedFunction] - SQLAlchemy calls it
        connection.isolation_level = None  # transactions are begun below, and by nobody else

    @event.listens_for(engine, "begin")
    def begin(link: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        for word in ("foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON"):
            link.exec_driver_sql(f"PRAGMA {word}")
        link.exec_driver_sql("BEGIN IMMEDIATE" if link.get_execution_options().get("writes") else "BEGIN")

    return engine


@lru_cache(4)
def postgresql(url: str) -> Engine:
    """A server; none of its answers is waited for without end."""
    waits = {"connect_timeout": 10, "tcp_user_timeout": 1000 * PATIENCE, "keepalives_idle": 10}
    engine = sqlalchemy.create_engine(
        url, poolclass=NullPool, hide_parameters=True, connect_args={**waits, "application_name": "hv-preflight"}
    )

    @event.listens_for(engine, "begin")
    def begin(link: Connection) -> None:  # pyright: ignore[reportUnusedFunction] - SQLAlchemy calls it
        for word, seconds in (("statement", 2), ("lock", 1), ("idle_in_transaction_session", 4)):
            link.exec_driver_sql(f"SET LOCAL {word}_timeout = '{seconds * PATIENCE}s'")

    return engine


@contextmanager
def reader(engine: Engine) -> Generator[Connection]:
    """A transaction that sees one state, whoever writes meanwhile."""
    how = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect() as link:
        yield link.execution_options(**how)


@contextmanager
def writer(engine: Engine) -> Generator[Connection]:
    """A transaction in which nobody else writes."""
    with engine.connect().execution_options(writes=True) as link, link.begin():
        if engine.dialect.name == "postgresql":
            link.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield link
