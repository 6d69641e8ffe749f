"""The comments a reviewer keeps for using again."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from ...domain.errors import BadInput
from ...domain.permissions import Action
from ...domain.reviews import Verdict
from ...domain.saved_comments import MOST
from ...queries.saved_comments import Kept, saved_comments
from ...services.saved_comments import count_uses, drop_comment, keep_comment
from ..flashes import say
from ..session import current_actor, open_page
from .forms import CommentForm, ReviewForm

bp = Blueprint("saved_comments", __name__, url_prefix="/duyet/loi-da-luu")


@bp.get("")
def index() -> Any:
    open_page(Action.ENTRY_REVIEW)
    return _page(CommentForm())


@bp.post("")
def keep() -> Any:
    open_page(Action.ENTRY_REVIEW)
    form = CommentForm()
    if form.validate_on_submit() and form.attempt(lambda: keep_comment(current_actor(), form.words.data)):
        say("Đã lưu lời này.")
        return redirect(url_for(".index"), 303)
    return _page(form)


@bp.post("/<int:comment_id>/bo")
def drop(comment_id: int) -> Any:
    open_page(Action.ENTRY_REVIEW)
    drop_comment(current_actor(), comment_id)
    say("Đã bỏ lời này khỏi danh sách.")
    return redirect(url_for(".index"), 303)


def after_review(form: ReviewForm) -> tuple[Kept | None, str]:
    """Count what a return used again, and keep its words where that was wished for: what was kept, or why it was not."""
    verdict, *_ = form.says()
    if verdict is Verdict.APPROVED:
        return None, ""
    if form.saved.data:
        count_uses(current_actor(), form.saved.data)
    if not form.keep.data or not form.words.data:
        return None, ""
    try:
        return Kept(keep_comment(current_actor(), form.words.data), form.words.data), ""
    except BadInput as refusal:
        return None, f"Chưa lưu được lời vừa viết. {refusal}"


def _page(form: CommentForm) -> str:
    return render_template("reviews/comments.html", form=form, kept=saved_comments(current_actor()), most=MOST)
