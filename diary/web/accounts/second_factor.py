"""The second factor: the step after the password, and turning it on and off."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from markupsafe import Markup

from ...documents.qr_svg import qr_svg
from ...domain.errors import WrongMoment
from ...domain.second_factor import is_required, shown_secret
from ...queries import second_factor as queries
from ...services import accounts, clock
from ...services import second_factor as services
from ..attempts import HAPPENED, attempt
from ..session import before_all, caller, current_actor, public
from .entering import WAITING, go_on
from .forms import AppCodeForm, ProofForm, SecondStepForm

bp = Blueprint("second_factor", __name__)


@bp.route("/dang-nhap/ma", methods=["GET", "POST"])
@public
def ask() -> Any:
    token = str(session.get(WAITING, ""))
    if not queries.is_waiting(accounts.hash_token(token), clock.now()):
        return _from_the_start()
    form = SecondStepForm()
    if form.validate_on_submit():
        opened = form.attempt(lambda: services.pass_code(token, form.code.data, caller(), _key()))
        if opened:
            return go_on(opened)
    return render_template("accounts/second_step.html", form=form)


def _from_the_start() -> Any:
    if session.pop(WAITING, None):
        flash(services.TOO_LATE, "warning")
    return redirect(url_for("accounts.sign_in", tiep=request.args.get("tiep")), 303)


@bp.get("/ca-nhan/xac-thuc")
@before_all
def show() -> Any:
    return _page()


def _page(form: AppCodeForm | None = None, proof: ProofForm | None = None) -> str:
    actor = current_actor()
    factor = queries.own_factor(actor)
    address = services.app_address(actor, factor.secret) if factor.secret else ""
    return render_template(
        "accounts/second_factor.html",
        factor=factor,
        picture=Markup(qr_svg(address, "Mã QR để thêm vào ứng dụng xác thực")) if address else "",  # noqa: S704 - drawn by us, no text in it
        secret=shown_secret(factor.secret),
        required=_required() and is_required(actor.appointments),
        form=form or AppCodeForm(),
        proof=proof or ProofForm(),
    )


@bp.post("/ca-nhan/xac-thuc/bat")
@before_all
def begin() -> Any:
    services.begin(current_actor())
    return redirect(url_for(".show"), 303)


@bp.post("/ca-nhan/xac-thuc")
@before_all
def confirm() -> Any:
    form = AppCodeForm()
    if form.validate_on_submit():
        codes = form.attempt(lambda: services.confirm(current_actor(), form.code.data, current_user.token, _key()))
        if codes:
            return render_template("accounts/recovery_codes.html", codes=codes, begun=True)
    return _page(form=form)


@bp.post("/ca-nhan/xac-thuc/doi")
@before_all
def change() -> Any:
    form, status = ProofForm(), 200
    if form.validate_on_submit():
        facts = (current_actor(), form.password.data, form.code.data, caller(), _key())
        if request.form.get("act") == "codes":
            codes = form.attempt(lambda: services.renew_recovery_codes(*facts))
            if codes:
                return render_template("accounts/recovery_codes.html", codes=codes, begun=False)
        else:
            status = attempt(form, lambda: services.turn_off(*facts, required=_required()))
            if status == HAPPENED:
                flash("Đã tắt xác thực hai bước.", "success")
                return redirect(url_for("accounts.profile"), 303)
    return _page(proof=form), status


@bp.post("/quan-tri/tat-xac-thuc")
def clear() -> Any:
    username = request.form.get("username", "")[:60]
    try:
        services.clear(current_actor(), username)
        flash(f"Đã tắt xác thực hai bước của {username}.", "success")
    except WrongMoment as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("system.index", q=username), 303)


def _required() -> bool:
    return bool(current_app.config["DIARY_REQUIRE_SECOND_FACTOR"])


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])
