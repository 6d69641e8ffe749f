"""`worker`: it starts only where a server would, and says what to do."""

import signal
import subprocess
import sys
import time

from tests.cli.commands import ROOT, SETUP, environment, run, run_apart


def test_it_does_not_start_on_a_database_that_was_not_set_up(tmp_path):
    code, said = run(tmp_path, "worker")
    assert code == 1 and "Traceback" not in said and "flask --app wsgi setup" in said


def test_it_does_not_start_on_wrong_settings_of_mail(tmp_path):
    code, said = run_apart(tmp_path, "worker", DIARY_MAIL_URL="smtp://u:bi-mat@host")
    assert code == 1 and "DIARY_MAIL_FROM" in said and "bi-mat" not in said


def test_it_does_its_first_duties_at_once_and_ends_well_when_told_to(tmp_path):
    assert run(tmp_path, *SETUP)[0] == 0
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(tmp_path), stderr=subprocess.PIPE, text=True) as process:
        assert "ready" in process.stderr.readline()
        deadline = time.monotonic() + 30
        while "việc nền được làm đúng hạn" not in run(tmp_path, "doctor")[1]:
            assert time.monotonic() < deadline
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert "Traceback" not in process.stderr.read()
