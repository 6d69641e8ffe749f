"""One's own diary narrowed and searched: what answers, what is said of it, and that it is one's own and never the private note."""

import html
import re
from datetime import date, datetime, timedelta

import pytest

from diary.domain.entries import EntryState, Field
from diary.domain.evidence import EvidenceKind
from diary.models.base import db
from diary.models.entries import Evidence, PrivateNote
from diary.models.units import Virtue
from tests import factories
from tests.web.entries.filling import made
from tests.web.reading import words

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.VIETNAM)


def listed(page):
    """The first words of each entry on the page, in their order."""
    return [words(found) for found in re.findall(r'<p class="voice"><a[^>]*>(.*?)</a>', page, re.S)]


@pytest.fixture
def diary(app, cast):
    """Five entries that differ in what they can be narrowed by; the pledge two of them serve."""
    with app.app_context():
        pledge = factories.pledge(cast.member, factories.PledgeState.APPROVED, title="Giúp bà con").id
        virtue = db.session.execute(db.select(Virtue.id).where(Virtue.name == "Kiệm", Virtue.year == 2026)).scalars().first()
    made(app, cast.member, did="một", happened_on=date(2026, 3, 2), pledge_id=pledge)
    made(app, cast.member, EntryState.APPROVED, did="hai", happened_on=date(2026, 5, 9), pledge_id=pledge, field=Field.WORK)
    made(app, cast.member, EntryState.LOCKED, did="ba", happened_on=date(2026, 5, 31), virtue_id=virtue)
    made(app, cast.member, EntryState.DRAFT, did="bốn", happened_on=date(2026, 7, 1))
    photo = made(app, cast.member, EntryState.APPROVED, did="năm", happened_on=date(2026, 9, 1), evidence_count=1)
    facts = {"media_type": "image/jpeg", "name": "a.jpg", "sha256": "a" * 64, "size": 9, "added_at": NOW}
    with app.app_context():
        db.session.add(Evidence(entry_id=photo, kind=EvidenceKind.PHOTO, **facts))
        db.session.commit()
    return pledge


CASES = [
    ("tu=2026-05-09&den=31/5/2026", ["ba", "hai"], "Từ 09/05/2026 đến 31/05/2026"),
    ("tu=2026-07-01", ["năm", "bốn"], "Từ 01/07/2026"),
    ("den=2026-03-02", ["một"], "Đến 02/03/2026"),
    ("dang-ky={pledge}", ["hai", "một"], "Giúp bà con"),
    ("dang-ky=phat-sinh&tu=2026-05-01", ["năm", "bốn", "ba"], "Việc phát sinh"),
    ("chuan-muc=Ki%E1%BB%87m", ["ba"], "Chuẩn mực Kiệm"),
    ("linh-vuc=cong-viec", ["hai"], "Với công việc"),
    ("trang-thai=nhap&loc=1", ["bốn"], "Nháp"),
    ("anh=1", ["năm"], "Có ảnh"),
    ("anh=1&linh-vuc=cong-viec", [], "Với công việc"),
    ("nam=2026&thang=5&anh=0&loc=1", ["ba", "hai"], "Từ 01/05/2026 đến 31/05/2026"),
]


@pytest.mark.parametrize(("query", "wanted", "said"), CASES, ids=[query for query, *_ in CASES])
def test_the_diary_is_narrowed_and_says_by_what(browser, diary, query, wanted, said):
    page = browser("member").get(f"/nhat-ky?{query.format(pledge=diary)}").text
    assert listed(page) == wanted and said in words(page) and ">Bỏ lọc</a>" in page


def test_each_condition_is_taken_away_by_itself_and_words_outlive_all(browser, diary):
    page = browser("member").get("/nhat-ky?q=a&anh=1&linh-vuc=cong-viec").text
    links = [html.unescape(link) for link in re.findall(r'<li><a class="btn btn-(?:quiet|text)" href="([^"]+)"', page)]
    assert links == ["/nhat-ky?q=a&anh=1", "/nhat-ky?q=a&linh-vuc=cong-viec", "/nhat-ky?q=a"]


def test_another_s_pledge_finds_nothing_and_is_not_named(app, cast, browser):
    with app.app_context():
        theirs = factories.pledge(cast.member2, factories.PledgeState.APPROVED, title="Việc của người khác")
        factories.entry(cast.member2, pledge_id=theirs.id)
    page = browser("member").get(f"/nhat-ky?dang-ky={theirs.id}").text
    assert listed(page) == [] and "Việc của người khác" not in page


@pytest.mark.parametrize(
    "query", ["tu=x&den=99/99/9999", "dang-ky=x", "linh-vuc=x", "chuan-muc=%00", "anh=x", "tu=2026-12-31&den=2026-01-01"]
)
def test_conditions_that_make_no_sense_are_left_out(browser, diary, query):
    assert browser("member").get(f"/nhat-ky?{query}&loc=1").status_code == 200


def test_what_is_found_stands_with_the_very_marks_first_and_is_marked(app, cast, browser):
    for days, did in enumerate(("Đó là việc nhỏ", "Làm vệ sinh", "Nốt la", "Quét lá sân")):
        made(app, cast.member, did=did, happened_on=date(2026, 11, 20) - timedelta(days=days))
    page = browser("member").get("/nhat-ky?q=l%C3%A1").text
    assert listed(page) == ["Quét lá sân", "Đó là việc nhỏ", "Nốt la"] and "3 bài có “lá”" in words(page)
    assert "Quét <mark>lá</mark> sân" in page


def test_a_word_found_beside_the_deed_is_shown_where_it_stands(app, cast, browser):
    entry_id = made(app, cast.member, did="Dọn kho", lesson="Lần sau làm sớm hơn", result="6", result_unit="tủ")
    with app.app_context():
        db.session.get_one(factories.Entry, entry_id).search = "don kho 6 tu lan sau lam som hon"
        db.session.commit()
    page = browser("member").get("/nhat-ky?q=s%E1%BB%9Bm+tu").text
    assert "Lần sau làm <mark>sớm</mark> hơn" in page and "6 <mark>tủ</mark>" in page


def test_the_private_note_is_found_by_nobody_not_even_its_author(app, cast, browser):
    entry_id = made(app, cast.member)
    with app.app_context():
        db.session.add(PrivateNote(entry_id=entry_id, words="bí ẩn"))
        db.session.commit()
    assert "Không có bài nào" in browser("member").get("/nhat-ky?q=b%C3%AD+%E1%BA%A9n").text


def test_pages_of_what_was_found_follow_one_another(app, cast, browser):
    for n in range(23):
        made(app, cast.member, did=f"Quét lá {n}" if n % 2 else f"Đó là {n}", happened_on=date(2026, 10, 1) + timedelta(days=n))
    first, second = (browser("member").get(f"/nhat-ky?q=l%C3%A1&trang={n}").text for n in (1, 2))
    found = listed(first) + listed(second)
    assert [len(listed(page)) for page in (first, second)] == [20, 3] and len(set(found)) == 23
    assert all("lá" in one for one in found[:11]) and all("là" in one for one in found[11:])
