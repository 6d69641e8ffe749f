"""Making the demo bloc: one transaction, rows inserted many at a time."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from ...domain import schemes
from ...domain.actors import Post
from ...domain.errors import WrongMoment
from ...domain.evaluations import EvaluationState
from ...domain.evidence import StoredEvidence
from ...domain.vietnamese import fold
from ...models.accounts import Account, Appointment, Consent
from ...models.base import db
from ...models.counts import Leave, MemberWeek, MemberYear
from ...models.data_requests import DataRequest
from ...models.entries import Entry, EntryReview, EntryRevision, Evidence, PrivateNote
from ...models.evaluations import (
    BestEntry,
    Decision,
    Evaluation,
    EvaluationStep,
    MeetingAttendance,
    Proposal,
    RatingMeeting,
    VoteTally,
)
from ...models.fees import Fee
from ...models.members import Member, Membership
from ...models.noted_figures import MemberFigure
from ...models.pledges import Pledge, PledgeReview, PledgeRevision
from ...models.training import Training
from ...models.transfers import Transfer
from ...models.units import Unit, UnitVersion, Virtue
from .. import accounts, clock, installations
from ..prints import look_at_branch
from ..transaction import happening
from . import content as words
from .books import Book
from .changes import change_organisation
from .diaries import Diarist
from .evidence import weigh_proposals
from .month_choices import choose_months
from .noted import note_by_hand
from .people import Bloc, Branch, Crowd, Person, base_secretary, chosen_units, make_people, make_units, reset_counters
from .ratings import Rater
from .readings import add_readings
from .registers import note_registers
from .reminding import remind_home
from .requests import ask_correction
from .rows import Rows
from .unit_ratings import rate_units
from .wishes import wish_changes

DEMO_PASSWORD = "nhatky-demo"  # noqa: S105 - made-up people on one machine; refused outside demo mode
MARKED = timedelta(days=30)  # made-up deeds come again over the year; held against a month of them, some waiting ones are marked, not all
SIGNED_BY = 0.4  # how many of the home branch have handed in this year's self-assessment
ORDER = (
    Unit, UnitVersion, Member, Membership, Account, Consent, Appointment, Pledge, PledgeRevision, PledgeReview, Leave, Entry, PrivateNote,
    EntryRevision, EntryReview, Evidence, MemberYear, MemberWeek, Decision, Proposal, RatingMeeting, MeetingAttendance, Evaluation,
    BestEntry, EvaluationStep, VoteTally, Transfer, Fee, Training, MemberFigure, DataRequest,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account one may try the demo with."""

    username: str
    who: str
    where: str


def is_empty() -> bool:
    """Whether the database holds no unit yet."""
    return db.session.execute(select(func.count()).select_from(Unit)).scalar_one() == 0


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The named accounts of the demo as they stand in the database."""
    query = (
        select(Account.username, Unit.name)
        .outerjoin(Member, Member.id == Account.member_id)
        .outerjoin(Unit, Unit.id == Member.unit_id)
        .where(Account.is_demo, Account.username.in_(WHO))
    )
    where = {username: unit or "" for username, unit in db.session.execute(query)}
    return tuple(DemoAccount(name, WHO[name], where[name]) for name in WHO if name in where)


@dataclass(frozen=True, slots=True)
class PaperToIssue:
    """A paper of a closed year that the demo issues: the branch's list, or one member's sheet."""

    by_account: int
    unit_id: int
    year: int
    evaluation_id: UUID | None = None


def papers_to_issue() -> tuple[PaperToIssue, ...]:
    """The list of the demo branch for each decided year, and the sheets of its two named members; their secretary issues them."""
    secretary = select(Account.id, Member.unit_id).join(Member, Member.id == Account.member_id).where(Account.username == "bithu.chidoan")
    by_account, unit_id = db.session.execute(secretary).one()
    named = select(Account.member_id).where(Account.username.in_(("doanvien", "doanvien2")))
    sheets = select(Evaluation.id, Evaluation.year).where(Evaluation.decided_level != "", Evaluation.member_id.in_(named))
    found = [PaperToIssue(by_account, unit_id, year, evaluation_id) for evaluation_id, year in db.session.execute(sheets)]
    years = sorted({paper.year for paper in found})
    return (*(PaperToIssue(by_account, unit_id, year) for year in years), *found)


WHO = {
    "quantri": "quản trị",
    "bithu.khoi": "Bí thư Đoàn Khối",
    "kiemtra": "Ủy viên Ủy ban Kiểm tra",
    "bithu.coso": "Bí thư Đoàn cơ sở có 3 chi đoàn",
    "bithu.chidoan": "Bí thư chi đoàn",
    "phobithu.chidoan": "Phó Bí thư chi đoàn",
    "doanvien": "đoàn viên đã ghi nhật ký cả năm",
    "doanvien2": "đoàn viên khác cùng chi đoàn",
    "bithu.khac": "Bí thư một chi đoàn nơi khác",
    "doanvien.moi": "đoàn viên chưa ghi bài nào",
}


@happening
def make_demo(members: int = 320, years: int = 2, seed: int = 1, photos: tuple[StoredEvidence, ...] = ()) -> None:
    """Fill an empty database with a made-up bloc of about `members` people and `years` years of diaries, this year up to today.

    The same seed on the same day makes the same bloc. `photos` are pictures already in the store. WrongMoment when the
    database holds something.
    """
    if not is_empty():
        raise WrongMoment("Cơ sở dữ liệu đã có dữ liệu nên không tạo bản dùng thử lên trên.")
    now, dice, content, rows = clock.now(), random.Random(seed), words.load(), Rows(ORDER)
    today = clock.local_day(now)
    installations.add_schemes()
    units, sizes = chosen_units(content, members)
    made = make_units(rows, units, sizes)
    crowd = Crowd(rows, content, dice, today, accounts.hash_password(DEMO_PASSWORD))
    bloc = make_people(rows, crowd, units, made, sizes)
    reset_counters()
    _name_accounts(bloc)
    diarist = Diarist(rows, content, bloc, dice, now, photos)
    for year in range(today.year - years + 1, today.year + 1):
        _make_year(diarist, rows, bloc, year, now)
        note_registers(rows, bloc, year, today, seed)
        note_by_hand(rows, bloc, year, today, seed)
    change_organisation(rows, content, bloc, now)
    ask_correction(rows, bloc, now)
    rows.flush()
    wish_changes(bloc, today.year, now)
    look_at_branch(bloc.home.id, today - MARKED)  # the duty of the worker looks at the others
    weigh_proposals(content, seed, range(today.year - years + 1, today.year + 1), today)
    for year in range(today.year - years + 1, today.year + 1):
        rate_units(bloc, year, today, seed)
    add_readings(dice, ("doanvien", "doanvien2"))
    choose_months("doanvien", today.year)
    remind_home(bloc, now, dice)


def _name_accounts(bloc: Bloc) -> None:
    """Give the people the demo is tried with their names, and add the administrator."""
    home = bloc.home.people
    named: dict[str, Person] = {
        "bithu.khoi": bloc.secretary,
        "kiemtra": bloc.inspector,
        "bithu.coso": base_secretary(bloc),
        "bithu.chidoan": home[0],
        "phobithu.chidoan": home[1],
        "doanvien": home[2],
        "doanvien2": home[3],
        "bithu.khac": bloc.elsewhere.people[0],
        "doanvien.moi": home[-1],
    }
    for username, person in named.items():
        db.session.get_one(Account, person.account_id).username = username
    password_hash = db.session.get_one(Account, home[0].account_id).password_hash
    admin = Account(username="quantri", name="Quản trị hệ thống", password_hash=password_hash, is_demo=True)
    db.session.add(admin)
    db.session.flush()
    db.session.add(Appointment(account_id=admin.id, unit_id=bloc.unit_id, post=Post.ADMINISTRATOR, from_day=clock.today()))
    db.session.flush()


def _make_year(diarist: Diarist, rows: Rows, bloc: Bloc, year: int, now: datetime) -> None:
    today = clock.local_day(now)
    closed = year < today.year
    row = installations.add_year(year, bloc.unit_id, None if closed else installations.all_open(year, today))
    diarist.virtue_ids[year] = _virtues(year, {fold(virtue["name"]): virtue["key"] for virtue in diarist.content.virtues})
    scheme = schemes.for_year(year)
    rater = Rater(rows, diarist.content, bloc, diarist.dice, scheme, year) if scheme else None
    for branch in bloc.branches:
        books = [diarist.write(person, branch, year, closed=closed) for person in branch.people]
        if rater:
            _rate(rater, bloc, books, now, closed=closed)
        rows.flush_if_many()
    if closed:
        row.locked_at = now


def _rate(rater: Rater, bloc: Bloc, books: list[Book], now: datetime, *, closed: bool) -> None:
    branch = books[0].branch
    if closed:
        rater.decide(branch, [book for book in books if book.weeks_due > 12])
    elif branch is bloc.home:
        for book in books[4 : 4 + int(len(books) * SIGNED_BY)]:
            rater.begin(book, now)
    elif branch is bloc.elsewhere:
        rater.send_up(branch, [book for book in books if book.weeks_due > 12], clock.local_day(now), EvaluationState.MET)
    elif branch in _ahead(bloc):
        state = EvaluationState.PASSED_ON if branch is _ahead(bloc)[1] else EvaluationState.PROPOSED
        rater.send_up(branch, [book for book in books if book.weeks_due > 12], clock.local_day(now), state)


def _ahead(bloc: Bloc) -> tuple[Branch, Branch, Branch]:
    """Branches further on this year: one waits at the base, one was passed on to the bloc, one waits there without a base."""
    sisters = [branch for branch in bloc.branches if branch.parent is bloc.home.parent and branch is not bloc.home]
    direct = next(branch for branch in bloc.branches if branch.parent and branch.parent.id == bloc.unit_id and branch is not bloc.elsewhere)
    return sisters[0], sisters[1], direct


def _virtues(year: int, keys: dict[str, str]) -> dict[str, int]:
    rows = db.session.execute(select(Virtue.name, Virtue.id).where(Virtue.year == year))
    return {keys[fold(name)]: number for name, number in rows}
