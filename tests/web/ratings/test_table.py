"""The page of a branch's ratings and the page of one person."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import update

from diary.domain.evaluations import EvaluationState
from diary.domain.years import Activity
from diary.models.base import db
from diary.models.evaluations import Evaluation
from diary.models.units import Unit
from diary.models.years import Window, WorkYear
from tests import factories, year_end
from tests.counting import counted
from tests.factories import YEAR
from tests.web.reading import heading, token, words

PATH = "/xep-loai"


@pytest.fixture
def met(app, cast):
    """The branch has met: everyone voted good, the secretary assessed themselves as outstanding."""
    with app.app_context():
        year_end.keep_books(cast.secretary.unit_id)
        year_end.self_assess("secretary", level="outstanding")
        for name in ("member", "member2", "deputy", "new_member"):
            year_end.self_assess(name)
        year_end.meet("secretary")
        return {name: str(year_end.one(name).id) for name in ("secretary", "deputy", "member", "member2", "new_member")}


def state(app, name):
    with app.app_context():
        return year_end.one(name).state


def fields(app, client, ids, **changes):
    """What the page would send: its token, versions, the level voted for."""
    sent = {"csrf_token": token(client, PATH), "act": "propose"}
    with app.app_context():
        for name, key in ids.items():
            sent |= {f"version-{key}": str(year_end.one(name).version), f"level-{key}": "good", f"reason-{key}": ""}
    return sent | changes


def test_the_table_has_the_words_officers_know_and_the_odd_case_on_top(browser, met):
    page = browser("secretary").get(PATH).text
    read = words(page)
    assert heading(page) == "Xếp loại chi đoàn"
    for said in ("Tự xếp loại", "Biểu quyết", "Đề nghị", "Căn cứ trong năm", "Đã họp", "Đến lượt bạn đề nghị", "Đề nghị lên cấp trên",
                 "1 trường hợp cần xem xếp trước", "Tự xếp cao hơn biểu quyết", "5/5 phiếu"):  # fmt: skip
        assert said in read
    assert read.index("Lâm Thanh Sang") < read.index("Phan Thị Mỹ Duyên")


def test_levels_under_way_are_counted_without_being_sent(app, browser, met):
    client = browser("secretary")
    sent = fields(app, client, met, act="look", **{f"level-{met[name]}": "outstanding" for name in ("member", "member2")})
    read = words(client.post(PATH, data=sent).text)
    assert "Xuất sắc vượt mức 20 %" in read and "Đề nghị khác biểu quyết" in read and "Đề nghị cao hơn số liệu (gợi ý Tốt)" in read
    assert state(app, "member") is EvaluationState.MET


def test_nothing_is_filled_in_where_the_meeting_chose_no_level(app, browser, met):
    with app.app_context():
        db.session.execute(update(Evaluation).where(Evaluation.id == UUID(met["member"])).values(vote_level=""))
        db.session.commit()
    client = browser("secretary")
    page = client.get(PATH).text
    select = page[page.index(f'<select class="form-select" id="level-{met["member"]}"') :].split("</select>")[0]
    assert '<option value="">Chọn mức</option>' in select and "selected" not in select
    answer = client.post(PATH, data=fields(app, client, met, **{f"level-{met['member']}": ""}))
    assert answer.status_code == 200 and "Hãy chọn mức đề nghị cho" in answer.text


def test_each_row_says_what_the_figures_suggest_and_why(browser, met):
    read = words(browser("secretary").get(PATH).text)
    assert "Gợi ý Tốt" in read and "Tham gia 83,3 % (25/30), đạt mức Tốt (từ 80 %)" in read and "25/30 tham gia" in read


def test_before_the_meeting_the_page_leads_to_it(browser):
    page = browser("secretary").get(PATH).text
    assert "Còn 5 trên 5 người chưa được họp xét" in page and "/xep-loai/hop" in page and "Đề nghị lên cấp trên" not in page


def test_proposing_sends_everyone_up_and_tells_the_base(app, browser, met):
    client = browser("secretary")
    sent = fields(app, client, met, **{f"reason-{met['secretary']}": "Theo biểu quyết"})
    assert client.post(PATH, data=sent).status_code == 303
    assert state(app, "member") is EvaluationState.PROPOSED
    page = words(client.get(PATH).text)
    assert "Đã đề nghị" in page and "Đến lượt Đoàn cơ sở xét duyệt" in page and "Đề nghị lên cấp trên" not in page
    assert "đề nghị xếp loại 5 người" in words(browser("base_secretary").get("/thong-bao").text)


def test_missing_reasons_and_a_passed_cap_are_told_together_and_what_was_typed_stays(app, browser, met):
    client = browser("secretary")
    levels = {f"level-{met[name]}": "outstanding" for name in ("member", "member2")}
    typed = {f"reason-{met['deputy']}": "Chữ đã gõ", f"level-{met['deputy']}": "done"}
    answer = client.post(PATH, data=fields(app, client, met, **levels, **typed))
    read = words(answer.text)
    assert answer.status_code == 200 and "Còn 4 chỗ cần sửa" in read and "Chữ đã gõ" in answer.text
    assert "Xuất sắc vượt mức 20 %" in read and "2 trên 4 người loại tốt trở lên là 50,0 %" in read
    assert f'id="reason-{met["member"]}-loi"' in answer.text and 'id="cap_reason-loi"' in answer.text
    assert state(app, "member") is EvaluationState.MET


def test_a_level_of_no_scheme_is_refused_at_its_field(app, browser, met):
    client = browser("secretary")
    answer = client.post(PATH, data=fields(app, client, met, **{f"level-{met['member']}": "khá"}))
    assert answer.status_code == 200 and "Hãy chọn mức đề nghị cho Thạch Thị Sa Rinh." in words(answer.text)


def test_enter_in_a_reason_only_shows_the_page_again(app, browser, met):
    client = browser("secretary")
    answer = client.post(PATH, data=fields(app, client, met, act="look", **{f"reason-{met['deputy']}": "Chữ đã gõ"}))
    assert answer.status_code == 200 and "Chữ đã gõ" in answer.text and state(app, "member") is EvaluationState.MET


def test_an_older_page_answers_409_and_keeps_the_text(app, browser, met):
    client = browser("secretary")
    old = fields(app, client, met, **{f"version-{met['member']}": "1", f"reason-{met['secretary']}": "Chữ đã gõ"})
    answer = client.post(PATH, data=old)
    assert answer.status_code == 409 and "vừa được người khác thay đổi" in words(answer.text) and "Chữ đã gõ" in answer.text


def test_a_second_proposal_answers_409(app, browser, met):
    client = browser("secretary")
    sent = fields(app, client, met, **{f"reason-{met['secretary']}": "Theo biểu quyết"})
    client.post(PATH, data=sent)
    assert client.post(PATH, data=sent).status_code == 409


@pytest.mark.parametrize("name", ["member", "base_secretary", "bloc_secretary", "inspector", "administrator", "stranger"])
def test_the_page_is_for_branch_officers(browser, name):
    assert browser(name).get(PATH).status_code == 403


def test_another_branch_answers_404(browser, cast):
    assert browser("other_secretary").get(f"{PATH}?don-vi={cast.member.unit_id}").status_code == 404
    assert browser("secretary").get(f"{PATH}?don-vi=x").status_code == 404


def test_a_year_without_a_scheme_says_what_to_do(app, browser):
    client = browser("secretary")
    sent = {"csrf_token": token(client, PATH)}
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).scheme_code = None
        db.session.commit()
    assert "chọn bộ tiêu chí" in client.get(PATH).text
    assert client.post(PATH, data=sent).status_code == 409
    assert client.get(f"{PATH}/hop").status_code == 200 and client.post(f"{PATH}/hop", data=sent).status_code == 409


def test_the_page_asks_the_same_number_of_queries_for_any_number_of_people(app, browser, cast, met):
    client = browser("secretary")
    client.get(PATH)
    with counted(app) as few:
        client.get(PATH)
    with app.app_context():
        home = db.session.get_one(Unit, cast.member.unit_id)
        for number in range(25):
            factories.member("Trần Văn", f"Số {number}", home)
        db.session.commit()
    with counted(app) as many:
        client.get(PATH)
    assert len(few) == len(many)


# One person


def test_a_person_s_page_shows_the_sheet_and_chosen_entries_to_the_branch_only(app, browser, cast, met):
    from diary.domain.entries import EntryState
    from diary.models.evaluations import BestEntry

    with app.app_context():
        entry = factories.entry(cast.member, EntryState.APPROVED, did="Dọn kho hồ sơ", result="12", result_unit="bộ")
        db.session.add(BestEntry(evaluation_id=year_end.one("member").id, entry_id=entry.id))
        db.session.commit()
    path = f"{PATH}/phieu/{met['member']}"
    mine, above = words(browser("secretary").get(path).text), words(browser("bloc_secretary").get(path).text)
    assert "Dọn kho hồ sơ" in mine and "Dọn kho hồ sơ" not in above
    assert "Giữ nhịp 45/48 tuần." in above and "Biểu quyết giơ tay ngày 23/11/2026, 5 người có mặt" in above


@pytest.mark.parametrize(
    ("name", "status"), [("member", 200), ("inspector", 200), ("member2", 404), ("stranger", 404), ("administrator", 404)]
)
def test_a_person_s_page_is_for_those_who_may_read_it(browser, met, name, status):
    assert browser(name).get(f"{PATH}/phieu/{met['member']}").status_code == status


@pytest.fixture
def assessed(app):
    with app.app_context():
        return str(year_end.self_assess("member"))


def send_back(client, evaluation_id, **fields):
    sent = {"csrf_token": token(client, "/ca-nhan"), "words": "Ghi rõ hạn chế", "version": "2"} | fields
    return client.post(f"{PATH}/phieu/{evaluation_id}/tra-lai", data=sent)


def test_an_officer_returns_a_self_assessment_from_its_page(app, browser, assessed):
    assert "Trả lại cho đoàn viên sửa" in browser("secretary").get(f"{PATH}/phieu/{assessed}").text
    assert send_back(browser("secretary"), assessed).status_code == 303
    assert state(app, "member") is EvaluationState.NOT_STARTED


def test_a_return_without_words_is_refused_at_its_field(app, browser, assessed):
    answer = send_back(browser("secretary"), assessed, words=" ")
    assert answer.status_code == 200 and 'id="words-loi"' in answer.text and state(app, "member") is EvaluationState.SELF_ASSESSED


def test_a_return_at_the_wrong_moment_answers_409(app, browser, assessed):
    assert send_back(browser("secretary"), assessed, version="1").status_code == 409
    send_back(browser("secretary"), assessed)
    assert send_back(browser("secretary"), assessed, version="3").status_code == 409


@pytest.mark.parametrize(("name", "status"), [("member", 403), ("base_secretary", 403), ("stranger", 404), ("other_secretary", 404)])
def test_others_do_not_return_it(browser, assessed, name, status):
    assert send_back(browser(name), assessed).status_code == status


def test_returning_is_no_page_to_get(browser, assessed):
    assert browser("secretary").get(f"{PATH}/phieu/{assessed}/tra-lai").status_code == 405


def test_before_the_window_of_meetings_no_meeting_is_offered(app, browser, cast):
    button = '">Họp xét xếp loại</a></p>'
    with app.app_context():
        year_end.keep_books(cast.secretary.unit_id)
    assert button in browser("secretary").get(PATH).text
    with app.app_context():
        db.session.execute(update(Window).where(Window.activity == Activity.MEETINGS).values(opens_on=date(2026, 12, 15)))
        db.session.commit()
    page = browser("secretary").get(PATH).text
    assert button not in page and "Họp xét xếp loại mở từ 15/12/2026." in words(page) and "Đến lượt chi đoàn" not in page
