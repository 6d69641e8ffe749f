import pytest

from diary.domain.leaves import LeaveKind
from diary.models.base import db
from diary.models.counts import Leave
from tests.web.reading import heading, hidden, token, words

PAGE = "/nhat-ky/nghi"
WEEK = {"from_day": "02/3/2026", "to_day": "08/3/2026", "kind": "sick", "note": "mổ ruột thừa"}


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, PAGE if path.startswith(PAGE) else path), **fields})


def the_leave(app):
    with app.app_context():
        return db.session.query(Leave).one()


def of_member(cast):
    return f"/doan-vien/{cast.member.member_id}/nghi"


def test_a_member_notes_days_of_leave_and_takes_them_back_and_puts_them_back(app, browser):
    client = browser("member")
    assert "Chưa ghi đợt nghỉ nào" in words(client.get(PAGE).text)
    assert post(client, PAGE, **WEEK).status_code == 303
    page = client.get(PAGE).text
    assert heading(page) == "Ngày nghỉ"
    assert "02/03/2026 – 08/03/2026 Nghỉ ốm, 7 ngày. mổ ruột thừa" in words(page)
    leave = the_leave(app)
    gone = post(client, f"{PAGE}/{leave.id}/rut-lai")
    page = client.get(gone.location).text
    assert "Đã rút lại đợt nghỉ 02/03/2026 – 08/03/2026" in words(page)
    assert "Chưa ghi đợt nghỉ nào" in words(page)
    assert post(client, f"{PAGE}/{leave.id}/hoan-tac").status_code == 303
    assert "Nghỉ ốm, 7 ngày" in words(client.get(PAGE).text)


def test_one_day_needs_no_last_day(app, browser):
    post(browser("member"), PAGE, from_day="02/3/2026", to_day="", kind="annual")
    leave = the_leave(app)
    assert leave.from_day == leave.to_day and leave.kind is LeaveKind.ANNUAL


def test_a_secretary_notes_it_for_a_member_of_the_branch_and_the_page_says_so(browser, cast):
    secretary = browser("secretary")
    assert of_member(cast) in secretary.get(f"/doan-vien/{cast.member.member_id}").text
    assert post(secretary, of_member(cast), **WEEK).status_code == 303
    assert "Lâm Thanh Sang ghi" in words(browser("member").get(PAGE).text)


def test_a_leave_is_changed_and_two_who_change_it_at_once_lose_nothing(app, browser):
    client = browser("member")
    post(client, PAGE, **WEEK)
    path = f"{PAGE}/{the_leave(app).id}"
    form = client.get(path).text
    assert 'value="2026-03-02"' in form
    changed = WEEK | {"to_day": "15/3/2026", "version": hidden(form, "version")}
    assert post(client, path, **changed).status_code == 303
    late = post(client, path, **(changed | {"to_day": "22/3/2026"}))
    assert late.status_code == 409
    assert "2026-03-22" in late.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"from_day": ""}, "Hãy chọn ngày đầu."),
        ({"from_day": "không rõ"}, "không rõ"),
        ({"kind": ""}, "Hãy chọn loại nghỉ."),
        ({"kind": "party"}, "Hãy chọn một mục trong danh sách."),
        ({"to_day": "01/3/2026"}, "Ngày cuối đứng trước ngày đầu."),
        ({"note": "dài " * 60}, "Mục này dài quá 200 ký tự."),
    ],
)
def test_a_form_that_is_wrong_says_where_and_keeps_what_was_typed(browser, fields, said):
    answer = post(browser("member"), PAGE, **(WEEK | fields))
    assert answer.status_code == 200
    assert said in words(answer.text) or said in answer.text
    assert fields.get("note", "mổ ruột thừa").strip() in answer.text


def test_in_a_locked_year_what_was_typed_stays_on_the_page(app, browser):
    from diary.services import years
    from tests.factories import actor

    with app.app_context():
        years.lock_year(actor("bloc_secretary"), 2026, "Xong.")
    answer = post(browser("member"), PAGE, **WEEK)
    assert answer.status_code == 409
    assert "đã khóa sổ" in answer.text and "mổ ruột thừa" in answer.text


def test_who_keeps_no_diary_has_no_leave(browser):
    assert browser("administrator").get(PAGE).status_code == 403


@pytest.mark.parametrize("act", ["rut-lai", "hoan-tac"])
def test_acts_are_posted(browser, act):
    assert browser("member").get(f"{PAGE}/1/{act}").status_code == 405


def test_who_knows_nothing_of_the_member_sees_nothing(browser, cast):
    assert browser("stranger").get(of_member(cast)).status_code == 404
    assert browser("base_secretary").get(of_member(cast)).status_code == 403


def test_the_diary_and_the_day_lead_there(browser):
    client = browser("member")
    assert PAGE in client.get("/").text and PAGE in client.get("/nhat-ky").text
