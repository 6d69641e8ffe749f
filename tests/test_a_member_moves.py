"""A member moves to another branch in the middle of the year: what both branches, the base, the bloc, the year-end and the papers see.

The whole way goes through the web, as the people themselves would go it.
"""

import re
import subprocess
import uuid
from datetime import date, datetime

import pytest
from sqlalchemy import select

from diary.models.base import db
from diary.models.counts import MemberYear
from diary.models.entries import Entry
from diary.models.pledges import Pledge
from diary.models.units import Virtue
from diary.services.recounting import recount
from tests import factories, year_end
from tests.web.entries.filling import fill
from tests.web.reading import hidden, token, words

COMMENT = "Việc nhận thì làm tới nơi; cần mạnh dạn hơn khi phát biểu."
OLD_DEED, WAITING_DEED, LATE_DEED = "Trực đêm giúp khoa Nhi 3 ca.", "Dọn kho thuốc cùng 2 bạn.", "Chở 4 bao gạo cho bếp ăn từ thiện."
NEW_DEED, PROMISE, OUTCOME = "Trả lời 12 hồ sơ trong ngày.", "Mỗi ngày trả lời hết hồ sơ nhận trong ngày", "Làm đủ 40 ngày"


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan"), **fields})


def on(time, month, day):
    time.move_to(datetime(2026, month, day, 9, 0, tzinfo=factories.VIETNAM))


def one(app, table, **wanted):
    with app.app_context():
        return db.session.execute(select(table).filter_by(**wanted)).scalar_one()


def write(client, day, did, **fields):
    answer = fill(client, happened_on=day.isoformat(), did=did, **fields)
    assert answer.status_code == 303, words(answer.text)
    return answer.location


def approve(client, kind, subject_id):
    card = client.get("/duyet").text
    version = re.search(rf'{subject_id}.*?name="version" value="(\d+)"', card, re.S)
    return post(client, f"/duyet/{kind}/{subject_id}", verdict="approve", version=version[1] if version else "1")


def paper(client, address, folder):
    file = folder / f"{uuid.uuid4()}.pdf"
    answer = client.get(address)
    assert answer.status_code == 200
    file.write_bytes(answer.data)
    return " ".join(subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout.split())


@pytest.fixture
def year(app, browser, cast, time):
    """January to June in chi đoàn Khối Nội, and from 15 June on in chi đoàn Kho bạc, which stands under the bloc itself."""
    on(time, 2, 2)
    member, secretary = browser("member"), browser("secretary")
    with app.app_context():
        virtue = db.session.execute(select(Virtue.id).where(Virtue.name == "Cần")).scalar_one()
    form = member.get("/dang-ky/moi").text
    promise = {"virtue_id": virtue, "title": PROMISE, "how": "Xếp hồ sơ theo giờ", "target": "40 ngày", "act": "send"}
    assert member.post("/dang-ky/moi", data={n: hidden(form, n) for n in ("csrf_token", "id")} | promise).status_code == 303
    pledge = one(app, Pledge, title=PROMISE)
    assert approve(secretary, "dang-ky", pledge.id).status_code == 303
    on(time, 3, 10)
    old = write(browser("member"), date(2026, 3, 9), OLD_DEED, pledge_id=str(pledge.id))
    assert approve(browser("secretary"), "bai", one(app, Entry, did=OLD_DEED).id).status_code == 303
    on(time, 6, 12)
    waiting = write(browser("member"), date(2026, 6, 11), WAITING_DEED)
    secretary = browser("secretary")
    address = f"/doan-vien/{cast.member.member_id}/chuyen?q=kho+bac"
    asked = secretary.get(address).text
    fields = {name: hidden(asked, name) for name in ("csrf_token", "id")}
    sent = secretary.post(address, data={**fields, "unit_id": cast.units["KB"], "comment": COMMENT})
    on(time, 6, 15)
    assert post(browser("lone_secretary"), f"{sent.location}/tiep-nhan").status_code == 303
    on(time, 6, 25)
    new = write(browser("member"), date(2026, 6, 20), NEW_DEED, pledge_id=str(pledge.id))
    late = write(browser("member"), date(2026, 6, 10), LATE_DEED)
    return {"old": old, "waiting": waiting, "new": new, "late": late, "pledge": f"/dang-ky/{pledge.id}", "transfer": sent.location}


def test_each_branch_reads_and_reviews_its_own_period_only(app, browser, cast, year):
    old, new = browser("secretary"), browser("lone_secretary")
    seen = {
        name: (old.get(year[name]).status_code, new.get(year[name]).status_code) for name in ("old", "waiting", "late", "new", "pledge")
    }
    assert seen == {"old": (200, 404), "waiting": (200, 404), "late": (200, 404), "new": (404, 200), "pledge": (200, 404)}
    assert browser("base_secretary").get(year["new"]).status_code == browser("bloc_secretary").get(year["new"]).status_code == 404
    assert WAITING_DEED in old.get("/duyet").text and LATE_DEED in old.get("/duyet").text and NEW_DEED not in old.get("/duyet").text
    queue = new.get("/duyet").text
    assert NEW_DEED in queue and PROMISE in queue and WAITING_DEED not in queue and LATE_DEED not in queue
    assert approve(old, "bai", one(app, Entry, did=WAITING_DEED).id).status_code == 303
    assert approve(new, "bai", one(app, Entry, did=NEW_DEED).id).status_code == 303
    assert approve(new, "bai", one(app, Entry, did=LATE_DEED).id).status_code == 404
    member = browser("member").get("/nhat-ky").text
    assert all(deed in member for deed in (OLD_DEED, WAITING_DEED, LATE_DEED, NEW_DEED))


def test_lists_count_the_member_where_they_are(app, browser, cast, year):
    listed = {
        name: "Thạch Thị Sa Rinh" in browser(name).get("/doan-vien").text for name in ("secretary", "base_secretary", "lone_secretary")
    }
    assert listed == {"secretary": False, "base_secretary": False, "lone_secretary": True}
    page = f"/doan-vien/{cast.member.member_id}"
    found = {name: browser(name).get(page).status_code for name in ("secretary", "base_secretary", "lone_secretary", "bloc_secretary")}
    assert found == {"secretary": 404, "base_secretary": 404, "lone_secretary": 200, "bloc_secretary": 200}
    assert "Chuyển từ Chi đoàn Khối Nội ngày 15/06/2026" in words(browser("lone_secretary").get(page).text)
    assert "Sa Rinh" not in browser("secretary").get("/chi-doan").text and "Sa Rinh" in browser("lone_secretary").get("/chi-doan").text
    with app.app_context():
        rows = db.session.execute(select(MemberYear).where(MemberYear.member_id == cast.member.member_id)).scalars()
        counts = {row.unit_id: (row.entries_approved, row.entries_waiting, row.pledges_approved) for row in rows}
        assert counts == {cast.units["BV-NOI"]: (1, 2, 1), cast.units["KB"]: (0, 1, 0)}
        assert recount(mend=False) == ()


def test_both_ends_keep_the_figures_of_the_old_branch_s_part_of_the_year(browser, year):
    for name in ("secretary", "lone_secretary"):
        page = words(browser(name).get(year["transfer"]).text)
        assert "Bài đã duyệt 1 trên 3 bài đã gửi" in page and "Đăng ký hoàn thành 0 trên 1 nội dung" in page and COMMENT in page
        assert "/24 tuần" in page, "weeks up to the day before the move"
        assert OLD_DEED not in page


def test_a_pledge_that_runs_on_ends_without_the_old_branch_reading_how(browser, year):
    member = browser("member")
    assert post(member, f"{year['pledge']}/ket-qua", outcome="met", words=OUTCOME).status_code == 303
    assert OUTCOME in member.get(year["pledge"]).text
    page = words(browser("secretary").get(year["pledge"]).text)
    assert PROMISE in page and OUTCOME not in page and "Hoàn thành" not in page.replace("Hạn hoàn thành", "") and "Đã duyệt" in page


def test_the_new_branch_rates_with_the_old_one_s_comment_and_period(app, browser, cast, time, year, tmp_path):
    on(time, 11, 23)
    with app.app_context():
        year_end.self_assess("member")
        year_end.open_meeting("secretary")
    hall = browser("secretary").get("/xep-loai/hop").text
    assert "Sa Rinh" not in hall
    with app.app_context():
        year_end.meet("lone_secretary")
        evaluation = year_end.one("member")
        assert evaluation.unit_id == cast.units["KB"]
        address = f"/xep-loai/phieu/{evaluation.id}"
    table = words(browser("lone_secretary").get("/xep-loai").text)
    assert "Thạch Thị Sa Rinh Đến 14/06/2026 ở Chi đoàn Khối Nội" in table
    said = f"Từ 01/01 đến 14/6/2026 sinh hoạt tại Chi đoàn Khối Nội; nhận xét: {COMMENT}"
    assert said in words(browser("lone_secretary").get(address).text)
    status = {name: browser(name).get(address).status_code for name in ("secretary", "base_secretary", "bloc_secretary", "member")}
    assert status == {"secretary": 404, "base_secretary": 404, "bloc_secretary": 200, "member": 200}
    sheet = paper(browser("member"), f"/danh-gia/{evaluation.id}/phieu.pdf", tmp_path)
    assert said in sheet and "Đoàn Khối các cơ quan tỉnh, từ 15/6/2026" in sheet and "Đoàn cơ sở xem xét" not in sheet
    book = paper(browser("member"), "/so-nhat-ky/2026.pdf", tmp_path)
    assert "Kho bạc" in book and "Trực đêm giúp khoa Nhi" in book and "Trả lời 12 hồ sơ" in book


def test_the_bloc_counts_the_member_once_where_they_were_rated(app, browser, cast, time, year):
    on(time, 11, 23)
    with app.app_context():
        year_end.meet("lone_secretary")
        year_end.propose("lone_secretary")
        bloc = year_end.rows(cast.units["KB"])
        assert cast.member.member_id in bloc and cast.member.member_id not in year_end.rows(cast.units["BV-NOI"])
        many = len(bloc)
    page = words(browser("bloc_deputy").get("/xet-duyet").text)
    assert re.search(rf"Chi đoàn Kho bạc Nhà nước .*?\b{many - 1} người", page), "all but the deputy's own"


def test_who_came_too_late_in_the_year_is_named_with_the_reason(app, browser, cast, time):
    on(time, 10, 1)
    address = f"/doan-vien/{cast.member.member_id}/chuyen"
    client = browser("bloc_secretary")
    form = client.get(address).text
    fields = {name: hidden(form, name) for name in ("csrf_token", "id")}
    assert client.post(address, data={**fields, "unit_id": cast.units["KB"]}).status_code == 303
    on(time, 11, 23)
    page = words(browser("lone_secretary").get("/xep-loai").text)
    assert "về chi đoàn từ 01/10/2026, chưa đủ 3 tháng" in page
