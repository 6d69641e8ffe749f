"""What the person wrote: pledges and entries with every text that was sent, what was said of them, and the private notes."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from ...models.accounts import Account
from ...models.counts import Leave, MemberWeek
from ...models.entries import AdditionReview, Entry, EntryAddition, EntryReview, EntryRevision, Evidence, MonthChoice, PrivateNote
from ...models.pledges import Pledge, PledgeChange, PledgeReview, PledgeRevision
from ...models.units import Unit, Virtue
from .rows import Part, by, rows


def pledges(member_id: int) -> Part:
    """The pledges, drafts too, with what was sent and said of each."""
    columns = (
        Pledge.id, Pledge.year, Unit.name.label("unit"), Virtue.name.label("virtue"), Pledge.title, Pledge.how, Pledge.target,
        Pledge.due_on, Pledge.state, Pledge.written_at, Pledge.sent_at, Pledge.reviewed_at, Pledge.outcome_words,
    )  # fmt: skip
    query = select(*columns).join(Unit, Unit.id == Pledge.unit_id).outerjoin(Virtue, Virtue.id == Pledge.virtue_id)
    found = rows(query.where(Pledge.member_id == member_id).order_by(Pledge.year, Pledge.written_at, Pledge.id))
    revisions = by("pledge_id", rows(_mine(PledgeRevision.pledge_id, *_sent_columns(PledgeRevision), owner=Pledge, member_id=member_id)))
    reviews = by("pledge_id", rows(_reviews(PledgeReview, PledgeReview.pledge_id, Pledge, member_id)))
    parts = {"revisions": revisions, "reviews": reviews, "changes": by("pledge_id", rows(_changes(member_id)))}
    return [one | {name: part.get(one["id"], []) for name, part in parts.items()} for one in found]


def _changes(member_id: int) -> Select[*tuple[Any, ...]]:
    """What the member wished a pledge to say, and the answers."""
    columns = (
        PledgeChange.pledge_id, PledgeChange.state, PledgeChange.before, PledgeChange.body, PledgeChange.reason, PledgeChange.asked_at,
        PledgeChange.answer, PledgeChange.answered_at, Account.name.label("by"),
    )  # fmt: skip
    query = select(*columns).join(Pledge, Pledge.id == PledgeChange.pledge_id)
    query = query.outerjoin(Account, Account.id == PledgeChange.answered_by)
    return query.where(Pledge.member_id == member_id).order_by(PledgeChange.pledge_id, PledgeChange.asked_at, PledgeChange.id)


def entries(member_id: int) -> Part:
    """The entries, drafts too, with everything that belongs to each. Evidence still names its digest, as `sha256`."""
    columns = (
        Entry.id, Entry.year, Unit.name.label("unit"), Entry.happened_on, Entry.pledge_id.label("pledge"), Virtue.name.label("virtue"),
        Entry.field, Entry.did, Entry.people, Entry.result, Entry.result_unit, Entry.lesson, Entry.state, Entry.written_at,
        Entry.sent_at, Entry.reviewed_at, PrivateNote.words.label("private_note"),
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Unit, Unit.id == Entry.unit_id)
        .outerjoin(Virtue, Virtue.id == Entry.virtue_id)
        .outerjoin(PrivateNote, PrivateNote.entry_id == Entry.id)
        .where(Entry.member_id == member_id)
        .order_by(Entry.happened_on, Entry.id)
    )
    parts = {
        "revisions": by("entry_id", rows(_mine(EntryRevision.entry_id, *_sent_columns(EntryRevision), owner=Entry, member_id=member_id))),
        "reviews": by("entry_id", rows(_reviews(EntryReview, EntryReview.entry_id, Entry, member_id))),
        "additions": _additions(member_id),
        "evidence": by("entry_id", rows(_evidence(member_id))),
    }
    return [one | {name: part.get(one["id"], []) for name, part in parts.items()} for one in rows(query)]


def month_choices(member_id: int) -> Part:
    """The entries they hold to be the best of a month."""
    columns = (MonthChoice.year, MonthChoice.month, MonthChoice.entry_id.label("entry"), Entry.happened_on, Entry.did)
    query = select(*columns).join(Entry, Entry.id == MonthChoice.entry_id).where(MonthChoice.member_id == member_id)
    return rows(query.order_by(MonthChoice.year, MonthChoice.month))


def weeks(member_id: int) -> Part:
    """The weeks, those that only say there was nothing to write among them."""
    query = select(MemberWeek.monday, MemberWeek.entries, MemberWeek.nothing_to_do).where(MemberWeek.member_id == member_id)
    return rows(query.order_by(MemberWeek.monday))


def leaves(member_id: int) -> Part:
    """The days of leave."""
    columns = (Leave.from_day, Leave.to_day, Leave.kind, Leave.reason, Leave.taken_back_at)
    query = select(*columns).where(Leave.member_id == member_id)
    return rows(query.order_by(Leave.from_day, Leave.id))


def _sent_columns(table: Any) -> tuple[Any, ...]:
    return table.number, table.sent_at, table.body


def _mine(key: Any, *columns: Any, owner: Any, member_id: int) -> Select[*tuple[Any, ...]]:
    """Rows that hang on the member's pledges or entries, by what they hang on and then by number."""
    return select(key, *columns).join(owner, owner.id == key).where(owner.member_id == member_id).order_by(key, columns[0])


def _reviews(table: Any, key: Any, owner: Any, member_id: int) -> Select[*tuple[Any, ...]]:
    """What reviewers said and did not take back."""
    query = select(key, table.revision, table.verdict, table.words, table.at, Account.name.label("by"))
    query = query.join(owner, owner.id == key).join(Account, Account.id == table.account_id)
    return query.where(owner.member_id == member_id, table.undone_at.is_(None)).order_by(key, table.at, table.id)


def _additions(member_id: int) -> dict[UUID, Part]:
    columns = (EntryAddition.id, EntryAddition.words, EntryAddition.state, EntryAddition.sent_at, EntryAddition.reviewed_at)
    mine = select(EntryAddition.entry_id, *columns).join(Entry, Entry.id == EntryAddition.entry_id).where(Entry.member_id == member_id)
    said = (
        select(AdditionReview.addition_id, AdditionReview.verdict, AdditionReview.words, AdditionReview.at, Account.name.label("by"))
        .join(EntryAddition, EntryAddition.id == AdditionReview.addition_id)
        .join(Entry, Entry.id == EntryAddition.entry_id)
        .join(Account, Account.id == AdditionReview.account_id)
        .where(Entry.member_id == member_id, AdditionReview.undone_at.is_(None))
        .order_by(AdditionReview.addition_id, AdditionReview.at)
    )
    reviews = by("addition_id", rows(said))
    found = rows(mine.order_by(EntryAddition.entry_id, EntryAddition.sent_at, EntryAddition.id))
    return by("entry_id", [one | {"reviews": reviews.get(one["id"], [])} for one in found])


def _evidence(member_id: int) -> Select[*tuple[Any, ...]]:
    columns = (
        Evidence.name, Evidence.kind, Evidence.media_type, Evidence.size, Evidence.width, Evidence.height, Evidence.added_at,
        Evidence.sha256,
    )  # fmt: skip
    mine = select(Evidence.entry_id, *columns).join(Entry, Entry.id == Evidence.entry_id).where(Entry.member_id == member_id)
    return mine.order_by(Evidence.entry_id, Evidence.added_at, Evidence.id)
