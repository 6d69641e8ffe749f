"""Nothing of one branch reaches those it is not meant for: every address, search, count, export and paper, tried by each of the cast.

Made from the table of routes: a new address is tried without a line here, unless it has a part or a question nobody has told of yet;
then the test says so. What may be read is decided by tests/leaks/oracle.py.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask import Flask

from diary.files.storage import Storage
from diary.files.uploads import Uploads
from diary.models.base import db
from tests import factories, subjects
from tests.conftest import _restore
from tests.leaks import oracle, planting
from tests.leaks.addresses import (
    FIELDS,
    FOREIGN,
    NO_NUMBER,
    NO_UUID,
    PLAIN,
    QUESTIONS,
    Noting,
    NotingRequest,
    asked_in_the_source,
    filled,
    id_parts,
    nowhere,
    rules,
    things,
)  # fmt: skip
from tests.leaks.answers import Someone, leaked, long_words, same, told

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.VIETNAM)
PEOPLE = [*oracle.STANDING, "owner of A"]
# Where the shares of a base's other branches stand beside one's own, as the rules of year-end want it: figures, nobody's name.
SISTER_FIGURES = {"/xep-loai"}
# Where naming another branch is what the page is for.
ASKING_ANOTHER_UNIT = {"/doan-vien/<int:member_id>/chuyen", "/doan-vien/chuyen"}


@pytest.fixture(scope="module")
def hall(base_app: Flask, engine_url: str) -> Iterator[SimpleNamespace]:
    """Three branches planted one after the other, the pages of all kept before and after each, and a browser for everyone."""
    with base_app.app_context():
        db.engine.dispose()
    _restore(engine_url)
    plain, base_app.request_class = base_app.request_class, NotingRequest
    with time_machine.travel(NOW, tick=False):
        yield _planted(base_app)
    base_app.request_class = plain


def _planted(app: Flask) -> SimpleNamespace:
    with app.app_context():
        cast = factories.read_cast()
    folder = Path(app.config["DIARY_INSTANCE"])
    people = {name: Someone(app, name) for name in oracle.STANDING}
    elsewhere = {letter: {name: people[name] for name, ways in oracle.STANDING.items() if letter not in ways} for letter in "ABC"}
    places = (  # the branch, its secretary, and the unit that its planted transfer asks
        ("A", "BV-NOI", "secretary", "BV-DUOC"),
        ("B", "BV-NGOAI", "other_secretary", "BV-DUOC"),
        ("C", "KB", "lone_secretary", "KHOI"),
    )
    worlds, seen = [], {}
    for letter, code, officer, asked in places:
        before = _snapshot(app, elsewhere[letter])
        with app.app_context():
            who = getattr(cast, officer)
            world = planting.plant(letter, cast.units[code], who, Storage(folder / "files"), cast.units[asked])
        words = world.mark("uploads", "name", {})
        upload = Uploads(folder / "uploads").keep(who.account_id, f"{words}.csv", f"Họ và tên\n{words}\n".encode(), NOW)
        world.rows["uploads"] = [{"id": upload}]
        worlds.append(world)
        seen[letter] = before, _snapshot(app, elsewhere[letter])
    people["owner of A"] = Someone(app, worlds[0].owner)
    return SimpleNamespace(app=app, cast=cast, people=people, worlds=worlds, seen=seen, empty={})


def _snapshot(app: Flask, people: dict[str | None, Someone]) -> dict[tuple[str | None, str], str]:
    """Every page without an id in its address, as each of the people sees it."""
    paths = [filled(rule, {}) for rule in rules(app, "GET") if not id_parts(rule)]
    return {(name, path): same(person.get(path)) for name, person in people.items() for path in paths}


def test_every_column_of_words_is_planted_and_has_its_readers(hall):
    assert planting.wordless(hall.worlds) == []
    told = {name.split(".")[0] for name in oracle.SEERS}
    assert {mark.table for world in hall.worlds for mark in world.marks.values()} - told == set()


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_no_address_says_a_word_of_what_one_may_not_read(hall, person):
    someone, found = hall.people[person], []
    for rule in rules(hall.app, "GET"):
        for world in hall.worlds if id_parts(rule) else ():
            for ids, rows in things(rule, world):
                path = filled(rule, ids)
                answer = someone.get(path)
                found += leaked(hall, person, answer, path)
                hidden = "code" not in ids and not _knows(someone, rows, world)
                if hidden and same(answer, path) != _unknown(hall, someone, rule):
                    found.append(f"{path} ({_what(rows)}) tells that something is there")
    assert not found, told(found)


def _knows(someone: Someone, rows: list[tuple[str, dict[str, Any]]], world: planting.World) -> bool:
    return all(oracle.may_know(someone.name, table, row, world) for table, row in rows)


def _what(rows: list[tuple[str, dict[str, Any]]]) -> str:
    table, row = rows[0]
    return f"{table} {oracle.entry_of(row).get('state', '')}"


def _unknown(hall: SimpleNamespace, someone: Someone, rule: str, fields: dict[str, Any] | None = None) -> str:
    key = (someone.name, rule, bool(fields))
    if key not in hall.empty:
        path = nowhere(rule)
        hall.empty[key] = same(someone.post(path, fields) if fields else someone.get(path), path)
    return hall.empty[key]


def test_every_question_an_address_takes_is_known_here():
    unknown = asked_in_the_source() - set(QUESTIONS) - set(PLAIN)
    assert unknown == set(), "say in QUESTIONS or PLAIN what they are asked with"


def questions(hall: SimpleNamespace, someone: Someone, path: str) -> set[str]:
    """What the page at this address asks of its questions, when this person opens it."""
    Noting.asked = set()
    someone.get(path)
    unknown = Noting.asked - {*QUESTIONS, *PLAIN}
    assert not unknown, f"say in QUESTIONS or PLAIN what {path} is asked with: {unknown}"
    return Noting.asked


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_no_question_finds_what_one_may_not_read(hall, person):
    someone, found = hall.people[person], []
    for rule in rules(hall.app, "GET"):
        if id_parts(rule):
            continue
        path = filled(rule, {})
        for name in sorted(questions(hall, someone, path)):
            for value in PLAIN.get(name, ()):
                found += leaked(hall, person, someone.get(f"{path}?{name}={value}"), f"{path}?{name}={value}")
            for world in hall.worlds if name in QUESTIONS else ():
                found += _asked(hall, person, path, name, world)
    assert not found, told(found)


def _asked(hall: SimpleNamespace, person: str | None, path: str, name: str, world: planting.World) -> Iterator[str]:
    someone = hall.people[person]
    for value in map(str, QUESTIONS[name](world)):
        address = f"{path}?{name}={value}"
        answer = someone.get(address)
        yield from leaked(hall, person, answer, address)
        if not oracle.standing(someone.name, world):
            other = {"q": "qzw", "xong": f"entry:{NO_UUID}", "lo": f"entry:{NO_UUID}", "con": f"entry:{NO_UUID}", "ten": "khong.ai"}.get(
                name, NO_UUID if "-" in value else NO_NUMBER
            )
            if same(answer, f"{name}={value}", *long_words(value)) != _nothing(hall, someone, f"{path}?{name}=", other):
                yield f"{address} answers otherwise than {name}={other}"


def _nothing(hall: SimpleNamespace, someone: Someone, asked: str, other: str) -> str:
    """The answer to a question that names nothing there is."""
    key = (someone.name, asked, other)
    if key not in hall.empty:
        hall.empty[key] = same(someone.get(asked + other), f"{asked.split('?')[1]}{other}", *long_words(other))
    return hall.empty[key]


@pytest.mark.parametrize("person", oracle.STANDING, ids=str)
def test_no_count_moves_when_something_is_added_elsewhere(hall, person):
    found = []
    for letter, (before, after) in hall.seen.items():
        figures = SISTER_FIGURES if letter in "AB" else set()
        found += [
            f"{path} after {letter}"
            for who, path in before
            if who == person and path not in figures and before[who, path] != after[who, path]
        ]
    assert not found, told(found)


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_a_post_at_what_one_may_not_know_changes_nothing_and_answers_as_nowhere(hall, person):
    someone, found = hall.people[person], []
    with hall.app.app_context():
        before = planting.dump()
    for rule in rules(hall.app, "POST"):
        for world in hall.worlds if id_parts(rule) and "code" not in id_parts(rule) else ():
            for ids, rows in things(rule, world, most=3):
                if _knows(someone, rows, world):
                    continue
                path = filled(rule, ids)
                if same(someone.post(path, FIELDS), path) != _unknown(hall, someone, rule, FIELDS):
                    found.append(f"POST {path} ({_what(rows)})")
    with hall.app.app_context():
        after = planting.dump()
    assert not found, told(found)
    assert [name for name in after if after[name] != before[name]] == []


@pytest.mark.parametrize("person", ["member", "secretary", "base_secretary"])
def test_no_form_of_one_s_own_takes_in_what_belongs_elsewhere(hall, person):
    someone, world, unknown = hall.people[person], hall.worlds[2], set()
    with hall.app.app_context():
        before = planting.mentions(world)
    for rule in sorted(set(rules(hall.app, "POST")) - ASKING_ANOTHER_UNIT - {"/dang-xuat"}):
        with hall.app.app_context():
            path = subjects.address(rule, hall.cast)
        Noting.asked = set()
        someone.post(path, FIELDS)
        named = Noting.asked - {"csrf_token"}
        unknown |= {name for name in named if name.endswith(("_id", "-vi", "_to")) and name not in FOREIGN}
        someone.post(path, {name: str(FOREIGN[name](world)) if name in FOREIGN else FIELDS.get(name, "1") for name in named})
    with hall.app.app_context():
        after = planting.mentions(world)
    assert unknown == set(), "say in FOREIGN what they are sent with"
    assert {name: set(after[name]) ^ set(before[name]) for name in after if after[name] != before[name]} == {}
