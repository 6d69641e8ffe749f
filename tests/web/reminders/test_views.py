"""The page of how one is reminded: ways, hour of the week, quiet hours."""

from sqlalchemy import update

from diary.models.base import db
from diary.models.members import Member
from diary.models.reminders import ReminderChoice
from tests.web.reading import heading, hidden, token, words

PAGE = "/ca-nhan/nhac-viec"
CHOSEN = {"by_notice": "y", "weekday": "6", "hour": "20", "quiet_from": "22", "quiet_to": "6"}


def save(client, **fields):
    page = client.get(PAGE).text
    return client.post(PAGE, data={"csrf_token": token(client, PAGE), "version": hidden(page, "version"), **CHOSEN, **fields})


def kept(app, person):
    with app.app_context():
        return db.session.get(ReminderChoice, person.account_id)


def test_the_usual_way_stands_there_until_one_chooses_and_nothing_is_kept(app, browser, cast):
    page = browser("member").get(PAGE).text
    assert heading(page) == "Nhắc việc" and "16 giờ Thứ Sáu, ngày 27/11/2026" in words(page)
    assert "chưa gửi thư" in words(page) and kept(app, cast.member) is None


def test_what_is_chosen_is_kept_and_shown_and_says_when_the_next_reminder_comes(app, browser, cast):
    client = browser("member")
    assert save(client).status_code == 303
    row = kept(app, cast.member)
    assert (row.by_notice, row.by_mail, row.by_push, row.weekday, row.hour, row.quiet_from, row.quiet_to) == (
        True, False, False, 6, 20, 22, 6,
    )  # fmt: skip
    assert "20 giờ Chủ nhật, ngày 29/11/2026" in words(client.get(PAGE).text)
    assert save(client, by_notice="").status_code == 303 and "Bạn đã tắt mọi cách nhắc" in words(client.get(PAGE).text)


def test_a_page_left_open_while_the_choice_changed_elsewhere_is_refused_and_keeps_what_was_chosen(app, browser, cast):
    client = browser("member")
    save(client)
    late = save(client, version="0", hour="9")
    assert late.status_code == 409 and kept(app, cast.member).hour == 20
    assert '<option selected value="9">' in late.text and hidden(late.text, "version") == "1"


def test_days_and_hours_that_are_none_are_refused_at_their_field(app, browser, cast):
    client = browser("member")
    for field, value in (("weekday", "7"), ("hour", "24"), ("quiet_from", "tối"), ("quiet_to", "-1")):
        answer = save(client, **{field: value})
        assert answer.status_code == 200 and "Hãy chọn một mục trong danh sách." in words(answer.text), field
    assert kept(app, cast.member) is None


def test_the_address_mail_goes_to_is_shown_where_the_installation_sends_mail(app, browser, cast, monkeypatch):
    monkeypatch.setitem(app.config, "DIARY_MAIL", object())
    client = browser("member")
    assert "Sổ chưa có địa chỉ email của bạn" in words(client.get(PAGE).text)
    with app.app_context():
        db.session.execute(update(Member).where(Member.id == cast.member.member_id).values(email="rinh@example.vn"))
        db.session.commit()
    assert "Gửi tới rinh@example.vn" in words(client.get(PAGE).text)


def test_an_account_without_a_member_chooses_too_and_the_page_is_found_from_one_s_own_and_the_notices(browser):
    assert save(browser("administrator")).status_code == 303
    for address in ("/ca-nhan", "/thong-bao"):
        assert f'href="{PAGE}"' in browser("member").get(address).text
