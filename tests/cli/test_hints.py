"""`hints`: what would be said to each line of a file."""

from tests.cli.commands import run


def test_each_line_gets_its_number_and_its_hints_without_a_database(tmp_path):
    file = tmp_path / "bai.txt"
    file.write_text("Tốt.\nSáng nay cùng chị Hoa quét dọn kho tầng 2, xếp lại 40 hộp.\n", encoding="utf-8-sig")
    code, said = run(tmp_path, "hints", file)
    first, second = said.splitlines()
    assert code == 0 and first.startswith("1\tBài còn ngắn") and second == "2\t"


def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path):
    code, said = run(tmp_path, "hints", tmp_path / "khong-co.txt")
    assert code == 2 and "Không đọc được" in said
