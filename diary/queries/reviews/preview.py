"""What the reviewer sees of one's own entry, sent or not: the card of the queue and the entry's page, made of the same parts."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from ...domain.actors import Actor
from ...domain.entries import AUTHOR_S_TURN, FIELD_LABELS, EntryDraft, EntryState, shown_result
from ...domain.errors import NotAllowed
from ...domain.hints.marks import kinds_kept, mark_words, told
from ...models.base import db
from ...models.members import Member
from ...models.pledges import Pledge
from .. import hints, years
from ..entries import EntryPage, EvidenceRow, load_entry
from .cards import Card, Picture, own_card, typed_card


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """An entry that is only typed yet, with the names the entry's page shows; `evidence` is what it already has in the store."""

    happened_on: date
    did: str
    pledge: str
    virtue: str
    field_label: str
    people: str
    outcome: str
    lesson: str
    evidence: tuple[EvidenceRow, ...] = ()

    @property
    def photos(self) -> tuple[EvidenceRow, ...]:
        return tuple(row for row in self.evidence if row.is_photo)

    @property
    def files(self) -> tuple[EvidenceRow, ...]:
        return tuple(row for row in self.evidence if not row.is_photo)


@dataclass(frozen=True, slots=True)
class Seen:
    """The card, none for what no longer comes before a reviewer, and the entry as its page shows it; never with the private note."""

    card: Card | None
    entry: EntryPage | TypedEntry


def seen_entry(actor: Actor, entry_id: UUID, now: datetime) -> Seen:
    """The actor's own entry as it is kept. NotFound to who may not read it, NotAllowed to who may but did not write it."""
    page = load_entry(actor, entry_id, now)
    if not page.own:
        raise NotAllowed("Chỉ người viết mới xem trước được bài của mình.")
    card = own_card(actor, entry_id, now) if page.state in (*AUTHOR_S_TURN, EntryState.WAITING) else None
    if card and page.state in AUTHOR_S_TURN:
        text = told(page.did, page.people, page.result, page.result_unit)
        card = replace(card, marks=_marks(actor, text, page.happened_on, now, entry_id))
    return Seen(card, replace(page, note=None))


def seen_typed(actor: Actor, draft: EntryDraft, entry_id: UUID, now: datetime, *, stored: UUID | None = None) -> Seen:
    """What was typed, as it would be seen if it were sent now; nothing is kept. `stored` is the actor's own entry it is to change."""
    assert actor.member_id is not None and actor.place is not None
    before = load_entry(actor, stored, now) if stored else None
    if before and not before.own:
        raise NotAllowed("Chỉ người viết mới xem trước được bài của mình.")
    pledge, virtue = _served(actor, draft)
    evidence = before.evidence if before else ()
    typed = TypedEntry(
        draft.happened_on, draft.did, pledge, virtue, FIELD_LABELS[draft.field] if draft.field else "", draft.people,
        shown_result(draft.result, draft.result_unit), draft.lesson, evidence,
    )  # fmt: skip
    names = db.session.execute(select(Member.family_name, Member.given_name).where(Member.id == actor.member_id)).one()
    facts = {
        "id": entry_id, "family_name": names.family_name, "given_name": names.given_name, "unit_name": actor.unit_name,
        "virtue": virtue, "title": pledge, "did": draft.did, "happened_on": draft.happened_on, "people": draft.people,
        "result": draft.result, "result_unit": draft.result_unit, "lesson": draft.lesson, "field": draft.field,
    }  # fmt: skip
    if before:  # the entry keeps the day it was first written, and what was said of it goes along
        facts |= {"written_at": before.written_at, "said": before.reviews[0].words if before.reviews else ""}
    card = typed_card(facts, tuple(Picture(one.id, one.name, one.is_photo) for one in evidence), now)
    text = told(draft.did, draft.people, draft.result, draft.result_unit)
    return Seen(replace(card, marks=_marks(actor, text, draft.happened_on, now, stored or entry_id)), typed)


def _marks(actor: Actor, text: str, day: date, now: datetime, entry_id: UUID) -> tuple[str, ...]:
    """The marks the text would get if it were sent now."""
    assert actor.member_id is not None and actor.place is not None
    found = hints.found(actor.member_id, actor.place.unit_id, text, now.date(), entry_id, day=day)
    return mark_words(kinds_kept(found.hints))


def _served(actor: Actor, draft: EntryDraft) -> tuple[str, str]:
    """The title of the actor's own pledge and the name of the virtue, the pledge's where none was chosen; "" for what is not theirs."""
    assert actor.place is not None
    mine = select(Pledge.title, Pledge.virtue_id).where(Pledge.id == draft.pledge_id, Pledge.member_id == actor.member_id)
    row = db.session.execute(mine).one_or_none() if draft.pledge_id else None
    names = {virtue.id: virtue.name for virtue in years.virtues(draft.happened_on.year, actor.place)}
    virtue_id = draft.virtue_id or (row.virtue_id if row else None)
    return row.title if row else "", names.get(virtue_id or 0, "")
