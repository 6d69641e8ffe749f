"""The pages of the base and the bloc over the branches' proposals."""

import re

import pytest

from diary.domain.evaluations import EvaluationState
from diary.models.base import db
from diary.models.years import WorkYear
from tests import year_end
from tests.counting import counted
from tests.factories import YEAR
from tests.web.reading import heading, hidden, token, words

PATH = "/xet-duyet"


@pytest.fixture
def proposed(app, cast):
    with app.app_context():
        for name in ("secretary", "deputy", "member", "member2", "new_member"):
            year_end.self_assess(name)
        year_end.meet("secretary")
        year_end.propose("secretary")
    return cast.member.unit_id


@pytest.fixture
def passed_on(app, proposed):
    with app.app_context():
        year_end.pass_on("base_secretary", proposed)
    return proposed


def state(app, name="member"):
    with app.app_context():
        return year_end.one(name).state


def send(app, client, unit_id, act, **fields):
    """What the page sends: its token, ids and versions as they stand on it."""
    page = client.get(f"{PATH}/{unit_id}").text
    sent = {"csrf_token": hidden(page, "csrf_token"), "act": act}
    if 'name="number"' in page:
        sent |= {"id": hidden(page, "id"), "number": "21-QĐ/ĐTNK", "decided_on": "23/11/2026"}
    with app.app_context():
        for key, version in year_end.seen(unit_id).items():
            sent |= {f"version-{key}": str(version)} if f"version-{key}" in page else {}
            sent |= {f"level-{key}": "good"} if f"level-{key}" in page else {}
    return client.post(f"{PATH}/{unit_id}", data=sent | fields)


def key(app, name):
    with app.app_context():
        return str(year_end.one(name).id)


def test_the_list_shows_what_waits_first_with_counts_per_level(browser, proposed):
    page = browser("base_secretary").get(PATH).text
    read = words(page)
    assert heading(page) == "Xét duyệt" and "5 người" in read and "5 đã đề nghị" in read and "Tốt 5" in read
    assert read.rindex("Chi đoàn Khối Nội") < read.rindex("Chi đoàn Khối Ngoại")
    assert "Không có chi đoàn nào chờ bạn" in browser("bloc_secretary").get(PATH).text


def test_the_first_page_of_the_day_tells_a_committee_how_many_branches_wait(app, browser, proposed):
    told = "1 chi đoàn chờ bạn xét xếp loại"
    assert told in words(browser("base_secretary").get("/").text) and told not in words(browser("bloc_secretary").get("/").text)
    with app.app_context():
        year_end.pass_on("base_secretary", proposed)
    assert told in words(browser("bloc_secretary").get("/").text) and told not in words(browser("base_secretary").get("/").text)


@pytest.mark.parametrize("name", ["member", "secretary", "lone_secretary", "inspector", "administrator", "stranger"])
def test_the_list_is_for_committees_above_branches(browser, name):
    assert browser(name).get(PATH).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"),
    [("base_secretary", 200), ("bloc_secretary", 200), ("secretary", 403), ("inspector", 403), ("other_secretary", 404), ("stranger", 404)],
)
def test_a_branch_s_page_is_for_the_committees_over_it(browser, proposed, name, status):
    answer = browser(name).get(f"{PATH}/{proposed}")
    assert answer.status_code == status
    assert words(answer.text).count("Bạn không có quyền làm việc này") == (2 if status == 403 else 0)  # in the title and the heading


def test_the_base_passes_the_branch_on_in_one_act(app, browser, proposed):
    client = browser("base_secretary")
    page = words(client.get(f"{PATH}/{proposed}").text)
    assert "Chuyển lên" in page and "Trả lại" in page and "Công nhận" not in page
    assert send(app, client, proposed, "pass_on", words="Nhất trí").status_code == 303
    assert state(app) is EvaluationState.PASSED_ON
    assert "Không có đánh giá nào của chi đoàn này chờ bạn" in client.get(f"{PATH}/{proposed}").text


def test_the_base_returns_those_it_marked(app, browser, proposed):
    answer = send(app, browser("base_secretary"), proposed, "send_back", words="Thiếu căn cứ", back=key(app, "member"))
    assert answer.status_code == 303 and state(app) is EvaluationState.MET and state(app, "member2") is EvaluationState.PROPOSED
    page = words(browser("secretary").get("/xep-loai").text)
    assert "Trả lại: Thiếu căn cứ" in page and "Đề nghị lên cấp trên" in page
    assert "1 trả lại, 4 đã đề nghị" in words(browser("base_secretary").get(PATH).text)


def test_who_was_returned_stands_first_for_the_branch(app, browser, proposed):
    listed = r"/xep-loai/phieu/([0-9a-f-]{36})"
    last = re.findall(listed, browser("secretary").get("/xep-loai").text)[-1]
    send(app, browser("base_secretary"), proposed, "send_back", words="Thiếu căn cứ", back=last)
    table = browser("secretary").get("/xep-loai").text
    assert re.findall(listed, table)[0] == last and "Người bị trả lại" in table and "xếp trước, còn lại theo tên" in table


def test_the_whole_branch_is_returned_when_nobody_is_marked(app, browser, proposed):
    send(app, browser("base_secretary"), proposed, "send_back", words="Họp lại")
    assert {state(app, name) for name in ("member", "member2", "secretary")} == {EvaluationState.MET}


def test_a_return_without_words_is_refused_and_the_marks_stay(app, browser, proposed):
    answer = send(app, browser("base_secretary"), proposed, "send_back", back=key(app, "member"))
    assert answer.status_code == 200 and 'id="words-loi"' in answer.text and answer.text.count(" checked") == 1
    assert state(app) is EvaluationState.PROPOSED


def test_the_bloc_decides_with_number_and_day(app, browser, passed_on):
    client = browser("bloc_secretary")
    page = words(client.get(f"{PATH}/{passed_on}").text)
    assert "Công nhận" in page and "Số quyết định" in page and "Ngày quyết định" in page and "Chuyển lên" not in page
    assert send(app, client, passed_on, "decide").status_code == 303
    assert state(app) is EvaluationState.DECIDED
    assert "Đã công nhận theo Quyết định số 21-QĐ/ĐTNK ngày 23/11/2026." in words(client.get(f"{PATH}/{passed_on}").text)


def test_a_decision_without_its_number_is_refused_and_what_was_typed_stays(app, browser, passed_on):
    member = key(app, "member")
    fields = {f"level-{member}": "done", f"reason-{member}": "Chữ đã gõ", "number": " "}
    answer = send(app, browser("bloc_secretary"), passed_on, "decide", **fields)
    assert answer.status_code == 200 and "Hãy ghi số quyết định" in answer.text and "Chữ đã gõ" in answer.text
    assert state(app) is EvaluationState.PASSED_ON


@pytest.mark.parametrize(("day", "said"), [("24/11/2026", "chưa tới"), ("31/02/2026", "31/02/2026"), ("", "Hãy ghi ngày quyết định")])
def test_a_bad_day_of_decision_is_refused(app, browser, passed_on, day, said):
    answer = send(app, browser("bloc_secretary"), passed_on, "decide", decided_on=day)
    assert answer.status_code == 200 and said in words(answer.text)


def test_another_level_than_proposed_asks_for_a_reason_at_its_field(app, browser, passed_on):
    member = key(app, "member")
    answer = send(app, browser("bloc_secretary"), passed_on, "decide", **{f"level-{member}": "done"})
    assert answer.status_code == 200 and f'id="reason-{member}-loi"' in answer.text


def test_the_second_branch_of_the_day_begins_with_the_number_and_day_of_the_first(app, browser, cast, passed_on):
    with app.app_context():
        year_end.meet("lone_secretary")
        year_end.propose("lone_secretary")
    client = browser("bloc_secretary")
    assert "Lấy theo quyết định" not in client.get(f"{PATH}/{cast.units['KB']}").text
    assert send(app, client, passed_on, "decide", number="07-QĐ/ĐTNK", decided_on="23/11/2026").status_code == 303
    page = client.get(f"{PATH}/{cast.units['KB']}").text
    assert hidden(page, "number") == "07-QĐ/ĐTNK" and "Lấy theo quyết định ghi gần nhất hôm nay" in page


def test_the_list_and_a_branch_s_page_lead_to_the_next_branch(app, browser, cast, passed_on):
    with app.app_context():
        year_end.meet("lone_secretary")
        year_end.propose("lone_secretary")
    client = browser("bloc_secretary")
    first = "Chi đoàn tiếp theo: "
    assert first in words(client.get(PATH).text)
    assert first + "Chi đoàn Kho bạc Nhà nước" in words(client.get(f"{PATH}/{passed_on}").text)
    assert first + "Chi đoàn Khối Nội" in words(client.get(f"{PATH}/{cast.units['KB']}").text)


def test_those_who_are_marked_go_back_when_the_others_are_decided(app, browser, passed_on):
    client, marked = browser("bloc_secretary"), key(app, "member")
    refused = send(app, client, passed_on, "decide", back=marked)
    assert refused.status_code == 200 and 'id="words-loi"' in refused.text and state(app, "member2") is EvaluationState.PASSED_ON
    assert send(app, client, passed_on, "decide", back=marked, words="Thiếu căn cứ").status_code == 303
    assert state(app) is EvaluationState.PROPOSED and state(app, "member2") is EvaluationState.DECIDED


def test_the_base_sends_back_whom_it_marked_before_it_passes_the_others_on(app, browser, proposed):
    client, marked = browser("base_secretary"), key(app, "member")
    assert "Hãy bấm Trả lại trước" in send(app, client, proposed, "pass_on", back=marked, words="Thiếu căn cứ").text
    answer = send(app, client, proposed, "send_back", back=marked, words="Thiếu căn cứ")
    assert answer.location.split("?")[0].endswith(f"{PATH}/{proposed}"), "the others are still to be passed on"
    assert send(app, client, proposed, "pass_on").status_code == 303 and state(app, "member2") is EvaluationState.PASSED_ON


def test_who_comes_second_is_told_who_decided_and_sees_what_was_typed(app, browser, passed_on):
    late, member = browser("bloc_deputy"), key(app, "member")
    page = late.get(f"{PATH}/{passed_on}").text
    typed = {"csrf_token": hidden(page, "csrf_token"), "act": "decide", "id": hidden(page, "id"), "number": "99-QĐ/ĐTNK"}
    typed |= {f"version-{member}": "6", f"level-{member}": "done", f"reason-{member}": "Chữ đã gõ", "decided_on": "23/11/2026"}
    assert send(app, browser("bloc_secretary"), passed_on, "decide").status_code == 303
    answer = late.post(f"{PATH}/{passed_on}", data=typed)
    assert answer.status_code == 409
    for said in ("Trương Quốc Khải đã công nhận theo Quyết định số 21-QĐ/ĐTNK", "Những gì bạn vừa gõ", "99-QĐ/ĐTNK", "Chữ đã gõ"):
        assert said in words(answer.text)


def test_an_older_page_answers_409_and_keeps_the_text(app, browser, proposed):
    member = key(app, "member")
    answer = send(app, browser("base_secretary"), proposed, "pass_on", words="Chữ đã gõ", **{f"version-{member}": "1"})
    assert answer.status_code == 409 and "Chữ đã gõ" in answer.text


def test_deciding_before_the_base_answers_409(app, browser, proposed):
    client = browser("bloc_secretary")
    sent = {"csrf_token": token(client, f"{PATH}/{proposed}"), "act": "decide", "number": "1", "decided_on": "23/11/2026"}
    assert client.post(f"{PATH}/{proposed}", data=sent).status_code == 409


@pytest.mark.parametrize(("name", "status"), [("secretary", 403), ("stranger", 404), ("other_secretary", 404)])
def test_others_neither_pass_on_nor_decide(app, browser, proposed, name, status):
    client = browser(name)
    for act in ("pass_on", "decide", "send_back"):
        sent = {"csrf_token": token(client, "/ca-nhan"), "act": act}
        assert client.post(f"{PATH}/{proposed}", data=sent).status_code == status


def test_one_s_own_level_is_left_for_a_colleague_and_the_page_says_so(app, browser, cast):
    with app.app_context():
        year_end.meet("lone_secretary")
        year_end.propose("lone_secretary")
    unit_id, client = cast.units["KB"], browser("bloc_secretary")
    page = client.get(f"{PATH}/{unit_id}").text
    assert "Trương Quốc Khải: của chính bạn hoặc do bạn đề nghị" in words(page)
    assert send(app, client, unit_id, "decide").status_code == 303
    assert state(app, "bloc_secretary") is EvaluationState.PROPOSED and state(app, "stranger") is EvaluationState.DECIDED
    last = send(app, browser("bloc_deputy"), unit_id, "decide")
    assert last.status_code == 303 and state(app, "bloc_secretary") is EvaluationState.DECIDED


def test_deciding_one_s_own_answers_403(app, browser, cast):
    with app.app_context():
        year_end.meet("lone_secretary")
        year_end.propose("lone_secretary")
        year_end.decide("bloc_secretary", cast.units["KB"])
    client = browser("bloc_secretary")
    sent = {"csrf_token": token(client, "/ca-nhan"), "act": "decide", "number": "2", "decided_on": "23/11/2026"}
    assert client.post(f"{PATH}/{cast.units['KB']}", data=sent).status_code == 403


def test_enter_in_a_field_only_shows_the_page_again(app, browser, proposed):
    answer = send(app, browser("base_secretary"), proposed, "look", words="Chữ đã gõ")
    assert answer.status_code == 200 and "Chữ đã gõ" in answer.text and state(app) is EvaluationState.PROPOSED


def test_a_year_without_a_scheme_says_what_to_do(app, browser, cast):
    client = browser("bloc_secretary")
    sent = {"csrf_token": token(client, "/ca-nhan"), "act": "decide"}
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).scheme_code = None
        db.session.commit()
    assert "chọn bộ tiêu chí" in client.get(PATH).text and "chọn bộ tiêu chí" in client.get(f"{PATH}/{cast.units['KB']}").text
    assert client.post(f"{PATH}/{cast.units['KB']}", data=sent).status_code == 409


def test_an_unknown_unit_answers_404(browser):
    assert browser("bloc_secretary").get(f"{PATH}/999999").status_code == 404


def test_the_list_asks_the_same_number_of_queries_for_any_number_of_branches(app, browser, cast, proposed):
    client = browser("bloc_secretary")
    client.get(PATH)
    with counted(app) as few:
        client.get(PATH)
    with app.app_context():
        from diary.domain.units import UnitKind
        from diary.models.units import Unit
        from tests import factories

        base = db.session.get_one(Unit, cast.units["BV"])
        for number in range(8):
            factories.member("Trần Văn", f"Số {number}", factories.unit(f"T{number}", f"Chi đoàn {number}", UnitKind.BRANCH, base))
        db.session.commit()
    with counted(app) as many:
        client.get(PATH)
    assert len(few) == len(many)
