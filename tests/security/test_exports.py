"""What a spreadsheet would run: a name that begins like a formula leaves the program as text, in every table it gives out."""

import csv
import io
import re
import zipfile

import pytest
from sqlalchemy import update

from diary.models.accounts import Account
from diary.models.audit import AuditLine
from diary.models.base import db
from diary.models.units import Unit
from tests import factories, subjects
from tests.leaks.addresses import id_parts, rules

FORMULAS = ["=HYPERLINK(A1)", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1+1"]
SHEETS = ("spreadsheetml", "csv", "opendocument")


@pytest.fixture
def dangerous(app, cast):
    """People, accounts, units and audit lines that are named like formulas."""
    with app.app_context():
        home = db.session.get_one(Unit, cast.member.unit_id)
        for n, formula in enumerate(FORMULAS):
            factories.member(formula, f"{formula} {n}", home, job=formula)
        db.session.execute(update(Unit).where(Unit.id == home.id).values(name="=1+1 Khối Nội"))
        db.session.execute(update(Account).where(Account.username == "secretary").values(name="=1+1"))
        db.session.execute(update(AuditLine).values(fields=["=1+1"]))
        db.session.commit()


def tables(app, browser, cast):
    """Every address that answers with a table, opened by those who may: (address, content)."""
    for person in ("secretary", "bloc_secretary", "administrator"):
        client = browser(person)
        for rule in (rule for rule in rules(app, "GET") if not id_parts(rule) or re.search(r"token|uat", rule)):
            with app.app_context():
                path = subjects.address(rule, cast)
            for address in (path, f"{path}?dang=csv"):
                answer = client.get(address)
                if any(kind in answer.mimetype for kind in SHEETS):
                    yield address, answer.data
                answer.close()


def runs(content):
    """Cells of a table that a spreadsheet would run."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist() if "sheet" in name]
        return [found for part in parts for found in re.findall(r"<f>.*?</f>|<hyperlink .*?/>", part)]
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row if re.match(r"[=+\-@\t\r]", cell)]


def test_no_table_given_out_runs_what_a_person_typed(app, browser, cast, dangerous):
    seen = dict(tables(app, browser, cast))
    assert "/doan-vien/xuat" in seen
    assert {address: runs(content) for address, content in seen.items() if runs(content)} == {}


def test_the_command_gives_out_no_formula_either(app, dangerous, tmp_path):
    for name in ("ra.csv", "ra.xlsx"):
        assert app.test_cli_runner().invoke(args=["export", "members", str(tmp_path / name)]).exit_code == 0
        assert runs((tmp_path / name).read_bytes()) == []


def test_a_cell_that_runs_would_be_seen():
    assert runs("Tên\r\n=1+1\r\n".encode("utf-8-sig")) == ["=1+1"]
