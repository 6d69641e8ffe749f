"""The months somebody in the demo has already looked back at."""

from sqlalchemy import extract, insert, select

from ...domain.entries import EntryState
from ...models.accounts import Account
from ...models.base import db
from ...models.entries import Entry, MonthChoice

MOST = 4  # the rest of the year is left to choose from


def choose_months(username: str, year: int) -> None:
    """For that account, of every second month of the year the approved entry with most evidence and a result."""
    query = (
        select(Entry.id, Entry.member_id, extract("month", Entry.happened_on).label("month"))
        .join(Account, Account.member_id == Entry.member_id)
        .where(Account.username == username, Entry.year == year, Entry.state == EntryState.APPROVED)
        .order_by(Entry.evidence_count.desc(), Entry.result.desc(), Entry.happened_on, Entry.id)
    )
    best = {int(row.month): row for row in reversed(db.session.execute(query).all())}
    chosen = [row for month, row in sorted(best.items()) if month % 2 == 0][:MOST]
    made = [{"member_id": row.member_id, "year": year, "month": int(row.month), "entry_id": row.id} for row in chosen]
    if made:
        db.session.execute(insert(MonthChoice), made)
