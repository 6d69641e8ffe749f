import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from diary import MIGRATIONS, create_app
from diary.models.base import db


def differences():
    with db.engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), db.metadata)


def test_the_migrations_lead_to_the_tables_the_models_name(app):
    with app.app_context():
        assert differences() == []


def test_a_column_the_migrations_lack_is_seen(app):
    with app.app_context():
        unit = db.metadata.tables["units"]
        column = unit.c.symbol
        unit._columns.remove(column)
        try:
            assert [found[0] for found in differences()] == ["remove_column"]
        finally:
            unit.append_column(column, replace_existing=True)


def checks(engine):
    """The check constraints of each table by name: autogenerate never looks at them."""
    inspector = inspect(engine)
    return {table: {found["name"]: found["sqltext"] for found in inspector.get_check_constraints(table)} for table in db.metadata.tables}


def test_the_migrations_check_what_the_models_check(instance, tmp_path):
    other = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'made-from-models.sqlite3'}"})
    migrated = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'migrated.sqlite3'}"})
    with other.app_context():
        db.create_all()
        wanted = checks(db.engine)
        db.engine.dispose()
    with migrated.app_context():
        flask_migrate.upgrade(MIGRATIONS)
        assert checks(db.engine) == wanted
        db.engine.dispose()


def test_every_migration_can_be_taken_back(instance, tmp_path):
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'there-and-back.sqlite3'}"})
    with app.app_context():
        flask_migrate.upgrade(MIGRATIONS)
        flask_migrate.downgrade(MIGRATIONS, "base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        flask_migrate.upgrade(MIGRATIONS)
        db.engine.dispose()


def test_rows_of_before_outlive_the_newer_tables(instance, tmp_path):
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'older.sqlite3'}"})
    unit = "INSERT INTO units VALUES (1, 'khoi', NULL, '1.', 'bloc', 'Khối', 'khoi', '', '', '', 0, 0, NULL, NULL)"
    version = "INSERT INTO unit_versions VALUES (1, 1, '2026-01-01', NULL, 'Khối', 'bloc', NULL)"
    with app.app_context():
        flask_migrate.upgrade(MIGRATIONS, "0001")
        with db.engine.begin() as connection:
            connection.exec_driver_sql(unit)
            connection.exec_driver_sql(version)
        flask_migrate.upgrade(MIGRATIONS)
        flask_migrate.downgrade(MIGRATIONS, "0001")
        with db.engine.connect() as connection:
            counts = [connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in ("units", "unit_versions")]
        assert counts == [1, 1]
        db.engine.dispose()


def test_papers_of_before_outlive_the_newer_kinds_and_those_go_with_them(instance, tmp_path):
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'papers.sqlite3'}"})
    unit = "INSERT INTO units VALUES (1, 'khoi', NULL, '1.', 'bloc', 'Khối', 'khoi', '', '', '', 0, 0, NULL, NULL)"
    account = "INSERT INTO accounts VALUES (1, 'ai', 'Ai', NULL, '', '', NULL, 0, '', 0, NULL)"

    hash_ = "a" * 64

    def add(connection, name, kind, number, replaced_by="NULL"):
        facts = f"'{kind}', 1, NULL, 2026, {number}, '', '', '2026-01-01', 1, '2026-01-01', 'valid', '{hash_}', 0, {replaced_by}, NULL, ''"
        connection.exec_driver_sql(f"INSERT INTO documents VALUES ('{name}', '{name}', {facts})")

    def papers():
        with db.engine.connect() as connection:
            return connection.exec_driver_sql("SELECT id, replaced_by FROM documents ORDER BY id").fetchall()

    with app.app_context():
        flask_migrate.upgrade(MIGRATIONS, "0001")
        with db.engine.begin() as connection:
            connection.exec_driver_sql(unit)
            connection.exec_driver_sql(account)
            add(connection, "b", "proposal_list", 2)
            add(connection, "a", "proposal_list", 1, "'b'")
        flask_migrate.upgrade(MIGRATIONS)
        assert papers() == [("a", "b"), ("b", None)]
        with db.engine.begin() as connection:
            add(connection, "c", "minutes", 1)
        flask_migrate.downgrade(MIGRATIONS, "0001")
        assert papers() == [("a", "b"), ("b", None)]
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            add(connection, "d", "minutes", 1)
        db.engine.dispose()
