"""The page of one's own evaluation."""

from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.domain.evaluations import EvaluationState
from diary.domain.years import Activity
from diary.models.base import db
from diary.models.evaluations import Evaluation
from diary.models.years import Window, WorkYear
from tests import factories, year_end
from tests.counting import counted
from tests.factories import YEAR
from tests.web.reading import heading, hidden, token, words

PATH = "/danh-gia"


def fill(client, path=PATH, **fields):
    page = client.get(path).text
    given = {"strengths": "Làm đều", "weaknesses": "", "remedies": "", "level": "good", "act": "submit"} | fields
    seen = {name: hidden(page, name) for name in ("csrf_token", "version")}
    return client.post(path, data={name: value for name, value in (seen | given).items() if value is not None})


def mine(app, name="member"):
    with app.app_context():
        member_id = factories.actor(name).member_id
        return db.session.execute(select(Evaluation).where(Evaluation.member_id == member_id)).scalar_one_or_none()


def close(app, activity=Activity.SELF_ASSESSMENT):
    with app.app_context():
        row = db.session.execute(select(Window).where(Window.activity == activity)).scalar_one()
        row.closes_on = date(2026, 6, 1)
        db.session.commit()


def test_the_form_has_the_words_members_know_and_no_level_chosen(browser):
    page = browser("member").get(PATH).text
    for said in ("Ưu điểm", "Hạn chế", "Hướng khắc phục", "Tự xếp loại", "Lưu nháp", "Nộp tự đánh giá", "Chưa tự đánh giá"):
        assert said in words(page)
    assert heading(page) == "Đánh giá của tôi" and " checked" not in page


def test_texts_are_filled_in_from_the_year_s_figures_and_can_be_edited(app, browser, cast):
    with app.app_context():
        for _ in range(3):
            factories.entry(cast.member, EntryState.APPROVED)
    client = browser("member")
    assert "Có 3 bài đã được duyệt." in client.get(PATH).text and "tuần chưa ghi." in client.get(PATH).text
    fill(client, strengths="Chữ của tôi", act="keep")
    assert "Chữ của tôi" in client.get(PATH).text and "Có 3 bài đã được duyệt." not in client.get(PATH).text


def test_sending_moves_on_and_the_page_then_only_shows(app, browser):
    client = browser("member")
    assert fill(client).status_code == 303 and mine(app).state is EvaluationState.SELF_ASSESSED
    page = client.get(PATH).text
    assert "Đã tự đánh giá" in page and "Nộp tự đánh giá" not in page and "Đến lượt chi đoàn họp xét" in page


def test_chosen_entries_stay_chosen(app, browser, cast):
    with app.app_context():
        ids = [str(factories.entry(cast.member, EntryState.APPROVED, result="6", result_unit="hồ sơ").id) for _ in range(2)]
    client = browser("member")
    fill(client, best=[ids[0]], act="keep")
    page = client.get(PATH).text
    assert page.count(" checked") == 2 and f'value="{ids[0]}" checked' in page  # the entry and the level


@pytest.mark.parametrize(
    ("fields", "said"), [({"strengths": ""}, "Hãy ghi ưu điểm"), ({"level": None}, "Hãy chọn mức"), ({"best": ["x"]}, "Hãy chọn các mục")]
)
def test_a_bad_form_says_so_at_the_field_and_keeps_the_text(app, browser, fields, said):
    answer = fill(browser("member"), remedies="Năm sau ghi sớm hơn", **fields)
    assert answer.status_code == 200 and said in words(answer.text) and "Năm sau ghi sớm hơn" in answer.text
    assert mine(app) is None or mine(app).state is EvaluationState.NOT_STARTED


def test_someone_else_s_entry_answers_404(app, browser, cast):
    with app.app_context():
        other = str(factories.entry(cast.member2, EntryState.APPROVED).id)
    assert fill(browser("member"), best=[other]).status_code == 404


def test_a_second_submit_answers_409_and_keeps_the_text(app, browser):
    client = browser("member")
    first = {name: hidden(client.get(PATH).text, name) for name in ("csrf_token", "version")}
    fill(client)
    again = client.post(PATH, data=first | {"strengths": "Chữ gõ lần hai", "level": "good", "act": "submit"})
    assert again.status_code == 409 and "Chữ gõ lần hai" in again.text and "Đã tự đánh giá" in again.text


def test_an_older_page_answers_409_keeps_the_text_and_may_then_be_sent(app, browser):
    client = browser("member")
    first = {name: hidden(client.get(PATH).text, name) for name in ("csrf_token", "version")}
    fill(client, act="keep")
    fill(client, act="keep", strengths="Mới hơn")
    stale = client.post(PATH, data=first | {"strengths": "Từ trang cũ", "level": "good", "act": "submit"})
    assert stale.status_code == 409 and "Từ trang cũ" in stale.text
    version = hidden(stale.text, "version")
    sent = client.post(PATH, data=first | {"version": version, "strengths": "Từ trang cũ", "level": "good", "act": "submit"})
    assert sent.status_code == 303 and mine(app).strengths == "Từ trang cũ"


def test_after_the_window_the_page_says_so_and_a_post_answers_409(app, browser):
    client = browser("member")
    old = {name: hidden(client.get(PATH).text, name) for name in ("csrf_token", "version")}
    close(app)
    assert "đã hết hạn ngày 01/06/2026" in client.get(PATH).text
    late = client.post(PATH, data=old | {"strengths": "Muộn rồi", "level": "good", "act": "submit"})
    assert late.status_code == 409 and "Muộn rồi" in late.text


def test_a_year_without_a_scheme_says_what_to_do(app, browser):
    client = browser("member")
    old = {name: hidden(client.get(PATH).text, name) for name in ("csrf_token", "version")}
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).scheme_code = None
        db.session.commit()
    page = client.get(PATH)
    assert page.status_code == 200 and "Đoàn Khối chọn bộ tiêu chí" in page.text
    assert client.post(PATH, data=old | {"strengths": "x", "act": "submit"}).status_code == 409


def test_an_account_without_a_member_has_no_such_page(browser):
    assert browser("administrator").get(PATH).status_code == 403


@pytest.mark.parametrize("year", ["abc", "1999", "99999999999999999999", ""])
def test_a_strange_year_shows_the_current_one(browser, year):
    assert "Năm 2026" in browser("member").get(f"{PATH}?nam={year}").text


def test_a_returned_one_says_why_and_can_be_sent_again(app, browser):
    with app.app_context():
        evaluation_id = year_end.self_assess("member")
        year_end.evaluations.return_self_assessment(factories.actor("secretary"), evaluation_id, "Ghi rõ hạn chế", 2)
    client = browser("member")
    page = client.get(PATH).text
    assert "Trả lại" in page and "Ghi rõ hạn chế" in page and "Giữ nhịp 45/48 tuần." in page
    assert fill(client).status_code == 303


def test_the_result_names_level_paper_day_and_who_decided(app, browser, cast):
    with app.app_context():
        year_end.self_assess("member")
        year_end.meet("secretary")
        year_end.propose("secretary")
        year_end.pass_on("base_secretary", cast.member.unit_id)
        year_end.decide("bloc_secretary", cast.member.unit_id)
    page = words(browser("member").get(PATH).text)
    for said in ("Đã quyết định", "Hoàn thành tốt nhiệm vụ", "21-QĐ/ĐTNK", "23/11/2026", "Trương Quốc Khải", "Làm việc chắc chắn."):
        assert said in page


def test_a_result_says_in_words_that_one_did_not_assess_oneself_and_that_no_level_had_the_majority(app, browser, cast):
    with app.app_context():
        meeting_id = year_end.open_meeting("secretary")
        present = year_end.attend("secretary", meeting_id)
        year_end.vote("secretary", meeting_id, present)
        row = year_end.one("member")
        split = year_end.meetings.Ballot(row.id, {"good": 1, "done": 1}, "", row.version)
        year_end.meetings.save_ballot(year_end.actor("secretary"), meeting_id, split)
        year_end.meetings.close_meeting(year_end.actor("secretary"), meeting_id)
        year_end.propose("secretary", **{str(row.id): "good"})
        year_end.pass_on("base_secretary", cast.member.unit_id)
        year_end.decide("bloc_secretary", cast.member.unit_id)
    page = words(browser("member").get(PATH).text)
    assert "Tự xếp loại Chưa tự đánh giá Chi đoàn biểu quyết Chưa mức nào quá nửa Chi đoàn đề nghị Hoàn thành tốt nhiệm vụ" in page


def test_nothing_is_decided_in_the_member_s_eyes_before_it_is(app, browser, cast):
    with app.app_context():
        year_end.self_assess("member")
        year_end.meet("secretary")
        year_end.propose("secretary")
    page = words(browser("member").get(PATH).text)
    assert "Đã đề nghị" in page and "Chi đoàn biểu quyết" not in page and "Kết quả năm" not in page


def test_the_page_asks_the_same_number_of_queries_for_one_entry_and_many(app, browser, cast):
    client = browser("member")
    client.get(PATH)
    with counted(app) as few:
        client.get(PATH)
    with app.app_context():
        for _ in range(30):
            factories.entry(cast.member, EntryState.APPROVED)
    with counted(app) as many:
        client.get(PATH)
    assert len(few) == len(many) <= 24


def test_the_token_is_asked_for(browser):
    client = browser("member")
    assert client.post(PATH, data={"act": "submit"}).status_code == 400
    assert token(client, PATH)


def test_before_the_window_the_turn_says_when_it_opens(app, browser):
    with app.app_context():
        row = db.session.execute(select(Window).where(Window.activity == Activity.SELF_ASSESSMENT)).scalar_one()
        row.opens_on, row.closes_on = date(2026, 12, 15), date(2026, 12, 20)
        db.session.commit()
    read = words(browser("member").get(PATH).text)
    assert "Mở từ 15/12/2026" in read and "Đến lượt bạn" not in read
