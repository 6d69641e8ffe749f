"""Evidence over HTTP: sending files with an entry, and who may open them."""

import io
import re
import uuid

import pytest
from PIL import Image
from sqlalchemy import select

from diary.domain.entries import EntryState
from diary.models.base import db
from diary.models.entries import Evidence
from tests.web.entries.filling import DEED, fill, kept, made
from tests.web.reading import token

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF"


def photo(color="#7fb8a0", name="bến xuồng.jpg"):
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), color).save(picture, "JPEG")
    return io.BytesIO(picture.getvalue()), name


def opened(client, path, **headers):
    """The answer to a GET, read to its end and closed."""
    with client.get(path, headers=headers) as answer:
        assert answer.data is not None
        return answer


def evidence(app):
    with app.app_context():
        return list(db.session.execute(select(Evidence).order_by(Evidence.added_at, Evidence.id)).scalars())


def test_limits_are_said_before_anything_is_chosen(browser):
    page = browser("member").get("/nhat-ky/moi").text
    assert "Tối đa 6 tệp" in page and "50 MB" in page


def test_photos_and_papers_are_kept_with_their_entry_and_shown(app, browser):
    client = browser("member")
    answer = fill(client, evidence=[photo(), (io.BytesIO(PDF), "giấy mời.pdf")])
    assert answer.status_code == 303 and kept(app)[0].evidence_count == 2
    picture, paper = evidence(app)
    page = client.get(answer.location).text
    assert f'src="/minh-chung/{picture.id}/nho"' in page and f'href="/minh-chung/{paper.id}"' in page
    assert f'src="/minh-chung/{picture.id}/nho"' in client.get("/nhat-ky").text


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_typed_is_lost(app, browser):
    page = fill(browser("member"), people="Bà con ấp", evidence=(io.BytesIO(b"MZ\x90\x00" + b"\0" * 400), "anh.jpg"))
    assert page.status_code == 200 and kept(app) == []
    assert "anh.jpg" in page.text and "Chỉ nhận ảnh" in page.text and "hãy chọn lại" in page.text
    assert DEED in page.text and "Bà con ấp" in page.text


def test_a_page_shown_again_says_that_its_files_must_be_chosen_again(browser):
    page = fill(browser("member"), did="", evidence=photo())
    assert "hãy chọn lại trước khi gửi" in page.text
    assert "hãy chọn lại trước khi gửi" not in fill(browser("member"), did="").text


def test_a_seventh_file_is_refused(app, browser):
    page = fill(browser("member"), evidence=[photo(f"#0000{n}0", f"{n}.jpg") for n in range(7)])
    assert page.status_code == 200 and "tối đa 6 tệp" in page.text and kept(app) == []


def test_more_than_fifty_megabytes_is_a_page_that_says_so(app, browser):
    answer = browser("member").post("/nhat-ky/moi", data=b"\0" * (51 * 1024 * 1024), content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413 and "50 MB" in answer.text and kept(app) == []


@pytest.fixture
def stored(app, browser):
    """A sent entry of the member with a photo and a PDF: (entry id, photo id, PDF id)."""
    fill(browser("member"), evidence=[photo(), (io.BytesIO(PDF), "giấy mời.pdf")])
    return kept(app)[0].id, *(row.id for row in evidence(app))


@pytest.mark.parametrize(
    ("name", "status"),
    [("member", 200), ("secretary", 200), ("deputy", 200), ("member2", 404), ("other_secretary", 404), ("bloc_secretary", 404),
     ("inspector", 404), ("administrator", 404), ("stranger", 404)],
)  # fmt: skip
def test_evidence_is_seen_by_whoever_reads_its_entry(browser, stored, name, status):
    _, picture, paper = stored
    for path in (f"/minh-chung/{picture}", f"/minh-chung/{picture}/nho", f"/minh-chung/{paper}"):
        assert opened(browser(name), path).status_code == status


def test_a_visitor_sees_no_evidence(browser, stored):
    assert browser(None).get(f"/minh-chung/{stored[1]}").status_code == 303


def test_files_are_served_so_that_they_cannot_act(browser, stored):
    client = browser("member")
    picture, small, paper = (opened(client, f"/minh-chung/{path}") for path in (stored[1], f"{stored[1]}/nho", stored[2]))
    assert picture.mimetype == small.mimetype == "image/jpeg" and paper.mimetype == "application/pdf"
    assert len(small.data) < len(picture.data) and paper.data == PDF
    assert picture.headers["Content-Disposition"].startswith("inline") and paper.headers["Content-Disposition"].startswith("attachment")
    assert "gi%E1%BA%A5y%20m%E1%BB%9Di.pdf" in paper.headers["Content-Disposition"]
    for answer in (picture, small, paper):
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == "private, no-cache"
        assert "sandbox" in answer.headers["Content-Security-Policy"] and "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_browser_that_has_the_file_is_told_so(browser, stored):
    client = browser("member")
    etag = opened(client, f"/minh-chung/{stored[1]}").headers["ETag"]
    assert opened(client, f"/minh-chung/{stored[1]}", **{"If-None-Match": etag}).status_code == 304


def test_a_paper_has_no_small_picture_and_an_unknown_id_nothing(browser, stored):
    client = browser("member")
    assert client.get(f"/minh-chung/{stored[2]}/nho").status_code == 404
    assert client.get(f"/minh-chung/{uuid.uuid4()}").status_code == 404


def test_a_file_gone_from_the_store_is_a_page_and_no_failure(app, browser, stored):
    with app.app_context():
        db.session.get_one(Evidence, stored[1]).sha256 = "0" * 64
        db.session.commit()
    assert browser("member").get(f"/minh-chung/{stored[1]}").status_code == 404


def test_a_file_is_taken_off_a_draft_and_not_off_what_was_sent(app, browser, stored):
    client = browser("member")
    assert client.post(f"/minh-chung/{stored[1]}/xoa", data={"csrf_token": token(client, "/")}).status_code == 409
    assert client.get(f"/minh-chung/{stored[1]}/xoa").status_code == 405
    fill(client, act="keep", evidence=photo("#123456"))
    draft, row = kept(app)[-1], evidence(app)[-1]
    assert browser("member2").post(f"/minh-chung/{row.id}/xoa", data={"csrf_token": token(browser("member2"), "/")}).status_code == 400
    assert client.post(f"/minh-chung/{row.id}/xoa", data={"csrf_token": token(client, "/")}).location == f"/nhat-ky/{draft.id}"
    assert kept(app)[-1].evidence_count == 0


def test_strangers_and_readers_take_nothing_off(app, cast, browser):
    row = made(app, cast.member, EntryState.RETURNED)
    fill(browser("member"), f"/nhat-ky/{row}/sua", act="keep", evidence=photo())
    (picture,) = evidence(app)
    for name, status in (("secretary", 403), ("member2", 404)):
        client = browser(name)
        assert client.post(f"/minh-chung/{picture.id}/xoa", data={"csrf_token": token(client, "/")}).status_code == status


def test_taking_a_file_off_in_the_form_keeps_what_was_typed(app, cast, browser):
    row = made(app, cast.member, EntryState.DRAFT)
    client = browser("member")
    fill(client, f"/nhat-ky/{row}/sua", act="keep", evidence=[photo(), photo("#222222", "hai.jpg")])
    first, second = evidence(app)
    answer = fill(client, f"/nhat-ky/{row}/sua", act=None, bo=str(first.id), did="vừa gõ thêm")
    assert answer.location == f"/nhat-ky/{row}/sua" and [one.id for one in evidence(app)] == [second.id]
    assert kept(app)[0].did == "vừa gõ thêm" and kept(app)[0].state is EntryState.DRAFT


def test_files_chosen_on_the_first_page_go_along(app, browser):
    fill(browser("member"), "/", "/nhat-ky/moi", evidence=photo())
    assert kept(app)[0].evidence_count == 1


def test_the_form_takes_photos_and_papers(browser):
    field = re.search(r'<input[^>]*type="file"[^>]*>', browser("member").get("/nhat-ky/moi").text)[0]
    assert "image/*" in field and "application/pdf" in field and "multiple" in field and 'data-most="6"' in field
