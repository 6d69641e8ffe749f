"""Searches take what is typed as words: no wildcard, no quote, no piece of a statement means anything else."""

import pytest

from diary.models.base import db
from diary.models.members import Member
from diary.models.units import Unit
from tests import factories
from tests.leaks.addresses import Noting, NotingRequest, filled, id_parts, rules
from tests.web.reading import words

ODD = ["%", "_", "\\", "'", '"', "%%%", "\\%", "a%b", "' OR '1'='1", "'; DROP TABLE members; --", "\x00", "(", "[", "*", "?", "＿", "%' --",
       "1 OR 1=1", "\ud7ff", "😀", "x" * 5000]  # fmt: skip


@pytest.fixture
def searches(app, browser):
    """The addresses without an id that ask for ?q=, and someone who may open each."""
    plain, app.request_class = app.request_class, NotingRequest
    found = []
    for person in ("member", "secretary", "bloc_secretary", "administrator"):
        client = browser(person)
        for path in (filled(rule, {}) for rule in rules(app, "GET") if not id_parts(rule)):
            Noting.asked = set()
            answer = client.get(path)
            answer.close()
            if answer.status_code == 200 and "q" in Noting.asked:
                found.append((person, path))
    app.request_class = plain
    return found


def test_no_search_fails_on_anything_typed(browser, searches):
    assert {"/nhat-ky", "/doan-vien", "/to-chuc", "/quan-tri"} <= {path for _, path in searches}
    for person, path in searches:
        client = browser(person)
        for odd in ODD:
            assert client.get(path, query_string={"q": odd}).status_code == 200, (path, odd)


def named(app, cast, family, given):
    with app.app_context():
        factories.member(family, given, db.session.get_one(Unit, cast.member.unit_id))
        db.session.commit()


@pytest.mark.parametrize("mark", ["%", "_", "\\"])
def test_a_wildcard_finds_itself_and_nothing_else(app, browser, cast, mark):
    client = browser("secretary")

    def found(typed):
        page = words(client.get("/doan-vien", query_string={"q": typed}).text)
        return [name for name in (f"Trần {mark} Mẫu", "Võ Quốc Huy") if name in page]

    named(app, cast, f"Trần {mark}", "Mẫu")
    assert found(mark) == [f"Trần {mark} Mẫu"]
    assert found("Huy") == ["Võ Quốc Huy"]
    assert found(f"H{mark}y") == found(f"{mark}uy") == []


@pytest.mark.parametrize("mark", ["%", "_", "\\"])
def test_a_wildcard_in_the_diary_finds_itself_and_nothing_else(app, browser, cast, mark):
    with app.app_context():
        factories.entry(cast.member, did=f"Giảm {mark} giấy in.")
        factories.entry(cast.member, did="Trực thay bạn.")
    client = browser("member")
    page = words(client.get("/nhat-ky", query_string={"q": mark}).text)
    assert f"Giảm {mark} giấy in." in page and "Trực thay" not in page
    assert "Trực thay" not in words(client.get("/nhat-ky", query_string={"q": f"Tr{mark}c"}).text)


@pytest.mark.parametrize("mark", ["%", "_"])
def test_a_wildcard_among_units_and_accounts_finds_nothing_else(browser, mark):
    page = words(browser("bloc_secretary").get("/to-chuc", query_string={"q": mark}).text)
    assert "Chi đoàn Khối Ngoại" not in page
    page = words(browser("administrator").get("/quan-tri", query_string={"q": mark}).text)
    assert "other_secretary" not in page.replace("q=_", "") and "Hồ Gia Bảo" not in page


def test_text_that_reads_as_a_statement_changes_nothing(app, browser, cast, searches):
    for person, path in searches:
        browser(person).get(path, query_string={"q": "'; DELETE FROM members; --"})
    with app.app_context():
        assert db.session.query(Member).count() >= len(factories.CAST)
