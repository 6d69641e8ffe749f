import csv
import re
from datetime import date
from io import BytesIO, StringIO

from python_calamine import CalamineWorkbook
from sqlalchemy import select

from diary.domain.result_columns import DEFAULT_COLUMNS
from diary.models.base import db
from diary.models.members import Member, Membership
from diary.models.results import ResultColumn
from diary.models.years import Scheme
from tests import papers, year_end
from tests.documents.reading import flowing_text, needs_pdftotext
from tests.factories import YEAR
from tests.web.reading import heading, hidden, token, words
from tests.web.results import made_up

PAGE, OUT = "/xep-loai/ket-qua", "/xep-loai/ket-qua/xuat"


def row_of(page, name):
    """The words of a unit's row."""
    return words(next(row for row in re.findall(r"<tr>.*?</tr>", page, re.S) if name in row))


@needs_pdftotext
def test_the_shares_of_2012_come_out_in_table_chart_and_document(app, browser, cast):
    with app.app_context():
        made_up.make(cast)
    client = browser("bloc_secretary")
    page = client.get(f"{PAGE}?nam=2012").text
    assert "Phần trăm trên 1.000 người đã có quyết định" in words(page)
    table = words(re.search(r"Bảng số: tỷ lệ các mức.*?</details>", page, re.S)[0])
    assert "Xuất sắc 855 Khá 132 Trung bình 13 Yếu 0 Cộng 1.000" in table
    chart = re.search(r'aria-label="Biểu đồ tỷ lệ các mức.*?</svg>', page, re.S)[0]
    assert re.findall(r'<rect class="(l.)" x="([\d.]+)%"', chart) == [("l1", "0.0"), ("l2", "85.5"), ("l3", "98.7")]
    assert re.findall(r">(\d+,\d)<", chart) == ["85,5", "13,2"]  # 1,3 is too thin to be written into
    base = client.get(f"{PAGE}?nam=2012&don-vi={made_up.FIRST + 8}").text  # its 100 straddle xuất sắc and khá
    assert "Xuất sắc 55 Khá 45 Trung bình 0" in words(base)
    paper = client.get(f"/xet-duyet/quyet-dinh.pdf?nam=2012&so={made_up.NUMBER}&ngay={made_up.DAY.isoformat()}")
    told = flowing_text(paper.data).replace("\u00a0", " ")
    assert "1.000" in told and all(share in told for share in ("85,5", "13,2", "1,3"))


def test_what_is_not_decided_is_told_by_whose_turn_it_is_and_who_is_not_rated_by_the_reason(app, browser, cast):
    with app.app_context():
        mine = Membership.member_id == cast.new_member.member_id
        db.session.execute(select(Membership).where(mine)).scalar_one().from_day = date(2026, 10, 1)
        db.session.commit()
        year_end.self_assess("member")
    told = words(browser("secretary").get(PAGE).text)
    assert "Chưa tự đánh giá 3 người Chờ chi đoàn họp xét 1 người" in told
    assert "Chưa đủ thời gian ở chi đoàn 1 người" in told
    with app.app_context():
        db.session.execute(select(Membership).where(mine)).scalar_one().from_day = date(2020, 10, 1)
        db.session.commit()
        year_end.meet("secretary")
        year_end.propose("secretary")
    told = words(browser("base_secretary").get(PAGE).text)
    assert "Chờ Đoàn cơ sở xét duyệt 5 người" in told and "Không thuộc diện" not in told


def test_party_members_are_no_part_of_the_shares_where_the_scheme_only_comments_on_them(app, browser, cast):
    with app.app_context():
        db.session.get_one(Member, cast.member2.member_id).party_member = True
        body = db.session.get_one(Scheme, "2023-2027").body
        db.session.get_one(Scheme, "2023-2027").body = body | {"rates_party_members": False}
        db.session.commit()
    assert "Đảng viên, chi đoàn chỉ nhận xét 1 người" in words(browser("secretary").get(PAGE).text)


def test_what_is_decided_is_counted_by_unit_and_read_by_each_level_below_its_own_unit(app, browser, cast):
    with app.app_context():
        papers.decide()
    page = browser("bloc_secretary").get(PAGE).text
    assert heading(page) == "Kết quả xếp loại"
    assert "Đoàn cơ sở Bệnh viện Đa khoa 5 " in words(page) and "100,0 %" in words(page)
    assert "Chi đoàn Khối Nội" not in page
    below = browser("base_secretary").get(PAGE).text
    assert "Chi đoàn Khối Nội" in below and "Kho bạc" not in below
    assert browser("base_secretary").get(f"{PAGE}?don-vi={cast.units['KB']}").status_code == 404
    assert browser("base_secretary").get(f"{PAGE}?don-vi={cast.units['KHOI']}").status_code == 404
    assert "5 người" in words(browser("secretary").get(PAGE).text)


def test_a_committee_finds_the_results_on_its_first_page_and_a_member_does_not(browser):
    assert PAGE in browser("bloc_secretary").get("/").text and PAGE in browser("base_secretary").get("/xet-duyet").text
    assert PAGE not in browser("member").get("/").text


def test_a_year_without_a_scheme_says_what_to_do(app, browser, cast):
    from diary.models.units import Unit
    from tests.factories import work_year

    with app.app_context():
        work_year(2020, db.session.get_one(Unit, cast.units["KHOI"]), None)
        db.session.commit()
    assert "chưa có bộ tiêu chí" in words(browser("bloc_secretary").get(f"{PAGE}?nam=2020").text)
    assert "chưa có bộ tiêu chí" in words(browser("bloc_secretary").get(f"{OUT}?nam=2020").text)
    assert browser("bloc_secretary").get(f"{PAGE}/tep?nam=2020").status_code == 409


def test_where_nobody_is_rated_a_share_is_a_dash(browser, cast):
    page = browser("bloc_secretary").get(PAGE).text
    assert "–" in row_of(page, "Kho bạc") and "0,0 %" not in page


def listed(client):
    answer = client.get(f"{PAGE}/tep?dang=csv")
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


def columns_sent(columns, **more):
    fields = {}
    for n, (head, field, text) in enumerate(columns):
        fields |= {f"head-{n}": head, f"field-{n}": field, f"text-{n}": text}
    return fields | more


def save(client, columns, act="save", **more):
    page = client.get(OUT).text
    facts = {"csrf_token": token(client, OUT), "seen": hidden(page, "seen"), "act": act}
    return client.post(OUT, data=columns_sent(columns, **(facts | more)))


TWO = [("Họ và tên", "full_name", ""), ("Cấp", "", "Tỉnh")]


def test_the_list_has_a_row_for_each_person_decided_under_the_columns_that_were_set(app, browser, cast):
    with app.app_context():
        papers.decide()
    client = browser("bloc_secretary")
    rows = listed(client)
    assert rows[0] == [column.head for column in DEFAULT_COLUMNS]
    assert len(rows) == 6
    rinh = next(row for row in rows if row[2] == "Rinh")
    assert rinh[:5] == [rinh[0], "Thạch Thị Sa", "Rinh", "14/04/1998", "Nữ"]
    assert rinh[8:13] == ["BV-NOI", "Chi đoàn Khối Nội", "Đoàn cơ sở Bệnh viện Đa khoa", str(YEAR), "Hoàn thành tốt nhiệm vụ"]
    assert next(row for row in rows if row[2] == "Sang")[7] == "Bí thư"
    assert save(client, TWO).status_code == 303
    assert listed(client)[:2] == [["Họ và tên", "Cấp"], ["Phan Thị Mỹ Duyên", "Tỉnh"]]
    sheet = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{PAGE}/tep").data)).get_sheet_by_index(0).to_python()
    assert sheet[:2] == [["Họ và tên", "Cấp"], ["Phan Thị Mỹ Duyên", "Tỉnh"]]


def test_what_a_spreadsheet_would_run_stays_text(app, browser, cast):
    with app.app_context():
        papers.decide()
    client = browser("bloc_secretary")
    save(client, [("=1+1", "", "=HYPERLINK(1)")])
    assert listed(client)[:2] == [["'=1+1"], ["'=HYPERLINK(1)"]]


def test_a_press_that_moves_a_column_saves_nothing_yet_and_a_refused_save_keeps_what_was_typed(app, browser):
    administrator = browser("administrator")
    page = save(administrator, TWO, "up-1")
    assert page.status_code == 200 and "chưa lưu" in page.text
    assert re.findall(r'name="head-\d+" value="([^"]*)"', page.text) == ["Cấp", "Họ và tên"]
    refused = save(administrator, [("Tên", "full_name", ""), ("TÊN", "level", "")])
    assert refused.status_code == 200
    assert "đã có ở trên" in words(refused.text) and 'value="TÊN"' in refused.text
    with app.app_context():
        assert db.session.query(ResultColumn).count() == 0


def test_two_who_set_the_columns_at_once_lose_nothing(browser):
    first, second = browser("bloc_secretary"), browser("administrator")
    old = hidden(second.get(OUT).text, "seen")
    assert save(first, TWO).status_code == 303
    late = save(second, [("Mức", "level", "")], seen=old)
    assert late.status_code == 409 and 'value="Mức"' in late.text
    assert save(second, [("Mức", "level", "")]).status_code == 303


def test_the_default_columns_saved_again_leave_no_rows(app, browser):
    client = browser("bloc_secretary")
    save(client, TWO)
    save(client, [(one.head, one.field, one.text) for one in DEFAULT_COLUMNS])
    with app.app_context():
        assert db.session.query(ResultColumn).count() == 0


def test_the_administrator_sees_a_made_up_person_and_takes_the_list_out(app, browser, cast):
    with app.app_context():
        papers.decide()
    assert "Rinh" in browser("bloc_secretary").get(OUT).text
    administrator = browser("administrator")
    page = administrator.get(OUT).text
    assert "Rinh" not in page and "Chi đoàn Mẫu" in page
    assert len(listed(administrator)) == 6
    assert administrator.get(PAGE).status_code == 403


def test_who_reads_a_branch_s_results_opens_each_sheet_from_them(app, browser, cast):
    with app.app_context():
        year_end.meet("secretary")
        sheet = str(year_end.one("member").id)
    client = browser("inspector")
    page = client.get(f"{PAGE}?don-vi={cast.member.unit_id}").text
    assert f"/xep-loai/phieu/{sheet}" in page and "Đã họp" in words(page) and client.get(f"/xep-loai/phieu/{sheet}").status_code == 200
    assert "/xep-loai/phieu/" not in client.get(PAGE).text
