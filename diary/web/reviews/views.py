"""The reviewer's queue: cards of what waits, each a form of its own; a script that spares page loads gets JSON at the same addresses."""

from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for

from ...domain.errors import BadInput, WrongMoment
from ...domain.permissions import Action
from ...domain.readings import Way
from ...domain.reviews import Kind, Verdict
from ...queries import reviews as queries
from ...queries.settings import overdue_days
from ...services import clock, readings, reviews
from ..forms import field_errors
from ..session import current_actor, open_page, wants_json
from .forms import REASONS, ReviewForm, UndoForm, review_form

bp = Blueprint("reviews", __name__)
SLUGS = {Kind.ENTRY: "bai", Kind.PLEDGE: "dang-ky", Kind.ADDITION: "bo-sung", Kind.CHANGE: "xin-doi"}
DECIDE = {
    Kind.ENTRY: reviews.review_entry,
    Kind.PLEDGE: reviews.review_pledge,
    Kind.ADDITION: reviews.review_addition,
    Kind.CHANGE: reviews.review_change,
}
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
    reasons: tuple[str, ...]
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
    form = review_form(kind)
    if form.validate_on_submit():
        try:
            done = form.attempt(lambda: (DECIDE[kind](current_actor(), subject_id, *form.says()), True))
        except WrongMoment as refusal:
            if wants_json():
                raise
            return _page(_typed(form, subject_id, str(refusal))), 409
        if done:
            return _done(kind, subject_id)
    return _asked_again(form, subject_id)


@bp.post("/duyet/hoan-tac")
def undo() -> Any:
    form = UndoForm()
    if not form.validate():
        raise BadInput("id", "Không rõ lượt duyệt nào cần hoàn tác. Hãy tải lại trang Chờ duyệt.")
    kind, subject_id = Kind(form.kind.data), UUID(form.id.data)
    version = reviews.undo_review(current_actor(), kind, subject_id)
    if wants_json():
        return jsonify(version=version, **_figures())
    flash("Đã hoàn tác. Mục này lại chờ duyệt.", "success")
    return redirect(url_for(".queue", chon=subject_id), 303)


def _done(kind: Kind, subject_id: UUID) -> Any:
    if not wants_json():
        return redirect(url_for(".queue", xong=f"{SLUGS[kind]}:{subject_id}"), 303)
    offer = queries.undo_offer(current_actor(), kind, subject_id, clock.now())
    return jsonify(words=_said(offer) if offer else "", kind=kind, id=subject_id, **_figures())


def _asked_again(form: ReviewForm, subject_id: UUID) -> Any:
    words = next((message for _, message in field_errors(form)), "") or next(iter(form.form_errors), "")
    if wants_json():
        return jsonify(error=words), 400
    return _page(_typed(form, subject_id, words, at_field=True))


def _typed(form: ReviewForm, subject_id: UUID, refusal: str, *, at_field: bool = False) -> Typed:
    return Typed(subject_id, form.words.data or "", tuple(form.reasons.data or ()), refusal, at_field)


def _page(typed: Typed | None = None) -> str:
    open_page(Action.ENTRY_REVIEW)
    actor, now = current_actor(), clock.now()
    days = overdue_days()
    figures = queries.queue_figures(actor, now, days)
    g.waiting = figures.waiting  # the frame need not count it again
    last = max(1, ceil(figures.waiting / queries.CARDS_A_PAGE))
    page = min(max(request.args.get("trang", 1, int), 1), last)
    cards = queries.queue(actor, now, page, days)
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
        slugs=SLUGS,
        days=days,
        page=page,
        last=last,
        page_url="/duyet?trang={}".format,
        several_units=bool({card.unit_name for card in cards} - {actor.unit_name}),
    )


def _offer() -> tuple[str, queries.UndoOffer] | None:
    """The review named in the address that may still be taken back, with the words for it."""
    slug, _, wanted = request.args.get("xong", "").partition(":")
    kind = next((kind for kind, known in SLUGS.items() if known == slug), None)
    try:
        subject_id = UUID(wanted)
    except ValueError:
        return None
    offer = queries.undo_offer(current_actor(), kind, subject_id, clock.now()) if kind else None
    return (_said(offer), offer) if offer else None


def _said(offer: queries.UndoOffer) -> str:
    return f"{DONE[offer.kind][offer.verdict]} {offer.name}"


def _figures() -> dict[str, Any]:
    figures = queries.queue_figures(current_actor(), clock.now())
    return {"waiting": figures.waiting, "lead": render_template("reviews/_lead.html", figures=figures)}
