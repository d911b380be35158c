"""Alembic's scripts: how one schema becomes the next."""
