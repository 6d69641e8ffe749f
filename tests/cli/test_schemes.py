"""`export schemes`, `import schemes`: what they print, how they end, the same file both ways."""

from dataclasses import replace

import pytest

from diary.domain.schemes import SCHEME_2023, SCHEME_POINTS
from diary.files.scheme_files import read_schemes, write_schemes


@pytest.fixture
def flask(app, cast):
    """flask("import", "schemes", file): the command's exit code and words."""
    runner = app.test_cli_runner()

    def call(*words):
        done = runner.invoke(args=[str(word) for word in words])
        return done.exit_code, done.output

    return call


def test_what_is_written_comes_back_without_a_change(flask, tmp_path):
    file = tmp_path / "schemes.toml"
    assert flask("export", "schemes", file) == (0, f"Đã ghi 3 bộ tiêu chí vào {file}.\n")
    assert SCHEME_2023 in [draft.scheme for draft in read_schemes(file.read_bytes())]
    assert flask("import", "schemes", file) == (0, "Đã nạp 3 bộ tiêu chí: 0 thêm mới, 0 thay bản cũ, 3 không đổi, 0 từ chối.\n")


def test_new_ones_are_taken_the_others_refused_with_their_reasons(flask, tmp_path):
    file = tmp_path / "own.toml"
    own = replace(SCHEME_POINTS, code="khoi-2026", name="Thang điểm của Khối")
    file.write_bytes(write_schemes([own, replace(SCHEME_2023, minimum_months=9), replace(own, code="khac", name="")]))
    code, said = flask("import", "schemes", file, "--dry-run")
    assert code == 1 and "Xem trước 3 bộ tiêu chí: 1 thêm mới" in said
    code, said = flask("import", "schemes", file)
    assert code == 1 and "Từ chối: 2023-2027: Bộ đi kèm chương trình" in said and "Từ chối: khac: name: Hãy đặt tên" in said
    assert "Đã nạp 3 bộ tiêu chí: 1 thêm mới, 0 thay bản cũ, 0 không đổi, 2 từ chối." in said
    flask("export", "schemes", file)
    assert own in [draft.scheme for draft in read_schemes(file.read_bytes())]


def test_a_file_that_is_none_ends_with_2(flask, tmp_path):
    file = tmp_path / "x.toml"
    file.write_text("[[schemes]]\ncode = 5\n")
    assert flask("import", "schemes", file)[0] == 2
    file.write_text("không phải TOML")
    code, said = flask("import", "schemes", file)
    assert code == 2 and "dòng 1" in said
    assert flask("export", "schemes", tmp_path / "nowhere" / "x.toml")[0] == 2
