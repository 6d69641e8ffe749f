"""The audit log is only ever added to, whoever asks: the database itself refuses the rest."""

from dataclasses import replace
from importlib import import_module

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from diary.models.audit import AuditBlock, AuditDetail, AuditLine
from diary.models.base import db, table_of
from diary.services import audit, clock
from tests import factories


@pytest.fixture
def line(session, actor):
    """A line with its details; its id."""
    audit.record(replace(actor("secretary"), address="203.0.113.7"), "unit_edit", "unit", 1, 1, ["name"])
    session.commit()
    return session.execute(select(AuditLine.id)).scalar_one()


def refused(statement, values=None):
    with pytest.raises(DBAPIError, match="only ever added to"):
        db.session.execute(statement, values or {})
    db.session.rollback()


def block(number=1):
    facts = {"line_count": 1, "previous_hash": "0" * 64, "hash": "1" * 64, "sealed_at": clock.now()}
    db.session.execute(insert(AuditBlock), [{"number": number, **facts}])


def test_a_line_cannot_be_deleted(line):
    refused(delete(AuditLine))


CHANGES = {
    "at": "2020-01-01 00:00:00", "account_id": None, "action": "other", "subject": "other", "subject_id": "2", "unit_id": None,
    "owner_id": 1, "fields": '["other"]', "details_hash": "other",
}  # fmt: skip


def test_no_column_of_a_line_but_its_block_is_left_to_be_changed():
    assert set(CHANGES) | {"id", "block"} == {column.name for column in table_of(AuditLine).columns}


@pytest.mark.parametrize("column", CHANGES)
def test_no_field_of_a_line_can_be_changed(line, column):
    refused(text(f"UPDATE audit_lines SET {column} = :value"), {"value": CHANGES[column]})


def test_a_field_cannot_be_changed_while_the_line_is_sealed(line, session):
    block()
    session.commit()
    refused(update(AuditLine).values(block=1, action="other"))


def test_a_line_is_sealed_once_and_never_unsealed_or_sealed_anew(line, session):
    block(1)
    block(2)
    session.execute(update(AuditLine).values(block=1))
    session.commit()
    for number in (None, 2, 1):
        refused(update(AuditLine).values(block=number))


def test_a_block_can_be_neither_deleted_nor_changed(session):
    block()
    session.commit()
    refused(delete(AuditBlock))
    refused(update(AuditBlock).values(hash="2" * 64))


def test_personal_details_can_be_erased_but_not_changed(line, session):
    refused(update(AuditDetail).values(body={"address": "198.51.100.1"}))
    session.execute(delete(AuditDetail))
    session.commit()
    assert session.execute(select(func.count()).select_from(AuditLine)).scalar_one() == 1


@pytest.mark.sqlite
def test_a_line_cannot_be_replaced_by_another_of_its_id(line, session):
    same = "SELECT id, at, account_id, 'other', subject, subject_id, unit_id, fields, details_hash, block, owner_id FROM audit_lines"
    columns = "id, at, account_id, action, subject, subject_id, unit_id, fields, details_hash, block, owner_id"
    refused(text(f"INSERT OR REPLACE INTO audit_lines ({columns}) {same}"))


def test_the_tables_cannot_be_emptied_at_once(line, session):
    if session.connection().dialect.name == "postgresql":
        refused(text("TRUNCATE audit_lines CASCADE"))
        refused(text("TRUNCATE audit_blocks CASCADE"))


def test_readings_noted_before_lines_named_an_owner_are_given_theirs(session, cast):
    step = import_module("diary.migrations.versions.0002_people")
    entry, engine = factories.entry(cast.member), db.engine.dialect.name
    audit.record(None, "entry_read", "entry", entry.id)
    audit.record(None, "entry_send", "entry", entry.id)
    session.commit()
    for statement in (*step.lowered(engine), step.OWNERS[engine], *step.raised(engine)):
        session.execute(text(statement))
    session.commit()
    found = session.execute(select(AuditLine.action, AuditLine.owner_id).order_by(AuditLine.action)).all()
    assert found == [("entry_read", cast.member.member_id), ("entry_send", None)]
    refused(delete(AuditLine))
