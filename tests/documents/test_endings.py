from reportlab.platypus import Spacer

from diary.documents.endings import EndBlock, Kept, Stack, recipients
from diary.documents.styles import FORM, FORM_HEAD
from diary.documents.text import paragraph
from diary.domain.papers import officer_signer

WIDTH = 400


def _lines(flowable) -> int:
    return round(Stack([flowable]).measure(WIDTH) / FORM.leading)


def test_a_paragraph_fills_the_page_but_keeps_two_lines_for_what_follows():
    text = paragraph(FORM, "một hai ba bốn năm sáu bảy tám chín mười " * 12)
    assert _lines(text) == 8
    room_for_the_text_only = 8 * FORM.leading + 5
    first, rest = Kept(text, Spacer(1, 100)).split(WIDTH, room_for_the_text_only)
    assert _lines(first) == 6
    assert rest.wrap(WIDTH, 700)[1] == 2 * FORM.leading + FORM.spaceAfter + 100


def test_a_short_paragraph_goes_along_whole():
    assert Kept(paragraph(FORM, "Một dòng."), Spacer(1, 100)).split(WIDTH, 60) == []


def test_spaces_between_flowables_do_not_add_up():
    texts = [paragraph(FORM, "một"), paragraph(FORM_HEAD, "hai")]
    assert Stack(texts).measure(WIDTH) == 36 + max(FORM.spaceAfter, FORM_HEAD.spaceBefore)


def test_an_end_block_is_as_high_as_its_higher_side():
    signer = officer_signer("Phan Gia Huy")
    alone = EndBlock(signer).wrap(WIDTH, 700)[1]
    few = EndBlock(signer, recipients(["BCH Đoàn Trường", "Lưu VP"])).wrap(WIDTH, 700)[1]
    many = EndBlock(signer, recipients([f"Nơi {number}" for number in range(20)])).wrap(WIDTH, 700)[1]
    assert alone == few < many


def test_the_last_recipient_ends_in_a_stop_and_the_others_do_not():
    lines = [part.frags[0].text for part in recipients(["BTV Đoàn Khối;", "UBKT", "Lưu VP."])[1:]]
    assert lines == ["- BTV Đoàn Khối;", "- UBKT;", "- Lưu VP."]
    assert recipients([]) == []
