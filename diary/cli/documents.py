"""`flask documents YEAR --unit CODE --out DIR`: every document of a unit and those below it for a year, as PDF files."""

from collections import Counter
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..domain.documents import KIND_LABELS, About, DocumentKind, file_name
from ..domain.errors import DiaryError
from ..files.storage import Storage
from ..jobs import documents as jobs
from ..queries import documents as queries
from ..queries import years
from ..services import clock
from ..services import documents as services
from .imports import require_set_up

_NAMES = {
    DocumentKind.PROPOSAL_LIST: "danh-sach",
    DocumentKind.EVALUATION_SHEET: "phieu",
    DocumentKind.YEAR_BOOK: "so-nhat-ky",
    DocumentKind.MINUTES: "bien-ban",
    DocumentKind.REGISTRATION: "ban-dang-ky",
    DocumentKind.BASE_LIST: "danh-sach-co-so",
    DocumentKind.PETITION: "to-trinh",
    DocumentKind.DECISION: "quyet-dinh",
}

SHOW_PROGRESS_FROM = 50  # files


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(write_documents)


@click.command("documents")
@click.argument("year", type=int)
@click.option("--unit", "code", required=True, metavar="CODE", help="A unit's code; tat-ca is the whole bloc.")
@click.option("--out", required=True, metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
@with_appcontext
def write_documents(year: int, code: str, out: Path) -> None:
    """Write every document of a unit and those below it for YEAR: what was issued byte for byte, the rest as drafts."""
    require_set_up()
    try:
        root = queries.unit_by_code(code)
    except DiaryError as error:
        raise click.ClickException(str(error)) from error
    if year not in years.years():
        raise click.ClickException(f"Chưa có năm công tác {year}.")
    rated = years.scheme_of(year) is not None
    written: list[About] = []
    try:
        refused = _write(queries.papers_below(root, year, rated), year, out, written)
    finally:
        _note(root.id, year, written)
    counts = Counter(about.kind for about in written)
    if not rated:
        click.echo(f"Năm {year} chưa có bộ tiêu chí xếp loại nên không có danh sách và phiếu đánh giá.")
    for kind, count in counts.items():
        click.echo(f"{KIND_LABELS[kind]}: {count}")
    click.echo(f"Đã ghi {counts.total()} tệp vào {out}")
    if refused:
        raise click.ClickException(f"Không ghi được {refused} tệp, lý do ở trên.")


def _note(unit_id: int, year: int, written: list[About]) -> None:
    """Leave an audit line of what was written, and one for each book, for its owner; also where the command was broken off."""
    if written:
        counts = Counter(about.kind.value for about in written)
        books = [(about.member_id, about.unit_id) for about in written if about.kind is DocumentKind.YEAR_BOOK and about.member_id]
        services.note_printing(unit_id, year, counts, books)


def _write(papers: tuple[queries.PaperBelow, ...], year: int, out: Path, written: list[About]) -> int:
    """Write the papers and add to `written` what each was about; how many could not be written (each named with its reason)."""
    storage, today = Storage(Path(current_app.config["DIARY_INSTANCE"]) / "files"), clock.today()
    refused, sheets = 0, jobs.BranchOfSheets()
    out.mkdir(parents=True, exist_ok=True)
    with click.progressbar(papers, label="Đang ghi", hidden=len(papers) < SHOW_PROGRESS_FROM) as going:
        for paper in going:
            name = _file_name(paper, year)
            try:
                (out / name).write_bytes(jobs.printed(paper.about, today, storage, sheets))
                written.append(paper.about)
            except DiaryError as error:
                click.echo(f"{name}: {error}", err=True)
                refused += 1
    return refused


def _file_name(paper: queries.PaperBelow, year: int) -> str:
    """Unit, kind, year, then who, with the member's id since names repeat; of a decision its number and day."""
    words = [paper.unit_code, _NAMES[paper.about.kind], str(year)]
    if paper.about.member_id is not None:
        words += [paper.person, str(paper.about.member_id)]
    if paper.about.day is not None:
        words += [paper.about.number, paper.about.day.isoformat()]
    return file_name(" ".join(words))
