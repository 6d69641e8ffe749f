"""Fields nobody asked for: a form sent with more than it has changes nothing more."""

import re
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from diary.models.base import Base, db
from tests import factories, subjects
from tests.conftest import _restore
from tests.leaks.addresses import FIELDS, Noting, NotingRequest, rules
from tests.leaks.answers import Someone

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.VIETNAM)
pytestmark = pytest.mark.sqlite  # what is tried here never reaches the database's engine
PEOPLE = ["member", "secretary", "bloc_secretary", "administrator"]
MORE = {
    "account_id": "1", "admin": "1", "answer": "x", "closed_at": "2026-01-01", "code_hash": "x", "decided_level": "outstanding",
    "happened_on": "2020-01-01", "id": "01890000-0000-7000-8000-000000000001", "is_demo": "1", "locked_at": "", "member_id": "1",
    "party_member": "1", "password_hash": "x", "path": "1.", "post": "administrator", "proposed_by": "1", "review_unit_id": "1",
    "reviewed_at": "2026-01-01", "role": "administrator", "sent_at": "2026-01-01", "sha256": "0" * 64, "standing": "left",
    "state": "approved",
    "symbol": "X", "unit_id": "1", "username": "administrator", "version": "99", "vote_level": "outstanding", "written_at": "2020-01-01",
    "year": "2025",
}  # fmt: skip


@pytest.fixture
def noting(app):
    plain, app.request_class = app.request_class, NotingRequest
    yield app
    app.request_class = plain


def all_posts(app: Flask, person: str, *, more: bool) -> list[str]:
    """Every post of the program, one after the other, as the person would send it; every row afterwards, fresh ids and hashes aside."""
    with app.app_context():
        cast = factories.read_cast()
    someone = Someone(app, person)
    for rule in sorted(set(rules(app, "POST")) - {"/dang-xuat", "/dang-nhap", "/kich-hoat", "/quen-mat-khau"}):
        with app.app_context():
            path = subjects.address(rule, cast)
            fields = FIELDS | subjects.fields(rule, cast)
        if more:
            Noting.asked = set()
            someone.post(path, {})  # asks for the fields the form has
            fields = {name: value for name, value in MORE.items() if name not in Noting.asked} | fields
        else:
            someone.post(path, {})
        someone.post(path, fields)
    return rows(app)


def rows(app: Flask) -> list[str]:
    fresh = re.compile(r"UUID\('[^']*'\)|'[0-9a-f]{64}'|[0-9a-f-]{36}|'[0-9A-Za-z_-]{32,}'|'\$argon2[^']*'|code='\w{8}'")
    with app.app_context():
        found = {table.name: db.session.execute(select(table)).mappings().all() for table in Base.metadata.sorted_tables}
    return sorted(f"{name} {fresh.sub('*', repr(dict(row)))}" for name, all_rows in found.items() for row in all_rows)


@pytest.mark.parametrize("person", PEOPLE)
def test_a_form_changes_only_what_it_asks_for(noting, engine_url, person):
    with time_machine.travel(NOW, tick=False):
        start = rows(noting)
        plain = all_posts(noting, person, more=False)
        with noting.app_context():
            db.engine.dispose()
        _restore(engine_url)
        with_more = all_posts(noting, person, more=True)
    assert len(set(plain) - set(start)) > 10, "nothing happened at all"
    assert set(with_more) ^ set(plain) == set()
