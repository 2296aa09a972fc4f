"""The first form."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def number(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A number that is given by who writes."""
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=null)


def told(*names: str) -> list[sa.Column[Any]]:
    """Texts."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    """An instant."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def short(name: str, length: int) -> sa.Column[Any]:
    """A text of no more than so many characters."""
    return sa.Column(name, sa.String(length), nullable=False)


def flags(*names: str) -> list[sa.Column[Any]]:
    """What is or is not."""
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def digest() -> sa.Column[Any]:
    """What tells a row from others."""
    return sa.Column("digest", sa.LargeBinary(16), nullable=False)


def things(name: str, own: str, *columns: sa.Column[Any], of: str, unique: list[str]) -> None:
    """What lives over several runs."""
    life = [instant("first_seen", null=True), instant("last_seen", null=True), number("turned")]
    op.create_table(
        name,
        number("id"),
        number(own),
        *columns,
        *life,
        sa.ForeignKeyConstraint([own], [f"{of}.id"], name=f"fk_{name}_{own}"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}"),
    )


def states(name: str, of: str, *columns: sa.Column[Any]) -> None:
    """What it was, from which run on and until which."""
    op.create_table(
        name,
        number("what"),
        number("begun"),
        number("ended", null=True),
        instant("since"),
        *columns,
        sa.ForeignKeyConstraint(["what"], [f"{of}.id"], name=f"fk_{name}_what"),
        sa.PrimaryKeyConstraint("what", "begun", name=f"pk_{name}"),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    """Make it where there is nothing."""
    op.create_table(
        "estates",
        number("id"),
        short("name", 200),
        sa.PrimaryKeyConstraint("id", name="pk_estates"),
        sa.UniqueConstraint("name", name="uq_estates_name"),
    )
    op.create_table(
        "texts",
        number("id"),
        digest(),
        *told("text"),
        sa.PrimaryKeyConstraint("id", name="pk_texts"),
        sa.UniqueConstraint("digest", name="uq_texts_digest"),
    )
    op.create_table(
        "subjects",
        number("id"),
        number("estate"),
        digest(),
        *told("kind", "key", "names"),
        sa.ForeignKeyConstraint(["estate"], ["estates.id"], name="fk_subjects_estate"),
        sa.PrimaryKeyConstraint("id", name="pk_subjects"),
        sa.UniqueConstraint("estate", "digest", name="uq_subjects_estate_digest"),
    )
    _runs()
    _things()


def _runs() -> None:
    op.create_table(
        "runs",
        number("number"),
        number("estate"),
        instant("started"),
        instant("finished"),
        short("verdict", 40),
        number("exit_code"),
        *told("counts"),
        short("digest", 64),
        *told("version", "runner"),
        *flags("chosen", "interrupted", "judged"),
        instant("until", null=True),
        sa.ForeignKeyConstraint(["estate"], ["estates.id"], name="fk_runs_estate"),
        sa.PrimaryKeyConstraint("number", name="pk_runs"),
    )
    op.create_index("ix_runs_estate", "runs", ["estate"])
    op.create_table(
        "records",
        number("number"),
        number("octets"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["runs.number"], name="fk_records_number"),
        sa.PrimaryKeyConstraint("number", name="pk_records"),
    )


def _things() -> None:
    case = [short("check_id", 200), short("profile", 40)]
    things("cases", "subject", *case, of="subjects", unique=["subject", "check_id", "profile"])
    texts = [number(name) for name in ("title", "name", "seen", "waived", "profiles")]
    states("case_states", "cases", short("status", 20), number("severity"), *texts)
    route = [short("source", 300), short("destination", 300), short("profile", 40)]
    things("routes", "estate", *route, of="estates", unique=["estate", "source", "destination", "profile"])
    states("route_states", "routes", short("verdict", 40), *flags("storage", "machines"))
    waiver = [*told("check_id", "subject", "reason", "owner"), sa.Column("until", sa.Date(), nullable=False)]
    more = [*told("ticket"), *flags("accept_unknown")]
    things("waivers", "estate", digest(), *waiver, *more, of="estates", unique=["estate", "digest"])
    states("waiver_states", "waivers", short("state", 20))
