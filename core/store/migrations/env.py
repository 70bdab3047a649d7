"""How Alembic runs here: on the connection it is handed, in batch mode for SQLite."""

from alembic import context

from core.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
