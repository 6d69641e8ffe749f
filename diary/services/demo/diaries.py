"""The diaries of the demo: pledges, entries with what secretaries said, weeks, leave, and the figures that sum them."""

import random
from datetime import date, datetime, timedelta
from uuid import UUID

from ...domain.dates import monday, year_weeks
from ...domain.entries import EntryDraft, EntryState, Field, is_late, result_number, revision_body, search_text
from ...domain.evidence import StoredEvidence
from ...domain.leaves import LeaveKind
from ...domain.reviews import Verdict
from ...models.counts import Leave, MemberWeek, MemberYear
from ...models.entries import Entry, EntryReview, EntryRevision, Evidence, PrivateNote
from ..clock import local_day
from .books import LATELY, Book, Writer
from .content import Content, Row, phrase
from .people import Bloc, Branch, Person
from .pledging import Pledger
from .rows import Rows, id_at


class Diarist(Writer):
    """Writes books: `write(person, branch, year)` makes up one member's year and gathers its rows."""

    def __init__(self, rows: Rows, content: Content, bloc: Bloc, dice: random.Random, now: datetime, photos: tuple[StoredEvidence, ...]):
        super().__init__(rows, content, bloc, dice, now)
        self.pledger, self.photos = Pledger(rows, content, bloc, dice, now), photos
        self.pledger.virtue_ids = self.virtue_ids
        self.colleagues: list[str] = []
        self.job = ""
        self.still_to_show = [EntryState.DRAFT, EntryState.RETURNED]  # what the account doanvien always has to act on

    def write(self, person: Person, branch: Branch, year: int, *, closed: bool) -> Book:
        """Make up one member's `year`; `closed` is a past year whose entries are locked."""
        book = Book(person, branch, year, closed)
        if not (person.wordless and not closed):
            self.colleagues = [other.name for other in branch.people if other is not person] or ["anh Bảy"]
            self.job = person.job
            self.pledger.promise(book)
            self._live(book)
        self._sum_up(book)
        return book

    def _live(self, book: Book) -> None:
        away = self._leave(book)
        pool = _Pool(self.pool(self.content.entries, book), book.pledges, self.dice)
        first = max(date(book.year, 1, 1), book.person.since)
        last = min(date(book.year, 12, 31), self.today)
        for week in year_weeks(book.year):
            sunday = week + timedelta(days=6)
            if sunday < first or week > last or (away and away[0] <= week and sunday <= away[1]):
                continue
            book.weeks_due += 1
            self._week(book, pool, week, max(first, week), min(last, sunday))

    def _week(self, book: Book, pool: "_Pool", week: date, first: date, last: date) -> None:
        chance = self.dice.random()
        if chance > book.person.zeal:
            if chance > 0.97:
                book.weeks[week][1] = 1
            return
        for _ in range(self.dice.choices((1, 2, 3), (62, 28, 10))[0]):
            day = first + timedelta(days=self.dice.randint(0, (last - first).days))
            self._entry(book, pool.draw(day.month), day)

    def _leave(self, book: Book) -> tuple[date, date] | None:
        if self.dice.random() > 0.08:
            return None
        start = date(book.year, 1, 10) + timedelta(days=self.dice.randrange(250))
        end = start + timedelta(days=self.dice.choice((13, 20, 27, 120)))
        if end > self.today:
            return None
        kind = self.dice.choice((LeaveKind.ANNUAL, LeaveKind.MATERNITY, LeaveKind.SICK))
        long = (end - start).days > 100
        note, teller = ("Chi đoàn ghi hộ", book.branch.people[0]) if long else ("", book.person)
        facts = {"kind": LeaveKind.MATERNITY if long and kind is LeaveKind.ANNUAL else kind, "reason": note, "noted_by": teller.account_id}
        self.rows.add(Leave, member_id=book.person.id, from_day=start, to_day=end, **facts)
        return start, end

    def _entry(self, book: Book, template: Row, day: date) -> None:
        late = self.dice.random() < 0.05
        written = min(
            self.evening(day + timedelta(days=self.dice.randint(9, 22) if late else self.dice.choice((0, 0, 0, 0, 1, 1, 2)))), self.now
        )
        thin = self.dice.random() < 0.03
        state = self._entry_state(book, written, thin)
        draft, served = self._draft(book, self.dice.choice(self.content.thin[book.person.job]) if thin else template, day, state, thin)
        entry_id = id_at(written, self.dice)
        sent = None if state is EntryState.DRAFT else min(written + timedelta(minutes=self.dice.randint(1, 40)), self.now)
        self._entry_rows(book, entry_id, draft, state, written, sent, served)
        if state is EntryState.DRAFT:
            return
        book.weeks[monday(day)][0] += 1
        book.counts["entries_late"] += is_late(day, local_day(written))
        if state in (EntryState.APPROVED, EntryState.LOCKED) and draft.result and len(book.best) < 12:
            book.best.append(entry_id)

    def _entry_rows(
        self, book: Book, entry_id: UUID, draft: EntryDraft, state: EntryState, written: datetime, sent: datetime | None, served: str
    ) -> None:
        reviewed = self.reviewed_at(sent) if sent and state is not EntryState.WAITING else None
        words = self._words(state, draft, written) if reviewed else ""
        photos = self._photos(book)
        self.rows.add(
            Entry,
            id=entry_id, member_id=book.person.id, unit_id=book.branch.id, year=book.year, happened_on=draft.happened_on,
            written_at=written,
            sent_at=sent, reviewed_at=reviewed, pledge_id=draft.pledge_id, virtue_id=draft.virtue_id, field=draft.field, did=draft.did,
            people=draft.people, result=draft.result, result_unit=draft.result_unit, result_number=result_number(draft),
            lesson=draft.lesson,
            state=state, review_unit_id=book.branch.id if sent else None, review_words=words, evidence_count=len(photos),
            search=search_text(draft), version=1 + bool(sent) + bool(reviewed),
        )  # fmt: skip
        name = {EntryState.LOCKED: "approved"}.get(state, state.value)
        book.counts[f"entries_{name}"] += 1
        for photo in photos:
            facts = {"kind": photo.kind, "media_type": photo.media_type, "name": photo.name, "sha256": photo.sha256, "size": photo.size}
            more = {"thumbnail_sha256": photo.thumbnail_sha256, "width": photo.width, "height": photo.height, "added_at": written}
            self.rows.add(Evidence, id=id_at(written, self.dice), entry_id=entry_id, **facts, **more)
        if self.dice.random() < 0.03 and book.branch is self.bloc.home:
            self.rows.add(PrivateNote, entry_id=entry_id, words=phrase(self.content, "private", self.dice))
        if sent:
            body = revision_body(draft, self._virtue_name(book, draft), served)
            self.rows.add(EntryRevision, entry_id=entry_id, number=1, sent_at=sent, body=body)
        if reviewed:
            verdict = Verdict.RETURNED if state is EntryState.RETURNED else Verdict.APPROVED
            book.counts["times_returned"] += verdict is Verdict.RETURNED
            facts = {"account_id": self.reviewer(book), "verdict": verdict, "words": words, "at": reviewed, "revision": 1}
            self.rows.add(EntryReview, id=id_at(reviewed, self.dice), entry_id=entry_id, **facts)

    def _entry_state(self, book: Book, written: datetime, thin: bool) -> EntryState:
        if book.closed:
            return EntryState.LOCKED
        age, chance = (self.today - local_day(written)).days, self.dice.random()
        if book.person is self.bloc.home.people[2] and age < 25 and self.still_to_show:
            return self.still_to_show.pop()
        if age < 3 and chance < 0.15:
            return EntryState.DRAFT
        if age < LATELY and chance < 0.75:
            return EntryState.WAITING
        if chance > (0.7 if thin else 0.985):
            return EntryState.RETURNED
        return EntryState.APPROVED

    def _draft(self, book: Book, template: Row, day: date, state: EntryState, thin: bool) -> tuple[EntryDraft, str]:
        if thin and state in (EntryState.APPROVED, EntryState.LOCKED):
            template = {**template, **{key.removeprefix("better_"): value for key, value in template.items() if key.startswith("better_")}}
        fill = _Filler(template, self.content, self.colleagues, self.dice)
        serves = [pledge for pledge in book.pledges if pledge[1]["key"] in template.get("serves", ())]
        pledge = serves[0] if serves else None
        virtue = (pledge[1] if pledge else template).get("virtue")
        draft = EntryDraft(
            happened_on=day,
            did=fill(template["did"]),
            pledge_id=pledge[0] if pledge else None,
            virtue_id=self.virtue_ids[book.year][virtue] if virtue else None,
            field=Field(template["field"]) if template.get("field") else None,
            people=fill(template.get("people", "")),
            result=fill(template.get("result", "")),
            result_unit=template.get("unit", ""),
            lesson=fill(template.get("lesson", "")),
        )
        return draft, pledge[1]["text"] if pledge else ""

    def _virtue_name(self, book: Book, draft: EntryDraft) -> str:
        ids = self.virtue_ids[book.year]
        return next((self.virtue_names[key] for key, number in ids.items() if number == draft.virtue_id), "")

    def _photos(self, book: Book) -> tuple[StoredEvidence, ...]:
        chance = 0.2 if book.branch is self.bloc.home else 0.01
        if not self.photos or self.dice.random() > chance:
            return ()
        return tuple(self.dice.sample(self.photos, min(len(self.photos), self.dice.choice((1, 1, 2)))))

    def _words(self, state: EntryState, draft: EntryDraft, written: datetime) -> str:
        if state is EntryState.RETURNED:
            thin = next((row["reason"] for row in self.content.thin[self.job] if row["did"] == draft.did), None)
            return thin or phrase(self.content, "return", self.dice)
        if is_late(draft.happened_on, local_day(written)):
            return phrase(self.content, "approve.late", self.dice)
        return phrase(self.content, "approve.any", self.dice) if self.dice.random() < 0.3 else ""

    def _sum_up(self, book: Book) -> None:
        if any(book.counts.values()):
            self.rows.add(MemberYear, member_id=book.person.id, year=book.year, unit_id=book.branch.id, **book.counts)
        for week, (entries, quiet) in book.weeks.items():
            self.rows.add(MemberWeek, member_id=book.person.id, monday=week, entries=entries, nothing_to_do=bool(quiet))


class _Pool:
    """The deeds a person may have done, those that serve their pledges first, each once before any comes again."""

    def __init__(self, entries: list[Row], pledges: list[tuple[UUID, Row]], dice: random.Random):
        keys = {template["key"] for _, template in pledges}
        self.fitting = [row for row in entries if keys & set(row.get("serves", ()))]
        self.others = [row for row in entries if not keys & set(row.get("serves", ()))]
        dice.shuffle(self.fitting)
        dice.shuffle(self.others)
        self.dice = dice

    def draw(self, month: int) -> Row:
        pool = self.fitting if self.fitting and self.dice.random() < 0.6 else self.others or self.fitting
        for place, row in enumerate(pool):
            if not row.get("months") or month in row["months"]:
                pool.append(pool.pop(place))
                return row
        return pool[0]


class _Filler:
    """Puts the same number, place and name wherever one entry has the slot."""

    def __init__(self, template: Row, content: Content, colleagues: list[str], dice: random.Random):
        number = dice.randint(*template["n"]) if template.get("n") else 1
        self.values = {"{n}": str(number), "{ban}": dice.choice(colleagues)}
        self.values |= {f"{{{name}}}": dice.choice(values) for name, values in content.slots.items() if name not in ("n", "ban")}

    def __call__(self, text: str) -> str:
        if "{" in text:
            for slot, value in self.values.items():
                text = text.replace(slot, value)
        return text
