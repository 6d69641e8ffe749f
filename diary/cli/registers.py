"""`import fees`, `export fees`, `import training`, `export training`: the registers, the same columns both ways."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from ..domain.fee_lists import FEES
from ..domain.member_lists.import_plan import Outcome
from ..domain.registers import Register, RegisterList, read_register
from ..domain.registers.import_plan import RegisterPlan
from ..domain.training_lists import TRAINING
from ..files.encodings import repair_sheets
from ..files.sheets import read_sheets
from ..files.sheets.writing import OutCell
from ..queries import fees as fee_queries
from ..queries import training as training_queries
from ..queries import years
from ..services import clock, fees, training
from . import exports, imports

Doing = Callable[[None, RegisterList, int | None], RegisterPlan]
Rows = Callable[[int], Iterable[Sequence[OutCell]]]
YEAR = click.IntRange(2000, 2100)


def init_app(app: Flask) -> None:
    """Add the commands to their groups."""
    imports.group.add_command(_importer(FEES, fee_queries.plan_import, fees.import_fees))
    imports.group.add_command(_importer(TRAINING, training_queries.plan_import, training.import_training))
    exports.group.add_command(_exporter(FEES, lambda year: fee_queries.export_rows(None, year)))
    exports.group.add_command(_exporter(TRAINING, lambda year: training_queries.export_rows(None, [year])))


def _importer(register: Register, plan: Doing, bring_in: Doing) -> click.Command:
    """The command that brings a register's list into the books."""

    @click.command(register.name)
    @click.argument("file", type=imports.FILE)
    @click.option("--dry-run", is_flag=True, help="Only say what would be done.")
    @click.option("--year", type=YEAR, help="The year of rows that name none.")
    @with_appcontext
    def command(file: Path, dry_run: bool, year: int | None) -> None:
        imports.require_set_up()
        listed = imports.attempt(lambda: read_register(repair_sheets(read_sheets(file.name, file.read_bytes())), register, clock.today()))
        if not listed.rows_read:
            imports.stop(f"Không tìm thấy danh sách {register.title.lower()} nào trong tệp.")
        done = imports.attempt(lambda: (plan if dry_run else bring_in)(None, listed, year))
        _tell(done, dry_run)
        raise SystemExit(_ending(done))

    command.help = f"Bring a list of the register «{register.title}» into the books; every refused row is printed."
    return command


def _exporter(register: Register, rows: Rows) -> click.Command:
    """The command that writes a register's year under the columns of its clean list."""

    @click.command(register.name)
    @click.argument("file", type=exports.FILE)
    @click.option("--year", type=YEAR, help="The year to write; the current work year when not given.")
    @with_appcontext
    def command(file: Path, year: int | None) -> None:
        imports.require_set_up()
        wanted = year or years.current_year(clock.today())
        written = list(rows(wanted))
        exports.write(file, register.header, written, f"{register.name}_list", wanted)
        click.echo(f"Đã ghi {len(written)} dòng vào {file}.")

    command.help = f"Write the register «{register.title}» of a year, a row for every active member."
    return command


def _tell(plan: RegisterPlan, dry_run: bool) -> None:
    for sheet in plan.unread_sheets:
        click.echo(f"Trang “{sheet}” không có danh sách này.")
    for taken in plan.taken:
        for note in taken.notes:
            click.echo(f"Lưu ý: trang “{taken.row.person.sheet}”, dòng {taken.row.person.row}, {taken.row.name}: {note}")
    for row in plan.refused:
        click.echo(f"Từ chối: trang “{row.sheet}”, dòng {row.row}, {row.name}: {row.reason}")
    counts = ", ".join(f"{plan.counts[outcome]} {outcome.value}" for outcome in Outcome)
    click.echo(f"{'Xem trước' if dry_run else 'Đã nhập'} {plan.rows_read} dòng: {counts}.")


def _ending(plan: RegisterPlan) -> int:
    if not plan.refused:
        return imports.TAKEN
    return imports.SOME_REFUSED if plan.taken else imports.NOTHING_TAKEN
