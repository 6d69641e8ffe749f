"""Who read my diary: every way another's words or photos are shown leaves a line, and its owner alone sees it."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.entries import EntryState
from diary.models.accounts import Account, Appointment
from diary.models.audit import AuditLine
from diary.models.base import db, new_id
from diary.queries.readings import LINES_A_PAGE
from diary.services import audit, readings, second_looks
from tests import factories, subjects, year_end
from tests.counting import counted
from tests.web.reading import heading, token, words

PATH = "/ca-nhan/ai-da-doc"


@pytest.fixture
def entry(app, cast):
    """The id of an entry of `member` that waits."""
    with app.app_context():
        return factories.entry(cast.member, happened_on=date(2026, 11, 3)).id


def shown(browser, name="member", path=PATH):
    answer = browser(name).get(path)
    assert answer.status_code == 200
    return words(answer.text.split("<main")[1].split("</main>")[0])


def ways(app):
    with app.app_context():
        query = select(AuditLine.account_id, AuditLine.fields).where(AuditLine.action == "entry_read").order_by(AuditLine.id)
        return [(account_id, fields[0]) for account_id, fields in db.session.execute(query)]


def test_before_anyone_read_it_the_page_says_what_will_stand_there(browser):
    page = browser("member").get(PATH).text
    assert heading(page) == "Ai đã đọc nhật ký của tôi" and "Chưa ai đọc nhật ký của bạn" in page


def test_who_read_with_which_post_when_and_what_is_shown_by_day(browser, entry, time):
    browser("secretary").get(f"/nhat-ky/{entry}")
    time.shift(timedelta(days=1))
    browser("deputy").get("/duyet")
    said = shown(browser)
    assert "Thứ Ba, 24/11/2026 Phan Thị Mỹ Duyên Phó Bí thư, Chi đoàn Khối Nội 09:00 – xem trong Chờ duyệt: việc ngày 03/11/2026" in said
    assert "Thứ Hai, 23/11/2026 Lâm Thanh Sang Bí thư, Chi đoàn Khối Nội 09:00 – mở bài: việc ngày 03/11/2026" in said
    assert f'href="/nhat-ky/{entry}"' in browser("member").get(PATH).text
    assert said.index("Phan Thị") < said.index("Lâm Thanh")


def test_the_post_is_the_one_held_that_day(app, browser, cast, entry, time):
    browser("secretary").get(f"/nhat-ky/{entry}")
    time.shift(timedelta(days=40))
    with app.app_context():
        row = db.session.execute(select(Appointment).where(Appointment.account_id == cast.secretary.account_id)).scalar_one()
        row.to_day = date(2026, 12, 1)
        factories.appoint(db.session.get_one(Account, cast.secretary.account_id), db.session.merge(unit_of(cast)), Post.COMMITTEE_MEMBER,
                          from_day=date(2026, 12, 2))  # fmt: skip
        db.session.commit()
    assert "Lâm Thanh Sang Bí thư, Chi đoàn Khối Nội" in shown(browser)


def unit_of(cast):
    from diary.models.units import Unit

    return db.session.get_one(Unit, cast.member.unit_id)


def test_nobody_sees_who_read_another_s_diary(browser, entry):
    browser("secretary").get(f"/nhat-ky/{entry}")
    for name in ("member2", "secretary", "base_secretary", "inspector"):
        assert "Chưa ai đọc" in shown(browser, name)
    assert browser("administrator").get(PATH).status_code == 403


def test_a_line_of_another_s_page_leads_nowhere_on_mine(app, browser, entry, cast):
    browser("secretary").get(f"/nhat-ky/{entry}")
    with app.app_context():
        line = db.session.execute(select(AuditLine.id).where(AuditLine.owner_id == cast.member.member_id)).scalar_one()
    assert "Lâm Thanh" not in shown(browser, "member2", f"{PATH}?truoc={line}")
    assert browser("member").get(f"{PATH}?truoc=x").status_code == 200


def test_an_entry_that_is_gone_is_said_to_be(app, browser, entry, cast):
    browser("secretary").get(f"/nhat-ky/{entry}")
    with app.app_context():
        audit.record_all(
            None, "entry_read", [audit.About("entry", "01890000-0000-7000-8000-000000000000", None, ["page"], cast.member.member_id)]
        )
        db.session.commit()
    assert "Người vận hành máy chủ 09:00 – mở bài: bài nay không còn" in shown(browser)


# Every way in


def test_the_entry_s_page_the_queue_a_refused_addition_and_files_leave_lines(app, browser, cast, entry):
    client = browser("secretary")
    client.get(f"/nhat-ky/{entry}")
    client.get("/duyet")
    assert ways(app) == [(cast.secretary.account_id, "page")]
    form = {"csrf_token": token(client, "/ca-nhan")}
    with app.app_context():
        other = factories.entry(cast.member, EntryState.APPROVED).id
    assert client.post(f"/nhat-ky/{other}/bo-sung", data=form).status_code == 200
    assert ways(app)[1:] == [(cast.secretary.account_id, "page")]


def test_a_photo_or_its_thumbnail_fetched_by_itself_leaves_a_line(app, browser, cast):
    with app.app_context():
        evidence = subjects.address("/minh-chung/<uuid:evidence_id>", cast)
    for _ in range(2):
        browser("member").get(evidence).close()
        browser("secretary").get(f"{evidence}/nho").close()
    assert ways(app) == [(cast.secretary.account_id, "thumbnail")]
    for _ in range(2):
        browser("secretary").get(evidence).close()
    assert ways(app)[1:] == [(cast.secretary.account_id, "file")]


def test_words_added_late_show_the_entry_they_are_added_to(app, browser, cast):
    with app.app_context():
        subjects.address("/duyet/bo-sung/<uuid:subject_id>", cast)
    browser("secretary").get("/duyet")
    assert ways(app) == [(cast.secretary.account_id, "queue")]


@pytest.fixture
def chosen(app, cast):
    """The evaluation of `member`, who chose an entry to stand for the year; its id."""
    with app.app_context():
        best = factories.entry(cast.member, EntryState.APPROVED)
        year_end.self_assess("member", best=[best.id])
        for name in ("member2", "secretary", "deputy", "new_member"):
            year_end.self_assess(name)
        meeting = year_end.open_meeting("secretary")
        year_end.attend("secretary", meeting)
        return str(year_end.one("member").id)


def test_chosen_entries_on_the_hall_s_projector_and_on_a_person_s_page_leave_lines(app, browser, cast, chosen):
    browser("secretary").get(f"/xep-loai/hop?nguoi={chosen}")
    assert ways(app) == [(cast.secretary.account_id, "meeting")]
    browser("deputy").get(f"/xep-loai/phieu/{chosen}")
    assert ways(app)[1:] == [(cast.deputy.account_id, "sheet")]
    for name in ("base_secretary", "bloc_secretary", "inspector", "member"):
        assert browser(name).get(f"/xep-loai/phieu/{chosen}").status_code == 200
    assert len(ways(app)) == 2  # they are shown the sheet, and none of the entries


def test_entries_shown_for_a_second_look_leave_lines(app, browser, cast):
    with app.app_context():
        year_end.meet("secretary")
        year_end.propose("secretary")
        year_end.pass_on("base_secretary", cast.member.unit_id)
        year_end.decide("bloc_secretary", cast.member.unit_id)
        factories.entry(cast.member, EntryState.APPROVED)
        look = second_looks.ask(factories.actor("member"), year_end.one("member").id, new_id(), "Xin xem lại.")
    assert browser("bloc_secretary").get(f"/xet-duyet/phuc-tra/{look}").status_code == 200
    assert ways(app) == [(cast.bloc_secretary.account_id, "second_look")]


def test_a_book_printed_by_the_operator_is_shown(app, browser, cast):
    with app.app_context():
        readings.note_books(None, 2026, [(cast.member.member_id, cast.member.unit_id)])
    assert "Người vận hành máy chủ 09:00 – in sổ nhật ký năm 2026" in shown(browser)


# The list


def test_the_list_pages_back_with_the_same_number_of_queries(app, browser, cast, entry):
    with app.app_context():
        about = [audit.About("entry", entry, cast.member.unit_id, ["page"], cast.member.member_id)] * (LINES_A_PAGE + 5)
        audit.record_all(factories.actor("secretary"), "entry_read", about)
        db.session.commit()
    client = browser("member")
    with counted(app) as first:
        page = client.get(PATH).text
    older = page.split('rel="next" href="')[1].split('"')[0]
    with counted(app) as second:
        rest = client.get(older).text
    assert (page.count("<li>09:"), rest.count("<li>09:")) == (LINES_A_PAGE, 5) and len(first) == len(second)
    assert "Cũ hơn" not in rest and "Về mới nhất" in rest


def test_it_can_be_reached_from_one_s_own_page_and_from_the_diary(browser):
    for path in ("/ca-nhan", "/nhat-ky"):
        assert f'href="{PATH}"' in browser("member").get(path).text
    assert f'href="{PATH}"' not in browser("administrator").get("/ca-nhan").text


# What else could show words


READERS = {  # what reads the words or files of entries, and who notes it
    "queries/entries/day.py": "the author's own day",
    "queries/entries/last.py": "the author's own last entry",
    "queries/entries/history.py": "web/entries/views.py: the page of an entry",
    "queries/entries/page.py": "web/entries/views.py and evidence.py",
    "queries/entries/timeline.py": "the author's own diary",
    "queries/evaluations/own.py": "web/ratings/hall.py and views.py: the entries chosen to stand for a year",
    "queries/grounds.py": "web/grounds/views.py: what a figure of the year counts",
    "queries/health.py": "the names of files alone",
    "queries/hints.py": "web/entries/hints.py: two alike entries side by side; a colleague's words are compared and never shown",
    "queries/looking_back.py": "the author's own year",
    "queries/own_data/diary.py": "the author's own data",
    "queries/reviews/cards.py": "web/reviews/views.py: the queue",
    "queries/second_looks.py": "web/second_looks/views.py",
    "queries/stored_files.py": "the names of files alone",
    "queries/year_books/deeds.py": "web/documents and cli/documents.py: books, by services/documents.py and exports.py",
}
WORDS = re.compile(r"Entry\.did|EntryRevision\b|EntryAddition\.words|Evidence\.sha256|Evidence\.thumbnail_sha256")


def test_whatever_reads_the_words_of_entries_is_known_here_with_who_notes_it():
    root = Path(__file__).parents[3] / "diary"
    found = {str(path.relative_to(root)) for path in (root / "queries").rglob("*.py") if WORDS.search(path.read_text("utf-8"))}
    assert found == set(READERS), "let it call services/readings.py:note_readings where it shows another's, and name it here"
