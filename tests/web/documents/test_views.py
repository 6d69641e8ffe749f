"""Papers to print, and issuing them."""

import re
from pathlib import Path

import pytest
from sqlalchemy import insert

from diary.domain.documents import DocumentKind, DocumentState
from diary.domain.entries import EntryState
from diary.files.storage import Storage
from diary.models.base import db, new_id
from diary.models.documents import Document
from diary.models.entries import PrivateNote
from diary.models.years import WorkYear
from diary.services import clock
from tests import factories, papers, year_end
from tests.counting import counted
from tests.documents.reading import flowing_text, needs_pdftotext
from tests.factories import YEAR
from tests.web.reading import heading, token, words

INDEX = "/van-ban-phat-hanh"
LIST = DocumentKind.PROPOSAL_LIST


@pytest.fixture
def proposed(app, cast):
    with app.app_context():
        papers.propose()
    return cast


@pytest.fixture
def files(app):
    """Where the application under test keeps its files."""
    return Path(app.config["DIARY_INSTANCE"]) / "files"


def sheet_path(app, name="member"):
    with app.app_context():
        return f"/danh-gia/{papers.sheet_id(name)}/phieu.pdf"


def list_path(cast, year=YEAR):
    return f"/xep-loai/danh-sach.pdf?don-vi={cast.member.unit_id}&nam={year}"


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan"), **fields})


def issue_sheet(app, browser, who="secretary", name="member"):
    with app.app_context():
        subject = papers.sheet_id(name)
    return post(browser(who), INDEX, kind="evaluation_sheet", id=subject)


def issue_list(browser, cast, who="secretary", **fields):
    return post(browser(who), INDEX, **({"kind": "proposal_list", "id": cast.member.unit_id, "year": YEAR} | fields))


def issued(app, browser):
    """Issue member's sheet through the page; its row."""
    assert issue_sheet(app, browser).status_code == 303
    with app.app_context():
        return papers.all_of(DocumentKind.EVALUATION_SHEET)[-1]


# --- the three papers


@needs_pdftotext
def test_a_member_prints_her_own_sheet_as_a_draft(app, browser, proposed):
    answer = browser("member").get(sheet_path(app))
    found = flowing_text(answer.data)
    for shown in (
        "PHIẾU ĐÁNH GIÁ, XẾP LOẠI ĐOÀN VIÊN",
        "Thạch Thị Sa Rinh",
        "Giữ nhịp 45/48 tuần.",
        "Hoàn thành tốt nhiệm vụ",
        "Bản nháp, chưa phát hành",
    ):
        assert shown in found


def test_a_pdf_is_downloaded_under_a_name_for_machines_and_one_for_people(app, browser, proposed):
    headers = browser("member").get(sheet_path(app)).headers
    assert headers["Content-Type"] == "application/pdf" and headers["X-Content-Type-Options"] == "nosniff"
    plain = 'attachment; filename="phieu-danh-gia-xep-loai-doan-vien-nam-2026-thach-thi-sa-rinh.pdf"'
    assert headers["Content-Disposition"].startswith(plain + "; filename*=UTF-8''Phi%E1%BA%BFu")
    assert headers["Cache-Control"] == "private, no-cache" and headers["Content-Security-Policy"].startswith("sandbox")


def test_the_same_bytes_are_not_sent_twice(app, browser, proposed):
    client, path = browser("member"), sheet_path(app)
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("member", 200), ("secretary", 200), ("deputy", 200), ("base_secretary", 200), ("bloc_secretary", 200), ("inspector", 200),
        ("member2", 404), ("new_member", 404), ("other_secretary", 404), ("stranger", 404), ("administrator", 404),
    ],
)  # fmt: skip
def test_a_sheet_is_printed_by_its_owner_and_those_above(app, browser, proposed, name, status):
    assert browser(name).get(sheet_path(app)).status_code == status


@needs_pdftotext
def test_one_s_own_book_has_her_deeds_and_not_her_private_notes(app, browser, cast):
    with app.app_context():
        entry = factories.entry(cast.member, EntryState.APPROVED, did="Đọc truyện cho các em khoa Nhi.")
        db.session.add(PrivateNote(entry_id=entry.id, words="Điều giữ riêng."))
        db.session.commit()
        factories.entry(cast.member2, EntryState.APPROVED, did="Việc của người khác.")
    answer = browser("member").get(f"/so-nhat-ky/{YEAR}.pdf")
    found = flowing_text(answer.data)
    assert "Đọc truyện cho các em khoa Nhi." in found and "NHẬT KÝ" in found and "Sổ chưa khóa" not in found
    assert "giữ riêng" not in found and "người khác" not in found


def test_a_book_is_only_ever_one_s_own(app, browser, cast):
    with app.app_context():
        factories.entry(cast.member, EntryState.APPROVED)
    own, other = (browser(name).get(f"/so-nhat-ky/{YEAR}.pdf").data for name in ("member", "secretary"))
    assert own != other
    assert browser("administrator").get(f"/so-nhat-ky/{YEAR}.pdf").status_code == 403
    assert browser("member").get("/so-nhat-ky/2031.pdf").status_code == 404


@needs_pdftotext
def test_the_branch_s_list_is_printed_by_its_officers_and_those_above(app, browser, proposed):
    answer = browser("secretary").get("/xep-loai/danh-sach.pdf")
    found = flowing_text(answer.data)
    assert "Đề nghị xếp loại đoàn viên năm 2026" in found and "Võ Quốc Huy" in found and "Bản nháp, chưa phát hành" in found
    for name in ("deputy", "base_secretary", "bloc_secretary", "inspector"):
        assert browser(name).get(list_path(proposed)).status_code == 200, name


def test_strangers_and_mere_members_do_not_get_the_list(browser, proposed):
    for name in ("other_secretary", "lone_secretary"):
        assert browser(name).get(list_path(proposed)).status_code == 404, name
    for name in ("member", "stranger", "administrator"):
        assert browser(name).get(list_path(proposed)).status_code == 403, name
    for bad in ("abc", "999999", "-1"):
        assert browser("bloc_secretary").get(f"/xep-loai/danh-sach.pdf?don-vi={bad}").status_code == 404


def test_a_year_without_a_scheme_says_what_to_do(app, browser, proposed):
    with app.app_context():
        db.session.get_one(WorkYear, YEAR).scheme_code = None
        db.session.commit()
    for path in (sheet_path(app), list_path(proposed)):
        answer = browser("secretary").get(path)
        assert answer.status_code == 409 and "bộ tiêu chí" in answer.text


# --- issuing


@needs_pdftotext
def test_issuing_gives_number_and_code_and_from_then_on_the_same_bytes(app, browser, files, proposed):
    answer = issue_sheet(app, browser)
    assert (answer.status_code, answer.location) == (303, f"{INDEX}?nam={YEAR}")
    page = browser("secretary").get(INDEX).text
    assert "Số 01-PĐG/BV-NOI" in words(page) and "Còn hiệu lực" in page and "Thạch Thị Sa Rinh" in page
    with app.app_context():
        row = papers.all_of(DocumentKind.EVALUATION_SHEET)[0]
    own, listed = browser("member").get(sheet_path(app)).data, browser("secretary").get(f"{INDEX}/{row.id}.pdf").data
    assert own == listed == Storage(files).read(row.sha256)
    assert f"{row.code[:4]}-{row.code[4:]}" in flowing_text(own) and "nhập mã tại localhost/xac-minh" in flowing_text(own)


def test_the_site_of_the_qr_is_the_setting_where_there_is_one(app, browser, proposed, monkeypatch):
    monkeypatch.setitem(app.config, "DIARY_PUBLIC_URL", "https://nhatky.example")
    issue_sheet(app, browser)
    assert "nhập mã tại nhatky.example/xac-minh" in flowing_text(browser("member").get(sheet_path(app)).data)


def test_a_list_is_issued_with_its_own_number(app, browser, proposed):
    issue_sheet(app, browser)
    assert issue_list(browser, proposed).status_code == 303
    assert "Số 01-DS/BV-NOI" in words(browser("secretary").get(INDEX).text)


def test_who_issues_from_the_branch_s_page_comes_back_to_it(app, browser, proposed):
    assert issue_list(browser, proposed, ve="xep-loai").location == f"/xep-loai?nam={YEAR}&don-vi={proposed.member.unit_id}#van-ban-in"
    with app.app_context():
        subject = papers.sheet_id()
    client = browser("secretary")
    answer = post(client, INDEX, kind="evaluation_sheet", id=subject, ve="xep-loai")
    assert "phieu=1" in answer.location
    page = client.get(answer.location).text
    assert '<details class="more" open>' in page and "số 01-PĐG/BV-NOI" in words(page)
    assert issue_sheet(app, browser, name="member2").location.startswith(INDEX)


def test_pressing_twice_answers_in_words_and_gives_no_second_number(app, browser, proposed):
    issue_list(browser, proposed)
    again = issue_list(browser, proposed)
    assert again.status_code == 409 and "01-DS/BV-NOI" in again.text
    with app.app_context():
        assert len(papers.all_of(LIST)) == 1


def test_before_the_branch_proposed_nothing_is_issued(app, browser, cast):
    with app.app_context():
        year_end.self_assess("member")
    assert issue_sheet(app, browser).status_code == 409
    assert issue_list(browser, cast).status_code == 409


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("member", 403), ("base_secretary", 403), ("bloc_secretary", 403), ("inspector", 403),
        ("member2", 404), ("other_secretary", 404), ("stranger", 404), ("administrator", 404),
    ],
)  # fmt: skip
def test_only_the_branch_s_officers_issue(app, browser, proposed, name, status):
    assert issue_sheet(app, browser, who=name).status_code == status


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"kind": "year_book"}, 400), ({"kind": ""}, 400), ({"id": "abc"}, 404), ({"id": ""}, 404), ({"id": "9" * 30}, 404),
        ({"year": ""}, 404), ({"kind": "evaluation_sheet", "id": "xyz"}, 404),
        ({"kind": "evaluation_sheet", "id": "01890000-0000-7000-8000-000000000000"}, 404),
    ],
)  # fmt: skip
def test_a_broken_request_is_refused_in_words(browser, proposed, fields, status):
    assert issue_list(browser, proposed, **fields).status_code == status


def test_issuing_again_replaces_and_the_old_stays_readable(app, browser, proposed):
    row = issued(app, browser)
    assert post(browser("deputy"), f"{INDEX}/{row.id}/phat-hanh-lai").status_code == 303
    page = words(browser("secretary").get(INDEX).text)
    assert "02-PĐG/BV-NOI" in page and "Đã được thay thế" in page
    assert browser("secretary").get(f"{INDEX}/{row.id}.pdf").status_code == 200
    assert post(browser("secretary"), f"{INDEX}/{row.id}/phat-hanh-lai").status_code == 409


def test_withdrawing_asks_for_a_reason_and_keeps_what_was_typed(app, browser, proposed):
    row, client = issued(app, browser), browser("secretary")
    path = f"{INDEX}/{row.id}/thu-hoi"
    page = client.get(path)
    assert heading(page.text) == "Thu hồi văn bản" and "01-PĐG/BV-NOI" in page.text
    assert "Hãy ghi lý do thu hồi." in post(client, path).text
    long = "a" * 1001
    refused = post(client, path, reason=long)
    assert refused.status_code == 200 and long in refused.text and "1.000 ký tự" in refused.text
    assert post(client, path, reason="Ghi sai năm sinh.").status_code == 303
    listed = words(client.get(INDEX).text)
    assert "Đã thu hồi" in listed and "Ghi sai năm sinh." in listed
    late = post(client, path, reason="Lần nữa, vẫn còn đây.")
    assert late.status_code == 409 and "Lần nữa, vẫn còn đây." in late.text
    assert "Bản nháp" in flowing_text(browser("member").get(sheet_path(app)).data)


def test_what_broke_off_is_shown_and_finished(app, browser, files, proposed):
    from diary.services import documents

    with app.app_context():
        document_id = documents.reserve_list(factories.actor("secretary"), proposed.member.unit_id, YEAR)
    client = browser("secretary")
    page = client.get(INDEX).text
    assert "Đang lập" in page and f"{INDEX}/{document_id}/lap-tiep" in page and f"{INDEX}/{document_id}.pdf" not in page
    assert client.get(f"{INDEX}/{document_id}.pdf").status_code == 404
    assert "Bản nháp" in flowing_text(client.get(list_path(proposed)).data)
    assert post(client, f"{INDEX}/{document_id}/lap-tiep").status_code == 303
    assert post(client, f"{INDEX}/{document_id}/lap-tiep").status_code == 409
    with app.app_context():
        assert papers.document(document_id).state is DocumentState.VALID


WRITES = ("phat-hanh-lai", "lap-tiep", "thu-hoi")


def test_strangers_learn_nothing_and_readers_change_nothing(app, browser, proposed):
    row = issued(app, browser)
    for name in ("member2", "other_secretary", "stranger", "administrator"):
        client = browser(name)
        assert client.get(f"{INDEX}/{row.id}.pdf").status_code == 404, name
        assert {post(client, f"{INDEX}/{row.id}/{act}", reason="x").status_code for act in WRITES} == {404}, name
    for name in ("member", "base_secretary", "bloc_secretary", "inspector"):
        client = browser(name)
        assert client.get(f"{INDEX}/{row.id}.pdf").status_code == 200, name
        assert {post(client, f"{INDEX}/{row.id}/{act}", reason="x").status_code for act in WRITES} == {403}, name


def test_addresses_for_posts_do_not_answer_gets(app, browser, proposed):
    row = issued(app, browser)
    assert {browser("secretary").get(f"{INDEX}/{row.id}/{act}").status_code for act in ("phat-hanh-lai", "lap-tiep")} == {405}


# --- the list


def test_the_list_opens_for_those_who_read_evaluations(browser):
    for name in ("secretary", "deputy", "base_secretary", "bloc_secretary", "inspector"):
        page = browser(name).get(INDEX)
        assert page.status_code == 200 and heading(page.text) == "Văn bản đã phát hành", name
        assert "chưa phát hành văn bản nào" in page.text
    for name in ("member", "stranger", "administrator"):
        assert browser(name).get(INDEX).status_code == 403, name


def test_it_shows_what_the_units_below_issued_and_acts_only_to_officers(app, browser, proposed):
    issued(app, browser)
    shown = {
        name: words(browser(name).get(INDEX).text)
        for name in ("secretary", "base_secretary", "bloc_secretary", "inspector", "other_secretary")
    }
    assert "01-PĐG/BV-NOI" not in shown.pop("other_secretary")
    assert all("01-PĐG/BV-NOI" in page for page in shown.values())
    assert "Phát hành lại" in shown.pop("secretary")
    assert not any("Phát hành lại" in page or "Thu hồi số" in page for page in shown.values())


def many(app, cast, count):
    facts = {
        "kind": LIST, "unit_id": cast.member.unit_id, "year": YEAR, "title": "Danh sách", "dated_on": clock.today(), "sha256": "a" * 64,
        "issued_by": cast.secretary.account_id, "state": DocumentState.VALID, "withdrawal_reason": "", "size": 1,
    }  # fmt: skip
    with app.app_context():
        start = len(papers.all_of(LIST)) + 1
        rows = [
            {**facts, "id": new_id(), "code": f"{n:08d}", "number": n, "symbol": f"{n:02d}-DS/BV-NOI", "issued_at": clock.now()}
            for n in range(start, start + count)
        ]
        db.session.execute(insert(Document), rows)
        db.session.commit()


def test_it_is_paged_and_asks_the_same_number_of_questions_for_any_number(app, browser, cast):
    many(app, cast, 26)
    client = browser("bloc_secretary")
    client.get(INDEX)
    with counted(app) as few:
        page = client.get(INDEX).text
    assert "Trang 1 trên 2" in words(page) and len(re.findall(r"\.pdf", page)) == 25
    assert "Số 01-DS/BV-NOI" in words(client.get(f"{INDEX}?trang=2").text)
    many(app, cast, 400)
    with counted(app) as lots:
        client.get(INDEX)
    assert len(lots) == len(few)
    for odd in ("0", "-3", "abc", "99999"):
        assert client.get(f"{INDEX}?trang={odd}").status_code == 200
