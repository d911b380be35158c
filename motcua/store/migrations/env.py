"""Run the migrations on the connection that `motcua.store.migrate` hands over, inside its transaction."""

from alembic import context

from motcua.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False
)
context.run_migrations()
