"""`demo`: a bloc of made-up people to try the program with."""

from datetime import timedelta
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..domain.documents import About, DocumentKind
from ..domain.errors import DiaryError
from ..domain.evidence import StoredEvidence
from ..files import demo_photos
from ..files.attachments import keep, read_attachment
from ..files.storage import Storage
from ..jobs import documents
from ..jobs.documents import Press
from ..migrations import upgrade
from ..queries import accounts
from ..services import audit_seals, clock, demo

SITE = "http://127.0.0.1:8000"  # where `make run` serves


def init_app(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(make)


@click.command("demo")
@click.option("--members", default=320, show_default=True, help="About how many members; 6000 is the whole bloc.")
@click.option("--years", default=2, show_default=True, help="Years of diaries, this one included.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same bloc.")
@click.option("--if-empty", is_flag=True, help="Do nothing but name the accounts where there is data already.")
@with_appcontext
def make(members: int, years: int, seed: int, if_empty: bool) -> None:
    """Make the demo bloc in an empty database (DIARY_DEMO=1 only)."""
    if not current_app.config["DIARY_DEMO"]:
        raise click.ClickException("Chỉ tạo bản dùng thử khi DIARY_DEMO=1.")
    upgrade()
    if not if_empty or demo.is_empty():
        try:
            demo.make_demo(members, years, seed, _photos(seed))
            _issue_papers()
            audit_seals.seal(clock.now(), timedelta())  # nobody else writes here yet
        except DiaryError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Tài khoản dùng thử (mật khẩu {demo.DEMO_PASSWORD}):")
    for account in demo.demo_accounts():
        click.echo(f"  {account.username:18}{account.who}{', ' + account.where if account.where else ''}")


def _issue_papers() -> None:
    """Last year's list and minutes of the demo branch and the sheets of two members, issued by their secretary."""
    press = Press(_storage(), current_app.config["DIARY_PUBLIC_URL"] or SITE)
    for paper in demo.papers_to_issue():
        secretary = accounts.actor_of(paper.by_account, clock.today())
        if paper.evaluation_id is None:
            documents.issue_list(secretary, paper.unit_id, paper.year, press)
            documents.issue(secretary, About(DocumentKind.MINUTES, paper.unit_id, paper.year), press)
        else:
            documents.issue_sheet(secretary, paper.evaluation_id, press)


def _storage() -> Storage:
    return Storage(Path(current_app.config["DIARY_INSTANCE"]) / "files")


def _photos(seed: int) -> tuple[StoredEvidence, ...]:
    storage = _storage()
    drawn = (read_attachment(f"{name}.jpg", picture) for name, picture in demo_photos.draw_all(seed))
    return tuple(keep(storage, attachment) for attachment in drawn)
