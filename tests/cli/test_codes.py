"""`code`: the way back for who is locked out, from the machine itself."""

import re

from tests.cli.commands import SETUP, run


def test_a_sole_administrator_who_lost_the_password_gets_a_new_code(tmp_path):
    assert run(tmp_path, *SETUP)[0] == 0
    code, said = run(tmp_path, "code", "quantri")
    assert code == 0 and re.search(r"tên đăng nhập quantri, mã kích hoạt [2-9A-Z]{4}-[2-9A-Z]{4}\.", said) and "/kich-hoat" in said
    code, said = run(tmp_path, "code", "quantri", "--clear-second-factor")
    assert code == 0 and "Đã tắt xác thực hai bước" in said


def test_an_unknown_name_and_an_empty_database_are_told_in_words(tmp_path):
    code, said = run(tmp_path / "empty", "code", "quantri")
    assert code != 0 and "Traceback" not in said and "setup" in said
    assert run(tmp_path, *SETUP)[0] == 0
    code, said = run(tmp_path, "code", "khong-co-ai")
    assert code == 1 and "Không có tài khoản “khong-co-ai”" in said
