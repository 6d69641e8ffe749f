"""Commands on a database that was not set up say so in words and touch nothing."""

import pytest

from tests.cli.commands import run

COMMANDS = {
    "recount": (),
    "appoint": ("ngan.tk", "secretary"),
    "documents": (2026, "--unit", "tat-ca", "--out", "van-ban"),
    "export": ("members", "doan-vien.csv"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_on_an_empty_database_says_what_to_do(tmp_path, command):
    code, said = run(tmp_path / "instance", command, *COMMANDS[command])
    assert code == 2, said
    assert "Hãy chạy lệnh setup trước." in said and "Traceback" not in said
