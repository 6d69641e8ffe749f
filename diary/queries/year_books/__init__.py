"""Everything a member's printed year holds, but for the bytes of its photos. Drafts and private notes are never read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from ...domain.errors import NotFound
from ...domain.names import full_name
from ...domain.reviews import VIETNAM
from ...domain.rhythm import DUE, KEPT, Square
from ...domain.year_books import BookPledge, Rhythm, YearBook
from ...models.base import db
from ...models.evaluations import Evaluation
from ...models.members import Member, Membership
from ...models.years import WorkYear
from .. import years
from ..letterheads import issuer
from ..rhythm import rhythm_of
from .deeds import Deed, Moment, chosen_moments, sent_deeds
from .endings import ending
from .promises import promises

MOST_PHOTOS_OF_A_DEED, MOST_PHOTOS = 4, 120  # more of them would make the file too heavy to send


@dataclass(frozen=True, slots=True)
class BookPages:
    """A year's book without its pictures: `photos` holds, for each of the book's entries, the SHA-256 of those to print."""

    book: YearBook
    photos: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Holder:
    name: str
    job: str
    unit_id: int


def year_book(member_id: int, year: int, today: date) -> BookPages:
    """The book of a member's year as it stands `today`; NotFound for a year or a member there is not.

    For the member only: whoever calls this has made sure that it is theirs, or runs the program's own commands.
    """
    closed_on, last_day = _closed_on(year), min(today, date(year, 12, 31))
    holder = _holder(member_id, year, last_day)
    unit = issuer(holder.unit_id, last_day)
    promised = promises(member_id, year, over=today > last_day or closed_on is not None)
    deeds = sent_deeds(member_id, year, promised.orders)
    squares = rhythm_of(member_id, year, today).squares
    moments = chosen_moments(member_id, year)
    end = ending(member_id, year, holder.name, unit, years.scheme_of(year))
    book = YearBook(
        year=year,
        holder=holder.name,
        job=holder.job,
        superior=unit.superior,
        branch=unit.name,
        place=unit.place,
        pledges=promised.pledges,
        pledges_approved_on=promised.approved_on,
        entries=tuple(deed.entry for deed in deeds),
        month_rhythm=tuple((date(year, month, 1), _weeks(s for s in squares if s.month == month)) for month in range(1, 13)),
        rhythm=_weeks(squares),
        figures_on=last_day,
        highlights=_highlights(promised.pledges, moments),
        moments=tuple((moment.day, moment.words) for moment in moments),
        level=end.level,
        decision=end.decision,
        scheme=end.scheme,
        steps=end.steps,
        branch_remark=end.branch_remark,
        secretary=unit.signer,
        closed_on=closed_on,
    )
    return BookPages(book, chosen_photos(deeds))


def chosen_photos(deeds: Sequence[Deed]) -> tuple[tuple[str, ...], ...]:
    """Which photos of each deed are printed: every deed's first before any second, until there are MOST_PHOTOS."""
    ranked = sorted((rank, place) for place, deed in enumerate(deeds) for rank, _ in enumerate(deed.photos[:MOST_PHOTOS_OF_A_DEED]))
    counts = [0] * len(deeds)
    for _, place in ranked[:MOST_PHOTOS]:
        counts[place] += 1
    return tuple(deed.photos[:count] for deed, count in zip(deeds, counts, strict=True))


def _closed_on(year: int) -> date | None:
    """The day the year was locked, None while it is open; NotFound for a year nobody opened."""
    row = db.session.execute(select(WorkYear.locked_at).where(WorkYear.year == year)).one_or_none()
    if row is None:
        raise NotFound(f"Chưa có năm công tác {year}.")
    locked_at: datetime | None = row.locked_at
    return locked_at.astimezone(VIETNAM).date() if locked_at else None


def _holder(member_id: int, year: int, day: date) -> _Holder:
    """Who the member is, and the branch of their year: the one that rated them, else where they were on `day`, else where they are."""
    rated_in = select(Evaluation.unit_id).where(Evaluation.member_id == Member.id, Evaluation.year == year).scalar_subquery()
    on_day = (
        select(Membership.unit_id)
        .where(Membership.member_id == Member.id, or_(Membership.from_day.is_(None), Membership.from_day <= day))
        .where(or_(Membership.to_day.is_(None), Membership.to_day >= day))
        .order_by(Membership.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = (Member.family_name, Member.given_name, Member.job, Member.unit_id, rated_in.label("rated_in"), on_day.label("on_day"))
    row = db.session.execute(select(*columns).where(Member.id == member_id)).one_or_none()
    if row is None:
        raise NotFound()
    return _Holder(full_name(row.family_name, row.given_name), row.job, row.rated_in or row.on_day or row.unit_id)


def _weeks(squares: Iterable[Square]) -> Rhythm:
    looks = [square.look for square in squares]
    return Rhythm(sum(look in KEPT for look in looks), sum(look in DUE for look in looks))


def _highlights(pledges: Iterable[BookPledge], moments: Iterable[Moment]) -> tuple[tuple[str, str], ...]:
    """For each virtue what its owner said came of the pledges, and the results of the entries they chose."""
    found: dict[str, dict[str, None]] = {}
    for virtue, words in (*((p.virtue, p.outcome) for p in pledges if p.done), *((m.virtue, m.result) for m in moments)):
        if words:
            found.setdefault(virtue, {})[words.rstrip(". ")] = None
    return tuple((virtue, "; ".join(words)) for virtue, words in found.items())
