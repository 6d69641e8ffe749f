"""The door and one's own account: sign in and out, activation, password, open sessions, light or dark."""

from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from ...domain.errors import BadInput
from ...queries import accounts as queries
from ...queries import consents, data_requests, years
from ...queries.year_registers import year_registers
from ...services import accounts, clock
from ...services import forgotten as services
from ..attempts import HAPPENED, attempt
from ..ids import new_id
from ..session import before_all, caller, current_actor, leave, public
from .entering import go_in
from .forms import ActivationForm, ForgottenForm, PasswordForm, SignInForm

bp = Blueprint("accounts", __name__)


@bp.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form = SignInForm()
    if form.validate_on_submit():
        door = form.attempt(lambda: accounts.sign_in(form.username.data, form.password.data, caller()))
        if door:
            return go_in(door)
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/dang-xuat")
@before_all
def sign_out() -> Any:
    leave()
    flash("Bạn đã đăng xuất.", "success")
    return redirect(url_for(".sign_in"), 303)


@bp.route("/kich-hoat", methods=["GET", "POST"])
@public
def activate() -> Any:
    form = ActivationForm(username=request.args.get("ten", "")[:60])
    if form.validate_on_submit():
        key = current_app.config["SECRET_KEY"]
        facts = (form.username.data, form.code.data, form.password.data, form.again.data)
        door = form.attempt(lambda: accounts.activate(*facts, caller(), key, mails=sends_mail()))
        if door:
            answer = go_in(door)
            flash("Tài khoản đã kích hoạt. Chào bạn!", "success")
            return answer
    return render_template("accounts/activate.html", form=form)


@bp.route("/quen-mat-khau", methods=["GET", "POST"])
@public
def forgotten() -> Any:
    form, by_mail = ForgottenForm(), sends_mail()
    if by_mail and form.validate_on_submit():
        services.ask_code(form.username.data, caller())
        flash(services.ASKED_FOR, "info")
        return redirect(url_for(".activate", ten=form.username.data.strip()), 303)
    return render_template("accounts/forgotten.html", form=form, by_mail=by_mail)


def sends_mail() -> bool:
    """Whether this installation sends mail."""
    return current_app.config["DIARY_MAIL"] is not None


@bp.route("/ca-nhan", methods=["GET", "POST"])
def profile() -> Any:
    form = PasswordForm()
    if form.validate_on_submit():
        facts = (form.old.data, form.password.data, form.again.data)
        change = partial(accounts.change_password, current_actor(), *facts, caller(), mails=sends_mail())
        if attempt(form, change) == HAPPENED:
            accounts.sign_out_elsewhere(current_actor(), current_user.token)
            flash("Đã đổi mật khẩu. Các máy khác đã được đăng xuất.", "success")
            return redirect(url_for(".profile"), 303)
    sessions = queries.open_sessions(current_actor(), accounts.hash_token(current_user.token), clock.now())
    return render_template(
        "accounts/profile.html",
        form=form,
        person=queries.own_profile(current_actor()),
        sessions=sessions,
        has_factor=current_user.has_factor,
        consented=current_user.consented,
        consent=consents.own_consent(current_actor()),
        is_member=current_actor().member_id is not None,
        **_own_registers(),
        requests=data_requests.own_requests(current_actor(), clock.today()),
        new_request=new_id(),
    )


def _own_registers() -> dict[str, Any]:
    """What the registers say of the person this year; nothing for who is no member."""
    member_id, year = current_actor().member_id, years.current_year(clock.today())
    return {"year": year, "registers": year_registers([member_id], year)[member_id] if member_id is not None else None}


@bp.post("/ca-nhan/dang-xuat-noi-khac")
def sign_out_elsewhere() -> Any:
    accounts.sign_out_elsewhere(current_actor(), current_user.token)
    flash("Đã đăng xuất khỏi các máy khác.", "success")
    return redirect(url_for(".profile"), 303)


@bp.post("/ca-nhan/giao-dien")
def choose_theme() -> Any:
    try:
        accounts.choose_theme(current_actor(), request.form.get("theme", ""))
    except BadInput as error:
        flash(str(error), "error")
    return redirect(url_for(".profile"), 303)


@bp.get("/danh-muc")
def menu() -> Any:
    return render_template("menu.html")
