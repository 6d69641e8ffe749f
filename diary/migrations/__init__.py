"""Bringing a database to the newest tables. Stands outside the floors: commands call it, nothing here decides."""

import flask_migrate


def upgrade() -> None:
    """Bring the application's database to the newest tables; does nothing where they are."""
    flask_migrate.upgrade()
