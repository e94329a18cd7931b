"""Alembic's scripts: each takes the tables one step on. They run when the storage opens."""
