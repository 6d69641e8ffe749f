"""The pages of a year's scheme: reading, the editor without scripts, files, the worked example."""

import io
import re
from html import unescape

import pytest

from diary.domain.schemes import SCHEME_2023, SCHEME_POINTS
from diary.files.scheme_files import read_schemes, write_schemes
from tests.web.reading import heading, token, words

YEAR = "/nam-cong-tac/2026/bo-tieu-chi"
EDITOR = f"{YEAR}/soan"


@pytest.fixture
def bloc(browser):
    return browser("bloc_secretary")


def typed(page):
    """What the editor's form would send, had nobody touched it."""
    form = page[page.index('action="/nam-cong-tac') :]
    fields = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="file"' not in tag and ('type="checkbox"' not in tag or " checked" in tag):
            fields[name[1]] = unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = unescape(chosen[1]) if chosen else ""
    return fields


def editor(client, path=EDITOR):
    return typed(client.get(path).text)


def send(client, fields, act="save", path=EDITOR):
    return client.post(path, data=fields | {"act": act})


def post(client, path, **fields):
    return client.post(path, data={"csrf_token": token(client, "/ca-nhan")} | fields)


def test_everyone_who_reads_years_reads_the_scheme_and_only_the_committee_edits_it(browser):
    inspector = browser("inspector")
    page = inspector.get(YEAR).text
    assert heading(page) == "Bộ tiêu chí năm 2026"
    for said in ("Cần tham gia từ 90 %", "Xét người sinh hoạt tại chi đoàn từ 3 tháng", "nhiều nhất 20 %", "Vững mạnh xuất sắc", "Tải tệp"):
        assert said in words(page)
    assert "Sửa bộ tiêu chí" not in page and "/chep" not in page
    for name in ("inspector", "member", "secretary", "base_secretary", "administrator"):
        client = browser(name)
        assert client.get(EDITOR).status_code == 403
        assert {post(client, f"{YEAR}/{act}").status_code for act in ("soan", "chep", "tep")} == {403}
    assert {client.get(f"{YEAR}{act}").status_code for act in ("", "/tep")} == {403}


def test_addresses_that_only_take_a_post_and_years_nobody_opened(bloc):
    assert bloc.get(f"{YEAR}/chep").status_code == 405
    assert {bloc.get(f"/nam-cong-tac/2031/bo-tieu-chi{act}").status_code for act in ("", "/soan", "/tep")} == {404}


def test_the_form_as_it_is_shown_saves_nothing_new(bloc):
    sent = send(bloc, editor(bloc))
    assert sent.location == YEAR and "Không có gì thay đổi" in bloc.get(YEAR).text
    assert "Đi kèm chương trình" in bloc.get(YEAR).text


def test_what_is_changed_is_saved_for_this_year(bloc):
    changed = editor(bloc) | {"levels-1-conditions-0-least": "85", "caps-0-refuses": "y", "name": "Bộ của Khối"}
    assert send(bloc, changed).status_code == 303
    page = words(bloc.get(YEAR).text)
    assert "Cần tham gia từ 85 %" in page and "thì không đề nghị được" in page and "Bộ của Khối" in page
    assert "Đánh giá, xếp loại đoàn viên 2023–2027" in page, "what it was made from"


def test_rows_come_and_go_by_buttons_and_keep_what_is_typed(bloc):
    fields = editor(bloc) | {"name": "Đang gõ dở"}
    page = send(bloc, fields, "add:levels").text
    assert 'name="levels-4-name"' in page and "Đang gõ dở" in page
    fields = typed(page) | {"levels-4-name": "Cực kém", "levels-4-short": "Cực kém", "levels-4-letters": "CK"}
    page = send(bloc, fields, "add:levels-1-conditions").text
    assert 'name="levels-1-conditions-1-measure"' in page and typed(page)["levels-4-code"] == "cuc-kem"
    page = send(bloc, typed(page), "up:levels-4").text
    assert typed(page)["levels-3-name"] == "Cực kém"
    page = send(bloc, typed(page), "drop:levels-3").text
    assert typed(page)["levels-3-code"] == "not_done" and 'name="levels-4-name"' not in page
    page = send(bloc, typed(page), "drop:caps-0").text
    assert "Không khống chế mức nào" in page
    assert send(bloc, typed(page)).status_code == 303, "the empty condition is left out"
    assert "Không khống chế mức nào" in bloc.get(YEAR).text


def test_points_are_asked_for_only_where_one_rates_by_them(bloc):
    assert "levels-0-points_from" not in editor(bloc)
    fields = typed(send(bloc, editor(bloc), "points:on").text)
    for number, points in enumerate(("90", "70", "50", "")):
        fields[f"levels-{number}-points_from"] = points
    fields |= {f"criteria-{number}-points": "20" for number in range(5)} | {"criteria-0-full_at": "1"}
    assert send(bloc, fields).status_code == 303
    assert "từ 90 điểm" in bloc.get(YEAR).text
    assert send(bloc, typed(send(bloc, editor(bloc), "points:off").text)).status_code == 303
    assert "90 điểm" not in bloc.get(YEAR).text


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(bloc):
    wrong = editor(bloc) | {"name": "", "levels-1-conditions-0-least": "99", "minimum_months": "ba", "source": "Nghị quyết mới"}
    answer = send(bloc, wrong)
    page = words(answer.text)
    assert answer.status_code == 200 and "Còn 3 chỗ cần sửa" in page
    assert "không thể đòi hỏi cao hơn mức Xuất sắc" in page and "Hãy ghi một số nguyên" in page and "Hãy đặt tên" in page
    assert {key: typed(answer.text)[key] for key in ("minimum_months", "source")} == {"minimum_months": "ba", "source": "Nghị quyết mới"}
    assert "Nghị quyết mới" not in bloc.get(YEAR).text


def test_who_edited_an_old_version_is_told_and_keeps_the_text(bloc):
    old = editor(bloc) | {"source": "Bản của tôi"}
    send(bloc, editor(bloc) | {"source": "Bản của người khác"})
    answer = send(bloc, old)
    assert answer.status_code == 409 and "vừa được người khác thay đổi" in answer.text and "Bản của tôi" in answer.text


@pytest.mark.parametrize(
    "act", ["add:nothing", "drop:levels-77", "up:levels-0-conditions-55", "drop:levels-99-conditions-0", "x", "add:levels-2-conditions-1"]
)
def test_buttons_nobody_drew_do_no_harm(bloc, act):
    assert send(bloc, editor(bloc), act).status_code == 200


def test_an_empty_form_is_told_what_is_missing(bloc):
    answer = post(bloc, EDITOR, act="save")
    assert answer.status_code == 200 and "Cần từ 2 đến 8 mức" in answer.text


def test_a_file_goes_out_and_comes_in_to_be_looked_through(bloc):
    (draft,) = read_schemes(bloc.get(f"{YEAR}/tep").data)
    assert draft.scheme == SCHEME_2023
    shown = post(bloc, f"{YEAR}/tep", file=(io.BytesIO(write_schemes([SCHEME_POINTS])), "diem.toml")).text
    assert "chưa lưu" in shown and typed(shown)["levels-0-points_from"] == "90"
    assert send(bloc, typed(shown)).status_code == 303 and "từ 90 điểm" in bloc.get(YEAR).text
    for content in (b"", b"\xff", b"[[schemes]]\nname = 5\n"):
        answer = post(bloc, f"{YEAR}/tep", file=(io.BytesIO(content), "x.toml"))
        assert answer.status_code == 200 and "cần sửa" in answer.text
    assert post(bloc, f"{YEAR}/tep").status_code == 200


def test_a_year_without_a_scheme_copies_one_and_edits_it(bloc):
    post(bloc, "/nam-cong-tac/mo", year="2028")
    path = "/nam-cong-tac/2028/bo-tieu-chi"
    assert "Năm 2028 chưa có bộ tiêu chí" in bloc.get(path).text and bloc.get(f"{path}/soan").status_code == 404
    assert "Hãy chọn một năm đã có" in post(bloc, f"{path}/chep", from_year="2027").text
    assert post(bloc, f"{path}/chep", from_year="2026").location == f"{path}/soan"
    assert "chỉ dùng cho năm 2028" in bloc.get(f"{path}/soan").text


def test_a_locked_year_shows_its_scheme_to_read(bloc):
    post(bloc, "/nam-cong-tac/2026/khoa", reason="Hết năm")
    assert "chỉ còn xem được" in bloc.get(YEAR).text and bloc.get(EDITOR).status_code == 409
    assert post(bloc, f"{YEAR}/chep", from_year="2026").status_code == 409


def test_what_was_typed_stays_on_the_page_where_the_year_was_locked_meanwhile(bloc):
    fields = editor(bloc) | {"source": "Đang soạn"}
    post(bloc, "/nam-cong-tac/2026/khoa", reason="Hết năm")
    answer = send(bloc, fields)
    assert answer.status_code == 409 and "Đang soạn" in answer.text and "khóa sổ" in answer.text


def test_the_example_counts_again_with_what_is_asked_of_it(browser, bloc):
    asked = "vd-thang=24&vd-so-participation=95&vd-so-training=4&vd-muc-outstanding=4&vd-muc-good=6"
    page = words(browser("inspector").get(f"{YEAR}?{asked}").text)
    assert "Gợi ý theo số liệu: Hoàn thành xuất sắc nhiệm vụ" in page and "Xuất sắc: 20 % của 10 người" in page and "vượt 2" in page
    page = words(bloc.get(f"{YEAR}?vd-thang=1&vd-so-participation=x&vd-chuyen-den=y").text)
    assert "Không thuộc diện xếp loại" in page and "chưa có nhận xét của nơi chuyển đi" in page
    example = {"vd-so-participation": "95", "vd-so-training": "4"}
    drafted = send(bloc, editor(bloc) | example | {"levels-0-conditions-0-least": "99"}, "count").text
    assert "mức Xuất sắc cần từ 99 %" in words(drafted)
    assert "Sửa xong các chỗ đó" in send(bloc, editor(bloc) | {"levels-1-conditions-0-least": "999"}, "count").text
