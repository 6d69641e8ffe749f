"""When a document may be issued: what it is about is there, and has come so far that it is more than a draft."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from ..domain.documents import About, DocumentKind
from ..domain.errors import NotFound, WrongMoment
from ..domain.evaluations import SENT_UP, EvaluationState
from ..domain.units import UnitKind, is_base_below_bloc
from ..models.base import db
from ..models.evaluations import Decision, Evaluation
from ..models.units import Unit
from ..queries.decision_papers import under
from ..queries.meeting_minutes import closed_meeting
from ..queries.petitions import has_passed_on
from ..queries.registrations import registered

_DRAFT = "Bạn vẫn in bản nháp được."


def require_ready(about: About) -> None:
    """WrongMoment with words while what `about` names is no more than a draft; NotFound where the unit it names issues no such paper."""
    _READY[about.kind](about)


def _proposed(about: About) -> None:
    """What a branch has not proposed yet, or was given back, is a draft."""
    proposed = (Evaluation.year == about.year) & Evaluation.state.in_(SENT_UP)
    whose = Evaluation.unit_id == about.unit_id if about.member_id is None else Evaluation.member_id == about.member_id
    if not _any(select(Evaluation.id).where(proposed, whose)):
        raise WrongMoment(f"Văn bản này chưa phát hành được: chi đoàn chưa đề nghị xếp loại. {_DRAFT}")


def _met(about: About) -> None:
    closed_meeting(about.unit_id, about.year)


def _confirmed(about: About) -> None:
    assert about.member_id is not None
    found = next((one for one in registered([about.member_id], about.year) if one.place.unit_id == about.unit_id), None)
    if found is None:
        raise NotFound("Đoàn viên này chưa gửi nội dung đăng ký nào cho chi đoàn.")
    if not found.complete:
        raise WrongMoment(f"Bản đăng ký này chưa phát hành được: còn {found.waiting} nội dung chờ bí thư duyệt. {_DRAFT}")


def _passed_on(about: About) -> None:
    base = db.session.get_one(Unit, about.unit_id)
    if not is_base_below_bloc(base.kind, base.path):
        raise NotFound()
    if not has_passed_on(base.id, base.path, about.year):
        raise WrongMoment(f"Văn bản này chưa phát hành được: chưa có chi đoàn nào được chuyển lên. {_DRAFT}")


def _decided(about: About) -> None:
    if about.day is None or db.session.get_one(Unit, about.unit_id).kind is not UnitKind.BLOC:
        raise NotFound()
    those = select(Evaluation.id).join(Decision, Decision.id == Evaluation.decision_id)
    if not _any(those.where(Decision.year == about.year, under(about.number, about.day), Evaluation.state == EvaluationState.DECIDED)):
        raise WrongMoment("Không còn kết quả nào được công nhận theo số và ngày quyết định này.")


def _any(query: Any) -> bool:
    return db.session.execute(query.limit(1)).first() is not None


_READY: Mapping[DocumentKind, Callable[[About], None]] = {
    DocumentKind.EVALUATION_SHEET: _proposed,
    DocumentKind.YEAR_BOOK: _proposed,
    DocumentKind.PROPOSAL_LIST: _proposed,
    DocumentKind.MINUTES: _met,
    DocumentKind.REGISTRATION: _confirmed,
    DocumentKind.BASE_LIST: _passed_on,
    DocumentKind.PETITION: _passed_on,
    DocumentKind.DECISION: _decided,
}
