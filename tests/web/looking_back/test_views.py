"""The page of the year looked back at, and choosing on it."""

from datetime import date

from diary.domain.entries import EntryState
from diary.models.base import db
from tests import factories
from tests.web.entries.filling import made
from tests.web.reading import heading, hidden, words

PATH = "/nhat-ky/nhin-lai"


def press(client, **fields):
    return client.post(PATH, data={"csrf_token": hidden(client.get("/ca-nhan").text, "csrf_token")} | fields)


def test_a_year_with_nothing_sent_says_what_to_do(browser):
    page = browser("new_member").get(PATH).text
    assert heading(page) == "Nhìn lại năm" and "Năm 2026 chưa có bài nào" in page and "/nhat-ky/moi" in page


def test_the_best_entry_of_a_month_is_chosen_in_one_press_and_taken_back_in_one(app, cast, browser):
    entry_id, client = made(app, cast.member, EntryState.APPROVED, did="Dọn bến xuồng", happened_on=date(2026, 3, 2)), browser("member")
    assert f'name="bai" value="{entry_id}"' in client.get(PATH).text
    answer = press(client, bai=str(entry_id))
    assert answer.status_code == 303 and answer.location == f"{PATH}?nam=2026#thang-3"
    page = client.get(PATH).text
    assert "Bài hay nhất của tháng" in words(page) and f'name="bo" value="{entry_id}"' in page
    press(client, bo=str(entry_id))
    assert f'name="bai" value="{entry_id}"' in client.get(PATH).text


def test_what_is_another_s_or_broken_is_not_found_and_nothing_chosen_changes_nothing(app, cast, browser):
    theirs = made(app, cast.member2)
    for value in (str(theirs), "x", "01890000-0000-7000-8000-000000000000"):
        assert press(browser("member"), bai=value).status_code == 404
    assert press(browser("member")).status_code == 303
    assert press(browser("member"), bai=str(made(app, cast.member, EntryState.DRAFT))).status_code == 409


def test_the_months_best_are_first_and_ticked_in_the_self_assessment_until_that_is_kept(app, cast, browser):
    client = browser("member")
    plain = made(app, cast.member, EntryState.APPROVED, happened_on=date(2026, 2, 1))
    made(app, cast.member, EntryState.APPROVED, happened_on=date(2026, 6, 1), result="40", result_unit="hộp")
    waiting = made(app, cast.member, EntryState.WAITING, happened_on=date(2026, 4, 1))
    for one in (plain, waiting):
        press(client, bai=str(one))
    page = client.get("/danh-gia").text
    assert page.index(f'value="{plain}" checked') < page.index("40 hộp") and str(waiting) not in page
    assert "Bài hay nhất của tháng 2" in page and page.count('name="best"') == 2 and page.count(" checked") == 1
    seen = {name: hidden(page, name) for name in ("csrf_token", "version")}
    client.post("/danh-gia", data=seen | {"strengths": "Chữ của tôi", "act": "keep"})
    assert f'value="{plain}" checked' not in client.get("/danh-gia").text


def test_at_most_five_of_the_months_best_are_ticked(app, cast, browser):
    client = browser("member")
    for month in range(1, 8):
        press(client, bai=str(made(app, cast.member, EntryState.APPROVED, happened_on=date(2026, month, 3))))
    page = client.get("/danh-gia").text
    assert page.count(" checked") == 5 and page.count("Bài hay nhất của tháng") == 7 and "đã chọn sẵn 5 bài" in page


def test_a_year_without_work_year_or_out_of_the_calendar_still_opens(app, cast, browser):
    with app.app_context():
        factories.work_year(2025, db.session.get_one(factories.Unit, cast.units["KHOI"]))
        factories.entry(cast.member, happened_on=date(2025, 3, 2))
    page = browser("member").get(f"{PATH}?nam=2025").text
    assert "Năm 2025: 1 bài" in words(page) and 'href="/nhat-ky/nhin-lai?nam=2026"' in page
    for year in ("1", "x", "99999", "2031"):
        assert browser("member").get(f"{PATH}?nam={year}").status_code == 200
