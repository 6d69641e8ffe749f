"""`import members` and `export members`."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..domain.member_lists import CLEAN_HEADER, MemberList, read_member_list
from ..domain.member_lists.import_plan import ImportPlan, Outcome
from ..files.encodings import repair_sheets
from ..files.sheets import read_sheets
from ..queries import member_lists as queries
from ..services import clock, member_lists
from ..services.codes import CODES_HEADER, NO_KEY
from . import exports, imports

NO_LIST = "Không tìm thấy danh sách đoàn viên nào trong tệp. Tệp cần có một dòng đầu cột với “Họ và tên”."


def init_app(app: Flask) -> None:
    """Add the commands to their groups."""
    imports.group.add_command(import_members)
    exports.group.add_command(export_members)


@click.command("members")
@click.argument("file", type=imports.FILE)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--codes", type=exports.FILE, help="Write the new one-time codes to this file (.xlsx or .csv).")
@with_appcontext
def import_members(file: Path, dry_run: bool, codes: Path | None) -> None:
    """Bring a member list into the books; units it names are made, every refused row is printed."""
    imports.require_set_up()
    key = _key() if codes and not dry_run else ""
    listed = imports.attempt(lambda: _read(file))
    if not listed.rows_read:
        imports.stop(NO_LIST)
    plan = queries.plan_member_import(None, listed, clock.today()) if dry_run else _import(listed, key, codes)
    _tell(plan, dry_run)
    raise SystemExit(_ending(plan))


@click.command("members")
@click.argument("file", type=exports.FILE)
@with_appcontext
def export_members(file: Path) -> None:
    """Write every active member under the columns of the clean list."""
    imports.require_set_up()
    rows = queries.export_rows(None, clock.today())
    exports.write(file, CLEAN_HEADER, rows, "member_list")
    click.echo(f"Đã ghi {len(rows)} đoàn viên vào {file}.")


def _import(listed: MemberList, key: str, codes: Path | None) -> ImportPlan:
    file = exports.reserve(codes) if codes else None
    done = imports.attempt(lambda: member_lists.import_members(None, listed, clock.today(), key))
    if file and done.codes:
        exports.write(file, CODES_HEADER, [code.cells for code in done.codes], "account", f"codes:{len(done.codes)}")
        click.echo(f"Đã ghi {len(done.codes)} mã kích hoạt vào {file}.")
    elif file:
        file.unlink(missing_ok=True)
        click.echo("Không có mã mới nào phải cấp.")
    plan: ImportPlan = done.plan
    return plan


def _key() -> str:
    """The key the codes are made with; ends the command where there is none."""
    key: str = current_app.config["SECRET_KEY"]
    if not key:
        imports.stop(NO_KEY)
    return key


def _read(file: Path) -> MemberList:
    return read_member_list(repair_sheets(read_sheets(file.name, file.read_bytes())), clock.today())


def _tell(plan: ImportPlan, dry_run: bool) -> None:
    for sheet in plan.unread_sheets:
        click.echo(f"Trang “{sheet}” không có danh sách đoàn viên.")
    for taken in plan.taken:
        for note in taken.notes:
            click.echo(f"Lưu ý: trang “{taken.person.sheet}”, dòng {taken.person.row}, {taken.name}: {note}")
    for row in plan.refused:
        click.echo(f"Từ chối: trang “{row.sheet}”, dòng {row.row}, {row.name}: {row.reason}")
    for unit in plan.units.made:
        click.echo(f"{'Sẽ lập' if dry_run else 'Đã lập'}: {unit.label}")
    counts = ", ".join(f"{plan.counts[outcome]} {outcome.value}" for outcome in Outcome)
    click.echo(f"{'Xem trước' if dry_run else 'Đã nhập'} {plan.rows_read} dòng: {counts}.")


def _ending(plan: ImportPlan) -> int:
    if not plan.refused:
        return imports.TAKEN
    return imports.SOME_REFUSED if plan.taken else imports.NOTHING_TAKEN
