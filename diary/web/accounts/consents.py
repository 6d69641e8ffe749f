"""Asking for consent once before anything else, showing it, and taking it back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...domain.consents import VERSION, WORDS
from ...domain.errors import NotAllowed, WrongMoment
from ...queries import consents as queries
from ...services import consents as services
from ..session import before_all, consent_was_asked, current_actor
from .entering import next_page

bp = Blueprint("consents", __name__, url_prefix="/dong-y")


@bp.get("")
@before_all
def show() -> Any:
    actor = current_actor()
    if actor.member_id is None:
        raise NotAllowed(services.NO_MEMBER)
    consent_was_asked()
    return render_template(
        "accounts/consent.html",
        words=WORDS,
        version=VERSION,
        consented=current_user.consented,
        consent=queries.own_consent(actor),
        on=next_page(),
    )


@bp.post("")
@before_all
def answer() -> Any:
    consent_was_asked()
    if request.form.get("act") == "later":
        return redirect(next_page(), 303)
    try:
        services.give_consent(current_actor(), request.form.get("version", 0, type=int))
    except WrongMoment as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(".show", tiep=next_page()), 303)
    flash("Cảm ơn bạn. Bạn xem lại hoặc rút lại sự đồng ý ở trang Cá nhân.", "success")
    return redirect(next_page(), 303)


@bp.post("/rut-lai")
def withdraw() -> Any:
    services.withdraw_consent(current_actor())
    consent_was_asked()
    flash("Đã rút lại sự đồng ý. Bí thư đã được báo.", "success")
    return redirect(url_for("accounts.profile"), 303)
