"""Run by Alembic itself, never imported: applies the migrations on the connection of ``schema.upgrade``."""

from alembic import context

from bot.migrations.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=list(METADATA),
    render_as_batch=True,
    compare_type=True,
    # `schema.upgrade` has begun the transaction; on SQLite, too, all or nothing is applied.
    transactional_ddl=True,
)
context.run_migrations()
