"""The administrator's page: accounts, amounts, settings without their secrets, and what was done last."""

from typing import Any

from flask import Blueprint, current_app, render_template, request

from ...domain.permissions import Action
from ...queries import audit, jobs
from ...queries import system as queries
from ...services import clock, codes
from ..session import current_actor, open_page

bp = Blueprint("system", __name__, url_prefix="/quan-tri")
NEWEST = 8  # lines of the audit log shown here; its own page has them all


@bp.get("")
def index() -> Any:
    open_page(Action.SYSTEM_MANAGE)
    actor, words = current_actor(), request.args.get("q", "")[:60]
    return render_template(
        "system/index.html",
        counts=queries.account_counts(actor, clock.now()),
        amounts=queries.amounts(actor),
        words=words,
        own=actor.username,
        found=queries.find_accounts(actor, words),
        log=audit.audit_lines(actor, size=NEWEST),
        settings=_settings(),
        background=jobs.standing(clock.now()),
        jobs=jobs.open_or_failed(actor),
        gives_codes="members.issue_code" in current_app.view_functions,
    )


@bp.post("/ma")
def issue_code() -> Any:
    issued = codes.issue_administrator_code(current_actor(), request.form.get("username", "")[:60], current_app.config["SECRET_KEY"])
    return render_template("system/code.html", issued=issued)


def _settings() -> list[tuple[str, str]]:
    """The settings in force, in words; no address with a password in it, no key."""
    config = current_app.config
    engine = "PostgreSQL" if str(config["SQLALCHEMY_DATABASE_URI"]).startswith("postgresql") else "SQLite"
    return [
        ("Cơ sở dữ liệu (DATABASE_URL)", engine),
        ("Thư mục dữ liệu (DIARY_INSTANCE)", str(config["DIARY_INSTANCE"])),
        ("Bản dùng thử (DIARY_DEMO)", "Có" if config["DIARY_DEMO"] else "Không"),
        ("Khóa bí mật (SECRET_KEY)", "Đã đặt" if config["SECRET_KEY"] else "Chưa đặt"),
        ("Gửi thư (DIARY_MAIL_URL)", f"Qua {config['DIARY_MAIL'].host}" if config["DIARY_MAIL"] else "Không"),
        ("Bắt buộc xác thực hai bước (DIARY_REQUIRE_SECOND_FACTOR)", "Có" if config["DIARY_REQUIRE_SECOND_FACTOR"] else "Không"),
        ("Cookie chỉ đi qua HTTPS", "Có" if config["SESSION_COOKIE_SECURE"] else "Không"),
        ("Số máy chủ trung gian (DIARY_TRUSTED_PROXIES)", str(config["DIARY_TRUSTED_PROXIES"])),
        ("Mỗi lần gửi tối đa", f"{config['MAX_CONTENT_LENGTH'] // 1024 // 1024} MB"),
    ]
