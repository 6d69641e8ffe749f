"""The reviewer's queue: cards of what waits, each a form of its own; a script that spares page loads gets JSON at the same addresses."""

from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for

from ...domain.errors import BadInput, WrongMoment
from ...domain.permissions import Action
from ...domain.readings import Way
from ...domain.reviews import Kind, Verdict
from ...queries import reviews as queries
from ...queries.saved_comments import Kept, saved_comments
from ...services import clock, readings, reviews
from ...services.review_lots import REVIEW, Outcome, Seen, undo_lot
from ..flashes import say
from ..forms import field_errors
from ..session import current_actor, open_page, wants_json
from . import comments, marks
from .forms import REASONS, ReviewForm, review_form

bp = Blueprint("reviews", __name__)
SLUGS = {Kind.ENTRY: "bai", Kind.PLEDGE: "dang-ky", Kind.ADDITION: "bo-sung", Kind.CHANGE: "xin-doi"}
DONE = {
    Kind.ENTRY: {Verdict.APPROVED: "Đã duyệt bài của", Verdict.RETURNED: "Đã báo cần bổ sung bài của"},
    Kind.PLEDGE: {Verdict.APPROVED: "Đã duyệt nội dung của", Verdict.RETURNED: "Đã báo cần sửa nội dung của"},
    Kind.ADDITION: {Verdict.APPROVED: "Đã duyệt phần bổ sung của", Verdict.RETURNED: "Đã báo cần bổ sung phần thêm của"},
    Kind.CHANGE: {Verdict.APPROVED: "Đã duyệt lời xin đổi của", Verdict.RETURNED: "Đã báo cần sửa lời xin đổi của"},
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on a card whose sending was refused; `refusal` stands at the field, or above the cards when the card is gone."""

    id: UUID
    words: str
    chosen: tuple[str | int, ...]
    keep: bool
    refusal: str
    at_field: bool


@bp.get("/duyet")
def queue() -> Any:
    return _page()


@bp.post("/duyet/bai/<uuid:subject_id>", defaults={"kind": Kind.ENTRY})
@bp.post("/duyet/dang-ky/<uuid:subject_id>", defaults={"kind": Kind.PLEDGE})
@bp.post("/duyet/bo-sung/<uuid:subject_id>", defaults={"kind": Kind.ADDITION})
@bp.post("/duyet/xin-doi/<uuid:subject_id>", defaults={"kind": Kind.CHANGE})
def decide(kind: Kind, subject_id: UUID) -> Any:
    form = review_form(kind, saved_comments(current_actor()) if "saved" in request.form else ())
    if form.validate_on_submit():
        try:
            done = form.attempt(lambda: (REVIEW[kind](current_actor(), subject_id, *form.says()), True))
        except WrongMoment as refusal:
            if wants_json():
                raise
            return _page(_typed(form, subject_id, str(refusal))), 409
        if done:
            return _done(kind, subject_id, *comments.after_review(form))
    return _asked_again(form, subject_id)


@bp.post("/duyet/hoan-tac")
def undo() -> Any:
    things = marks.read(request.form.getlist("muc"))
    if not things:
        raise BadInput("muc", "Không rõ lượt duyệt nào cần hoàn tác. Hãy tải lại trang Chờ duyệt.")
    if len(things) == 1:
        one = things[0]
        outcome = Outcome((Seen(one.kind, one.id, reviews.undo_review(current_actor(), one.kind, one.id)),), ())
    else:
        outcome = undo_lot(current_actor(), things)
    left = marks.said_left(outcome)
    if wants_json():
        return jsonify(versions={str(one.id): one.version for one in outcome.done}, note=left, **marks.figures())
    if outcome.done:
        say(f"Đã hoàn tác. {'Mục này' if len(outcome.done) == 1 else f'{len(outcome.done)} mục'} lại chờ duyệt.")
    if left:
        say(left, "warning")
    return redirect(url_for(".queue", chon=things[0].id), 303)


def _done(kind: Kind, subject_id: UUID, kept: Kept | None, note: str) -> Any:
    if not wants_json():
        if kept or note:
            say(note or "Đã lưu lời này để dùng lại.", "warning" if note else "success")
        return redirect(url_for(".queue", xong=f"{kind}:{subject_id}"), 303)
    offer = queries.undo_offer(current_actor(), kind, subject_id, clock.now())
    extra: dict[str, Any] = {"kept": {"id": kept.id, "words": kept.words}} if kept else {"note": note} if note else {}
    return jsonify(words=_said(offer) if offer else "", kind=kind, id=subject_id, **extra, **marks.figures())


def _asked_again(form: ReviewForm, subject_id: UUID) -> Any:
    words = next((message for _, message in field_errors(form)), "") or next(iter(form.form_errors), "")
    if wants_json():
        return jsonify(error=words), 400
    return _page(_typed(form, subject_id, words, at_field=True))


def _typed(form: ReviewForm, subject_id: UUID, refusal: str, *, at_field: bool = False) -> Typed:
    chosen = (*(form.reasons.data or ()), *(form.saved.data or ()))
    return Typed(subject_id, form.words.data or "", chosen, bool(form.keep.data), refusal, at_field)


def _page(typed: Typed | None = None) -> str:
    open_page(Action.ENTRY_REVIEW)
    actor, now = current_actor(), clock.now()
    figures = queries.queue_figures(actor, now)
    g.waiting = figures.waiting  # the frame need not count it again
    last = max(1, ceil(figures.waiting / queries.CARDS_A_PAGE))
    page = min(max(request.args.get("trang", 1, int), 1), last)
    cards = queries.queue(actor, now, page, figures.days)
    readings.note_readings(actor, [card.entry_id for card in cards if card.entry_id], Way.QUEUE)
    chosen = str(typed.id) if typed else request.args.get("chon", "")
    return render_template(
        "reviews/queue.html",
        figures=figures,
        cards=cards,
        chosen=next((card.id for card in cards if str(card.id) == chosen), cards[0].id if cards else None),
        typed=typed,
        offer=_offer(),
        reasons=REASONS,
        saved=saved_comments(actor) if cards and figures.keeps_comments else (),
        all_open="mo-het" in request.args,
        looks_down=queries.looks_down(actor),
        slugs=SLUGS,
        page=page,
        last=last,
        page_url="/duyet?trang={}".format,
        several_units=bool({card.unit_name for card in cards} - {actor.unit_name}),
    )


def _offer() -> tuple[str, list[Seen]] | None:
    """What the address says was just reviewed, where it may still be taken back, with the words for it."""
    wanted = request.args.get("xong") or request.args.get("lo", "")
    try:
        done = marks.read(wanted.split(",")) if wanted else []
    except BadInput:
        return None
    offer = queries.undo_offer(current_actor(), done[0].kind, done[0].id, clock.now()) if done else None
    if offer is None:
        return None
    return (f"Đã duyệt {len(done)} mục" if "lo" in request.args else _said(offer)), done


def _said(offer: queries.UndoOffer) -> str:
    return f"{DONE[offer.kind][offer.verdict]} {offer.name}"
