"""The public pages behind a document's QR."""

import re
from io import BytesIO
from pathlib import Path

import pytest

from diary.domain.documents import FAILED_LOOKUPS
from diary.files.storage import Storage
from diary.jobs import documents as jobs
from diary.services import documents
from tests import factories, papers, year_end
from tests.factories import YEAR
from tests.web.reading import heading, hidden, token, words

NOWHERE = "/xac-minh/ABCD-2345"


@pytest.fixture
def files(app):
    return Path(app.config["DIARY_INSTANCE"]) / "files"


@pytest.fixture
def issued(app, cast, files):
    """The sheet of `member`, issued; its row."""
    with app.app_context():
        papers.propose()
        return papers.issued_sheet(files)


def path_of(row):
    return f"/xac-minh/{row.code[:4]}-{row.code[4:]}"


def ask(client, code="", file=None, path="/xac-minh"):
    fields = {"csrf_token": token(client, "/xac-minh"), "code": code}
    if file is not None:
        fields["file"] = (BytesIO(file), "tep.pdf")
    return client.post(path, data=fields, content_type="multipart/form-data")


def test_anyone_may_ask_without_signing_in(browser):
    page = browser(None).get("/xac-minh")
    assert page.status_code == 200 and heading(page.text) == "Xác minh văn bản"
    assert all(label in words(page.text) for label in ("Mã văn bản", "Tệp văn bản", "Xác minh"))
    assert browser("member").get("/xac-minh").status_code == 200


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0}{1}", " {0} {1} ", "lower"])
def test_a_code_leads_to_its_document_however_it_is_typed(browser, issued, typed):
    code = issued.code.lower() if typed == "lower" else typed.format(issued.code[:4], issued.code[4:])
    answer = ask(browser(None), code)
    assert (answer.status_code, answer.location) == (303, path_of(issued))
    assert browser(None).get(f"/xac-minh/{code.strip()}").status_code == 200


def test_a_valid_document_says_what_it_is_and_nothing_about_a_person(browser, issued):
    answer = browser(None).get(path_of(issued))
    page = words(answer.text)
    for shown in (
        "Còn hiệu lực", "Phiếu đánh giá, xếp loại đoàn viên năm 2026", "01-PĐG/BV-NOI", "Chi đoàn Khối Nội, Đoàn cơ sở Bệnh viện Đa khoa",
        "23/11/2026", f"{issued.code[:4]}-{issued.code[4:]}", issued.sha256[:4],
    ):  # fmt: skip
        assert shown in page
    assert issued.sha256 in answer.text
    for secret in ("Sa Rinh", "Thạch", "Hoàn thành tốt", str(issued.id), "Lâm Thanh Sang"):
        assert secret not in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_digest_is_copied_without_gaps(browser, issued):
    groups = re.search(r'class="groups"[^>]*>(.*?)</span></span>', browser(None).get(path_of(issued)).text, re.S)
    assert re.sub(r"<[^>]+>|\s", "", groups[1] + "</span>") == issued.sha256


def test_a_replaced_one_leads_to_what_stands_in_its_place(app, browser, issued, files):
    with app.app_context():
        newer = papers.document(jobs.issue_again(factories.actor("secretary"), issued.id, papers.press(files)))
    page = browser(None).get(path_of(issued)).text
    assert "Đã được thay thế" in page and "không còn dùng từ ngày 23/11/2026" in words(page)
    assert "Xem bản thay thế, số 02-PĐG/BV-NOI" in page and f'href="{path_of(newer)}"' in page
    assert "Còn hiệu lực" in browser(None).get(path_of(newer)).text


def test_a_withdrawn_one_says_since_when_and_not_why(app, browser, issued):
    with app.app_context():
        documents.withdraw_document(factories.actor("secretary"), issued.id, "Ghi sai năm sinh của chị Rinh.")
    page = words(browser(None).get(path_of(issued)).text)
    assert "Đã thu hồi" in page and "thu hồi ngày 23/11/2026" in page and "năm sinh" not in page and "Rinh" not in page


def test_one_that_is_being_made_says_so(app, browser, cast):
    with app.app_context():
        papers.propose()
        row = papers.document(documents.reserve_list(factories.actor("secretary"), year_end.unit("BV-NOI"), YEAR))
    page = browser(None).get(path_of(row)).text
    assert "Đang lập" in page and "chưa phát hành" in page and "SHA-256" not in page


def test_the_issuer_is_named_as_on_the_document_s_day(app, browser, issued):
    from datetime import timedelta

    from diary.domain.units import UnitDraft
    from diary.services import units

    with app.app_context():
        units.rename_unit(None, issued.unit_id, UnitDraft("Chi đoàn Nội tổng hợp"), issued.dated_on + timedelta(days=2))
    assert "Chi đoàn Khối Nội," in browser(None).get(path_of(issued)).text


@pytest.mark.parametrize("typed", ["ABCD-2345", "abc", "O0I1-O0I1", "x" * 150, "<script>alert(1)</script>"])
def test_an_unknown_code_answers_kindly(browser, typed):
    answer = ask(browser(None), typed)
    answer = browser(None).get(answer.location) if answer.status_code == 303 else answer
    assert answer.status_code == 404 and "Không có văn bản nào mang mã này" in answer.text and "gõ nhầm" in answer.text
    assert "<script>alert" not in answer.text and "Tra mã khác" in answer.text


def test_an_address_with_a_foolish_code_answers_the_same(browser):
    for path in (NOWHERE, "/xac-minh/%20", "/xac-minh/%E1%BA%BF"):
        assert browser(None).get(path).status_code == 404
    assert "Không có văn bản nào mang mã này" in browser(None).get(NOWHERE).text


def test_nothing_typed_and_nothing_chosen_asks_for_one(browser):
    answer = ask(browser(None))
    assert answer.status_code == 200 and "Hãy ghi mã văn bản hoặc chọn tệp." in answer.text


def test_a_question_without_its_token_is_refused(browser):
    assert browser(None).post("/xac-minh", data={"code": "ABCD2345"}).status_code == 400


def test_the_issued_file_is_known_again_by_its_bytes_alone(browser, issued, files):
    answer = ask(browser(None), file=Storage(files).read(issued.sha256))
    assert answer.status_code == 200 and "Tệp giống hệt bản đã phát hành" in answer.text
    assert "01-PĐG/BV-NOI" in answer.text and "Còn hiệu lực" in answer.text


def test_one_flipped_byte_makes_another_file(browser, issued, files):
    content = bytearray(Storage(files).read(issued.sha256))
    content[len(content) // 2] ^= 1
    unknown = ask(browser(None), file=bytes(content))
    assert "Không tìm thấy tệp này" in unknown.text and "01-PĐG" not in unknown.text
    for path, code in ((path_of(issued), ""), ("/xac-minh", issued.code)):
        answer = ask(browser(None), code, bytes(content), path)
        assert answer.status_code == 200 and "Tệp không giống bản đã phát hành" in answer.text
        assert "giống hệt" not in answer.text


def test_the_same_file_on_the_document_s_page_is_the_same(browser, issued, files):
    content = Storage(files).read(issued.sha256)
    assert "Tệp giống hệt bản đã phát hành" in ask(browser(None), file=content, path=path_of(issued)).text
    assert "Tệp giống hệt bản đã phát hành" in ask(browser(None), issued.code, content).text


def test_the_file_of_another_document_leads_to_that_one(app, browser, issued, files):
    with app.app_context():
        other = papers.issued_list(files)
        digest, path = other.sha256, path_of(other)
    page = ask(browser(None), file=Storage(files).read(digest), path=path_of(issued)).text
    assert "Tệp của văn bản khác" in page and f'href="{path}"' in page and "giống hệt" not in page


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", "không phải PDF".encode(), b"%PDF-1.4 " + bytes(400_000)], ids=range(4))
def test_whatever_is_sent_is_held_against_the_issued_bytes(browser, issued, content):
    assert "Tệp không giống bản đã phát hành" in ask(browser(None), file=content, path=path_of(issued)).text
    assert "Không tìm thấy tệp này" in ask(browser(None), file=content).text


def test_a_withdrawn_file_is_the_same_and_no_longer_holds(app, browser, issued, files):
    with app.app_context():
        documents.withdraw_document(factories.actor("secretary"), issued.id, "Sai.")
    page = ask(browser(None), file=Storage(files).read(issued.sha256)).text
    assert "Tệp giống hệt bản đã phát hành" in page and "Đã thu hồi" in page


def test_holding_against_nothing_asks_for_a_file(browser, issued):
    answer = ask(browser(None), path=path_of(issued))
    assert answer.status_code == 200 and "Hãy chọn tệp cần đối chiếu." in answer.text


def test_a_file_that_was_sent_is_not_kept(browser, issued, files):
    before = set(Storage(files).digests())
    ask(browser(None), file=b"%PDF-1.4 la")
    assert set(Storage(files).digests()) == before


def test_guessing_codes_is_stopped_and_known_codes_are_not_guesses(app, browser, issued, time):
    client = browser(None)
    for _ in range(5):
        assert client.get(path_of(issued)).status_code == 200
    with app.app_context():
        for _ in range(FAILED_LOOKUPS - 1):
            documents.note_failed_lookup("127.0.0.1")
    assert client.get(NOWHERE).status_code == 404
    stopped = client.get(NOWHERE)
    assert stopped.status_code == 429 and "15 phút" in stopped.text
    assert client.get(path_of(issued)).status_code == 429
    time.shift(16 * 60)
    assert client.get(path_of(issued)).status_code == 200


def test_what_cannot_be_a_code_is_no_guess(app, browser):
    client = browser(None)
    for _ in range(3):
        client.get("/xac-minh/abc")
    with app.app_context():
        from sqlalchemy import func, select

        from diary.models.accounts import SignInAttempt
        from diary.models.base import db

        assert db.session.execute(select(func.count()).select_from(SignInAttempt)).scalar_one() == 0


def test_the_way_back_to_the_form_carries_a_token(browser, issued):
    assert hidden(browser(None).get(path_of(issued)).text, "csrf_token")
