"""/doan-phi: the table with its ticks, the whole branch at once with its undo, one member, sums below, who may see what."""

import re

import pytest

from diary.domain.fees import FeeNote, FeeState
from diary.files.sheets import read_sheets
from diary.models.base import db
from diary.models.members import Member
from diary.models.years import WorkYear
from diary.queries import fees as queries
from diary.services import clock, fees
from tests import factories
from tests.registers import YEAR
from tests.web.reading import heading, hidden, token, words

PAGE = "/doan-phi"


def note(app, cast, quarters, name="member", by="secretary"):
    with app.app_context():
        notes = {quarter: FeeNote(FeeState(state), amount) for quarter, (state, amount) in quarters.items()}
        fees.note_member(factories.actor(by), getattr(cast, name).member_id, YEAR, notes)


def noted(app, cast, name="member"):
    with app.app_context():
        member_id = getattr(cast, name).member_id
        found = queries.year_fees([member_id], YEAR)[member_id]
        return {quarter: (one.state.value, one.amount) for quarter, one in found.notes.items()}


def send(client, cast, path=PAGE, **fields):
    page = f"{PAGE}?don-vi={cast.member.unit_id}"
    return client.post(path, data={"csrf_token": token(client, page), "don-vi": cast.member.unit_id, "amount": "15.000", **fields})


def lock(app):
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).locked_at = clock.now()
        db.session.commit()


def test_the_branch_s_table_shows_everyone_with_their_quarters_and_the_sums(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000), 2: ("exempt", 0)})
    page = browser("secretary").get(PAGE).text
    assert heading(page) == "Đoàn phí" and "Chi đoàn Khối Nội, năm 2026, 5 đoàn viên" in words(page)
    assert "Quý I 1 /5 người, 15.000 đồng" in words(page) and "Quý II 1 /5 người, 0 đồng, 1 miễn" in words(page)
    assert all(
        f">{label}<" in page.replace("</svg>", ">") for label in ("Thêm", "Nhập Excel", "Xuất Excel", "Cả chi đoàn đã đóng quý này", "Lưu")
    )
    box = f'value="{cast.member.member_id}-1"'
    assert re.search(rf'type="checkbox"[^>]*{box} checked', page) and f"{cast.member.member_id}-2" not in page and "Miễn" in page


def test_ticks_are_kept_and_cleared_ones_taken_back(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000)})
    client, one, two = browser("secretary"), cast.member.member_id, cast.member2.member_id
    answer = send(client, cast, act="save", truoc=[f"{one}-1"], dong=[f"{one}-3", f"{two}-1", "x", "9-9", "-1"])
    assert answer.status_code == 303 and "Đã lưu 3 thay đổi." in client.get(answer.location).text
    assert noted(app, cast) == {3: ("paid", 15_000)} and noted(app, cast, "member2") == {1: ("paid", 15_000)}


def test_the_whole_branch_is_noted_in_one_press_and_taken_back_in_another(app, browser, cast):
    note(app, cast, {4: ("exempt", 0)})
    client = browser("secretary")
    answer = send(client, cast, act="all", quy="4", dong=[f"{cast.member2.member_id}-1"])
    page = client.get(answer.location).text
    assert "Đã ghi quý IV cho 4 người" in words(page) and "Hoàn tác" in page
    assert noted(app, cast, "member2") == {1: ("paid", 15_000), 4: ("paid", 15_000)}, "ticks beside it are kept too"
    moment = re.search(r'name="luc" value="(\d+)"', page)[1]
    done = send(client, cast, f"{PAGE}/hoan-tac", quy="4", luc=moment)
    assert done.status_code == 303 and "Đã hoàn tác: 4 người" in client.get(done.location).text
    assert noted(app, cast, "member2") == {1: ("paid", 15_000)} and noted(app, cast) == {4: ("exempt", 0)}
    again = send(client, cast, f"{PAGE}/hoan-tac", quy="4", luc=moment)
    assert "đã được hoàn tác" in client.get(again.location).text and "data-undo" not in client.get(answer.location).text


def test_a_bad_amount_keeps_the_ticks_and_says_what_is_wrong(app, browser, cast):
    client, box = browser("secretary"), f"{cast.member.member_id}-2"
    answer = send(client, cast, act="save", amount="nhiều", dong=[box])
    assert answer.status_code == 200 and "Hãy ghi số tiền bằng đồng" in answer.text and 'value="nhiều"' in answer.text
    assert re.search(rf'value="{box}" checked', answer.text) and noted(app, cast) == {}


def test_a_quarter_there_is_not_is_told_and_writes_nothing(app, browser, cast):
    answer = send(browser("secretary"), cast, act="all", quy="9")
    assert answer.status_code == 200 and "Hãy chọn một trong bốn quý." in answer.text and noted(app, cast) == {}


def test_a_locked_year_answers_409_and_keeps_the_ticks(app, browser, cast):
    client, box = browser("secretary"), f"{cast.member.member_id}-2"
    csrf = token(client, PAGE)
    lock(app)
    answer = client.post(PAGE, data={"csrf_token": csrf, "don-vi": cast.member.unit_id, "amount": "1.000", "dong": [box]})
    assert answer.status_code == 409 and "khóa sổ" in answer.text and re.search(rf'value="{box}" checked', answer.text)
    undone = client.post(f"{PAGE}/hoan-tac", data={"csrf_token": csrf, "don-vi": cast.member.unit_id, "quy": "1", "luc": "1"})
    assert undone.status_code == 303 and "khóa sổ" in client.get(undone.location).text


def test_a_locked_year_is_only_to_be_read(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000)})
    lock(app)
    page = browser("secretary").get(PAGE).text
    assert "khóa sổ, chỉ còn xem được" in page and "checkbox" not in page and "Nhập Excel" not in page and "Đã đóng 15.000" in page


@pytest.mark.parametrize("fields", [{}, {"don-vi": "abc"}, {"don-vi": "99999999999999"}])
def test_a_post_that_names_no_branch_is_told_so(browser, fields):
    client = browser("secretary")
    answer = client.post(PAGE, data={"csrf_token": token(client, PAGE), **fields})
    assert answer.status_code == 400 and "Không rõ đang ghi cho chi đoàn nào" in answer.text


@pytest.mark.parametrize(("name", "status"), [("other_secretary", 404), ("stranger", 403), ("member", 403), ("administrator", 403)])
def test_others_do_not_see_the_branch_s_register(browser, cast, name, status):
    assert browser(name).get(f"{PAGE}?don-vi={cast.member.unit_id}").status_code == status


@pytest.mark.parametrize(("name", "status"), [("other_secretary", 404), ("inspector", 403), ("member", 403), ("stranger", 404)])
def test_others_note_nothing(app, browser, cast, name, status):
    client = browser(name)
    form = {
        "csrf_token": token(client, "/ca-nhan"),
        "don-vi": cast.member.unit_id,
        "amount": "1000",
        "dong": [f"{cast.member.member_id}-1"],
    }
    assert client.post(PAGE, data=form).status_code in {status, 404} and noted(app, cast) == {}
    assert client.get(f"{PAGE}/{cast.member.member_id}").status_code == status


def test_an_inspector_reads_and_has_nothing_to_press(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000)})
    page = browser("inspector").get(f"{PAGE}?don-vi={cast.member.unit_id}").text
    assert "Đã đóng 15.000" in page and "checkbox" not in page and "Nhập Excel" not in page and "Xuất Excel" in page


@pytest.mark.parametrize("path", ["/hoan-tac"])
def test_what_is_only_posted_to_answers_405(browser, path):
    assert browser("secretary").get(PAGE + path).status_code == 405


def test_the_bloc_goes_down_by_unit_to_the_branch_with_counts_and_money_at_each_step(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000), 2: ("exempt", 0)})
    note(app, cast, {1: ("paid", 5_000)}, "stranger", "bloc_secretary")
    client = browser("bloc_secretary")
    page = client.get(PAGE).text
    assert "Quý I 2 /12 người, 20.000 đồng" in words(page)
    assert "Đoàn cơ sở Bệnh viện Đa khoa 1/7 1/7 0/7 0/7 15.000 đồng" in words(page)
    base = client.get(f"{PAGE}?don-vi={cast.units['BV']}").text
    assert "Quý I 1 /7 người, 15.000 đồng" in words(base), "what is elsewhere is not counted here"
    assert "Chi đoàn Khối Nội 1/5 1/5 0/5 0/5 15.000 đồng" in words(base) and f"don-vi={cast.units['KHOI']}" in base
    assert client.get(f"{PAGE}?don-vi={cast.units['BV-NOI']}").status_code == 200
    assert browser("base_secretary").get(f"{PAGE}?don-vi={cast.units['KHOI']}").status_code == 404


def test_one_member_s_quarters_are_set_with_exemption_and_amounts(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000)})
    client, path = browser("secretary"), f"{PAGE}/{cast.member.member_id}"
    page = client.get(path).text
    assert heading(page) == "Thạch Thị Sa Rinh" and 'value="15.000"' in page
    form = {"csrf_token": token(client, path)} | {f"state_{q}": "" for q in (2, 4)} | {f"amount_{q}": "7.500" for q in (1, 2, 3, 4)}
    assert client.post(path, data={**form, "state_1": "paid", "state_3": "exempt"}).status_code == 303
    assert noted(app, cast) == {1: ("paid", 7_500), 3: ("exempt", 0)}
    bad = client.post(path, data={**form, "state_1": "paid", "amount_1": "rất nhiều"})
    assert bad.status_code == 200 and "rất nhiều" in bad.text and "Hãy ghi số tiền" in bad.text
    lock(app)
    late = client.post(path, data={**form, "state_1": "paid", "amount_1": "123"})
    assert late.status_code == 409 and 'value="123"' in late.text


def test_one_is_added_from_the_button_and_from_above_a_branch_is_chosen_first(app, browser, cast):
    client, path = browser("secretary"), f"{PAGE}/them"
    form = {
        "csrf_token": token(client, path),
        "member_id": cast.member2.member_id,
        "quarters": ["2", "3"],
        "state": "paid",
        "amount": "9000",
    }
    assert client.post(path, data=form).status_code == 303
    assert noted(app, cast, "member2") == {2: ("paid", 9_000), 3: ("paid", 9_000)}
    bad = client.post(path, data={**form, "quarters": [], "amount": "9000"})
    assert bad.status_code == 200 and "Hãy chọn quý." in bad.text and 'value="9000"' in bad.text
    above = browser("bloc_secretary")
    offered = above.get(path).text
    assert "Chi đoàn Khối Nội" in offered and "Chi đoàn Khối Dược" not in offered, "a branch without people is not offered"
    assert "Thạch Thị Sa Rinh" in above.get(f"{path}?don-vi={cast.member.unit_id}").text
    assert "Thạch Thị Sa Rinh" not in browser("other_secretary").get(f"{path}?don-vi={cast.member.unit_id}").text


def test_the_export_holds_what_the_reader_may_see_and_comes_back_unchanged(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000), 2: ("exempt", 0), 3: ("paid", 0)})
    (sheet,) = read_sheets("a.xlsx", browser("secretary").get(f"{PAGE}/xuat").data)
    assert len(sheet.rows) == 1 + 5
    assert (
        *("Thạch Thị Sa Rinh", "14/04/1998", "Đoàn cơ sở Bệnh viện Đa khoa", "Chi đoàn Khối Nội", YEAR),
        15000,
        "Miễn",
        "x",
        None,
    ) in sheet.rows
    (all_of_them,) = read_sheets("a.xlsx", browser("inspector").get(f"{PAGE}/xuat").data)
    assert len(all_of_them.rows) == 1 + 12
    assert browser("other_secretary").get(f"{PAGE}/xuat?don-vi={cast.member.unit_id}").status_code == 404


def test_the_amount_offered_is_the_one_the_branch_asks_for_most(app, browser, cast):
    assert hidden(browser("secretary").get(PAGE).text, "amount") == "6.000"
    note(app, cast, {1: ("paid", 15_000), 2: ("paid", 15_000), 3: ("paid", 9_000)})
    assert hidden(browser("secretary").get(PAGE).text, "amount") == "15.000"


def test_a_branch_without_people_says_what_to_do_first(app, browser, cast):
    page = browser("base_secretary").get(f"{PAGE}?don-vi={cast.units['BV-DUOC']}").text
    assert "Chưa có đoàn viên nào" in page and "Nhập danh sách đoàn viên trước" in page


def test_a_member_sees_their_own_state_on_their_page_and_on_their_evaluation(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000), 2: ("exempt", 0)})
    assert "2/4 quý. Quý I đã đóng; quý II được miễn." in browser("member").get("/ca-nhan").text
    assert "Quý I đã đóng; quý II được miễn" in browser("member").get("/danh-gia").text
    for path in ("/ca-nhan", "/danh-gia"):
        assert re.search(r"(?i)đoàn phí[\w ]*</dt><dd[^>]*>Chưa ghi", browser("new_member").get(path).text)


def test_someone_who_moved_here_brings_their_quarters_and_they_are_not_this_branch_s_to_change(app, browser, cast):
    note(app, cast, {1: ("paid", 15_000)})
    with app.app_context():
        db.session.get_one(Member, cast.member.member_id).unit_id = cast.units["BV-NGOAI"]
        db.session.commit()
    page = browser("other_secretary").get(PAGE).text
    assert "nơi cũ ghi" in page and f"{cast.member.member_id}-1" not in page and f"{cast.member.member_id}-2" in page
    assert "Chi đoàn cũ đã ghi" in browser("other_secretary").get(f"{PAGE}/{cast.member.member_id}").text
