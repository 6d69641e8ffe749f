"""The whole page at once: approving what was seen of it, and what of it still waits."""

from typing import Any

from flask import Blueprint, jsonify, redirect, request, url_for

from ...domain.permissions import Action
from ...services.review_lots import approve_seen
from ..flashes import say
from ..session import current_actor, open_page, wants_json
from . import marks

bp = Blueprint("review_lots", __name__, url_prefix="/duyet")
_NONE = "Hãy đánh dấu Đã đọc ở những mục bạn đã đọc, rồi bấm lại."


@bp.post("/ca-trang")
def approve() -> Any:
    """Approve the things named with the version that was seen; what came later or changed is never touched."""
    open_page(Action.ENTRY_REVIEW)
    seen = marks.read(request.form.getlist("muc"))
    if not seen:
        if wants_json():
            return jsonify(error=_NONE), 400
        say(_NONE, "warning")
        return redirect(url_for("reviews.queue"), 303)
    outcome = approve_seen(current_actor(), seen)
    words = f"Đã duyệt {len(outcome.done)} mục" if outcome.done else ""
    if wants_json():
        done = [{"kind": one.kind, "id": one.id} for one in outcome.done]
        left = [{"id": one.id, "words": said} for one, said in outcome.left]
        return jsonify(words=words, done=done, left=left, **marks.figures())
    if outcome.left:
        say(marks.said_left(outcome), "warning")
    return redirect(url_for("reviews.queue", lo=",".join(f"{one.kind}:{one.id}" for one in outcome.done) or None), 303)


@bp.get("/tinh-hinh")
def standing() -> Any:
    """For the script, when its page is looked at again: the figures, and which of the things it shows still wait."""
    open_page(Action.ENTRY_REVIEW)
    return jsonify(**marks.figures())
