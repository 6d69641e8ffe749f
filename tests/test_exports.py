"""Whatever takes records of people out as a file leaves an audit line."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import func, select

from diary import migrations
from diary.domain.audit import SUBJECT_LABELS
from diary.domain.documents import DocumentKind
from diary.domain.fee_lists import FEES
from diary.domain.figure_lists import FIGURES
from diary.domain.training_lists import TRAINING
from diary.models.audit import AuditLine
from diary.models.base import db
from tests import factories, subjects

ROOT = Path(__file__).parents[1] / "diary"


def noted(app):
    with app.app_context():
        query = select(AuditLine.account_id, AuditLine.subject, AuditLine.unit_id, AuditLine.fields)
        return [tuple(row) for row in db.session.execute(query.where(AuditLine.action == "records_export").order_by(AuditLine.id))]


def test_the_list_of_members_taken_on_the_web_leaves_a_line(app, browser, cast):
    assert browser("secretary").get("/doan-vien/xuat").status_code == 200
    assert noted(app) == [(cast.secretary.account_id, "member_list", None, ["rows:5"])]


@pytest.mark.parametrize(
    ("path", "subject"), [("/doan-phi/xuat", "fees_list"), ("/ren-luyen/xuat", "training_list"), ("/xep-loai/so-lieu/xuat", "figures_list")]
)
def test_a_register_taken_on_the_web_leaves_a_line_with_its_unit_and_year(app, browser, cast, path, subject):
    assert browser("secretary").get(path).status_code == 200
    (line,) = noted(app)
    assert line[1] == subject and line[2] == cast.units["BV-NOI"] and line[3][1:] == [factories.YEAR]


@pytest.mark.parametrize(
    ("noun", "subject", "said"),
    [
        ("members", "member_list", []),
        ("fees", "fees_list", [2026]),
        ("training", "training_list", [2026]),
        ("results", "result_list", [2026]),
    ],
)
def test_a_list_written_by_command_leaves_a_line_of_the_program(app, cast, tmp_path, noun, subject, said):
    done = app.test_cli_runner().invoke(args=["export", noun, str(tmp_path / "x.csv")])
    assert done.exit_code == 0
    ((account_id, kind, _, fields),) = noted(app)
    assert (account_id, kind, fields[1:]) == (None, subject, said) and fields[0].startswith("rows:")


def test_a_backup_and_a_copy_of_everything_leave_lines_that_are_in_them(app, cast, tmp_path):
    for args in (["backup", str(tmp_path / "sao-luu.zip")], ["copy-to", f"sqlite:///{tmp_path / 'other.sqlite3'}"]):
        assert app.test_cli_runner().invoke(args=args).exit_code == 0
    assert [(account_id, subject, fields[1]) for account_id, subject, _, fields in noted(app)] == [
        (None, "database", "backup"),
        (None, "database", "copy"),
    ]
    with app.app_context(), migrations.database_at(f"sqlite:///{tmp_path / 'other.sqlite3'}"):
        assert db.session.execute(select(func.count()).where(AuditLine.action == "records_export")).scalar_one() == 2


def test_a_sheet_or_list_of_others_taken_as_pdf_leaves_a_line_and_one_s_own_does_not(app, browser, cast):
    with app.app_context():
        sheet = subjects.address("/danh-gia/<uuid:evaluation_id>/phieu.pdf", cast)
        issued = subjects.address("/van-ban-phat-hanh/<uuid:document_id>.pdf", cast)
    for path in (sheet, issued):
        assert browser("member").get(path).status_code == 200
    assert noted(app) == []
    for path in (issued, "/xep-loai/danh-sach.pdf"):
        assert browser("secretary").get(path).status_code == 200
    kinds = [line[3][1] for line in noted(app)]
    assert kinds == [DocumentKind.EVALUATION_SHEET, DocumentKind.PROPOSAL_LIST]


NOTES = ("note_export", "issue_first_codes", "handed_out", "note_download")


def unnoted(source: str) -> list[str]:
    """The functions that write a sheet for somebody and call nothing that leaves a line of it."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    calls = {
        f.name: {getattr(c.func, "attr", getattr(c.func, "id", "")) for c in ast.walk(f) if isinstance(c, ast.Call)} for f in functions
    }
    return [name for name, called in calls.items() if "write_sheet" in called and not called & set(NOTES)]


def test_no_function_of_the_web_or_of_commands_writes_a_sheet_without_a_line():
    files = [path for floor in ("web", "cli") for path in (ROOT / floor).rglob("*.py")]
    found = {f"{path.relative_to(ROOT)}:{name}" for path in files for name in unnoted(path.read_text("utf-8"))}
    assert found == {"cli/exports.py:reserve"}  # it only asks whether a file of that name could be written


def test_every_kind_of_records_taken_out_has_its_words():
    given = [call.args[1] for path in ROOT.rglob("*.py") for call in noting(path)]
    assert {one.value for one in given if isinstance(one, ast.Constant)} - set(SUBJECT_LABELS) == set()
    assert {f"{register.name}_list" for register in (FEES, FIGURES, TRAINING)} <= set(SUBJECT_LABELS)


def noting(path: Path) -> list[ast.Call]:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in tree if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("note_export")]


def test_a_sheet_written_without_a_line_is_seen():
    assert unnoted("def export():\n    return workbook(write_sheet('x.csv', (), ()))\n") == ["export"]
