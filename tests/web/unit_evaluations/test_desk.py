"""The desk of the base and the bloc over units."""

import pytest

from diary.domain.actors import Post
from diary.domain.evaluations import EvaluationState
from diary.domain.pledges import PledgeState
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.units import Unit
from diary.queries.unit_lists import unit_list
from diary.services import clock
from tests import factories
from tests import unit_year_ends as play
from tests.web.reading import heading, hidden, words

PATH = "/xet-duyet/to-chuc"
S = EvaluationState


@pytest.fixture
def waiting(app, cast):
    """KB waits for the bloc as its figures say, BV-NOI for the base, BV (odd) for the bloc."""
    with app.app_context():
        play.propose("lone_secretary", "KB", "strong")
        play.propose("secretary", "BV-NOI", "fair")
        play.propose("base_secretary", "BV", "strong")
    return cast.units


def states(app, *codes):
    with app.app_context():
        return [play.row(code).state for code in codes]


def send(app, client, act, *codes, levels=None, **fields):
    page = client.get(PATH).text
    sent = {"csrf_token": hidden(page, "csrf_token"), "act": act, "pick": []}
    with app.app_context():
        for code in codes:
            unit_id = play.unit(code)
            sent["pick"].append(str(unit_id))
            sent |= {f"version-{unit_id}": str(play.version(code)), f"level-{unit_id}": (levels or {}).get(code, "strong")}
    if 'name="number"' in page:
        sent |= {"number": "22-QĐ/ĐTNK", "decided_on": "23/11/2026"}
    return client.post(PATH, data=sent | fields)


def test_what_waits_stands_first_with_its_evidence_and_what_is_odd(browser, waiting):
    page = browser("bloc_secretary").get(PATH).text
    read = words(page)
    assert heading(page) == "Xếp loại tổ chức Đoàn" and "Chưa đủ số liệu để gợi ý" in read
    assert page.index("Chi đoàn Kho bạc") < page.index("Chi đoàn Khối Ngoại") and page.count('name="pick"') == 2
    assert page.count('name="pick"') == page.count('type="checkbox"') and " checked" not in page  # odd ones are for a human to tick
    assert "2 tổ chức chờ xếp loại" in words(browser("bloc_secretary").get("/").text)


def test_a_base_sees_its_own_units_alone_and_passes_them_on(app, browser, waiting):
    client = browser("base_secretary")
    page = client.get(PATH).text
    assert "Khối Nội" in page and "Kho bạc" not in page and "Công nhận các đơn vị" not in page
    assert "Xếp loại của chính Đoàn cơ sở Bệnh viện Đa khoa" in words(page)
    assert send(app, client, "pass_on", "BV-NOI", levels={"BV-NOI": "fair"}).status_code == 303
    assert states(app, "BV-NOI") == [S.PASSED_ON]


def test_many_are_decided_in_one_press(app, browser, waiting):
    assert send(app, browser("bloc_secretary"), "decide", "KB", "BV").status_code == 303
    assert states(app, "KB", "BV", "BV-NOI") == [S.DECIDED, S.DECIDED, S.PROPOSED]
    assert "Năm 2026" in browser("bloc_secretary").get(PATH).text


@pytest.mark.sqlite
def test_only_what_is_ticked_is_decided(app, browser, waiting):
    client = browser("bloc_secretary")
    assert "đánh dấu ít nhất một đơn vị" in send(app, client, "decide").text
    send(app, client, "decide", "KB")
    assert states(app, "KB", "BV") == [S.DECIDED, S.PROPOSED]


@pytest.mark.sqlite
def test_a_refused_decision_keeps_what_was_typed(app, browser, waiting):
    unit_id = waiting["KB"]
    fields = {f"reason-{unit_id}": "Chữ đã gõ", "number": ""}
    answer = send(app, browser("bloc_secretary"), "decide", "KB", levels={"KB": "fair"}, **fields)
    assert answer.status_code == 200 and "Hãy ghi số quyết định" in answer.text and "Chữ đã gõ" in answer.text
    assert answer.text.count(" checked") == 1 and 'value="fair" selected' in answer.text


@pytest.mark.sqlite
def test_a_level_that_departs_asks_for_its_reason_at_the_unit(app, browser, waiting):
    answer = send(app, browser("bloc_secretary"), "decide", "KB", levels={"KB": "fair"})
    assert f'id="reason-{waiting["KB"]}-loi"' in answer.text and states(app, "KB") == [S.PROPOSED]


@pytest.mark.sqlite
def test_where_the_base_sees_it_differently_the_bloc_has_to_choose(app, browser, waiting):
    with app.app_context():
        play.pass_on("base_secretary", "BV-NOI", "average", "Ba tháng không sinh hoạt.")
    page = browser("bloc_secretary").get(PATH).text
    field = page.split(f'id="level-{waiting["BV-NOI"]}"')[1].split("</select>")[0]
    assert "Chọn mức" in field and "selected" not in field
    assert "Đoàn cơ sở xếp khác đề nghị" in page and "Ba tháng không sinh hoạt." in page


@pytest.mark.sqlite
def test_units_are_returned_with_words(app, browser, waiting):
    client = browser("bloc_secretary")
    assert "Hãy ghi lý do trả lại" in send(app, client, "send_back", "KB").text
    assert send(app, client, "send_back", "KB", words="Bổ sung số buổi.").status_code == 303
    assert states(app, "KB") == [S.NOT_STARTED]
    assert "Bổ sung số buổi." in browser("lone_secretary").get(f"/xep-loai/to-chuc/{waiting['KB']}").text


@pytest.mark.sqlite
def test_what_changed_meanwhile_answers_409_and_keeps_the_typing(app, browser, waiting):
    answer = send(
        app, browser("bloc_secretary"), "decide", "KB", **{f"version-{waiting['KB']}": "1", f"reason-{waiting['KB']}": "Chữ đã gõ"}
    )
    assert answer.status_code == 409 and "Chữ đã gõ" in answer.text


def test_a_base_s_units_can_be_looked_at_apart(browser, waiting):
    client = browser("bloc_secretary")
    page = client.get(f"{PATH}?co-so={waiting['BV']}").text
    assert "Khối Nội" in page and f"level-{waiting['BV']}" in page and f"level-{waiting['KB']}" not in page
    assert client.get(f"{PATH}?co-so={waiting['KB']}").status_code == 404


def test_the_one_who_proposed_is_told_to_leave_it_to_a_colleague(app, browser, cast):
    with app.app_context():
        account = db.session.get_one(Account, cast.bloc_secretary.account_id)
        factories.appoint(account, db.session.get_one(Unit, cast.units["KB"]), Post.SECRETARY)
        db.session.commit()
        play.propose("bloc_secretary", "KB")
    page = browser("bloc_secretary").get(PATH).text
    assert "để đồng chí khác trong ban xét" in words(page) and 'name="pick"' not in page
    assert send(app, browser("bloc_secretary"), "decide", "KB").status_code == 403


@pytest.mark.sqlite
@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_the_list_is_had_to_print_to_edit_and_to_count(browser, waiting, ending):
    answer = browser("bloc_secretary").get(f"{PATH}/danh-sach.{ending}")
    assert answer.status_code == 200 and answer.data[:4] in (b"%PDF", b"PK\x03\x04")
    assert "danh-sach-xep-loai-to-chuc-doan-nam-2026" in answer.headers["Content-Disposition"]


def test_a_list_holds_the_reader_s_units_and_the_annex_those_of_its_decision(app, browser, waiting):
    with app.app_context():
        play.decide("bloc_secretary", "KB")
        today = clock.today()
        whole, base = (unit_list(waiting[code], 2026, today) for code in ("KHOI", "BV"))
        annex = unit_list(waiting["KHOI"], 2026, today, "22-QĐ/ĐTNK", today)
    assert len(whole.lines) == len(waiting) - 1 and len(base.lines) == 4
    assert [(line.name, line.decided.letters) for line in annex.lines] == [("Chi đoàn Kho bạc Nhà nước", "VM")]
    assert "so=22-Q%C4%90/%C4%90TNK" in browser("bloc_secretary").get(PATH).text
    assert browser("bloc_secretary").get(f"{PATH}/danh-sach.pdf?so=22-QĐ/ĐTNK&ngay={today.isoformat()}").status_code == 200
    assert browser("base_secretary").get(f"{PATH}/danh-sach.pdf?co-so={waiting['KB']}").status_code == 404


@pytest.mark.sqlite
def test_what_is_odd_follows_the_figures_as_they_stand(app, browser, waiting, cast):
    client = browser("bloc_secretary")
    row = client.get(PATH).text.split("Chi đoàn Kho bạc", 2)[2].split("</tr>")[0]
    assert "Đề nghị khác gợi ý theo số liệu" in row
    with app.app_context():
        for person in (cast.lone_secretary, cast.stranger, cast.bloc_secretary, cast.bloc_deputy, cast.inspector):
            factories.pledge(person, PledgeState.APPROVED)
    row = client.get(PATH).text.split("Chi đoàn Kho bạc", 2)[2].split("</tr>")[0]
    assert "Chưa đủ số liệu để gợi ý mức" in row and "khác gợi ý" not in row
