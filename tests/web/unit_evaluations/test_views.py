"""A unit's own page of the year-end."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from diary.domain.evaluations import EvaluationState
from diary.domain.measures import UNIT_MEASURES
from diary.domain.schemes import SCHEME_2023
from diary.domain.years import Activity
from diary.models.base import db
from diary.models.noted_figures import MemberFigure
from diary.models.years import Window, WorkYear
from diary.web.unit_evaluations.forms import FiguresForm
from tests import factories
from tests import unit_year_ends as play
from tests.factories import YEAR
from tests.web.reading import heading, hidden, words

PATH = "/xep-loai/to-chuc"


@pytest.fixture
def ward(cast):
    return f"{PATH}/{cast.units['BV-NOI']}"


@pytest.fixture
def treasury(cast):
    return f"{PATH}/{cast.units['KB']}"


def post(client, path, act, **fields):
    page = client.get(path).text
    sent = {"csrf_token": hidden(page, "csrf_token"), "act": act}
    if act in ("propose", "reopen"):
        sent["version"] = hidden(page, "version")
    return client.post(path, data=sent | fields)


def state(app, code):
    with app.app_context():
        row = play.row(code)
        return row.state if row else EvaluationState.NOT_STARTED


@pytest.mark.sqlite
def test_an_officer_is_led_to_the_own_unit_and_a_committee_without_one_to_the_desk(browser, cast):
    assert browser("secretary").get(PATH).location.startswith(f"{PATH}/{cast.units['BV-NOI']}?")
    assert browser("base_secretary").get(PATH).location.startswith(f"{PATH}/{cast.units['BV']}?")
    assert browser("bloc_secretary").get(PATH).location.startswith("/xet-duyet/to-chuc?")


def test_the_page_shows_the_evidence_with_ways_to_what_it_counts(app, browser, cast, ward):
    with app.app_context():
        play.note("secretary", "BV-NOI", meetings_held=11)
    page = browser("secretary").get(ward).text
    read = words(page)
    assert heading(page) == "Xếp loại tổ chức Đoàn" and "11 buổi" in read and "Gợi ý theo số liệu" in read
    assert "Chưa đề nghị" in read and "Đến lượt bạn đề nghị" in read
    assert f'href="/doan-phi?don-vi={cast.units["BV-NOI"]}&amp;nam={YEAR}"' in page


@pytest.mark.sqlite
@pytest.mark.parametrize("name", ["secretary", "base_secretary", "bloc_secretary", "inspector"])
def test_every_way_on_the_page_opens_for_its_reader(browser, cast, name):
    client = browser(name)
    for code in ("BV-NOI", "BV"):
        answer = client.get(f"{PATH}/{cast.units[code]}")
        if answer.status_code == 404:
            continue
        section = answer.text.split('id="so-lieu"')[1].split("</section>")[0]
        for link in {part.split('"')[0].replace("&amp;", "&") for part in section.split('href="')[1:]}:
            assert client.get(link).status_code == 200, (name, code, link)


def test_figures_are_noted_on_the_page(app, browser, ward):
    answer = post(browser("secretary"), ward, "figures", meetings_held="10", meetings_held_words="", topics="", initiatives="1")
    assert answer.status_code == 303
    read = words(browser("secretary").get(ward).text)
    assert "10 buổi" in read and "1 việc" in read


@pytest.mark.sqlite
@pytest.mark.parametrize(("typed", "said"), [("mười", "số nguyên"), ("-3", "từ 0 đến 10.000"), ("99999", "từ 0 đến 10.000")])
def test_a_figure_that_is_none_is_refused_and_stays(browser, ward, typed, said):
    answer = post(browser("secretary"), ward, "figures", meetings_held=typed, topics="2")
    assert answer.status_code == 200 and said in answer.text and f'value="{typed}"' in answer.text


def test_the_unit_proposes_its_level(app, browser, treasury):
    client = browser("lone_secretary")
    typed = {"words": "Cả năm đều đặn.", "level": "fair"}
    assert "khác gợi ý theo số liệu: hãy ghi lý do" in post(client, treasury, "propose", **typed).text
    assert post(client, treasury, "propose", **typed, reason="Đăng ký chưa kịp duyệt.").status_code == 303
    assert state(app, "KB") is EvaluationState.PROPOSED
    read = words(client.get(treasury).text)
    assert "Đã đề nghị" in read and "Đến lượt Đoàn Khối công nhận" in read and "Cả năm đều đặn." in read and "Lưu số liệu" not in read


@pytest.mark.sqlite
def test_a_proposal_without_its_level_keeps_the_words(app, browser, treasury):
    answer = post(browser("lone_secretary"), treasury, "propose", words="Chữ đã gõ")
    assert answer.status_code == 200 and "Hãy chọn mức đề nghị." in answer.text and "Chữ đã gõ" in answer.text
    assert state(app, "KB") is EvaluationState.NOT_STARTED


@pytest.mark.sqlite
def test_at_the_wrong_moment_the_typed_words_stay(app, browser, treasury):
    client = browser("lone_secretary")
    page = client.get(treasury).text
    with app.app_context():
        play.propose("lone_secretary", "KB", "fair")
        play.send_back("bloc_secretary", "KB")
    sent = {"csrf_token": hidden(page, "csrf_token"), "act": "propose", "version": "0", "words": "Chữ đã gõ", "level": "fair"}
    answer = client.post(treasury, data=sent)
    assert answer.status_code == 409 and "Chữ đã gõ" in answer.text


def test_a_result_is_taken_back_on_the_page_with_a_reason(app, browser, treasury):
    with app.app_context():
        play.propose("lone_secretary", "KB")
        play.decide("bloc_secretary", "KB")
    client = browser("bloc_secretary")
    assert "22-QĐ/ĐTNK" in words(client.get(treasury).text)
    assert "Hãy ghi lý do" in post(client, treasury, "reopen", words="").text
    assert post(client, treasury, "reopen", words="Ghi nhầm mức.").status_code == 303
    read = words(client.get(treasury).text)
    assert "Mở lại" in read and "quyết định số 22-QĐ/ĐTNK được lưu lại" in read and "Ghi nhầm mức." in read


def test_a_decided_page_shows_the_figures_of_the_decision(app, browser, treasury, cast):
    with app.app_context():
        play.note("lone_secretary", "KB", topics=3)
        play.propose("lone_secretary", "KB")
        play.decide("bloc_secretary", "KB")
        factories.pledge(cast.stranger)
    read = words(browser("lone_secretary").get(treasury).text)
    assert "Số liệu lúc ra quyết định" in read and "3 chuyên đề" in read


@pytest.mark.sqlite
def test_a_year_without_a_scheme_says_so(app, browser, ward):
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).scheme_code = None
        db.session.commit()
    for name, path in (("secretary", ward), ("bloc_secretary", "/xet-duyet/to-chuc")):
        answer = browser(name).get(path)
        assert answer.status_code == 200 and "chưa có bộ tiêu chí" in answer.text


@pytest.mark.sqlite
def test_the_form_of_noted_figures_has_every_figure_a_unit_notes():
    assert set(FiguresForm.CODES) == {code for code, one in UNIT_MEASURES.items() if one.noted}


def test_meetings_that_differ_from_those_beside_the_members_are_pointed_out(app, browser, cast, ward):
    with app.app_context():
        whose = {"member_id": cast.member.member_id, "unit_id": cast.secretary.unit_id, "year": YEAR, "noted_by": cast.secretary.account_id}
        db.session.add(MemberFigure(**whose, measure="meetings", count=8, of=9, words="", noted_at=datetime.now(UTC)))
        db.session.commit()
    said = "Bảng số liệu ghi tay của đoàn viên ghi 9 buổi."
    post(browser("secretary"), ward, "figures", meetings_held="9")
    assert said not in browser("secretary").get(ward).text
    post(browser("secretary"), ward, "figures", meetings_held="10")
    assert said in browser("secretary").get(ward).text


@pytest.mark.sqlite
def test_what_a_level_asks_stands_one_a_line_with_the_year_s_level_and_unbroken_shares(browser, ward):
    page = browser("secretary").get(ward).text
    for condition in SCHEME_2023.unit_levels[0].asked(SCHEME_2023.unit_measures):
        assert f'<span class="muted d-block">{condition.replace(" %", chr(160) + "%")}</span>' in page
    assert "Tốt trở lên" in page and "mức thứ hai" not in page


@pytest.mark.sqlite
def test_before_the_window_the_unit_s_turn_says_when_it_opens(app, browser, ward):
    with app.app_context():
        ahead = Window.activity.in_((Activity.MEETINGS, Activity.DECIDING))
        db.session.execute(update(Window).where(ahead).values(opens_on=date(2026, 12, 15)))
        db.session.commit()
    page = browser("secretary").get(ward).text
    assert "Mở từ 15/12/2026" in page and "Đến lượt bạn đề nghị" not in page
