"""The pledges of the demo: what a member promises for a year and what became of it."""

from datetime import date, datetime, timedelta

from ...domain.pledges import PledgeDraft, PledgeState, revision_body
from ...domain.reviews import Verdict
from ...models.pledges import Pledge, PledgeReview, PledgeRevision
from .books import LATELY, Book, Writer
from .content import Row, phrase
from .rows import id_at

NOT_MET = (
    "Được nửa chừng thì đổi việc ở cơ quan, chưa sắp lại được giờ.",
    "Đặt số cao quá, làm được sáu phần; năm tới sẽ chia nhỏ theo tháng.",
    "Nghỉ ốm hai tháng nên chưa đủ số buổi đã hứa.",
)


class Pledger(Writer):
    """Makes the pledges of one book after another."""

    def promise(self, book: Book) -> None:
        pool = self.pool(self.content.pledges, book)
        for template in self.dice.sample(pool, self.dice.choice((2, 2, 3, 3, 4))):
            day = date(book.year, 1, 5) + timedelta(days=self.dice.randrange(60))
            state = self._pledge_state(book, day)
            if state is PledgeState.WAITING:
                day = self.today - timedelta(days=self.dice.randrange(LATELY))  # a promise made in mid-year
            if date(book.year, 1, 1) <= day <= self.today:
                self._pledge(book, template, self.evening(day), state)

    def _pledge(self, book: Book, template: Row, written: datetime, state: PledgeState) -> None:
        pledge_id = id_at(written, self.dice)
        draft = PledgeDraft(
            self.virtue_ids[book.year][template["virtue"]], template["text"], template["how"], template["target"], date(book.year, 11, 30)
        )
        sent = None if state is PledgeState.DRAFT else written + timedelta(minutes=3)
        reviewed = self.reviewed_at(sent) if sent and state is not PledgeState.WAITING else None
        words = phrase(self.content, "return_pledge", self.dice) if state is PledgeState.RETURNED else ""
        self.rows.add(
            Pledge,
            id=pledge_id, member_id=book.person.id, unit_id=book.branch.id, year=book.year, virtue_id=draft.virtue_id, title=draft.title,
            how=draft.how, target=draft.target, due_on=draft.due_on, state=state, written_at=written, sent_at=sent, reviewed_at=reviewed,
            review_unit_id=book.branch.id if sent else None, review_words=words,
            outcome_words=self.dice.choice(NOT_MET) if state is PledgeState.NOT_MET else "", version=1 + bool(sent) + bool(reviewed),
        )  # fmt: skip
        book.counts[f"pledges_{state.value}"] += 1
        if sent:
            body = revision_body(draft, self.virtue_names[template["virtue"]])
            self.rows.add(PledgeRevision, pledge_id=pledge_id, number=1, sent_at=sent, body=body)
        if reviewed:
            verdict = Verdict.RETURNED if words else Verdict.APPROVED
            facts = {"account_id": self.reviewer(book), "verdict": verdict, "words": words, "at": reviewed, "revision": 1}
            self.rows.add(PledgeReview, id=id_at(reviewed, self.dice), pledge_id=pledge_id, **facts)
            if not words:
                book.pledges.append((pledge_id, template))

    def _pledge_state(self, book: Book, day: date) -> PledgeState:
        chance = self.dice.random()
        if book.closed:
            return PledgeState.MET if chance < 0.86 else PledgeState.NOT_MET
        if self.today - day < timedelta(days=LATELY):
            return PledgeState.WAITING
        home = book.branch is self.bloc.home and book.person.zeal < 0.75
        if chance < (0.12 if home else 0.005):
            return PledgeState.WAITING
        return PledgeState.RETURNED if chance > 0.98 else PledgeState.APPROVED
