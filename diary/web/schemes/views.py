"""A year's scheme: its page with a worked example, the editor, copying from another year, files out and in."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for

from ...domain.eligibility import rules_in_words
from ...domain.errors import BadFields, BadInput, NotFound, WrongMoment
from ...domain.measures import MEMBER_MEASURES, UNIT_MEASURES
from ...domain.permissions import Action
from ...domain.schemes import ROUNDING_LABELS, Scheme, read_draft, with_codes
from ...domain.worked_examples import asked_measures, work_out
from ...files.scheme_files import read_schemes, write_schemes
from ...queries import schemes as queries
from ...services import schemes
from ..session import current_actor, open_page
from . import forms

bp = Blueprint("schemes", __name__, url_prefix="/nam-cong-tac/<int:year>/bo-tieu-chi")
WORDS: dict[str, Any] = {
    "measures": MEMBER_MEASURES,
    "unit_measures": UNIT_MEASURES,
    "roundings": ROUNDING_LABELS,
    "rules_in_words": rules_in_words,
    "asked_measures": asked_measures,
}


@bp.get("")
def show(year: int) -> Any:
    open_page(Action.YEAR_READ)
    page = queries.load_scheme_page(current_actor(), year)
    example = forms.example_of(request.args, page.scheme) if page.scheme else None
    worked = work_out(page.scheme, example, year) if page.scheme and example else None
    return render_template("schemes/show.html", page=page, year=year, example=example, worked=worked, fault="", **WORDS)


@bp.get("/soan")
def edit(year: int) -> Any:
    page, scheme = _editable(year)
    return _editor(page, scheme, forms.shown(scheme))


@bp.post("/soan")
def save(year: int) -> Any:
    page, scheme = _page_with_scheme(year)  # whether it may still be changed is asked when it is saved: nothing typed is lost by the answer
    act = request.form.get("act", "")
    raw = with_codes(forms.changed(forms.typed(request.form), act))
    if act != "save":
        return _editor(page, scheme, raw)
    raw = with_codes(forms.without_empty_rows(raw))
    draft = read_draft(forms.to_read(raw, scheme))
    if draft.faults:
        return _editor(page, scheme, raw, draft.faults)
    seen = (request.form.get("code", ""), request.form.get("version", 0, type=int))
    try:
        parts = schemes.save_scheme(current_actor(), year, draft.scheme, *seen)
    except BadFields as error:
        return _editor(page, scheme, raw, error.faults)
    except WrongMoment as error:
        return _editor(page, scheme, raw, {"": str(error)}), 409
    flash("Đã lưu bộ tiêu chí." if parts else "Không có gì thay đổi.", "success")
    return redirect(url_for(".show", year=year), 303)


@bp.post("/chep")
def copy(year: int) -> Any:
    open_page(Action.YEAR_EDIT)
    try:
        schemes.copy_scheme(current_actor(), year, request.form.get("from_year", 0, type=int))
    except BadInput as error:
        page = queries.load_scheme_page(current_actor(), year)
        return render_template("schemes/show.html", page=page, year=year, example=None, worked=None, fault=str(error), **WORDS)
    flash(f"Đã chép. Hãy xem lại từng mục rồi lưu; bộ này chỉ dùng cho năm {year}.", "success")
    return redirect(url_for(".edit", year=year), 303)


@bp.get("/tep")
def download(year: int) -> Any:
    open_page(Action.YEAR_READ)
    scheme = queries.load_scheme_page(current_actor(), year).scheme
    if scheme is None:
        raise NotFound(f"Năm {year} chưa có bộ tiêu chí.")
    response = Response(write_schemes([scheme]), mimetype="application/toml")
    response.headers["Content-Disposition"] = f'attachment; filename="bo-tieu-chi-{year}.toml"'
    return response


@bp.post("/tep")
def upload(year: int) -> Any:
    """Show what a file holds in the editor, to be looked through before it is saved."""
    page, scheme = _editable(year)
    sent = request.files.get("file")
    try:
        (draft, *others) = read_schemes(sent.read() if sent else b"")
    except BadInput as error:
        return _editor(page, scheme, forms.shown(scheme), {"file": str(error)})
    faults = {field: message for field, message in draft.faults.items() if field not in {"code", "first_year"}}
    if others:
        faults["file"] = f"Tệp có {len(others) + 1} bộ tiêu chí; trang này hiện bộ đầu tiên, {draft.scheme.name}."
    return _editor(page, scheme, forms.shown(draft.scheme), faults, unsaved=True)


def _page_with_scheme(year: int) -> tuple[queries.SchemePage, Scheme]:
    """The page and the scheme for who may change schemes; NotFound where the year has none yet."""
    open_page(Action.YEAR_EDIT)
    page = queries.load_scheme_page(current_actor(), year)
    if page.scheme is None:
        raise NotFound(f"Năm {year} chưa có bộ tiêu chí. Hãy chọn hoặc chép một bộ trước.")
    return page, page.scheme


def _editable(year: int) -> tuple[queries.SchemePage, Scheme]:
    """The same; WrongMoment where it stays as it is."""
    page, scheme = _page_with_scheme(year)
    if not page.editable:
        raise WrongMoment(f"Bộ tiêu chí của năm {year} không sửa được nữa: sổ đã khóa, hoặc đã có kết quả được công nhận.")
    return page, scheme


def _editor(
    page: queries.SchemePage, scheme: Scheme, raw: forms.Raw, faults: dict[str, str] | None = None, *, unsaved: bool = False
) -> str:
    """The editor with what was typed, the faults at their fields, and the worked example as it would come out."""
    draft = read_draft(forms.to_read(with_codes(forms.without_empty_rows(raw)), scheme))
    example = forms.example_of(request.form, draft.scheme)
    return render_template(
        "schemes/edit.html",
        page=page,
        year=page.year,
        scheme=scheme,
        raw=raw,
        faults=faults or {},
        unsaved=unsaved,
        opened=forms.sections_of(faults or {}, request.form.get("act", "")),
        named=forms.named_levels(raw),
        bases=forms.cap_bases(raw),
        labels_of=forms.labels_of,
        example=example,
        **WORDS,
        drafted=draft.scheme,
        worked=None if draft.faults else work_out(draft.scheme, example, page.year),
    )
