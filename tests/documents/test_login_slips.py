"""Slips with one-time codes: what stands on them word for word, how they lie on the page, and where their QR leads."""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from diary.documents import login_slips
from diary.documents.marks import qr_runs
from diary.domain.login_slips import LoginSlips

from .reading import MM, fonts, metadata, needs_pdftotext, page_count, page_texts, words
from .whole import SLIP, SLIPS

pytestmark = needs_pdftotext

LONG = "Công Tằng Tôn Nữ Huỳnh Nguyễn Thị Hoàng Phương Thảo Uyên " * 3


def slips(count: int) -> LoginSlips:
    return replace(SLIPS, slips=tuple(replace(SLIP, name=f"Trần Kim Ngân {n}", username=f"ngan.tk{n}") for n in range(1, count + 1)))


def qr_codes(pdf: bytes) -> list[frozenset[tuple[int, int, int]]]:
    """The dark runs of each QR as (column, row from the foot, length), in the order drawn; fails where a page holds no such drawing."""
    found = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Do":
                    (name,) = operands
                    found.append(runs(page.Resources.XObject[str(name)]))
    return found


def runs(form: pikepdf.Object) -> frozenset[tuple[int, int, int]]:
    drawn = ([int(number) for number in operands] for operands, operator in pikepdf.parse_content_stream(form) if str(operator) == "re")
    return frozenset((column, row, length) for column, row, length, _ in drawn)


def qr_of(text: str) -> frozenset[tuple[int, int, int]]:
    modules, dark = qr_runs(text)
    return frozenset((column, modules - row - 1, length) for row, column, length in dark)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2), (17, 3)])
def test_eight_slips_fill_a_page_and_the_ninth_begins_the_next(count, pages):
    texts = page_texts(login_slips.render(slips(count)))
    assert len(texts) == pages
    assert [text.count("Mã kích hoạt") for text in texts] == [min(8, count - 8 * page) for page in range(pages)]
    assert f" {count}/{count} Trần Kim Ngân {count} " in texts[-1]


def test_slips_lie_in_two_columns_of_four_in_the_order_given():
    found = [word for word in words(login_slips.render(slips(8))) if word.text.startswith("ngan.tk")]
    assert [word.text for word in found] == [f"ngan.tk{n}" for n in range(1, 9)]
    assert [round(word.left / MM) for word in found] == [10, 115] * 4
    assert [int(word.top / MM // 74.25) for word in found] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_the_qr_leads_to_the_activation_page_with_the_username_and_nothing_else():
    (drawn,) = qr_codes(login_slips.render(SLIPS))
    assert drawn == qr_of("https://nhatky.example/kich-hoat?ten=ngan.tk")


def test_the_code_is_not_in_the_qr():
    other = replace(SLIPS, slips=(replace(SLIP, code="PCF5-4ERF"),))
    assert qr_codes(login_slips.render(other)) == qr_codes(login_slips.render(SLIPS))


def test_a_username_of_any_letters_makes_an_address():
    slip = replace(SLIP, username="a&b=ố/?#")
    (drawn,) = qr_codes(login_slips.render(replace(SLIPS, slips=(slip,))))
    assert drawn == qr_of("https://nhatky.example/kich-hoat?ten=a%26b%3D%E1%BB%91%2F%3F%23")


def test_each_slip_has_a_qr_of_its_own():
    assert len(set(qr_codes(login_slips.render(slips(9))))) == 9


def test_names_units_and_usernames_of_any_length_stay_on_their_slip():
    crowded = replace(SLIP, name=LONG, unit=LONG, username="x" * 60)
    pdf = login_slips.render(replace(SLIPS, unit=LONG, site="https://" + "a" * 200 + ".example", slips=(crowded,) * 8))
    assert page_count(pdf) == 1
    for word in words(pdf):
        left = 105 * (word.left > 105 * MM) + 9.8
        assert left * MM <= word.left and word.right <= (left + 85.4) * MM, word
        assert word.top >= 4 * MM and word.bottom <= 293 * MM, word
    pieces = [word.text for word in words(pdf) if set(word.text) == {"x"}]
    assert pieces == ["x" * 30] * 16, "a username is typed in full, so it may be broken but never cut"


def test_nothing_stands_nearer_to_the_qr_than_four_of_its_modules():
    crowded = replace(SLIP, name=LONG, unit=LONG, username="x" * 60)
    left, right, clear = (105 - 10 - 27) * MM, 95 * MM, 3.2 * MM
    top, bottom = 150.6 - 27 * MM, 150.6
    for word in words(login_slips.render(replace(SLIPS, slips=(crowded,)))):
        beside = word.right <= left - clear or word.left >= right + clear
        # the box of a word has room for marks over capitals that these lines do not use
        assert beside or word.bottom <= top - clear + 1 or word.top >= bottom + clear - 3, word


def test_faces_are_embedded_and_codes_stand_in_letters_of_one_width():
    found = fonts(login_slips.render(SLIPS))
    assert set(found) == {"LiberationSerif", "LiberationSerif-Bold", "LiberationMono-Bold"}
    assert all(found.values())


def test_the_file_names_itself_and_has_no_footer_of_issued_papers():
    pdf = login_slips.render(slips(9))
    assert metadata(pdf) == {"title": "Phiếu mã đăng nhập, Chi đoàn Khối Nội", "author": "Chi đoàn Khối Nội", "lang": "vi"}
    assert "Bản nháp" not in " ".join(page_texts(pdf)) and "Trang" not in " ".join(page_texts(pdf))


def test_the_same_slips_give_the_same_bytes_and_decomposed_names_come_out_whole():
    assert login_slips.render(slips(9)) == login_slips.render(slips(9))
    decomposed = replace(SLIPS, slips=(replace(SLIP, name=unicodedata.normalize("NFD", SLIP.name)),))
    assert "Trần Kim Ngân" in page_texts(login_slips.render(decomposed))[0]
