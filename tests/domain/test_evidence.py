import unicodedata

import pytest

from diary.domain.errors import DiaryError
from diary.domain.evidence import (
    MAX_FILES,
    MAX_REQUEST_BYTES,
    MEGABYTE,
    BadEvidence,
    EvidenceKind,
    StoredEvidence,
    check_files,
    limits_text,
    megabytes,
    safe_file_name,
)


def test_the_limits_said_before_upload_are_the_limits_kept():
    assert limits_text() == (
        "Tối đa 6 tệp cho một bài: ảnh (JPEG, PNG, WebP, HEIC) mỗi ảnh không quá 15 MB, tệp PDF mỗi tệp không quá 10 MB; "
        "mỗi lần gửi không quá 50 MB. Ảnh được thu nhỏ và bỏ vị trí chụp."
    )
    assert unicodedata.is_normalized("NFC", limits_text())


def test_sizes_are_written_with_a_comma_and_without_an_idle_zero():
    assert [megabytes(15 * MEGABYTE), megabytes(3 * MEGABYTE // 2), megabytes(1000)] == ["15 MB", "1,5 MB", "0 MB"]


def test_an_entry_takes_six_files_and_not_a_seventh():
    check_files([1] * MAX_FILES)
    check_files([1, 1], already=4)
    with pytest.raises(BadEvidence, match=r"tối đa 6 tệp minh chứng \(bạn chọn 7\)"):
        check_files([1] * 7)


def test_files_an_entry_keeps_from_before_count():
    with pytest.raises(BadEvidence, match=r"đã có 5, gửi thêm 2"):
        check_files([1, 1], already=5)


def test_files_may_weigh_fifty_megabytes_together_and_no_more():
    check_files([MAX_REQUEST_BYTES - 1, 1])
    with pytest.raises(BadEvidence, match=r"nặng 60 MB, quá mức 50 MB"):
        check_files([30 * MEGABYTE, 30 * MEGABYTE])


def test_a_refusal_is_shown_at_the_evidence_field():
    error = BadEvidence("Tệp hỏng.")
    assert isinstance(error, DiaryError)
    assert (error.field, str(error)) == ("evidence", "Tệp hỏng.")


def test_stored_evidence_names_all_it_needs_from_the_store():
    pdf = StoredEvidence("a" * 64, 10, EvidenceKind.FILE, "application/pdf", "giấy khen.pdf")
    photo = StoredEvidence("b" * 64, 10, EvidenceKind.PHOTO, "image/jpeg", "a.jpg", 4, 3, "c" * 64)
    assert pdf.digests == ("a" * 64,)
    assert photo.digests == ("b" * 64, "c" * 64)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Giấy khen.pdf", "Giấy khen.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\ảnh 1.jpg", "ảnh 1.jpg"),
        ("/", "tep"),
        ("", "tep"),
        ("..", "tep"),
        (".htaccess", "htaccess"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ('a"b<c>|?*.pdf', "abc.pdf"),
        ("tab\there\u2028there.pdf", "tab here there.pdf"),
        ("khen\u202efdp.exe", "khenfdp.exe"),
        ("a\x00b\u200b.pdf", "ab.pdf"),
        ("lỗi\udce1.pdf", "lỗi.pdf"),
        ("  nhiều   chỗ trống  .pdf", "nhiều chỗ trống .pdf"),
        ("ảnh. . .", "ảnh"),
    ],
)
def test_a_file_name_comes_out_as_one_visible_line_without_folders(sent, kept):
    assert safe_file_name(sent) == kept


def test_a_file_name_from_a_mac_comes_out_composed():
    assert safe_file_name(unicodedata.normalize("NFD", "Biên bản họp tổ.pdf")) == "Biên bản họp tổ.pdf"


def test_a_combining_mark_parted_by_an_invisible_character_is_composed_too():
    assert unicodedata.is_normalized("NFC", safe_file_name("e\u200b\u0323.pdf"))


def test_a_long_file_name_is_cut_and_keeps_its_ending():
    name = safe_file_name("ảnh " * 60 + ".jpeg")
    assert len(name) <= 120
    assert name.endswith("ảnh.jpeg")


def test_a_long_name_without_an_ending_is_cut():
    assert safe_file_name("x" * 300) == "x" * 120
    assert len(safe_file_name("a." + "x" * 300)) == 120
