"""A new installation: the bloc, its first administrator, schemes, a work year with its windows and virtues."""

import re
from datetime import date

from sqlalchemy import select

from ..domain import schemes
from ..domain.accounts import CODE_LIFE, shown_code
from ..domain.actors import Post
from ..domain.errors import BadInput, WrongMoment
from ..domain.units import UnitDraft, UnitKind, clean_draft
from ..domain.vietnamese import fold
from ..domain.years import Activity, OpenDays, default_windows
from ..models.accounts import Account
from ..models.base import db
from ..models.units import Unit, Virtue
from ..models.years import Scheme, Window, WorkYear
from . import accounts, audit, clock, units
from .transaction import happening

ADMINISTRATOR_NAME = "Quản trị hệ thống"
ALREADY = "Chương trình đã được cài đặt trên cơ sở dữ liệu này. Hãy dùng DATABASE_URL hoặc DIARY_INSTANCE khác nếu muốn cài đặt mới."
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")
VIRTUES = ("Cần", "Kiệm", "Liêm", "Chính", "Chí công vô tư")


@happening
def install(name: str, symbol: str, username: str, key: str) -> str:
    """Fill an empty database: the bloc called `name` with its document symbol, the shipped schemes, this year, and the first administrator
    under `username`; the administrator's one-time code as it is printed. `key` is the secret the code's hash is made with.

    BadInput at "name", "symbol" or "username"; WrongMoment when there is a bloc already.
    """
    if db.session.execute(select(Unit.id).limit(1)).first() is not None:
        raise WrongMoment(ALREADY)
    today, code, username = clock.today(), accounts.new_code(), fold(username)
    check_answers(name, symbol, username)
    bloc_id = units.add_unit(None, None, UnitDraft(name, symbol), UnitKind.BLOC, today)
    add_schemes()
    add_year(today.year, bloc_id)
    hashed = accounts.hash_code(code, username, key)
    account = Account(username=username, name=ADMINISTRATOR_NAME, code_hash=hashed, code_expires_at=clock.now() + CODE_LIFE)
    db.session.add(account)
    db.session.flush()
    units.appoint(None, bloc_id, account.id, Post.ADMINISTRATOR, today)
    audit.record(None, "install", "unit", bloc_id, bloc_id)
    return shown_code(code)


def check_answers(name: str, symbol: str, username: str) -> None:
    """Refuse (BadInput) what `install` would refuse, before anything is made: a username has 3 to 60 letters a–z, digits, dots, dashes."""
    clean_draft(UnitDraft(name, symbol))
    if not symbol.strip():
        raise BadInput("symbol", "Hãy ghi ký hiệu văn bản của Đoàn Khối, ví dụ ĐTNK.")
    if not _USERNAME.fullmatch(fold(username)):
        raise BadInput("username", "Tên đăng nhập gồm 3 đến 60 chữ không dấu, chữ số, dấu chấm hoặc gạch nối, ví dụ quantri.")


def add_schemes() -> None:
    """Put the shipped schemes into the database, those that are not there yet."""
    known = set(db.session.execute(select(Scheme.code)).scalars())
    for scheme in schemes.SHIPPED:
        if scheme.code not in known:
            years = {"first_year": scheme.first_year, "last_year": scheme.last_year}
            db.session.add(Scheme(code=scheme.code, name=scheme.name, body=schemes.to_body(scheme), **years))
    db.session.flush()


def add_year(year: int, bloc_id: int, windows: dict[Activity, OpenDays] | None = None) -> WorkYear:
    """Open a work year for the bloc with its windows (the usual dates when None) and the five virtues.

    It is rated as the year before, while that scheme covers it; else by the one the union's guidance gives it, or by none.
    """
    row = WorkYear(year=year, scheme_code=_scheme_for(year))
    db.session.add(row)
    db.session.flush()
    for activity, days in (windows or default_windows(year)).items():
        db.session.add(Window(year=year, unit_id=bloc_id, activity=activity, opens_on=days.opens_on, closes_on=days.closes_on))
    for position, name in enumerate(VIRTUES, 1):
        db.session.add(Virtue(unit_id=bloc_id, year=year, position=position, name=name))
    db.session.flush()
    return row


def _scheme_for(year: int) -> str | None:
    before = select(Scheme.code).join(WorkYear, WorkYear.scheme_code == Scheme.code).where(WorkYear.year == year - 1)
    taken_over = db.session.execute(before.where(Scheme.first_year <= year, Scheme.last_year >= year)).scalar()
    guided = schemes.for_year(year)
    return taken_over or (guided.code if guided else None)


def all_open(year: int, today: date) -> dict[Activity, OpenDays]:
    """Windows that are all open today: from the year's first day to the end of the next January."""
    days = OpenDays(date(year, 1, 1), max(date(year + 1, 1, 31), today))
    return dict.fromkeys(Activity, days)
