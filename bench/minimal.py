"""The honest minimum on the same stack: Flask-Login, Flask-WTF, Flask-SQLAlchemy over SQLite, one template.

A list of 20 of 100,000 rows, and a form post that writes the same rows as an entry of the diary does: the entry, its revision, the
audit line with its details, the figures of the year and of the week. No roles, no look, no words: the floor to hold pages against.
"""

import hashlib
import json
import os
import secrets
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, redirect, render_template, request
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import DictLoader
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

ROWS, MEMBERS = 100_000, 100


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
login = LoginManager()


class User(UserMixin, db.Model):  # type: ignore[misc,name-defined]
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Entry(db.Model):  # type: ignore[misc,name-defined]
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int]
    happened_on: Mapped[date]
    did: Mapped[str]
    result: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="waiting")
    __table_args__ = (db.Index("of_user", "user_id", "happened_on", "id"),)


class Revision(db.Model):  # type: ignore[misc,name-defined]
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    body: Mapped[str]


class AuditLine(db.Model):  # type: ignore[misc,name-defined]
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int]
    action: Mapped[str]
    details_hash: Mapped[str]


class AuditDetail(db.Model):  # type: ignore[misc,name-defined]
    id: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[str]
    body: Mapped[str]


class Year(db.Model):  # type: ignore[misc,name-defined]
    user_id: Mapped[int] = mapped_column(primary_key=True)
    entries: Mapped[int] = mapped_column(default=0)


class Week(db.Model):  # type: ignore[misc,name-defined]
    user_id: Mapped[int] = mapped_column(primary_key=True)
    monday: Mapped[date] = mapped_column(primary_key=True)
    entries: Mapped[int] = mapped_column(default=0)


class EntryForm(FlaskForm):  # type: ignore[misc]
    happened_on = DateField("Day", [InputRequired()])
    did = TextAreaField("Deed", [InputRequired(), Length(max=5000)])
    result = StringField("Result", [Length(max=200)])


PAGE = """<!doctype html><html lang="vi"><title>Entries</title><h1>Entries</h1>
<form method="post" action="/new">{{ form.hidden_tag() }}{{ form.happened_on }}{{ form.did }}{{ form.result }}<button>Save</button></form>
<ul>
{% for entry in entries %}
<li><a href="/{{ entry.id }}">{{ entry.happened_on }}</a> {{ entry.did }} {{ entry.result }} {{ entry.state }}</li>
{% endfor %}
</ul>"""


@event.listens_for(Engine, "connect")
def _open(connection: Any, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


@login.user_loader  # type: ignore[untyped-decorator,unused-ignore]
def _load(user_id: str) -> User | None:
    return db.session.get(User, int(user_id))


def create_app() -> Flask:
    """The minimal app on the database that BENCH_DATABASE names, filled when it is empty."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"entries.html": PAGE})
    app.config.update(SECRET_KEY="bench", SQLALCHEMY_DATABASE_URI="sqlite:///" + os.environ["BENCH_DATABASE"], WTF_CSRF_TIME_LIMIT=None)
    db.init_app(app)
    login.init_app(app)
    CSRFProtect(app)

    @app.get("/enter")
    def enter() -> Any:
        login_user(db.session.get(User, 1))
        return redirect("/")

    @app.get("/")
    @login_required
    def entries() -> Any:
        query = select(Entry).where(Entry.user_id == current_user.id).order_by(Entry.happened_on.desc(), Entry.id.desc()).limit(20)
        return render_template("entries.html", entries=db.session.scalars(query).all(), form=EntryForm())

    @app.post("/new")
    @login_required
    def new() -> Any:
        form = EntryForm()
        if not form.validate():
            return str(form.errors), 400
        _write(form)
        return redirect("/", 303)

    if not Path(os.environ["BENCH_DATABASE"]).exists():
        with app.app_context():
            _fill()
    return app


def _write(form: EntryForm) -> None:
    entry = Entry(user_id=current_user.id, happened_on=form.happened_on.data, did=form.did.data, result=form.result.data)
    db.session.add(entry)
    db.session.flush()
    details, salt = json.dumps({"address": request.remote_addr}), secrets.token_hex(16)
    digest = hashlib.sha256((salt + details).encode()).hexdigest()
    db.session.add(Revision(entry_id=entry.id, body=json.dumps({"did": entry.did, "result": entry.result})))
    db.session.add(AuditLine(at=datetime.now(UTC), user_id=current_user.id, action="new", details_hash=digest))
    db.session.add(AuditDetail(salt=salt, body=details))
    year = db.session.get(Year, current_user.id) or Year(user_id=current_user.id, entries=0)
    monday = entry.happened_on - timedelta(days=entry.happened_on.weekday())
    week = db.session.get(Week, (current_user.id, monday)) or Week(user_id=current_user.id, monday=monday, entries=0)
    db.session.add_all([year, week])
    year.entries += 1
    week.entries += 1
    db.session.commit()


def _fill() -> None:
    db.create_all()
    first = date(2026, 1, 1)
    db.session.execute(db.insert(User), [{"id": n, "name": f"Member {n}"} for n in range(1, MEMBERS + 1)])
    did = "Ở lại giúp bác Sáu điền hồ sơ khám bệnh, đọc lại từng mục cho bác nghe rồi đưa bác sang phòng thu phí."
    rows = (
        {"user_id": n % MEMBERS + 1, "happened_on": first + timedelta(days=n % 300), "did": did, "result": "1 hồ sơ", "state": "waiting"}
        for n in range(ROWS)
    )
    db.session.execute(db.insert(Entry), list(rows))
    db.session.commit()


app = create_app() if "BENCH_DATABASE" in os.environ else None
