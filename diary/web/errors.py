"""Refusals and failures as pages in plain Vietnamese: what happened, that nothing was lost, what to do."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from ..domain.errors import BadInput, DiaryError, NotAllowed, NotFound, TooManyTries, WrongMoment
from .session import visitor, wants_json

_TOLD = {413, 429}  # refusals the operator should see, beside those of the token: floods, guessing, forged forms
STATUS: dict[type[DiaryError], int] = {NotFound: 404, NotAllowed: 403, WrongMoment: 409, BadInput: 400, TooManyTries: 429}


@dataclass(frozen=True, slots=True)
class Words:
    """What a status says: what happened, and what it means for the person."""

    title: str
    words: str


PAGES = {
    400: Words("Yêu cầu chưa hợp lệ", "Trình duyệt gửi lên một yêu cầu thiếu hoặc sai. Chưa có gì bị thay đổi."),
    403: Words("Bạn không có quyền làm việc này", "Việc này dành cho người có chức vụ khác. Chưa có gì bị thay đổi."),
    404: Words(
        "Không tìm thấy trang này", "Trang không có, đã được chuyển đi, hoặc không dành cho bạn. Những gì bạn đã lưu vẫn còn nguyên."
    ),
    405: Words("Không mở trang này theo cách đó được", "Hãy quay lại trang trước và bấm nút trên trang. Chưa có gì bị thay đổi."),
    409: Words("Việc này chưa làm được lúc này", "Những gì bạn đã lưu vẫn còn nguyên."),
    413: Words("Tệp gửi lên quá lớn", "Mỗi lần gửi được tối đa 50 MB. Chưa có gì bị thay đổi; hãy chọn tệp nhỏ hơn rồi gửi lại."),
    429: Words("Bạn thử quá nhiều lần", "Hãy đợi một lúc rồi thử lại."),
    500: Words("Chương trình gặp lỗi", "Lỗi đã được ghi lại. Những gì bạn đã lưu vẫn còn nguyên; hãy thử lại sau ít phút."),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(DiaryError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)


def status_of(error: DiaryError) -> int:
    """The HTTP status a refusal is answered with."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 409)


def _refused(error: DiaryError) -> Any:
    return _answer(status_of(error), str(error))


def _csrf(error: CSRFError) -> Any:
    _tell_operator(400)
    return _answer(
        400,
        "Trang này mở đã lâu nên mã bảo vệ hết hạn, hoặc yêu cầu đến từ nơi khác. Hãy quay lại, tải lại trang rồi gửi lại.",
    )


def _http(error: HTTPException) -> Any:
    if error.code and error.code < 400:
        return error
    return _answer(413 if isinstance(error, RequestEntityTooLarge) else error.code or 500)


def _failed(error: Exception) -> Any:
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.exception("failed: %s %s", request.method, request.path)
    return _answer(500)


def _answer(status: int, words: str = "") -> Any:
    page = PAGES.get(status, PAGES[400] if status < 500 else PAGES[500])
    if status in _TOLD:
        _tell_operator(status)
    if wants_json():
        return jsonify(error=words or page.title), status
    told = page.words if words.rstrip(".") in ("", page.title) else words
    return render_template("errors/error.html", status=status, title=page.title, words=told, todo=_ways_on()), status


def _tell_operator(status: int) -> None:
    """A line in the log: the shape of the address and who asked. Never what was sent, nor the parts of the address, which may be codes."""
    rule = request.url_rule.rule if request.url_rule else "?"
    person = visitor()
    account = person.actor.account_id if person else None
    current_app.logger.warning("refused %d: %s %s from %r, account %s", status, request.method, rule, request.remote_addr, account)


def _ways_on() -> list[tuple[str, str]]:
    ways = [("Về trang Hôm nay", "/")]
    referrer = request.referrer or ""
    if referrer.startswith(request.host_url):
        ways.insert(0, ("Quay lại trang trước", referrer))
    return ways
