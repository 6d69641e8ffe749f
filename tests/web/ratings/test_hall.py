"""The pages of the rating meeting."""

import re
from uuid import UUID

import pytest

from diary.domain.evaluations import EvaluationState
from diary.models.base import db
from diary.models.evaluations import RatingMeeting
from tests import year_end
from tests.web.reading import heading, hidden, token, words

PATH = "/xep-loai/hop"


@pytest.fixture
def opened(app):
    """A meeting where 4 of 5 are present."""
    with app.app_context():
        meeting_id = year_end.open_meeting("secretary")
        year_end.attend("secretary", meeting_id, absent=1)
        return meeting_id


def row(app, name):
    with app.app_context():
        return year_end.one(name)


def open_it(client, cast, **fields):
    page = client.get(PATH).text
    sent = {name: hidden(page, name) for name in ("csrf_token", "id")}
    sent |= {"held_on": "23/11/2026", "chair_id": cast.secretary.member_id, "clerk_id": cast.deputy.member_id} | fields
    return client.post(PATH, data=sent)


def count(app, client, meeting_id, name, headers=None, **fields):
    evaluation = row(app, name)
    with app.app_context():
        notes_version = db.session.get_one(RatingMeeting, meeting_id).version
    sent = {"csrf_token": token(client, "/ca-nhan"), "version": evaluation.version, "notes_version": notes_version} | fields
    return client.post(f"{PATH}/{meeting_id}/phieu/{evaluation.id}", data=sent, headers=headers or {})


def votes(app, meeting_id, name):
    with app.app_context():
        from diary.queries.evaluations.tables import votes_of

        return votes_of(meeting_id).get(year_end.one(name).id, {})


def test_opening_leads_to_the_attendance_and_the_same_form_again_to_the_same_meeting(app, browser, cast):
    client = browser("secretary")
    page = client.get(PATH).text
    assert heading(page) == "Họp xét xếp loại" and "Ngày họp" in page and "Chủ trì" in page and "Thư ký" in page
    sent = {name: hidden(page, name) for name in ("csrf_token", "id")}
    sent |= {"held_on": "2026-11-23", "chair_id": cast.secretary.member_id, "clerk_id": cast.deputy.member_id}
    first, second = client.post(PATH, data=sent), client.post(PATH, data=sent)
    assert first.status_code == second.status_code == 303 and "buoc=diem-danh" in first.location
    with app.app_context():
        assert db.session.get_one(RatingMeeting, UUID(sent["id"])).clerk_id == cast.deputy.member_id


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"held_on": ""}, "Hãy ghi ngày họp"),
        ({"held_on": "31/02/2026"}, "31/02/2026"),
        ({"held_on": "24/11/2026"}, "chưa tới"),
        ({"clerk_id": 0}, "Hãy chọn thư ký"),
    ],
)
def test_a_bad_opening_is_refused_at_its_field_and_kept(browser, cast, fields, said):
    answer = open_it(browser("secretary"), cast, **fields)
    assert answer.status_code == 200 and said in answer.text and "field-error" in answer.text


def test_a_second_meeting_answers_409(browser, cast):
    client = browser("deputy")
    page = client.get(PATH).text
    open_it(browser("secretary"), cast)
    sent = {name: hidden(page, name) for name in ("csrf_token", "id")}
    sent |= {"held_on": "23/11/2026", "chair_id": cast.secretary.member_id, "clerk_id": cast.deputy.member_id}
    assert client.post(PATH, data=sent).status_code == 409


def test_attendance_is_marked_one_by_one_or_for_the_rest_at_once(app, browser, cast):
    client = browser("secretary")
    open_it(client, cast)
    with app.app_context():
        meeting_id = db.session.query(RatingMeeting.id).scalar()
    page = client.get(PATH).text
    for said in ("Có mặt", "Vắng có phép", "Vắng không phép", "0/5", "cần từ 3 người"):
        assert said in words(page)
    assert " checked" not in page
    sent = {"csrf_token": hidden(page, "csrf_token"), f"mark-{cast.member.member_id}": "excused", "act": "save"}
    assert "buoc=diem-danh" in client.post(f"{PATH}/{meeting_id}/diem-danh", data=sent).location
    rest = client.post(f"{PATH}/{meeting_id}/diem-danh", data=sent | {"act": "rest"})
    assert "buoc" not in rest.location
    assert "4/5 có mặt" in words(client.get(rest.location).text) and "Vắng có phép: Thạch Thị Sa Rinh." in words(
        client.get(rest.location).text
    )


def test_attendance_below_the_hands_counted_is_refused(app, browser, cast, opened):
    client = browser("secretary")
    count(app, client, opened, "member", **{"votes-good": "4"})
    sent = {"csrf_token": token(client, "/ca-nhan"), f"mark-{cast.deputy.member_id}": "absent"}
    answer = client.post(f"{PATH}/{opened}/diem-danh", data=sent)
    assert answer.status_code == 200 and "Đã ghi 4 phiếu" in answer.text


def test_one_person_at_a_time_with_figures_and_self_level(app, browser, opened):
    with app.app_context():
        year_end.self_assess("member", strengths="Chữ không chiếu lên màn hình")
        key = year_end.one("member").id
    page = browser("secretary").get(f"{PATH}?nguoi={key}").text
    read = words(page)
    for said in ("Người thứ 4 trên 5", "Thạch Thị Sa Rinh", "Giữ nhịp", "Bài đã duyệt", "Tự xếp loại Tốt", "Đủ số, cần từ 3 người trở lên",
                 "Kết thúc họp", "Người tiếp theo", "0/4 phiếu."):  # fmt: skip
        assert said in read
    assert "Chữ không chiếu" not in page, "on the projector: figures and chosen entries only"


def test_plus_and_minus_store_each_step_without_javascript(app, browser, opened):
    client = browser("secretary")
    count(app, client, opened, "member", **{"votes-good": "2", "step": "good:1", "branch_words": "Chắc tay"})
    assert votes(app, opened, "member") == {"outstanding": 0, "good": 3, "done": 0, "not_done": 0}
    count(app, client, opened, "member", **{"votes-good": "3", "step": "good:-1", "branch_words": "Chắc tay"})
    assert votes(app, opened, "member")["good"] == 2 and row(app, "member").branch_words == "Chắc tay"
    count(app, client, opened, "member", **{"votes-good": "", "step": "good:-1"})
    assert votes(app, opened, "member") == {}


def test_the_next_button_stores_and_goes_on(app, browser, opened):
    client = browser("secretary")
    on = count(app, client, opened, "deputy", **{"votes-good": "4", "go": "next"})
    assert str(row(app, "member2").id) in on.location
    back = count(app, client, opened, "member2", **{"go": "prev"})
    assert str(row(app, "deputy").id) in back.location and votes(app, opened, "deputy")["good"] == 4


def test_one_press_gives_everyone_s_hand_to_a_level_and_goes_on(app, browser, opened):
    client = browser("secretary")
    page = words(client.get(f"{PATH}?nguoi={row(app, 'deputy').id}").text)
    assert "Cả hội nghị nhất trí Xuất sắc Tốt Hoàn thành Không hoàn thành" in page
    on = count(app, client, opened, "deputy", rest="good", **{"votes-good": "0"})
    assert votes(app, opened, "deputy") == {"good": 4, "outstanding": 0, "done": 0, "not_done": 0}
    assert str(row(app, "member2").id) in on.location and "Tốt 4 phiếu. Bấm Trước nếu cần sửa." in words(client.get(on.location).text)
    count(app, client, opened, "deputy", rest="outstanding", **{"votes-good": "4"})
    assert votes(app, opened, "deputy")["outstanding"] == 4, "a wrong press is put right by one press"


def test_one_press_gives_the_rest_of_the_hands_to_a_level(app, browser, opened):
    client = browser("secretary")
    count(app, client, opened, "member", **{"votes-outstanding": "1"})
    assert "3 người còn lại nhất trí" in words(client.get(f"{PATH}?nguoi={row(app, 'member').id}").text)
    count(app, client, opened, "member", rest="good", **{"votes-outstanding": "1"})
    assert votes(app, opened, "member") == {"good": 3, "outstanding": 1, "done": 0, "not_done": 0}


def test_after_the_last_person_one_press_leads_to_whoever_is_left_and_then_to_the_end(app, browser, opened):
    client = browser("secretary")
    with app.app_context():
        by_name = year_end.members(year_end.branch_of("secretary"))
    names = sorted(("secretary", "deputy", "member", "member2", "new_member"), key=lambda name: by_name.index(row(app, name).member_id))
    left_out, after = names.pop(1), [count(app, client, opened, name, rest="good").location for name in names]
    assert str(row(app, left_out).id) in after[-1]
    assert "Đã biểu quyết xong 5 người" in words(client.get(count(app, client, opened, left_out, rest="good").location).text)


def test_the_one_concerned_raises_no_hand_where_the_meeting_says_so(app, browser, opened):
    with app.app_context():
        db.session.get_one(RatingMeeting, opened).abstains = True
        db.session.commit()
    client = browser("secretary")
    assert "0/3 phiếu." in words(client.get(f"{PATH}?nguoi={row(app, 'deputy').id}").text)
    refused = count(app, client, opened, "deputy", **{"votes-good": "4"})
    assert "Có 3 người được biểu quyết, không thể có 4 phiếu." in words(refused.text)
    count(app, client, opened, "deputy", rest="good")
    assert votes(app, opened, "deputy")["good"] == 3
    with app.app_context():
        last = year_end.members(year_end.branch_of("secretary"))[-1]
    absent = next(name for name in ("member", "member2", "new_member", "deputy", "secretary") if row(app, name).member_id == last)
    count(app, client, opened, absent, rest="good")
    assert votes(app, opened, absent)["good"] == 4, "who is absent has no hand to leave out"


def test_hands_are_counted_only_with_a_quorum(app, browser, cast):
    client = browser("secretary")
    with app.app_context():
        meeting_id = year_end.open_meeting("secretary")
        year_end.attend("secretary", meeting_id, absent=3)
    answer = count(app, client, meeting_id, "member", **{"votes-good": "2", "branch_words": "Chữ đã gõ"})
    assert answer.status_code == 409 and "cần từ 3 người" in words(answer.text) and "Chữ đã gõ" in answer.text


def test_a_second_device_that_changed_nothing_overwrites_nothing(app, browser, opened):
    client, phone = browser("secretary"), browser("deputy")
    shown = {"seen-notes": "", "notes": "", "seen-branch_words": "", "branch_words": "", "votes-good": "0", "seen-votes-good": "0"}
    count(app, client, opened, "member", **{"votes-good": "3", "notes": "Góp ý", "branch_words": "Chắc tay"})
    on = count(app, phone, opened, "member", version=1, notes_version=1, go="next", **shown)
    assert on.status_code == 303 and votes(app, opened, "member")["good"] == 3 and row(app, "member").branch_words == "Chắc tay"
    wrote = shown | {"branch_words": "Chữ khác"}
    assert count(app, phone, opened, "member", version=1, notes_version=1, **wrote).status_code == 409, "two who wrote are told"


def test_the_hall_shows_the_year_s_figures_and_what_they_suggest(app, browser, opened):
    page = words(browser("secretary").get(f"{PATH}?nguoi={row(app, 'member').id}").text)
    assert "Số liệu cả năm và gợi ý" in page and "Gợi ý theo số liệu Chưa đủ số liệu để gợi ý" in page
    assert "Chưa có số liệu “Tham gia sinh hoạt, hoạt động”, mức Xuất sắc cần từ 90 %" in page


def test_the_deputy_is_named_as_clerk_before_the_secretary_opens(browser, cast):
    page = browser("secretary").get(PATH).text
    chosen = re.findall(r"<option selected value=\"(\d+)\"", page)
    assert chosen == [str(cast.secretary.member_id), str(cast.deputy.member_id)]


@pytest.mark.parametrize(
    ("typed", "said"), [("5", "Có 4 người có mặt"), ("ba", "bằng chữ số"), ("²", "bằng chữ số"), ("9" * 30, "bằng chữ số")]
)
def test_a_wrong_count_is_refused_and_what_was_typed_stays(app, browser, opened, typed, said):
    answer = count(
        app, browser("secretary"), opened, "member", **{"votes-good": typed, "branch_words": "Chữ đã gõ", "notes": "Ghi chú đã gõ"}
    )
    assert answer.status_code == 200 and said in answer.text
    assert f'value="{typed}"' in answer.text and "Chữ đã gõ" in answer.text and "Ghi chú đã gõ" in answer.text


def test_a_program_gets_the_new_versions_and_the_words(app, browser, opened):
    client, json = browser("secretary"), {"Accept": "application/json"}
    said = count(app, client, opened, "member", json, **{"votes-good": "3", "notes": "Góp ý"}).json
    assert said == {"version": 2, "notes_version": 2, "counted": "3/4 phiếu.", "words": "Tốt 75,0 %, quá nửa", "settled": True}
    refused = count(app, client, opened, "member", json, **{"votes-good": "9"})
    assert refused.status_code == 400 and "Có 4 người" in refused.json["error"]


def test_an_older_page_answers_409_and_keeps_the_text(app, browser, opened):
    client = browser("secretary")
    count(app, client, opened, "member", **{"votes-good": "3"})
    answer = count(app, client, opened, "member", **{"version": "1", "votes-good": "2", "branch_words": "Chữ đã gõ"})
    assert answer.status_code == 409 and "Chữ đã gõ" in answer.text


def test_ending_needs_everyone_voted_on_and_a_quorum(app, browser, opened):
    client = browser("secretary")
    early = count(app, client, opened, "member", **{"votes-good": "4", "go": "close"})
    assert early.status_code == 409 and "Còn 4 người chưa biểu quyết" in early.text
    missing = early.text.split("Còn 4 người chưa biểu quyết")[1].split("</p>")[0]
    assert missing.count("nguoi=") == 4, "each of them is a press away"
    for name in ("secretary", "deputy", "member2", "new_member"):
        done = count(app, client, opened, name, **{"votes-good": "4", "go": "close" if name == "new_member" else "next"})
    assert done.status_code == 303 and done.location.startswith("/xep-loai?") and row(app, "member").state is EvaluationState.MET
    page = client.get(PATH).text
    assert "Đã kết thúc, 4/5 người có mặt" in words(page) and "Mở lại họp" in page


def test_a_closed_meeting_is_opened_again_with_words_only(app, browser):
    with app.app_context():
        meeting_id = year_end.meet("secretary")
    client = browser("secretary")
    sent = {"csrf_token": token(client, PATH), "words": " "}
    refused = client.post(f"{PATH}/{meeting_id}/mo-lai", data=sent)
    assert refused.status_code == 200 and 'id="words-loi"' in refused.text
    assert client.post(f"{PATH}/{meeting_id}/mo-lai", data=sent | {"words": "Đếm lại"}).status_code == 303
    assert client.post(f"{PATH}/{meeting_id}/mo-lai", data=sent | {"words": "Đếm lại"}).status_code == 409


def test_counting_after_the_end_answers_409(app, browser):
    with app.app_context():
        meeting_id = year_end.meet("secretary")
    assert count(app, browser("secretary"), meeting_id, "member", **{"votes-good": "1"}).status_code == 409


@pytest.mark.parametrize(("name", "status"), [("member", 404), ("base_secretary", 403), ("stranger", 404), ("other_secretary", 404)])
def test_others_do_not_count_mark_or_reopen(app, browser, opened, name, status):
    client = browser(name)
    assert count(app, client, opened, "member", **{"votes-good": "1"}).status_code == status
    sent = {"csrf_token": token(client, "/ca-nhan")}
    assert client.post(f"{PATH}/{opened}/diem-danh", data=sent).status_code == status
    assert client.post(f"{PATH}/{opened}/mo-lai", data=sent).status_code == status


@pytest.mark.parametrize("name", ["member", "base_secretary", "bloc_secretary", "inspector", "administrator", "stranger"])
def test_the_meeting_s_page_is_for_branch_officers(browser, name):
    assert browser(name).get(PATH).status_code == 403


@pytest.mark.parametrize("wanted", ["x", "0193f0a0-0000-7000-8000-000000000000"])
def test_an_unknown_person_answers_404(browser, opened, wanted):
    assert browser("secretary").get(f"{PATH}?nguoi={wanted}").status_code == 404


def test_addresses_to_post_to_are_no_pages_to_get(app, browser, opened):
    client = browser("secretary")
    for path in (f"{opened}/diem-danh", f"{opened}/phieu/{row(app, 'member').id}", f"{opened}/mo-lai"):
        assert client.get(f"{PATH}/{path}").status_code == 405


def test_the_first_button_of_the_hall_only_stores(browser, opened):
    """Enter presses the first button of a form: it must neither end the meeting nor take a hand away."""
    page = browser("secretary").get(PATH).text
    assert "name=" not in re.search(r"<button[^>]*form=\"phieu\"[^>]*>", page)[0]
