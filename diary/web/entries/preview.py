"""What the secretary sees: one's own entry as the queue and its page show it, kept already or only typed."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request

from ...domain.entries import clean_draft
from ...domain.errors import BadInput
from ...queries import reviews
from ...queries.reviews import Seen
from ...queries.settings import overdue_days
from ...services import clock
from ..ids import new_id
from ..session import current_actor
from .forms import EntryForm
from .views import keeper

bp = Blueprint("previews", __name__, url_prefix="/nhat-ky")


@bp.get("/<uuid:entry_id>/bi-thu-thay")
def show(entry_id: UUID) -> Any:
    return _page(reviews.seen_entry(current_actor(), entry_id, clock.now()), kept=entry_id)


@bp.post("/xem-truoc")
def typed() -> Any:
    """What stands in the form, as it would be seen; its files and its private note are not looked at, and nothing is kept."""
    actor, form = keeper(), EntryForm()
    stored = _stored()
    if not form.validate_on_submit():
        faults = [str(field.errors[0]) for field in form if field.errors]
        return _page(None, faults=faults or ["Trang đã mở quá lâu. Hãy tải lại trang rồi thử lại."]), 422
    try:
        draft = clean_draft(form.to_draft())
    except BadInput as fault:
        return _page(None, faults=[str(fault)]), 422
    return _page(reviews.seen_typed(actor, draft, stored or new_id(), clock.now(), stored=stored))


def _stored() -> UUID | None:
    """The entry a form changes, by the address it is sent to."""
    try:
        return UUID(request.args.get("bai", ""))
    except ValueError:
        return None


def _page(seen: Seen | None, *, kept: UUID | None = None, faults: list[str] | None = None) -> str:
    shared = {"chosen": "", "all_open": True, "typed": None, "token": "", "several_units": False, "reasons": {}, "saved": (), "slugs": {}}
    facts = {"shared": {**shared, "days": overdue_days(), "preview": True}, "kept": kept, "faults": faults}
    return render_template("entries/preview.html", seen=seen, **facts)
