"""`export results`: everyone's level of a year, under the columns set on the page «Xuất kết quả»."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from ..queries import results as queries
from ..queries import years
from ..services import clock
from . import exports, imports
from .registers import YEAR


def init_app(app: Flask) -> None:
    """Add the command to its group."""
    exports.group.add_command(export_results)


@click.command("results")
@click.argument("file", type=exports.FILE)
@click.option("--year", type=YEAR, help="The year to write; the current work year when not given.")
@with_appcontext
def export_results(file: Path, year: int | None) -> None:
    """Write the results of a year, a row for every person decided."""
    imports.require_set_up()
    wanted, columns = year or years.current_year(clock.today()), queries.columns()
    rows = imports.attempt(lambda: queries.export_rows(wanted, clock.today()))
    written = [[column.cell(row) for column in columns] for row in rows]
    exports.write(file, [column.head for column in columns], written, "result_list", wanted)
    click.echo(f"Đã ghi {len(written)} dòng vào {file}.")
