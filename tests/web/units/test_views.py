"""The pages of units."""

from datetime import date

import pytest
from sqlalchemy import select

from diary.domain.actors import Post
from diary.domain.units import UnitKind
from diary.models.accounts import Appointment
from diary.models.base import db
from diary.models.units import Unit, Virtue
from tests import factories
from tests.counting import counted
from tests.web.reading import heading, hidden, token, words


def unit(app, code):
    with app.app_context():
        return db.session.execute(select(Unit).where(Unit.code == code)).scalar_one()


def held(app, cast, name):
    with app.app_context():
        query = select(Appointment.id).where(Appointment.account_id == getattr(cast, name).account_id)
        return db.session.execute(query).scalar_one()


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan")} | fields)


def test_the_tree_shows_kinds_counts_officers_and_marks(app, browser, cast):
    with app.app_context():
        db.session.get_one(Unit, cast.units["BV-DUOC"]).needs_placing = True
        db.session.get_one(Unit, cast.units["BV-NGOAI"]).closed_on = date(2026, 5, 1)
        db.session.commit()
    page = browser("bloc_secretary").get("/to-chuc")
    said = words(page.text)
    assert heading(page.text) == "Tổ chức"
    for shown in (
        "Đoàn cơ sở, 7 đoàn viên",
        "Bí thư Huỳnh Lê Thảo Nguyên",
        "Cần xếp",
        "2 tổ chức trực thuộc",
        "Đã đóng (1)",
        "Chưa có bí thư",
    ):
        assert shown in said


def test_pages_about_units_are_for_those_with_a_post_over_some(browser, cast):
    for name in ("member", "stranger", "administrator"):
        assert browser(name).get("/to-chuc").status_code == 403
        assert browser(name).get(f"/to-chuc/{cast.units['BV-NOI']}").status_code == 404
    assert browser("inspector").get(f"/to-chuc/{cast.units['BV-NOI']}").status_code == 200
    assert browser("secretary").get(f"/to-chuc/{cast.units['BV']}").status_code == 404
    assert browser("bloc_secretary").get("/to-chuc/999999").status_code == 404


def test_search_finds_a_unit_without_marks_and_says_so_when_there_is_none(browser):
    client = browser("bloc_secretary")
    assert "Chi đoàn Khối Nội" in client.get("/to-chuc?q=khoi+noi").text
    assert "Không có tổ chức nào" in client.get("/to-chuc?q=<b>").text


def test_a_unit_is_added_below_and_shows_its_history(app, browser, cast):
    client = browser("base_secretary")
    answer = post(client, f"/to-chuc/{cast.units['BV']}/them", name="Chi đoàn Phục hồi", kind="branch")
    page = client.get(answer.location).text
    assert answer.status_code == 303 and heading(page) == "Chi đoàn Phục hồi" and "Thành lập" in page
    assert unit(app, "BV-PH").kind is UnitKind.BRANCH


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "", "kind": "branch"}, "Hãy ghi tên tổ chức."),
        ({"name": "Chi đoàn Khối Nội", "kind": "branch"}, "Đã có tổ chức tên này"),
        ({"name": "Chi đoàn Mới", "kind": "club"}, "Hãy chọn một loại trong danh sách."),
        ({"name": "Chi đoàn Mới"}, "Hãy chọn loại tổ chức."),
        ({"name": "Chi đoàn Mới" + "a" * 200, "kind": "branch"}, "dài quá 200 ký tự"),
    ],
)
def test_a_bad_form_for_a_unit_says_where_and_keeps_what_was_typed(browser, cast, fields, said):
    answer = post(browser("base_secretary"), f"/to-chuc/{cast.units['BV']}/them", town="Phước Châu", **fields)
    assert answer.status_code == 200 and said in answer.text and "Phước Châu" in answer.text


def test_a_kind_that_cannot_stand_there_answers_409(browser, cast):
    path = f"/to-chuc/{cast.units['BV']}/them"
    answer = post(browser("bloc_secretary"), path, name="Đoàn Khối Hai", kind="bloc")
    assert answer.status_code == 409 and "Đoàn Khối Hai" in answer.text and "không đứng dưới" in answer.text


def test_a_renamed_unit_keeps_its_old_name_in_the_history(browser, cast):
    client, path = browser("bloc_secretary"), f"/to-chuc/{cast.units['BV-NOI']}"
    assert "Chi đoàn Khối Nội" in client.get(f"{path}/sua").text
    fields = {"name": "Chi đoàn Nội tổng hợp", "symbol": "CĐN", "town": "Phước Châu", "letterhead": "CHI ĐOÀN | NỘI"}
    assert post(client, f"{path}/sua", **fields).status_code == 303
    page = words(client.get(path).text)
    assert "Đổi tên 23/11/2026 Từ Chi đoàn Khối Nội thành Chi đoàn Nội tổng hợp" in page and "CĐN" in page
    assert "Thành lập 01/01/2020 Chi đoàn Khối Nội, chi đoàn, thuộc Đoàn cơ sở Bệnh viện Đa khoa" in page
    assert "Bí thư: Lâm Thanh Sang 01/01/2024 Đang giữ chức" in page


def test_an_edit_from_an_old_page_is_refused_with_the_text_kept(browser, cast):
    client, path = browser("bloc_secretary"), f"/to-chuc/{cast.units['BV-NOI']}"
    seen = hidden(client.get(f"{path}/sua").text, "version")
    assert post(client, f"{path}/sua", name="Chi đoàn Nội", version=seen).status_code == 303
    stale = post(client, f"{path}/sua", name="Chi đoàn Nội khoa", version=seen)
    assert stale.status_code == 409 and 'value="Chi đoàn Nội khoa"' in stale.text and "người khác thay đổi" in stale.text
    assert post(client, f"{path}/sua", name="Chi đoàn Nội khoa", version=hidden(stale.text, "version")).status_code == 303


def test_a_unit_is_merged_into_another_and_both_say_so(app, browser, cast):
    client, path = browser("base_secretary"), f"/to-chuc/{cast.units['BV-NOI']}"
    form = client.get(f"{path}/sap-nhap")
    assert heading(form.text) == "Sáp nhập" and "Chi đoàn Khối Ngoại" in form.text and "Kho bạc" not in form.text
    answer = post(client, f"{path}/sap-nhap", into_id=cast.units["BV-NGOAI"], version=hidden(form.text, "version"))
    assert answer.status_code == 303 and answer.location.endswith(f"/{cast.units['BV-NGOAI']}")
    page = words(client.get(answer.location).text)
    assert "5 đoàn viên chuyển về đây" in page and "Nhận sáp nhập 23/11/2026 Chi đoàn Khối Nội sáp nhập vào đây" in page
    old = client.get(path).text
    assert "Sáp nhập 23/11/2026 Vào Chi đoàn Khối Ngoại" in words(old) and "Mở lại tổ chức" not in old and "/sap-nhap" not in old
    assert "/sua" not in old and "Bàn giao công việc" not in old and "/sua" not in browser("other_secretary").get(path).text
    assert post(client, f"{path}/mo-lai").status_code == 409
    assert post(client, f"{path}/sap-nhap", into_id=cast.units["BV-DUOC"]).status_code == 403, "nothing is changed any more"


def test_a_merger_that_cannot_be_answers_409_in_words(browser, cast):
    client, path = browser("bloc_secretary"), f"/to-chuc/{cast.units['BV-NOI']}/sap-nhap"
    assert post(client, path, into_id=999999).status_code == 200
    stale = post(client, path, into_id=cast.units["BV-NGOAI"], version="99")
    assert stale.status_code == 409 and "người khác thay đổi" in stale.text
    assert "Chưa có nơi để sáp nhập vào" in client.get(f"/to-chuc/{cast.units['BV']}/sap-nhap").text


def test_a_waiting_branch_is_placed_under_its_base(app, browser, cast):
    with app.app_context():
        db.session.get_one(Unit, cast.units["KB"]).needs_placing = True
        db.session.commit()
    client, path = browser("bloc_secretary"), f"/to-chuc/{cast.units['KB']}"
    assert "Cần xếp" in client.get(path).text and "Đoàn cơ sở Bệnh viện" in client.get(f"{path}/chuyen").text
    assert post(client, f"{path}/chuyen", parent_id=cast.units["BV"]).status_code == 303
    assert unit(app, "KB").parent_id == cast.units["BV"] and "Cần xếp" not in client.get(path).text
    assert post(client, f"{path}/chuyen", parent_id=999999).status_code == 200
    assert post(client, f"{path}/chuyen", parent_id="x").status_code == 200


def test_a_post_is_given_and_ended(app, browser, cast):
    client, path = browser("base_secretary"), f"/to-chuc/{cast.units['BV-NOI']}"
    assert "Thạch Thị Sa Rinh" in client.get(f"{path}/chuc-vu?q=rinh").text
    assert post(client, f"{path}/chuc-vu", account_id=cast.member.account_id, post="committee_member").status_code == 303
    assert "Ủy viên BCH, từ 23/11/2026" in words(client.get(path).text)
    assert post(client, f"{path}/chuc-vu/{held(app, cast, 'member')}/thoi").status_code == 303
    assert "Thạch Thị Sa Rinh" not in client.get(path).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"post": "deputy_secretary"}, "Hãy chọn một đoàn viên."),
        ({"account_id": "1"}, "Hãy chọn một chức vụ."),
        ({"account_id": "1", "post": "king"}, "Hãy chọn một chức vụ trong danh sách."),
        ({"account_id": "x", "post": "deputy_secretary"}, "Hãy chọn"),
        ({"account_id": "999999", "post": "deputy_secretary"}, "Hãy chọn một đoàn viên của tổ chức này"),
        ({"account_id": "7", "post": "secretary"}, "đang có Bí thư"),
    ],
)
def test_a_bad_form_for_a_post_says_where(browser, cast, fields, said):
    answer = post(browser("base_secretary"), f"/to-chuc/{cast.units['BV-NOI']}/chuc-vu", **fields)
    assert answer.status_code == 200 and said in answer.text


def test_nobody_ends_the_own_post(app, browser, cast):
    path = f"/to-chuc/{cast.units['KHOI']}/chuc-vu/{held(app, cast, 'bloc_secretary')}/thoi"
    assert post(browser("bloc_secretary"), path).status_code == 403


def test_an_empty_unit_is_closed_and_opened_again_and_a_full_one_answers_409(browser, cast):
    client, path = browser("bloc_secretary"), f"/to-chuc/{cast.units['BV-DUOC']}"
    assert post(client, f"{path}/dong").status_code == 303 and "đã đóng ngày 23/11/2026" in client.get(path).text
    assert post(client, f"{path}/mo-lai").status_code == 303 and "đã đóng" not in client.get(path).text
    assert post(client, f"/to-chuc/{cast.units['BV-NOI']}/dong").status_code == 409


def test_a_unit_sets_virtues_of_its_own(app, browser, cast):
    client, path = browser("secretary"), f"/to-chuc/{cast.units['BV-NOI']}/chuan-muc"
    assert "Chí công vô tư" in client.get(path).text
    assert post(client, path, name_2="Tận tụy", how_checked_2="Hỏi người bệnh").status_code == 303
    assert "Tận tụy" in browser("member").get("/dang-ky/moi").text and "Tận tụy" not in browser("stranger").get("/dang-ky/moi").text
    refused = post(client, path, name_2="Tận tụy", name_3="Cần", how_checked_4="Không tên")
    assert refused.status_code == 200 and "đã có trong danh sách" in refused.text and "Không tên" in refused.text
    with app.app_context():
        virtue_id = db.session.execute(select(Virtue.id).where(Virtue.name == "Tận tụy")).scalar_one()
        factories.pledge(cast.member).virtue_id = virtue_id
        db.session.commit()
    assert post(client, path, name_2="").status_code == 409


ACTS = ("them", "sua", "chuyen", "chuc-vu", "sap-nhap", "dong", "mo-lai", "chuc-vu/1/thoi")


def test_who_may_read_a_unit_but_not_change_it_gets_403(browser, cast):
    path = f"/to-chuc/{cast.units['BV-NOI']}"
    for name in ("secretary", "inspector"):
        client = browser(name)
        assert {post(client, f"{path}/{act}").status_code for act in ACTS[:-1]} == {403}, name
        assert {client.get(f"{path}/{act}").status_code for act in ACTS[:5]} == {403}, name
    assert browser("inspector").get(f"{path}/chuan-muc").status_code == 403
    assert {post(browser("other_secretary"), f"{path}/{act}").status_code for act in ACTS[:-1]} == {404}


def test_an_address_that_only_takes_a_post_answers_405(browser, cast):
    client, path = browser("bloc_secretary"), f"/to-chuc/{cast.units['BV-NOI']}"
    assert {client.get(f"{path}/{act}").status_code for act in ("dong", "mo-lai", "chuc-vu/1/thoi")} == {405}


def test_the_tree_and_a_unit_take_the_same_queries_for_many_units_as_for_few(app, browser, cast):
    def asked(path):
        with counted(app) as sent:
            assert client.get(path).status_code == 200
        return len(sent)

    client = browser("bloc_secretary")
    paths = ("/to-chuc", f"/to-chuc/{cast.units['KHOI']}", "/to-chuc?q=doan")
    few = [asked(path) for path in paths]
    with app.app_context():
        bloc = db.session.get_one(Unit, cast.units["KHOI"])
        for n in range(60):
            base = factories.unit(f"X{n}", f"Đoàn cơ sở {n:03}", UnitKind.BASE_UNION, bloc)
            factories.unit(f"X{n}-1", "Chi đoàn Một", UnitKind.BRANCH, base)
        account = db.session.get_one(factories.Account, cast.member.account_id)
        factories.appoint(account, base, Post.SECRETARY)
        db.session.commit()
    assert [asked(path) for path in paths] == few
