"""Where alembic begins: with the connection that it is given, in the transaction that is open there."""

from __future__ import annotations

from alembic import context

from scanner.history.form import FORM, VERSION_TABLE

context.configure(
    connection=context.config.attributes["link"],
    target_metadata=FORM,
    version_table=VERSION_TABLE,
    compare_server_default=True,
    include_name=lambda name, kind, _parents: kind != "table" or name in FORM.tables,
)
with context.begin_transaction():
    context.run_migrations()
