"""QRs as inline pictures of pages."""

import re
from xml.etree import ElementTree

import segno

from diary.documents.qr_svg import qr_svg

TEXT = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"


def test_the_dark_squares_are_those_segno_makes_with_a_quiet_zone_of_four_around():
    picture = qr_svg(TEXT, "Mã")
    matrix = segno.make(TEXT, error="m", micro=False, boost_error=False).matrix
    drawn = [[0] * len(matrix) for _ in matrix]
    for column, row, length in (map(int, run) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", picture)):
        drawn[row][column : column + length] = [1] * length
    assert drawn == [list(row) for row in matrix]
    assert f'viewBox="-4 -4 {len(matrix) + 8} {len(matrix) + 8}"' in picture


def test_it_is_black_on_white_in_the_dark_too_has_a_name_and_no_style():
    picture = ElementTree.fromstring(qr_svg(TEXT, 'Mã "QR" & <khóa>'))
    rect, path = picture
    assert (rect.get("fill"), path.get("fill")) == ("#fff", "#000")
    assert picture.get("aria-label") == 'Mã "QR" & <khóa>' and picture.get("role") == "img"
    assert not [part for part in picture.iter() if part.get("style")]
    assert TEXT not in qr_svg(TEXT, "Mã")
