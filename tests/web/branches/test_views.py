"""The branch page: who is missing, a reminder each, a text for the group."""

import pytest
from sqlalchemy import func, select, update

from diary.domain.actors import Post
from diary.models.accounts import Account
from diary.models.base import db
from diary.models.members import Member
from diary.models.notices import Notice
from diary.models.units import Unit
from tests import factories
from tests.counting import counted
from tests.web.reading import heading, token, words


def nudge(client, person, **fields):
    data = {"member_id": person.member_id, "csrf_token": token(client, "/ca-nhan")} | fields
    return client.post("/chi-doan/nhac", data=data)


def notices(app):
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(Notice)).scalar_one()


def test_the_page_shows_figures_who_is_missing_and_everyone(app, browser, cast):
    with app.app_context():
        factories.pledge(cast.member)
    page = browser("secretary").get("/chi-doan").text
    seen = words(page)
    assert heading(page) == "Chi đoàn" and "Chi đoàn Khối Nội, 5 đoàn viên, tuần 16–22/11" in seen
    for part in ("Đã đăng ký 1 /5", "Đã ghi 0 /5", "Còn thiếu 5", "Chưa đăng ký nội dung", "1 nội dung, 0 bài", "Chép lời nhắc"):
        assert part in seen
    assert 'aria-label="Nhắc Võ Quốc Huy"' in page and 'aria-label="Nhắc Lâm Thanh Sang"' not in page, "nobody reminds themselves"


def test_the_text_for_the_group_names_nobody(browser):
    page = browser("secretary").get("/chi-doan").text
    nudged = page.split('id="loi-nhac">')[1].split("</p>")[0]
    assert nudged.startswith("Cả nhà ơi") and not any(given in nudged for _, given, *_ in factories.CAST.values())
    assert 'data-copy="#loi-nhac"' in page


@pytest.mark.parametrize("name", ["member", "base_secretary", "bloc_secretary", "inspector", "administrator"])
def test_the_page_opens_for_branch_officers_only(browser, name):
    assert browser(name).get("/chi-doan").status_code == 403


def test_another_s_branch_is_not_found_and_one_s_second_branch_may_be_chosen(app, browser, cast):
    client, other = browser("secretary"), cast.units["BV-DUOC"]
    assert client.get(f"/chi-doan?don-vi={other}").status_code == 404
    assert client.get("/chi-doan?don-vi=999999").status_code == 404
    with app.app_context():
        account = db.session.execute(select(Account).where(Account.username == "secretary")).scalar_one()
        factories.appoint(account, db.session.get_one(Unit, other), Post.SECRETARY)
        db.session.commit()
    assert "Chi đoàn chưa có đoàn viên" in words(client.get(f"/chi-doan?don-vi={other}").text)
    assert "Chi đoàn Khối Dược" in words(client.get("/chi-doan?don-vi=linh-tinh&trang=linh-tinh").text)


def test_a_reminder_is_sent_once_a_day(app, browser, cast):
    client = browser("secretary")
    answer = nudge(client, cast.member)
    assert answer.status_code == 303
    page = words(client.get(answer.location).text)
    assert "Đã nhắc Thạch Thị Sa Rinh." in page and "Đã nhắc hôm nay" in page and notices(app) == 1
    again = nudge(browser("deputy"), cast.member)
    assert again.status_code == 409 and "Hôm nay đã nhắc Thạch Thị Sa Rinh rồi" in words(again.text) and notices(app) == 1


@pytest.mark.parametrize(("name", "status"), [("other_secretary", 404), ("member2", 404), ("base_secretary", 403), ("bloc_secretary", 403)])
def test_others_remind_nobody_of_the_branch(app, browser, cast, name, status):
    assert nudge(browser(name), cast.member).status_code == status and notices(app) == 0


def test_a_reminder_of_nobody_is_refused_in_words(app, browser, cast):
    answer = nudge(browser("secretary"), cast.member, member_id="ai đó")
    assert answer.status_code == 400 and "Không rõ cần nhắc ai" in words(answer.text)


def test_the_address_of_reminding_is_not_for_reading(browser):
    assert browser("secretary").get("/chi-doan/nhac").status_code == 405


def test_an_officer_who_is_no_member_may_remind_everyone(app, browser, cast):
    with app.app_context():
        db.session.execute(update(Account).where(Account.username == "secretary").values(member_id=None))
        db.session.commit()
    assert nudge(browser("secretary"), cast.member).status_code == 303


def test_twenty_people_and_two_hundred_cost_the_same_number_of_statements(app, browser, cast):
    client, costs = browser("secretary"), []
    for how_many in (15, 180):
        with app.app_context():
            unit = db.session.get_one(Unit, cast.units["BV-NOI"])
            for n in range(how_many):
                factories.member("Trần Văn", f"Thứ {how_many} {n}", unit)
            db.session.commit()
        with counted(app) as sent:
            page = client.get("/chi-doan").text
        costs.append(len(sent))
    assert costs[0] == costs[1] and "Trang 1 trên 4" in words(page) and "Và 150 người nữa" in words(page)


def test_a_branch_s_people_are_those_who_are_there_now(app, browser, cast):
    with app.app_context():
        db.session.execute(update(Member).where(Member.id == cast.member.member_id).values(unit_id=cast.units["BV-NGOAI"]))
        db.session.commit()
    assert "Thạch Thị Sa Rinh" not in browser("secretary").get("/chi-doan").text


def nudge_all(client, unit_id, **fields):
    return client.post("/chi-doan/nhac-ca", data={"don-vi": unit_id, "csrf_token": token(client, "/ca-nhan"), **fields})


def test_all_who_miss_something_are_reminded_with_one_press_once_a_day(app, browser, cast):
    client, unit_id = browser("secretary"), cast.units["BV-NOI"]
    assert "Nhắc cả 4 người còn thiếu" in words(client.get("/chi-doan").text)
    answer = nudge_all(client, unit_id)
    assert answer.status_code == 303 and notices(app) == 4
    page = words(client.get(answer.location).text)
    assert "Đã nhắc 4 người còn thiếu." in page and "Nhắc cả" not in page
    again = nudge_all(client, unit_id)
    assert again.status_code == 409 and "không còn ai cần nhắc" in words(again.text) and notices(app) == 4


def test_reminding_all_is_for_the_branch_s_officers_by_post_and_names_a_branch(app, browser, cast):
    unit_id = cast.units["BV-NOI"]
    for name, status in (("other_secretary", 404), ("member2", 404), ("base_secretary", 403), ("inspector", 403)):
        assert nudge_all(browser(name), unit_id).status_code == status
    assert browser("secretary").get("/chi-doan/nhac-ca").status_code == 405
    assert nudge_all(browser("secretary"), "linh tinh").status_code == 400 and notices(app) == 0


def test_the_week_that_runs_can_be_looked_at_and_stays_chosen(app, browser, cast):
    client = browser("secretary")
    page = client.get("/chi-doan?tuan=2026-11-23").text
    assert "tuần 23–29/11" in words(page) and "Chưa đăng ký nội dung, chưa ghi 8 tuần" in words(page)
    answer = nudge_all(client, cast.units["BV-NOI"], tuan="2026-11-23")
    assert answer.location.endswith("tuan=2026-11-23")
    for other in ("2026-11-16", "2026-12-07", "linh-tinh"):
        assert "tuần 16–22/11" in words(client.get(f"/chi-doan?tuan={other}").text)


def test_the_text_to_paste_leads_to_writing_and_so_does_the_qr(browser):
    client = browser("secretary")
    page = client.get("/chi-doan").text
    assert "http://localhost/nhat-ky/moi" in page.split('id="loi-nhac">')[1].split("</p>")[0]
    assert 'aria-label="Mã QR mở trang Ghi nhật ký"' in page
    picture = client.get("/chi-doan/ma-qr.png")
    assert picture.mimetype == "image/png" and picture.data.startswith(b"\x89PNG")
    assert browser("member").get("/chi-doan/ma-qr.png").status_code == 403
