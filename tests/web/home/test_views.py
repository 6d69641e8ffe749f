"""The first page of the day."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from diary.domain.entries import EntryState
from diary.domain.pledges import PledgeState
from diary.domain.years import Activity
from diary.models.accounts import Appointment
from diary.models.base import db
from diary.models.counts import MemberWeek
from diary.models.jobs import Duty
from diary.models.years import Window
from diary.services import clock, notices
from tests import factories
from tests.counting import counted
from tests.web.entries.filling import fill, kept
from tests.web.reading import heading, token, words

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def before_the_year_s_end(app):
    """No self-assessment is due yet."""
    with app.app_context():
        db.session.execute(delete(Window).where(Window.activity == Activity.SELF_ASSESSMENT))
        db.session.commit()


def todo(page):
    """The titles of what waits."""
    found = re.search(r'<ul class="todo">(.*?)</ul>', page, re.S)
    return re.findall(r"<b>(.*?)</b>", found[1]) if found else []


def test_the_first_page_writes_first(app, cast, browser):
    page = browser("member").get("/")
    assert heading(page.text) == "Hôm nay" and "Thứ Hai, 23/11/2026" in words(page.text)
    for shown in ("Việc đã làm", "Nội dung đăng ký", "Gửi bí thư", "Tuần này không có việc", "Nhịp ghi chép"):
        assert shown in page.text
    assert 'value="2026-11-23"' in page.text


def test_who_has_no_approved_pledge_is_led_to_registering_one(app, cast, browser):
    assert 'href="/dang-ky">Xem Nội dung đăng ký</a>' in browser("member").get("/").text
    with app.app_context():
        factories.pledge(cast.member, PledgeState.APPROVED)
    assert "Xem Nội dung đăng ký" not in browser("member").get("/").text


def test_a_quick_entry_is_sent_from_the_first_page(app, browser):
    assert fill(browser("member"), "/", "/nhat-ky/moi").status_code == 303
    assert kept(app)[0].state is EntryState.WAITING


def test_a_refused_quick_entry_keeps_its_text_in_the_full_form(browser):
    page = fill(browser("member"), "/", "/nhat-ky/moi", happened_on="2026-12-24")
    assert page.status_code == 200 and heading(page.text) == "Ghi nhật ký" and "Rạch Sậy" in page.text and "chưa tới" in page.text


def test_nothing_waiting_is_said_kindly(browser):
    page = browser("new_member").get("/").text
    assert todo(page) == [] and "Không có gì đang chờ" in page


def test_what_was_returned_comes_with_the_reviewer_s_words(app, cast, browser):
    with app.app_context():
        said = "Thiếu kết quả cụ thể\nGiúp được mấy hộ?"
        entry = factories.entry(cast.member, EntryState.RETURNED, happened_on=date(2026, 11, 19), review_words=said).id
        pledge = factories.pledge(cast.member, PledgeState.RETURNED, title="Học tốt", review_words="Ghi rõ con số.").id
    page = browser("member").get("/").text
    assert set(todo(page)) == {"Cần bổ sung: việc ngày 19/11", "Cần sửa: Học tốt"}
    assert "“Giúp được mấy hộ?”" in page and "“Ghi rõ con số.”" in page
    assert f'href="/nhat-ky/{entry}"' in page and f'href="/dang-ky/{pledge}"' in page


def test_drafts_are_remembered_after_three_days(app, cast, browser):
    with app.app_context():
        old = factories.entry(cast.member, EntryState.DRAFT, written_at=clock.now() - timedelta(days=7), happened_on=date(2026, 11, 16)).id
        factories.entry(cast.member, EntryState.DRAFT)
    page = browser("member").get("/").text
    assert todo(page) == ["1 bài nháp chưa gửi"] and "Việc ngày 16/11, để 7 ngày rồi" in page and f"/nhat-ky/{old}/sua" in page
    with app.app_context():
        factories.entry(cast.member, EntryState.DRAFT, written_at=clock.now() - timedelta(days=4))
    page = browser("member").get("/").text
    assert todo(page) == ["2 bài nháp chưa gửi"] and "/nhat-ky?trang-thai=nhap" in page


def test_an_officer_sees_how_much_waits_for_review(app, cast, browser):
    assert todo(browser("secretary").get("/").text) == []
    with app.app_context():
        factories.entry(cast.member)
        factories.pledge(cast.member2)
    assert todo(browser("secretary").get("/").text) == ["2 mục chờ duyệt"]
    assert todo(browser("member2").get("/").text) == []


def test_unread_notices_are_counted(app, cast, browser):
    with app.app_context():
        notices.tell_member(cast.member.member_id, "Bài đã được duyệt.")
        db.session.commit()
    assert todo(browser("member").get("/").text) == ["1 thông báo chưa đọc"]


def test_the_rhythm_shows_weeks_kept_out_of_weeks_due(app, cast, browser):
    with app.app_context():
        db.session.add(MemberWeek(member_id=cast.member.member_id, monday=date(2026, 11, 16), entries=2))
        db.session.commit()
    assert "1/47 tuần" in words(browser("member").get("/").text)


def test_each_week_with_entries_leads_to_them_by_its_square_and_in_words(app, cast, browser):
    with app.app_context():
        db.session.add(MemberWeek(member_id=cast.member.member_id, monday=date(2026, 11, 16), entries=2))
        db.session.commit()
    page = browser("member").get("/").text
    assert page.count('href="/nhat-ky?tu=2026-11-16&amp;den=2026-11-22"') == 2 and page.count('href="/nhat-ky?tu=') == 2
    assert "16/11–22/11: 2 bài" in words(page) and "Giữ nhịp 1 trên 47 tuần" in words(page)


def test_the_year_is_offered_to_be_looked_back_at_when_it_ends(browser):
    assert 'href="/nhat-ky/nhin-lai?nam=2026"' in browser("member").get("/").text


def test_the_word_that_there_is_nothing_to_do_may_be_taken_back_here(browser):
    client = browser("member")
    client.post("/nhat-ky/tuan-khong-co-viec", data={"csrf_token": token(client, "/")})
    page = client.get("/").text
    assert "Hoàn tác" in page and "1/48 tuần" in words(page)
    client.post("/nhat-ky/tuan-khong-co-viec", data={"csrf_token": token(client, "/"), "hoan-tac": "1"})
    assert ">Tuần này không có việc<" in client.get("/").text


def test_this_day_a_year_ago_is_read_again(app, cast, browser):
    assert "Ngày này năm trước" not in browser("member").get("/").text
    with app.app_context():
        bloc = db.session.get_one(factories.Unit, cast.units["KHOI"])
        factories.work_year(2025, bloc)
        old = factories.entry(cast.member, EntryState.APPROVED, happened_on=date(2025, 11, 23), did="Giúp bác Sen làm giấy khai sinh.").id
    page = browser("member").get("/").text
    assert "Ngày này năm trước" in page and "Giúp bác Sen" in page and f'href="/nhat-ky/{old}"' in page


def test_who_is_no_member_sees_what_waits_and_no_diary(browser):
    page = browser("administrator").get("/")
    assert page.status_code == 200 and heading(page.text) == "Hôm nay"
    assert "Việc đã làm" not in page.text and "Nhịp ghi chép" not in page.text


def test_the_first_page_asks_at_most_seven_statements_of_its_own(app, cast, browser):
    with app.app_context():
        for state in (PledgeState.APPROVED, PledgeState.RETURNED):
            factories.pledge(cast.member, state)
        for n in range(30):
            factories.entry(cast.member, EntryState.RETURNED if n % 2 else EntryState.DRAFT, written_at=clock.now() - timedelta(days=9))
    client = browser("member")
    with counted(app) as frame:
        client.get("/danh-muc")
    with counted(app) as sent:
        client.get("/")
    assert len(sent) - len(frame) <= 7


def test_someone_new_in_a_post_of_a_branch_is_led_to_reminding_until_they_have(app, cast, browser):
    first = "Việc đầu tiên của bí thư: nhắc chi đoàn"
    client = browser("secretary")
    assert first not in todo(client.get("/").text), "in the post for years"
    with app.app_context():
        of_hers = Appointment.account_id == cast.secretary.account_id
        db.session.execute(update(Appointment).where(of_hers).values(from_day=TODAY - timedelta(days=3)))
        db.session.commit()
    page = client.get("/").text
    assert todo(page)[0] == first and f"/chi-doan?don-vi={cast.secretary.unit_id}" in page
    assert first not in todo(browser("deputy").get("/").text) + todo(browser("member").get("/").text)
    client.post("/chi-doan/nhac", data={"member_id": cast.member.member_id, "csrf_token": token(client, "/ca-nhan")})
    assert first not in todo(client.get("/").text)


def test_who_answers_for_the_machine_sees_that_nothing_is_done_in_the_background(app, browser):
    with app.app_context():
        long_ago = clock.now() - timedelta(days=2)
        db.session.add(Duty(name="remind", due_at=long_ago, ran_at=long_ago))
        db.session.commit()
    assert "Việc nền không được làm" in words(browser("administrator").get("/").text)
    assert "Việc nền" not in words(browser("secretary").get("/").text)
