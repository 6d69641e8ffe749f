"""Periodic duties: once a period over all workers, and none stops another."""

import threading
from datetime import timedelta

import pytest

from diary.domain.duties import DUTIES, LOOK, TIDY
from diary.jobs import duties
from diary.jobs.duties import WORK, Rounds, Work
from diary.jobs.kinds import Tools
from diary.models.base import db
from diary.models.entries import Entry
from diary.models.jobs import Duty
from diary.services import duties as services
from tests import factories

HOUR = timedelta(hours=1)


@pytest.fixture
def tools(tmp_path):
    return Tools(tmp_path, "", "k")


def row(name):
    db.session.rollback()
    return db.session.get(Duty, name, populate_existing=True)


def test_every_duty_has_its_words_and_its_work():
    assert set(WORK) == set(DUTIES)


def test_a_duty_is_begun_once_a_period(session, time):
    assert [services.begin("x", HOUR) for _ in range(2)] == [True, False]
    time.shift(HOUR - timedelta(seconds=1))
    assert not services.begin("x", HOUR)
    time.shift(timedelta(seconds=1))
    assert services.begin("x", HOUR)


def test_of_several_workers_one_begins_a_duty(app, time):
    began = []

    def try_it():
        with app.app_context():
            began.append(services.begin("x", HOUR))

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(began) == [False, False, False, True]


def test_workers_do_their_duties_and_a_second_worker_does_none_again(session, tools, monkeypatch):
    done = []
    monkeypatch.setitem(WORK, TIDY, Work(lambda tools: done.append(TIDY)))
    for _ in range(2):
        Rounds(tools).do_due()
    assert done == [TIDY]
    assert row(TIDY).went_well_at and row(TIDY).trouble == ""


def test_a_failing_duty_notes_its_trouble_and_stops_no_other(session, tools, monkeypatch, time):
    done = []

    def fail(tools):
        raise RuntimeError("the words of it")

    monkeypatch.setattr(duties, "DUTIES", {"a": DUTIES[TIDY], "b": DUTIES[TIDY]})
    monkeypatch.setattr(duties, "WORK", {"a": Work(fail), "b": Work(done.append)})
    Rounds(tools).do_due()
    assert done == [tools] and row("b").went_well_at
    assert row("a").trouble == "Chương trình gặp lỗi (RuntimeError)." and row("a").went_well_at is None


def test_a_duty_with_nothing_to_do_writes_nothing(session, tools, monkeypatch):
    monkeypatch.setitem(WORK, TIDY, Work(lambda tools: None, wanted=lambda tools: False))
    Rounds(tools).do_due()
    assert row(TIDY) is None


def test_an_idle_worker_asks_the_database_seldom(app, session, tools):
    from tests.counting import counted

    rounds = Rounds(tools)
    rounds.do_due()
    with counted(app) as sent:
        for _ in range(20):
            rounds.do_due()
    assert sent == []


def test_entries_from_before_are_looked_at_until_none_is_left(session, cast, tools):
    factories.entry(cast.member)
    factories.entry(cast.member2)
    assert WORK[LOOK].wanted(tools)
    Rounds(tools).do_due()
    assert not WORK[LOOK].wanted(tools)
    assert {one.hints for one in db.session.query(Entry)} == {"", "like_others"}
