"""/ren-luyen: the table with results to choose, counts below, who may see what."""

import re

import pytest

from diary.domain.training import TrainingResult, YearTraining
from diary.files.sheets import read_sheets
from diary.models.base import db
from diary.models.years import WorkYear
from diary.queries.training import year_training
from diary.services import clock, training
from tests import factories
from tests.registers import YEAR
from tests.web.reading import heading, token, words

PAGE = "/ren-luyen"
EXCELLENT = YearTraining(TrainingResult.EXCELLENT, "Đạt giải")


def note(app, cast, noted=EXCELLENT, name="member", by="secretary"):
    with app.app_context():
        training.note_member(factories.actor(by), getattr(cast, name).member_id, YEAR, noted)


def noted(app, cast, name="member"):
    with app.app_context():
        member_id = getattr(cast, name).member_id
        return year_training([member_id], YEAR).get(member_id)


def send(client, cast, **fields):
    page = f"{PAGE}?don-vi={cast.member.unit_id}"
    return client.post(PAGE, data={"csrf_token": token(client, page), "don-vi": cast.member.unit_id, **fields})


def line(person, result="", remark="", drawn=""):
    return {f"ket-qua-{person.member_id}": result, f"ghi-chu-{person.member_id}": remark, f"truoc-{person.member_id}": drawn}


def test_the_branch_s_table_shows_everyone_with_their_result_and_the_counts(app, browser, cast):
    note(app, cast)
    page = browser("secretary").get(PAGE).text
    assert heading(page) == "Chương trình rèn luyện" and "Hoàn thành xuất sắc 1 /5 người" in words(page)
    assert "4 người chưa ghi kết quả." in words(page) and 'value="Đạt giải"' in page
    assert all(f">{label}<" in page.replace("</svg>", ">") for label in ("Thêm", "Nhập Excel", "Xuất Excel", "Lưu"))


def test_lines_that_were_changed_are_kept_and_others_left_alone(app, browser, cast):
    client = browser("secretary")
    page = client.get(PAGE).text
    note(app, cast, by="deputy")
    answer = send(client, cast, **line(cast.member), **line(cast.member2, "good", "Chăm"), **line(cast.new_member))
    assert answer.status_code == 303 and "Đã lưu 1 thay đổi." in client.get(answer.location).text
    assert noted(app, cast) == EXCELLENT, "what a colleague noted meanwhile stays"
    assert noted(app, cast, "member2") == YearTraining(TrainingResult.GOOD, "Chăm")
    assert f"ket-qua-{cast.member.member_id}" in page
    send(client, cast, **line(cast.member, drawn="excellent|Đạt giải"))
    assert noted(app, cast) is None


def test_a_remark_without_a_result_is_told_and_kept(app, browser, cast):
    answer = send(browser("secretary"), cast, **line(cast.member, remark="Chăm chỉ"))
    assert answer.status_code == 200 and "chưa chọn kết quả" in answer.text and 'value="Chăm chỉ"' in answer.text
    assert noted(app, cast) is None


def test_a_locked_year_answers_409_and_keeps_what_was_chosen(app, browser, cast):
    client = browser("secretary")
    csrf = token(client, PAGE)
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).locked_at = clock.now()
        db.session.commit()
    form = {"csrf_token": csrf, "don-vi": cast.member.unit_id, **line(cast.member, "good", "Chăm chỉ")}
    answer = client.post(PAGE, data=form)
    assert answer.status_code == 409 and "khóa sổ" in answer.text and 'value="Chăm chỉ"' in answer.text
    assert re.search(r'value="good" selected', answer.text)


@pytest.mark.parametrize(("name", "status"), [("other_secretary", 404), ("stranger", 403), ("member", 403), ("administrator", 403)])
def test_others_do_not_see_the_branch_s_register(browser, cast, name, status):
    assert browser(name).get(f"{PAGE}?don-vi={cast.member.unit_id}").status_code == status


@pytest.mark.parametrize(("name", "status"), [("other_secretary", 404), ("inspector", 403), ("stranger", 404)])
def test_others_note_nothing(app, browser, cast, name, status):
    client = browser(name)
    form = {"csrf_token": token(client, "/ca-nhan"), "don-vi": cast.member.unit_id, **line(cast.member, "good")}
    assert client.post(PAGE, data=form).status_code == status and noted(app, cast) is None


def test_an_inspector_reads_and_has_nothing_to_press(app, browser, cast):
    note(app, cast)
    page = browser("inspector").get(f"{PAGE}?don-vi={cast.member.unit_id}").text
    assert "Đạt giải" in page and "<select" not in page and "Nhập Excel" not in page and "Xuất Excel" in page


def test_a_post_that_names_no_branch_is_told_so(browser):
    client = browser("secretary")
    answer = client.post(PAGE, data={"csrf_token": token(client, PAGE)})
    assert answer.status_code == 400 and "Không rõ đang ghi cho chi đoàn nào" in answer.text


def test_the_bloc_goes_down_by_unit_with_counts(app, browser, cast):
    note(app, cast)
    client = browser("bloc_secretary")
    assert "Đoàn cơ sở Bệnh viện Đa khoa 1 0 0 0 1/7" in words(client.get(PAGE).text)
    assert "Chi đoàn Khối Nội 1 0 0 0 1/5" in words(client.get(f"{PAGE}?don-vi={cast.units['BV']}").text)


def test_one_is_added_from_the_button(app, browser, cast):
    client, path = browser("secretary"), f"{PAGE}/them"
    form = {"csrf_token": token(client, path), "member_id": cast.member2.member_id, "result": "good", "note": "Chăm"}
    assert client.post(path, data=form).status_code == 303 and noted(app, cast, "member2") == YearTraining(TrainingResult.GOOD, "Chăm")
    bad = client.post(path, data={**form, "result": "", "note": "Chăm hơn"})
    assert bad.status_code == 200 and "Hãy chọn kết quả." in bad.text and 'value="Chăm hơn"' in bad.text
    assert "Chi đoàn Khối Nội" in browser("base_secretary").get(path).text


def test_the_export_holds_the_results(app, browser, cast):
    note(app, cast)
    (sheet,) = read_sheets("a.xlsx", browser("secretary").get(f"{PAGE}/xuat").data)
    assert (
        "Thạch Thị Sa Rinh",
        "14/04/1998",
        "Đoàn cơ sở Bệnh viện Đa khoa",
        "Chi đoàn Khối Nội",
        YEAR,
        "Hoàn thành xuất sắc",
        "Đạt giải",
    ) in sheet.rows


def test_a_member_sees_their_result_and_who_has_none_reads_chua_ghi(app, browser, cast):
    note(app, cast)
    for path in ("/ca-nhan", "/danh-gia"):
        shown = r"Chương trình rèn luyện[\w ]*</dt><dd[^>]*>(?:<[ab][^>]*>)*"
        assert re.search(f"(?i){shown}Hoàn thành xuất sắc", browser("member").get(path).text)
        assert re.search(f"{shown}Chưa ghi", browser("new_member").get(path).text)
