"""The public pages behind a document's QR: is it genuine, does it still hold, is this file the one that was issued."""

import hashlib
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, url_for

from ...domain.accounts import shown_code
from ...domain.documents import read_code
from ...queries import documents as queries
from ...services import documents as services
from ..session import caller, public
from .forms import ComparisonForm, LookupForm

bp = Blueprint("verification", __name__, url_prefix="/xac-minh")
ASK = "Hãy ghi mã văn bản hoặc chọn tệp."


@bp.route("", methods=["GET", "POST"])
@public
def ask() -> Any:
    form, unknown_file = LookupForm(), False
    if form.validate_on_submit():
        code, digest = form.code.data, _digest(form)
        if code:
            known = read_code(code)
            return redirect(url_for(".show", code=shown_code(known)), 303) if known and not digest else _show(code, digest)
        if digest:
            code = queries.code_of_file(digest)
            if code:
                return _show(code, digest)
            unknown_file = True
        else:
            form.code.errors = [*form.code.errors, ASK]
    return render_template("documents/ask.html", form=form, unknown_file=unknown_file)


@bp.route("/<code>", methods=["GET", "POST"])
@public
def show(code: str) -> Any:
    form = ComparisonForm()
    digest = _digest(form) if form.validate_on_submit() else ""
    if form.is_submitted() and not digest:
        form.file.errors = [*form.file.errors, "Hãy chọn tệp cần đối chiếu."]
    return _show(code, digest, form)


def _show(typed: str, digest: str, form: ComparisonForm | None = None) -> Any:
    """The page of the document with that code; `digest` is the SHA-256 of a file to hold against it, "" for none."""
    services.require_lookups_left(caller().address)
    code = read_code(typed)
    document = queries.verified(code) if code else None
    if document is None:
        if code:
            services.note_failed_lookup(caller().address)
        return render_template("documents/unknown.html", typed=typed[:40], form=LookupForm(formdata=None)), 404
    page = render_template(
        "documents/verified.html",
        document=document,
        compared=bool(digest),
        same=digest == document.sha256,
        other=queries.code_of_file(digest) if digest and digest != document.sha256 else "",
        form=form or ComparisonForm(formdata=None),
        lookup_form=LookupForm(formdata=None),
    )
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _digest(form: LookupForm | ComparisonForm) -> str:
    """The SHA-256 of the file that was sent, in hex; "" where none was. The file itself is not kept."""
    upload = form.file.data
    return hashlib.file_digest(upload.stream, "sha256").hexdigest() if upload else ""
