"""Papers of a year as files: minutes, registrations, petitions, lists, decisions, and sheets to write by hand."""

import re
from io import BytesIO

import pytest
from docx import Document as DocxFile
from python_calamine import CalamineWorkbook

from diary.domain.documents import DocumentKind, DocumentState
from diary.domain.pledges import PledgeState
from diary.models.base import db
from diary.models.evaluations import RatingMeeting
from tests import factories, papers, year_end
from tests.documents.reading import flowing_text, needs_pdftotext, page_texts
from tests.factories import YEAR
from tests.web.reading import token, words

INDEX = "/van-ban-phat-hanh"


@pytest.fixture
def decided(app, cast):
    """A branch decided by the bloc, where one member's pledge was approved."""
    with app.app_context():
        papers.decide()
        factories.pledge(cast.member, PledgeState.APPROVED)
    return cast


def minutes_path(cast, ending="pdf"):
    return f"/xep-loai/bien-ban.{ending}?don-vi={cast.member.unit_id}&nam={YEAR}"


def base_path(cast, name="to-trinh", ending="pdf"):
    return f"/xet-duyet/{name}.{ending}?don-vi={cast.units['BV']}&nam={YEAR}"


def registration_path(cast, ending="pdf"):
    return f"/dang-ky/{YEAR}/{cast.member.member_id}/ban-dang-ky.{ending}"


def decision_path(browser, ending="pdf"):
    page = browser("bloc_secretary").get(f"/xet-duyet?nam={YEAR}").text
    return re.search(rf'href="(/xet-duyet/quyet-dinh\.{ending}[^"]+)"', page)[1].replace("&amp;", "&")


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan"), **fields})


def named(answer):
    return re.search(r'filename="([^"]+)"', answer.headers["Content-Disposition"])[1]


@needs_pdftotext
def test_each_paper_is_had_by_whom_it_concerns_under_a_name_that_speaks(decided, browser):
    said = {
        minutes_path(decided): ("secretary", "BIÊN BẢN", f"bien-ban-hop-xet-xep-loai-nam-{YEAR}.pdf"),
        base_path(decided): ("base_secretary", "TỜ TRÌNH", f"to-trinh-de-nghi-cong-nhan-xep-loai-nam-{YEAR}.pdf"),
        base_path(decided, "danh-sach"): ("base_secretary", "DANH SÁCH", f"danh-sach-de-nghi-cong-nhan-xep-loai-nam-{YEAR}.pdf"),
        registration_path(decided): ("member", "BẢN ĐĂNG KÝ", f"ban-dang-ky-lam-theo-nam-{YEAR}-thach-thi-sa-rinh.pdf"),
        decision_path(browser): ("bloc_secretary", "QUYẾT ĐỊNH", f"quyet-dinh-cong-nhan-ket-qua-xep-loai-nam-{YEAR}-"),
    }
    for path, (who, title, name) in said.items():
        answer = browser(who).get(path)
        assert answer.status_code == 200 and answer.mimetype == "application/pdf", path
        assert title in flowing_text(answer.data) and named(answer).startswith(name)
        assert "Bản nháp, chưa phát hành" in flowing_text(answer.data)


def test_lists_and_papers_to_edit_come_as_docx_and_lists_as_xlsx(decided, browser):
    for who, path in (
        ("secretary", minutes_path(decided, "docx")),
        ("secretary", f"/xep-loai/danh-sach.docx?don-vi={decided.member.unit_id}&nam={YEAR}"),
        ("base_secretary", base_path(decided, ending="docx")),
        ("bloc_secretary", decision_path(browser, "docx")),
        ("member", registration_path(decided, "docx")),
    ):
        answer = browser(who).get(path)
        assert answer.status_code == 200 and named(answer).endswith(".docx") and "wordprocessingml" in answer.mimetype
        assert DocxFile(BytesIO(answer.data)).paragraphs
    for who, path in (("base_secretary", base_path(decided, "danh-sach", "xlsx")), ("bloc_secretary", decision_path(browser, "xlsx"))):
        answer = browser(who).get(path)
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
        assert answer.status_code == 200 and rows[0][0] == "TT" and named(answer).endswith(".xlsx")


def test_a_file_of_a_kind_there_is_not_is_not_found(decided, browser):
    for path in (minutes_path(decided, "xlsx"), base_path(decided, ending="xlsx"), "/xep-loai/bien-ban.exe"):
        assert browser("bloc_secretary").get(path).status_code == 404


def test_minutes_of_an_open_meeting_are_refused_with_what_to_do(app, cast, browser):
    with app.app_context():
        year_end.open_meeting("secretary")
    answer = browser("secretary").get(minutes_path(cast))
    assert answer.status_code == 409 and "bấm Kết thúc họp" in words(answer.text)


@pytest.mark.parametrize(
    ("who", "got"), [("stranger", 404), ("new_member", 404), ("other_secretary", 404), ("base_secretary", 404), ("inspector", 404)]
)
def test_a_registration_is_for_its_member_and_the_branch_alone(decided, browser, who, got):
    assert browser(who).get(registration_path(decided)).status_code == got
    assert browser("deputy").get(registration_path(decided)).status_code == 200


def test_a_decision_that_was_never_made_is_not_found(decided, browser):
    for asked in ("so=1-QĐ/X&ngay=2026-11-20", "so=&ngay=", "ngay=hom-qua"):
        assert browser("bloc_secretary").get(f"/xet-duyet/quyet-dinh.pdf?nam={YEAR}&{asked}").status_code == 404


def test_the_buttons_stand_where_people_look(decided, browser):
    closed = browser("secretary").get(f"/xep-loai/hop?nam={YEAR}").text
    table = browser("secretary").get(f"/xep-loai?nam={YEAR}").text
    assert all("/xep-loai/bien-ban.pdf" in page and "/xep-loai/bien-ban.docx" in page for page in (closed, table))
    assert "/xep-loai/danh-sach.xlsx" in table
    base = browser("base_secretary").get(f"/xet-duyet?nam={YEAR}").text
    assert "/xet-duyet/to-trinh.pdf" in base and "/xet-duyet/danh-sach.xlsx" in base and "quyet-dinh" not in base
    assert "/xet-duyet/quyet-dinh.docx" in browser("bloc_secretary").get(f"/xet-duyet?nam={YEAR}").text
    own, branch = browser("member").get("/dang-ky").text, browser("secretary").get("/chi-doan").text
    assert registration_path(decided) in own and registration_path(decided) in branch
    assert f"/phieu-ghi-tay/{YEAR}-11.pdf" in own and f"/phieu-ghi-tay/{YEAR}-11.pdf?don-vi={decided.member.unit_id}" in branch


@pytest.mark.parametrize(
    ("who", "kind", "back"),
    [
        ("secretary", "minutes", "hop"), ("secretary", "registration", "dang-ky"), ("base_secretary", "petition", "xet-duyet"),
        ("base_secretary", "base_list", "xet-duyet"), ("bloc_secretary", "decision", "xet-duyet"),
    ],
)  # fmt: skip
def test_each_is_issued_by_its_button_and_listed(app, decided, browser, who, kind, back):
    pages = {"hop": f"/xep-loai/hop?nam={YEAR}", "dang-ky": "/chi-doan", "xet-duyet": f"/xet-duyet?nam={YEAR}"}
    page = browser(who).get(pages[back]).text
    form = re.search(rf'<form[^>]*action="{INDEX}"[^>]*>(?:(?!</form>).)*value="{kind}"(?:(?!</form>).)*</form>', page, re.DOTALL)[0]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    answer = post(browser(who), INDEX, **{name: value for name, value in fields.items() if name != "csrf_token"})
    assert answer.status_code == 303 and answer.location.split("?")[0] == pages[back].split("?")[0]
    with app.app_context():
        (row,) = papers.all_of(DocumentKind(kind))
        assert row.state is DocumentState.VALID
        code, symbol = f"{row.code[:4]}-{row.code[4:]}", row.symbol
    assert f"Số {symbol}" in words(browser(who).get(f"{INDEX}?nam={YEAR}").text)
    public = words(browser(None).get(f"/xac-minh/{code}").text)
    assert symbol in public and "Còn hiệu lực" in public and "Sa Rinh" not in public
    assert "Đã phát hành" in words(browser(who).get(pages[back]).text)


@pytest.mark.parametrize(
    ("who", "kind", "got"),
    [
        ("member", "minutes", 404), ("stranger", "minutes", 404), ("base_secretary", "minutes", 403),
        ("secretary", "petition", 404), ("inspector", "petition", 403), ("base_secretary", "decision", 404),
        ("inspector", "decision", 403), ("member", "registration", 403), ("base_secretary", "registration", 404),
        ("secretary", "year_book", 400), ("secretary", "", 400),
    ],
)  # fmt: skip
def test_others_issue_none_of_them(app, decided, browser, who, kind, got):
    fields = {"id": decided.member.unit_id, "year": YEAR}
    if kind == "petition":
        fields["id"] = decided.units["BV"]
    if kind == "registration":
        fields |= {"id": decided.member.member_id, "unit": decided.member.unit_id}
    if kind == "decision":
        asked = re.search(r"so=([^&]+)&ngay=([\d-]+)", decision_path(browser))
        fields |= {"id": decided.units["KHOI"], "number": asked[1].replace("%C4%90", "Đ"), "day": asked[2]}
    assert post(browser(who), INDEX, kind=kind, **fields).status_code == got
    with app.app_context():
        assert all(papers.all_of(one) == [] for one in DocumentKind)


def test_what_a_reopened_meeting_printed_stays_until_it_is_issued_again(app, decided, browser):
    post(browser("secretary"), INDEX, kind="minutes", id=decided.member.unit_id, year=YEAR)
    first = browser("secretary").get(minutes_path(decided)).data
    with app.app_context():
        db.session.query(RatingMeeting).one().notes = "Ý kiến ghi thêm."
        db.session.commit()
    assert browser("secretary").get(minutes_path(decided)).data == first


@needs_pdftotext
def test_a_member_prints_a_sheet_of_a_month_and_an_officer_one_for_everyone(decided, browser):
    own = browser("member").get(f"/phieu-ghi-tay/{YEAR}-05.pdf")
    assert own.status_code == 200 and "Tháng 5 năm 2026" in flowing_text(own.data) and len(page_texts(own.data)) == 1
    assert named(own) == f"phieu-ghi-tay-thang-05-nam-{YEAR}.pdf"
    everyone = browser("secretary").get(f"/phieu-ghi-tay/{YEAR}-05.pdf?don-vi={decided.member.unit_id}")
    assert len(page_texts(everyone.data)) == 5


@pytest.mark.parametrize(("who", "got"), [("stranger", 404), ("member", 404), ("base_secretary", 403), ("inspector", 403)])
def test_sheets_of_a_branch_are_for_its_officers(decided, browser, who, got):
    assert browser(who).get(f"/phieu-ghi-tay/{YEAR}-05.pdf?don-vi={decided.member.unit_id}").status_code == got


@pytest.mark.parametrize("month", ["2026-13", "thang-nam", "2026-5", "9999-01"])
def test_a_month_that_is_none_is_not_found(cast, browser, month):
    assert browser("member").get(f"/phieu-ghi-tay/{month}.pdf").status_code == 404


def test_the_form_behind_the_qr_begins_in_the_sheet_s_month(cast, browser):
    page = browser("member").get(f"/nhat-ky/moi?thang={YEAR}-05").text
    assert re.search(r'name="happened_on"[^>]*value="(31/05/2026|2026-05-31)"|value="(31/05/2026|2026-05-31)"[^>]*name="happened_on"', page)
