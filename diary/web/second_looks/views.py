"""Phúc tra as the bloc answers it: what the result rested on, the answer; and opening a result again."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from ...domain.errors import BadInput, WrongMoment
from ...domain.readings import Way
from ...domain.second_looks import ANSWER_LIMIT
from ...domain.vietnamese import clean_text
from ...queries import second_looks as queries
from ...services import clock, readings
from ...services import second_looks as services
from ..attempts import HAPPENED, attempt
from ..forms import DiaryForm, TextField, VersionField
from ..session import current_actor

bp = Blueprint("second_looks", __name__)


class AnswerForm(DiaryForm):
    version = VersionField()
    level = SelectField("Mức sau khi xem lại", validate_choice=False)
    answer = TextField("Trả lời", ANSWER_LIMIT)


@bp.route("/xet-duyet/phuc-tra/<uuid:look_id>", methods=["GET", "POST"])
def answer(look_id: UUID) -> Any:
    page = queries.load_look(current_actor(), look_id, clock.today())
    form, status = AnswerForm(data={"version": page.version, "level": page.level}), 200
    form.level.choices = [SelectChoice(level.code, level.name) for level in page.scheme.levels] if page.scheme else []
    if form.validate_on_submit():
        said = (form.level.data, form.answer.data, form.version.data or 0)
        status = attempt(form, lambda: services.answer(current_actor(), look_id, *said))
        if status == HAPPENED:
            flash("Đã trả lời phúc tra. Đoàn viên và chi đoàn được báo.", "success")
            return redirect(url_for(".answer", look_id=look_id), 303)
        form.version.data = page.version
    readings.note_readings(current_actor(), [entry.id for entry in page.entries], Way.SECOND_LOOK)
    return render_template("second_looks/answer.html", page=page, look=page.look, form=form), status


@bp.post("/xet-duyet/mo-lai/<uuid:evaluation_id>")
def reopen(evaluation_id: UUID) -> Any:
    words, version = clean_text(request.form.get("words", "")), request.form.get("version", 0, type=int)
    try:
        services.reopen_result(current_actor(), evaluation_id, words, version)
        flash("Đã mở lại kết quả. Kết quả trước vẫn được giữ để đối chiếu.", "success")
    except (BadInput, WrongMoment) as error:
        flash(str(error), "warning")
    return redirect(url_for("ratings.person", evaluation_id=evaluation_id), 303)
