"""Alembic migrations: numbered, readable, one head."""
